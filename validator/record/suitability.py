"""How suited a log is for process mining: measures without a pass mark, and its level of maturity."""

from __future__ import annotations

from typing import Literal

from logsyn.expectations.text import Text
from logsyn.validator.record.base import Count, Record


class OutOf(Record):
    """So many of so many; the share is never rounded here."""

    count: Count
    of: Count


class FreeTextColumn(Record):
    """A column that holds sentences, and in how many rows it is filled."""

    name: str
    header: str
    filled: OutOf


class Censored(Record):
    """Cases that may be cut off by the ends of the typical period; ``within_days`` is the median duration of a case.

    ``at_start``: the first event lies less than that after the beginning of the period, so that the case may have begun
    before it. ``at_end``: the last event lies less than that before its end, so that the case may go on. ``either`` counts
    each case once. Upper bounds: a log does not say of a case whether it was whole.
    """

    within_days: float
    at_start: OutOf
    at_end: OutOf
    either: OutOf


class CriterionResult(Record):
    """One thing that a level of maturity takes, and whether the log shows it.

    ``required`` is the least share of a measure, or the largest failing share of ``rules``; ``share`` is what was found:
    the worst of the rules. ``not_evaluated``: nothing shows it, so the level is not reached.
    """

    level: Count
    title: Text
    outcome: Literal["met", "not_met", "not_evaluated"]
    measure: str | None = None
    rules: list[str] = []
    required: float
    share: float | None = None


class Maturity(Record):
    """The level of the log on the five of the process mining manifesto, and what each takes.

    IEEE Task Force on Process Mining (van der Aalst et al. 2011), table 1: 1 the events may not be what happened and some
    may be missing, 2 recorded in passing by a system that can be bypassed, 3 recorded truly but not completely, 4
    recorded truly, completely and systematically with cases and activities, 5 with a clear meaning for all and privacy
    cared for. A log bears witness to some of this only; how it is recorded must be known from elsewhere.
    """

    level: Count
    criteria: list[CriterionResult] = []


class Suitability(Record):
    """Measures of the log as it was loaded; None where nothing could be counted.

    ``labels_covering_95_percent``: the fewest activities that together have 95 % of the events, of all activities.
    ``maturity`` is None when only some of the rules were run.
    """

    cases: Count
    events: Count
    mean_events_per_case: float | None = None
    median_events_per_case: float | None = None
    variants: OutOf
    cases_of_own_variant: OutOf
    events_with_time_of_day: OutOf
    rows_with_required_fields: OutOf
    rows_loaded: OutOf | None
    labels_covering_95_percent: OutOf
    free_text_columns: list[FreeTextColumn] = []
    observed_days: Count | None = None
    censored: Censored | None = None
    maturity: Maturity | None = None
