"""A sample of the first rows: which columns look like categories, how times look. It steers, and decides nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from logsyn.validator.database.answers import records
from logsyn.validator.database.groups import texts_below_each_other
from logsyn.validator.reading.placeholders import is_placeholder
from logsyn.validator.reading.relation import raw_rows, watched
from logsyn.validator.reading.shapes import format_of, shape_sql
from logsyn.validator.reading.times import slow

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

    from logsyn.validator.reading.csv_file import CsvFile
    from logsyn.validator.reading.layout import TableColumn
    from logsyn.validator.reading.times import TimeColumn

ROWS = 20_000
"""Rows that a sample has at most."""

_FEW = 200
_SHAPES = 100
_TABLE = "reading_sample"
_VALUES = "reading_values"


def take_sample(connection: duckdb.DuckDBPyConnection, parts: Sequence[CsvFile], places: Sequence[TableColumn]) -> None:
    """Create the table of the first rows.

    Raises:
        NotPlainError: a file has to be split first.
    """
    columns = ", ".join(f"p{number} VARCHAR" for number in range(len(places)))
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {_TABLE} ({columns})")
    for number, part in enumerate(parts):
        lacking = ROWS - _number(connection, "count(*)")
        if lacking <= 0:
            break
        with watched(number):
            connection.execute(f"INSERT INTO {_TABLE} {raw_rows(part, number, places)} LIMIT {lacking}")


def drop_sample(connection: duckdb.DuckDBPyConnection) -> None:
    """Drop the tables of the sample and of the gathered values."""
    for table in (_TABLE, _VALUES):
        connection.execute(f"DROP TABLE IF EXISTS {table}")


def gather_values(
    connection: duckdb.DuckDBPyConnection, columns: Sequence[int], placeholders: Sequence[str]
) -> dict[int, tuple[bool, tuple[str, ...]]]:
    """Gather the values of some columns, to be asked for by ``gathered_values``.

    Returns:
        Of each column that looks like a category: whether it has any value, and its placeholders, in their order.
    """
    # The place of a row within the sample, which was inserted in the order of the files: it tells early values from late ones, no more.
    texts = texts_below_each_other({at: f"p{at}" for at in columns}, _TABLE, "rowid AS place,")
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {_VALUES} AS SELECT *, {is_placeholder('text', placeholders)} AS meaningless FROM "
        f"(SELECT which, text, count(*) AS times, min(place) AS first FROM ({texts}) WHERE text IS NOT NULL GROUP BY which, text)"
    )
    counts = connection.execute(
        f"SELECT which, sum(times) AS filled, count(*) AS texts, count(*) FILTER (first < {ROWS // 2}) AS early, "
        f"list(text ORDER BY text) FILTER (meaningless) AS meaningless FROM {_VALUES} GROUP BY which"
    )
    of_columns = records(counts)
    rows = _number(connection, "count(*)")
    found: dict[int, tuple[bool, tuple[str, ...]]] = dict.fromkeys(columns, (False, ()))
    for counted in of_columns:
        at, values, meaningless = counted["which"], counted["texts"], tuple(counted["meaningless"] or ())
        found[at] = (values > len(meaningless), meaningless)
        if not _is_like_category(rows, counted["filled"], values, counted["early"]):
            del found[at]
    return found


def gathered_values(at: int) -> str:
    """The query of the gathered values of a column; ``at`` is its place among the columns that were gathered last."""
    return f"SELECT text AS value FROM {_VALUES} WHERE which = {at} AND NOT meaningless ORDER BY value"


def _is_like_category(rows: int, filled: int, values: int, early: int) -> bool:
    """Whether the values of a column repeat, and new ones have become rare towards the end of the sample."""
    if values > max(_FEW, filled // 2):
        return False
    return values <= _FEW or rows < ROWS or values - early <= values // 4


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
