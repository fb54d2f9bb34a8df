"""The audit as a record: the content of ``audit.json`` (schema ``logsyn/audit/1``) and the only thing that reports read."""

from validator.findings.model.audit import Audit
from validator.findings.model.base import Fitness, Outcome, Record, Severity, Text, Usability
from validator.findings.model.comparison import Change, Delivery, Point, RuleTrend, Succession, TeamTrend
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
from validator.findings.model.verdict import DimensionVerdict, QuestionVerdict, Verdict

__all__ = [
    "HORIZON_BUCKETS",
    "LAG_BUCKETS",
    "Audit",
    "Breakdowns",
    "CaseDuration",
    "Change",
    "Column",
    "Delivery",
    "DimensionVerdict",
    "Evidence",
    "Extract",
    "Finding",
    "Fitness",
    "Group",
    "Horizon",
    "Input",
    "LabelUse",
    "LagGroup",
    "LogFacts",
    "Neighbour",
    "Outcome",
    "OverloadedLabel",
    "Point",
    "QuestionVerdict",
    "Record",
    "Registration",
    "RuleTrend",
    "Severity",
    "Succession",
    "TeamTrend",
    "Text",
    "Usability",
    "Verdict",
]
