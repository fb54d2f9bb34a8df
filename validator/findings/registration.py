"""How registration is done: the lag from event to registration, overall, by activity, by team and by both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from validator.findings.model import LAG_BUCKETS, LagGroup
from validator.findings.pseudonyms import without_cpr
from validator.findings.small_groups import is_small

if TYPE_CHECKING:
    import duckdb

# Lags are counted by whole minutes, per activity and team; everything else is computed from these counts.
LAG_COUNTS = """
CREATE OR REPLACE TABLE lag_counts AS
WITH counted AS (
  SELECT pair_no, floor(registration_lag_days * 1440)::INTEGER AS minutes,
    least(greatest(registered_at::DATE - timestamp::DATE, -1), 31)::TINYINT AS days,
    registration_lag_days > coalesce(agreed_registration_days, 1) AS late, count(*) AS events
  FROM event_facts WHERE registration_lag_days IS NOT NULL GROUP BY ALL)
SELECT activity::VARCHAR AS activity, team::VARCHAR AS team, coalesce(agreed_registration_days, 1) AS agreed, minutes, late, counted.events,
  CASE WHEN days < 0 THEN 0 WHEN days = 0 THEN 1 WHEN days = 1 THEN 2 WHEN days <= 3 THEN 3 WHEN days <= 7 THEN 4
    WHEN days <= 14 THEN 5 WHEN days <= 30 THEN 6 ELSE 7 END AS bucket
FROM counted JOIN pairs USING (pair_no) LEFT JOIN agreements USING (pair_no)"""

GROUPED = """
WITH counted AS (SELECT {keys}, minutes, sum(events) AS events FROM lag_counts GROUP BY ALL),
running AS (SELECT *, sum(events) OVER (PARTITION BY {keys} ORDER BY minutes) AS until, sum(events) OVER (PARTITION BY {keys}) AS total FROM counted),
quantiles AS (SELECT {keys}, min(minutes) FILTER (WHERE until >= 0.5 * total) / 1440 AS median_days,
  min(minutes) FILTER (WHERE until >= 0.9 * total) / 1440 AS p90_days FROM running GROUP BY ALL)
SELECT totals.*, median_days, p90_days FROM (
  SELECT {keys}, sum(events)::BIGINT AS events, coalesce(sum(events) FILTER (WHERE late), 0)::BIGINT AS late,
    CASE WHEN min(agreed) = max(agreed) THEN min(agreed) END AS agreed_days, {buckets}
  FROM lag_counts GROUP BY ALL) AS totals
JOIN quantiles ON {same}
ORDER BY events DESC, {order}"""


def registration_lag(connection: duckdb.DuckDBPyConnection) -> dict[str, list[LagGroup]]:
    """Lag groups by ``overall``, ``activity``, ``team`` and ``activity_and_team``, the largest first.

    Median and 90th percentile are the nearest rank, to the minute. Small groups are hidden.
    """
    connection.execute(LAG_COUNTS)
    return {
        "overall": _groups(connection, ()),
        "activity": _groups(connection, ("activity",)),
        "team": _groups(connection, ("team",)),
        "activity_and_team": _groups(connection, ("activity", "team")),
    }


def _groups(connection: duckdb.DuckDBPyConnection, by: tuple[str, ...]) -> list[LagGroup]:
    selected = by or ("overall",)
    keys = ", ".join(selected) if by else "overall"
    buckets = ", ".join(
        f"coalesce(sum(events) FILTER (WHERE bucket = {at}), 0)::BIGINT AS bucket_{at}"
        for at in range(len(LAG_BUCKETS))
    )
    same = " AND ".join(f"totals.{name} IS NOT DISTINCT FROM quantiles.{name}" for name in selected)
    query = GROUPED.format(
        keys=keys, buckets=buckets, same=same, order=", ".join(f"totals.{name}" for name in selected)
    )
    if not by:
        query = query.replace("FROM lag_counts", "FROM (SELECT *, true AS overall FROM lag_counts)")
    answer = connection.execute(query)
    names = [column[0] for column in answer.description]
    return [_group(dict(zip(names, row, strict=True))) for row in answer.fetchall()]


def _group(row: dict[str, Any]) -> LagGroup:
    activity, team = (None if row.get(name) is None else without_cpr(row[name]) for name in ("activity", "team"))
    if is_small(row["events"]):
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
