"""The books of an extract: every physical line of every file is preamble, header, row, rejected record or blank line."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from logsyn.validator.database.answers import record
from logsyn.validator.database.sql import literal
from logsyn.validator.errors import EngineError, ExtractError
from logsyn.validator.reading import remarks
from logsyn.validator.reading.csv_file import count_bytes, split_part
from logsyn.validator.reading.delivery import sha256
from logsyn.validator.reading.load import Runs
from logsyn.validator.reading.quotes import lines_in_quotes
from logsyn.validator.reading.relation import NotPlainError
from logsyn.validator.record import Input, Text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from concurrent.futures import Executor, Future
    from pathlib import Path

    import duckdb
    from numpy.typing import NDArray

    from logsyn.validator.reading.csv_file import Bytes, CsvFile
    from logsyn.validator.reading.records import Rejected

_REPORT = "This is a fault of logsyn. Please report it, with the lines around that place if you may share them."


class Accounts:
    """The counts of lines, rows and rejected records of each file while an extract is read. ``rows``: loaded rows of each file, set at the end."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, parts: Sequence[CsvFile], pool: Executor) -> None:
        self.connection = connection
        self.parts = list(parts)
        self.rows: list[int] = []
        self._within: dict[int, NDArray[np.int64]] = {}
        self._pool = pool
        self._bytes: list[Future[Bytes]] = [pool.submit(count_bytes, part.path) for part in parts]
        self._checksums: dict[Path, Future[str]] = {
            path: pool.submit(sha256, path) for path in dict.fromkeys(part.origin for part in parts)
        }
        # Begun before it is known whether it is needed, since most of the load's time is DuckDB's.
        self._quoted = [
            pool.submit(lines_in_quotes, part.path, part.start, part.header.delimiter)
            for part in self.parts if not part.header.needs_splitting
        ]  # fmt: skip
        connection.execute(
            "CREATE OR REPLACE TABLE rejected (file VARCHAR, line INTEGER, lines INTEGER, reason VARCHAR, raw VARCHAR)"
        )

    def split_known(self) -> None:
        """Split the files whose header already shows that a record may take several lines."""
        for number, part in enumerate(self.parts):
            if part.clean is None and part.header.needs_splitting:
                self._split(number)

    def check(self, rows: Sequence[int]) -> None:
        """Hold the number of rows that DuckDB has found against the lines of each file.

        Raises:
            NotPlainError: a file that has not been split yet has not one row a line.
            EngineError: a file that has been split has another number of rows than sound records.
        """
        for number, (part, found) in enumerate(zip(self.parts, rows, strict=True)):
            if part.split is not None:
                if part.split.records != found:
                    raise EngineError(f"{part.name}: {part.split.records} sound records became {found} rows", _REPORT)
            elif self._bytes[number].result().has_zero:
                raise NotPlainError(number, "zero bytes")
            elif self._lines_of_records(number, part.header.lines + found) != part.header.lines + found:
                raise NotPlainError(number, "not a row from line break to line break outside quotes")

    def runs(self, rows: Sequence[int]) -> list[Runs]:
        """For each file the first lines and numbers of the records that begin on consecutive lines."""
        return [self._runs(number, count) for number, count in enumerate(rows)]

    def _runs(self, number: int, rows: int) -> Runs:
        part, within = self.parts[number], self._within.get(number)
        if part.split:
            return Runs(np.asarray(part.split.run_starts), np.asarray(part.split.run_lengths))
        first = np.array([part.header.lines + 1])
        if within is None:
            return Runs(first, np.array([rows]))
        starts = np.concatenate((first, within + 1))
        ends = np.append(within, self._bytes[number].result().lines + 1)
        return Runs(starts, ends - starts)

    def _lines_of_records(self, number: int, expected: int) -> int:
        """Lines of a file, header and all, that do not begin within quotes.

        One row a line needs no look at quotes: a row takes a line at least, so as many rows as lines take one each.
        """
        lines = self._bytes[number].result().lines
        if lines == expected:
            self._within.pop(number, None)
            return lines
        within = self._quoted[number].result()
        if within is None:
            return lines
        self._within[number] = within = within[within <= lines]
        return lines - len(within)

    def split(self, error: NotPlainError) -> None:
        """Split the file that was found not to be plain.

        Raises:
            EngineError: it has been split already, so its clean copy should have been plain.
        """
        part = self.parts[error.part]
        if part.split is not None:
            raise EngineError(f"{part.name}: the sound records are not read as such ({error.why})", _REPORT) from error
        self._split(error.part)

    def balance(self) -> list[Input]:
        """The books of each file, closed.

        Raises:
            EngineError: they do not balance.
            ExtractError: no file has a row.
        """
        inputs = [self._balance_part(number) for number in range(len(self.parts))]
        if not any(one.rows_loaded for one in inputs):
            raise self._no_rows()
        in_table = dict(self.connection.execute("SELECT file::VARCHAR, count(*) FROM rows GROUP BY 1").fetchall())
        for one in inputs:
            if in_table.get(one.file, 0) != one.rows_loaded:
                raise EngineError(
                    f"{one.file}: {one.rows_loaded} rows counted, {in_table.get(one.file, 0)} in the table", _REPORT
                )
        return inputs

    def remarks(self) -> list[Text]:
        """Unclosed quotes that took other lines with them."""
        return [
            remarks.swallowed(part, part.split.longest_swallow)
            for part in self.parts if part.split and part.split.longest_swallow
        ]  # fmt: skip

    def _split(self, number: int) -> None:
        before = self.parts[number]
        part = split_part(before, lambda rejected: self._keep_rejected(before.name, rejected))
        self.parts[number] = part
        if part.path != before.path:
            self._bytes[number] = self._pool.submit(count_bytes, part.path)

    def _keep_rejected(self, name: str, rejected: list[Rejected]) -> None:
        if rejected:
            columns = [list(column) for column in zip(*rejected, strict=True)]
            query = f"INSERT INTO rejected SELECT {literal(name)}, unnest(?), unnest(?), unnest(?), unnest(?)"
            self.connection.execute(query, columns)

    def _balance_part(self, number: int) -> Input:
        part, loaded, physical = self.parts[number], self.rows[number], self._bytes[number].result().lines
        split = part.split
        rejected, blank = (split.rejected, split.blank_lines) if split else (0, 0)
        if split:
            header = part.header.lines - part.header.blank_lines  # with what stands above it
            accounted = header + split.lines_of_records + split.lines_of_rejected + blank
        else:
            accounted = part.header.lines + loaded + len(self._within.get(number, ()))
        if accounted != physical:
            raise EngineError(f"{part.name}: {physical} lines in the file, {accounted} accounted for", _REPORT)
        return Input(
            file=part.name,
            sha256=self._checksums[part.origin].result(),
            rows_in_file=loaded + rejected,
            rows_loaded=loaded,
            rows_rejected=rejected,
            blank_lines=blank,
            preamble_lines=part.header.preamble_lines,
            encoding=part.encoding.label,
            delimiter=part.header.delimiter,
        )

    def _no_rows(self) -> ExtractError:
        names = ", ".join(part.name for part in self.parts)
        found = self.connection.execute("SELECT reason FROM rejected").fetchall()  # there may be as many as lines
        if not found:
            return ExtractError(f"{names}: a header, but no rows", "Ask for the extract once more.")
        reasons = ", ".join(
            f"{count} {reason}" for reason, count in Counter(reason.split(":")[0] for (reason,) in found).most_common()
        )
        first = record(self.connection.execute("SELECT file, line, reason FROM rejected LIMIT 1"))
        where = f"the first is {first['file']}, line {first['line']}: {first['reason']}"
        return ExtractError(
            f"{names}: none of the {len(found):,} rows could be read ({reasons}); {where}",
            "Is the number of columns the same in the header and in the rows, and every quote closed?",
        )
