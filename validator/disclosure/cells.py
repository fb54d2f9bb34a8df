"""The cells of all tables that are published together, and what adds up to what."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

from logsyn.validator.disclosure.hiding import Sum, hidden_cells
from logsyn.validator.disclosure.size import Size

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence
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


def unless_hidden(count: int | None, cell: Cell, visible: AbstractSet[Cell]) -> int | None:
    """A count, None where its cell must not be shown; that there are none is no secret."""
    return count if not count or cell in visible else None


def classes_unless_hidden(
    counts: Sequence[int | None], cell: Cell, visible: AbstractSet[Cell], most: float
) -> list[int | None] | None:
    """The counts of a group's classes, whose parts are their places; None where more than ``most`` of those that are not 0 must not be shown."""
    shown = [unless_hidden(count, cell._replace(part=str(at)), visible) for at, count in enumerate(counts)]
    filled = [one for one, count in zip(shown, counts, strict=True) if count]
    return None if sum(one is None for one in filled) > most * len(filled) else shown


G = TypeVar("G", bound="Hides")


class Hides(Protocol):
    """A group of a record that says whether it is hidden."""

    @property
    def hidden(self) -> bool:
        """Whether it has its names and nothing else."""
        ...


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
        self._aside: set[Cell] = set()
        self._public: set[Cell] = set()
        self._same: dict[Hashable, Cell] = {}
        self._one: dict[Cell, Cell] = {}
        self._sums: list[Sum[Cell]] = []
        self._whose: dict[Cell, Gathered | Size] = {}

    def __contains__(self, cell: Cell) -> bool:
        """Whether the cell was added."""
        return cell in self._one

    def add(
        self, cell: Cell, rows: int, *, small: bool, rows_are: Hashable = None, shown: bool = True, whose: Gathered | Size | None = None
    ) -> None:
        """Add a cell.

        Args:
            cell: which.
            rows: its count.
            small: its rows are those of a small group.
            rows_are: what tells these very rows from others (such as a checksum of their numbers); None: nothing is known.
            shown: it is published; False: it follows from what is.
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

    def add_group(self, cell: Cell, size: Size, rows_are: Hashable = None, *, shown: bool = True) -> None:
        """Add a cell by its size."""
        self.add(cell, size.rows, small=size.is_small, rows_are=rows_are, shown=shown, whose=size)

    def add_gathered(self, cell: Cell, whose: Gathered, *, shown: bool = True) -> None:
        """Add a cell by the rows that were gathered for it."""
        self.add(cell, whose.rows, small=whose.size.is_small, rows_are=whose.rows_are, shown=shown, whose=whose)

    def adds_up(self, total: Cell, parts: Iterable[Cell]) -> None:
        """``parts`` are all that ``total`` is divided into; both were added before."""
        self._sums.append(Sum(self._one[total], tuple(self._one[part] for part in parts)))

    def shown(self) -> AbstractSet[Cell]:
        """The cells that may be shown: what was added as published and does not have to be hidden."""
        hidden = hidden_cells(self._counts, self._small, self._sums, unshown=self._unshown, public=self._public, of_few=self._of_few)
        return frozenset(cell for cell, one in self._one.items() if one not in hidden and cell not in self._aside)

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
