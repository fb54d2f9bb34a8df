"""The part of the extract that was audited, step by step, as it stands in the record."""

from __future__ import annotations

from logsyn.expectations.text import Text
from logsyn.validator.record.base import Count, Record


class ScopeStep(Record):
    """One step: rows and cases before and after it; ``rows_before = rows_after + `` the rows that it left out.

    None stands where a figure would tell of a small group that was left out; all of them are in ``accounts.json`` of the confidential part. Of those that it left out: ``without_case_id`` have none and so are in no case, ``without_time`` have a case and no time that
    could be read where the step goes by time.
    """

    title: Text
    rows_before: Count | None
    rows_after: Count | None
    cases_before: Count | None
    cases_after: Count | None
    without_case_id: Count | None = 0
    without_time: Count | None = 0


class ScopeAccount(Record):
    """What the audit was narrowed to. ``rows_loaded = rows_in_scope + `` what each step left out; ``inputs`` stay whole. None as in the steps."""

    scope: str
    title: Text | None = None
    rows_loaded: Count | None
    rows_in_scope: Count | None
    cases_loaded: Count | None
    cases_in_scope: Count | None
    steps: list[ScopeStep]
