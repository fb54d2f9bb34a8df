"""The accounts of rows of a narrowed or remedied log with all their figures, as they stand in the confidential part of a report."""

from __future__ import annotations

from logsyn.validator.record.base import Record
from logsyn.validator.record.extract import Input
from logsyn.validator.record.remedy import Remedied
from logsyn.validator.record.scope import ScopeAccount


class RowAccounts(Record):
    """What was loaded, what the scope left of it, and what remedies did; ``audit.json`` has the same without small differences."""

    inputs: list[Input]
    scope: ScopeAccount | None = None
    remedied: Remedied | None = None
