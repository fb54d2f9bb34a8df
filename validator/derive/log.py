"""The table ``log``: one row with the counts of the whole log and its typical period."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

LOG = """
CREATE TABLE log AS
SELECT *,
  (SELECT count(*) FROM cases) AS cases,
  (SELECT count(DISTINCT variant) FROM cases WHERE steps > 0) AS variants,
  (SELECT min(duration_seconds) FROM cases) AS min_duration_seconds,
  (SELECT median(duration_seconds) FROM cases) AS median_duration_seconds,
  (SELECT avg(duration_seconds) FROM cases) AS mean_duration_seconds,
  (SELECT max(duration_seconds) FROM cases) AS max_duration_seconds
FROM (SELECT count(*) AS events, count(DISTINCT activity) AS activities, min(timestamp) AS first_event, max(timestamp) AS last_event
  FROM rows)"""

# The period in which all but one per cent of the events lie on either side, by day: a wrong year moves it by nothing.
TYPICAL_PERIOD = """
CREATE TABLE typical_period AS
WITH days AS (SELECT timestamp::DATE AS day, count(*) AS events FROM rows WHERE timestamp IS NOT NULL GROUP BY 1),
running AS (SELECT day, sum(events) OVER (ORDER BY day) AS until, sum(events) OVER () AS total FROM days)
SELECT min(day) FILTER (WHERE until > 0.01 * total)::TIMESTAMP AS first_day, min(day) FILTER (WHERE until >= 0.99 * total)::TIMESTAMP AS last_day
FROM running"""

YEARS_OUTSIDE = """
CREATE OR REPLACE MACRO years_outside(moment) AS (CASE
  WHEN moment < (SELECT first_day FROM typical_period) THEN (epoch((SELECT first_day FROM typical_period)) - epoch(moment)) / 31556952.0
  WHEN moment > (SELECT last_day FROM typical_period) THEN (epoch(moment) - epoch((SELECT last_day FROM typical_period))) / 31556952.0
  ELSE 0 END)"""


def create_typical_period(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the macro ``years_outside(moment)``: years by which a time lies outside the log's typical period."""
    connection.execute(TYPICAL_PERIOD)
    connection.execute(YEARS_OUTSIDE)


def create_log(connection: duckdb.DuckDBPyConnection) -> None:
    """Create ``log`` from ``rows`` and ``cases``."""
    connection.execute(LOG)
