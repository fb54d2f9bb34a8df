"""Owns the tables of one rule by team, activity and month: the largest groups, the newest months, the rest in one line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from logsyn.reports.views.page import LARGEST, Key, activity_key, largest, team_key

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from logsyn.reports.wording import Wording
    from logsyn.validator.record import Finding, Group, LogFacts

Figure = Literal["checked", "failed"]

FAR_MONTHS: Final = 12
"""A month that lies further than this from the typical period of the log is of a wrong year, not of the log's history."""


@dataclass(frozen=True)
class GroupRow:
    """One group of a breakdown; ``length`` is its share that failed, as the width of a bar."""

    key: Key
    hidden: bool
    checked: str
    failed: str
    share: str
    length: str


@dataclass(frozen=True)
class Breakdown:
    """Checked and failed rows by team, activity or month."""

    name: str
    rows: tuple[GroupRow, ...]
    more: str


def breakdowns(finding: Finding, log: LogFacts, wording: Wording) -> tuple[Breakdown, ...]:
    """The tables of a finding, those without groups left out; none where nothing failed that could be divided."""
    if not finding.failed:
        return ()
    parts = finding.breakdowns
    made = (
        _of_names(wording.gettext("Team"), parts.team, team_key, wording),
        _of_names(wording.gettext("Activity"), parts.activity, activity_key, wording),
        _of_months(finding, log, wording),
    )
    return tuple(table for table in made if table.rows)


def left_out(finding: Finding, wording: Wording) -> str:
    """That tables of a finding are not shown, since they would tell of small groups; empty where all are, or nothing is there to divide."""
    if not finding.failed or not finding.rows_affected or not finding.breakdowns.hidden:
        return ""
    names = {"team": wording.gettext("by team"), "activity": wording.gettext("by activity"), "month": wording.gettext("by month")}
    by = wording.listed([names[name] for name in finding.breakdowns.hidden])
    return wording.gettext("The failing rows are not shown %(by)s: that would tell of groups that are too small.", by=by)


def _of_names(
    name: str, groups: Sequence[Group], key: Callable[[str | None, Wording], Key], wording: Wording
) -> Breakdown:
    """The groups of which something failed, or may have; those in which nothing did are no finding, and stand in one line."""
    telling = [group for group in groups if group.hidden or group.failed or group.groups]
    silent = [group for group in groups if group not in telling]
    if len(silent) == 1:
        telling, silent = list(groups), []
    chosen = largest(telling, lambda group: group.failed)
    rows = [_row(_key(group, key, wording), group, wording) for group in chosen]
    if silent:
        others = wording.gettext("%(n)s others without any", n=wording.number(len(silent)))
        checked = sum(group.checked or 0 for group in silent)
        rows.append(_figures(Key(others, given=False), checked, 0, wording))
    return Breakdown(name, tuple(rows), wording.more(len(telling) - len(chosen)))


def _of_months(finding: Finding, log: LogFacts, wording: Wording) -> Breakdown:
    """The newest months one by one; those before them, and those of wrong years, in one line each."""
    groups = [group for group in finding.breakdowns.month if group.groups is None]
    together = [group for group in finding.breakdowns.month if group.groups is not None]
    of_log = [group for group in groups if group.key and not _is_far(group.key, log)]
    far = [group for group in groups if group.key and _is_far(group.key, log)]
    earlier, newest = ([], of_log) if len(of_log) <= LARGEST + 1 else (of_log[:-LARGEST], of_log[-LARGEST:])
    rows = [_row(_month_key(group.key, wording), group, wording) for group in newest]
    rows += [_row(_month_key(None, wording), group, wording) for group in groups if not group.key]
    of_months = _period(groups) == "month"
    if earlier:
        rows.insert(0, _together(_earlier_key(len(earlier), wording, of_months=of_months), earlier, finding, wording))
    if far:
        rows.append(_together(_far_key(far, wording, of_months=of_months), far, finding, wording))
    rows += [_row(_key(group, _month_key, wording), group, wording) for group in together]
    newest_months = wording.gettext("The %(n)s newest months are shown one by one.", n=wording.number(LARGEST))
    newest_others = wording.gettext("The %(n)s newest are shown one by one.", n=wording.number(LARGEST))
    note = newest_months if of_months else newest_others
    names = {"month": wording.gettext("Month"), "quarter": wording.gettext("Quarter"), "year": wording.gettext("Year")}
    return Breakdown(names[_period(groups)], tuple(rows), note if earlier else "")


def _period(groups: Sequence[Group]) -> Literal["month", "quarter", "year"]:
    """What the groups are, by how their keys are written."""
    keys = [group.key for group in groups if group.key]
    if any("Q" in key for key in keys):
        return "quarter"
    return "month" if not keys or any("-" in key.lstrip("-") for key in keys) else "year"


def _key(group: Group, key: Callable[[str | None, Wording], Key], wording: Wording) -> Key:
    """The name of a group; of several that are told as one, how many they are."""
    if group.groups is None:
        return key(group.key, wording)
    return Key(wording.ngettext("%(n)s small group", "%(n)s small groups together", group.groups, n=wording.number(group.groups)), given=False)


def _row(key: Key, group: Group, wording: Wording) -> GroupRow:
    if group.hidden:
        return GroupRow(key, hidden=True, checked="", failed="", share="", length="0%")
    return _figures(key, group.checked, group.failed, wording)


def _together(key: Key, groups: Sequence[Group], finding: Finding, wording: Wording) -> GroupRow:
    """Several months in one line; hidden when their sum is not known without those that are hidden."""
    checked, failed = _sum(groups, finding, "checked"), _sum(groups, finding, "failed")
    if failed is None:
        return GroupRow(key, hidden=True, checked="", failed="", share="", length="0%")
    return _figures(key, checked, failed, wording)


def _figures(key: Key, checked: int | None, failed: int | None, wording: Wording) -> GroupRow:
    return GroupRow(
        key=key,
        hidden=False,
        checked=wording.number(checked),
        failed=wording.number(failed),
        share=wording.share(failed, checked),
        length=f"{100 * failed / checked:.2f}%" if checked and failed else "0%",
    )


def _sum(groups: Sequence[Group], finding: Finding, figure: Figure) -> int | None:
    """The sum over some months: from the total and the other months where some of these are hidden; None where that gives none."""
    inside = {group.key for group in groups}
    others = [group for group in finding.breakdowns.month if group.key not in inside]
    if not any(group.hidden for group in groups):
        return sum(_count(group, figure) for group in groups)
    total = _total(finding, figure)
    if total is None or any(group.hidden for group in others):
        return None
    return total - sum(_count(group, figure) for group in others)


def _count(group: Group, figure: Figure) -> int:
    return (group.checked if figure == "checked" else group.failed) or 0


def _total(finding: Finding, figure: Figure) -> int | None:
    """What the months add up to: the failing rows, and the checked ones as another breakdown has them that hides nothing."""
    if figure == "failed":
        return finding.rows_affected
    for groups in (finding.breakdowns.team, finding.breakdowns.activity):
        known = [group.checked for group in groups if group.checked is not None]
        if groups and len(known) == len(groups):
            return sum(known)
    return None


def _is_far(month: str, log: LogFacts) -> bool:
    if not (log.typical_start and log.typical_end):
        return False
    first, last = _number(log.typical_start) - FAR_MONTHS, _number(log.typical_end) + FAR_MONTHS
    return not first <= _number(month) <= last


def _number(month: str) -> int:
    """The month that something begins in as a number, so that the next one is one more; ``2023-04`` and what begins like it, ``2023-Q2``, ``2023``."""
    year, *rest = month.split("-")[:2]
    first = 3 * int(rest[0][1:]) - 2 if rest and rest[0].startswith("Q") else int(rest[0]) if rest else 1
    return 12 * int(year) + first


def _month_key(month: str | None, wording: Wording) -> Key:
    return Key(wording.gettext("(no month)"), given=False) if month is None else Key(wording.month(month), given=True)


def _earlier_key(count: int, wording: Wording, *, of_months: bool) -> Key:
    n = wording.number(count)
    told = wording.gettext("%(n)s earlier months", n=n) if of_months else wording.gettext("%(n)s earlier", n=n)
    return Key(told, given=False)


def _far_key(groups: Sequence[Group], wording: Wording, *, of_months: bool) -> Key:
    first, last = (wording.month(group.key or "") for group in (groups[0], groups[-1]))
    told = {"n": wording.number(len(groups)), "first": first, "last": last}
    if len(groups) == 1:
        one_month = wording.gettext("1 month far from the others: %(first)s", first=first)
        return Key(one_month if of_months else wording.gettext("Far from the others: %(first)s", first=first), given=False)
    if of_months:
        return Key(wording.gettext("%(n)s months far from the others: %(first)s to %(last)s", **told), given=False)
    return Key(wording.gettext("%(n)s far from the others: %(first)s to %(last)s", **told), given=False)
