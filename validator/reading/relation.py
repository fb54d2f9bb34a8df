"""The rows of one file as SQL, and the check that DuckDB has taken every record for a row."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import duckdb

from validator.reading.part import Part, read_csv

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.reading.layout import Place

_REJECTS = "reading_rejects"


class NotPlainError(Exception):
    """DuckDB does not read a file as one record a line: it has to be split first."""

    def __init__(self, part: int, why: str) -> None:
        super().__init__(f"file {part}: {why}")
        self.part = part
        self.why = why


def raw_rows(part: Part, number: int, places: Sequence[Place]) -> str:
    """The query of all rows of a file: the raw text of each place as ``p0``, ``p1`` ..."""
    columns = ", ".join(f"{place.raw(number)} AS p{at}" for at, place in enumerate(places))
    return f"SELECT {columns} FROM {read_csv(part, _REJECTS)}"


@contextmanager
def watched(connection: duckdb.DuckDBPyConnection, number: int) -> Iterator[None]:
    """Read a file within this block; at its end every record must have been a row.

    Raises:
        NotPlainError: DuckDB rejected a record, or gave up.
    """
    _forget_rejects(connection)
    try:
        yield
        found = connection.execute(
            f"SELECT error_message FROM {_REJECTS} LIMIT 1" if _has_rejects(connection) else "SELECT 1 LIMIT 0"
        ).fetchone()
    except duckdb.InvalidInputException as error:
        raise NotPlainError(number, str(error).splitlines()[0]) from error
    finally:
        _forget_rejects(connection)
    if found:
        raise NotPlainError(number, str(found[0]).splitlines()[0])


def _has_rejects(connection: duckdb.DuckDBPyConnection) -> bool:
    found = connection.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = ?", [_REJECTS]).fetchone()
    return found is not None


def _forget_rejects(connection: duckdb.DuckDBPyConnection) -> None:
    for table in (_REJECTS, f"{_REJECTS}_scan"):
        connection.execute(f"DROP TABLE IF EXISTS {table}")
