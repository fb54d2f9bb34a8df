"""The header of a CSV file: its delimiter, its names, and where the records begin."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from validator.errors import ExtractError
from validator.reading.grammar import Grammar, Record, unquoted

if TYPE_CHECKING:
    from pathlib import Path

HEAD = 1 << 20
DELIMITERS = {b";": "semicolon", b",": "comma", b"\t": "tab", b"|": "bar"}
_TRIED = "semicolon, comma, tab and bar"
_LOOK_AT = 100
_SEPARATOR_LINE = re.compile(rb'"?sep=([;,\t|])"?[ ;,\t|]*\r?\n', re.IGNORECASE)


@dataclass(frozen=True)
class Header:
    """The header of a file, and what stands before it.

    ``names`` as they stand in the file; ``end``: byte at which records begin; ``lines``: lines before that, of which
    ``blank_lines`` are blank; ``newline``: its line break, as DuckDB wants it written.
    """

    names: tuple[str, ...]
    delimiter: str
    end: int
    lines: int
    blank_lines: int
    newline: str = "\\n"

    @property
    def is_first_line(self) -> bool:
        """Whether the header is just the first line of the file, as in most files."""
        return self.lines == 1


def read_header(path: Path, start: int, name: str) -> Header:
    """The header of a UTF-8 file whose text begins at byte ``start``.

    Raises:
        ExtractError: no header, a broken one, or one column only.
    """
    with path.open("rb") as file:
        file.seek(start)
        head = file.read(HEAD)
    at, blank_lines = _skip_blank(head, 0)
    separator = _SEPARATOR_LINE.match(head, at)
    if separator:
        at, more_blank = _skip_blank(head, separator.end())
        blank_lines += more_blank
    if at >= len(head):
        raise ExtractError(f"{name}: nothing but blank lines", "Ask for the extract once more.")
    delimiter = separator[1] if separator else _delimiter(head, at, name)
    grammar = Grammar(delimiter)
    record = grammar.walk(head, at)
    _refuse_broken(record, head, name, 1 + head.count(b"\n", 0, at))
    return Header(
        names=tuple(unquoted(field).decode("utf-8", "replace") for field in _fields(grammar, head, record)),
        delimiter=delimiter.decode(),
        end=start + record.end,
        lines=head.count(b"\n", 0, record.end) + (not head[: record.end].endswith(b"\n")),
        blank_lines=blank_lines,
        newline="\\r\\n" if head[: record.end].endswith(b"\r\n") else "\\n",
    )


def _skip_blank(head: bytes, at: int) -> tuple[int, int]:
    lines = 0
    blank = Grammar(b";").blank
    while at < len(head) and (match := blank.match(head, at)):
        at, lines = match.end(), lines + 1
    return at, lines


def _delimiter(head: bytes, at: int, name: str) -> bytes:
    """The delimiter of which the records have as many as the header; of those, the one that makes most columns."""
    scores = {delimiter: _score(head, at, delimiter) for delimiter in DELIMITERS}
    delimiter, (_, fields) = max(scores.items(), key=lambda item: item[1])
    if fields == 1:
        _refuse_broken(Grammar(delimiter).walk(head, at), head, name, 1 + head.count(b"\n", 0, at))
        line = head[at : at + 200].split(b"\n")[0].decode("utf-8", "replace").strip()
        raise ExtractError(
            f"{name}: only one column was found (header: {line!r}; tried {_TRIED})",
            "An event log needs case, activity and time in columns of their own. Export it with ; between the columns.",
        )
    return delimiter


def _score(head: bytes, at: int, delimiter: bytes) -> tuple[float, int]:
    grammar = Grammar(delimiter)
    first = grammar.walk(head, at)
    if first.fields == 1:
        return (0.0, 1)
    counts: list[int] = []
    at = first.end
    while at < len(head) and len(counts) < _LOOK_AT:
        record = grammar.walk(head, at)
        at = record.end
        if at < len(head) or not counts:
            counts.append(record.fields)
    return (1.0 if not counts else round(counts.count(first.fields) / len(counts), 1) + 0.01, first.fields)


def _fields(grammar: Grammar, head: bytes, record: Record) -> list[bytes]:
    found, at = [], record.start
    for _ in range(record.fields):
        match = grammar.field.match(head, at)
        if match is None:
            break
        found.append(match[0])
        at = match.end() + 1
    return found


def _refuse_broken(record: Record, head: bytes, name: str, line: int) -> None:
    if record.fault in {"unclosed_quote", "other"}:
        raise ExtractError(
            f"{name}, line {line}: the header cannot be read ({record.detail})", "Mend the quotes in the header."
        )
    if b"\0" in head[record.start : record.end]:
        raise ExtractError(f"{name}, line {line}: the header has zero bytes in it", "Is it a text file?")
    if record.end >= HEAD and len(head) >= HEAD:
        raise ExtractError(f"{name}, line {line}: the header is longer than {HEAD:,} bytes", "Is it a CSV file?")
