"""Rows of an answer by the names of their columns: what is read out of a query does not hang on the order in which it gives its columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb


def records(answer: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """The rows of a query that was executed, each by the names of its columns.

    Raises:
        ValueError: two columns have one name.
    """
    names = [column[0] for column in answer.description]
    if len(set(names)) < len(names):
        raise ValueError(f"columns of one name: {', '.join(names)}")
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


def record(answer: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """The first row of a query; None in every column where it gives none.

    Raises:
        ValueError: two columns have one name.
    """
    return next(iter(records(answer)), dict.fromkeys(column[0] for column in answer.description))
