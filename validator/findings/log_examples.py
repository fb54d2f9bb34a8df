"""The first finds of rules about the log as a whole, without what only a few cases have."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from logsyn.validator.database.sql import literal
from logsyn.validator.disclosure.size import is_small
from logsyn.validator.findings.common_names import common_activities, common_teams
from logsyn.validator.findings.details import kind_of, told_as
from logsyn.validator.findings.fitting import FEWEST
from logsyn.validator.findings.found import CASES_OF_A_COMBINATION
from logsyn.validator.findings.plain import plain
from logsyn.validator.record import Evidence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import duckdb

    from logsyn.validator.record import Value

COUNTS = ("_events", "_cases", "_registrations")
"""How the names of counts end that are not shown when they are small."""

ROUNDED = frozenset({"before", "after"})
"""Medians: as exactly as they are measured, they would be the lag of one row."""

_LEVELS = ("day", "month", "year")


def log_examples(
    connection: duckdb.DuckDBPyConnection, of_rules: Mapping[int, Sequence[Mapping[str, Any]]], most: int
) -> dict[int, list[Evidence]]:
    """The first finds of each rule on the log, by its number.

    A find about an activity that fewer than five cases have, or about a team of so few cases or employees, is left out. Times are told by
    the day, month or year on which at least five cases have an event, spans by their class.
    """
    every = [row for rows in of_rules.values() for row in rows]
    activities = common_activities(connection, [row["activity"] for row in every if row.get("activity") is not None])
    teams = common_teams(connection, [row["team"] for row in every if row.get("team") is not None])
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
    values = {name: value for name, value in row.items() if name not in ("row_id", "activity", "team")}
    of_few = is_small(values.get(CASES_OF_A_COMBINATION, 0))
    shown = {
        name: _value(connection, name, value)
        for name, value in values.items()
        if not (name.endswith(COUNTS) and (of_few or is_small(value or 0)))
    }
    nothing = all(value is None for value in shown.values())
    return Evidence(activity=row.get("activity"), team=row.get("team"), values={} if nothing else shown)


def _value(connection: duckdb.DuckDBPyConnection, name: str, value: Any) -> Value:
    if isinstance(value, (date, datetime)):
        level = _level_that_fits(connection, value)
        return None if level is None else told_as(value, "time", level, name)
    if name in ROUNDED and value is not None:
        return round(float(value), 1)
    is_span = isinstance(value, float) and kind_of(name, "DOUBLE") == "span" and name.endswith("_days")
    return told_as(value, "span", 0, name) if is_span else plain(value)


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
