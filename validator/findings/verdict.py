"""The judgement of the whole log, from the findings, by a rule that every report states."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from expectations.catalogue import Dimension, Question
from validator.findings.model import DimensionVerdict, QuestionVerdict, Text, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.findings.model import Finding, Fitness, Usability

GRAVE_SHARE = 0.05
"""From this share of the checked rows on, a finding is grave for what it stands in the way of."""

RULE = Text(
    da="Udtrækket er ikke egnet, når en kritisk regel ikke er bestået, og mindst 5 % af de rækker, den ser på, "
    "ikke er i orden. Det er egnet med forbehold, når en kritisk regel ikke er bestået for en mindre del af "
    "rækkerne, når en advarsel ikke er bestået, når en kritisk regel ikke kunne vurderes, eller når en regel "
    "ikke kunne køres. Ellers er det egnet. Oplysninger, der ikke er bestået, ændrer ikke vurderingen. Et "
    "spørgsmål kan ikke besvares, når en kritisk regel, der vedrører det, ikke er bestået, og mindst 5 % af "
    "rækkerne ikke er i orden. Det kan besvares med forbehold, når en regel, der vedrører det, i øvrigt ikke "
    "er bestået, eller når en kritisk regel, der vedrører det, ikke kunne vurderes eller køres.",
    en="The extract is not fit when a critical rule has failed and at least 5% of the rows that it looks at are "
    "not in order. It is fit with reservations when a critical rule has failed for a smaller share of the "
    "rows, when a warning has failed, when a critical rule could not be evaluated, or when a rule could not be"
    " run. Otherwise it is fit. Pieces of information that have failed do not change the verdict. A question "
    "cannot be answered when a critical rule that concerns it has failed and at least 5% of the rows are not "
    "in order. It can be answered with reservations when a rule that concerns it has failed otherwise, or when"
    " a critical rule that concerns it could not be evaluated or run.",
)

_GRAVITY = {"critical": 0, "warning": 1, "info": 2}


def judge(findings: Sequence[Finding]) -> Verdict:
    """The verdict on a log, on each dimension and on each question."""
    return Verdict(
        overall=_fitness(findings),
        reasons=[finding.rule for finding in gravest_first(findings) if _counts(finding)],
        rule_of_judgement=RULE,
        dimensions=[
            _dimension(name, of_name)
            for name in get_args(Dimension)
            if (of_name := [finding for finding in findings if finding.dimension == name])
        ],
        questions=[_question(name, [f for f in findings if name in f.questions]) for name in get_args(Question)],
    )


def failed_share(finding: Finding) -> float:
    """Failed rows as a share of the checked ones, 0 when none were checked."""
    return finding.failed / finding.checked if finding.checked else 0.0


def gravest_first(findings: Sequence[Finding]) -> list[Finding]:
    """By severity, then by the share of rows that fail, then by name."""
    return sorted(findings, key=lambda finding: (_GRAVITY[finding.severity], -failed_share(finding), finding.rule))


def _counts(finding: Finding) -> bool:
    """Whether a finding is a reason for less than fit."""
    if finding.outcome == "failed":
        return finding.severity != "info"
    return finding.outcome == "error" or (finding.outcome == "not_evaluated" and finding.severity == "critical")


def _is_grave(finding: Finding) -> bool:
    return finding.outcome == "failed" and finding.severity == "critical" and failed_share(finding) >= GRAVE_SHARE


def _fitness(findings: Sequence[Finding]) -> Fitness:
    if any(_is_grave(finding) for finding in findings):
        return "not_fit"
    return "fit_with_reservations" if any(_counts(finding) for finding in findings) else "fit"


def _dimension(name: str, findings: Sequence[Finding]) -> DimensionVerdict:
    count = {outcome: sum(finding.outcome == outcome for finding in findings) for outcome in
             ("passed", "failed", "not_evaluated", "error")}  # fmt: skip
    fitness: Fitness | Literal["not_evaluated"] = _fitness(findings)
    if count["not_evaluated"] == len(findings):
        fitness = "not_evaluated"
    return DimensionVerdict(dimension=name, fitness=fitness, **count)


def _question(name: str, findings: Sequence[Finding]) -> QuestionVerdict:
    against = [f for f in findings if f.outcome == "failed" or (f.outcome != "passed" and f.severity == "critical")]
    usability: Usability = "with_reservations" if against else "usable"
    if any(_is_grave(finding) for finding in findings):
        usability = "not_usable"
    return QuestionVerdict(
        question=name, usability=usability, rules=[finding.rule for finding in gravest_first(against)]
    )
