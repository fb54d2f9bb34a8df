"""The process as it is, counted once and reused for every rule: numbers of labels, variants of cases, arcs.

``process_codes(pair_no, code)`` and ``process_labels(code, label)`` give every label a number, ``process_variants(case_no, variant)`` is a
fingerprint of each case's sequence of codes, ``process_arcs(source, target, events)`` are the directly-follows arcs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from logsyn.validator.database.answers import record
from logsyn.validator.record import ProcessFigures

if TYPE_CHECKING:
    from collections.abc import Mapping

    import duckdb

TABLES = ("process_codes", "process_labels", "process_variants", "process_arcs")

_CODES = "CREATE TABLE process_codes AS SELECT pair_no, min(pair_no) OVER (PARTITION BY activity) AS code FROM pairs WHERE activity IS NOT NULL"
_LABELS = "CREATE TABLE process_labels AS SELECT DISTINCT code, activity::VARCHAR AS label FROM process_codes JOIN pairs USING (pair_no)"

# As in ``cases``: a sum of hashes of (position, activity) is the same for the same sequence.
_VARIANTS = """
CREATE TABLE process_variants AS
SELECT case_no, sum(hash(position_in_case, code)::HUGEINT) AS variant
FROM event_facts JOIN process_codes USING (pair_no) WHERE position_in_case IS NOT NULL GROUP BY case_no"""

_ARCS = """
CREATE TABLE process_arcs AS
SELECT a.code AS source, b.code AS target, events
FROM (SELECT previous_activity, activity, count(*) AS events FROM event_facts
  WHERE position_in_case > 1 GROUP BY ALL) AS counted
JOIN process_labels AS a ON a.label = previous_activity::VARCHAR JOIN process_labels AS b ON b.label = activity::VARCHAR"""

_FIGURES = """
SELECT (SELECT count(position_in_case) FROM event_facts) AS events, (SELECT count(*) FROM process_variants) AS cases,
  (SELECT count(DISTINCT variant) FROM process_variants) AS variants, (SELECT count(*) FROM process_arcs) AS arcs,
  (SELECT coalesce(sum(events), 0)::BIGINT FROM process_arcs WHERE source = target) AS self_loops,
  (SELECT median_duration_seconds FROM log) AS median_duration_seconds, (SELECT mean_duration_seconds FROM log) AS mean_duration_seconds"""


def create_base(connection: duckdb.DuckDBPyConnection) -> ProcessFigures:
    """Create the tables, and give the figures of the process as it is."""
    drop_base(connection)
    for statement in (_CODES, _LABELS, _VARIANTS, _ARCS):
        connection.execute(statement)
    return figures(record(connection.execute(_FIGURES)))


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
