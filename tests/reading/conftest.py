"""What the tests of reading share: a way to read bytes as an extract, and all of what came of it."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from logsyn.validator.reading.extract import Reading, read_extract


@dataclass
class Read:
    """A reading, and the connection that holds its tables."""

    reading: Reading
    connection: duckdb.DuckDBPyConnection

    def rows(self, columns: str = "line, case_id, activity, timestamp_raw") -> list[tuple]:
        """Columns of all rows, in the order of their numbers."""
        return self.connection.execute(
            f"SELECT {columns} FROM rows JOIN row_lines USING (row_id) ORDER BY row_id"
        ).fetchall()

    def values(self, column: str) -> list:
        """One column of all rows."""
        quoted = '"' + column.replace('"', '""') + '"'
        return [value for (value,) in self.rows(quoted)]

    def rejected(self, columns: str = "line, lines, reason, raw") -> list[tuple]:
        """Columns of the rejected records."""
        return self.connection.execute(f"SELECT {columns} FROM rejected ORDER BY file, line").fetchall()

    def column(self, name: str):
        """The facts of a column."""
        return next(column for column in self.reading.columns if column.name == name)


def read_paths(paths, profile=None, **options) -> Read:
    connection = duckdb.connect()
    with tempfile.TemporaryDirectory() as work:
        reading = read_extract(connection, [Path(path) for path in paths], profile, Path(work), **options)
    return Read(reading, connection)


def read_bytes(content: bytes, profile=None, name: str = "log.csv", **options) -> Read:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        return read_paths([path], profile, **options)


@pytest.fixture
def write(tmp_path):
    def to_file(name: str, content: bytes | str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return to_file
