"""How registration is done: the lag from event to registration, overall, by activity, by team and by both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from logsyn.validator.findings.lag_counts import Cell
from logsyn.validator.findings.lag_figures import lag_figures, lag_rows
from logsyn.validator.findings.small_groups import is_small
from logsyn.validator.record import LAG_BUCKETS, LagGroup

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    import duckdb

KEYS = {"overall": (), "activity": ("activity",), "team": ("team",), "activity_and_team": ("activity", "team")}
AGREED = "CASE WHEN bool_and(is_agreed) THEN true WHEN NOT bool_or(is_agreed) THEN false END AS is_agreed"


def registration_lag(connection: duckdb.DuckDBPyConnection, hidden: AbstractSet[Cell]) -> dict[str, list[LagGroup]]:
    """Lag of registrations by people: groups by ``overall``, ``activity``, ``team`` and ``activity_and_team``, the largest first.

    Median and 90th percentile are nearest ranks in whole minutes, rounded up. Groups in ``hidden`` have no figures.
    """
    return {
        name: [
            _group(row, hide=Cell(name, row.get("activity"), row.get("team")) in hidden)
            for row in _rows(connection, by, system=False)
        ]
        for name, by in KEYS.items()
    }


def system_lag(connection: duckdb.DuckDBPyConnection) -> LagGroup | None:
    """Lag of the registrations by all system users together; None when there are none."""
    rows = _rows(connection, (), system=True)
    return _group(rows[0], hide=is_small(rows[0]["events"])) if rows else None


def _rows(connection: duckdb.DuckDBPyConnection, by: tuple[str, ...], *, system: bool) -> list[dict[str, Any]]:
    buckets = [
        f"coalesce(sum(events) FILTER (WHERE bucket = {at}), 0)::BIGINT AS bucket_{at}"
        for at in range(len(LAG_BUCKETS))
    ]
    counts = f"SELECT * FROM lag_counts WHERE is_system = {'true' if system else 'false'}"
    return lag_rows(connection, counts, by, ["events DESC"], [*buckets, AGREED])


def _group(row: dict[str, Any], *, hide: bool) -> LagGroup:
    activity, team = row.get("activity"), row.get("team")
    if hide:
        return LagGroup(activity=activity, team=team, events=None, hidden=True)
    return LagGroup(
        activity=activity,
        team=team,
        **lag_figures(row),
        agreed_days=row["agreed_days"],
        agreed_working_days=row["agreed_working_days"],
        is_agreed=row["is_agreed"],
        buckets=[row[f"bucket_{at}"] for at in range(len(LAG_BUCKETS))],
    )
