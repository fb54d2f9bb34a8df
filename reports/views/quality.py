"""Owns the BI consultant's page: account of rows, how the extract was read, and every rule with its figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from logsyn.expectations.severity import gravity
from logsyn.reports import names
from logsyn.reports.figures import NOTHING
from logsyn.reports.views.acceptance import Accepted, accepted
from logsyn.reports.views.causes import FailingTogether, failing_together
from logsyn.reports.views.consequence import Effect, reordered, two_clocks
from logsyn.reports.views.page import Coded, Page, anchors, coded, head, legend
from logsyn.reports.views.reading import ColumnReading, InputRow, column_rows, input_rows, input_total
from logsyn.reports.views.rule import RuleDetails, rule_view
from logsyn.reports.views.scope import ScopeSection, scope_section
from logsyn.reports.views.suitability import SuitabilitySection, suitability_section

if TYPE_CHECKING:
    from logsyn.reports.wording import Wording
    from logsyn.validator.record import Audit, DimensionVerdict, RunFacts

MOST_COLUMNS: Final = 100


@dataclass(frozen=True)
class Dimension:
    """All rules of one dimension together."""

    name: str
    fitness: Coded
    passed: str
    failed: str
    not_evaluated: str
    error: str
    nothing_checked: str


@dataclass(frozen=True)
class Version:
    """A program that took part, and its version."""

    program: str
    version: str


@dataclass(frozen=True)
class OutcomeGroup:
    """The rules of one outcome."""

    outcome: Coded
    rules: tuple[RuleDetails, ...]


@dataclass(frozen=True)
class QualityPage(Page):
    """Everything on quality.html."""

    suite: str
    engine: str
    timezone: str
    legend: str
    versions: tuple[Version, ...]
    remarks: tuple[str, ...]
    inputs: tuple[InputRow, ...]
    more_inputs: str
    total: InputRow
    steps_of_scope: ScopeSection | None
    columns: tuple[ColumnReading, ...]
    more_columns: str
    suitability: SuitabilitySection | None
    judgement: str
    judged_by: tuple[str, ...]
    together: FailingTogether
    two_clocks: Effect | None
    reordered: str
    accepted: tuple[Accepted, ...]
    dimensions: tuple[Dimension, ...]
    groups: tuple[OutcomeGroup, ...]


def quality_page(audit: Audit, wording: Wording, run: RunFacts | None = None) -> QualityPage:
    """The page of every rule of an audit."""
    inputs = input_rows(audit.inputs, wording)
    columns = column_rows(audit.extract.columns[:MOST_COLUMNS], wording)
    rules = [finding.rule for finding in audit.findings]
    places = dict(zip(rules, anchors(rules), strict=True))
    return QualityPage(
        **head(audit, "quality", wording),
        suite=audit.suite,
        engine=run.engine if run else NOTHING,
        timezone=audit.extract.timezone,
        legend=legend(audit, wording),
        versions=_versions(audit, run),
        remarks=tuple(wording.pick(remark) for remark in audit.extract.remarks),
        inputs=inputs,
        more_inputs=wording.more(len(audit.inputs) - len(inputs)),
        total=input_total(audit.inputs, wording),
        steps_of_scope=scope_section(audit, wording),
        columns=columns,
        more_columns=wording.more(len(audit.extract.columns) - MOST_COLUMNS),
        suitability=suitability_section(audit, wording),
        judgement=audit.verdict.judgement,
        judged_by=tuple(wording.pick(audit.verdict.rule_of_judgement).splitlines()),
        together=failing_together(audit, places, wording),
        two_clocks=two_clocks(audit, wording),
        reordered=reordered(audit, wording),
        accepted=tuple(one for finding in audit.findings for one in accepted(finding, places[finding.rule], wording)),
        dimensions=tuple(_dimension(verdict, wording) for verdict in audit.verdict.dimensions),
        groups=_groups(audit, wording),
    )


def _versions(audit: Audit, run: RunFacts | None) -> tuple[Version, ...]:
    versions = {**(run.versions if run else {}), "logsyn": audit.version}
    return tuple(Version(program, version) for program, version in sorted(versions.items()))


def _dimension(verdict: DimensionVerdict, wording: Wording) -> Dimension:
    return Dimension(
        name=wording.name(names.DIMENSIONS, verdict.dimension),
        fitness=coded(names.FITNESS, verdict.fitness, wording),
        passed=wording.number(verdict.passed),
        failed=wording.number(verdict.failed),
        not_evaluated=wording.number(verdict.not_evaluated),
        error=wording.number(verdict.error),
        nothing_checked=wording.number(verdict.nothing_checked),
    )


def _groups(audit: Audit, wording: Wording) -> tuple[OutcomeGroup, ...]:
    findings = audit.findings
    placed = list(zip(findings, anchors([finding.rule for finding in findings]), strict=True))
    placed.sort(key=lambda pair: gravity(pair[0].severity))
    groups = (
        OutcomeGroup(
            coded(names.OUTCOMES, outcome, wording),
            tuple(
                rule_view(finding, anchor, audit, wording)
                for finding, anchor in placed
                if finding.outcome == outcome
            ),
        )
        for outcome in names.OUTCOMES
    )
    return tuple(group for group in groups if group.rules)
