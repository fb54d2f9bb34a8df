"""Puts audits side by side: reads their folders, orders them by day, and says of every rule and team what has changed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from logsyn.expectations.severity import gravity
from logsyn.validator.comparing.change import change_of
from logsyn.validator.comparing.fingerprint import fingerprint
from logsyn.validator.comparing.regime import LAG_CHECKS, WHY, regime_months
from logsyn.validator.disclosure.differences import told_beside
from logsyn.validator.errors import AuditError
from logsyn.validator.personal.file_names import shown_name
from logsyn.validator.personal.records import protected
from logsyn.validator.record import Delivery, Point, RuleTrend, Succession, TeamTrend, Text, rows_in
from logsyn.validator.recorded import load_audit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from logsyn.validator.record import Audit, Change, Finding, Group

NOT_RUN = Text(
    da="Reglen blev ikke vurderet i begge leverancer.",
    en="The rule was not evaluated in both deliveries.",
)
ABSENT = Text(
    da="Den seneste leverance er ikke undersøgt med denne regel.",
    en="The last delivery was not examined with this rule.",
)
OTHER_PART = Text(
    da="De to leverancer er undersøgt for hver sin del af udtrækket.",
    en="The two deliveries were examined for different parts of the extract.",
)
FEWEST = 2
"""So many audits a comparison takes at least."""

_ORDER: list[Change] = ["new", "worse", "not_comparable", "same", "better", "gone"]


def compare(folders: Sequence[Path]) -> Succession:
    """Compare the audits in at least two folders, in the order of the days they speak for.

    Raises:
        AuditError: fewer than two, or a folder without an audit.
    """
    if len({folder.resolve() for folder in folders}) < len(folders):
        raise AuditError("the same folder is given twice", "Give the report folders of two deliveries.")
    if len(folders) < FEWEST:
        raise _too_few()
    return side_by_side([(Path(os.path.realpath(folder)).name, load_audit(folder)) for folder in folders])


def side_by_side(deliveries: Sequence[tuple[str, Audit]]) -> Succession:
    """Compare at least two audits, each with the name of its delivery, in the order of the days they speak for.

    Raises:
        AuditError: fewer than two.
    """
    if len(deliveries) < FEWEST:
        raise _too_few()
    ordered = sorted(deliveries, key=lambda one: (one[1].as_of, one[1].log.end or ""))
    audits = [audit for _, audit in ordered]
    months = regime_months(audits)
    guards = dict.fromkeys(LAG_CHECKS, WHY) if months else {}
    if _part(audits[-2]) != _part(audits[-1]):
        guards = {finding.check: OTHER_PART for audit in audits for finding in audit.findings}
    trends = [_trend(key, audits, guards) for key in _keys(audits)]
    return protected(Succession(
        deliveries=_deliveries([_delivery(name, audit) for name, audit in ordered]),
        regime_months=months,
        rules=sorted(trends, key=lambda one: (_ORDER.index(one.change), gravity(one.severity), one.rule, one.fingerprint)),
    ))  # fmt: skip


def _too_few() -> AuditError:
    return AuditError("a comparison takes at least two audits", "Give the report folders of two deliveries.")


def _keys(audits: Sequence[Audit]) -> list[str]:
    return sorted({fingerprint(finding) for audit in audits for finding in audit.findings})


def _delivery(name: str, audit: Audit) -> Delivery:
    return Delivery(
        name=audit.delivery or shown_name(name),
        as_of=audit.as_of,
        suite=audit.suite,
        practice=audit.registration.practice,
        verdict=audit.verdict.overall,
        rows_in_file=rows_in(audit.inputs, "rows_in_file"),
        rows_rejected=sum(one.rows_rejected for one in audit.inputs),
        cases=audit.log.cases,
        events=audit.log.events,
        start=audit.log.typical_start or audit.log.start,
        end=audit.log.typical_end or audit.log.end,
    )


def _deliveries(made: Sequence[Delivery]) -> list[Delivery]:
    """The deliveries without counts whose difference to a later one is small."""
    told = {name: told_beside([getattr(one, name) for one in made]) for name in ("rows_in_file", "rows_rejected", "cases", "events")}
    if not all(told["rows_in_file"]) or not all(told["events"]):
        told["rows_in_file"] = told["events"] = [first and other for first, other in zip(told["rows_in_file"], told["events"], strict=True)]
    return [one.model_copy(update={name: None for name, may in told.items() if not may[at]}) for at, one in enumerate(made)]


def _beside(points: Sequence[Point | None]) -> list[Point | None]:
    """Points without figures whose difference to a later one is small: checked, failed, or in order."""
    checked, failed = ([getattr(one, name, None) for one in points] for name in ("checked", "failed"))
    in_order = [None if of is None or part is None else of - part for of, part in zip(checked, failed, strict=True)]
    told = told_beside(checked, failed, in_order)
    return [one if may or one is None else Point(outcome=one.outcome, near=True) for one, may in zip(points, told, strict=True)]


def _part(audit: Audit) -> list[str] | None:
    """The steps of the scope; None for the whole extract."""
    return None if audit.scope is None else [step.title.en for step in audit.scope.steps]


def _trend(key: str, audits: Sequence[Audit], guards: Mapping[str, Text]) -> RuleTrend:
    found = [next((one for one in audit.findings if fingerprint(one) == key), None) for audit in audits]
    latest = next(finding for finding in reversed(found) if finding is not None)
    points = [None if finding is None else _point(finding) for finding in found]
    guard = guards.get(latest.check)
    change: Change = "not_comparable" if guard else change_of(points[-2], points[-1], counted=latest.table == "log")
    return RuleTrend(
        rule=latest.rule,
        check=latest.check,
        fingerprint=key,
        title=latest.title,
        severity=latest.severity,
        table=latest.table,
        points=_beside(points),
        change=change,
        why=(guard or _why(points)) if change == "not_comparable" else None,
        teams=_teams(found, guard=guard is not None),
    )


def _why(points: Sequence[Point | None]) -> Text:
    return ABSENT if points[-1] is None else NOT_RUN


def _point(finding: Finding) -> Point:
    return Point(
        outcome=finding.outcome,
        checked=finding.checked if finding.is_judged else None,
        failed=finding.failed if finding.is_judged else None,
    )


def _teams(found: Sequence[Finding | None], *, guard: bool) -> list[TeamTrend]:
    """Teams of the last two deliveries; a group that is hidden in one of them has no figure to compare."""
    groups = [{} if one is None else {group.key: group for group in one.breakdowns.team} for one in found]
    teams = sorted({team for by_team in groups[-2:] for team in by_team}, key=lambda team: (team is None, team or ""))
    trends = []
    for team in teams:
        points = [_team_point(by_team.get(team)) for by_team in groups]
        comparable = points[-2] is not None and points[-1] is not None and not guard
        change: Change = change_of(points[-2], points[-1], counted=False) if comparable else "not_comparable"
        trends.append(TeamTrend(team=team, points=_beside(points), change=change))
    return trends


def _team_point(group: Group | None) -> Point | None:
    if group is None or group.failed is None or group.checked is None:
        return None
    return Point(outcome="failed" if group.failed else "passed", checked=group.checked, failed=group.failed)
