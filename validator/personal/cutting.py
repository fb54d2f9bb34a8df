"""How much of a long text is shown: its beginning, with a mark that says how long it is. What is cut was masked before."""

from __future__ import annotations

import re

MOST_SHOWN = 300
"""So many characters of a name or a value are shown."""

MOST_OF_A_LINE = 2_000
"""So many characters of a line on the terminal."""

MOST_OF_A_SENTENCE = 20_000
"""So many characters of a sentence in a report, or of what somebody has declared: what a declaration may hold."""

# Room for the mark and for a number that tells texts apart which are alike afterwards, so that a text is cut once only.
_ROOM = 60
_CUT = re.compile(r"… \[[\d,]+ tegn/characters\]")


def cut(text: str, most: int = MOST_SHOWN) -> str:
    """A text of no more than so many characters: of a longer one the beginning, and how many characters it has.

    It must be masked already: half a number is none to a mask.
    """
    return text if len(text) <= most else f"{text[: most - _ROOM]}… [{len(text):,} tegn/characters]"


def is_cut(text: str) -> bool:
    """Whether something in a text seems to have been cut."""
    return _CUT.search(text) is not None
