"""How registration is done: the lag from event to registration, overall, by activity, by team and by both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from logsyn.validator.disclosure import tens
from logsyn.validator.disclosure.cells import (
    Cell,
    classes_unless_hidden,
    hidden_last,
    not_hidden,
    roughly,
    unless_hidden,
)
from logsyn.validator.disclosure.size import is_small
from logsyn.validator.findings.breakdown_cells import MOST_HIDDEN
from logsyn.validator.findings.lag_figures import lag_figures, lag_rows, untold_quantiles
from logsyn.validator.record import LAG_BUCKETS, LagGroup

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    import duckdb

KEYS = {"overall": (), "activity": ("activity",), "team": ("team",), "activity_and_team": ("activity", "team")}
AGREED = "CASE WHEN bool_and(is_agreed) THEN true WHEN NOT bool_or(is_agreed) THEN false END AS is_agreed"


def registration_lag(connection: duckdb.DuckDBPyConnection) -> dict[str, list[LagGroup]]:
    """Lag of registrations by people: groups by ``overall``, ``activity``, ``team`` and ``activity_and_team``, the largest first.

    Median and 90th percentile are nearest ranks in whole minutes, rounded up. Small groups are still among them.
    """
    return {name: [_group(row) for row in _rows(connection, by, system=False)] for name, by in KEYS.items()}


def system_lag(connection: duckdb.DuckDBPyConnection) -> LagGroup | None:
    """Lag of the registrations by all system users together; None when there are none."""
    rows = _rows(connection, (), system=True)
    return _group(rows[0]) if rows else None


def withheld_of_systems(found: LagGroup) -> LagGroup:
    """The registrations by system users without what is of few rows: each is of a citizen's case."""
    if is_small(found.events or 0):
        return LagGroup(events=None, hidden=True)
    late, in_time, classes = found.late or 0, (found.events or 0) - (found.late or 0), found.buckets or []
    return found.model_copy(
        update={
            "late": None if is_small(late) or is_small(in_time) else late,
            "buckets": None if any(is_small(count or 0) for count in classes) else classes,
        }
    )


def withheld(groups: Sequence[LagGroup], level: str, visible: AbstractSet[Cell]) -> list[LagGroup]:
    """Groups without the figures that must not be shown, which of pairs are left out; the classes of a group of which most would be hidden are left out."""
    shown = [_withheld(group, Cell(level, group.activity, group.team), visible) for group in groups]
    shown.sort(key=lambda one: (-(one.events or 0), one.activity or "", one.team or ""))  # as they are told, not as they were counted
    return not_hidden(shown) if level == "activity_and_team" else hidden_last(shown, "activity", "team")


def _withheld(group: LagGroup, cell: Cell, visible: AbstractSet[Cell]) -> LagGroup:
    events = cell._replace(part="events")
    if roughly(events) in visible and group.events:
        group = group.model_copy(update={"events": tens.roughly(group.events), "in_tens": True})
    elif events not in visible:
        return LagGroup(activity=group.activity, team=group.team, events=None, hidden=True)
    if group.hidden:
        return group
    late = unless_hidden(group.late, cell._replace(part="late"), visible)
    if cell.of != "overall":  # which is no group
        group = group.model_copy(update=untold_quantiles(group.events or 0, late))
    if cell.of == "activity_and_team":
        return group.model_copy(update={"late": late, "buckets": None})
    classes = classes_unless_hidden(group.buckets or [], cell, visible, MOST_HIDDEN)
    return group.model_copy(update={"late": late, "buckets": classes})


def _rows(connection: duckdb.DuckDBPyConnection, by: tuple[str, ...], *, system: bool) -> list[dict[str, Any]]:
    buckets = [
        f"coalesce(sum(events) FILTER (WHERE bucket = {at}), 0)::BIGINT AS bucket_{at}"
        for at in range(len(LAG_BUCKETS))
    ]
    counts = f"SELECT * FROM lag_counts WHERE is_system = {'true' if system else 'false'}"
    return lag_rows(connection, counts, by, ["events DESC"], [*buckets, AGREED])


def _group(row: dict[str, Any]) -> LagGroup:
    return LagGroup(
        activity=row.get("activity"),
        team=row.get("team"),
        **lag_figures(row),
        agreed_days=row["agreed_days"],
        agreed_working_days=row["agreed_working_days"],
        is_agreed=row["is_agreed"],
        buckets=[row[f"bucket_{at}"] for at in range(len(LAG_BUCKETS))],
    )
