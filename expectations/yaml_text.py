"""A text as YAML takes it for itself, in what is advised to be written into a declaration."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_][\w-]*")
_WORDS_OF_YAML = {"true", "false", "yes", "no", "on", "off", "null", "y", "n"}
_ESCAPED = {"\\": "\\\\", '"': '\\"', "'": "\\x27"}


def yaml_text(text: str) -> str:
    """A text as a key or value, also within braces: one word stands by itself, anything else in double quotes.

    Apostrophes are escapes, since what stands between two of them in a message is taken for a value of the log.
    """
    if _WORD.fullmatch(text) and text.isprintable() and text.lower() not in _WORDS_OF_YAML:
        return text
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(sign: str) -> str:
    return _ESCAPED.get(sign) or (sign if sign.isprintable() else f"\\U{ord(sign):08x}")
