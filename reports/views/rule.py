"""Owns how one rule is shown to the one who must be able to reproduce it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from logsyn.reports import names
from logsyn.reports.views.acceptance import Accepted, accepted, mark
from logsyn.reports.views.breakdown import Breakdown, breakdowns, left_out
from logsyn.reports.views.consequence import Effect, effect
from logsyn.reports.views.finding import Example, Shown, example, failing_part, heading, sentence, shown
from logsyn.reports.views.lacking import AllLacking, all_lacking
from logsyn.reports.views.limits import limit_told
from logsyn.reports.views.page import Coded, Key, coded

if TYPE_CHECKING:
    from logsyn.reports.wording import Wording
    from logsyn.validator.record import Audit, Finding, LogFacts


@dataclass(frozen=True)
class RuleDetails:
    """One rule, what came of it, and what it takes to get the same numbers again."""

    anchor: str
    rule: str
    check: str
    title: str
    outcome: Coded
    acceptance: Coded | None
    accepted: tuple[Accepted, ...]
    severity: Coded
    dimension: str
    table: str
    sentence: str
    reason: str
    lacking: AllLacking
    checked: str
    failed: str
    share: str
    cases: str
    rows: str
    required: str
    expectation: str
    params: tuple[Shown, ...]
    patterns: tuple[str, ...]
    questions: tuple[str, ...]
    fails_when: str
    why: str
    mend: str
    observed: str
    told: tuple[Shown, ...]
    effect: Effect | None
    breakdowns: tuple[Breakdown, ...]
    left_out: str
    evidence: tuple[Example, ...]
    sql: str


def rule_view(finding: Finding, anchor: str, audit: Audit, wording: Wording) -> RuleDetails:
    """A finding with everything that its audit knows of it."""
    log = audit.log
    told_by_reason = finding.outcome == "nothing_checked" and finding.reason is not None
    said = ("" if told_by_reason else sentence(finding, wording, log), limit_told(finding, audit, wording))
    return RuleDetails(
        anchor=anchor,
        rule=finding.rule,
        check=finding.check,
        title=heading(finding, wording),
        outcome=coded(names.OUTCOMES, finding.outcome, wording),
        acceptance=mark(finding, wording),
        accepted=accepted(finding, anchor, wording),
        severity=coded(names.SEVERITIES, finding.severity, wording),
        dimension=wording.name(names.DIMENSIONS, finding.dimension),
        table=wording.name(names.TABLES, finding.table),
        sentence=" ".join(part for part in said if part),
        reason=wording.pick(finding.reason) if finding.reason else "",
        lacking=all_lacking(finding, wording),
        checked=wording.number(finding.checked if finding.is_judged else None),
        failed=wording.number(finding.failed if finding.is_judged else None),
        share=_share(finding, log, wording),
        cases=wording.number(finding.cases_affected if finding.is_judged else None),
        rows=wording.number(finding.rows_affected if finding.is_judged else None),
        required=wording.required(finding.required_share),
        expectation=finding.expectation,
        params=values(finding.params, wording),
        patterns=tuple(finding.patterns),
        questions=tuple(wording.name(names.QUESTIONS, question) for question in finding.questions),
        fails_when=wording.pick(finding.fails_when),
        why=wording.pick(finding.why),
        mend=wording.pick(finding.mend),
        observed=finding.consequence.observed or "",
        told=tuple(shown(name, value, wording) for name, value in finding.told.items()),
        effect=effect(finding, wording),
        breakdowns=breakdowns(finding, log, wording),
        left_out=left_out(finding, wording),
        evidence=tuple(example(row, wording) for row in finding.evidence),
        sql=finding.sql or "",
    )


def _share(finding: Finding, log: LogFacts, wording: Wording) -> str:
    if not finding.is_judged or finding.table == "log":
        return wording.share(None, None)
    share = wording.share(*failing_part(finding, log))
    return wording.gettext("%(share)s of the registrations", share=share) if finding.table == "labels" else share


def values(mapping: dict[str, Any], wording: Wording) -> tuple[Shown, ...]:
    """Parameters or consequences under their own names, as they stand in audit.json."""
    return tuple(Shown(Key(name, given=True), _plain(value, wording)) for name, value in mapping.items())


def _plain(value: Any, wording: Wording) -> str:
    if isinstance(value, dict) and set(value) == {"da", "en"}:
        return str(value[wording.lang])
    if isinstance(value, bool) or value is None or isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, default=str)  # a day or time of YAML as people write it
    if isinstance(value, int | float):
        return wording.number(value)
    if isinstance(value, list | tuple):
        return ", ".join(_plain(item, wording) for item in value)
    return str(value)
