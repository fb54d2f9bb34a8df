"""What remedies did to a log, as it stands in the record of the audit afterwards."""

from __future__ import annotations

from logsyn.validator.record.base import Record


class RemedyEffect(Record):
    """One step: rows with another value, rows left out, cases that have one of either. ``do`` is the kind of step."""

    remedy: str
    do: str
    why: str = ""
    rows_changed: int
    rows_dropped: int
    cases_touched: int


class Remedied(Record):
    """The steps that came before this audit. ``rows_in = rows_out + `` the sum of ``rows_dropped``."""

    remedies: str
    rows_in: int
    rows_out: int
    steps: list[RemedyEffect]
