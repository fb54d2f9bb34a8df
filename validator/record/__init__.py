"""The audit as a record: the content of ``audit.json`` (schema ``logsyn/audit/2``) and the only thing that reports read."""

from logsyn.expectations.question import Answerable
from logsyn.expectations.severity import Severity
from logsyn.expectations.text import Text
from logsyn.validator.record.acceptance import Acceptance, AcceptedPart
from logsyn.validator.record.accounts import RowAccounts
from logsyn.validator.record.agreed import Agreed, AgreedGroup, AgreedSlice, Gap, GapKind
from logsyn.validator.record.answer import Answerability, AnswerRange
from logsyn.validator.record.audit import Audit
from logsyn.validator.record.base import Fitness, Outcome, Record, Usability, Value
from logsyn.validator.record.co_occurrence import CoOccurrence, RulePair, SharedCause
from logsyn.validator.record.comparison import Change, Delivery, Point, RuleTrend, Succession, TeamTrend
from logsyn.validator.record.consequence import (
    Answer,
    Arc,
    AsIfTaken,
    Backdating,
    CaseEnds,
    CasesInDoubt,
    Coincidence,
    Comparison,
    Consequence,
    Difference,
    FarEnds,
    LabelPart,
    Lengths,
    Lost,
    ProcessFigures,
    SplitLabel,
    Ties,
    Waiting,
)
from logsyn.validator.record.extract import CaseDuration, Column, Extract, Input, InputKind, LogFacts, rows_in
from logsyn.validator.record.finding import Breakdowns, Evidence, Finding, Group, Unmatched
from logsyn.validator.record.load import RecordError, load
from logsyn.validator.record.means import is_ruled
from logsyn.validator.record.personal_data import PersonalAnswer, PersonalData
from logsyn.validator.record.place import Place
from logsyn.validator.record.registration import (
    HORIZON_BUCKETS,
    HORIZON_CLASSES,
    LAG_BUCKETS,
    LAG_CLASSES,
    Horizon,
    LabelUse,
    LagGroup,
    Neighbour,
    OverloadedLabel,
    Registration,
    TwoClocks,
)
from logsyn.validator.record.remedy import FailingAnew, Remedied, RemedyEffect
from logsyn.validator.record.run import Machine, RunFacts
from logsyn.validator.record.scope import ScopeAccount, ScopeStep
from logsyn.validator.record.selection import Selection
from logsyn.validator.record.suitability import (
    Censored,
    CriterionResult,
    FreeTextColumn,
    Maturity,
    OutOf,
    Suitability,
)
from logsyn.validator.record.verdict import (
    AnswerAfter,
    DimensionVerdict,
    Improvement,
    Obstacle,
    QuestionVerdict,
    Verdict,
)
from logsyn.validator.record.written import sealed, written

__all__ = [
    "HORIZON_BUCKETS",
    "HORIZON_CLASSES",
    "LAG_BUCKETS",
    "LAG_CLASSES",
    "Acceptance",
    "AcceptedPart",
    "Agreed",
    "AgreedGroup",
    "AgreedSlice",
    "Answer",
    "AnswerAfter",
    "AnswerRange",
    "Answerability",
    "Answerable",
    "Arc",
    "AsIfTaken",
    "Audit",
    "Backdating",
    "Breakdowns",
    "CaseDuration",
    "CaseEnds",
    "CasesInDoubt",
    "Censored",
    "Change",
    "CoOccurrence",
    "Coincidence",
    "Column",
    "Comparison",
    "Consequence",
    "CriterionResult",
    "Delivery",
    "Difference",
    "DimensionVerdict",
    "Evidence",
    "Extract",
    "FailingAnew",
    "FarEnds",
    "Finding",
    "Fitness",
    "FreeTextColumn",
    "Gap",
    "GapKind",
    "Group",
    "Horizon",
    "Improvement",
    "Input",
    "InputKind",
    "LabelPart",
    "LabelUse",
    "LagGroup",
    "Lengths",
    "LogFacts",
    "Lost",
    "Machine",
    "Maturity",
    "Neighbour",
    "Obstacle",
    "OutOf",
    "Outcome",
    "OverloadedLabel",
    "PersonalAnswer",
    "PersonalData",
    "Place",
    "Point",
    "ProcessFigures",
    "QuestionVerdict",
    "Record",
    "RecordError",
    "Registration",
    "Remedied",
    "RemedyEffect",
    "RowAccounts",
    "RulePair",
    "RuleTrend",
    "RunFacts",
    "ScopeAccount",
    "ScopeStep",
    "Selection",
    "Severity",
    "SharedCause",
    "SplitLabel",
    "Succession",
    "Suitability",
    "TeamTrend",
    "Text",
    "Ties",
    "TwoClocks",
    "Unmatched",
    "Usability",
    "Value",
    "Verdict",
    "Waiting",
    "is_ruled",
    "load",
    "rows_in",
    "sealed",
    "written",
]
