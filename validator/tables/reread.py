"""The facts of the columns after a scope or remedies: what ``Reading`` says of the rows that are there now."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from logsyn.validator.database.answers import record
from logsyn.validator.database.sql import identifier

if TYPE_CHECKING:
    import duckdb

    from logsyn.validator.reading.extract import Reading
    from logsyn.validator.record import Column


def reread(
    connection: duckdb.DuckDBPyConnection,
    reading: Reading,
    *,
    removed: frozenset[str] = frozenset(),
    changed: frozenset[str] = frozenset(),
) -> Reading:
    """The reading of an extract with its columns counted again in the present ``rows``; files and remarks are those of the extract.

    ``removed``: columns that are no longer there. ``changed``: those that have other values than were read.
    """
    columns = [
        _counted(connection, column, changed=column.name in changed)
        for column in reading.columns
        if column.name not in removed
    ]
    return replace(reading, columns=columns, canonical=reading.canonical - removed)


def _counted(connection: duckdb.DuckDBPyConnection, column: Column, *, changed: bool) -> Column:
    name = identifier(column.name)
    unread = f"count({identifier(column.name + '_text')})" if column.kind == "time" else "0"
    days = f"count(*) FILTER ({identifier(column.name + '_precision')} = 1)" if column.kind == "time" else "NULL"
    distinct = "NULL" if column.distinct is None else f"count(DISTINCT {name})"
    counts = record(
        connection.execute(
            f"SELECT count(*) AS rows, count({name}) AS read, {unread} AS unparseable, {distinct} AS different, {days} AS without_time FROM rows"
        )
    )
    read, unparseable = counts["read"], counts["unparseable"]
    return column.model_copy(
        update={
            "filled": read + unparseable,
            "missing": counts["rows"] - read - unparseable,
            "unparseable": unparseable,
            "distinct": counts["different"],
            "without_time_of_day": counts["without_time"],
            # Which format has read a time is known of the extract only; of fewer rows it says in which formats they were written.
            "formats": {} if changed and sum(count or 0 for count in column.formats.values()) != read else column.formats,
        }
    )
