"""Owns how a text from the log is made visible: superfluous spaces and characters without a shape can be seen."""

from __future__ import annotations

import re
from typing import Final

SPACE: Final = "␣"
SUPERFLUOUS: Final = re.compile(r"^ +| +$|(?<= ) +")
UNSEEN: Final = (0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF)
"""Zero-width and direction characters: they would change how a text reads without being seen."""

SIGNS: Final[dict[int, int | str]] = {
    **{code: 0x2400 + code for code in range(0x20)},
    **{code: f"[U+{code:04X}]" for code in (*UNSEEN, *range(0x80, 0xA0))},
    0x7F: 0x2421,
    0xA0: "⍽",
}

CODE_SIGNS: Final = {code: sign for code, sign in SIGNS.items() if code not in {ord("\t"), ord("\n"), ord("\r")}}

LONGEST_WHOLE: Final = 24
"""Words up to this length stay whole in a table; “Uddannelsesrettet” does, a text without spaces does not."""


def must_break(text: str) -> bool:
    """Whether a text has a word so long that it would push a table apart."""
    return any(len(word) > LONGEST_WHOLE for word in re.split(r"[\s-]+", text))


def visible_code(text: str) -> str:
    """SQL of several lines: characters without a shape are shown as signs, spaces and line breaks stay."""
    return text.translate(CODE_SIGNS)


def visible(text: str) -> str:
    """The text with superfluous spaces, control characters and unseen characters shown as signs."""
    return SUPERFLUOUS.sub(lambda spaces: SPACE * len(spaces[0]), text).translate(SIGNS)
