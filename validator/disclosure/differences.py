"""Totals one after the other, each less what a step left out: which of them may be told, so that no small difference is."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from logsyn.validator.disclosure.hiding import Sum, hidden_cells
from logsyn.validator.disclosure.size import is_small

if TYPE_CHECKING:
    from collections.abc import Sequence

_ALL: Final = -1


@dataclass(frozen=True)
class Few:
    """Of each step, whether the rows that it left out are those of a small group, or (``changed``) those that it changed; and of all steps together."""

    left_out: tuple[bool, ...] = ()
    changed: tuple[bool, ...] = ()
    in_all: bool = False

    def then(self, other: Few) -> Few:
        """The steps of one after those of the other."""
        parts = [one for one in (self, other) if one.left_out]
        return Few((*self.left_out, *other.left_out), other.changed, all(one.in_all for one in parts))


class ToldTotals(NamedTuple):
    """What may be told of a row of totals, and of the differences from each to the next; None in the place of the others."""

    totals: list[int | None]
    differences: list[int | None]


def told_totals(totals: Sequence[int], few: Sequence[bool], *, few_in_all: bool = False) -> ToldTotals:
    """The totals that may be told. The last is told in any case: it stands on every page.

    Of a step that left out few, as many further figures are hidden as it takes that the difference may be anything from 1 to 4: those
    between steps, and where all steps together left out few, or nothing else is there to hide, the first total.

    Args:
        totals: before the first step, after it, and so on; none is larger than the one before.
        few: of each step, whether what it left out is a small group for another reason than its count (of few cases or employees).
        few_in_all: the same of all steps together.
    """
    steps = {at: before - after for at, (before, after) in enumerate(pairwise(totals))}
    counts = steps | {_ALL: totals[0] - totals[-1]}
    small = [at for at, count in counts.items() if count and (is_small(count) or (few_in_all if at == _ALL else few[at]))]
    hidden = hidden_cells(counts, small, [Sum(_ALL, tuple(steps))])
    told: list[int | None] = [None] * len(totals)
    from_the_first = range(len(totals)) if _ALL not in hidden else ()
    for places in (from_the_first, range(len(totals) - 1, -1, -1)):
        for at in places:
            told[at] = totals[at]
            if (at if places is from_the_first else at - 1) in hidden:
                break
    return ToldTotals(told, [None if at in hidden else count for at, count in steps.items()])


def unless_few(count: int, of: int | None = None, *, few: bool = False) -> int | None:
    """A count that is part of ``of``; None where it, or the rest, is small, or ``few`` says so of what is counted."""
    return None if count and (few or is_small(count) or (of is not None and is_small(of - count))) else count


def told_beside(*counts: Sequence[int | None]) -> list[bool]:
    """Of figures that are told from delivery to delivery, which may be, so that no difference of two of them is small.

    The last is told; of those before it each whose difference to all later ones that are told is none, or no small one.

    Args:
        counts: several figures of each delivery, such as checked and failed rows; None where a delivery has none.
    """
    told: list[tuple[int | None, ...]] = []
    answers = []
    for mine in reversed(list(zip(*counts, strict=True))):
        near = any(one is not None and other is not None and is_small(abs(one - other)) for later in told for one, other in zip(mine, later, strict=True))
        answers.append(not near)
        if not near:
            told.append(mine)
    return answers[::-1]
