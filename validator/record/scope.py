"""The part of the extract that was audited, step by step, as it stands in the record."""

from __future__ import annotations

from logsyn.expectations.text import Text
from logsyn.validator.record.base import Count, Record


class ScopeStep(Record):
    """One step: rows and cases before and after it; ``rows_before = rows_after + `` the rows that it left out.

    Of those that it left out: ``without_case_id`` have none and so are in no case, ``without_time`` have a case and no time that
    could be read where the step goes by time.
    """

    title: Text
    rows_before: Count
    rows_after: Count
    cases_before: Count
    cases_after: Count
    without_case_id: Count = 0
    without_time: Count = 0


class ScopeAccount(Record):
    """What the audit was narrowed to. ``rows_loaded = rows_in_scope + `` what each step left out; ``inputs`` stay whole."""

    scope: str
    title: Text | None = None
    rows_loaded: Count
    rows_in_scope: Count
    cases_loaded: Count
    cases_in_scope: Count
    steps: list[ScopeStep]
