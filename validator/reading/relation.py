"""The rows of one file as SQL, and the check that DuckDB has taken every record for a row."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import duckdb

from logsyn.validator.reading.csv_file import CsvFile, read_csv

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from logsyn.validator.reading.layout import TableColumn


class NotPlainError(Exception):
    """DuckDB does not read a file as one record a line: it has to be split first."""

    def __init__(self, part: int, why: str) -> None:
        super().__init__(f"file {part}: {why}")
        self.part = part
        self.why = why


def raw_rows(part: CsvFile, number: int, places: Sequence[TableColumn]) -> str:
    """The query of all rows of a file: the raw text of each place as ``p0``, ``p1`` ..."""
    raw = [place.raw(number) for place in places]
    if part.header.is_padded:
        raw = [f"trim({text}, ' ')" for text in raw]
    columns = ", ".join(f"{text} AS p{at}" for at, text in enumerate(raw))
    return f"SELECT {columns} FROM {read_csv(part)}"


@contextmanager
def watched(number: int) -> Iterator[None]:
    """Read a file within this block.

    Raises:
        NotPlainError: DuckDB cannot read a record of it.
    """
    try:
        yield
    # The second: a record longer than a buffer, where several threads read (1.5.6).
    except (duckdb.InvalidInputException, duckdb.NotImplementedException) as error:
        raise NotPlainError(number, str(error).splitlines()[0]) from error
