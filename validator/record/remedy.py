"""What remedies did to a log, as it stands in the record of the audit afterwards."""

from __future__ import annotations

from logsyn.validator.record.base import Count, Record


class RemedyEffect(Record):
    """One step: rows with another value, rows left out, cases that have one of either; None where they would tell of a small group. ``do`` is the kind of step."""

    remedy: str
    do: str
    why: str = ""
    rows_changed: Count | None
    rows_dropped: Count | None
    cases_touched: Count | None


class FailingAnew(Record):
    """Rows of the remedied log that fail a rule and did not fail it before, such as a period whose end was left open; None: they are few, or all but few."""

    rule: str
    rows: Count | None


class Remedied(Record):
    """The steps that came before this audit. ``rows_in = rows_out + `` the sum of ``rows_dropped``.

    A figure is None where it would tell of a small group. ``failing_anew``: what the steps themselves made fail, by rule, where there is any.
    """

    remedies: str
    rows_in: Count | None
    rows_out: Count
    steps: list[RemedyEffect]
    failing_anew: list[FailingAnew] = []
