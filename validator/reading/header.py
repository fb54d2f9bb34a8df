"""The header of a CSV file: its dialect, its names, and where the records begin."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from logsyn.validator.errors import ExtractError
from logsyn.validator.reading.beginning import (
    HEAD,
    fields_of,
    looks_like_a_record,
    looks_like_a_title,
    records_below,
    skip_blank,
)
from logsyn.validator.reading.dialect import Dialect
from logsyn.validator.reading.grammar import Grammar
from logsyn.validator.reading.quoting import find_quoting

if TYPE_CHECKING:
    from pathlib import Path

    from logsyn.validator.reading.beginning import KnownHeaders
    from logsyn.validator.reading.grammar import CsvRecord

_TRIED = "semicolon, comma, tab, bar, and others where every line has as many"
_PADDED_RECORDS = 100
_LONGEST_SHOWN = 60
_MOST_WORDS = 3
_SEPARATOR_LINE = re.compile(rb'"?sep=([;,\t|])"?[ ;,\t|]*\r?\n', re.IGNORECASE)


@dataclass(frozen=True)
class Header:
    """The header of a file, and what stands before it.

    ``names`` as they stand in the file; ``end``: byte at which records begin; ``lines``: lines before that, of which
    ``blank_lines`` are blank and ``preamble_lines`` stand above the header without belonging to it; ``newline``: its line
    break, as DuckDB wants it written; ``is_padded``: spaces around values belong to the delimiter; ``is_like_a_record``: it holds what
    looks like values, which no message may show.
    """

    names: tuple[str, ...]
    dialect: Dialect
    end: int
    lines: int
    blank_lines: int
    preamble_lines: int = 0
    newline: str = "\\n"
    is_padded: bool = False
    is_like_a_record: bool = False

    @property
    def delimiter(self) -> str:
        """What stands between fields."""
        return self.dialect.delimiter.decode()

    @property
    def is_first_line(self) -> bool:
        """Whether the header is just the first line of the file, as in most files."""
        return self.lines == 1

    @property
    def needs_splitting(self) -> bool:
        """Whether the header shows that DuckDB cannot read the file as it is."""
        return not self.is_first_line or not self.dialect.is_plain


def read_header(path: Path, start: int, name: str, known: KnownHeaders) -> Header:
    """The header of a UTF-8 file whose text begins at byte ``start``.

    Args:
        path: the file.
        start: where its text begins.
        name: what messages call it.
        known: the headers by which the required columns are known, in loose form.

    Raises:
        ExtractError: no header, a broken one, or one column only.
    """
    with path.open("rb") as file:
        file.seek(start)
        head = file.read(HEAD)
    at, blank_lines = skip_blank(head, 0)
    separator = _SEPARATOR_LINE.match(head, at)
    if separator:
        at, more_blank = skip_blank(head, separator.end())
        blank_lines += more_blank
    at, more_blank = skip_blank(head, _behind_marks(head, at))
    blank_lines += more_blank
    if at >= len(head):
        raise ExtractError(f"{name}: nothing but blank lines", "Ask for the extract once more.")
    found = find_quoting(head, at, known, (separator[1],) if separator else ())
    begin = _behind_marks(head, found.start)
    grammar = Grammar(found.dialect)
    record = grammar.walk(head, begin)
    _refuse_broken(record, head, name, _line(head, begin))
    if found.fields == 1 and not separator:
        raise _one_column(head, begin, name)
    fields = fields_of(head, record, grammar)
    padded = _is_padded(head, record, Grammar(found.dialect, record.fields))
    texts = [grammar.text(field).decode("utf-8", "replace") for field in fields]
    return Header(
        names=tuple(text.strip(" ") if padded else text for text in texts),
        dialect=replace(found.dialect, closes_at_end=False),
        end=start + record.end,
        lines=head.count(b"\n", 0, record.end) + (not head[: record.end].endswith(b"\n")),
        blank_lines=blank_lines + found.blank_lines,
        preamble_lines=found.preamble_lines + bool(separator),
        newline="\\r\\n" if head[: record.end].endswith(b"\r\n") else "\\n",
        is_padded=padded,
        is_like_a_record=looks_like_a_record(head, record, grammar),
    )


def _behind_marks(head: bytes, at: int) -> int:
    """Behind byte-order marks that stand where a line begins, as in files that were put together from others."""
    while head.startswith(codecs.BOM_UTF8, at):
        at += len(codecs.BOM_UTF8)
    return at


def _is_padded(head: bytes, header: CsvRecord, grammar: Grammar) -> bool:
    """Whether every value behind the first of its record, in the header and below it, begins with a space or is blank."""
    if header.fields == 1 or b" " in grammar.dialect.delimiter:
        return False
    padded = 0
    for record in records_below(head, header.start, grammar, _PADDED_RECORDS):
        rest = fields_of(head, record, grammar)[1:]
        if any(field and not field.startswith(b" ") for field in rest):
            return False
        padded += sum(bool(field.strip()) for field in rest)
    return padded > header.fields - 1


def _line(head: bytes, at: int) -> int:
    return 1 + head.count(b"\n", 0, at)


def _one_column(head: bytes, at: int, name: str) -> ExtractError:
    line = head[at:].split(b"\n", 1)[0].decode("utf-8", "replace").strip()
    said = f"header: {line!r}" if _may_be_shown(line) else f"line {_line(head, at)} has {len(line):,} characters"
    found = f"{name}: only one column was found ({said}; tried {_TRIED})"
    below = looks_like_a_title(head, at)
    if below:
        return ExtractError(
            found,
            f"The lines below line {_line(head, at)} have {below} columns, but none of the first of them looks like a header."
            " Put the names of the columns in the first line, and nothing above it.",
        )
    if _has_spaces_between(head, at):
        return ExtractError(
            found,
            "If a space stands between the columns, then values that hold spaces must stand in quotes: the lines have"
            " not all as many as the header. Export it with ; between the columns.",
        )
    return ExtractError(
        found,
        "An event log needs case, activity and time in columns of their own. Export it with ; between the columns.",
    )


def _may_be_shown(line: str) -> bool:
    """Whether a line is a header at a glance; any other may be the first record of a file that has none."""
    few = len(line) <= _LONGEST_SHOWN and len(line.split()) <= _MOST_WORDS
    return few and "@" not in line and not any(sign.isdigit() for sign in line)


def _has_spaces_between(head: bytes, at: int) -> bool:
    return Grammar(Dialect(b" ")).walk(head, at).fields > 2


def _refuse_broken(record: CsvRecord, head: bytes, name: str, line: int) -> None:
    if record.fault in {"unclosed_quote", "other"}:
        hint = "Mend the quotes in the header."
        if "carriage return" in record.detail:
            hint = "Save the file with one kind of line break."
        raise ExtractError(f"{name}, line {line}: the header cannot be read ({record.detail})", hint)
    if b"\0" in head[record.start : record.end]:
        raise ExtractError(f"{name}, line {line}: the header has zero bytes in it", "Is it a text file?")
    if record.end >= HEAD and len(head) >= HEAD:
        raise ExtractError(f"{name}, line {line}: the header is longer than {HEAD:,} bytes", "Is it a CSV file?")
