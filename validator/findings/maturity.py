"""The level of maturity of a log, from its measures and findings, by the criteria of the judgement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from logsyn.expectations.limit import exceeds, reaches
from logsyn.validator.findings.gravity import failed_of_checked
from logsyn.validator.record import Text
from logsyn.validator.record.suitability import CriterionResult, Maturity, OutOf, Suitability

if TYPE_CHECKING:
    from collections.abc import Sequence

    from logsyn.expectations.judgement import Criterion
    from logsyn.validator.record import Finding


def mature(criteria: Sequence[Criterion], measures: Suitability, findings: Sequence[Finding]) -> Maturity:
    """The highest level of which every criterion, and every one of the levels below, is met.

    What nothing shows is not met: a check that was not evaluated is no pass. Accepted findings count here, since they
    do not change how the log was recorded.
    """
    results = [
        _by_measure(criterion, getattr(measures, criterion.measure))
        if criterion.measure is not None
        else _by_checks(criterion, findings)
        for criterion in criteria
    ]
    missed = [result.level for result in results if result.outcome != "met"]
    highest = max((result.level for result in results), default=1)
    return Maturity(level=min(missed) - 1 if missed else highest, criteria=sorted(results, key=lambda one: one.level))


def _by_measure(criterion: Criterion, part: OutOf) -> CriterionResult:
    share, required = part.count / part.of if part.of else None, criterion.at_least or 0.0
    return CriterionResult(
        level=criterion.level,
        title=Text(da=criterion.title.da, en=criterion.title.en),
        outcome="not_evaluated" if share is None else "met" if reaches(part.count, part.of, required) else "not_met",
        measure=criterion.measure,
        required=required,
        share=share,
    )


def _by_checks(criterion: Criterion, findings: Sequence[Finding]) -> CriterionResult:
    looked_at = {name: _of_check(name, findings) for name in criterion.checks}
    judged = [f for found in looked_at.values() for f in found if f.is_judged]
    parts = {finding.rule: failed_of_checked(finding) for finding in judged}
    shares = {rule: failed / checked for rule, (failed, checked) in parts.items()}
    required = criterion.at_most or 0.0
    silent = any(not found or not all(f.is_judged for f in found) for found in looked_at.values())
    exceeded = [rule for rule, part in parts.items() if exceeds(*part, required)]
    return CriterionResult(
        level=criterion.level,
        title=Text(da=criterion.title.da, en=criterion.title.en),
        outcome="not_met" if exceeded else "not_evaluated" if silent else "met",
        rules=exceeded or list(shares),
        required=required,
        share=max(shares.values(), default=None),
    )


def _of_check(name: str, findings: Sequence[Finding]) -> list[Finding]:
    """The rule of this name, which is the check as it stands; else every rule of the check, such as one on some columns."""
    own = [finding for finding in findings if finding.rule == name]
    return own or [finding for finding in findings if finding.check == name]
