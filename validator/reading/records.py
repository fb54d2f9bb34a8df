"""Splits a file that is not plain: a clean copy for DuckDB, the line of every record, and the rejected records.

Used only when DuckDB does not read a file as it is, or its rows and lines do not add up. Runs of sound records are
matched and copied at once; what stands between them is looked at one by one.
"""

from __future__ import annotations

import mmap
from array import array
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, NamedTuple

import numpy as np

from logsyn.validator.reading.grammar import BLANK, CsvRecord, Grammar

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from logsyn.validator.reading.grammar import Reason
    from logsyn.validator.reading.header import Header

RECORD_LIMIT = 1 << 25
"""Bytes of the longest record that is read; a longer one is rejected."""

RAW_LIMIT = 1 << 15
"""Bytes of a rejected record that are kept."""

_WINDOW = 1 << 23
_SMALL_WINDOW = 1 << 15
_SMALL_RUN = 1 << 11
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
    """The result of splitting a file.

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


def split_records(path: Path, header: Header, clean: Path, keep_rejected: Callable[[list[Rejected]], None]) -> Split:
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


class _Run:
    """Tidy records that follow each other: each ends at a line break with an even number of quotes before it."""

    def __init__(self, text: bytes) -> None:
        self.text = text
        self.values = np.frombuffer(text, dtype=np.uint8)
        self.breaks = np.flatnonzero(self.values == ord("\n"))
        quotes = np.flatnonzero(self.values == ord('"'))
        self.last_of_record = np.flatnonzero(np.searchsorted(quotes, self.breaks) % 2 == 0)
        self.ends = self.breaks[self.last_of_record]

    def before(self, place: int) -> bytes:
        """The records that end before a place."""
        count = int(np.searchsorted(self.ends, place))
        return self.text[: self.ends[count - 1] + 1] if count else b""

    def first_lines(self) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        """On which line of the run each record begins, from 0."""
        return np.concatenate(([0], self.last_of_record[:-1] + 1)).astype(np.int64)

    def longest(self) -> int:
        """Bytes of the longest record."""
        return int(np.diff(self.ends, prepend=-1).max())

    def clean(self) -> bytes:
        """The records with LF at the end of each, and the line breaks in quotes as they are."""
        if b"\r" not in self.text:
            return self.text
        keep = np.ones(len(self.text), dtype=bool)
        before = self.ends[self.ends > 0] - 1
        keep[before[self.values[before] == ord("\r")]] = False
        return self.values[keep].tobytes()


class _Splitter:
    """The state of splitting one file: where it stands, in bytes and lines."""

    def __init__(
        self, text: mmap.mmap, header: Header, target: IO[bytes], keep_rejected: Callable[[list[Rejected]], None]
    ) -> None:
        self.text = text
        self.grammar = Grammar(header.dialect, len(header.names))
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
            end = min(self.at + window, len(self.text))
            before = self.at
            sound = (not self.grammar.dialect.is_plain or self._take_run(end)) and self._take_lines(end)
            if self.at == before:
                self._take_one()
            # Bytes that are no text make a whole window be looked at: a big one must not be looked at for each of them.
            window = min(2 * window, _WINDOW) if sound else _SMALL_WINDOW
            self._forget()
        self.keep_rejected(self.pending)
        self.done.lines = self.line - 1
        return self.done

    def _take_run(self, end: int) -> bool:
        """Copy the tidy records that follow, up to bytes that are no text; whether there were none of these."""
        match = self.grammar.run.match(self.text, self.at, end)
        text = match[0] if match else b""
        broken = _first_broken(text)
        if broken is None and len(text) < _SMALL_RUN:
            for record in self.grammar.record.finditer(text):
                self._keep_one(record[0], self.grammar)
            return True
        run = _Run(text)
        if broken is not None:
            text = run.before(broken)
            run = _Run(text)
        if text:
            self._keep_run(run)
        return self._reject_broken(broken)

    def _take_lines(self, end: int) -> bool:
        """The same for records of one line each, in which quotes may stand anywhere."""
        match = self.grammar.line_run.match(self.text, self.at, end)
        text = match[0] if match else b""
        broken = _first_broken(text)
        if broken is not None:
            text = text[: text.rfind(b"\n", 0, broken) + 1]
        count = text.count(b"\n")
        longest = len(text) if len(text) < _SMALL_WINDOW else max(map(len, text.split(b"\n")))
        clean = _requoted(text.replace(b"\r\n", b"\n"), self.grammar)
        self._keep(text, clean, (self.line, count), longest + len(clean) - len(text) + count)
        return self._reject_broken(broken)

    def _reject_broken(self, broken: int | None) -> bool:
        if broken is not None:
            self._reject(self.grammar.walk(self.text, self.at), "bad_bytes", "no UTF-8, or a zero byte")
        return broken is None

    def _take_one(self) -> None:
        """Take the record here: one over several lines, the last one, a blank line, or a broken one."""
        blank = BLANK.match(self.text, self.at)
        if blank:
            self.done.blank_lines += 1
            self.line += 1
            self.at = blank.end()
            return
        grammar = self.grammar
        match = grammar.record.match(self.text, self.at)
        if match is None and self.grammar.forgiving:
            match = self.grammar.forgiving.record.match(self.text, self.at)
            grammar = self.grammar.forgiving
        if match is None:
            record = self.grammar.walk(self.text, self.at)
            self._reject(record, record.fault or "other", record.detail)
        elif match.end() - self.at > RECORD_LIMIT:
            record = CsvRecord(self.at, match.end(), self.grammar.fields)
            self._reject(record, "other", f"longer than {RECORD_LIMIT:,} bytes")
        elif _first_broken(match[0]) is not None:
            self._reject(CsvRecord(self.at, match.end(), self.grammar.fields), "bad_bytes", "no UTF-8, or a zero byte")
        else:
            self._keep_one(match[0], grammar)

    def _keep_one(self, text: bytes, grammar: Grammar) -> None:
        clean = text.removesuffix(b"\n").removesuffix(b"\r") + b"\n" if text.endswith(b"\n") else text + b"\n"
        clean = _requoted(clean, grammar)
        self._keep(text, clean, (self.line, 1), max(len(text), len(clean)))

    def _keep_run(self, run: _Run) -> None:
        firsts = self.line + run.first_lines()
        begins = np.flatnonzero(np.diff(firsts, prepend=firsts[0] - 2) != 1)
        lengths = np.diff(begins, append=len(firsts)).astype(np.int64)
        self.done.run_starts.frombytes(firsts[begins[:-1]].tobytes())
        self.done.run_lengths.frombytes(lengths[:-1].tobytes())
        self.done.records += int(lengths[:-1].sum())
        self._keep(run.text, run.clean(), (int(firsts[begins[-1]]), int(lengths[-1])), run.longest())

    def _keep(self, text: bytes, clean: bytes, last_run: tuple[int, int], longest: int) -> None:
        """Copy sound records; ``last_run``: first line and number of the last ones that begin on consecutive lines."""
        (first, count), lines = last_run, _lines(text)
        starts, lengths = self.done.run_starts, self.done.run_lengths
        if starts and starts[-1] + lengths[-1] == first:
            lengths[-1] += count
        elif count:
            starts.append(first)
            lengths.append(count)
        self.target.write(clean)
        self.done.longest = max(self.done.longest, longest)
        self.done.records += count
        self.done.lines_of_records += lines
        self.line += lines
        self.at += len(text)

    def _reject(self, record: CsvRecord, reason: Reason, detail: str) -> None:
        lines = self._lines_between(record.start, record.end)
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

    def _lines_between(self, start: int, end: int) -> int:
        """Physical lines of a stretch of any length, block by block."""
        breaks = sum(self.text[at : min(at + _WINDOW, end)].count(b"\n") for at in range(start, end, _WINDOW))
        return breaks + (self.text[end - 1 : end] != b"\n")

    def _forget(self) -> None:
        """Let go of the pages that were read, so that memory stays small whatever the size of the file."""
        if self.at - self.forgotten > _FORGET_EVERY and hasattr(mmap, "MADV_DONTNEED"):
            page = self.at // mmap.PAGESIZE * mmap.PAGESIZE
            self.text.madvise(mmap.MADV_DONTNEED, 0, page)
            self.forgotten = self.at


def _requoted(records: bytes, grammar: Grammar) -> bytes:
    return records if grammar.dialect.is_plain else grammar.requoted(records)


def _first_broken(text: bytes) -> int | None:
    """Where the first zero byte or the first byte that is no UTF-8 stands."""
    zero = text.find(b"\0")
    try:
        text.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start if zero < 0 else min(zero, error.start)
    return zero if zero >= 0 else None


def _lines(text: bytes) -> int:
    """Physical lines of a text; the last one may lack its line break."""
    return text.count(b"\n") + (not text.endswith(b"\n") and bool(text))


def _readable(raw: bytes) -> str:
    # 0xff may stand for something else that was no text in another encoding, so that it is not written out.
    text = raw.replace(b"\xff", b"\xef\xbf\xbd").decode("utf-8", "backslashreplace").replace("\0", "\\x00")
    return text.removesuffix("\n").removesuffix("\r")
