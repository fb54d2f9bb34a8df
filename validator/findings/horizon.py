"""How far ahead planned ends lie: by activity, and by activity and team."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from logsyn.validator.database.answers import records
from logsyn.validator.database.sql import literal
from logsyn.validator.findings.small_groups import is_small
from logsyn.validator.record import HORIZON_BUCKETS, HORIZON_CLASSES, Horizon

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

# An activity is a period here when the practice says so or when any of its events has a planned end.
HORIZON_COUNTS = """
CREATE OR REPLACE TABLE horizon_counts AS
WITH counted AS (
  SELECT pair_no, planned_period_days AS days, planned_end IS NULL AS without_end,
    CASE WHEN list_contains({sentinels}::DATE[], planned_end::DATE) THEN {sentinel} WHEN planned_period_days IS NOT NULL THEN CASE {classes} ELSE {longest} END
    END AS bucket, count(*) AS events
  FROM event_facts GROUP BY ALL)
SELECT activity::VARCHAR AS activity, team::VARCHAR AS team, agreed_period_days AS allowed, days, without_end, counted.events, bucket
FROM counted JOIN pairs USING (pair_no) LEFT JOIN agreements USING (pair_no)
WHERE activity IN (SELECT activity FROM counted JOIN pairs USING (pair_no) LEFT JOIN agreements USING (pair_no) WHERE is_period OR NOT without_end)"""

GROUPED = """
SELECT {keys}, sum(events)::BIGINT AS events, coalesce(sum(events) FILTER (WHERE without_end), 0)::BIGINT AS without_end,
  max(days) FILTER (WHERE bucket < 6) AS max_days,
  CASE WHEN min(allowed) = max(allowed) THEN min(allowed) END AS allowed_days,
  CASE WHEN count(allowed) > 0 THEN coalesce(sum(events) FILTER (WHERE allowed IS NOT NULL AND (days > allowed OR bucket = 6)), 0)::BIGINT END AS beyond,
  {buckets}
FROM horizon_counts GROUP BY ALL ORDER BY events DESC, {keys}"""

MEDIANS = """
WITH counted AS (SELECT {keys}, days, sum(events) AS events FROM horizon_counts WHERE days IS NOT NULL GROUP BY ALL),
running AS (SELECT *, sum(events) OVER (PARTITION BY {keys} ORDER BY days) AS until, sum(events) OVER (PARTITION BY {keys}) AS total FROM counted)
SELECT {keys}, (min(days) FILTER (WHERE until >= 0.5 * total) + min(days) FILTER (WHERE until > 0.5 * total)) / 2.0 AS median_days
FROM running GROUP BY ALL"""


def horizons(connection: duckdb.DuckDBPyConnection, sentinels: Sequence[str]) -> dict[str, list[Horizon]]:
    """Horizons by ``activity`` and ``activity_and_team``, the largest first; ``sentinels`` are dates that mean no end.

    The maximum leaves the sentinels out; the median is that of all ends, as they are registered. Small groups are hidden.
    """
    # The start need not be at hand: it lies so many days before the end.
    ends = "planned_end::DATE <= planned_end::DATE - planned_period_days + INTERVAL"
    connection.execute(
        HORIZON_COUNTS.format(
            sentinels=literal(list(sentinels)),
            classes=" ".join(
                f"WHEN {ends} {literal(last)} THEN {at}" for at, last in enumerate(HORIZON_CLASSES.values())
            ),
            longest=HORIZON_BUCKETS.index("over_5_years"),
            sentinel=HORIZON_BUCKETS.index("sentinel"),
        )
    )
    return {
        "activity": _groups(connection, ("activity",)),
        "activity_and_team": _groups(connection, ("activity", "team")),
    }


def _groups(connection: duckdb.DuckDBPyConnection, by: tuple[str, ...]) -> list[Horizon]:
    keys = ", ".join(by)
    buckets = ", ".join(
        f"coalesce(sum(events) FILTER (WHERE bucket = {at}), 0)::BIGINT AS bucket_{at}"
        for at in range(len(HORIZON_BUCKETS))
    )
    medians = {
        tuple(row[name] for name in by): row["median_days"]
        for row in records(connection.execute(MEDIANS.format(keys=keys)))
    }
    rows = records(connection.execute(GROUPED.format(keys=keys, buckets=buckets)))
    return [_group(row, medians.get(tuple(row[name] for name in by))) for row in rows]


def _group(row: dict[str, Any], median_days: float | None) -> Horizon:
    activity, team = row.get("activity"), row.get("team")
    if is_small(row["events"]):
        return Horizon(activity=activity, team=team, events=None, hidden=True)
    return Horizon(
        activity=activity,
        team=team,
        events=row["events"],
        without_end=row["without_end"],
        median_days=median_days,
        max_days=row["max_days"],
        allowed_days=row["allowed_days"],
        beyond=row["beyond"],
        buckets=[row[f"bucket_{at}"] for at in range(len(HORIZON_BUCKETS))],
    )
