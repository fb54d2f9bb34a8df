"""How an extract was read, and the facts of the log in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from logsyn.expectations.text import Text
from logsyn.validator.record.base import Count, Record
from logsyn.validator.record.place import Place

if TYPE_CHECKING:
    from collections.abc import Iterable

InputKind = Literal["csv", "workbook", "parquet", "json-lines", "xes", "ocel", "database", "frame"]
"""What an input is. Only ``csv`` is read in this version."""


class Input(Record):
    """One file of the extract. ``rows_in_file = rows_loaded + rows_rejected``; blank lines, and lines above the header, are not rows.

    Both are None where they would tell of a small group that a scope or a remedy left out; then they are in ``accounts.json`` of the confidential
    part. ``file`` is its name, without the folder. ``place`` is the part of it that was read, such as a sheet; None: all of it.
    ``encoding`` and ``delimiter`` are None of what is no text.
    """

    kind: InputKind = "csv"
    file: str
    place: Place | None = None
    sha256: str
    rows_in_file: Count | None
    rows_loaded: Count | None
    rows_rejected: Count
    blank_lines: Count = 0
    preamble_lines: Count = 0
    encoding: str | None = None
    delimiter: str | None = None


def rows_in(inputs: Iterable[Input], of: Literal["rows_in_file", "rows_loaded"]) -> int | None:
    """The rows of all files together; None where they are not told."""
    known = [getattr(one, of) for one in inputs]
    return None if None in known else sum(known)


class Column(Record):
    """One column of the extract and what the audit took it for.

    ``name`` is the column in ``events``; ``header`` its text in the file. ``mapped_by``: ``profile`` (named there),
    ``synonym`` (recognised from the header), ``kept`` (not canonical, kept under its own name).
    ``formats``: strptime formats and how many values each read, for times; None where only a part of these rows was audited. ``day_month``: how their order was decided.
    ``persons``: whom the values name, by the header of a kept column or by what they look like.
    """

    name: str
    header: str
    mapped_by: Literal["profile", "synonym", "kept"]
    kind: Literal["text", "category", "time"]
    filled: Count
    missing: Count
    unparseable: Count = 0
    distinct: Count | None = None
    formats: dict[str, Count | None] = {}
    day_month: Literal["given", "evidence", "undecidable", "not_applicable"] | None = None
    without_time_of_day: Count | None = None
    persons: Literal["employees", "citizens"] | None = None


class Extract(Record):
    """How the extract was read: profile, zone, columns, and remarks that every reader should know."""

    source: str
    timezone: str
    columns: list[Column]
    remarks: list[Text] = []


class CaseDuration(Record):
    """Seconds from first to last event over all cases that have a time. ``min`` and ``max``, of one case each, stand in records of earlier versions only."""

    min: float | None = None
    median: float | None
    mean: float | None
    max: float | None = None


class LogFacts(Record):
    """The log as it was loaded. ``start`` and ``end`` are local ISO dates: five cases or more begin by ``start``, and end on ``end`` or later.

    ``typical_start`` and ``typical_end`` are the local ISO dates between which 98 % of the events lie, as far as five cases reach. All
    are None of fewer cases. Records of earlier versions have the times of the first and last event as ``start`` and ``end``.
    """

    cases: Count
    variants: Count
    events: Count
    activities: Count
    start: str | None
    end: str | None
    typical_start: str | None = None
    typical_end: str | None = None
    case_duration_seconds: CaseDuration
