"""The cells of all tables that are published together, and what adds up to what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, Protocol, TypeVar

from logsyn.validator.disclosure.hiding import Sum, hidden_cells
from logsyn.validator.disclosure.size import Size

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from logsyn.validator.disclosure.gathered import Gathered


class Cell(NamedTuple):
    """One count that is published, or follows from published ones.

    ``of``: the table that it stands in. ``part``: which of the counts of its group (``events``, ``failed`` ...). ``slice`` is a weekday, a
    month or a class.
    """

    of: str
    activity: str | None = None
    team: str | None = None
    slice: str | None = None
    part: str = "rows"
    rule: str = ""


ROUGHLY_FROM: Final = 100
"""A hidden figure of so many rows may be told in tens, where only others would follow from it; of fewer, shares of it would be too far from what they are."""


def roughly(cell: Cell) -> Cell:
    """What says of a cell that it may be told in tens."""
    return cell._replace(part=f"{cell.part} in tens")


def unless_hidden(count: int | None, cell: Cell, visible: AbstractSet[Cell]) -> int | None:
    """A count, None where its cell must not be shown, which may be that of none, too."""
    return count if cell in visible else None


def classes_unless_hidden(
    counts: Sequence[int | None], cell: Cell, visible: AbstractSet[Cell], most: float
) -> list[int | None] | None:
    """The counts of a group's classes, whose parts are their places; None where more than ``most`` of those that are not told as 0 must not be shown."""
    shown = [unless_hidden(count, cell._replace(part=str(at)), visible) for at, count in enumerate(counts)]
    hidden = sum(one is None for one in shown)
    return None if hidden > most * sum(one is None or one > 0 for one in shown) else shown


G = TypeVar("G", bound="Hides")


class Hides(Protocol):
    """A group of a record that says whether it is hidden."""

    @property
    def hidden(self) -> bool:
        """Whether it has its names and nothing else."""
        ...


def not_hidden(groups: Iterable[G]) -> list[G]:
    """The groups that are shown: that two names occur together is itself told by rows, however few."""
    return [one for one in groups if not one.hidden]


def hidden_last(groups: Iterable[G], *names: str) -> list[G]:
    """Groups in their order, the hidden ones behind them by name: their place among the others would tell how large they are."""
    groups = list(groups)
    hidden = sorted((one for one in groups if one.hidden), key=lambda one: [str(getattr(one, name) or "") for name in names])
    return [*(one for one in groups if not one.hidden), *hidden]


class Cells:
    """What is published together: every cell with its size, and the sums that it is part of.

    Two cells of the very same rows are one, whatever tables they stand in: both are shown or none is.
    """

    def __init__(self) -> None:
        self._counts: dict[Cell, int] = {}
        self._small: set[Cell] = set()
        self._unshown: set[Cell] = set()
        self._followed: set[Cell] = set()
        self._aside: set[Cell] = set()
        self._public: set[Cell] = set()
        self._are_there: set[Cell] = set()
        self._same: dict[Hashable, Cell] = {}
        self._one: dict[Cell, Cell] = {}
        self._sums: list[Sum[Cell]] = []
        self._whose: dict[Cell, Gathered | Size] = {}

    def __contains__(self, cell: Cell) -> bool:
        """Whether the cell was added."""
        return cell in self._one

    def add(
        self,
        cell: Cell,
        rows: int,
        *,
        small: bool,
        rows_are: Hashable = None,
        shown: bool = True,
        follows: bool = False,
        is_there: bool = False,
        whose: Gathered | Size | None = None,
    ) -> None:
        """Add a cell.

        Args:
            cell: which.
            rows: its count.
            small: its rows are those of a small group.
            rows_are: what tells these very rows from others (such as a checksum of their numbers); None: nothing is known.
            shown: it is published; False: it follows from what is.
            follows: it follows from two that are published, and nobody reads it for itself.
            is_there: it is published only where it is not 0, so that its mark says that it is 1 at least.
            whose: its rows as they were gathered, or at least how large the group is.
        """
        one = cell if rows_are is None or not rows else self._same.setdefault((rows, rows_are), cell)
        self._one[cell] = one
        self._counts[one] = rows
        if not shown:
            self._aside.add(cell)
        if small:
            self._small.add(one)
            if whose is not None:
                self._whose[one] = whose
        if follows:
            self._followed.add(one)
        if is_there:
            self._are_there.add(one)
        if shown:
            self._unshown.discard(one)
        elif one is cell:
            self._unshown.add(one)

    def count(self, cell: Cell) -> int:
        """The rows of a cell."""
        return self._counts[self._one[cell]]

    def add_public(self, cell: Cell, rows: int) -> None:
        """Add a total over the whole log, which is told whatever it is."""
        self._one[cell] = cell
        self._counts[cell] = rows
        self._public.add(cell)

    def add_group(
        self, cell: Cell, size: Size, rows_are: Hashable = None, *, shown: bool = True, is_there: bool = False
    ) -> None:
        """Add a cell by its size."""
        self.add(cell, size.rows, small=size.is_small, rows_are=rows_are, shown=shown, is_there=is_there, whose=size)

    def add_gathered(
        self, cell: Cell, whose: Gathered, *, shown: bool = True, follows: bool = False, is_there: bool = False
    ) -> None:
        """Add a cell by the rows that were gathered for it."""
        rows_are, small = whose.rows_are, whose.size.is_small
        self.add(
            cell, whose.rows, small=small, rows_are=rows_are, shown=shown, follows=follows, is_there=is_there, whose=whose
        )

    def adds_up(self, total: Cell, parts: Iterable[Cell]) -> None:
        """``parts`` are all that ``total`` is divided into; both were added before."""
        self._sums.append(Sum(self._one[total], tuple(self._one[part] for part in parts)))

    def crosses(self, group: Cell, parts: Mapping[tuple[str, str], Gathered]) -> None:
        """A group that is divided in two ways, of which both are told: by the names of both parts, the rows that are in both.

        Each part of either way adds up over those of the other, most of which have no rows in common with it. Nothing is said where one of the
        parts was not added.
        """
        if any(group._replace(part=name) not in self for names in parts for name in names):
            return
        of_part: dict[str, list[Cell]] = {}
        for names, counted in parts.items():
            both = group._replace(part=" and ".join(names))
            self.add_gathered(both, counted, shown=False)
            for name in names:
                of_part.setdefault(name, []).append(both)
        for name, those in of_part.items():
            self.adds_up(group._replace(part=name), those)

    def shown(self) -> AbstractSet[Cell]:
        """The cells that may be shown: what was added as published and does not have to be hidden; and ``roughly`` those that may be told in tens.

        These are many rows, and hidden only since others would follow from them.
        """
        hidden = hidden_cells(
            self._counts,
            self._small,
            self._sums,
            unshown=self._unshown,
            followed=self._followed,
            public=self._public,
            are_there=self._are_there,
            of_few=self._of_few,
        )
        told = {cell: one for cell, one in self._one.items() if cell not in self._aside}
        exactly = {cell for cell, one in told.items() if one not in hidden}
        large = {one for one in hidden - self._small if self._counts[one] >= ROUGHLY_FROM}
        return frozenset(exactly | {roughly(cell) for cell, one in told.items() if one in large})

    def _of_few(self, cells: Sequence[Cell]) -> bool:
        """Whether cells that share no row are of few cases or employees all together; False where that is not known of one.

        Where only sizes are known, those of several cells are taken for those of different cases and employees.
        """
        gathered: Gathered | None = None
        others, size = Size(0, 0, 0), Size(0, 0, 0)
        for cell in cells:
            mine = self._whose.get(cell)
            if mine is None:
                return False
            if isinstance(mine, Size):
                others = others.plus(mine)
            else:
                gathered = mine if gathered is None else gathered.with_those_of(mine)
            size = others if gathered is None else others.plus(gathered.size)
            if not size.is_small:
                return False
        return size.rows > 0
