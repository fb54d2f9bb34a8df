"""Owns how one rule is shown to the one who must be able to reproduce it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from logsyn.reports import names
from logsyn.reports.views.acceptance import Accepted, accepted, mark
from logsyn.reports.views.consequence import Effect, effect
from logsyn.reports.views.finding import Example, Shown, example, heading, sentence, shown
from logsyn.reports.views.page import Coded, Key, activity_key, coded, largest, team_key

if TYPE_CHECKING:
    from collections.abc import Callable

    from logsyn.reports.wording import Wording
    from logsyn.validator.record import Finding, Group

MOST_EVIDENCE: Final = 20


@dataclass(frozen=True)
class GroupRow:
    """One group of a breakdown; ``length`` is its share that failed, as the width of a bar."""

    key: Key
    hidden: bool
    checked: str
    failed: str
    share: str
    length: str


@dataclass(frozen=True)
class Breakdown:
    """Checked and failed rows by team, activity or month."""

    name: str
    rows: tuple[GroupRow, ...]
    more: str


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
    evidence: tuple[Example, ...]
    sql: str


def rule_view(finding: Finding, anchor: str, wording: Wording) -> RuleDetails:
    """A finding with everything that the audit knows of it."""
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
        sentence=sentence(finding, wording),
        reason=wording.pick(finding.reason) if finding.reason else "",
        checked=wording.number(finding.checked if finding.is_judged else None),
        failed=wording.number(finding.failed if finding.is_judged else None),
        share=wording.share(finding.failed if finding.is_judged and finding.table != "log" else None, finding.checked),
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
        breakdowns=_breakdowns(finding, wording),
        evidence=tuple(example(row, wording) for row in finding.evidence[:MOST_EVIDENCE]),
        sql=finding.sql or "",
    )


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


def _breakdowns(finding: Finding, wording: Wording) -> tuple[Breakdown, ...]:
    parts = finding.breakdowns
    return tuple(
        _breakdown(name, groups, key, wording)
        for name, groups, key in (
            (wording.gettext("Team"), parts.team, team_key),
            (wording.gettext("Activity"), parts.activity, activity_key),
            (wording.gettext("Month"), parts.month, _month_key),
        )
        if groups
    )


def _breakdown(
    name: str, groups: list[Group], key: Callable[[str | None, Wording], Key], wording: Wording
) -> Breakdown:
    chosen = largest(groups, lambda group: group.failed)
    rows = tuple(
        GroupRow(
            key=key(group.key, wording),
            hidden=group.hidden,
            checked="" if group.hidden else wording.number(group.checked),
            failed="" if group.hidden else wording.number(group.failed),
            share="" if group.hidden else wording.share(group.failed, group.checked),
            length=_length(group),
        )
        for group in chosen
    )
    return Breakdown(name, rows, wording.more(len(groups) - len(chosen)))


def _length(group: Group) -> str:
    if group.hidden or not group.checked or not group.failed:
        return "0%"
    return f"{100 * group.failed / group.checked:.2f}%"


def _month_key(month: str | None, wording: Wording) -> Key:
    return Key(wording.gettext("(no month)"), given=False) if month is None else Key(wording.month(month), given=True)
