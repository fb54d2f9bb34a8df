"""The audit as one record: the content of ``audit.json``."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from validator.findings.model.base import Record
from validator.findings.model.extract import Extract, Input, LogFacts
from validator.findings.model.finding import Finding
from validator.findings.model.registration import Registration
from validator.findings.model.remedy import Remedied
from validator.findings.model.verdict import Verdict


class Audit(Record):
    """One audit. The same input, suite and ``as_of`` give the same record, byte for byte.

    ``remedied``: what was done to the rows of the inputs before this audit; None: nothing.
    """

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
    remedied: Remedied | None = None
