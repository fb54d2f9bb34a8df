"""Owns the section that holds what is agreed against what is done, by team, weekday, month, and activity."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from babel.dates import get_day_names

from reports.charts import percent_of
from reports.views.page import Absence, Key, activity_key, has_column, largest, team_key

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reports.wording import Wording
    from validator.findings.model import Agreed, AgreedGroup, AgreedSlice, Audit

MOST_DETAILED: Final = 12
"""So many activities are shown by weekday and month; the rest is in audit.json."""


@dataclass(frozen=True)
class KeptRow:
    """One group: how much of it was registered as agreed. A hidden group has its keys and nothing else."""

    keys: tuple[Key, ...]
    hidden: bool
    events: str
    agreed: str
    within: str
    length: str
    median: str
    p90: str


@dataclass(frozen=True)
class KeptTable:
    """Groups with their shares. ``with_agreed``: the agreed days are worth a column."""

    caption: str
    key_names: tuple[str, ...]
    with_agreed: bool
    rows: tuple[KeptRow, ...]
    note: str


@dataclass(frozen=True)
class GridCell:
    """A share and what it is a share of; both empty when there is nothing to show."""

    share: str
    base: str


@dataclass(frozen=True)
class GridRow:
    """One weekday or month of an activity."""

    name: str
    cells: tuple[GridCell, ...]


@dataclass(frozen=True)
class Grid:
    """Weekdays or months of an activity, one column a team."""

    caption: str
    slice_name: str
    teams: tuple[Key, ...]
    rows: tuple[GridRow, ...]


@dataclass(frozen=True)
class Detailed:
    """One activity by weekday and month."""

    activity: Key
    grids: tuple[Grid, ...]


@dataclass(frozen=True)
class AgreedSection:
    """Agreed against actual; ``absence`` says why there is nothing to show. ``broken``: why months stand apart."""

    absence: Absence | None
    system: str
    broken: str
    teams: KeptTable | None
    pairs: KeptTable | None
    weekdays: KeptTable | None
    months: tuple[KeptTable, ...]
    detailed: tuple[Detailed, ...]
    more_detailed: str


def agreed_section(audit: Audit, wording: Wording) -> AgreedSection:
    """The section on what is agreed and what is done."""
    agreed, changes = audit.agreed, change_months(audit)
    overall = agreed.overall if agreed else None
    detailed, more = _detailed(agreed.by_activity_and_team, changes, wording) if agreed else ((), "")
    return AgreedSection(
        absence=_absence(audit, wording),
        system=system_told(agreed, wording) if agreed else "",
        broken=_broken(changes, wording) if overall and overall.by_month else "",
        teams=_groups(agreed.by_team, wording.gettext("Agreed and actual, by team"), ("team",), wording)
        if agreed
        else None,
        pairs=_groups(
            agreed.by_activity_and_team,
            wording.gettext("Agreed and actual, by activity and team"),
            ("activity", "team"),
            wording,
        )
        if agreed
        else None,
        weekdays=_weekdays(overall, wording) if overall else None,
        months=_months(overall, changes, wording) if overall else (),
        detailed=detailed,
        more_detailed=more,
    )


def change_months(audit: Audit) -> list[str]:
    """The months (``2023-04``) from which the registration times are written in another way than before."""
    found = {
        str(row.values["month"])[:7]
        for finding in audit.findings
        if finding.check == "registration-regime" and finding.outcome == "failed"
        for row in finding.evidence
        if row.values.get("month")
    }
    return sorted(found)


def parted(slices: Sequence[AgreedSlice], changes: Sequence[str]) -> list[list[AgreedSlice]]:
    """Months in the stretches between the changes, within which they can be compared; other months are left out."""
    edges = ["", *changes, "~"]
    stretches = [
        [one for one in slices if one.key and first <= one.key < last]
        for first, last in zip(edges, edges[1:], strict=False)
    ]
    return [stretch for stretch in stretches if stretch]


def system_told(agreed: Agreed, wording: Wording) -> str:
    """How fast system users register, and that they stand in no other figure; empty when the practice names none."""
    if not agreed.system_users:
        return ""
    if agreed.system is None:
        return wording.gettext("The practice names system users, but none of their registrations is in the figures.")
    apart = wording.gettext("System users (robots) are counted apart and are in no other figure on this page's times.")
    if agreed.system.hidden:
        return apart
    return wording.gettext(
        "%(apart)s They made %(events)s: half of them %(median)s, nine of ten %(p90)s.",
        apart=apart,
        events=wording.events(agreed.system.events or 0),
        median=wording.days_after(agreed.system.median_days),
        p90=wording.days_after(agreed.system.p90_days),
    )


def _absence(audit: Audit, wording: Wording) -> Absence | None:
    if audit.agreed is None:
        return Absence(
            wording.gettext("No agreed practice was given, so there is nothing to hold the registrations against."),
            wording.gettext("Write down what you have agreed, and give it with --practice."),
        )
    if not has_column(audit, "registered_at"):
        return Absence(wording.gettext("The extract does not say when something was registered."))
    if audit.agreed.overall is None:
        return Absence(wording.gettext("No registration has both its times and agreed days to hold them against."))
    return None


def _broken(changes: Sequence[str], wording: Wording) -> str:
    if not changes:
        return ""
    return wording.gettext(
        "From %(months)s the time of registration is written in another way in the extract. What lies before and after "
        "cannot be compared, so the months stand apart, and no development across the change is shown.",
        months=wording.listed([wording.month(month) for month in changes]),
    )


def _groups(groups: Sequence[AgreedGroup], caption: str, by: tuple[str, ...], wording: Wording) -> KeptTable | None:
    if not groups:
        return None
    keys: dict[str, tuple[str, Callable[[AgreedGroup], Key]]] = {
        "team": (wording.gettext("Team"), lambda group: team_key(group.team, wording)),
        "activity": (wording.gettext("Activity"), lambda group: activity_key(group.activity, wording)),
    }
    chosen = largest(groups, lambda group: group.events)
    return KeptTable(
        caption=caption,
        key_names=tuple(keys[name][0] for name in by),
        with_agreed=True,
        rows=tuple(_row(group, tuple(keys[name][1](group) for name in by), wording) for group in chosen),
        note=wording.more(len(groups) - len(chosen)),
    )


def _row(group: AgreedGroup | AgreedSlice, keys: tuple[Key, ...], wording: Wording, agreed: str = "") -> KeptRow:
    events, late = group.events or 0, group.late or 0
    days = getattr(group, "agreed_days", None)
    return KeptRow(
        keys=keys,
        hidden=group.hidden,
        events=wording.number(group.events),
        agreed=agreed or (wording.gettext("varies") if days is None else wording.days(days)),
        within=wording.share(events - late, events),
        length=percent_of(events - late, events),
        median=wording.days_after(group.median_days),
        p90=wording.days_after(group.p90_days),
    )


def _weekdays(overall: AgreedGroup, wording: Wording) -> KeptTable | None:
    if not overall.by_weekday:
        return None
    rows = [
        _row(one, (Key(weekday(one.key, wording), given=False),), wording, "–")  # noqa: RUF001
        for one in overall.by_weekday
    ]
    return KeptTable(
        caption=wording.gettext("By the weekday on which it happened"),
        key_names=(wording.gettext("Weekday"),),
        with_agreed=False,
        rows=tuple(rows),
        note=wording.gettext(
            "Every day of the week counts: with one day agreed, what happens on a Friday is due on Saturday."
        ),
    )


def _months(overall: AgreedGroup, changes: Sequence[str], wording: Wording) -> tuple[KeptTable, ...]:
    outside = sum(one.events or 0 for one in overall.by_month if one.key is None)
    note = ""
    if outside:
        note = wording.gettext("%(events)s outside the period are not shown by month.", events=wording.events(outside))
    stretches = parted(overall.by_month, changes)
    return tuple(
        KeptTable(
            caption=_stretch_caption(wording.gettext("By the month in which it happened"), stretch, stretches, wording),
            key_names=(wording.gettext("Month"),),
            with_agreed=False,
            rows=tuple(
                _row(one, (Key(wording.month(one.key or ""), given=False),), wording, "–")
                for one in stretch  # noqa: RUF001
            ),
            note=note if stretch is stretches[-1] else "",
        )
        for stretch in stretches
    )


def _stretch_caption(
    caption: str, stretch: Sequence[AgreedSlice], stretches: Sequence[Sequence[AgreedSlice]], wording: Wording
) -> str:
    if len(stretches) == 1:
        return caption
    return wording.gettext(
        "%(caption)s: %(first)s to %(last)s",
        caption=caption,
        first=wording.month(stretch[0].key or ""),
        last=wording.month(stretch[-1].key or ""),
    )


def weekday(key: str | None, wording: Wording) -> str:
    """The name of a weekday: ``1`` → Monday, ``5-7`` → Friday to Sunday."""
    names = get_day_names("wide", locale=wording.locale)
    first, _, last = (key or "1").partition("-")
    if not last:
        return str(names[int(first) - 1])
    return wording.gettext("%(first)s to %(last)s", first=names[int(first) - 1], last=names[int(last) - 1])


def _detailed(
    pairs: Sequence[AgreedGroup], changes: Sequence[str], wording: Wording
) -> tuple[tuple[Detailed, ...], str]:
    by_activity: dict[str | None, list[AgreedGroup]] = {}
    for pair in pairs:
        if pair.by_weekday or pair.by_month:
            by_activity.setdefault(pair.activity, []).append(pair)
    ranked = sorted(by_activity.items(), key=lambda item: -sum(pair.events or 0 for pair in item[1]))
    shown = tuple(
        Detailed(
            activity_key(activity, wording),
            tuple(grid for grid in (_week_grid(teams, wording), *_month_grids(teams, changes, wording)) if grid.rows),
        )
        for activity, teams in ranked[:MOST_DETAILED]
    )
    return shown, wording.more(len(ranked) - MOST_DETAILED)


def _week_grid(teams: Sequence[AgreedGroup], wording: Wording) -> Grid:
    keys = sorted({one.key for team in teams for one in team.by_weekday if one.key})
    rows = [(weekday(key, wording), [_at(team.by_weekday, key) for team in teams]) for key in keys]
    return _grid(
        wording.gettext("Within the agreed time, by weekday"), wording.gettext("Weekday"), teams, rows, wording
    )


def _month_grids(teams: Sequence[AgreedGroup], changes: Sequence[str], wording: Wording) -> list[Grid]:
    every = {one.key: one for team in teams for one in team.by_month if one.key}
    stretches = parted([every[key] for key in sorted(every)], changes)
    caption = wording.gettext("Within the agreed time, by month")
    return [
        _grid(
            _stretch_caption(caption, stretch, stretches, wording),
            wording.gettext("Month"),
            teams,
            [(wording.month(one.key or ""), [_at(team.by_month, one.key) for team in teams]) for one in stretch],
            wording,
        )
        for stretch in stretches
    ]


def _grid(
    caption: str,
    slice_name: str,
    teams: Sequence[AgreedGroup],
    rows: Sequence[tuple[str, list[AgreedSlice | None]]],
    wording: Wording,
) -> Grid:
    told = [GridRow(name, tuple(_cell(one, wording) for one in slices)) for name, slices in rows]
    return Grid(caption, slice_name, tuple(team_key(team.team, wording) for team in teams), tuple(told))


def _at(slices: Sequence[AgreedSlice], key: str | None) -> AgreedSlice | None:
    return next((one for one in slices if one.key == key), None)


def _cell(one: AgreedSlice | None, wording: Wording) -> GridCell:
    if one is None:
        return GridCell(wording.number(None), "")
    if one.events is None:
        return GridCell(wording.gettext("hidden"), "")
    share = wording.share(one.events - (one.late or 0), one.events)
    return GridCell(share, wording.gettext("of %(events)s", events=wording.number(one.events)))
