"""One CSV file of an extract, opened: its encoding, header, plain facts, and the SQL by which DuckDB reads it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from logsyn.validator.database.sql import literal
from logsyn.validator.reading.delivery import Delivered
from logsyn.validator.reading.encoding import UTF8, Encoding, find_encoding, judge, recode
from logsyn.validator.reading.header import Header, read_header
from logsyn.validator.reading.records import Split, split_records

if TYPE_CHECKING:
    from collections.abc import Callable

    from logsyn.validator.reading.beginning import KnownHeaders
    from logsyn.validator.reading.records import Rejected

BLOCK = 1 << 22
DUCKDB_LINE_LIMIT = 2_000_000
LF = "\\n"
TWICE = b"\r\r\n"


@dataclass(frozen=True)
class Bytes:
    """Facts of a file that need no parsing: physical lines, and whether a zero byte is among the bytes."""

    lines: int
    has_zero: bool


@dataclass(frozen=True)
class CsvFile:
    """One CSV file. ``path``: UTF-8 with LF or CRLF; ``clean``: its sound records alone, once it has been split."""

    name: str
    origin: Path
    delivered: Path
    path: Path
    encoding: Encoding
    header: Header
    work: Path
    known: KnownHeaders
    clean: Path | None = None
    split: Split | None = None

    @property
    def start(self) -> int:
        """Byte of ``path`` at which its text begins; a recoded file has no byte-order mark any more."""
        return self.encoding.mark if self.path == self.delivered else 0


def open_part(delivered: Delivered, work: Path, known: KnownHeaders, encoding: Encoding | None = None) -> CsvFile:
    """Find encoding and header of a file; recode it into ``work`` where DuckDB could not read it.

    Args:
        delivered: the file.
        work: a folder that may be made.
        known: the headers by which the required columns are known.
        encoding: the one it is known to have; None: find out.

    Raises:
        ExtractError: not text, empty, without a header that can be read, or with one column only.
    """
    encoding = encoding or find_encoding(delivered.path, delivered.name)
    path, start = delivered.path, encoding.mark
    newline = _line_break(path, encoding)
    if encoding.name != UTF8 or newline != b"\n":
        work.mkdir(parents=True, exist_ok=True)
        path, start = recode(path, encoding, work / "recoded.csv", newline=newline), 0
    header = read_header(path, start, delivered.name, known)
    return CsvFile(delivered.name, delivered.origin, delivered.path, path, encoding, header, work, known)


def count_bytes(path: Path) -> Bytes:
    """Physical lines and zero bytes of a file, counted without any parser."""
    lines, has_zero, block = 0, False, b"\n"
    with path.open("rb", buffering=0) as file:
        while following := file.read(BLOCK):
            block = following
            lines += int(np.count_nonzero(np.frombuffer(block, dtype=np.uint8) == ord("\n")))
            has_zero = has_zero or b"\0" in block
    return Bytes(lines + (not block.endswith(b"\n")), has_zero)


def split_part(part: CsvFile, keep_rejected: Callable[[list[Rejected]], None]) -> CsvFile:
    """Split a part into sound and rejected records, in the encoding that its whole content speaks for."""
    if part.encoding == Encoding(UTF8):  # so far only the first bytes were looked at
        encoding = judge(part.path)
        if encoding.name != UTF8:
            delivered = Delivered(part.name, part.delivered, part.origin)
            part = open_part(delivered, part.work, part.known, encoding)
        else:
            part = replace(part, encoding=encoding)
    part.work.mkdir(parents=True, exist_ok=True)
    clean = part.work / "clean.csv"
    path = _copy_of_own(part)
    return replace(part, clean=clean, split=split_records(path, part.header, clean, keep_rejected))


def _copy_of_own(part: CsvFile) -> Path:
    """The file, or a copy where somebody else could make it shorter: a file that is mapped into memory must not become so."""
    if not part.path.samefile(part.origin):
        return part.path
    return Path(shutil.copyfile(part.path, part.work / "copy.csv"))


def read_csv(part: CsvFile) -> str:
    """The SQL of a table function that reads a part: columns ``c0``, ``c1`` ... as text, nothing left to be guessed.

    A record that DuckDB cannot read ends the query with an error. Its own collecting of rejected records is not used:
    it waits for ever on a quoted field over several of its buffers (1.5.6), and counts wrong behind one.
    """
    path, longest = (part.clean, part.split.longest) if part.clean and part.split else (part.path, 0)
    columns = ", ".join(f"'c{number}': 'VARCHAR'" for number in range(len(part.header.names)))
    options = [
        literal(str(path.absolute())),
        f"columns = {{{columns}}}",
        "auto_detect = false",
        "hive_partitioning = false",
        f"header = {part.clean is None}",
        f"delim = {literal(part.header.delimiter)}",
        f"quote = {literal(part.header.dialect.quote.decode())}",
        f"escape = {literal(part.header.dialect.quote.decode())}",
        "comment = ''",
        "strict_mode = true",
        f"new_line = '{part.header.newline if part.clean is None else LF}'",
        "encoding = 'utf-8'",
        "compression = 'none'",
        f"max_line_size = {max(DUCKDB_LINE_LIMIT, longest + 1024)}",
    ]
    return f"read_csv({', '.join(options)})"


def _line_break(path: Path, encoding: Encoding) -> bytes:
    """What ends the lines of a file: LF, with or without CR before it; CR alone; or CR twice, as text that was turned into CRLF once too often."""
    with path.open("rb") as file:
        head = file.read(BLOCK)
    if encoding.is_wide:
        head = head.replace(b"\0", b"")
    if b"\n" not in head:
        return b"\r" if b"\r" in head else b"\n"
    return TWICE if head[: head.index(b"\n") + 1].endswith(TWICE) else b"\n"
