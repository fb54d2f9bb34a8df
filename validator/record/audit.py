"""The audit as one record: the content of ``audit.json``."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from logsyn.validator.record.agreed import Agreed
from logsyn.validator.record.base import Count, Day, Record
from logsyn.validator.record.co_occurrence import CoOccurrence
from logsyn.validator.record.extract import Extract, Input, LogFacts
from logsyn.validator.record.finding import Finding
from logsyn.validator.record.registration import Registration
from logsyn.validator.record.remedy import Remedied
from logsyn.validator.record.scope import ScopeAccount
from logsyn.validator.record.selection import Selection
from logsyn.validator.record.suitability import Suitability
from logsyn.validator.record.verdict import Verdict

SCHEMA = "logsyn/audit/2"


class Audit(Record):
    """One audit. The same rows, declarations, day and version of logsyn give the same record, byte for byte.

    What differs from run to run stands in ``RunFacts``.

    ``id`` is the checksum of all that follows it (``written.py``); None until the record is sealed.
    ``delivery`` is what the extract is called among successive ones. ``version`` is that of logsyn.
    ``selection`` is there when only some rules of the suite were run: the verdict then says nothing of the others.
    ``agreed`` is None when no practice was given.
    ``scope``: the part of the extract that was audited; None: all of it. ``inputs`` are accounted for whole.
    ``remedied``: what was done to the rows of the inputs before this audit; None: nothing.
    """

    schema_: Literal["logsyn/audit/2"] = Field(default="logsyn/audit/2", alias="schema")
    id: str | None = Field(default=None, pattern="^[0-9a-f]{64}$")
    delivery: str | None = None
    as_of: Day
    version: str
    suite: str
    small_group: Count = 5
    inputs: list[Input]
    extract: Extract
    log: LogFacts
    scope: ScopeAccount | None = None
    selection: Selection | None = None
    verdict: Verdict
    suitability: Suitability | None = None
    co_occurrence: CoOccurrence = CoOccurrence()
    registration: Registration
    agreed: Agreed | None = None
    findings: list[Finding]
    remedied: Remedied | None = None
