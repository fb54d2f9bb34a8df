"""How registration is done: the lag from event to registration, overall, by activity, by team and by both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from logsyn.validator.database.answers import records
from logsyn.validator.findings.lag_counts import Cell
from logsyn.validator.findings.small_groups import is_small
from logsyn.validator.record import LAG_BUCKETS, LagGroup

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    import duckdb

KEYS = {"overall": (), "activity": ("activity",), "team": ("team",), "activity_and_team": ("activity", "team")}

GROUPED = """
WITH chosen AS (SELECT *, true AS overall FROM lag_counts WHERE is_system = {system}),
counted AS (SELECT {keys}, minutes, sum(events) AS events FROM chosen GROUP BY ALL),
running AS (SELECT *, sum(events) OVER (PARTITION BY {keys} ORDER BY minutes) AS until, sum(events) OVER (PARTITION BY {keys}) AS total FROM counted),
quantiles AS (SELECT {keys}, min(minutes) FILTER (WHERE until >= 0.5 * total) / 1440 AS median_days,
  min(minutes) FILTER (WHERE until >= 0.9 * total) / 1440 AS p90_days FROM running GROUP BY ALL)
SELECT totals.*, median_days, p90_days FROM (
  SELECT {keys}, sum(events)::BIGINT AS events, coalesce(sum(events) FILTER (WHERE late), 0)::BIGINT AS late,
    CASE WHEN min(agreed) = max(agreed) THEN min(agreed) END AS agreed_days, {buckets}
  FROM chosen GROUP BY ALL) AS totals
JOIN quantiles ON {same}
ORDER BY events DESC, {order}"""


def registration_lag(connection: duckdb.DuckDBPyConnection, hidden: AbstractSet[Cell]) -> dict[str, list[LagGroup]]:
    """Lag of registrations by people: groups by ``overall``, ``activity``, ``team`` and ``activity_and_team``, the largest first.

    Median and 90th percentile are the nearest rank, to the minute. Groups in ``hidden`` have no figures.
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
    selected = by or ("overall",)
    buckets = ", ".join(
        f"coalesce(sum(events) FILTER (WHERE bucket = {at}), 0)::BIGINT AS bucket_{at}"
        for at in range(len(LAG_BUCKETS))
    )
    return records(
        connection.execute(
            GROUPED.format(
                system="true" if system else "false",
                keys=", ".join(selected),
                buckets=buckets,
                same=" AND ".join(f"totals.{name} IS NOT DISTINCT FROM quantiles.{name}" for name in selected),
                order=", ".join(f"totals.{name}" for name in selected),
            )
        )
    )


def _group(row: dict[str, Any], *, hide: bool) -> LagGroup:
    activity, team = row.get("activity"), row.get("team")
    if hide:
        return LagGroup(activity=activity, team=team, events=None, hidden=True)
    return LagGroup(
        activity=activity,
        team=team,
        events=row["events"],
        median_days=round(row["median_days"], 4),
        p90_days=round(row["p90_days"], 4),
        agreed_days=row["agreed_days"],
        late=row["late"],
        buckets=[row[f"bucket_{at}"] for at in range(len(LAG_BUCKETS))],
    )
