"""Finds what stands in texts: each distinct text of a column is judged once, however many rows carry it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from logsyn.validator.database.groups import in_groups, texts_below_each_other
from logsyn.validator.database.sql import identifier, literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

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
        unless: see ``columns_that_hold``.
    """
    connection.execute(f"CREATE TABLE {table} (row_id INTEGER, name VARCHAR)")
    judgements: dict[tuple[str, str], list[str]] = {}
    for name in columns:
        judgements.setdefault((form(name), holds(name)), []).append(name)
    for (matches, judgement), names in judgements.items():
        # Most columns hold none, and their rows are not looked at.
        for name in columns_that_hold(connection, names, matches, judgement, unless, cases="case_numbers"):
            connection.execute(
                f"INSERT INTO {table} SELECT row_id, {literal(name)} {rows_that_hold(name)}"
            )


def columns_that_hold(
    connection: duckdb.DuckDBPyConnection,
    columns: Sequence[str],
    form: str,
    holds: str,
    unless: str = NEVER,
    *,
    cases: str = "rows",
) -> Iterator[str]:
    """Those of the columns in which a text holds something, one after the other; while one is looked at, ``rows_that_hold`` are its rows.

    Args:
        connection: holds ``rows``.
        columns: of ``rows``.
        form: a regular expression that every such text matches; only what matches is judged.
        holds: SQL of the judgement on ``words``.
        unless: SQL of an aggregate over ``words``: true when all of them in a column together are something else.
        cases: a table that holds every case id.
    """
    for texts in _distinct_texts(connection, columns, form, cases):
        connection.execute(f"CREATE OR REPLACE TABLE texts_found AS {texts}")
        if not _found(connection):
            continue
        connection.execute(f"CREATE OR REPLACE TABLE texts_found AS FROM texts_found WHERE {holds}")
        others = f"SELECT name FROM texts_found GROUP BY name HAVING {unless}"
        connection.execute(f"DELETE FROM texts_found WHERE name IN ({others})")
        yield from _found(connection)
    connection.execute("DROP TABLE IF EXISTS texts_found")


def rows_that_hold(column: str) -> str:
    """SQL of the rows (``FROM rows ...``) of the column at which ``columns_that_hold`` stands."""
    texts = f"(SELECT words FROM texts_found WHERE name = {literal(column)}) AS texts"
    return f"FROM rows SEMI JOIN {texts} ON {identifier(column)}::VARCHAR = texts.words"


def category_values(connection: duckdb.DuckDBPyConnection, column: str) -> str | None:
    """SQL of the values (``words``) that a column of ``rows`` (quoted) may have when it is a category, known without looking at any row; else None."""
    kind = connection.execute(f"SELECT typeof({column}) FROM rows LIMIT 1").fetchone()
    if kind is None or not str(kind[0]).startswith("ENUM"):
        return None
    return f"SELECT unnest(enum_range((SELECT {column} FROM rows LIMIT 1)))::VARCHAR AS words"


def _found(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """The columns that ``texts_found`` has texts of."""
    return [name for (name,) in connection.execute("SELECT DISTINCT name FROM texts_found ORDER BY name").fetchall()]


def _distinct_texts(
    connection: duckdb.DuckDBPyConnection, columns: Sequence[str], form: str, cases: str
) -> Iterator[str]:
    """SQL of the distinct texts (``name``, ``words``) of groups of columns that may hold it; those of an ENUM and case ids are known without looking at any row."""
    matches = f"regexp_matches(words, {literal(form)})"
    types = "SELECT column_name FROM (DESCRIBE rows) WHERE starts_with(column_type, 'ENUM')"
    enums = {name for (name,) in connection.execute(types).fetchall()}
    for group in in_groups([name for name in columns if name in enums]):
        chosen = ", ".join(map(identifier, group))
        values = ", ".join(f"enum_range({identifier(name)})::VARCHAR[]" for name in group)
        lists = f"SELECT unnest({literal(list(group))}) AS name, unnest([{values}]) AS texts FROM (SELECT {chosen} FROM rows LIMIT 1)"
        yield f"FROM (SELECT name, unnest(texts) AS words FROM ({lists})) WHERE {matches}"
    (rows,) = connection.execute("SELECT count(*) FROM rows").fetchall()[0]
    others = [name for name in columns if name not in enums]
    for group in in_groups(others, rows):
        yield f"SELECT DISTINCT name, words FROM ({_texts_of_rows(group, cases)}) WHERE {matches}"


def _texts_of_rows(columns: Sequence[str], cases: str) -> str:
    """SQL of the texts of some columns in all rows; of one the quicker way."""
    if len(columns) > 1:
        texts = texts_below_each_other({name: identifier(name) for name in columns}, "rows")
        return f"SELECT which AS name, text AS words FROM ({texts})"
    (name,) = columns
    table = cases if name == "case_id" else "rows"
    return f"SELECT {literal(name)} AS name, {identifier(name)}::VARCHAR AS words FROM {table}"
