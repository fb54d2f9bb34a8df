"""Finds what stands in texts: each distinct text of a column is judged once, however many rows carry it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.sql import identifier, literal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import duckdb


NEVER = "bool_and(false)"


def find_in_texts(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    columns: Sequence[str],
    form: Callable[[str], str],
    holds: Callable[[str], str],
    unless: str = NEVER,
) -> None:
    """Create ``table(row_id, name)``: the rows of ``rows`` and the names of those of ``columns`` whose text holds something.

    Args:
        connection: holds ``rows`` and ``case_numbers``.
        table: what is created.
        columns: columns of ``rows`` that hold text.
        form: a regular expression that every such text of a column of that name matches; it only saves work.
        holds: SQL of the judgement on ``words``, for the name of a column.
        unless: see ``texts_that_hold``.
    """
    connection.execute(f"CREATE TABLE {table} (row_id INTEGER, name VARCHAR)")
    for name in columns:
        # Most columns hold none, and their rows are not looked at.
        if texts_that_hold(connection, name, form(name), holds(name), unless, cases="case_numbers"):
            connection.execute(
                f"INSERT INTO {table} SELECT (rowid + 1)::INTEGER, {literal(name)} FROM rows "
                f"SEMI JOIN texts_found ON {identifier(name)}::VARCHAR = words"
            )
    connection.execute("DROP TABLE IF EXISTS texts_found")


def texts_that_hold(
    connection: duckdb.DuckDBPyConnection,
    column: str,
    form: str,
    holds: str,
    unless: str = NEVER,
    *,
    cases: str = "rows",
) -> bool:
    """Create ``texts_found(words)``: the distinct texts of a column that hold something; says whether there are any.

    Args:
        connection: holds ``rows``.
        column: of ``rows``.
        form: a regular expression that every such text matches; only what matches is judged.
        holds: SQL of the judgement on ``words``.
        unless: SQL of an aggregate over ``words``: true when all of them together are something else.
        cases: a table that holds every case id.
    """
    candidates = _distinct_texts(connection, identifier(column), form, cases)
    connection.execute(f"CREATE OR REPLACE TABLE texts_found AS {candidates}")
    if _is_empty(connection):
        return False
    connection.execute(f"CREATE OR REPLACE TABLE texts_found AS FROM texts_found WHERE {holds}")
    connection.execute(f"DELETE FROM texts_found WHERE (SELECT {unless} FROM texts_found)")
    return not _is_empty(connection)


def category_values(connection: duckdb.DuckDBPyConnection, column: str) -> str | None:
    """SQL of the values (``words``) that a column of ``rows`` (quoted) may have when it is a category, known without looking at any row; else None."""
    kind = connection.execute(f"SELECT typeof({column}) FROM rows LIMIT 1").fetchone()
    if kind is None or not str(kind[0]).startswith("ENUM"):
        return None
    return f"SELECT unnest(enum_range((SELECT {column} FROM rows LIMIT 1)))::VARCHAR AS words"


def _is_empty(connection: duckdb.DuckDBPyConnection) -> bool:
    return connection.execute("SELECT count(*) FROM texts_found").fetchone() == (0,)


def _distinct_texts(connection: duckdb.DuckDBPyConnection, column: str, form: str, cases: str) -> str:
    """SQL of the distinct texts of a column that may hold it; those of an ENUM and case ids are known without looking at any row."""
    matches = f"regexp_matches(words, {literal(form)})"
    if values := category_values(connection, column):
        return f"SELECT words FROM ({values}) WHERE {matches}"
    table = cases if column == identifier("case_id") else "rows"
    return f"SELECT DISTINCT words FROM (SELECT {column}::VARCHAR AS words FROM {table}) WHERE {matches}"
