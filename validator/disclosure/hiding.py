"""Which cells of tables with totals must not be shown, so that no hidden one can be worked out (complementary cell suppression).

The problem is that of statistical offices; see Hundepool et al., Handbook on Statistical Disclosure Control, chapter 4. Here: small cells
first; then, for every sum, as many more as it takes that what is hidden of it is not known, nor all together a small group; then the bounds that all sums together
leave to each small cell are worked out, and where they are narrower than 1 to 4 more is hidden. The cheapest cells are taken: those
that are published nowhere, then the smallest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Generic, NamedTuple, TypeVar

import numpy as np

from logsyn.validator.disclosure.size import SMALL

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from numpy.typing import NDArray

C = TypeVar("C", bound="Hashable")

_UNBOUNDED: Final = float(1 << 40)
"""Stands for no bound: more than any count, and so little that sums of a thousand of them are exact."""

_ROUNDS: Final = 200
"""So often bounds are narrowed by one another at most; mostly some ten rounds are enough."""


@dataclass(frozen=True)
class Sum(Generic[C]):
    """``parts`` add up to ``total``; a cell may be part of several sums."""

    total: C
    parts: tuple[C, ...]


def hidden_cells(
    counts: Mapping[C, int],
    small: Collection[C],
    sums: Sequence[Sum[C]],
    *,
    unshown: AbstractSet[C] = frozenset(),
    followed: AbstractSet[C] = frozenset(),
    public: AbstractSet[C] = frozenset(),
    are_there: AbstractSet[C] = frozenset(),
    of_few: Callable[[Sequence[C]], bool] = lambda _cells: False,
) -> set[C]:
    """The cells of tables with totals that must not be shown.

    Args:
        counts: every cell with its count; totals are cells, too.
        small: the cells that are hidden for their own sake; no count under ``SMALL`` may be shown besides.
        sums: what adds up to what.
        unshown: cells that are published nowhere: to hide one takes nothing away.
        followed: those that follow from two that are: to hide one takes one of these away, or comes after it.
        public: totals that are told whatever they are.
        are_there: cells that are published only where they are not 0, so that one that is hidden is at least 1.
        of_few: whether some cells that share no row are a small group all together: what is hidden of a sum is told as one by what is not.
    """
    # Cells are looked up very often, and numbers are found faster than names.
    cells = list(counts)
    numbers = {cell: number for number, cell in enumerate(cells)}
    hiding = _Hiding(
        [counts[cell] for cell in cells],
        {numbers[cell] for cell in small},
        [Sum(numbers[one.total], tuple(numbers[part] for part in one.parts)) for one in sums],
        _NotPublished(*({numbers[cell] for cell in those if cell in numbers} for those in (unshown, followed))),
        {numbers[cell] for cell in public if cell in numbers},
        {numbers[cell] for cell in are_there if cell in numbers},
        lambda some: of_few([cells[number] for number in some]),
    )
    return {cells[number] for number in hiding.hidden}


class _NotPublished(NamedTuple):
    """The cells that are published nowhere, and those that follow from two that are."""

    unshown: AbstractSet[int]
    followed: AbstractSet[int]


class _Hiding:
    """One table of all cells, which are numbers here, while it is decided what is hidden of it."""

    def __init__(
        self,
        counts: Sequence[int],
        small: AbstractSet[int],
        sums: Sequence[Sum[int]],
        not_published: _NotPublished,
        public: AbstractSet[int],
        are_there: AbstractSet[int],
        of_few: Callable[[Sequence[int]], bool],
    ) -> None:
        self.counts = counts
        self.sums = sums
        self.unshown, self.followed = not_published.unshown, not_published.followed
        self.public = public
        self.are_there = are_there
        self.of_few = of_few
        self.small = {cell for cell in small if counts[cell] and cell not in public}
        self.of_cell: list[list[int]] = [[] for _ in counts]
        self.divided: list[int] = [0] * len(counts)
        for at, one in enumerate(sums):
            self.divided[one.total] += 1
            for cell in (one.total, *one.parts):
                self.of_cell[cell].append(at)
        self.layout = _Layout(sums)
        self.unseen = [0] * len(sums)
        self.hidden: set[int] = set()
        for cell in self.small:
            self._hide(cell)
        self._close(self._around(self.small))
        while more := self._narrow():
            for cell in more - self.hidden:
                self._hide(cell)
            self._close(self._around(more))

    def _around(self, cells: Iterable[int]) -> set[int]:
        return {at for cell in cells for at in self.of_cell[cell]}

    def _close(self, waiting: set[int]) -> None:
        """Hide more until no sum by itself tells what is hidden of it."""
        while waiting:
            touched: set[int] = set()
            for at in sorted(waiting):
                while (taken := self._to_hide(self.sums[at])) is not None:
                    self._hide(taken)
                    touched.update(self.of_cell[taken])
            waiting = touched

    def _to_hide(self, one: Sum[int]) -> int | None:
        """One more cell of a sum that has to be hidden; None when the sum gives nothing away, or nothing is left to hide."""
        unseen = [cell for cell in one.parts if cell in self.hidden]
        if one.total in self.hidden:
            return None if unseen else self._cheapest(one.parts)
        if not unseen:
            return None
        some_are_none = any(not self.counts[cell] for cell in unseen)
        least = sum(map(self._least, unseen)) if some_are_none else len(unseen)
        left = sum(self.counts[cell] for cell in unseen) - least
        if len(unseen) > 1 and left >= SMALL - (1 if some_are_none else 2):
            filled = [cell for cell in one.parts if self.counts[cell]]
            few = self.of_few([cell for cell in filled if cell in self.hidden])
            return self._cheapest(filled, one.total) if few else None
        return self._cheapest(one.parts, one.total)

    def _cheapest(self, parts: Iterable[int], total: int | None = None) -> int | None:
        """What is given up most lightly: what nobody sees, a part, the total, and last a part that is 0."""
        free = [cell for cell in parts if cell not in self.hidden and cell not in self.public]
        cheapest = min(free, key=self._cost, default=None)
        can_hide_total = total is not None and total not in self.hidden and total not in self.public
        if total is not None and can_hide_total:
            costs_nothing = total in self.unshown and cheapest not in self.unshown
            if cheapest is None or costs_nothing or self._cost(cheapest)[1]:
                return total
        return cheapest

    def _least(self, cell: int) -> int:
        """The least that a hidden cell can be, for all that its mark says."""
        return int(cell in self.are_there)

    def _cost(self, cell: int) -> tuple[int, bool, int, int, int]:
        """What it takes away to hide a cell: nothing where nobody sees it; of those that are 0 and of totals more than of the parts they have.

        Then those cost less that bring fewer sums into play in which nothing was hidden so far, since each of these takes one more.
        """
        count, shown = self.counts[cell], 0 if cell in self.unshown else 1 if cell in self.followed else 2
        whole = sum(not self.unseen[at] for at in self.of_cell[cell])
        return shown, bool(shown) and not count, self.divided[cell], whole, count

    def _hide(self, cell: int) -> None:
        self.hidden.add(cell)
        for at in self.of_cell[cell]:
            self.unseen[at] += 1

    def _narrow(self) -> set[int]:
        """Further cells to hide where the sums together narrow a small cell to less than 1 to 4; none when they do so nowhere."""
        low, high = self._bounds()
        more = set()
        for cell in self.small:
            around = [self.sums[at] for at in self.of_cell[cell]]
            most = min([SMALL - 1, *(self.counts[one.total] for one in around if one.total in self.public)])
            if low[cell] <= 1 and high[cell] >= most:  # no part of a total that everybody knows can be more than it
                continue
            offered = [taken for one in around if (taken := self._cheapest(one.parts, one.total)) is not None]
            if offered:
                more.add(min(offered, key=self._cost))
        return more

    def _bounds(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The least and the largest that each cell can be, by every sum and the bounds of the others in it."""
        low = np.array(self.counts, dtype=np.float64)
        high = low.copy()
        hidden = list(self.hidden)
        low[hidden], high[hidden] = [self._least(cell) for cell in hidden], _UNBOUNDED
        for _ in range(_ROUNDS):
            before = low.copy(), high.copy()
            self.layout.narrow(low, high)
            if np.array_equal(before, (low, high)):
                break
        return low, high


class _Layout:
    """All sums as columns of numbers: one row for each part of each sum, and one for each sum with its total."""

    def __init__(self, sums: Sequence[Sum[int]]) -> None:
        self.total = np.array([one.total for one in sums], dtype=np.int64)
        self.part = np.array([cell for one in sums for cell in one.parts], dtype=np.int64)
        self.of_sum = np.repeat(np.arange(len(sums)), [len(one.parts) for one in sums])

    def narrow(self, low: NDArray[np.float64], high: NDArray[np.float64]) -> None:
        """Narrow the bounds of all cells once: of a total by those of its parts, of a part by the total and the other parts."""
        least, most = (np.bincount(self.of_sum, bound[self.part], len(self.total)) for bound in (low, high))
        of_others = least[self.of_sum] - low[self.part], most[self.of_sum] - high[self.part]
        of_total = low[self.total][self.of_sum], high[self.total][self.of_sum]
        np.maximum.at(low, self.total, least)
        np.minimum.at(high, self.total, most)
        np.maximum.at(low, self.part, of_total[0] - of_others[1])
        np.minimum.at(high, self.part, of_total[1] - of_others[0])
