"""A sample of the first rows: which columns look like categories, how times look. It steers, and decides nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.reading.quote import is_placeholder
from validator.reading.relation import raw_rows, watched
from validator.reading.shapes import format_of, shape_sql
from validator.reading.times import slow

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

    from validator.reading.layout import Place
    from validator.reading.part import Part
    from validator.reading.times import TimeColumn

_ROWS = 20_000
_FEW = 200
_SHAPES = 100
_TABLE = "reading_sample"


def take_sample(connection: duckdb.DuckDBPyConnection, parts: Sequence[Part], places: Sequence[Place]) -> None:
    """Create the table of the first rows.

    Raises:
        NotPlainError: a file has to be split first.
    """
    columns = ", ".join(f"p{number} VARCHAR" for number in range(len(places)))
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {_TABLE} ({columns})")
    for number, part in enumerate(parts):
        lacking = _ROWS - _number(connection, "count(*)")
        if lacking <= 0:
            break
        with watched(number):
            connection.execute(f"INSERT INTO {_TABLE} {raw_rows(part, number, places)} LIMIT {lacking}")


def drop_sample(connection: duckdb.DuckDBPyConnection) -> None:
    """Remove the sample."""
    connection.execute(f"DROP TABLE IF EXISTS {_TABLE}")


def looks_like_category(connection: duckdb.DuckDBPyConnection, at: int) -> bool:
    """Whether the values of a column repeat, and new ones have become rare towards the end of the sample."""
    filled, rows, values, early = connection.execute(
        f"SELECT count(p{at}), count(*), count(DISTINCT p{at}),"
        f" count(DISTINCT p{at}) FILTER (rowid < {_ROWS // 2}) FROM {_TABLE}"
    ).fetchall()[0]
    if values > max(_FEW, filled // 2):
        return False
    return bool(values <= _FEW or rows < _ROWS or values - early <= values // 4)


def values_of_sample(at: int, placeholders: Sequence[str], *, meaningless: bool = False) -> str:
    """The query of the values of a column, in their order; ``meaningless``: of its placeholders instead."""
    wanted = f"{'' if meaningless else 'NOT '}{is_placeholder(f'p{at}', placeholders)}"
    return f"SELECT DISTINCT p{at} AS value FROM {_TABLE} WHERE p{at} IS NOT NULL AND {wanted} ORDER BY value"


def shapes_in_sample(connection: duckdb.DuckDBPyConnection, at: int) -> dict[str, int]:
    """The shapes of times in a column, the commonest first, and how often each stands in the sample."""
    found = connection.execute(
        f"SELECT {shape_sql(f'p{at}')} AS shape, count(*) AS times FROM {_TABLE} WHERE p{at} IS NOT NULL"
        f" GROUP BY shape ORDER BY times DESC, shape LIMIT {_SHAPES}"
    ).fetchall()
    return {shape: times for shape, times in found if format_of(shape, month_first=False)}


def reads_nothing(
    connection: duckdb.DuckDBPyConnection, at: int, column: TimeColumn, placeholders: Sequence[str]
) -> bool:
    """Whether there are texts in the sample and the formats of a column read none of them."""
    texts = f"p{at} IS NOT NULL AND NOT {is_placeholder(f'p{at}', placeholders)}"
    reading = slow(f"p{at}", column, "UTC")
    filled = _number(connection, f"count(*) FILTER ({texts})")
    return filled > 0 and _number(connection, f"count({reading})") == 0


def _number(connection: duckdb.DuckDBPyConnection, expression: str) -> int:
    return int(connection.execute(f"SELECT {expression} FROM {_TABLE}").fetchall()[0][0])
