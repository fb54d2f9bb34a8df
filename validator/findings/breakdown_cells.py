"""The groups of a breakdown as cells: which of them must not be shown, and what is shown in their place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from logsyn.validator.disclosure.cells import Cell, Cells
from logsyn.validator.disclosure.size import is_small
from logsyn.validator.findings.strata import COARSER
from logsyn.validator.record import Breakdowns, Group

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from logsyn.validator.disclosure.gathered import Gathered
    from logsyn.validator.findings.strata import Key, Looked, Parts, Strata

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

    looked: Looked
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
    months: Mapping[int, Mapping[Key, Parts]] = {}
    quarters: dict[Key, Key] = {}
    while waiting:
        divided, too_fine = strata.by(by), []
        for looked in waiting:
            table = _Divided(looked, divided.whole, divided.parts[looked.number])
            if by in COARSER and _hides_most(table, dimension):
                too_fine.append(looked)
                continue
            _add(cells, table, dimension)
            if quarters:
                _add_months(cells, looked, dimension, months[looked.number], quarters)
            found[looked.number] = _groups(table)
        waiting = too_fine
        if waiting:
            months, by = months or divided.parts, COARSER[by]
            quarters = strata.coarser_keys(by)
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


def _hides_most(table: _Divided, dimension: str) -> bool:
    """Whether most of the groups with failing rows would be hidden, were the table the only one."""
    keys = [key for key, parts in table.parts.items() if parts.failed.rows]
    if not keys:
        return False
    alone = Cells()
    _add(alone, table, dimension)
    visible, rule = alone.shown(), table.looked.rule
    return sum(cell(rule, dimension, key)._replace(part="failed") not in visible for key in keys) > MOST_HIDDEN * len(keys)


def _add(cells: Cells, table: _Divided, dimension: str) -> None:
    """Put the groups of one rule among the cells, and what they add up to; what is of a small group of the whole log is small."""
    looked = table.looked
    of: dict[str, list[Cell]] = {"checked": [], "failed": [], "passing": []}
    for key, parts in table.parts.items():
        counts = {"checked": parts.checked.rows, "failed": parts.failed.rows, "passing": parts.checked.rows - parts.failed.rows}
        base, in_small = cell(looked.rule, dimension, key), table.whole[key].size.is_small
        for part, gathered in (("checked", parts.checked), ("failed", parts.failed), ("passing", parts.passing)):
            rows, one = counts[part], base._replace(part=part)
            small = rows > 0 and (in_small or is_small(rows) or gathered.size.is_small)
            told = part != "passing"
            cells.add(one, rows, small=small, rows_are=gathered.rows_are if told else None, shown=told, whose=gathered)
            of[part].append(one)
        cells.adds_up(base._replace(part="checked"), [base._replace(part=part) for part in ("failed", "passing")])
    for part, those in of.items():
        total = Cell(f"breakdown by {dimension}", part=f"all {part}", rule=looked.rule)
        cells.add_public(total, sum(cells.count(one) for one in those))
        cells.adds_up(total, those)


def _add_months(
    cells: Cells, looked: Looked, dimension: str, months: Mapping[Key, Parts], quarters: Mapping[Key, Key]
) -> None:
    """Put the checked rows of the months beside those of the quarters: another rule may show them."""
    in_quarters: dict[Key, list[Cell]] = {}
    for month, parts in months.items():
        one = Cell("months", slice=month, part=looked.counted)
        if one not in cells:
            cells.add(one, parts.checked.rows, small=False, rows_are=parts.checked.rows_are, shown=False)
        in_quarters.setdefault(quarters[month], []).append(one)
    for quarter, of_quarter in in_quarters.items():
        cells.adds_up(cell(looked.rule, dimension, quarter)._replace(part="checked"), of_quarter)


def _groups(table: _Divided) -> list[Group]:
    return [Group(key=key, checked=parts.checked.rows, failed=parts.failed.rows) for key, parts in table.parts.items()]


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
