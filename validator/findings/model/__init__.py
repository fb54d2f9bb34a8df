"""The audit as a record: the content of ``audit.json`` (schema ``logsyn/audit/1``) and the only thing that reports read."""

from validator.findings.model.acceptance import Acceptance, AcceptedPart
from validator.findings.model.agreed import Agreed, AgreedGroup, AgreedSlice, Gap, GapKind
from validator.findings.model.audit import Audit
from validator.findings.model.base import Fitness, Outcome, Record, Severity, Text, Usability
from validator.findings.model.co_occurrence import CoOccurrence, RulePair, SharedCause
from validator.findings.model.extract import CaseDuration, Column, Extract, Input, LogFacts
from validator.findings.model.finding import Breakdowns, Evidence, Finding, Group
from validator.findings.model.registration import (
    HORIZON_BUCKETS,
    LAG_BUCKETS,
    Horizon,
    LabelUse,
    LagGroup,
    Neighbour,
    OverloadedLabel,
    Registration,
)
from validator.findings.model.selection import Selection
from validator.findings.model.suitability import (
    Censored,
    CriterionResult,
    FreeTextColumn,
    Maturity,
    Part,
    Suitability,
)
from validator.findings.model.verdict import DimensionVerdict, Obstacle, QuestionVerdict, Verdict

__all__ = [
    "HORIZON_BUCKETS",
    "LAG_BUCKETS",
    "Acceptance",
    "AcceptedPart",
    "Agreed",
    "AgreedGroup",
    "AgreedSlice",
    "Audit",
    "Breakdowns",
    "CaseDuration",
    "Censored",
    "CoOccurrence",
    "Column",
    "CriterionResult",
    "DimensionVerdict",
    "Evidence",
    "Extract",
    "Finding",
    "Fitness",
    "FreeTextColumn",
    "Gap",
    "GapKind",
    "Group",
    "Horizon",
    "Input",
    "LabelUse",
    "LagGroup",
    "LogFacts",
    "Maturity",
    "Neighbour",
    "Obstacle",
    "Outcome",
    "OverloadedLabel",
    "Part",
    "QuestionVerdict",
    "Record",
    "Registration",
    "RulePair",
    "Selection",
    "Severity",
    "SharedCause",
    "Suitability",
    "Text",
    "Usability",
    "Verdict",
]
