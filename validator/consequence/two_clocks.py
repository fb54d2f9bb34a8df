"""The whole log by two clocks: the process by when things happened against the process by when they were registered, late or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from logsyn.validator.consequence.base import figures
from logsyn.validator.consequence.comparison import STEPS, compared
from logsyn.validator.database.answers import record, records
from logsyn.validator.disclosure.cells import Cell
from logsyn.validator.disclosure.middle import middle, middle_of_counted
from logsyn.validator.disclosure.people import ROWS_ARE, person, size_of, sizes
from logsyn.validator.disclosure.tens import in_tens
from logsyn.validator.record import Backdating, TwoClocks, Waiting

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    import duckdb

    from logsyn.validator.disclosure.cells import Cells
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

_DURATIONS = f"""
SELECT {middle('seconds')} AS median_duration_seconds, avg(seconds) AS mean_duration_seconds FROM (
  SELECT epoch(max(clock)) - epoch(min(clock)) - (utc_offset_seconds(max(clock)) - utc_offset_seconds(min(clock))) AS seconds
  FROM process_orders GROUP BY case_no)"""

_FIGURES = """
SELECT (SELECT count(*) FROM process_orders) AS events, count(*) AS cases, count(DISTINCT variant) AS variants,
  (SELECT count(*) FROM process_arcs_registered) AS arcs,
  (SELECT coalesce(sum(events), 0)::BIGINT FROM process_arcs_registered WHERE source = target) AS self_loops FROM process_registered"""

_CHANGED = """
SELECT count(*) FILTER (old.variant <> new.variant) AS changed, count(*) FILTER (reordered) AS reordered, count(*) AS cases
FROM process_registered AS new JOIN process_cases AS old USING (case_no)"""

_TEAMS = """
SELECT team::VARCHAR AS team, {sizes}, {rows_are} AS rows_are
FROM (SELECT *, {person} AS person FROM event_facts WHERE position_in_case IS NOT NULL) GROUP BY ALL ORDER BY team NULLS LAST"""

_WAITS = """
SELECT team::VARCHAR AS team, {wait} AS seconds, count(*) AS events FROM process_orders JOIN pairs USING (pair_no) WHERE {wait} IS NOT NULL GROUP BY ALL"""


def two_clocks(
    connection: duckdb.DuckDBPyConnection, base: ProcessFigures, have: frozenset[str], cells: Cells
) -> TwoClocks:
    """The process in the order of registration (before) against that of the events (after), and the waiting times of each team.

    Small teams are still among them, and are put among the ``cells``.
    """
    for statement in (_ORDERS, _CASES, _ARCS):
        connection.execute(statement)
    registered = figures(record(connection.execute(_FIGURES)) | record(connection.execute(_DURATIONS)))
    found = record(connection.execute(_CHANGED))
    registered_steps = "SELECT case_no, previous AS source, code AS target FROM process_orders WHERE previous IS NOT NULL"
    arcs = ("process_arcs_registered", registered_steps), ("process_arcs", STEPS.format(rows="event_facts"))
    comparison = compared(connection, "registration", (registered, base), found["changed"], arcs)
    asked = _TEAMS.format(sizes=sizes(have), rows_are=ROWS_ARE, person=person(have))
    teams = records(connection.execute(asked)) if "team" in have else []
    happened, by_registration = (_waits(connection, clock) if teams else {} for clock in ("happened", "registered"))
    _add_cells(cells, teams)
    for table in ("process_orders", "process_registered", "process_arcs_registered"):
        connection.execute(f"DROP TABLE {table}")
    waiting = [
        Waiting(
            team=row["team"],
            events=row["rows"],
            median_days_happened=happened.get(row["team"]),
            median_days_registered=by_registration.get(row["team"]),
        )
        for row in teams
    ]
    backdating = Backdating(cases_reordered=found["reordered"], cases=found["cases"], waiting=waiting)
    return TwoClocks(comparison=comparison, backdating=backdating)


def withheld(clocks: TwoClocks, visible: AbstractSet[Cell]) -> TwoClocks:
    """The two clocks without the teams that must not be shown, and with the steps of the others in tens."""
    told = clocks.backdating.waiting
    counts = in_tens([one.events or 0 for one in told])
    waiting = [
        one.model_copy(update={"events": count})
        if _cell(one.team) in visible
        else Waiting(team=one.team, events=None, hidden=True)
        for one, count in zip(told, counts, strict=True)
    ]
    of_any = [] if all(one.hidden for one in waiting) else waiting
    return clocks.model_copy(update={"backdating": clocks.backdating.model_copy(update={"waiting": of_any})})


def _cell(team: str | None) -> Cell:
    return Cell("waiting by team", team=team)


def _add_cells(cells: Cells, teams: Sequence[dict[str, Any]]) -> None:
    total, parts = Cell("waiting by team", part="all"), [_cell(row["team"]) for row in teams]
    for cell, row in zip(parts, teams, strict=True):
        cells.add_group(cell, size_of(row), row["rows_are"])
    cells.add_public(total, sum(row["rows"] for row in teams))
    cells.adds_up(total, parts)


def _waits(connection: duckdb.DuckDBPyConnection, clock: str) -> dict[str | None, float]:
    """The median of the waiting days of each team by one clock."""
    found = records(connection.execute(middle_of_counted("team", "seconds", _WAITS.format(wait=f"wait_{clock}"))))
    return {row["team"]: round(row["middle"] / 86400, 4) for row in found}
