"""What was handed on, as a record: the content of ``export.json`` (schema ``logsyn/export/1``) and of the READMEs."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from logsyn.validator.record import Fitness, Input, PersonalData, Record, ScopeAccount


class PassedAudit(Record):
    """The audit that the same files went through before they were handed on. ``remedied``: of what remedies made of them."""

    verdict: Fitness
    suite: str
    as_of: str
    failed: list[str]
    not_evaluated: int
    remedied: str | None = None


class Rows(Record):
    """The account of the rows: ``in_files = unreadable + loaded``, ``loaded - removed_before`` and ``unreadable`` are handed on or left out.

    ``left_out``: by reason; with a scope, ``out_of_scope`` among them. ``removed_before``: by remedies, before the export.
    """

    in_files: int
    unreadable: int
    loaded: int
    removed_before: int
    left_out: dict[str, int]
    handed_on: int


class OutColumn(Record):
    """One column of the files: its header, the column of the extract, what was done to its cells, how many are blank.

    ``set_apart``: cells begin with a space, so that the tool does not take them for times. ``formulas``: cells that a
    spreadsheet would take for formulas. ``personal``: whether it holds personal data; None: of no column of the extract. ``filled``: cells in which something was put because the log has nothing.
    """

    header: str
    extract_header: str | None
    column: str | None
    kind: Literal["text", "time", "order"]
    treatment: Literal["as_read", "pseudonym", "masked", "computed"]
    set_apart: bool
    blank: int
    filled: int = 0
    formulas: int = 0
    personal: PersonalData | None = None


class ColumnLeftOut(Record):
    """A column of the extract that is not in the files, and why. ``rows``: with a CPR number, for that reason."""

    extract_header: str
    column: str
    reason: Literal["empty", "not_asked_for", "person", "citizen", "free_text", "many_values", "cpr_number"]
    rows: int


class Beyond(Record):
    """Values that readers of the target may not be able to hold, and the step of remedies after which they can; ``header``: of their column."""

    what: Literal["too_early", "too_late", "too_long", "forbidden_character", "too_many_columns", "too_many_events"]
    header: str | None = None
    column: str | None = None
    values: int
    remedy: str | None = None


class OutFile(Record):
    """One file with its checksum."""

    name: str
    sha256: str
    bytes: int
    cases: int
    events: int


class Handover(Record):
    """One export. The same input, options and ``as_of`` give the same record and files, byte for byte.

    ``scope``: the part of the extract that is handed on; None: all of it.
    ``moved_times``: lay in the gap when summer time begins. ``extreme_times``: before 1678 or after 2261, which tools that
    count nanoseconds in 64 bits (pandas, others) do not read. ``beyond``: what readers of this target may not hold.
    """

    schema_: Literal["logsyn/export/1"] = Field(default="logsyn/export/1", alias="schema")
    target: str
    as_of: str
    logsyn: str
    source: str
    timezone: str
    inputs: list[Input]
    audit: PassedAudit | None
    scope: ScopeAccount | None = None
    rows: Rows
    cases: int
    activities: int
    first: str | None
    last: str | None
    tied_rows: int
    ends_before_start: int
    moved_times: int
    extreme_times: int
    beyond: list[Beyond] = []
    case_ids: Literal["pseudonyms", "as_read"]
    columns: list[OutColumn]
    columns_left_out: list[ColumnLeftOut]
    files: list[OutFile]
