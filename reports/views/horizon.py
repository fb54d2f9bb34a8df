"""Owns the section on job goals and other periods: how far ahead their planned ends lie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from logsyn.reports import names
from logsyn.reports.charts import Class, classes
from logsyn.reports.views.lookalikes import may_be
from logsyn.reports.views.page import Absence, Key, activity_key, has_column, team_key
from logsyn.reports.views.spread import Look, SpreadTable, spread_table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from logsyn.reports.wording import Wording
    from logsyn.validator.record import Audit, Horizon


@dataclass(frozen=True)
class HorizonSection:
    """Planned ends by activity and team; ``absence`` says why there is nothing to show."""

    absence: Absence | None
    classes: tuple[Class, ...]
    tables: tuple[SpreadTable, ...]


def horizon_section(audit: Audit, wording: Wording) -> HorizonSection:
    """The section on periods."""
    tables = _tables(audit, wording)
    shown = [group.buckets for group in audit.registration.horizon_by_activity if group.buckets]
    counts = [None if None in column else sum(count or 0 for count in column) for column in zip(*shown, strict=True)]
    return HorizonSection(
        absence=None if tables else _absence(audit, wording),
        classes=classes(counts, names.HORIZONS, wording),
        tables=tables,
    )


def _absence(audit: Audit, wording: Wording) -> Absence:
    if not has_column(audit, "planned_end"):
        return Absence(
            wording.gettext(
                "No column of the extract was read as a planned end, so we cannot see how far ahead periods are registered."
            ),
            may_be(
                audit,
                "planned_end",
                wording.gettext("Ask for the column with the planned end (often called “Slutdato”)."),
                wording,
            ),
        )
    return Absence(wording.gettext("No registration in the extract has a planned end."))


def _tables(audit: Audit, wording: Wording) -> tuple[SpreadTable, ...]:
    registration = audit.registration
    team, activity = wording.gettext("Team"), wording.gettext("Activity")
    keys: dict[str, Callable[[Horizon], Key]] = {
        activity: lambda group: activity_key(group.activity, wording),
        team: lambda group: team_key(group.team, wording),
    }
    cells: dict[str, Callable[[Horizon], str]] = {
        wording.gettext("Without end"): lambda group: wording.unless_small(group.without_end),
        wording.gettext("Half end within"): lambda group: wording.days(group.median_days),
        wording.gettext("Agreed at most"): lambda group: (
            wording.gettext("not agreed") if group.allowed_days is None else wording.days(group.allowed_days)
        ),
        wording.gettext("Beyond the agreed"): lambda group: (
            wording.number(None) if group.allowed_days is None else wording.unless_small(group.beyond)
        ),
    }
    parts = [
        (registration.horizon_by_activity, wording.gettext("How far ahead periods end, by activity"), [activity]),
        (
            registration.horizon_by_activity_and_team,
            wording.gettext("How far ahead periods end, by activity and team"),
            [activity, team],
        ),
    ]
    tables = [
        spread_table(
            groups,
            caption,
            Look({name: keys[name] for name in chosen}, cells, names.HORIZONS),
            wording,
            _notes(groups, wording),
        )
        for groups, caption, chosen in parts
    ]
    return tuple(table for table in tables if table)


def _notes(groups: Sequence[Horizon], wording: Wording) -> list[str]:
    """What the columns of figures leave out, where there is anything of the kind."""
    shown = [group for group in groups if not group.hidden]
    notes = []
    if any(group.allowed_days is None for group in shown):
        notes.append(wording.gettext("Where nothing is agreed, nothing is counted as beyond it."))
    return notes
