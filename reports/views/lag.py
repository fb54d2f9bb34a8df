"""Owns the section on how long it takes from something happens until it is registered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from logsyn.reports import names
from logsyn.reports.charts import Bar, Class, classes, distribution
from logsyn.reports.views.page import Absence, Key, activity_key, has_column, team_key
from logsyn.reports.views.spread import Look, SpreadTable, spread_table

if TYPE_CHECKING:
    from collections.abc import Callable

    from logsyn.reports.wording import Wording
    from logsyn.validator.record import Audit, LagGroup


@dataclass(frozen=True)
class LagSection:
    """Registration lag overall and by group; ``absence`` says why there is nothing to show."""

    absence: Absence | None
    events: str
    median: str
    p90: str
    within: str
    agreed: str
    bar: Bar | None
    classes: tuple[Class, ...]
    tables: tuple[SpreadTable, ...]


def lag_section(audit: Audit, wording: Wording) -> LagSection:
    """The section on registration lag."""
    overall = audit.registration.lag_overall
    absence = _absence(audit, overall, wording)
    counts = (overall.buckets if overall else None) or []
    return LagSection(
        absence=absence,
        events=wording.events(overall.events or 0) if overall else "",
        median=wording.within(overall.median_days if overall else None),
        p90=wording.within(overall.p90_days if overall else None),
        within=within(overall, wording) if overall else "",
        agreed=agreed(overall.agreed_days, wording) if overall else "",
        bar=distribution(counts, names.LAGS, wording),
        classes=classes(counts, names.LAGS, wording),
        tables=() if absence else _tables(audit, wording),
    )


def within(group: LagGroup, wording: Wording) -> str:
    """Share of the group's registrations that were made within the agreed days."""
    if group.late is None or group.events is None:
        return wording.share(None, None)
    return wording.share(group.events - group.late, group.events)


def agreed(days: float | None, wording: Wording) -> str:
    """The agreed days; they may differ within a group."""
    return wording.gettext("varies") if days is None else wording.days(days)


def _absence(audit: Audit, overall: LagGroup | None, wording: Wording) -> Absence | None:
    if not has_column(audit, "registered_at"):
        return Absence(
            wording.gettext(
                "The extract does not say when something was registered, only when it happened. "
                "So we cannot see how long it takes."
            ),
            wording.gettext("Ask for the column with the time of registration (often called “Oprettet”)."),
        )
    if overall is None or overall.hidden:
        return Absence(wording.gettext("The time until registration could not be worked out."))
    if not overall.events:
        return Absence(
            wording.gettext("No registration has both a time when it happened and a time when it was registered.")
        )
    return None


def _tables(audit: Audit, wording: Wording) -> tuple[SpreadTable, ...]:
    registration = audit.registration
    team, activity = wording.gettext("Team"), wording.gettext("Activity")
    keys: dict[str, Callable[[LagGroup], Key]] = {
        team: lambda group: team_key(group.team, wording),
        activity: lambda group: activity_key(group.activity, wording),
    }
    parts = [
        (registration.lag_by_team, wording.gettext("Time until registration, by team"), [team]),
        (registration.lag_by_activity, wording.gettext("Time until registration, by activity"), [activity]),
        (
            registration.lag_by_activity_and_team,
            wording.gettext("Time until registration, by activity and team"),
            [activity, team],
        ),
    ]
    cells: dict[str, Callable[[LagGroup], str]] = {
        wording.gettext("Half are registered"): lambda group: wording.within(group.median_days),
        wording.gettext("Nine of ten are registered"): lambda group: wording.within(group.p90_days),
        wording.gettext("Agreed"): lambda group: agreed(group.agreed_days, wording),
        wording.gettext("Within the agreed time"): lambda group: within(group, wording),
    }
    tables = [
        spread_table(groups, caption, Look({name: keys[name] for name in chosen}, cells, names.LAGS), wording)
        for groups, caption, chosen in parts
    ]
    return tuple(table for table in tables if table)
