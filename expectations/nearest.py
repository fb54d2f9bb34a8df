"""Did you mean: which of the names that are there is nearest to one that is not."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extractOne

if TYPE_CHECKING:
    from collections.abc import Iterable

NEAR_ENOUGH = 70
"""Per cent of the letters of both texts that stand in one order in the other: below, a name is another one."""

LONGEST = 300
"""What has more characters is no name that somebody has typed, and would take long to compare."""

SHORTEST = 4
"""Names of fewer characters are soon one letter apart, and are two names all the same."""

_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})


class Names:
    """Names among which others are looked for; what is too long for a name is left out."""

    def __init__(self, there: Iterable[str]) -> None:
        self._there = [name for name in there if len(name) <= LONGEST]
        self._folded = [folded(name) for name in self._there]

    def __contains__(self, name: str) -> bool:
        return name in self._there

    def nearest(self, name: str) -> str | None:
        """The one that is most like ``name``, whatever its capitals and however its Danish letters are written; the first of equals."""
        found = self.nearest_by(name)
        return None if found is None else found[0]

    def slip_for(self, name: str) -> str | None:
        """The one of which ``name`` is a slip of the keyboard: one letter more, less or another, or two that have changed places."""
        if not SHORTEST <= len(name) <= LONGEST:
            return None
        found = extractOne(folded(name), self._folded, scorer=OSA.distance, score_cutoff=1)
        return None if found is None else self._there[found[2]]

    def nearest_by(self, name: str) -> tuple[str, float] | None:
        """The one that is most like ``name``, and how alike they are, in per cent."""
        if len(name) > LONGEST:
            return None
        found = extractOne(folded(name), self._folded, scorer=ratio, score_cutoff=NEAR_ENOUGH)
        return None if found is None else (self._there[found[2]], found[1])


def folded(name: str) -> str:
    """A name without what people do not mean when they write it: capitals, blanks at its ends, ``aa`` for ``å``."""
    return unicodedata.normalize("NFC", name).strip().casefold().translate(_LETTERS)
