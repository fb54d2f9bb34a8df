"""The audit as a record: the content of ``audit.json`` (schema ``logsyn/audit/1``) and the only thing that reports read."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Outcome = Literal["passed", "failed", "not_evaluated", "error"]
Severity = Literal["critical", "warning", "info"]
Fitness = Literal["fit", "fit_with_reservations", "not_fit"]
Usability = Literal["usable", "with_reservations", "not_usable"]


class Record(BaseModel):
    """Base of all records of an audit: closed and frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Text(Record):
    """One text in the two languages of the reports."""

    da: str
    en: str


class Input(Record):
    """One file of the extract. ``rows_in_file = rows_loaded + rows_rejected``; blank lines are not rows."""

    file: str
    sha256: str
    rows_in_file: int
    rows_loaded: int
    rows_rejected: int
    blank_lines: int = 0
    encoding: str
    delimiter: str


class Column(Record):
    """One column of the extract and what the audit took it for.

    ``name`` is the column in ``events``; ``header`` its text in the file. ``mapped_by``: ``profile`` (named there),
    ``synonym`` (recognised from the header), ``kept`` (not canonical, kept under its own name).
    ``formats``: strptime formats and how many values each read, for times. ``day_month``: how their order was decided.
    """

    name: str
    header: str
    mapped_by: Literal["profile", "synonym", "kept"]
    kind: Literal["text", "category", "time"]
    filled: int
    missing: int
    unparseable: int = 0
    distinct: int | None = None
    formats: dict[str, int] = {}
    day_month: Literal["given", "evidence", "undecidable", "not_applicable"] | None = None
    without_time_of_day: int | None = None


class Extract(Record):
    """How the extract was read: profile, zone, columns, and remarks that every reader should know."""

    source: str
    timezone: str
    columns: list[Column]
    remarks: list[Text] = []


class CaseDuration(Record):
    """Seconds from first to last event over all cases that have a time."""

    min: float | None
    median: float | None
    mean: float | None
    max: float | None


class LogFacts(Record):
    """The log as it was loaded. ``start`` and ``end`` are local ISO times of the first and last event.

    ``typical_start`` and ``typical_end`` are the local ISO dates between which 98 % of the events lie.
    """

    cases: int
    variants: int
    events: int
    activities: int
    start: str | None
    end: str | None
    typical_start: str | None = None
    typical_end: str | None = None
    case_duration_seconds: CaseDuration


class Group(Record):
    """One row of a breakdown. A figure is None when it is hidden to protect small groups (``hidden`` says so)."""

    key: str | None
    checked: int | None
    failed: int | None
    hidden: bool = False


class Breakdowns(Record):
    """Checked and failed rows by team, activity and month (``2023-04``); empty where the column is absent."""

    team: list[Group] = []
    activity: list[Group] = []
    month: list[Group] = []


class Evidence(Record):
    """One failing row (for a label: its first row). ``case`` is a pseudonym; ``values`` show why it fails."""

    row_id: int
    file: str
    line: int
    case: str | None = None
    activity: str | None = None
    team: str | None = None
    timestamp: str | None = None
    values: dict[str, str | int | float | None] = {}


class Finding(Record):
    """One rule and what came of it.

    ``checked`` and ``failed`` count rows of ``table``; ``rows_affected`` counts rows of the extract that stand in
    ``violations.parquet``. ``required_share`` is the share of checked rows that must pass. ``reason`` says why a rule was
    not evaluated or broke. ``sql`` gives the failing rows on the tables of the audit.
    """

    rule: str
    check: str
    table: Literal["events", "cases", "labels", "log"]
    dimension: str
    outcome: Outcome
    severity: Severity
    patterns: list[str] = []
    questions: list[str] = []
    params: dict[str, Any] = {}
    expectation: str
    required_share: float = 1.0
    title: Text
    fails_when: Text
    why: Text
    ask: Text
    mend: Text
    reason: Text | None = None
    checked: int = 0
    failed: int = 0
    rows_affected: int = 0
    cases_affected: int = 0
    breakdowns: Breakdowns = Breakdowns()
    evidence: list[Evidence] = []
    sql: str | None = None
    consequence: dict[str, Any] = {}


LAG_BUCKETS = ("before", "same_day", "1", "2-3", "4-7", "8-14", "15-30", "over_30")
"""Whole calendar days from event to registration; ``before`` = registered on an earlier day than it happened."""

HORIZON_BUCKETS = ("past", "0-90", "91-365", "366-730", "731-1825", "over_1825", "sentinel")
"""Calendar days from start (else event) to planned end; ``sentinel`` = a date like 2099-12-31 that means no end."""


class LagGroup(Record):
    """Registration lag of one activity, one team, one of both, or all (None = all). Counts in LAG_BUCKETS order.

    ``agreed_days`` is None when it differs within the group; ``late`` counts what is over the agreed days.
    Everything but the keys is None when ``hidden``.
    """

    activity: str | None = None
    team: str | None = None
    events: int | None
    median_days: float | None = None
    p90_days: float | None = None
    agreed_days: float | None = None
    late: int | None = None
    buckets: list[int] | None = None
    hidden: bool = False


class Neighbour(Record):
    """An activity that stands before or after a label, and its share of the label's events. None = start or end of case."""

    activity: str | None
    share: float


class LabelUse(Record):
    """How one team uses one label: ``share`` of the team's own events that carry it; ``median_position`` in the case (0-1)."""

    team: str | None
    meaning: str | None = None
    events: int | None
    share: float | None = None
    before: list[Neighbour] = []
    after: list[Neighbour] = []
    status: list[Neighbour] = []
    median_position: float | None = None
    hidden: bool = False


class OverloadedLabel(Record):
    """A label that carries, or seems to carry, several meanings.

    ``divergence_bits`` is the excess Jensen-Shannon divergence between the teams; ``yardstick_bits`` the same for their
    other labels (the median); None when only declared.
    """

    activity: str
    declared: bool
    found: bool
    events: int
    divergence_bits: float | None = None
    yardstick_bits: float | None = None
    p_value: float | None = None
    teams: list[LabelUse] = []


class Horizon(Record):
    """How far ahead planned ends lie, for one activity and team (None = all). Counts in HORIZON_BUCKETS order."""

    activity: str | None = None
    team: str | None = None
    events: int | None
    without_end: int | None = None
    median_days: float | None = None
    max_days: float | None = None
    allowed_days: float | None = None
    beyond: int | None = None
    buckets: list[int] | None = None
    hidden: bool = False


class Registration(Record):
    """The registration practice as it shows in the data; a part is None when its columns are not in the extract."""

    practice: str | None = None
    lag_overall: LagGroup | None = None
    lag_by_activity: list[LagGroup] = []
    lag_by_team: list[LagGroup] = []
    lag_by_activity_and_team: list[LagGroup] = []
    overloaded: list[OverloadedLabel] = []
    horizon_by_activity: list[Horizon] = []
    horizon_by_activity_and_team: list[Horizon] = []


class DimensionVerdict(Record):
    """All rules of one dimension together."""

    dimension: str
    fitness: Fitness | Literal["not_evaluated"]
    passed: int
    failed: int
    not_evaluated: int
    error: int


class QuestionVerdict(Record):
    """Whether the log can answer one question of the analysis, and the rules that stand in the way."""

    question: str
    usability: Usability
    rules: list[str] = []


class Verdict(Record):
    """The judgement and what it rests on. ``reasons`` are rule ids, gravest first; ``rule_of_judgement`` is the rule used."""

    overall: Fitness
    reasons: list[str] = []
    rule_of_judgement: Text
    dimensions: list[DimensionVerdict] = []
    questions: list[QuestionVerdict] = []


class Audit(Record):
    """One audit. The same input, suite and ``as_of`` give the same record, byte for byte."""

    schema_: Literal["logsyn/audit/1"] = Field(default="logsyn/audit/1", alias="schema")
    as_of: str
    engine: str
    versions: dict[str, str]
    suite: str
    small_group: int = 5
    inputs: list[Input]
    extract: Extract
    log: LogFacts
    verdict: Verdict
    registration: Registration
    findings: list[Finding]
