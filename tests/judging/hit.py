"""Audits of a clean log with faults in a known share of its cases."""

from typing import get_args

from ruamel.yaml import YAML

from logsyn.expectations.catalogue import load_catalogue
from logsyn.expectations.judgement import QuestionLimits, load_judgement
from logsyn.expectations.question import Question
from sample_logs.generator.hit.faults import log_with, rule_of
from sample_logs.generator.hit.log import PRACTICE, PROFILE, write
from tests.auditing import audit_files

COMPUTABLE = [name for name, check in load_catalogue().items() if check.as_if != "not-computable"]
OF_THE_WHOLE = [name for name, check in load_catalogue().items() if check.as_if == "not-computable"]

TOGETHER = (
    (
        "dst-ambiguous",
        "allowed-values",
        "attribute-dependency",
        "missing-value",
        "value-range",
        "resource-inconsistency",
    ),
    ("dst-gap", "duration-outlier", "open-ended-period"),
    ("zero-duration", "backdated-registration", "far-future-end-date"),
    ("imprecise-timestamp", "missing-case-id", "missing-activity", "missing-timestamp", "unparseable-timestamp"),
    ("activity-order", "end-before-start", "untidy-label", "polluted-label"),
    ("registered-before-event", "shared-timestamp", "overloaded-label"),
    ("order-inversion", "overlap", "synonymous-label"),
    ("activity-frequency", "collateral-event", "unexpected-start"),
    ("infrequent-order", "duplicate-event", "batch-registration"),
    ("day-month-swap", "distorted-label"),
    ("future-timestamp", "unknown-activity", "multi-registration"),
)
"""Faults that leave each other alone, in the order in which they are put in: one audit tells of all."""

BY_THE_SAME = {"unexpected-end": ("incomplete-case", "conditional-activity", "related-activities")}
"""By check those that find its fault, too."""


def groups():
    """The checks whose faults are put into one log, every computable check once."""
    told = {check for group in TOGETHER for check in group}.union(*BY_THE_SAME.values())
    return [*TOGETHER, *((check,) for check in COMPUTABLE if check not in told)]


def judgement_of(rules):
    """The built-in judgement, but that a question on which no rule bears lets none count: else nothing could be said of it."""
    bear = {question for rule in rules for question in load_catalogue()[rule["check"]].questions_with(rule)}
    own = {question: QuestionLimits(counts=[]) for question in get_args(Question) if question not in bear}
    default = load_judgement("default")
    return default.model_copy(update={"questions": {**default.questions, **own}})


def audited(folder, faults, cases, rules=None):
    """The audit of a log with faults (check to share) by the rules of these checks or others, and how many cases each fault has hit."""
    log, hits = log_with(faults, cases)
    return audited_by(folder, log, [rule_of(check) for check in rules or faults]), hits


def audited_by(folder, log, rules):
    """The audit of a log by these rules."""
    folder.mkdir(exist_ok=True)
    with (folder / "suite.yaml").open("w", encoding="utf-8") as file:
        YAML().dump({"suite": "hit", "rules": rules}, file)
    extract = write(log, folder / "extract.csv")
    return audit_files(folder, [extract], str(folder / "suite.yaml"), profile=PROFILE, practice=PRACTICE, judgement=judgement_of(rules)).audit
