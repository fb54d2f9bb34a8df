"""The process as it is against the process after a remedy: only the cases that the remedy touches are worked out anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from logsyn.validator.consequence.base import LOOKS, figures
from logsyn.validator.database.answers import record, records
from logsyn.validator.disclosure.middle import middle
from logsyn.validator.disclosure.size import SMALL
from logsyn.validator.record import Arc, Comparison

if TYPE_CHECKING:
    import duckdb

    from logsyn.validator.record import ProcessFigures
    from logsyn.validator.tables.overlay import Overlay

MOST_ARCS = 8
"""So many gained and so many lost arcs are listed."""

ENDS = ("end_timestamp", "planned_end")

_TOUCHED = """
CREATE OR REPLACE TABLE process_touched AS
SELECT DISTINCT case_no FROM remedy_changes JOIN event_facts USING (row_id)
WHERE (name IS NULL OR name IN ('activity', 'timestamp', 'end_timestamp', 'planned_end')) AND case_no IS NOT NULL"""

BEFORE = "event_facts SEMI JOIN process_touched USING (case_no)"
"""The rows of the touched cases as they are."""

_AFTER = f"""
CREATE OR REPLACE TABLE process_after AS
SELECT case_no, row_id, code, timestamp, last, unit, month, (row_number() OVER by_time)::INTEGER AS position, lag(code) OVER by_time AS previous
FROM (
  SELECT case_no, row_id, {{unit}} AS unit, {{code}} AS code, {{timestamp}} AS timestamp, {{month}} AS month, greatest({{timestamp}}, {{end_timestamp}}, {{planned_end}}) AS last
  FROM {BEFORE} LEFT JOIN process_codes USING (pair_no) {{joins}} ANTI JOIN remedy_dropped USING (row_id))
WHERE code IS NOT NULL AND timestamp IS NOT NULL
WINDOW by_time AS (PARTITION BY case_no ORDER BY timestamp, row_id)"""

_CASES_AFTER = f"CREATE OR REPLACE TABLE process_cases_after AS SELECT {LOOKS} FROM process_after GROUP BY case_no"

# What the touched cases walked before, taken away, and what they walk now, added.
_ARCS_AFTER = f"""
CREATE OR REPLACE TABLE process_arcs_after AS
SELECT source, target, sum(events)::BIGINT AS events FROM (
  SELECT source, target, events FROM process_arcs
  UNION ALL
  SELECT a.code, b.code, -events FROM (
    SELECT previous_activity, activity, count(*) AS events FROM {BEFORE} WHERE position_in_case > 1 GROUP BY ALL) AS counted
  JOIN process_activities AS a ON a.activity = previous_activity JOIN process_activities AS b ON b.activity = counted.activity
  UNION ALL
  SELECT previous, code, count(*) FROM process_after WHERE previous IS NOT NULL GROUP BY ALL)
GROUP BY ALL HAVING sum(events) > 0"""

_FIGURES = f"""
SELECT coalesce(sum(events), 0)::BIGINT AS events, count(*) AS cases, count(DISTINCT variant) AS variants, (SELECT count(*) FROM process_arcs_after) AS arcs,
  (SELECT coalesce(sum(events), 0)::BIGINT FROM process_arcs_after WHERE source = target) AS self_loops,
  {middle('seconds')} AS median_duration_seconds, avg(seconds) AS mean_duration_seconds
FROM (
  SELECT events, variant, seconds FROM process_cases ANTI JOIN process_touched USING (case_no) UNION ALL SELECT events, variant, seconds FROM process_cases_after)"""

_CHANGED = """
SELECT count(*) FROM process_touched LEFT JOIN process_cases AS old USING (case_no) LEFT JOIN process_cases_after AS new USING (case_no)
WHERE old.variant IS DISTINCT FROM new.variant"""

_ONLY = """
WITH alone AS (
  SELECT source, target, a.label AS source_label, b.label AS target_label, events, count(*) OVER () AS arcs FROM {one} AS one ANTI JOIN {other} AS other USING (source, target)
  JOIN process_labels AS a ON a.code = source JOIN process_labels AS b ON b.code = target
  ORDER BY events DESC, source_label, target_label LIMIT {most}),
walked AS (SELECT source, target, count(DISTINCT case_no) AS cases FROM ({steps}) AS steps SEMI JOIN alone USING (source, target) GROUP BY ALL)
SELECT alone.*, cases FROM alone JOIN walked USING (source, target) ORDER BY events DESC, source_label, target_label"""

# The arcs get the activities of the log, which are compared faster than texts.
STEPS = """
SELECT case_no, arc.source, arc.target FROM {rows} JOIN (
  SELECT alone.source, alone.target, before.activity AS previous_activity, behind.activity
  FROM alone JOIN process_activities AS before ON before.code = alone.source JOIN process_activities AS behind ON behind.code = alone.target)
AS arc USING (previous_activity, activity) WHERE position_in_case > 1"""
"""The steps of cases as they are, from rows of ``event_facts``, in so far as they are arcs that only one reading has (``alone``)."""

_STEPS_AFTER = "SELECT case_no, previous AS source, code AS target FROM process_after WHERE previous IS NOT NULL"

TABLES = (
    "process_touched",
    "process_after",
    "process_cases_after",
    "process_arcs_after",
)


def work_out(overlay: Overlay, unit: str) -> bool:
    """Fill the tables of what the cases that the overlay touches look like after it; whether it touches any.

    ``process_touched`` are the cases, ``process_cases_after`` what is left of them. The tables of ``create_base`` must be there.
    """
    connection = overlay.connection
    connection.execute(_TOUCHED)
    if connection.execute("SELECT count(*) FROM process_touched").fetchone() == (0,):
        return False
    _rework(overlay, unit)
    return True


def compare(overlay: Overlay, base: ProcessFigures) -> Comparison:
    """Compare the process with what ``work_out`` has made of it."""
    connection = overlay.connection
    if connection.execute("SELECT count(*) FROM process_touched").fetchone() == (0,):
        return Comparison(before=base, after=base, cases_changed=0, arcs_gained=0, arcs_lost=0)
    after = figures_after(connection)
    changed = connection.execute(_CHANGED).fetchall()[0][0]
    arcs = ("process_arcs", STEPS.format(rows=BEFORE)), ("process_arcs_after", _STEPS_AFTER)
    return compared(connection, "remedy", (base, after), changed, arcs)


def figures_after(connection: duckdb.DuckDBPyConnection) -> ProcessFigures:
    """The figures of the whole process, with the touched cases as ``work_out`` has left them."""
    connection.execute(_ARCS_AFTER)
    return figures(record(connection.execute(_FIGURES)))


def compared(
    connection: duckdb.DuckDBPyConnection,
    basis: str,
    both: tuple[ProcessFigures, ProcessFigures],
    changed: int,
    arcs: tuple[tuple[str, str], tuple[str, str]],
) -> Comparison:
    """The record of two readings, with the arcs that only one of them has.

    ``arcs``: of each reading the table of arcs, and SQL of the steps of cases that they are walked by, as ``case_no``, ``source``, ``target``;
    what is in no arc of ``alone`` may be left out.
    """
    (first, first_steps), (second, second_steps) = arcs
    lost, gained = only_in(connection, first, second, first_steps), only_in(connection, second, first, second_steps)
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


def only_in(connection: duckdb.DuckDBPyConnection, one: str, other: str, steps: str) -> tuple[int, list[Arc]]:
    """How many arcs only the first of two tables has, and the commonest of them that five cases or more walk."""
    rows = records(connection.execute(_ONLY.format(one=one, other=other, most=MOST_ARCS, steps=steps)))
    listed = [
        Arc(source=row["source_label"], target=row["target_label"], events=row["events"])
        for row in rows
        if row["cases"] >= SMALL
    ]
    return rows[0]["arcs"] if rows else 0, listed


def _rework(overlay: Overlay, unit: str) -> None:
    """Fill the tables of what the touched cases are after the remedy."""
    connection, joins, code = overlay.connection, [], "process_codes.code"
    if activity := overlay.changed.get("activity"):
        connection.execute(
            "INSERT INTO process_labels SELECT (SELECT max(code) FROM process_labels) + (row_number() OVER (ORDER BY value))::INTEGER, value "
            f"FROM (SELECT DISTINCT value FROM {activity} WHERE value IS NOT NULL AND value NOT IN (SELECT label FROM process_labels))"
        )
        named = f"SELECT row_id, code AS new_code FROM {activity} LEFT JOIN process_labels ON label = value"
        joins.append(f"LEFT JOIN (SELECT *, true AS is_new FROM ({named})) AS relabelled USING (row_id)")
        code = "CASE WHEN is_new THEN new_code ELSE process_codes.code END"
    times = {}
    for column in ("timestamp", *ENDS):
        times[column] = f"event_facts.{column}"
        if moved := overlay.changed.get(column):
            joins.append(
                f"LEFT JOIN (SELECT row_id, value AS new_{column}, true AS has_new_{column} FROM {moved}) AS of_{column} USING (row_id)"
            )
            times[column] = f"CASE WHEN has_new_{column} THEN new_{column} ELSE event_facts.{column} END"
    month = "event_facts.month"
    if "timestamp" in overlay.changed:
        month = f"CASE WHEN has_new_timestamp THEN date_trunc('month', new_timestamp)::DATE ELSE {month} END"
    connection.execute(_AFTER.format(unit=unit, code=code, month=month, joins=" ".join(joins), **times))
    connection.execute(_CASES_AFTER)


def drop_comparison(connection: duckdb.DuckDBPyConnection) -> None:
    """Drop the tables of the last comparison."""
    for table in TABLES:
        connection.execute(f"DROP TABLE IF EXISTS {table}")
