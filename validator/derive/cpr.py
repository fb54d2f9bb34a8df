"""CPR numbers in texts: the tables ``cpr_found`` and ``cpr_numbers`` of rows and the columns in which a number stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from logsyn.validator.derive.texts import columns_that_hold, find_in_texts, rows_that_hold
from logsyn.validator.personal.cpr import MAY_HOLD
from logsyn.validator.personal.in_sql import define_has_cpr_number, sql_of_form

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

HOLDS = "has_cpr_number(words)"
FEWEST_TIMES = 20
UNLESS = f"count(*) >= {FEWEST_TIMES} AND bool_and(is_day_and_time(words))"
"""A column in which so many texts look like numbers, and each of them is a day and a time of day, is one of times: 31-12-99 2359.

Of numbers, one in seven could be a time of day; of so many, all by chance in no more than one of 10^16 columns."""


def create_cpr_numbers(connection: duckdb.DuckDBPyConnection, columns: Sequence[str]) -> None:
    """Create ``cpr_found(row_id, name)`` and, a row each, ``cpr_numbers(row_id, cpr_number_columns)``, from the text columns of ``rows`` that are named."""
    define_has_cpr_number(connection)
    find_in_texts(connection, "cpr_found", columns, lambda _: MAY_HOLD, lambda _: HOLDS, UNLESS)
    connection.execute(
        "CREATE TABLE cpr_numbers AS SELECT row_id, list(name ORDER BY name) AS cpr_number_columns FROM cpr_found GROUP BY row_id"
    )


def rows_with_cpr_number(connection: duckdb.DuckDBPyConnection, columns: Sequence[str]) -> dict[str, int]:
    """Those of the text columns of ``rows`` in which CPR numbers stand, by the same judgement, each with the number of rows."""
    define_has_cpr_number(connection)
    found: dict[str, int] = {}
    for name in columns_that_hold(connection, columns, MAY_HOLD, HOLDS, UNLESS):
        found |= connection.execute(f"SELECT ?, count(*) {rows_that_hold(name)}", [name]).fetchall()
    return {name: found[name] for name in columns if name in found}


def columns_with_form(connection: duckdb.DuckDBPyConnection, columns: Sequence[str]) -> frozenset[str]:
    """Those of the text columns of ``rows`` in which something has the form of a CPR number, valid or not."""
    return frozenset(columns_that_hold(connection, columns, MAY_HOLD, sql_of_form("words")))
