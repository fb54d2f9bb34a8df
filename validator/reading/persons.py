"""Which columns name persons: by the header of a kept one, or by what the values look like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from logsyn.validator.database.answers import records
from logsyn.validator.database.groups import in_groups, texts_below_each_other
from logsyn.validator.database.sql import identifier, literal
from logsyn.validator.personal.person_values import sql_of_homes, sql_of_persons
from logsyn.validator.personal.persons import named_by_header
from logsyn.validator.personal.special import matters_of_header

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

    from logsyn.validator.personal.persons import Named
    from logsyn.validator.record import Column

_ROWS_LOOKED_AT = 200_000
"""Rows, spread evenly over the extract, whose values are looked at where it has more."""

OF_A_CATEGORY = ("team", "source", "status")
"""Canonical columns in which persons may stand though they should not."""

_SHORT = ".?|[0-9]{0,3}"
"""Values that a column may share with that of the employees by chance."""

_ROWS_OF_AN_EMPLOYEE = 3
"""Employees register again and again: where persons have fewer rows each, and no header says employee, they are taken for citizens."""


def with_persons(connection: duckdb.DuckDBPyConnection, columns: Sequence[Column], rows: int) -> list[Column]:
    """The columns of ``rows``, each with whom its values name."""
    named: dict[str, Named] = {
        column.name: whom for column in columns if column.mapped_by == "kept" and (whom := named_by_header(column.header))
    }
    others = [
        column
        for column in columns
        if (column.mapped_by == "kept" or column.name in OF_A_CATEGORY) and column.filled and column.name not in named and not matters_of_header(column.header)
    ]  # codes of diagnoses look like initials
    named |= _by_values(connection, others, rows, employees=any(column.name == "resource" for column in columns))
    return [column.model_copy(update={"persons": named[column.name]}) if column.name in named else column for column in columns]


def _by_values(
    connection: duckdb.DuckDBPyConnection, columns: Sequence[Column], rows: int, *, employees: bool
) -> dict[str, Named]:
    if not columns:
        return {}
    step = max(1, -(-rows // _ROWS_LOOKED_AT))
    source = "rows" if step == 1 else f"(FROM rows WHERE row_id % {step} = 0)"
    connection.execute("CREATE OR REPLACE TEMP TABLE reading_persons (which VARCHAR, words VARCHAR, times BIGINT)")
    for group in in_groups(columns, min(rows, _ROWS_LOOKED_AT)):
        texts = texts_below_each_other({column.name: identifier(column.name) for column in group}, source)
        connection.execute(
            f"INSERT INTO reading_persons SELECT which, trim(text), count(*) FROM ({texts}) WHERE text IS NOT NULL GROUP BY ALL"
        )
    employee = "trim(resource::VARCHAR)"
    registering = f"SELECT DISTINCT {employee} FROM {source} WHERE NOT regexp_full_match({employee}, {literal(_SHORT)})"
    answer = connection.execute(
        f"SELECT which, {sql_of_homes('words')} AS homes, {sql_of_persons('words', 'registers')} AS persons, count(*) AS different, "
        f"sum(times) AS filled FROM (SELECT *, {f'words IN ({registering})' if employees else 'false'} AS registers FROM reading_persons) GROUP BY which"
    )
    found: dict[str, Named] = {
        row["which"]: "citizens" if row["homes"] or row["filled"] < _ROWS_OF_AN_EMPLOYEE * row["different"] else "employees"
        for row in records(answer)
        if row["homes"] or row["persons"]
    }
    connection.execute("DROP TABLE reading_persons")
    return found
