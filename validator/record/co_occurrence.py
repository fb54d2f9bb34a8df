"""Which rules fail together, so that one cause is not reported several times."""

from __future__ import annotations

from typing import Literal

from logsyn.validator.record.base import Count, Record


class RulePair(Record):
    """Two rules that fail together in at least five rows of the extract, or cases, and in twice as many as by chance.

    ``first`` fails in at least as many as ``second``. ``jaccard`` is the overlap as a share of what fails either rule,
    ``containment`` as a share of what fails ``second``, ``by_chance`` what the containment would be if the two had
    nothing to do with each other: the share of all rows or cases that fail ``first``.
    """

    first: str
    second: str
    unit: Literal["rows", "cases"]
    first_failed: Count
    second_failed: Count
    together: Count
    jaccard: float
    containment: float
    by_chance: float


class SharedCause(Record):
    """Rules that probably have one cause: the first, and those whose failing rows as good as all fail it or another here."""

    rules: list[str]


class CoOccurrence(Record):
    """Pairs with the greatest containment first, and what is drawn from them. ``more_pairs``: so many are left out."""

    pairs: list[RulePair] = []
    more_pairs: Count = 0
    shared_causes: list[SharedCause] = []
