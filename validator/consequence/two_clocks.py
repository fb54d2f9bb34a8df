"""The whole log by two clocks: the process by when things happened against the process by when they were registered, late or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from logsyn.validator.consequence.base import figures
from logsyn.validator.consequence.comparison import compared
from logsyn.validator.database.answers import record, records
from logsyn.validator.findings.small_groups import is_small
from logsyn.validator.record import Backdating, TwoClocks, Waiting

if TYPE_CHECKING:
    import duckdb

    from logsyn.validator.record import ProcessFigures

# A row that was not registered at a known time stands where it happened. Times as seconds since 1970 in UTC.
_ORDERS = """
CREATE OR REPLACE TABLE process_orders AS
SELECT case_no, pair_no, code, clock, position_in_case = row_number() OVER by_registration AS same_place,
  hash((row_number() OVER by_registration)::INTEGER, code) AS fingerprint, lag(code) OVER by_registration AS previous,
  happened - lag(happened) OVER by_time AS wait_happened, registered - lag(registered) OVER by_registration AS wait_registered
FROM (SELECT row_id, case_no, pair_no, code, position_in_case, coalesce(registered_at, timestamp) AS clock, epoch(timestamp) - utc_offset_seconds(timestamp) AS happened,
    epoch(coalesce(registered_at, timestamp)) - utc_offset_seconds(coalesce(registered_at, timestamp)) AS registered
  FROM event_facts JOIN process_codes USING (pair_no) WHERE position_in_case IS NOT NULL)
WINDOW by_registration AS (PARTITION BY case_no ORDER BY registered, row_id), by_time AS (PARTITION BY case_no ORDER BY position_in_case)"""

_CASES = """
CREATE OR REPLACE TABLE process_registered AS
SELECT case_no, sum(fingerprint::HUGEINT) AS variant, NOT bool_and(same_place) AS reordered FROM process_orders GROUP BY case_no"""

_ARCS = """
CREATE OR REPLACE TABLE process_arcs_registered AS
SELECT previous AS source, code AS target, count(*) AS events FROM process_orders WHERE previous IS NOT NULL GROUP BY ALL"""

_DURATIONS = """
SELECT median(seconds) AS median_duration_seconds, avg(seconds) AS mean_duration_seconds FROM (
  SELECT epoch(max(clock)) - epoch(min(clock)) - (utc_offset_seconds(max(clock)) - utc_offset_seconds(min(clock))) AS seconds
  FROM process_orders GROUP BY case_no)"""

_FIGURES = """
SELECT (SELECT count(*) FROM process_orders) AS events, count(*) AS cases, count(DISTINCT variant) AS variants,
  (SELECT count(*) FROM process_arcs_registered) AS arcs,
  (SELECT coalesce(sum(events), 0)::BIGINT FROM process_arcs_registered WHERE source = target) AS self_loops FROM process_registered"""

_CHANGED = """
SELECT count(*) FILTER (old.variant <> new.variant) AS changed, count(*) FILTER (reordered) AS reordered, count(*) AS cases
FROM process_registered AS new JOIN process_cases AS old USING (case_no)"""

_WAITING = """
SELECT team::VARCHAR AS team, count(*) AS events, median(wait_happened) / 86400 AS median_days_happened, median(wait_registered) / 86400 AS median_days_registered
FROM process_orders JOIN pairs USING (pair_no) GROUP BY ALL ORDER BY team NULLS LAST"""


def two_clocks(connection: duckdb.DuckDBPyConnection, base: ProcessFigures, *, by_team: bool) -> TwoClocks:
    """The process in the order of registration (before) against that of the events (after), and the waiting times of each team."""
    for statement in (_ORDERS, _CASES, _ARCS):
        connection.execute(statement)
    registered = figures(record(connection.execute(_FIGURES)) | record(connection.execute(_DURATIONS)))
    found = record(connection.execute(_CHANGED))
    comparison = compared(
        connection, "registration", (registered, base), found["changed"], ("process_arcs_registered", "process_arcs")
    )
    waiting = [_waiting(row) for row in records(connection.execute(_WAITING))] if by_team else []
    for table in ("process_orders", "process_registered", "process_arcs_registered"):
        connection.execute(f"DROP TABLE {table}")
    backdating = Backdating(cases_reordered=found["reordered"], cases=found["cases"], waiting=waiting)
    return TwoClocks(comparison=comparison, backdating=backdating)


def _waiting(row: dict[str, Any]) -> Waiting:
    if is_small(row["events"]):
        return Waiting(team=row["team"], events=None, hidden=True)
    happened, registered = row["median_days_happened"], row["median_days_registered"]
    return Waiting(
        team=row["team"],
        events=row["events"],
        median_days_happened=None if happened is None else round(happened, 4),
        median_days_registered=None if registered is None else round(registered, 4),
    )
