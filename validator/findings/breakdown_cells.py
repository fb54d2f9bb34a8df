"""The groups of a breakdown as cells: which of them must not be shown, and what is shown in their place.

The failing rows of a group are told to the row. How many rows the rule could check is told in tens: two rules that check different rows of
a group would tell by their difference how many rows lack what only one of them needs, also where these are few.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from logsyn.validator.disclosure.cells import Cell, Cells
from logsyn.validator.disclosure.size import SMALL, is_small
from logsyn.validator.disclosure.tens import in_tens, roughly
from logsyn.validator.findings.strata import COARSER
from logsyn.validator.record import Breakdowns, Group

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from logsyn.validator.disclosure.gathered import Gathered
    from logsyn.validator.findings.strata import Key, LogDivided, Looked, Parts, Strata

DIMENSIONS: Final = ("team", "activity", "month")

MOST_GROUPS = 200
"""A breakdown keeps so many groups, those with the most failed rows."""

MOST_MONTHS = 1_200
"""A breakdown by month keeps so many, those with the most failed rows: a hundred years of months, of a log with default dates as well."""

MOST_HIDDEN = 0.5
"""Where more of the groups with failing rows would be hidden, the breakdown is made coarser."""


@dataclass(frozen=True)
class _Divided:
    """One rule's groups by one thing: those of the whole log, and what the rule sees in each."""

    rule: str
    whole: Mapping[Key, Gathered]
    parts: Mapping[Key, Parts]


def divide(strata: Strata, rules: Sequence[Looked], dimension: str, cells: Cells) -> dict[int, list[Group]]:
    """The groups of every rule by one dimension, small ones still among them, by the rule's number.

    Months become quarters, or years, where more than half of those with failing rows would be hidden.

    Args:
        strata: the rows of the log by what the rules see in them.
        rules: what each rule looked at.
        dimension: team, activity or month.
        cells: takes the groups.
    """
    found: dict[int, list[Group]] = {}
    waiting, by = list(rules), dimension
    while waiting:
        divided, too_fine, told = strata.by(by), [], {}
        for looked in waiting:
            table = _Divided(looked.rule, divided.whole, divided.parts[looked.number])
            if by in COARSER and _hides_most(table, dimension):
                too_fine.append(looked)
                continue
            _add(cells, table, dimension)
            _add_rests(cells, table, dimension)
            found[looked.number] = _groups(table)
            told[looked.number] = looked.rule
        _add_differences(cells, divided, told, dimension)
        waiting = too_fine
        by = COARSER.get(by, by)
    return found


def withheld(breakdowns: Breakdowns, rule: str, visible: AbstractSet[Cell]) -> Breakdowns:
    """Breakdowns without the figures that must not be shown.

    Checked rows are told in tens. Where most of the groups with failing rows are hidden, these are told as one; a breakdown that then says nothing more than its total
    is left out, and named in ``hidden``. Hidden groups stand in the order of their names, so that their place tells nothing.
    """
    kept: dict[str, list[Group]] = {}
    for name in DIMENSIONS:
        raw = _checked_in_tens(getattr(breakdowns, name))
        groups = [_shown(group, cell(rule, name, group.key), visible) for group in raw]
        if _most_are_hidden([group for group in groups if group.hidden or group.failed]):
            groups = _taken_together(groups, getattr(breakdowns, name))
        fails = any(group.failed for group in raw)
        if any(group.groups is None and (group.failed or not fails) for group in groups) or not groups:
            kept[name] = _in_order(groups, name)
    lost = [name for name in DIMENSIONS if name not in kept]
    return Breakdowns.model_validate({**kept, "hidden": lost})


def cell(rule: str, dimension: str, key: Key) -> Cell:
    """The cell of the failing rows of a group of a breakdown."""
    return Cell(f"breakdown by {dimension}", slice=key, rule=rule)


def _hides_most(table: _Divided, dimension: str) -> bool:
    """Whether most of the groups with failing rows would be hidden, were the table the only one."""
    keys = [key for key, parts in table.parts.items() if parts.failed.rows]
    if not keys:
        return False
    alone = Cells()
    _add(alone, table, dimension)
    visible = alone.shown()
    return sum(cell(table.rule, dimension, key) not in visible for key in keys) > MOST_HIDDEN * len(keys)


def _add(cells: Cells, table: _Divided, dimension: str) -> None:
    """Put the failing rows of every group among the cells; what is of a small group of the whole log is small."""
    those = [cell(table.rule, dimension, key) for key in table.parts]
    for one, (key, parts) in zip(those, table.parts.items(), strict=True):
        small = parts.failed.rows > 0 and (parts.failed.size.is_small or table.whole[key].size.is_small)
        cells.add(one, parts.failed.rows, small=small, rows_are=parts.failed.rows_are, whose=parts.failed)
    total = Cell(f"breakdown by {dimension}", part="all", rule=table.rule)
    cells.add_public(total, sum(cells.count(one) for one in those))
    cells.adds_up(total, those)


def _add_rests(cells: Cells, table: _Divided, dimension: str) -> None:
    """Where all rows of a group fail but a few, its rows are known as well as these: they may be told elsewhere, or their number without a lag."""
    for key, parts in table.parts.items():
        rows, failed = table.whole[key].rows, parts.failed.rows
        if not failed or rows - failed >= SMALL:
            continue
        whole, one = Cell(f"rows by {dimension}", slice=key), cell(table.rule, dimension, key)
        cells.add_gathered(whole, table.whole[key], shown=False)
        if rows > failed:
            others = one._replace(part="others")
            cells.add(others, rows - failed, small=True, shown=False)
            cells.adds_up(whole, [one, others])


def _add_differences(cells: Cells, divided: LogDivided, told: Mapping[int, str], dimension: str) -> None:
    """Where all rows that fail one rule fail another one, too: what is left of a group of that one is known, and may be few.

    ``told``: the rules that are divided in the same way, by their number.
    """
    for (part, whole), of_groups in divided.differences.items():
        if part not in told or whole not in told:
            continue
        for key, rest in of_groups.items():
            inner, outer = (cell(told[number], dimension, key) for number in (part, whole))
            if rest.size.is_small and inner in cells and outer in cells:
                between = Cell(f"breakdown by {dimension}", slice=key, rule=f"{told[whole]} without {told[part]}")
                cells.add_gathered(between, rest, shown=False)
                cells.adds_up(outer, [inner, between])


def _groups(table: _Divided) -> list[Group]:
    """The groups of one rule; those of which it checks a small group are hidden from the beginning, also where nothing fails.

    Of a rule that few rows fail all are: where these lie follows from the groups in which there are none.
    """
    failed = sum(parts.failed.rows for parts in table.parts.values())
    few = is_small(failed) and len(table.whole) > 1
    return [
        Group(
            key=key,
            checked=parts.checked.rows,
            failed=parts.failed.rows,
            hidden=few or parts.checked.size.is_small or table.whole[key].size.is_small,
        )
        for key, parts in table.parts.items()
    ]


def _shown(group: Group, of: Cell, visible: AbstractSet[Cell]) -> Group:
    if of in visible and not group.hidden:
        return group
    return Group(key=group.key, checked=None, failed=None, hidden=True)


def _checked_in_tens(groups: Sequence[Group]) -> list[Group]:
    """The groups with their checked rows in tens; that all of a group fail is told."""
    whole = [group.failed == group.checked for group in groups]
    told = in_tens([group.checked or 0 for group in groups], whole=whole)
    return [group.model_copy(update={"checked": count}) for group, count in zip(groups, told, strict=True)]


def _most_are_hidden(groups: Sequence[Group]) -> bool:
    return sum(group.hidden for group in groups) > MOST_HIDDEN * len(groups)


def _taken_together(groups: Sequence[Group], raw: Sequence[Group]) -> list[Group]:
    """The groups that are shown, and the hidden ones as one: their sum follows from the total anyway."""
    hidden = {group.key for group in groups if group.hidden}
    apart = [group for group in raw if group.key in hidden]
    failed = sum(group.failed or 0 for group in apart)
    together = Group(
        key=None,
        checked=roughly(sum(group.checked or 0 for group in apart)),
        failed=failed,
        groups=len(apart),
    )
    return [*(group for group in groups if not group.hidden), together]


def _in_order(groups: Sequence[Group], dimension: str) -> list[Group]:
    """The groups with the most failed rows, the most first; months in the order of time."""
    ranked = sorted(groups, key=_rank)
    if dimension != "month":
        return ranked[:MOST_GROUPS]
    return sorted(ranked[:MOST_MONTHS], key=lambda group: (group.groups is not None, group.key or ""))


def _rank(group: Group) -> tuple[bool, int, int, str]:
    if group.failed:
        return False, -group.failed, -(group.checked or 0), group.key or ""
    return True, 0 if group.hidden else 1, 0 if group.hidden else -(group.checked or 0), group.key or ""
