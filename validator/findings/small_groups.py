"""Hides small groups in a breakdown, and what would let a hidden figure be computed from the total."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from logsyn.validator.record import Group

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Cell = TypeVar("Cell")

SMALL = 5
"""A group under this size is not shown (Danmarks Statistik hides under 3, other uses under 5)."""


def protect(groups: list[Group], small: int = SMALL) -> list[Group]:
    """Groups with their small figures taken out.

    ``checked`` from 1 to ``small`` - 1 hides the whole group; ``failed`` likewise hides that figure. A figure that would be
    hidden alone takes the next smallest with it, since the total is known; when there is no other, all are hidden.
    """
    hide_checked = with_companion([group.checked or 0 for group in groups], small)
    hide_failed = with_companion([group.failed or 0 for group in groups], small)
    return [
        group
        if not (at in hide_checked or at in hide_failed)
        else Group(
            key=group.key,
            checked=None if at in hide_checked else group.checked,
            failed=None,
            hidden=True,
        )
        for at, group in enumerate(groups)
    ]


def is_small(count: int, small: int = SMALL) -> bool:
    """Whether a count must not be shown."""
    return 0 < count < small


def with_companion(counts: list[int], small: int = SMALL) -> set[int]:
    """Places of the counts to hide when their total is known: small ones, and the next smallest where one would stand alone."""
    hidden = {at for at, count in enumerate(counts) if is_small(count, small)}
    if len(hidden) == 1 or (hidden and sum(counts[at] for at in hidden) < small):
        rest = sorted((count, at) for at, count in enumerate(counts) if at not in hidden and count)
        if not rest:
            return set(range(len(counts)))
        hidden.add(rest[0][1])
    return hidden


def hidden_cells(
    counts: Mapping[Cell, int],
    sums: Sequence[tuple[Cell, Sequence[Cell]]],
    unshown: frozenset[Cell] = frozenset(),
    small: int = SMALL,
) -> set[Cell]:
    """The cells of a table with totals that must not be shown.

    Small ones, and for every sum as many more as it takes that no hidden cell can be computed from the others: the smallest
    first, the total only when nothing else is left.

    Args:
        counts: every cell with its count; totals are cells, too.
        sums: total and parts; a cell may be part of several sums.
        unshown: cells that are shown nowhere: they are taken first where another one has to be hidden.
        small: counts from 1 up to this one are hidden.
    """
    hidden = {cell for cell, count in counts.items() if is_small(count, small)}
    cost = {cell: (cell not in unshown, count) for cell, count in counts.items()}
    of_cell: dict[Cell, list[int]] = {}
    for at, (total, parts) in enumerate(sums):
        for cell in (total, *parts):
            of_cell.setdefault(cell, []).append(at)
    # In rounds: a sum with very many parts is looked at once a round, not once for each of its parts.
    waiting = set(range(len(sums)))
    while waiting:
        touched: set[int] = set()
        for at in sorted(waiting):
            while (taken := _to_hide(cost, sums[at], hidden, small)) is not None:
                hidden.add(taken)
                touched.update(of_cell[taken])
        waiting = touched
    return hidden


def _to_hide(
    cost: Mapping[Cell, tuple[bool, int]], adding: tuple[Cell, Sequence[Cell]], hidden: set[Cell], small: int
) -> Cell | None:
    """One more cell of a sum that has to be hidden, the cheapest; None when the sum gives nothing away."""
    total, parts = adding
    counted = [cell for cell in parts if cost[cell][1]]
    unseen = [cost[cell][1] for cell in counted if cell in hidden]
    shown = [(cost[cell], at) for at, cell in enumerate(counted) if cell not in hidden]
    safe = len(unseen) > 1 and sum(unseen) >= small
    if (unseen or not shown) if total in hidden else (safe or not unseen):
        return None
    return counted[min(shown)[1]] if shown else total
