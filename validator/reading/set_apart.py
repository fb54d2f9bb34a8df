"""Columns that were taken for teams, sources or statuses and hold persons: they are kept under their header, where no value of them is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from logsyn.expectations.headers import plain
from logsyn.validator.database.answers import record
from logsyn.validator.database.sql import identifier
from logsyn.validator.personal.person_values import MOST_PERSONS, sql_of_names
from logsyn.validator.personal.persons import named_by_header
from logsyn.validator.reading.names import reserved_names, table_names
from logsyn.validator.reading.persons import OF_A_CATEGORY

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

    from logsyn.validator.record import Column

FEWEST_CODES: Final = 8
"""Where no column says who registered, so many codes that look like initials or user names are persons; fewer may be teams."""

_SHARED: Final = 0.5

# A team has several employees; a person is one. ``own``: the values all of whose rows are one employee's.
_HOLDS = """
WITH pairs AS (SELECT DISTINCT trim({column}::VARCHAR) AS value, trim({employee}) AS employee FROM rows WHERE {column} IS NOT NULL),
employees AS (SELECT DISTINCT employee FROM pairs WHERE employee IS NOT NULL),
of_values AS (SELECT value, count(employee) AS people FROM pairs GROUP BY value)
SELECT count(*) AS different, {names} AS are_names, count(*) FILTER (people = 1) / count(*) AS own, count(*) FILTER (people > 0) AS with_people,
  count(*) FILTER (value IN (FROM employees)) / count(*) AS shared FROM of_values"""


def with_persons_apart(
    connection: duckdb.DuckDBPyConnection, columns: Sequence[Column], reserved: Sequence[str]
) -> tuple[list[Column], list[Column]]:
    """The columns of ``rows``, and those of them that were team, source or status and are persons: these are kept columns from now on.

    Args:
        connection: holds ``rows``, in which such a column is renamed.
        columns: with whom their values look like.
        reserved: further names that no column may have.
    """
    has_employees = any(column.name == "resource" for column in columns)
    apart: dict[str, Column] = {}
    for column in columns:
        if column.mapped_by != "kept" and column.name in OF_A_CATEGORY and column.filled and _holds_persons(connection, column, has_employees=has_employees):
            taken = {*reserved_names(reserved), *(plain(one.name) for one in (*columns, *apart.values()))}
            (name,) = table_names([(column.header, 1)], taken)
            connection.execute(f"ALTER TABLE rows ALTER {identifier(column.name)} TYPE VARCHAR")
            connection.execute(f"ALTER TABLE rows RENAME {identifier(column.name)} TO {identifier(name)}")
            connection.execute(f"ALTER TABLE rows ADD COLUMN {identifier(column.name)} VARCHAR")  # every canonical column is there
            apart[column.name] = column.model_copy(update={"name": name, "mapped_by": "kept", "kind": "text", "persons": column.persons or "employees"})
    return [apart.get(column.name, column) if column.mapped_by != "kept" else column for column in columns], [*apart.values()]


def _holds_persons(connection: duckdb.DuckDBPyConnection, column: Column, *, has_employees: bool) -> bool:
    """Whether a column names persons by its header, or by values that look so and are no teams with short names."""
    if column.persons is None:
        return named_by_header(column.header) == "employees"
    employee = "resource::VARCHAR" if has_employees else "NULL::VARCHAR"
    found = record(connection.execute(_HOLDS.format(column=identifier(column.name), employee=employee, names=sql_of_names("value"))))
    if found["are_names"] or found["shared"] >= _SHARED:
        return True
    if found["with_people"]:
        return bool(found["own"] >= MOST_PERSONS)
    return bool(found["different"] >= FEWEST_CODES)
