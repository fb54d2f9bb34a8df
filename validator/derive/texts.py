"""Finds what stands in texts: each distinct text of a column is judged once, however many rows carry it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.sql import identifier, literal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import duckdb


def find_in_texts(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    columns: Sequence[str],
    form: Callable[[str], str],
    holds: Callable[[str], str],
) -> None:
    """Create ``table(row_id, name)``: the rows of ``rows`` and the names of those of ``columns`` whose text holds something.

    Args:
        connection: holds ``rows`` and ``case_numbers``.
        table: what is created.
        columns: columns of ``rows`` that hold text.
        form: a regular expression that every such text of a column of that name matches; it only saves work.
        holds: SQL of the judgement on ``words``, for the name of a column.
    """
    connection.execute(f"CREATE TABLE {table} (row_id INTEGER, name VARCHAR)")
    for name in columns:
        column = identifier(name)
        # Most columns hold none, and their rows are not looked at.
        connection.execute(
            f"CREATE OR REPLACE TABLE texts_found AS WITH texts AS MATERIALIZED ({_distinct_texts(connection, column, form(name))}) "
            f"SELECT words FROM texts WHERE {holds(name)}"
        )
        if connection.execute("SELECT count(*) FROM texts_found").fetchone() != (0,):
            connection.execute(
                f"INSERT INTO {table} SELECT (rowid + 1)::INTEGER, {literal(name)} FROM rows SEMI JOIN texts_found ON {column}::VARCHAR = words"
            )
    connection.execute("DROP TABLE IF EXISTS texts_found")


def category_values(connection: duckdb.DuckDBPyConnection, column: str) -> str | None:
    """SQL of the values (``words``) that a column of ``rows`` (quoted) may have when it is a category, known without looking at any row; else None."""
    kind = connection.execute(f"SELECT typeof({column}) FROM rows LIMIT 1").fetchone()
    if kind is None or not str(kind[0]).startswith("ENUM"):
        return None
    return f"SELECT unnest(enum_range((SELECT {column} FROM rows LIMIT 1)))::VARCHAR AS words"


def _distinct_texts(connection: duckdb.DuckDBPyConnection, column: str, form: str) -> str:
    """SQL of the distinct texts of a column that may hold it; those of an ENUM and case ids are known without looking at any row."""
    if values := category_values(connection, column):
        return values
    if column == identifier("case_id"):
        return f"SELECT case_id AS words FROM case_numbers WHERE regexp_matches(case_id, {literal(form)})"
    return f"SELECT DISTINCT {column}::VARCHAR AS words FROM rows WHERE regexp_matches({column}, {literal(form)})"
