"""Far-future end dates: the length of periods and the ends of cases as registered, clipped at the as-of day, and left open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from logsyn.validator.consequence.base import LAST
from logsyn.validator.database.answers import record, records
from logsyn.validator.disclosure.cells import Cell, hidden_last
from logsyn.validator.disclosure.middle import middle
from logsyn.validator.disclosure.people import ROWS_ARE, person, size_of, sizes
from logsyn.validator.record import CaseEnds, FarEnds, Lengths

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet
    from datetime import date

    import duckdb

    from logsyn.validator.disclosure.cells import Cells

MOST_ACTIVITIES = 10


class Failing(NamedTuple):
    """The rows that fail a rule, as SQL of ``row_id``: those that are not accepted, and all of them."""

    rows: str
    every_row: str


_PERIODS = """
CREATE OR REPLACE TABLE process_periods AS
SELECT activity, row_id, case_no, {person} AS person, row_id IN ({failing}) AS failing, row_id IN ({every}) AS fails, planned_period_days AS days,
  planned_period_days - date_diff('day', least(planned_end, {day}), planned_end) AS clipped
FROM event_facts WHERE planned_period_days IS NOT NULL"""

_ACCEPTED = "fails AND NOT failing"

_LENGTHS = """
SELECT activity::VARCHAR AS activity, {sizes}, {failing_sizes}, {open_sizes}, {every_sizes}, {accepted_sizes}, {rows_are} AS rows_are, {rows_are} FILTER (failing) AS failing_are,
  {rows_are} FILTER (fails) AS every_are, {rows_are} FILTER (fails AND NOT failing) AS accepted_are, {median_days} AS median_days, avg(days) AS mean_days,
  {median_clipped} AS median_days_clipped, avg(clipped) AS mean_days_clipped, {median_open} AS median_days_open,
  avg(days) FILTER (NOT failing) AS mean_days_open
FROM process_periods GROUP BY activity HAVING count(*) FILTER (failing) > 0 ORDER BY failing_rows DESC, activity LIMIT {most}"""

# Of the rows that are the base of everything, to the last of all the times that end a case there.
_CASE_ENDS = f"""
CREATE OR REPLACE TABLE process_ends AS
SELECT min(timestamp) AS first, max({LAST}) AS registered,
  max(greatest(timestamp, CASE WHEN end_timestamp IS NOT NULL THEN least(end_timestamp, {{day}}) END, CASE WHEN planned_end IS NOT NULL THEN least(planned_end, {{day}}) END)) AS clipped,
  max(greatest(timestamp, end_timestamp, CASE WHEN row_id NOT IN ({{failing}}) THEN planned_end END)) AS "open"
FROM event_facts WHERE position_in_case IS NOT NULL GROUP BY case_no"""

_READING = """
SELECT count(*) FILTER ("{reading}" >= as_of_end()) AS running, {middle} AS median_duration_seconds, avg(seconds) AS mean_duration_seconds FROM (
  SELECT *, epoch("{reading}") - epoch(first) - (utc_offset_seconds("{reading}") - utc_offset_seconds(first)) AS seconds FROM process_ends)"""


def far_ends(
    connection: duckdb.DuckDBPyConnection, rule: Failing, as_of: date, have: frozenset[str], cells: Cells
) -> FarEnds:
    """Periods and case ends in three readings; small groups are still among them.

    Args:
        connection: holds the tables of the audit.
        rule: the rows whose ends are left open.
        as_of: the day at which periods are clipped.
        have: the columns of ``events`` that mean something.
        cells: takes the activities.
    """
    day = f"TIMESTAMP '{as_of.isoformat()}'"
    connection.execute(_PERIODS.format(failing=rule.rows, every=rule.every_row, day=day, person=person(have)))
    parts = {"failing_sizes": sizes(have, "failing_", "failing"), "open_sizes": sizes(have, "open_", "NOT failing")}
    parts |= {"median_days": middle("days"), "median_clipped": middle("clipped"), "median_open": middle("days", "NOT failing")}
    parts |= {"every_sizes": sizes(have, "every_", "fails"), "accepted_sizes": sizes(have, "accepted_", _ACCEPTED)}
    asked = _LENGTHS.format(most=MOST_ACTIVITIES, sizes=sizes(have), rows_are=ROWS_ARE, **parts)
    activities = records(connection.execute(asked))
    _add_cells(cells, activities)
    lengths = [_lengths(row) for row in activities]
    connection.execute(_CASE_ENDS.format(failing=rule.rows, day=day))
    ends = []
    for reading in ("registered", "clipped", "open"):
        found = record(connection.execute(_READING.format(reading=reading, middle=middle("seconds"))))
        durations = {name: _rounded(found[name]) for name in ("median_duration_seconds", "mean_duration_seconds")}
        ends.append(CaseEnds.model_validate({"reading": reading, "running": found["running"], **durations}))
    for table in ("process_periods", "process_ends"):
        connection.execute(f"DROP TABLE {table}")
    return FarEnds(lengths=lengths, case_ends=ends)


def withheld(ends: FarEnds, visible: AbstractSet[Cell], *, few: bool) -> FarEnds:
    """Far ends without the activities, and the numbers of failing ends, that must not be shown; ``few`` cases have such ends: no mean of them is told."""
    lengths = [_withheld(one, visible) for one in ends.lengths]
    told = [one for one in lengths if one.failing is not None]
    untold = sorted((one for one in lengths if one.failing is None and not one.hidden), key=lambda one: one.activity or "")
    of_cases = [one.model_copy(update={"mean_duration_seconds": None}) for one in ends.case_ends] if few else ends.case_ends
    return ends.model_copy(update={"case_ends": of_cases, "lengths": [*told, *untold, *hidden_last((one for one in lengths if one.hidden), "activity")]})


def _withheld(length: Lengths, visible: AbstractSet[Cell]) -> Lengths:
    cell = _cell(length.activity)
    if cell not in visible:
        return Lengths(activity=length.activity, events=None, hidden=True)
    if cell._replace(part="failing") not in visible:  # what is left open would tell of the few, and a mean what they add to it
        untold = ("failing", "median_days_open", "mean_days_open", "mean_days", "mean_days_clipped")
        return length.model_copy(update=dict.fromkeys(untold))
    return length


def _cell(activity: str | None) -> Cell:
    return Cell("lengths of periods", activity)


def _add_cells(cells: Cells, activities: Sequence[dict[str, Any]]) -> None:
    for row in activities:
        cell = _cell(row["activity"])
        failing, others = cell._replace(part="failing"), cell._replace(part="open")
        cells.add_group(cell, size_of(row), row["rows_are"])
        cells.add_group(failing, size_of(row, "failing_"), row["failing_are"])
        cells.add_group(others, size_of(row, "open_"), shown=False)
        cells.adds_up(cell, [failing, others])
        if row["accepted_rows"]:  # all that fail are told elsewhere, by activity
            every, accepted = cell._replace(part="failing and accepted"), cell._replace(part="accepted")
            cells.add_group(every, size_of(row, "every_"), row["every_are"], shown=False)
            cells.add_group(accepted, size_of(row, "accepted_"), row["accepted_are"], shown=False)
            cells.adds_up(every, [failing, accepted])


def _lengths(row: dict[str, Any]) -> Lengths:
    figures: dict[str, Any] = {name: _rounded(value) for name, value in row.items() if "_days" in name}
    return Lengths(activity=row["activity"], events=row["rows"], failing=row["failing_rows"], **figures)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(float(value), 3)
