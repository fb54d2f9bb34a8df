"""Writes what is to be in order piece by piece, so that no sort ever holds more than a piece."""

from __future__ import annotations

from typing import TYPE_CHECKING

from logsyn.validator.database.answers import records

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

AT_ONCE = 1 << 21
"""Rows that are sorted at once: some 100 MB."""


def pieces(connection: duckdb.DuckDBPyConnection, table: str, group: str, most: int | None = None) -> list[str]:
    """Conditions that cut a table into pieces, in the order of ``group`` and within it of ``row_id``.

    A group of more than ``most`` rows is cut by ``row_id``, smaller ones that follow each other are taken together.

    Args:
        connection: holds the table.
        table: has the columns ``group``, a number, and ``row_id``.
        group: name of that column.
        most: rows of a piece, ``AT_ONCE`` unless given; more only where many rows share a group and a ``row_id``.
    """
    most = most or AT_ONCE
    query = f"SELECT {group} AS number, count(*) AS rows, max(row_id) AS last FROM {table} GROUP BY ALL ORDER BY number"
    found: list[str] = []
    together: list[int] = []
    rows = 0
    for counted in records(connection.execute(query)):
        number, count, last = counted["number"], counted["rows"], counted["last"]
        if together and rows + count > most:
            found.append(_groups(group, together))
            together, rows = [], 0
        if count > most:
            found += [
                f"{group} = {number} AND row_id BETWEEN {first} AND {first + most - 1}"
                for first in range(0, last + 1, most)
            ]
        else:
            together, rows = [*together, number], rows + count
    return [*found, _groups(group, together)] if together else found or ["true"]


def copy_in_order(connection: duckdb.DuckDBPyConnection, queries: Sequence[str], target: str) -> None:
    """Write the rows of several queries one after the other into one file.

    Args:
        connection: runs them.
        queries: each sorts its own rows.
        target: the file and its options, as they follow ``TO``.
    """
    first, *others = queries
    if not others:
        connection.execute(f"COPY ({first}) TO {target}")
        return
    connection.execute(f"CREATE OR REPLACE TABLE in_order AS {first}")
    for query in others:
        connection.execute(f"INSERT INTO in_order {query}")
    connection.execute(f"COPY in_order TO {target}")
    connection.execute("DROP TABLE in_order")


def _groups(group: str, numbers: Sequence[int]) -> str:
    return f"{group} BETWEEN {numbers[0]} AND {numbers[-1]}"
