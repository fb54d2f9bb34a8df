"""The process as it is, counted once and reused for every rule: numbers of labels, what each case looks like, arcs.

``process_codes(pair_no, code)`` and ``process_labels(code, label)`` give every label a number (``process_activities(code, activity)`` those of the log, of
the type that its activities have), ``process_arcs(source, target, events)`` are
the directly-follows arcs, and ``process_cases`` says of each case what the questions of an analysis ask. All of it rests on one base of rows: those
that have a case, an activity and a time, as a mining tool takes them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from logsyn.validator.database.answers import record
from logsyn.validator.disclosure.middle import middle
from logsyn.validator.record import ProcessFigures

if TYPE_CHECKING:
    from collections.abc import Mapping

    import duckdb

TABLES = ("process_codes", "process_activities", "process_labels", "process_cases", "process_arcs")

_CODES = "CREATE TABLE process_codes AS SELECT pair_no, min(pair_no) OVER (PARTITION BY activity) AS code FROM pairs WHERE activity IS NOT NULL"
_ACTIVITIES = "CREATE TABLE process_activities AS SELECT DISTINCT code, activity FROM process_codes JOIN pairs USING (pair_no)"
_LABELS = "CREATE TABLE process_labels AS SELECT code, activity::VARCHAR AS label FROM process_activities"

LOOKS = """case_no, count(*) AS events, sum(hash(position::INTEGER, code)::HUGEINT) AS variant,
  CASE WHEN count(*) > 1 THEN sum(hash(position::INTEGER, code, row_id)::HUGEINT) END AS successions,
  sum(hash(code)::HUGEINT) AS activities, sum(hash(unit, month, 1)::HUGEINT) AS months,
  epoch(max(timestamp)) - epoch(min(timestamp)) - (utc_offset_seconds(max(timestamp)) - utc_offset_seconds(min(timestamp))) AS seconds,
  epoch(max(last)) - epoch(min(timestamp)) - (utc_offset_seconds(max(last)) - utc_offset_seconds(min(timestamp))) AS seconds_to_end"""
"""What a case looks like, of its events (``position``, ``row_id``, ``code``, ``unit``, ``month``, ``timestamp``, ``last``): a sum of hashes is the same
for the same things. ``successions``: which event, with which activity, comes directly after which; NULL of one event alone. ``activities``: how
often which. ``months``: how many events in which month with which unit. ``seconds`` from first to last event, ``seconds_to_end`` with
the ends of events. Of zeros DuckDB's hash is zero, and the day 0 is in January 1970: the 1 makes an event of that month and the first unit count."""

LAST = "greatest(timestamp, end_timestamp, planned_end)"
"""The last time that an event speaks of."""

_CASES = f"""
CREATE TABLE process_cases AS
SELECT {LOOKS} FROM (
  SELECT case_no, row_id, position_in_case AS position, code, {{unit}} AS unit, month, timestamp, {LAST} AS last
  FROM event_facts JOIN process_codes USING (pair_no) WHERE position_in_case IS NOT NULL)
GROUP BY case_no"""

_ARCS = """
CREATE TABLE process_arcs AS
SELECT a.code AS source, b.code AS target, events
FROM (SELECT previous_activity, activity, count(*) AS events FROM event_facts
  WHERE position_in_case > 1 GROUP BY ALL) AS counted
JOIN process_activities AS a ON a.activity = previous_activity JOIN process_activities AS b ON b.activity = counted.activity"""

_FIGURES = f"""
SELECT (SELECT count(position_in_case) FROM event_facts) AS events, count(*) AS cases, count(DISTINCT variant) AS variants,
  (SELECT count(*) FROM process_arcs) AS arcs, (SELECT coalesce(sum(events), 0)::BIGINT FROM process_arcs WHERE source = target) AS self_loops,
  {middle('seconds')} AS median_duration_seconds, avg(seconds) AS mean_duration_seconds FROM process_cases"""


def create_base(connection: duckdb.DuckDBPyConnection, unit: str) -> ProcessFigures:
    """Create the tables, and give the figures of the process as it is; ``unit`` is the column whose workload is asked for."""
    drop_base(connection)
    for statement in (_CODES, _ACTIVITIES, _LABELS, _CASES.format(unit=unit), _ARCS):
        connection.execute(statement)
    return figures(record(connection.execute(_FIGURES)))


def unit_of(mapped: frozenset[str]) -> str:
    """SQL of what the workload is counted for: the team, else the source, else nothing."""
    return next((name for name in ("team", "source") if name in mapped), "NULL")


def drop_base(connection: duckdb.DuckDBPyConnection) -> None:
    """Drop the tables."""
    for table in TABLES:
        connection.execute(f"DROP TABLE IF EXISTS {table}")


def figures(row: Mapping[str, Any]) -> ProcessFigures:
    """The record of a process from a row whose columns are called as its fields are; durations are rounded to the millisecond."""
    median, mean = row["median_duration_seconds"], row["mean_duration_seconds"]
    return ProcessFigures(
        events=int(row["events"]),
        cases=int(row["cases"]),
        variants=int(row["variants"]),
        arcs=int(row["arcs"]),
        self_loops=int(row["self_loops"]),
        median_duration_seconds=None if median is None else round(median, 3),
        mean_duration_seconds=None if mean is None else round(mean, 3),
    )
