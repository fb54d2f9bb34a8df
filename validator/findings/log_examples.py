"""The first finds of rules about the log as a whole, without what only a few cases have."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from logsyn.validator.database.sql import literal
from logsyn.validator.disclosure.size import is_small
from logsyn.validator.findings.common_names import common_activities, common_teams
from logsyn.validator.findings.details import told_as
from logsyn.validator.findings.fitting import FEWEST
from logsyn.validator.findings.found import CASES_OF_A_COMBINATION, EMPLOYEES_OF_A_COMBINATION
from logsyn.validator.findings.told_figures import told_figures
from logsyn.validator.record import Evidence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import duckdb

    from logsyn.validator.record import Value

_LEVELS = ("day", "month", "year")


def log_examples(
    connection: duckdb.DuckDBPyConnection,
    of_rules: Mapping[int, Sequence[Mapping[str, Any]]],
    have: frozenset[str],
    most: int,
) -> dict[int, list[Evidence]]:
    """The first finds of each rule on the log, by its number.

    A find about an activity or a team that fewer than five cases have, or so few employees, is left out. Times are told by
    the day, month or year on which at least five cases have an event, spans by their class.
    """
    every = [row for rows in of_rules.values() for row in rows]
    activities = common_activities(connection, [row["activity"] for row in every if row.get("activity") is not None], have)
    teams = common_teams(connection, [row["team"] for row in every if row.get("team") is not None], have)
    told: dict[int, list[Evidence]] = {}
    for number, rows in of_rules.items():
        pieces = [
            _piece(connection, row)
            for row in rows
            if row.get("activity") in (None, *activities) and row.get("team") in (None, *teams)
        ]
        told[number] = [one for at, one in enumerate(pieces) if one != Evidence() and one not in pieces[:at]][:most]
    return told


def _piece(connection: duckdb.DuckDBPyConnection, row: Mapping[str, Any]) -> Evidence:
    values = {name: value for name, value in row.items() if name not in ("row_id", "activity", "team", EMPLOYEES_OF_A_COMBINATION)}
    if is_small(values.get(CASES_OF_A_COMBINATION, 0)) or is_small(row.get(EMPLOYEES_OF_A_COMBINATION) or 0):
        values = {name: value for name, value in values.items() if not name.startswith("combination_")}
    times = {name: _time(connection, name, value) for name, value in values.items() if isinstance(value, date)}
    shown = {name: times.get(name, value) for name, value in told_figures(values).items()}
    nothing = all(value is None for value in shown.values())
    return Evidence(activity=row.get("activity"), team=row.get("team"), values={} if nothing else shown)


def _time(connection: duckdb.DuckDBPyConnection, name: str, value: date) -> Value:
    level = _level_that_fits(connection, value)
    return None if level is None else told_as(value, "time", level, name)


def _level_that_fits(connection: duckdb.DuckDBPyConnection, value: date) -> int | None:
    """Whether at least five cases have an event on the day (0), in the month (1) or the year (2) of a time; None: in none of them."""
    for level, unit in enumerate(_LEVELS):
        since = f"date_trunc('{unit}', {literal(str(value))}::TIMESTAMP)"
        within = " OR ".join(
            f"({column} >= {since} AND {column} < {since} + INTERVAL 1 {unit})" for column in ("timestamp", "end_timestamp")
        )
        counted = f"SELECT count(DISTINCT coalesce(case_no, -row_id)) FROM event_facts WHERE {within}"
        if connection.execute(counted).fetchall()[0][0] >= FEWEST:
            return level
    return None
