"""Did you mean: which of the names that are there is nearest to one that is not."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extractOne

if TYPE_CHECKING:
    from collections.abc import Sequence

NEAR_ENOUGH = 70
"""Per cent of the letters of both texts that stand in one order in the other: below, a name is another one."""

LONGEST = 300
"""What has more characters is no name that somebody has typed, and would take long to compare."""

_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})


def nearest(name: str, there: Sequence[str]) -> str | None:
    """The name that is most like ``name``, whatever its capitals and however its Danish letters are written; the first of equals.

    Args:
        name: what somebody has written.
        there: what there is.
    """
    if len(name) > LONGEST:
        return None
    short = [one for one in there if len(one) <= LONGEST]
    found = extractOne(folded(name), [folded(one) for one in short], scorer=ratio, score_cutoff=NEAR_ENOUGH)
    return None if found is None else short[found[2]]


def folded(name: str) -> str:
    """A name without what people do not mean when they write it: capitals, blanks at its ends, ``aa`` for ``å``."""
    return unicodedata.normalize("NFC", name).strip().casefold().translate(_LETTERS)
