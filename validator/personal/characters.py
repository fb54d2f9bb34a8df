"""Characters that look alike to a reader: digits of every script, dashes, spaces, and what cannot be seen at all.

Classes are parts of regular expressions that DuckDB (RE2) and Python read alike. Digits of other scripts are none of them: with
all of them, an expression grows so large that RE2 takes hundreds of times as long. They are made plain beforehand.
"""

from __future__ import annotations

# The zero of every run of ten decimal digits in Unicode but our own; a test holds it against what Python knows.
_ZEROS = (
    0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xDE6, 0xE50, 0xED0, 0xF20, 0x1040, 0x1090,
    0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10,
    0x104A0, 0x10D30, 0x10D40, 0x11066, 0x110F0, 0x11136, 0x111D0, 0x112F0, 0x11450, 0x114D0, 0x11650, 0x116C0, 0x116D0, 0x116DA, 0x11730, 0x118E0, 0x11950, 0x11BF0,
    0x11C50, 0x11D50, 0x11DA0, 0x11F50, 0x16A60, 0x16AC0, 0x16B50, 0x16D70, 0x1CCF0, 0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6, 0x1E140, 0x1E2F0, 0x1E4F0, 0x1E5F1,
    0x1E950, 0x1FBF0,
)  # fmt: skip
_UNSEEN = [
    0xAD,
    0x34F,
    0x61C,
    0x180E,
    *range(0x200B, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2060, 0x2070),
    *range(0xFE00, 0xFE10),
    0xFEFF,
]
FOREIGN_DIGITS = "".join(chr(zero + value) for zero in _ZEROS for value in range(10))
"""Decimal digits of all scripts but our own."""
PLAIN_DIGITS = "0123456789" * len(_ZEROS)
"""What each of them stands for."""

DASHES = "\u02d7\u05be\u1806\u2010-\u2015\u2043\u2212\u2e3a\u2e3b\u301c\ufe58\ufe63\uff0d-"
"""Hyphen, non-breaking hyphen, figure, en and em dash, horizontal bar, minus, and small and full-width ones; the plain one last, as a class wants it."""

SPACES = "\t \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
"""Spaces on one line, of any width, broken or not; a tab among them, a line break not."""

UNSEEN = "".join(map(chr, _UNSEEN))
"""What has no width, such as a soft hyphen, a zero-width space or a change of direction."""

TO_BE_MADE_PLAIN = "[" + UNSEEN + "".join(f"{chr(zero)}-{chr(zero + 9)}" for zero in _ZEROS) + "]"
"""A regular expression of what ``plain`` changes."""

_TABLE = {**str.maketrans(FOREIGN_DIGITS, PLAIN_DIGITS), **dict.fromkeys(_UNSEEN)}


def plain(text: str) -> str:
    """A text with digits of all scripts written as 0 to 9, and without what has no width; ``sql_of_plain`` gives the same."""
    return text if text.isascii() else text.translate(_TABLE)
