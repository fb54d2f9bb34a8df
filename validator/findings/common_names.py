"""Which names of activities and teams are those of enough cases, and of enough employees, to stand in an example by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from logsyn.validator.database.sql import identifier
from logsyn.validator.disclosure.people import person
from logsyn.validator.findings.fitting import FEWEST

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    import duckdb

_ENOUGH = f"count(DISTINCT coalesce(case_no, -row_id)) >= {FEWEST} AND (count(person) = 0 OR count(DISTINCT person) >= {FEWEST})"


def common_activities(connection: duckdb.DuckDBPyConnection, names: Iterable[str], have: Collection[str]) -> frozenset[str]:
    """Those of some activities that at least five cases have and, where any employee is named, as many of those."""
    return _common(connection, "activity", names, have)


def common_teams(connection: duckdb.DuckDBPyConnection, names: Iterable[str], have: Collection[str]) -> frozenset[str]:
    """Those of some teams that at least five cases have and, where any employee is named, as many of those."""
    return _common(connection, "team", names, have)


def common_templates(connection: duckdb.DuckDBPyConnection, names: Iterable[str], have: Collection[str]) -> frozenset[str]:
    """Those of some templates of labels that at least five cases, and no employee or as many, have a label of."""
    wanted = sorted(set(names))
    answer = connection.execute(
        f"SELECT label_template FROM (SELECT *, {person(have)} AS person FROM event_facts) AS facts "
        "JOIN labels ON labels.activity = facts.activity::VARCHAR "
        f"WHERE list_contains(?, label_template) GROUP BY label_template HAVING {_ENOUGH}",
        [wanted],
    )
    return frozenset(name for (name,) in answer.fetchall()) if wanted else frozenset()


def _common(connection: duckdb.DuckDBPyConnection, column: str, names: Iterable[str], have: Collection[str]) -> frozenset[str]:
    wanted = sorted(set(names))
    if not wanted:
        return frozenset()
    name = identifier(column)
    # Names are grouped as the numbers that they are stored as, and compared as texts once each.
    answer = connection.execute(
        f"SELECT name::VARCHAR FROM (SELECT {name} AS name FROM (SELECT *, {person(have)} AS person FROM event_facts) "
        f"GROUP BY {name} HAVING {_ENOUGH}) WHERE list_contains(?, name::VARCHAR)",
        [wanted],
    )
    return frozenset(found for (found,) in answer.fetchall())
