"""Which names of activities and teams are those of enough cases, and of enough employees, to stand in an example by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from logsyn.validator.database.sql import identifier
from logsyn.validator.findings.fitting import FEWEST

if TYPE_CHECKING:
    from collections.abc import Iterable

    import duckdb


def common_activities(connection: duckdb.DuckDBPyConnection, names: Iterable[str]) -> frozenset[str]:
    """Those of some activities that at least five cases have."""
    return _common(connection, "activity", names, "")


def common_teams(connection: duckdb.DuckDBPyConnection, names: Iterable[str]) -> frozenset[str]:
    """Those of some teams that at least five cases have and, where the extract has employees, as many of those."""
    return _common(connection, "team", names, f"AND (count(resource) = 0 OR count(DISTINCT resource) >= {FEWEST})")


def common_templates(connection: duckdb.DuckDBPyConnection, names: Iterable[str]) -> frozenset[str]:
    """Those of some templates of labels that at least five cases have a label of."""
    wanted = sorted(set(names))
    answer = connection.execute(
        "SELECT label_template FROM event_facts JOIN labels ON labels.activity = event_facts.activity::VARCHAR "
        "WHERE list_contains(?, label_template) GROUP BY label_template "
        f"HAVING count(DISTINCT coalesce(case_no, -row_id)) >= {FEWEST}",
        [wanted],
    )
    return frozenset(name for (name,) in answer.fetchall()) if wanted else frozenset()


def _common(connection: duckdb.DuckDBPyConnection, column: str, names: Iterable[str], further: str) -> frozenset[str]:
    wanted = sorted(set(names))
    if not wanted:
        return frozenset()
    name = identifier(column)
    # Names are grouped as the numbers that they are stored as, and compared as texts once each.
    answer = connection.execute(
        f"SELECT name::VARCHAR FROM (SELECT {name} AS name FROM event_facts GROUP BY {name} "
        f"HAVING count(DISTINCT coalesce(case_no, -row_id)) >= {FEWEST} {further}) WHERE list_contains(?, name::VARCHAR)",
        [wanted],
    )
    return frozenset(found for (found,) in answer.fetchall())
