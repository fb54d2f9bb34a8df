"""Owns the section on how long it takes from something happens until it is registered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from logsyn.reports import names
from logsyn.reports.charts import Bar, Class, classes, distribution
from logsyn.reports.views.lookalikes import may_be
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
    limit_name: str
    limit: str
    within_name: str
    within: str
    note: str
    bar: Bar | None
    classes: tuple[Class, ...]
    tables: tuple[SpreadTable, ...]


def lag_section(audit: Audit, wording: Wording) -> LagSection:
    """The section on registration lag."""
    overall = audit.registration.lag_overall
    absence = _absence(audit, overall, wording)
    counts = (overall.buckets if overall else None) or []
    limit_name, within_name = _names(overall, wording)
    return LagSection(
        absence=absence,
        events=wording.events(overall.events or 0) if overall else "",
        median=wording.within(overall.median_days if overall else None),
        p90=wording.within(overall.p90_days if overall else None),
        limit_name=limit_name,
        limit=_limit(overall, wording) if overall else "",
        within_name=within_name,
        within=within(overall, wording) if overall else "",
        note=_not_agreed(audit, wording),
        bar=distribution(counts, names.LAGS, wording, overall.events if overall else None),
        classes=classes(counts, names.LAGS, wording, overall.events if overall else None),
        tables=() if absence else _tables(audit, wording),
    )


def within(group: LagGroup, wording: Wording) -> str:
    """Share of the group's registrations that were made within the agreed days."""
    if group.late is None or group.events is None:
        return wording.unless_small(None)
    kept = group.events - group.late
    return wording.about_share(kept, group.events) if group.in_tens else wording.share(kept, group.events)


def _names(overall: LagGroup | None, wording: Wording) -> tuple[str, str]:
    """What the limit and the share within it are called: nothing is called agreed where nothing is."""
    if overall is not None and overall.is_agreed is False:
        return wording.gettext("Common limit"), wording.gettext("Within the limit")
    return wording.gettext("Agreed"), wording.gettext("Within the agreed time")


def _limit(group: LagGroup, wording: Wording) -> str:
    """The days that a group is held against; they may differ within it, or not be agreed."""
    days = wording.agreed(group.agreed_days, group.agreed_working_days)
    return wording.gettext("%(days)s (not agreed)", days=days) if group.is_agreed is False else days


def _not_agreed(audit: Audit, wording: Wording) -> str:
    """For how many registrations nothing is agreed, where that holds for some and the number may be known."""
    overall, agreed = audit.registration.lag_overall, audit.agreed.overall if audit.agreed else None
    if overall is None or agreed is None or overall.events is None or agreed.events is None:
        return ""
    others = overall.events - agreed.events
    if not others:
        return ""
    return wording.gettext(
        "For %(events)s nothing is agreed: they are held against one day here and are not in the next section.",
        events=wording.events(others),
    )


def _absence(audit: Audit, overall: LagGroup | None, wording: Wording) -> Absence | None:
    if not has_column(audit, "registered_at"):
        return Absence(
            wording.gettext(
                "No column of the extract was read as the time of registration, so we cannot see how long it takes."
            ),
            may_be(
                audit,
                "registered_at",
                wording.gettext("Ask for the column with the time of registration (often called “Oprettet”)."),
                wording,
            ),
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
    limit_name, within_name = _names(registration.lag_overall, wording)
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
        limit_name: lambda group: _limit(group, wording),
        within_name: lambda group: within(group, wording),
    }
    tables = [
        spread_table(groups, caption, Look({name: keys[name] for name in chosen}, cells, names.LAGS), wording)
        for groups, caption, chosen in parts
    ]
    return tuple(table for table in tables if table)
