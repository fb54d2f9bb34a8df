"""Owns the section that holds what is agreed against what is done, by team, weekday, month, and activity."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from logsyn.reports.charts import percent_of
from logsyn.reports.figures import NOTHING
from logsyn.reports.views.grids import Detailed, parted, stretch_caption, told_in_detail, weekday
from logsyn.reports.views.lookalikes import may_be
from logsyn.reports.views.page import Absence, Key, activity_key, has_column, largest, team_key

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from logsyn.reports.wording import Wording
    from logsyn.validator.record import Agreed, AgreedGroup, AgreedSlice, Audit


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
    detailed, more = told_in_detail(agreed.by_activity_and_team, changes, wording) if agreed else ((), "")
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
        weekdays=_weekdays(agreed, overall, wording) if agreed and overall else None,
        months=_months(agreed, overall, changes, wording) if agreed and overall else (),
        detailed=detailed,
        more_detailed=more,
    )


def change_months(audit: Audit) -> list[str]:
    """The months (``2023-04``) from which the registration times are written in another way than before."""
    return list(audit.registration.changed_months)


def system_told(agreed: Agreed, wording: Wording) -> str:
    """How fast system users register, and that they stand in no other figure; empty when the practice names none."""
    if not agreed.system_users:
        return ""
    if agreed.system is None:
        return wording.gettext("The practice names system users, but none of their registrations is in the figures.")
    apart = wording.gettext(
        "System users (robots) are counted apart and are in no other figure on this page's times. Rules count them, too."
    )
    if agreed.system.hidden:
        return apart
    return wording.gettext(
        "%(apart)s They made %(events)s: half of them %(median)s, nine of ten %(p90)s.",
        apart=apart,
        events=wording.events(agreed.system.events or 0),
        median=wording.within(agreed.system.median_days),
        p90=wording.within(agreed.system.p90_days),
    )


def _absence(audit: Audit, wording: Wording) -> Absence | None:
    if audit.agreed is None:
        return Absence(
            wording.gettext("No agreed practice was given, so there is nothing to hold the registrations against."),
            wording.gettext("Write down what you have agreed."),
        )
    if not has_column(audit, "registered_at"):
        return Absence(
            wording.gettext(
                "No column of the extract was read as the time of registration, so nothing can be held against what is agreed."
            ),
            may_be(audit, "registered_at", "", wording),
        )
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
    roughly = getattr(group, "in_tens", False)
    events, kept = group.events or 0, (group.events or 0) - (group.late or 0)
    days, working_days = getattr(group, "agreed_days", None), getattr(group, "agreed_working_days", None)
    return KeptRow(
        keys=keys,
        hidden=group.hidden,
        events=wording.about(wording.number(group.events), roughly=roughly),
        agreed=agreed or wording.agreed(days, working_days),
        within=wording.unless_small(None) if group.late is None else wording.about_share(kept, events) if roughly else wording.share(kept, events),
        length=percent_of(0 if group.late is None else kept, events),
        median=wording.within(group.median_days),
        p90=wording.within(group.p90_days),
    )


def _what_counts(agreed: Agreed, wording: Wording) -> str:
    """Which days of the week count, by what is agreed of the activities and teams that are shown."""
    in_working_days = {one.agreed_working_days is not None for one in agreed.by_activity_and_team if not one.hidden}
    if in_working_days == {True}:
        return wording.gettext(
            "Weekends and holidays do not count: with one working day agreed, what happens on a Friday is due on Monday."
        )
    if True in in_working_days:
        return wording.gettext("Weekends and holidays count, except where working days are agreed.")
    return wording.gettext(
        "Every day of the week counts: with one day agreed, what happens on a Friday is due on Saturday."
    )


def _weekdays(agreed: Agreed, overall: AgreedGroup, wording: Wording) -> KeptTable | None:
    if not overall.by_weekday:
        return None
    rows = [_row(one, (Key(weekday(one.key, wording), given=False),), wording, NOTHING) for one in overall.by_weekday]
    return KeptTable(
        caption=wording.gettext("By the weekday on which it happened"),
        key_names=(wording.gettext("Weekday"),),
        with_agreed=False,
        rows=tuple(rows),
        note=" ".join(
            note
            for note in (
                _what_counts(agreed, wording),
                _without_team(agreed, overall, wording),
            )
            if note
        ),
    )


def _without_team(agreed: Agreed, overall: AgreedGroup, wording: Wording) -> str:
    """Where there are teams, registrations without one are in no weekday and month: how many, when that may be known."""
    if not any(group.team is None for group in agreed.by_team):
        return ""
    counts = [one.events for one in overall.by_weekday]
    if overall.events is None or None in counts:
        return wording.gettext("Registrations without a team are not in the table.")
    left_out = overall.events - sum(count or 0 for count in counts)
    return wording.gettext("%(events)s without a team are not in the table.", events=wording.events(left_out))


def _months(agreed: Agreed, overall: AgreedGroup, changes: Sequence[str], wording: Wording) -> tuple[KeptTable, ...]:
    outside = sum(one.events or 0 for one in overall.by_month if one.key is None)
    notes = [_without_team(agreed, overall, wording)]
    if outside:
        notes.append(
            wording.gettext("%(events)s outside the period are not shown by month.", events=wording.events(outside))
        )
    note = " ".join(note for note in notes if note)
    stretches = parted(overall.by_month, changes)
    return tuple(
        KeptTable(
            caption=stretch_caption(wording.gettext("By the month in which it happened"), stretch, stretches, wording),
            key_names=(wording.gettext("Month"),),
            with_agreed=False,
            rows=tuple(
                _row(one, (Key(wording.month(one.key or ""), given=False),), wording, NOTHING) for one in stretch
            ),
            note=note if stretch is stretches[-1] else "",
        )
        for stretch in stretches
    )
