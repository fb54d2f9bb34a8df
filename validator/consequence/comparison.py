"""The process as it is against the process after a remedy: only the cases that the remedy touches are worked out anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from logsyn.validator.consequence.base import figures
from logsyn.validator.database.answers import record, records
from logsyn.validator.findings.small_groups import SMALL
from logsyn.validator.record import Arc, Comparison

if TYPE_CHECKING:
    import duckdb

    from logsyn.validator.record import ProcessFigures
    from logsyn.validator.tables.overlay import Overlay

MOST_ARCS = 8
"""So many gained and so many lost arcs are listed."""

_TOUCHED = """
CREATE OR REPLACE TABLE process_touched AS
SELECT DISTINCT case_no FROM remedy_changes JOIN event_facts USING (row_id)
WHERE (name IS NULL OR name IN ('activity', 'timestamp')) AND case_no IS NOT NULL"""

# Looked up once: everything else is worked out from these rows.
_BEFORE = """
CREATE OR REPLACE TABLE process_before AS
SELECT row_id, case_no, pair_no, timestamp, activity, position_in_case, previous_activity FROM event_facts SEMI JOIN process_touched USING (case_no)"""

_ROWS = """
CREATE OR REPLACE TABLE process_rows AS
SELECT case_no, row_id, {code} AS code, {time} AS timestamp
FROM process_before LEFT JOIN process_codes USING (pair_no) {joins}
ANTI JOIN remedy_dropped USING (row_id)"""

_AFTER = """
CREATE OR REPLACE TABLE process_after AS
SELECT case_no, code, row_number() OVER by_time AS position, lag(code) OVER by_time AS previous
FROM process_rows WHERE code IS NOT NULL AND timestamp IS NOT NULL
WINDOW by_time AS (PARTITION BY case_no ORDER BY timestamp, row_id)"""

_VARIANTS_AFTER = """
CREATE OR REPLACE TABLE process_variants_after AS
SELECT case_no, sum(hash(position::INTEGER, code)::HUGEINT) AS variant FROM process_after GROUP BY case_no"""

# What the touched cases walked before, taken away, and what they walk now, added.
_ARCS_AFTER = """
CREATE OR REPLACE TABLE process_arcs_after AS
SELECT source, target, sum(events)::BIGINT AS events FROM (
  SELECT source, target, events FROM process_arcs
  UNION ALL
  SELECT a.code, b.code, -events FROM (
    SELECT previous_activity, activity, count(*) AS events FROM process_before WHERE position_in_case > 1 GROUP BY ALL)
  JOIN process_labels AS a ON a.label = previous_activity::VARCHAR JOIN process_labels AS b ON b.label = activity::VARCHAR
  UNION ALL
  SELECT previous, code, count(*) FROM process_after WHERE previous IS NOT NULL GROUP BY ALL)
GROUP BY ALL HAVING sum(events) > 0"""

_DURATIONS = """
SELECT median(seconds) AS median_duration_seconds, avg(seconds) AS mean_duration_seconds FROM (
  SELECT duration_seconds AS seconds FROM cases ANTI JOIN process_touched USING (case_no)
  UNION ALL
  SELECT epoch(max(timestamp)) - epoch(min(timestamp)) - (utc_offset_seconds(max(timestamp)) - utc_offset_seconds(min(timestamp)))
  FROM process_rows GROUP BY case_no)"""

_FIGURES = """
SELECT ? - (SELECT count(position_in_case) FROM process_before) + (SELECT count(*) FROM process_after) AS events,
  count(*) AS cases, count(DISTINCT variant) AS variants, (SELECT count(*) FROM process_arcs_after) AS arcs,
  (SELECT coalesce(sum(events), 0)::BIGINT FROM process_arcs_after WHERE source = target) AS self_loops
FROM (SELECT variant FROM process_variants ANTI JOIN process_touched USING (case_no) UNION ALL SELECT variant FROM process_variants_after)"""

_CHANGED = """
SELECT count(*) FROM process_touched LEFT JOIN process_variants AS old USING (case_no) LEFT JOIN process_variants_after AS new USING (case_no)
WHERE old.variant IS DISTINCT FROM new.variant"""

_ONLY = """
SELECT a.label AS source_label, b.label AS target_label, events, count(*) OVER () AS arcs FROM {one} AS one ANTI JOIN {other} AS other USING (source, target)
JOIN process_labels AS a ON a.code = source JOIN process_labels AS b ON b.code = target
ORDER BY events DESC, source_label, target_label LIMIT {most}"""

TABLES = (
    "process_touched",
    "process_before",
    "process_rows",
    "process_after",
    "process_variants_after",
    "process_arcs_after",
)


def compare(overlay: Overlay, base: ProcessFigures) -> Comparison:
    """Compare the process with what the overlay makes of it; the tables of ``create_base`` must be there."""
    connection = overlay.connection
    connection.execute(_TOUCHED)
    if connection.execute("SELECT count(*) FROM process_touched").fetchone() == (0,):
        return Comparison(before=base, after=base, cases_changed=0, arcs_gained=0, arcs_lost=0)
    _rework(overlay)
    after = figures(record(connection.execute(_FIGURES, [base.events])) | record(connection.execute(_DURATIONS)))
    changed = connection.execute(_CHANGED).fetchall()[0][0]
    return compared(connection, "remedy", (base, after), changed, ("process_arcs", "process_arcs_after"))


def compared(
    connection: duckdb.DuckDBPyConnection, basis: str, both: tuple[ProcessFigures, ProcessFigures], changed: int, arcs: tuple[str, str]
) -> Comparison:  # fmt: skip
    """The record of two readings, with the arcs (tables of the first and the second) that only one of them has."""
    lost, gained = only_in(connection, *arcs), only_in(connection, *reversed(arcs))
    return Comparison(
        basis="registration" if basis == "registration" else "remedy",
        before=both[0],
        after=both[1],
        cases_changed=changed,
        arcs_gained=gained[0],
        arcs_lost=lost[0],
        gained=gained[1],
        lost=lost[1],
    )


def only_in(connection: duckdb.DuckDBPyConnection, one: str, other: str) -> tuple[int, list[Arc]]:
    """How many arcs only the first of two tables has, and the commonest of them."""
    rows = records(connection.execute(_ONLY.format(one=one, other=other, most=MOST_ARCS)))
    listed = [
        Arc(source=row["source_label"], target=row["target_label"], events=row["events"])
        for row in rows
        if row["events"] >= SMALL
    ]
    return rows[0]["arcs"] if rows else 0, listed


def _rework(overlay: Overlay) -> None:
    """Fill the tables of what the touched cases are after the remedy."""
    connection, joins, code, time = overlay.connection, [], "process_codes.code", "process_before.timestamp"
    if activity := overlay.changed.get("activity"):
        connection.execute(
            "INSERT INTO process_labels SELECT (SELECT max(code) FROM process_labels) + (row_number() OVER (ORDER BY value))::INTEGER, value "
            f"FROM (SELECT DISTINCT value FROM {activity} WHERE value IS NOT NULL AND value NOT IN (SELECT label FROM process_labels))"
        )
        named = f"SELECT row_id, code AS new_code FROM {activity} LEFT JOIN process_labels ON label = value"
        joins.append(f"LEFT JOIN (SELECT *, true AS is_new FROM ({named})) AS relabelled USING (row_id)")
        code = "CASE WHEN is_new THEN new_code ELSE process_codes.code END"
    if times := overlay.changed.get("timestamp"):
        joins.append(
            f"LEFT JOIN (SELECT row_id, value AS new_time, true AS is_moved FROM {times}) AS moved USING (row_id)"
        )
        time = "CASE WHEN is_moved THEN new_time ELSE process_before.timestamp END"
    connection.execute(_BEFORE)
    connection.execute(_ROWS.format(code=code, time=time, joins=" ".join(joins)))
    for statement in (_AFTER, _VARIANTS_AFTER, _ARCS_AFTER):
        connection.execute(statement)


def drop_comparison(connection: duckdb.DuckDBPyConnection) -> None:
    """Drop the tables of the last comparison."""
    for table in TABLES:
        connection.execute(f"DROP TABLE IF EXISTS {table}")
