"""The columns of the exported files: header, where each comes from, how its cells are made, in the order of the files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from logsyn.validator.database.sql import identifier, literal
from logsyn.validator.findings.persons import names_persons
from logsyn.validator.handing_on import headers
from logsyn.validator.handing_on.choice import is_time
from logsyn.validator.handing_on.clock_gaps import put_right
from logsyn.validator.personal.in_sql import sql_of_masked

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from logsyn.validator.handing_on.clock_gaps import ClockGap
    from logsyn.validator.handing_on.targets import Target
    from logsyn.validator.record import Column

UNKNOWN = "ukendt"
"""What stands in a cell that a tool has mapped and the log has not filled: a word that source profiles read as missing."""

Kind = Literal["text", "time", "order"]
Treatment = Literal["as_read", "pseudonym", "masked", "computed"]


@dataclass(frozen=True)
class Field:
    """One column of the files.

    ``name``: in ``outgoing``; ``source``: the column of ``rows`` (None: computed); ``cell``: SQL of its value over ``rows``;
    ``fills``: what the log has not is put in; ``set_apart``: cells that look like times begin with a space, so that a tool
    that guesses does not take them for times.
    """

    header: str
    name: str
    source: Column | None
    kind: Kind
    cell: str
    treatment: Treatment = "as_read"
    fills: bool = False
    set_apart: bool = False


@dataclass(frozen=True)
class Treated:
    """What is done to columns by name: masked ones (and those of them that need it), tables of pseudonyms, gaps hit by times, times that look like ones."""

    masked: frozenset[str]
    with_numbers: frozenset[str]
    pseudonyms: Mapping[str, str]
    gaps: Mapping[str, Sequence[ClockGap]]
    time_like: frozenset[str]


def lay_out(chosen: Sequence[Column], target: Target, treated: Treated) -> list[Field]:
    """The fields of the files in their order: mapped ones, the order of events, canonical attributes, the others."""
    by_name = {column.name: column for column in chosen if column.mapped_by != "kept"}
    times = _times(by_name, target, treated)
    mapped = [_case(by_name["case_id"], treated), _text(headers.ACTIVITY, by_name["activity"], target, treated), *times]
    for name, header in (("resource", headers.RESOURCE), ("team", headers.ROLE)):
        if name in by_name:
            mapped.append(_text(header, by_name[name], target, treated, must_be_filled=target.fills_mapped))
    order = Field(headers.ORDER, "event_order", None, "order", "", "computed")
    attributes = [
        _attribute(header, by_name[name], target, treated)
        for name, header in headers.ATTRIBUTES.items()
        if name in by_name
    ]
    kept = [column for column in chosen if column.mapped_by == "kept"]
    form = "{}_{}" if target.suffix == "xes.gz" else "{} ({})"
    own = headers.unique((_own_header(column.header, target) for column in kept), headers.FIXED, form)
    return [
        *mapped,
        order,
        *attributes,
        *(_attribute(header, column, target, treated) for header, column in zip(own, kept, strict=True)),
    ]


def has_end(fields: Sequence[Field]) -> bool:
    """Whether the log has two times per event."""
    return {"start_at", "end_at"} <= {field.name for field in fields}


def time_column(fields: Sequence[Field]) -> Field:
    """The field with the time of the event, by which rows are sorted."""
    return next(field for field in fields if field.source is not None and field.source.name == "timestamp")


def _case(column: Column, treated: Treated) -> Field:
    treatment: Treatment = "pseudonym" if "case_id" in treated.pseudonyms else "as_read"
    return Field(headers.CASE, "case_label", column, "text", "outgoing_cases.label", treatment)


def _times(by_name: Mapping[str, Column], target: Target, treated: Treated) -> list[Field]:
    start = by_name["timestamp"]
    cell = put_right("rows.timestamp", treated.gaps.get("timestamp", ()))
    if "end_timestamp" not in by_name:
        header, name = (headers.START, "start_at") if target.single_time == "start" else (headers.END, "end_at")
        return [Field(header, name, start, "time", cell)]
    end = by_name["end_timestamp"]
    at_end = put_right("rows.end_timestamp", treated.gaps.get("end_timestamp", ()))
    blank = target.fills_mapped and end.filled - end.unparseable < end.filled + end.missing
    return [
        Field(headers.START, "start_at", start, "time", cell),
        Field(headers.END, "end_at", end, "time", f"coalesce({at_end}, {cell})" if blank else at_end, fills=blank),
    ]


def _text(header: str, column: Column, target: Target, treated: Treated, *, must_be_filled: bool = False) -> Field:
    cell, treatment = _treated_text(column, treated)
    set_apart = target.guesses and column.name in treated.time_like
    fills = must_be_filled and column.missing > 0
    if fills:
        cell = f"coalesce({cell}::VARCHAR, {literal(UNKNOWN)})"
    return Field(header, f"c_{column.name}", column, "text", cell, treatment, fills, set_apart)


def _attribute(header: str, column: Column, target: Target, treated: Treated) -> Field:
    if not is_time(column):
        return _text(header, column, target, treated)
    blank = column.missing + column.unparseable > 0
    cell = put_right(f"rows.{identifier(column.name)}", treated.gaps.get(column.name, ()))
    return Field(header, f"c_{column.name}", column, "time", cell, set_apart=target.guesses and blank)


def _treated_text(column: Column, treated: Treated) -> tuple[str, Treatment]:
    if column.name in treated.pseudonyms:
        return f"{identifier(treated.pseudonyms[column.name])}.label", "pseudonym"
    cell = f"rows.{identifier(column.name)}"
    if column.name in treated.masked:
        return sql_of_masked(f"{cell}::VARCHAR") if column.name in treated.with_numbers else cell, "masked"
    return cell, "as_read"


def _own_header(header: str, target: Target) -> str:
    if target.suffix == "xes.gz":
        return headers.xes_key(header)
    clean = headers.without_separators(header)
    return headers.not_to_be_guessed(clean) if target.guesses else clean


def person_columns(chosen: Sequence[Column]) -> list[Column]:
    """The chosen columns that hold employees."""
    return [column for column in chosen if names_persons(column)]
