"""Columns in groups: a query binds every column of its table, so of a wide one a query each would cost their number squared."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from logsyn.validator.database.sql import literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import duckdb

MOST_COLUMNS = 50
MOST_CELLS = 1_000_000
"""Texts that one query may look at for several columns: beyond, looking takes longer than binding, and each column takes memory of its own."""

_Column = TypeVar("_Column")


def in_groups(columns: Sequence[_Column], rows: int = 0) -> Iterator[Sequence[_Column]]:
    """The columns in groups, in their order, for one query each: many where rows are few, one by one where they are many.

    Args:
        columns: columns, or what stands for them.
        rows: the number of rows of which the texts of every column are gathered; 0 when what is asked takes no memory.
    """
    size = max(1, min(MOST_COLUMNS, MOST_CELLS // max(rows, 1)))
    for first in range(0, len(columns), size):
        yield columns[first : first + size]


def texts_below_each_other(columns: Mapping[int, str] | Mapping[str, str], source: str, more: str = "") -> str:
    """SQL of the texts of several columns as rows ``which, text``: one aggregate for all costs far less than one for each.

    Args:
        columns: SQL of each column, by what it is to be called in ``which``.
        source: SQL of what stands behind FROM.
        more: SQL of further columns of the result, each with a comma behind it.
    """
    texts = ", ".join(f"{column}::VARCHAR" for column in columns.values())
    return f"SELECT {more} unnest({literal(list(columns))}) AS which, unnest([{texts}]) AS text FROM {source}"


def are_filled(connection: duckdb.DuckDBPyConnection, source: str, expressions: Sequence[str]) -> list[bool]:
    """For each SQL expression whether it is other than NULL in any row of ``source`` (SQL of what stands behind FROM)."""
    found: list[bool] = []
    for group in in_groups(expressions):
        counts = ", ".join(f"count({expression}) > 0" for expression in group)
        found += connection.execute(f"SELECT {counts} FROM {source}").fetchall()[0]
    return found
