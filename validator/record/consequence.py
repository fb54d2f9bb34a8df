"""What a finding does to the analysis: the process as it is against the process as it would be remedied, in figures."""

from __future__ import annotations

from typing import Any, Literal

from logsyn.expectations.text import Text
from logsyn.validator.record.base import Count, Record
from logsyn.validator.record.suitability import OutOf

AsIfTaken = Literal["mended", "left_out", "moved", "renamed", "unknown", "not_computable"]
"""``unknown``: nobody can tell what the failing rows should be, so each of their cases is in doubt."""


class ProcessFigures(Record):
    """The log as a mining tool sees it: rows that have case, activity and time.

    ``variants`` are distinct sequences of activities. ``arcs`` are distinct pairs of activities that follow each other directly in a case, and
    ``self_loops`` counts the steps from an activity to itself. Durations are seconds from first to last event of a case.
    """

    events: Count
    cases: Count
    variants: Count
    arcs: Count
    self_loops: Count
    median_duration_seconds: float | None
    mean_duration_seconds: float | None


class Arc(Record):
    """A directly-follows arc and how often it is walked, in tens, rounded up; arcs that fewer than five cases walk are not listed."""

    source: str
    target: str
    events: Count


class Comparison(Record):
    """Two readings of one log. ``basis``: ``remedy`` = as it is against remedied; ``registration`` = by registration against by event.

    ``cases_changed``: cases with another variant, those that vanish among them. ``gained`` and ``lost`` are the commonest arcs that only the
    second or only the first reading has; ``arcs_gained`` and ``arcs_lost`` count all of them.
    """

    basis: Literal["remedy", "registration"] = "remedy"
    before: ProcessFigures
    after: ProcessFigures
    cases_changed: Count
    arcs_gained: Count
    arcs_lost: Count
    gained: list[Arc] = []
    lost: list[Arc] = []


class Waiting(Record):
    """Median days from the previous step of the case to a team's step, by when things happened and by when they were registered.

    ``events``: the team's steps, rounded up: up to 19 too many.
    """

    team: str | None
    events: Count | None
    median_days_happened: float | None = None
    median_days_registered: float | None = None
    hidden: bool = False


class Backdating(Record):
    """The process by when things were registered. ``cases_reordered``: cases whose rows come in another order."""

    cases_reordered: Count
    cases: Count
    waiting: list[Waiting] = []


class Lengths(Record):
    """Days of the periods of one activity as registered, clipped at the as-of day, and with the failing ends left open.

    ``events`` have an end, ``failing`` of them fail the rule; None: hidden.
    """

    activity: str | None
    events: Count | None
    failing: Count | None = None
    median_days: float | None = None
    mean_days: float | None = None
    median_days_clipped: float | None = None
    mean_days_clipped: float | None = None
    median_days_open: float | None = None
    mean_days_open: float | None = None
    hidden: bool = False


class CaseEnds(Record):
    """Case durations in seconds when the ends of periods count as ends of the case; ``running``: cases that then end after the as-of day."""

    reading: Literal["registered", "clipped", "open"]
    running: Count
    median_duration_seconds: float | None
    mean_duration_seconds: float | None


class FarEnds(Record):
    """Periods and case ends under three readings of far-future end dates."""

    lengths: list[Lengths] = []
    case_ends: list[CaseEnds] = []


class LabelPart(Record):
    """One of the labels that an overloaded one is split into."""

    label: str
    events: Count | None
    hidden: bool = False


class SplitLabel(Record):
    """Overloaded labels split by what they mean (or by team). ``rework``: events whose activity the case had before, in the cases concerned."""

    by: str
    parts: list[LabelPart]
    self_loops_before: Count
    self_loops_after: Count
    rework_before: Count
    rework_after: Count


class Coincidence(Record):
    """Two activities at one time, and how often the rows happen to stand in this order and in the other; None: hidden."""

    source: str
    target: str
    events: Count | None
    reversed: Count | None


class Ties(Record):
    """Steps between rows of one time: their direction is that of the sorting.

    ``steps`` of ``all_steps``; ``arcs`` distinct ones, ``arcs_only`` of which nothing else speaks for; ``both_ways``: pairs that occur in both orders.
    """

    steps: Count
    all_steps: Count
    arcs: Count
    arcs_only: Count
    both_ways: Count
    pairs: list[Coincidence] = []


class Difference(Record):
    """A group that is over- or under-represented among the lost rows: its share of the lost and of the kept rows."""

    dimension: Literal["team", "activity", "month"]
    key: str | None
    lost: Count
    kept: Count
    share_of_lost: float
    share_of_kept: float


class Lost(Record):
    """Rows that drop out, and the groups in which lost and kept rows differ most."""

    lost: Count
    kept: Count
    differences: list[Difference] = []


class CasesInDoubt(Record):
    """Cases whose part in the answer to one question changes when the failing rows are taken as they should be; None: it cannot be computed.

    A row without a case may belong to any, and counts as one.
    """

    question: str
    cases: OutOf | None


class Answer(Record):
    """What it means for one question of the analysis, in one sentence."""

    question: str
    text: Text


class Consequence(Record):
    """What a finding does to the analysis. ``observed`` is what an expectation on a whole column saw.

    ``as_if``: what the failing rows were taken for when the log was set against itself. ``comparison`` is that of the two. ``doubts`` are the
    measures, one a question. ``remedy`` is the remedy that is proposed, as it would be declared; nothing is changed by an audit.
    """

    observed: str | None = None
    as_if: AsIfTaken | None = None
    doubts: list[CasesInDoubt] = []
    remedy: dict[str, Any] | None = None
    rows_changed: Count | None = None
    rows_dropped: Count | None = None
    comparison: Comparison | None = None
    backdating: Backdating | None = None
    far_ends: FarEnds | None = None
    split: SplitLabel | None = None
    ties: Ties | None = None
    lost: Lost | None = None
    answers: list[Answer] = []
