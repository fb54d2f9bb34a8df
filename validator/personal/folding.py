"""Texts made comparable: without case, accents and Danish letters, so that ``Målgruppe``, ``MAALGRUPPE`` and ``maalgruppe`` are one word."""

from __future__ import annotations

import re
import unicodedata

from logsyn.validator.database.sql import literal
from logsyn.validator.personal.characters import plain
from logsyn.validator.personal.in_sql import sql_of_plain

_DANISH = {"æ": "ae", "ø": "oe", "å": "aa"}
_CAMEL = re.compile(r"(?<=[a-zæøå])(?=[A-ZÆØÅ])|(?<=[A-ZÆØÅ])(?=[A-ZÆØÅ][a-zæøå])|(?<=[^\W\d_])(?=\d)")
_PARTS = re.compile(r"[\W_]+")


def folded_words(header: str) -> str:
    """The words of a header, folded, with one space between them: ``OprettetAf (kode)`` gives ``oprettet af kode``."""
    text = unicodedata.normalize("NFC", plain(header))
    return _PARTS.sub(" ", _without_accents(_CAMEL.sub(" ", text))).strip()


def _without_accents(text: str) -> str:
    for letter, letters in _DANISH.items():
        text = text.replace(letter, letters).replace(letter.upper(), letters)
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in apart if not unicodedata.combining(character))


def sql_of_folded(expression: str) -> str:
    """SQL of a folded text, in which signs stay and ``_`` is a space."""
    text = f"lower(nfc_normalize({sql_of_plain(expression)}))"
    for letter, letters in {**_DANISH, "_": " "}.items():
        text = f"replace({text}, {literal(letter)}, {literal(letters)})"
    return f"strip_accents({text})"
