"""Owns how the reading of the extract is shown: the account of rows per file, and what each column was taken for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from logsyn.reports import names
from logsyn.reports.figures import NOTHING
from logsyn.reports.views.page import largest
from logsyn.validator.record import rows_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from logsyn.reports.wording import Wording
    from logsyn.validator.record import Column, Input

NAMED_DELIMITERS = {"\t": "Tab", " ": "␣"}


@dataclass(frozen=True)
class InputRow:
    """One file, or all of them: ``in_file = loaded + rejected``; blank lines, and lines above the header, are not rows."""

    file: str
    sha256: str
    encoding: str
    delimiter: str
    in_file: str
    loaded: str
    rejected: str
    preamble: str
    blank: str


@dataclass(frozen=True)
class FormatUse:
    """One way in which the times of a column are written, and how many are."""

    pattern: str
    count: str


@dataclass(frozen=True)
class ColumnReading:
    """One column of the extract."""

    header: str
    name: str
    mapped_by: str
    kind: str
    filled: str
    missing: str
    missing_share: str
    unparseable: str
    distinct: str
    formats: tuple[FormatUse, ...]
    day_month: str
    without_time_of_day: str


def input_rows(inputs: Sequence[Input], wording: Wording) -> tuple[InputRow, ...]:
    """The files of the extract, the largest when there are many."""
    return tuple(
        InputRow(
            file=file.file,
            sha256=file.sha256,
            encoding=file.encoding or NOTHING,
            delimiter=NAMED_DELIMITERS.get(file.delimiter or "", file.delimiter or NOTHING),
            in_file=wording.number(file.rows_in_file),
            loaded=wording.number(file.rows_loaded),
            rejected=wording.number(file.rows_rejected),
            preamble=wording.number(file.preamble_lines),
            blank=wording.number(file.blank_lines),
        )
        for file in largest(inputs, lambda file: file.rows_in_file or 0)
    )


def input_total(inputs: Sequence[Input], wording: Wording) -> InputRow:
    """All files together."""
    return InputRow(
        file=wording.files(len(inputs)),
        sha256="",
        encoding="",
        delimiter="",
        in_file=wording.number(rows_in(inputs, "rows_in_file")),
        loaded=wording.number(rows_in(inputs, "rows_loaded")),
        rejected=wording.number(sum(file.rows_rejected for file in inputs)),
        preamble=wording.number(sum(file.preamble_lines for file in inputs)),
        blank=wording.number(sum(file.blank_lines for file in inputs)),
    )


def column_rows(columns: Sequence[Column], wording: Wording) -> tuple[ColumnReading, ...]:
    """The columns, in the order of the extract."""
    return tuple(_column(column, wording) for column in columns)


def _column(column: Column, wording: Wording) -> ColumnReading:
    return ColumnReading(
        header=column.header,
        name=column.name,
        mapped_by=wording.name(names.MAPPED_BY, column.mapped_by),
        kind=wording.name(names.KINDS, column.kind),
        filled=wording.number(column.filled),
        missing=wording.number(column.missing),
        missing_share=wording.share(column.missing, column.filled + column.missing),
        unparseable=wording.number(column.unparseable) if column.kind == "time" else NOTHING,
        distinct=wording.number(column.distinct),
        formats=tuple(FormatUse(pattern, wording.number(count)) for pattern, count in column.formats.items()),
        day_month=wording.name(names.DAY_MONTH, column.day_month) if column.day_month else "",
        without_time_of_day=wording.number(column.without_time_of_day) if column.without_time_of_day else "",
    )
