"""The groups of a breakdown as cells: which of them must not be shown, and what is shown in their place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from logsyn.validator.disclosure.cells import Cell, Cells
from logsyn.validator.findings.group_sizes import (
    COARSER,
    Failed,
    OfLog,
    coarser_keys,
    failing,
    small_parts,
    whole_log,
)
from logsyn.validator.record import Breakdowns, Group

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

    import duckdb

    from logsyn.validator.findings.group_sizes import Key

DIMENSIONS: Final = ("team", "activity", "month")

MOST_GROUPS = 200
"""A breakdown keeps so many groups, those with the most failed rows."""

MOST_MONTHS = 1_200
"""A breakdown by month keeps so many, those with the most failed rows: a hundred years of months, of a log with default dates as well."""

MOST_HIDDEN = 0.5
"""Where more of the groups with failing rows would be hidden, the breakdown is made coarser."""


@dataclass(frozen=True)
class Looked:
    """What a rule looked at: ``counted`` is SQL that is true for the rows that it checks; ``rows`` of them, by group."""

    number: int
    rule: str
    elsewhere: bool
    counted: str
    rows: Mapping[Key, int]

    @property
    def relation(self) -> str:
        """Where its rows are: only the wide view has every column."""
        return "events" if self.elsewhere else "event_facts"


@dataclass(frozen=True)
class _Divided:
    """One rule's groups by one thing, and which of their checked and passing rows are too few."""

    looked: Looked
    by: str
    whole: Mapping[Key, OfLog]
    failed: Mapping[Key, Failed]
    few_checked: AbstractSet[Key]
    few_passing: AbstractSet[Key]


def divide(
    connection: duckdb.DuckDBPyConnection,
    rules: Sequence[Looked],
    failed: Mapping[int, Mapping[Key, Failed]],
    dimension: str,
    have: frozenset[str],
    cells: Cells,
) -> dict[int, list[Group]]:
    """The groups of every rule by one dimension, small ones still among them, by the rule's number.

    Months become quarters, or years, where more than half of those with failing rows would be hidden.

    Args:
        connection: holds the tables of the audit.
        rules: what each rule looked at.
        failed: the failing rows by rule and group.
        dimension: team, activity or month.
        have: the columns of ``events`` that mean something.
        cells: takes the groups.
    """
    found: dict[int, list[Group]] = {}
    months = {one.number: one.rows for one in rules}
    waiting, by = list(rules), dimension
    quarters: dict[Key, Key] = {}
    while waiting:
        whole, too_fine = whole_log(connection, by, have), []
        for looked in waiting:
            table = _table(connection, looked, by, whole, failed.get(looked.number, {}), have)
            if by in COARSER and _hides_most(table, dimension):
                too_fine.append(looked)
                continue
            _add(cells, table, dimension)
            if quarters:
                _add_months(cells, table, dimension, months[looked.number], quarters)
            found[looked.number] = _groups(table)
        waiting = []
        if too_fine:
            by = COARSER[by]
            quarters = coarser_keys(connection, by)
            waiting = [replace(one, rows=_summed(months[one.number], quarters)) for one in too_fine]
            failed = failing(connection, [by], have)[0][by]
    return found


def withheld(breakdowns: Breakdowns, rule: str, visible: AbstractSet[Cell]) -> Breakdowns:
    """Breakdowns without the figures that must not be shown.

    Where most of the groups with failing rows are hidden, these are told as one; a breakdown that then says nothing more than its total
    is left out, and named in ``hidden``. Hidden groups stand in the order of their names, so that their place tells nothing.
    """
    kept: dict[str, list[Group]] = {}
    for name in DIMENSIONS:
        groups = [_shown(group, cell(rule, name, group.key), visible) for group in getattr(breakdowns, name)]
        if _most_are_hidden([group for group in groups if group.hidden or group.failed]):
            of_raw = {group.key: group for group in getattr(breakdowns, name)}
            groups = _taken_together(groups, of_raw)
        fails = any(group.failed for group in getattr(breakdowns, name))
        if any(group.groups is None and (group.failed or not fails) for group in groups) or not groups:
            kept[name] = _in_order(groups, name)
    lost = [name for name in DIMENSIONS if name not in kept]
    return Breakdowns.model_validate({**kept, "hidden": lost})


def cell(rule: str, dimension: str, key: Key) -> Cell:
    """The cell of a group of a breakdown; its parts are ``checked``, ``failed`` and ``passing``."""
    return Cell(f"breakdown by {dimension}", slice=key, rule=rule)


def _table(
    connection: duckdb.DuckDBPyConnection,
    looked: Looked,
    by: str,
    whole: Mapping[Key, OfLog],
    failed: Mapping[Key, Failed],
    have: frozenset[str],
) -> _Divided:
    groups = {key: (whole[key], rows, _failures(failed, key)) for key, rows in looked.rows.items()}
    counted = (looked.number, looked.relation, looked.counted)
    checked, passing = small_parts(connection, counted, by, have, groups)
    return _Divided(looked, by, whole, failed, checked, passing)


def _failures(failed: Mapping[Key, Failed], key: Key) -> int:
    return failed[key].size.rows if key in failed else 0


def _hides_most(table: _Divided, dimension: str) -> bool:
    """Whether most of the groups with failing rows would be hidden, were the table the only one."""
    if not table.failed:
        return False
    alone = Cells()
    _add(alone, table, dimension)
    visible, rule = alone.shown(), table.looked.rule
    keys = [key for key in table.looked.rows if _failures(table.failed, key)]
    return sum(cell(rule, dimension, key)._replace(part="failed") not in visible for key in keys) > MOST_HIDDEN * len(keys)


def _add(cells: Cells, table: _Divided, dimension: str) -> None:
    """Put the groups of one rule among the cells, and what they add up to.

    Groups of the whole log that are small are so in every rule; the rows of one condition are one cell in all rules.
    """
    looked = table.looked
    of: dict[str, list[Cell]] = {"checked": [], "failed": [], "passing": []}
    for key, rows in looked.rows.items():
        failures, base = _failures(table.failed, key), cell(looked.rule, dimension, key)
        checked, failed, passing = (base._replace(part=part) for part in of)
        whole = table.whole[key]
        are = whole.rows_are if rows == whole.size.rows else (looked.counted, table.by, key)
        cells.add(checked, rows, small=key in table.few_checked, rows_are=are)
        if failures:
            small = table.failed[key].size.is_small or whole.size.is_small
            cells.add(failed, failures, small=small, rows_are=table.failed[key].rows_are)
        else:
            cells.add(failed, 0, small=False)
        cells.add(passing, rows - failures, small=key in table.few_passing, shown=False)
        cells.adds_up(checked, [failed, passing])
        for part, one in zip(of, (checked, failed, passing), strict=True):
            of[part].append(one)
    for part, parts in of.items():
        total = Cell(f"breakdown by {dimension}", part=f"all {part}", rule=looked.rule)
        cells.add_public(total, sum(cells.count(one) for one in parts))
        cells.adds_up(total, parts)


def _add_months(
    cells: Cells, table: _Divided, dimension: str, months: Mapping[Key, int], quarters: Mapping[Key, Key]
) -> None:
    """Put the checked rows of the months beside those of the quarters: another rule may show them."""
    looked = table.looked
    parts: dict[Key, list[Cell]] = {}
    for month, rows in months.items():
        one = Cell("months", slice=month, part=looked.counted)
        if one not in cells:
            cells.add(one, rows, small=False, rows_are=(looked.counted, "month", month), shown=False)
        parts.setdefault(quarters[month], []).append(one)
    for quarter, of_quarter in parts.items():
        cells.adds_up(cell(looked.rule, dimension, quarter)._replace(part="checked"), of_quarter)


def _summed(rows: Mapping[Key, int], quarters: Mapping[Key, Key]) -> dict[Key, int]:
    found: dict[Key, int] = {}
    for month, count in rows.items():
        found[quarters[month]] = found.get(quarters[month], 0) + count
    return found


def _groups(table: _Divided) -> list[Group]:
    return [Group(key=key, checked=rows, failed=_failures(table.failed, key)) for key, rows in table.looked.rows.items()]


def _shown(group: Group, of: Cell, visible: AbstractSet[Cell]) -> Group:
    hides = {part: of._replace(part=part) not in visible for part in ("checked", "failed")}
    if not any(hides.values()):
        return group
    return Group(key=group.key, checked=None if hides["checked"] else group.checked, failed=None, hidden=True)


def _most_are_hidden(groups: Sequence[Group]) -> bool:
    return sum(group.hidden for group in groups) > MOST_HIDDEN * len(groups)


def _taken_together(groups: Sequence[Group], raw: Mapping[Key, Group]) -> list[Group]:
    """The groups that are shown, and the hidden ones as one: their sum follows from the total anyway."""
    apart = [raw[group.key] for group in groups if group.hidden]
    together = Group(
        key=None,
        checked=sum(group.checked or 0 for group in apart),
        failed=sum(group.failed or 0 for group in apart),
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
