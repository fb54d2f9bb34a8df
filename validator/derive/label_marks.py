"""What in a label varies by its form: dates, times, ids, numbers, and names; and what only looks so, such as codes."""

from __future__ import annotations

import re
from dataclasses import dataclass

VARIES = "…"
"""Stands in a template for what varies."""

_MONTH = (
    "jan(?:uar|uary)?|feb(?:ruar|ruary)?|mar(?:ts|ch)?|apr(?:il)?|ma[jy]|jun[ie]?|jul[iy]?|aug(?:ust)?|sep(?:t|tember)?|"
    "o[kc]t(?:ober)?|nov(?:ember)?|de[cs](?:ember)?"
)
# A date with or without a time of day; a time of day; an address; a GUID.
_CERTAIN = re.compile(
    r"(?<![^\W_])(?:"
    r"\d{1,4}([-./])\d{1,2}\1\d{1,4}(?:[T ]?(?:kl\.? ?)?\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?)?"
    rf"|\d{{1,2}}\.? ?(?:{_MONTH})\.?(?: ?\d{{2,4}})?"
    rf"|(?:{_MONTH})\.? \d{{1,4}}(?:, ?\d{{4}})?"
    r"|\d{1,2}:\d{2}(?::\d{2})?"
    r"|[\w.+-]+@[\w-]+\.[\w.]+"
    r"|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"
    r")(?![^\W_])",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+")
_CODE = re.compile(r"[^\W\d_]+\d{1,3}[^\W\d_]?")
"""Letters and up to three digits name a kind: LÆ265, Team3."""
LONG_NUMBER = 5
_SIGN = re.compile(r"[-\u2013:;,/|(\[_@#]\s*$")
_LETTERS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*\.?")
_BEFORE_SIGN = re.compile(r"\s*[-\u2013:;,/|(\[_]")


@dataclass(frozen=True)
class Masked:
    """A label with ``…`` for what varies, and the texts that stood there.

    ``is_certain``: the form alone says that it varies; else the group of labels must say so.
    """

    text: str
    values: tuple[str, ...] = ()
    is_certain: bool = False


def mask(label: str) -> Masked:
    """Mask dates, times, addresses, ids and numbers; codes such as LÆ265 stay."""
    certain: list[str] = []
    numbers: list[str] = []

    def form(match: re.Match[str]) -> str:
        certain.append(match[0])
        return VARIES

    def word(match: re.Match[str]) -> str:
        text = match[0]
        if text.isdecimal() and len(text) < LONG_NUMBER:
            if _follows_abbreviation(match.string[: match.start()]):
                return text
            numbers.append(text)
            return VARIES
        if _is_id(text):
            certain.append(text)
            return VARIES
        return text

    masked = _WORD.sub(word, _CERTAIN.sub(form, label))
    return Masked(masked, tuple(certain or numbers), bool(certain))


def _is_id(word: str) -> bool:
    if word.isdecimal():
        return True
    has_digit = any(letter.isdecimal() for letter in word)
    return has_digit and len(word) >= 4 and _CODE.fullmatch(word) is None


def _follows_abbreviation(before: str) -> bool:
    """Whether a number follows capitals or a sign of law, which makes both a code: LÆ 265, § 118."""
    last = re.search(r"(\S+)\s*$", before)
    return last is not None and (last[1] == "§" or (last[1].isalpha() and last[1].isupper() and len(last[1]) <= 4))


def mask_names(label: str) -> Masked:
    """Mask what is written as a name: capitals behind a word in small letters or a sign, or two and more words before a sign.

    It is certain when each stands behind a word in small letters or has two words: one word behind a sign may be anything.
    """
    values: list[str] = []
    certain = True
    pieces: list[str] = []
    at = 0
    for start, end in _name_runs(label):
        before, name = label[:start].rstrip(), label[start:end]
        behind_word = bool(before) and before.split()[-1][0].islower() and before[-1].isalpha()
        behind_sign = _SIGN.search(before) is not None
        opens = not before and " " in name and _BEFORE_SIGN.match(label, end) is not None
        if behind_word or behind_sign or opens:
            values.append(name)
            certain &= behind_word or " " in name
            pieces += [label[at:start], VARIES]
            at = end
    return Masked("".join([*pieces, label[at:]]), tuple(values), certain and bool(values))


def _name_runs(label: str) -> list[tuple[int, int]]:
    """Where words stand that are written as names, neighbours taken together."""
    runs: list[tuple[int, int]] = []
    for match in _LETTERS.finditer(label):
        if not _written_as_name(match[0]):
            continue
        if runs and label[runs[-1][1] : match.start()] == " ":
            runs[-1] = (runs[-1][0], match.end())
        else:
            runs.append(match.span())
    return runs


def _written_as_name(word: str) -> bool:
    if word.endswith("."):
        return len(word) == 2 and word[0].isupper()
    return len(word) > 1 and all(part.istitle() for part in word.split("-"))
