"""The judgement of the whole log, its dimensions and its questions, from the findings, as the judgement's terms say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from logsyn.expectations.catalogue import Dimension, Question
from logsyn.expectations.judgement import Thresholds
from logsyn.expectations.severity import gravity
from logsyn.validator.findings.rule_of_judgement import told
from logsyn.validator.record import DimensionVerdict, Obstacle, Outcome, QuestionVerdict, Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from logsyn.expectations.judgement import Effect, Judgement, Terms
    from logsyn.validator.record import Finding, Fitness, Usability

_EFFECTS = {"unusable": 0, "reservations": 1, "nothing": 2}
_FITNESS: Mapping[Effect, Fitness] = {
    "unusable": "not_fit",
    "reservations": "fit_with_reservations",
    "nothing": "fit",
}
_USABILITY: Mapping[Effect, Usability] = {
    "unusable": "not_usable",
    "reservations": "with_reservations",
    "nothing": "usable",
}


def judge(findings: Sequence[Finding], judgement: Judgement) -> Verdict:
    """The verdict on a log, on each dimension and on each question."""
    effects = {finding.rule: effect_of(finding, judgement.overall) for finding in findings}
    return Verdict(
        overall=_FITNESS[_at_least_known(findings, effects)],
        reasons=[f.rule for f in _in_order(findings, effects) if effects[f.rule] != "nothing"],
        judgement=judgement.judgement,
        rule_of_judgement=told(judgement, findings),
        dimensions=[
            _dimension(name, of_name, effects)
            for name in get_args(Dimension)
            if (of_name := [finding for finding in findings if finding.dimension == name])
        ],
        questions=[_question(name, findings, judgement) for name in get_args(Question)],
    )


def effect_of(finding: Finding, terms: Terms, limits: Thresholds | None = None) -> Effect:
    """What a finding does; ``limits`` stand in place of those of its severity. Only what is not accepted counts."""
    limits = limits or terms.failed.get(finding.severity) or Thresholds()
    unknown = terms.not_evaluated.get(finding.severity, "nothing")
    match finding.outcome:
        case "passed":
            return "nothing"
        case "failed":
            return limits.effect(counted_share(finding)) if finding.still_fails else "nothing"
        case "error":
            return terms.error.get(finding.severity, "nothing")
        case "nothing_checked" if not finding.own:
            return "nothing"  # there is nothing of its kind in the log
        case "nothing_checked" if unknown == "nothing" and limits != Thresholds():
            return "reservations"  # a rule of the user's that could have counted and was asked of nothing is no pass
    return unknown


def failed_share(finding: Finding) -> float:
    """What failed as a share of what was checked, at most 1; a finding about the log as a whole is 1 when it failed."""
    return _share(finding.failed, finding)


def counted_share(finding: Finding) -> float:
    """As ``failed_share``, of what is not accepted."""
    left = finding.acceptance.remaining if finding.acceptance else None
    return _share(finding.failed if left is None else left, finding)


def gravest_first(findings: Sequence[Finding]) -> list[Finding]:
    """By severity, then by the share of rows that fail, then by name."""
    return sorted(findings, key=_gravity)


def _gravity(finding: Finding) -> tuple[int, float, str]:
    return gravity(finding.severity), -counted_share(finding), finding.rule


def _share(failed: int, finding: Finding) -> float:
    if not failed or not finding.checked:
        return float(bool(failed))
    return 1.0 if finding.table == "log" else min(failed / finding.checked, 1.0)


def _touch(finding: Finding) -> int:
    """Rows of the extract that a finding touches without what is accepted, by which findings of all tables compare."""
    accepted = finding.acceptance.accepted if finding.acceptance else 0
    return finding.rows_affected - (accepted or 0 if finding.table == "events" else 0)


def _in_order(findings: Sequence[Finding], effects: Mapping[str, Effect]) -> list[Finding]:
    return sorted(findings, key=lambda finding: (_EFFECTS[effects[finding.rule]], *_gravity(finding)))


def _gravest(effects: Sequence[Effect]) -> Effect:
    return min(effects, key=_EFFECTS.__getitem__, default="nothing")


def _at_least_known(findings: Sequence[Finding], effects: Mapping[str, Effect]) -> Effect:
    """The gravest effect; where rules looked at nothing and none was judged, reservations at the least: nothing is known."""
    gravest = _gravest(list(effects.values()))
    idle = any(finding.outcome == "nothing_checked" for finding in findings)
    unknown = idle and not any(finding.is_judged for finding in findings)
    return "reservations" if gravest == "nothing" and unknown else gravest


def _dimension(name: str, findings: Sequence[Finding], effects: Mapping[str, Effect]) -> DimensionVerdict:
    count = {outcome: sum(finding.outcome == outcome for finding in findings) for outcome in
             get_args(Outcome)}  # fmt: skip
    fitness: Fitness | Literal["not_evaluated"] = _FITNESS[_gravest([effects[finding.rule] for finding in findings])]
    if count["not_evaluated"] + count["nothing_checked"] == len(findings):
        fitness = "not_evaluated"
    return DimensionVerdict(dimension=name, fitness=fitness, **count)


def _question(name: Question, findings: Sequence[Finding], judgement: Judgement) -> QuestionVerdict:
    """A question's verdict; what cannot be known comes first, then what touches the most rows of the extract."""
    special = judgement.of_question(name)
    effects: dict[str, Effect] = {}
    for finding in findings:
        limits = special.limits.get(finding.rule, special.limits.get(finding.check))
        named = special.counts is not None and (finding.rule in special.counts or finding.check in special.counts)
        if limits or named or (special.counts is None and name in finding.questions):
            effects[finding.rule] = effect_of(finding, judgement.every_question, limits)
            told_apart = limits is not None and (limits.reservations_from, limits.unusable_from) != (None, None)
            if told_apart and finding.outcome == "not_evaluated" and effects[finding.rule] == "nothing":
                effects[finding.rule] = "reservations"  # the question stands on it, so not knowing it is no pass
    against = sorted(
        [finding for finding in findings if effects.get(finding.rule, "nothing") != "nothing"],
        key=lambda f: (_EFFECTS[effects[f.rule]], f.outcome == "failed", -_touch(f), *_gravity(f)),
    )
    return QuestionVerdict(
        question=name,
        usability=_USABILITY[_at_least_known([finding for finding in findings if finding.rule in effects], effects)],
        rules=[finding.rule for finding in against],
        obstacles=[_obstacle(finding, effects[finding.rule]) for finding in against],
    )


def _obstacle(finding: Finding, effect: Effect) -> Obstacle:
    shown = (
        finding.outcome == "failed"
        and finding.table != "log"
        and not (finding.acceptance is not None and finding.acceptance.hidden)
    )
    return Obstacle(
        rule=finding.rule,
        makes="not_usable" if effect == "unusable" else "with_reservations",
        share=counted_share(finding) if shown else None,
    )
