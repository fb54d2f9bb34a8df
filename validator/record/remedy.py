"""What remedies did to a log, as it stands in the record of the audit afterwards."""

from __future__ import annotations

from logsyn.validator.record.base import Count, Record


class RemedyEffect(Record):
    """One step: rows with another value, rows left out, cases that have one of either. ``do`` is the kind of step."""

    remedy: str
    do: str
    why: str = ""
    rows_changed: Count
    rows_dropped: Count
    cases_touched: Count


class FailingAnew(Record):
    """Rows of the remedied log that fail a rule and did not fail it before, such as a period whose end was left open."""

    rule: str
    rows: Count


class Remedied(Record):
    """The steps that came before this audit. ``rows_in = rows_out + `` the sum of ``rows_dropped``.

    ``failing_anew``: what the steps themselves made fail, by rule, where there is any.
    """

    remedies: str
    rows_in: Count
    rows_out: Count
    steps: list[RemedyEffect]
    failing_anew: list[FailingAnew] = []
