"""Splits a file that is not plain into its records: a clean copy for DuckDB, the line of every record, and the rejected ones.

Used only when a file is not one record a line throughout. Runs of plain lines are matched and copied at once; what stands
between them is looked at one by one.
"""

from __future__ import annotations

import mmap
from array import array
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, NamedTuple

import numpy as np

from validator.reading.grammar import Grammar, Record

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from validator.reading.grammar import Reason
    from validator.reading.header import Header

RECORD_LIMIT = 1 << 25
"""Bytes of the longest record that is read; a longer one is rejected."""

RAW_LIMIT = 1 << 15
"""Bytes of a rejected record that are kept."""

_WINDOW = 1 << 23
_SMALL_WINDOW = 1 << 15
_FORGET_EVERY = 1 << 26
_REJECTED_AT_ONCE = 50_000


class Rejected(NamedTuple):
    """A record that is no row: its first line, how many lines it takes, why, and its text."""

    line: int
    lines: int
    reason: str
    raw: str


@dataclass
class Split:
    """What came of splitting.

    ``run_starts`` and ``run_lengths``: first line and number of the records that begin on consecutive lines.
    ``longest``: bytes of the longest sound record.
    """

    records: int = 0
    rejected: int = 0
    blank_lines: int = 0
    lines: int = 0
    lines_of_records: int = 0
    lines_of_rejected: int = 0
    longest: int = 0
    longest_swallow: Rejected | None = None
    run_starts: array[int] = field(default_factory=lambda: array("q"))
    run_lengths: array[int] = field(default_factory=lambda: array("q"))


def split_records(
    path: Path, header: Header, clean: Path, keep_rejected: Callable[[list[Rejected]], None]
) -> Split:
    """Write the sound records of a UTF-8 file to ``clean``, and hand over the others.

    Args:
        path: a UTF-8 file whose lines end with LF or CRLF.
        header: its header; records begin behind it.
        clean: where the records go, without header and with LF at the end of each.
        keep_rejected: is given the rejected records, some ten thousand at a time.
    """
    with path.open("rb") as file, clean.open("wb") as target:
        if path.stat().st_size == 0:
            return Split()
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as text:
            splitter = _Splitter(text, header, target, keep_rejected)
            return splitter.split()


class _Splitter:
    """The state of splitting one file: where it stands, in bytes and lines."""

    def __init__(
        self, text: mmap.mmap, header: Header, target: IO[bytes], keep_rejected: Callable[[list[Rejected]], None]
    ) -> None:
        self.text = text
        self.grammar = Grammar(header.delimiter.encode(), len(header.names))
        self.target = target
        self.keep_rejected = keep_rejected
        self.at = header.end
        self.line = header.lines + 1
        self.forgotten = 0
        self.pending: list[Rejected] = []
        self.done = Split(blank_lines=header.blank_lines)

    def split(self) -> Split:
        window = _WINDOW
        while self.at < len(self.text):
            before = self.at
            sound = self._take_run(min(before + window, len(self.text)))
            if self.at == before:
                self._take_one()
            window = min(2 * window, _WINDOW) if sound else _SMALL_WINDOW
            self._forget()
        self.keep_rejected(self.pending)
        self.done.lines = self.line - 1
        return self.done

    def _take_run(self, end: int) -> bool:
        """Copy the plain lines that follow, up to bytes that are no text; whether nothing but plain lines was met."""
        match = self.grammar.run.match(self.text, self.at, end)
        if match is None or match.end() == self.at:
            return False
        stop, plain = match.end(), match[0]
        broken = _first_broken(plain)
        if broken is not None:
            stop = self.at + plain.rfind(b"\n", 0, broken) + 1
            plain = plain[: stop - self.at]
        if plain:
            breaks = np.flatnonzero(np.frombuffer(plain, dtype=np.uint8) == ord("\n"))
            self.done.longest = max(self.done.longest, int(np.diff(breaks, prepend=-1).max()))
            self._keep(plain.replace(b"\r\n", b"\n"), len(breaks), len(breaks))
            self.at = stop
        if broken is not None:
            self._reject(self.grammar.walk(self.text, stop), "bad_bytes", "no UTF-8, or a zero byte")
        return broken is None and stop > end - _SMALL_WINDOW

    def _take_one(self) -> None:
        """Take the record here: one over several lines, the last one, a blank line, or a broken one."""
        blank = self.grammar.blank.match(self.text, self.at)
        if blank:
            self.done.blank_lines += 1
            self.line += 1
            self.at = blank.end()
            return
        match = self.grammar.record.match(self.text, self.at)
        if match is None:
            record = self.grammar.walk(self.text, self.at)
            self._reject(record, record.fault or "other", record.detail)
        elif match.end() - self.at > RECORD_LIMIT:
            record = Record(self.at, match.end(), self.grammar.fields)
            self._reject(record, "other", f"longer than {RECORD_LIMIT:,} bytes")
        elif _first_broken(match[0]) is not None:
            self._reject(Record(self.at, match.end(), self.grammar.fields), "bad_bytes", "no UTF-8, or a zero byte")
        else:
            whole = match[0]
            self.done.longest = max(self.done.longest, len(whole))
            self._keep(whole.removesuffix(b"\n").removesuffix(b"\r") + b"\n", 1, _lines(whole))
            self.at = match.end()

    def _keep(self, clean: bytes, records: int, lines: int) -> None:
        self.target.write(clean)
        starts, lengths = self.done.run_starts, self.done.run_lengths
        if starts and starts[-1] + lengths[-1] == self.line:
            lengths[-1] += records
        else:
            starts.append(self.line)
            lengths.append(records)
        if records != lines:  # the record behind one of several lines begins further down
            starts.append(self.line + lines)
            lengths.append(0)
        self.done.records += records
        self.done.lines_of_records += lines
        self.line += lines

    def _reject(self, record: Record, reason: Reason, detail: str) -> None:
        lines = _lines(self.text, record.start, record.end)
        raw = self.text[record.start : min(record.end, record.start + RAW_LIMIT)]
        swallowed = f", {lines - 1} more lines belong to it" if lines > 1 and reason == "unclosed_quote" else ""
        rejected = Rejected(self.line, lines, f"{reason}: {detail}{swallowed}", _readable(raw))
        longest = self.done.longest_swallow
        if reason == "unclosed_quote" and lines > (longest.lines if longest else 1):
            self.done.longest_swallow = rejected
        self.pending.append(rejected)
        if len(self.pending) >= _REJECTED_AT_ONCE:
            self.keep_rejected(self.pending)
            self.pending = []
        self.done.rejected += 1
        self.done.lines_of_rejected += lines
        self.line += lines
        self.at = record.end

    def _forget(self) -> None:
        """Let go of the pages that were read, so that memory stays small whatever the size of the file."""
        if self.at - self.forgotten > _FORGET_EVERY and hasattr(mmap, "MADV_DONTNEED"):
            page = self.at // mmap.PAGESIZE * mmap.PAGESIZE
            self.text.madvise(mmap.MADV_DONTNEED, 0, page)
            self.forgotten = self.at


def _first_broken(text: bytes) -> int | None:
    """Where the first zero byte or the first byte that is no UTF-8 stands."""
    zero = text.find(b"\0")
    try:
        text.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start if zero < 0 else min(zero, error.start)
    return zero if zero >= 0 else None


def _lines(text: bytes | mmap.mmap, start: int = 0, end: int | None = None) -> int:
    """Physical lines of a stretch; the last one may lack its line break."""
    end = len(text) if end is None else end
    breaks, at = 0, text.find(b"\n", start, end)
    while at >= 0:
        breaks, at = breaks + 1, text.find(b"\n", at + 1, end)
    return breaks + (text[end - 1 : end] != b"\n")


def _readable(raw: bytes) -> str:
    return raw.decode("utf-8", "replace").replace("\0", "\ufffd").removesuffix("\n").removesuffix("\r")
