"""The facts of the columns after remedies: what ``Reading`` says of the remedied rows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from validator.sql import identifier

if TYPE_CHECKING:
    import duckdb

    from validator.findings.model import Column
    from validator.reading.extract import Reading
    from validator.remedying.apply import Applied


def reread(connection: duckdb.DuckDBPyConnection, reading: Reading, applied: Applied) -> Reading:
    """The reading of an extract with its columns counted again in the remedied ``rows``; files and remarks are those of the extract."""
    columns = [_counted(connection, column) for column in reading.columns if column.name not in applied.removed]
    return replace(reading, columns=columns, canonical=reading.canonical - applied.removed)


def _counted(connection: duckdb.DuckDBPyConnection, column: Column) -> Column:
    name = identifier(column.name)
    unread = f"count({identifier(column.name + '_text')})" if column.kind == "time" else "0"
    days = f"count(*) FILTER ({identifier(column.name + '_precision')} = 1)" if column.kind == "time" else "NULL"
    distinct = "NULL" if column.distinct is None else f"count(DISTINCT {name})"
    found = connection.execute(f"SELECT count(*), count({name}), {unread}, {distinct}, {days} FROM rows").fetchall()[0]
    rows, read, unparseable, values, without_time = found
    return column.model_copy(
        update={
            "filled": read + unparseable,
            "missing": rows - read - unparseable,
            "unparseable": unparseable,
            "distinct": values,
            "without_time_of_day": without_time,
            # Which format has read a time is known of the extract only.
            "formats": column.formats if sum(column.formats.values()) == read else {},
        }
    )
