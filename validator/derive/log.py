"""The table ``log``: one row with the counts, case durations and typical period of the whole log."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

# The typical period is the days between which all but one per cent of the events lie on either side: a wrong year here
# and there does not move it.
LOG = """
CREATE TABLE log AS
WITH days AS (SELECT timestamp::DATE AS day, count(*) AS events FROM rows WHERE timestamp IS NOT NULL GROUP BY ALL),
running AS (SELECT day, sum(events) OVER (ORDER BY day) AS until, sum(events) OVER () AS total FROM days)
SELECT of_rows.*, of_cases.*, typical.* FROM (
  SELECT count(*) AS events, count(activity) AS events_with_activity, count(DISTINCT activity) AS activities, min(timestamp) AS first_event, max(timestamp) AS last_event
  FROM rows) AS of_rows, (
  SELECT count(*) AS cases, count(DISTINCT variant) FILTER (steps > 0) AS variants, min(duration_seconds) AS min_duration_seconds,
    median(duration_seconds) AS median_duration_seconds, avg(duration_seconds) AS mean_duration_seconds, max(duration_seconds) AS max_duration_seconds
  FROM cases) AS of_cases, (
  SELECT min(day) FILTER (until > 0.01 * total)::TIMESTAMP AS typical_start, min(day) FILTER (until >= 0.99 * total)::TIMESTAMP AS typical_end
  FROM running) AS typical"""


def create_log(connection: duckdb.DuckDBPyConnection) -> None:
    """Create ``log`` from ``rows`` and ``cases``."""
    connection.execute(LOG)
