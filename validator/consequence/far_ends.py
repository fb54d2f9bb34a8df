"""Far-future end dates: the length of periods and the ends of cases as registered, clipped at the as-of day, and left open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from logsyn.validator.database.answers import record, records
from logsyn.validator.findings.small_groups import is_small
from logsyn.validator.record import CaseEnds, FarEnds, Lengths

if TYPE_CHECKING:
    from datetime import date

    import duckdb

MOST_ACTIVITIES = 10

_PERIODS = """
CREATE OR REPLACE TABLE process_periods AS
SELECT activity, row_id IN (SELECT row_id FROM violations WHERE rule_no = {rule}) AS failing, planned_period_days AS days,
  planned_period_days - date_diff('day', least(planned_end, {day}), planned_end) AS clipped
FROM event_facts WHERE planned_period_days IS NOT NULL"""

_LENGTHS = """
SELECT activity::VARCHAR AS activity, count(*) AS events, count(*) FILTER (failing) AS failing, median(days) AS median_days, avg(days) AS mean_days,
  median(clipped) AS median_days_clipped, avg(clipped) AS mean_days_clipped, median(days) FILTER (NOT failing) AS median_days_open,
  avg(days) FILTER (NOT failing) AS mean_days_open
FROM process_periods GROUP BY activity HAVING count(*) FILTER (failing) > 0 ORDER BY failing DESC, activity LIMIT {most}"""

_CASE_ENDS = """
CREATE OR REPLACE TABLE process_ends AS
SELECT min(timestamp) AS first, max(greatest(timestamp, planned_end)) AS registered, max(greatest(timestamp, CASE WHEN planned_end IS NOT NULL THEN least(planned_end, {day}) END)) AS clipped,
  max(greatest(timestamp, CASE WHEN row_id NOT IN (SELECT row_id FROM violations WHERE rule_no = {rule}) THEN planned_end END)) AS "open"
FROM event_facts WHERE case_no IS NOT NULL AND timestamp IS NOT NULL GROUP BY case_no"""

_READING = """
SELECT count(*) FILTER ("{reading}" >= as_of_end()) AS running, median(seconds) AS median_duration_seconds, avg(seconds) AS mean_duration_seconds FROM (
  SELECT *, epoch("{reading}") - epoch(first) - (utc_offset_seconds("{reading}") - utc_offset_seconds(first)) AS seconds FROM process_ends)"""


def far_ends(connection: duckdb.DuckDBPyConnection, rule: int, as_of: date) -> FarEnds:
    """Periods and case ends in three readings; ``rule`` is the number of the rule whose failing ends are left open."""
    day = f"TIMESTAMP '{as_of.isoformat()}'"
    connection.execute(_PERIODS.format(rule=rule, day=day))
    lengths = [_lengths(row) for row in records(connection.execute(_LENGTHS.format(most=MOST_ACTIVITIES)))]
    connection.execute(_CASE_ENDS.format(rule=rule, day=day))
    ends = []
    for reading in ("registered", "clipped", "open"):
        found = record(connection.execute(_READING.format(reading=reading)))
        durations = {name: _rounded(found[name]) for name in ("median_duration_seconds", "mean_duration_seconds")}
        ends.append(CaseEnds.model_validate({"reading": reading, "running": found["running"], **durations}))
    for table in ("process_periods", "process_ends"):
        connection.execute(f"DROP TABLE {table}")
    return FarEnds(lengths=lengths, case_ends=ends)


def _lengths(row: dict[str, Any]) -> Lengths:
    activity, events, failing = row["activity"], row["events"], row["failing"]
    if is_small(events):
        return Lengths(activity=activity, events=None, hidden=True)
    figures: dict[str, Any] = {name: _rounded(value) for name, value in row.items() if "_days" in name}
    if is_small(failing):  # what is left open would tell of the few
        figures |= {"median_days_open": None, "mean_days_open": None}
    return Lengths(activity=activity, events=events, failing=None if is_small(failing) else failing, **figures)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(float(value), 3)
