"""The judgement of the whole log, its dimensions and its questions, from the findings and their measures, as the judgement's terms say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from logsyn.expectations.catalogue import Dimension, load_catalogue
from logsyn.expectations.judgement import Thresholds
from logsyn.expectations.question import NEEDS, Answerable, Question
from logsyn.validator.findings.gravity import by_gravity, counted_share
from logsyn.validator.judging.rule_of_judgement import told
from logsyn.validator.record import (
    Answerability,
    AnswerAfter,
    DimensionVerdict,
    Improvement,
    Obstacle,
    Outcome,
    QuestionVerdict,
    Verdict,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from logsyn.expectations.judgement import Effect, Judgement, QuestionLimits, Terms
    from logsyn.validator.consequence.consequences import QuestionMeasures
    from logsyn.validator.record import Finding, Fitness, OutOf, Usability

QUESTIONS: tuple[Question, ...] = get_args(Question)
_EFFECTS = {"unusable": 0, "reservations": 1, "nothing": 2}
_FITNESS: Mapping[Effect, Fitness] = {
    "unusable": "not_fit",
    "reservations": "fit_with_reservations",
    "nothing": "fit",
}
_ANSWERS: tuple[Answerable, ...] = (
    "cannot_be_answered",
    "not_known",
    "great_reservations",
    "small_reservations",
    "can_be_answered",
)
"""The worst first."""
_USABILITY: Mapping[Answerable, Usability] = {
    "cannot_be_answered": "not_usable",
    "not_known": "with_reservations",
    "great_reservations": "with_reservations",
    "small_reservations": "with_reservations",
    "can_be_answered": "usable",
}

_NO_ANSWER = frozenset({"cannot_be_answered", "not_known"})


def judge(
    findings: Sequence[Finding],
    judgement: Judgement,
    mapped: AbstractSet[str],
    measured: QuestionMeasures | None,
    causes: Sequence[Sequence[str]] = (),
) -> Verdict:
    """The verdict on a log, on each dimension and on each question.

    Args:
        findings: all of them, with their consequences.
        judgement: its terms.
        mapped: the columns that the extract filled.
        measured: the cases in doubt of all rules together; None: nothing was computed, and no answer is known.
        causes: rules that probably have one cause, so that one step does away with all of them.
    """
    effects = {finding.rule: effect_of(finding, judgement.overall) for finding in findings}
    asked = {name: _Asked(name, findings, judgement, mapped, measured) for name in QUESTIONS}
    can_ask = {name for name, one in asked.items() if not one.missing}
    reasons = _reasons(findings, list(asked.values()), effects)
    return Verdict(
        overall=_overall(findings, list(asked.values()), effects, measured),
        headline=next((one.rule for one in reasons if largest_share(one, can_ask)), None),
        reasons=[one.rule for one in reasons],
        judgement=judgement.judgement,
        rule_of_judgement=told(judgement, findings, measured=measured is not None),
        dimensions=[
            _dimension(name, of_name, effects)
            for name in get_args(Dimension)
            if (of_name := [finding for finding in findings if finding.dimension == name])
        ],
        questions=[one.verdict() for one in asked.values()],
        improvements=_improvements(reasons, list(asked.values()), causes),
    )


class _Asked:
    """One question: the findings that bear on it, and what they make of its answer."""

    def __init__(
        self,
        name: Question,
        findings: Sequence[Finding],
        judgement: Judgement,
        mapped: AbstractSet[str],
        measured: QuestionMeasures | None,
    ) -> None:
        self.name = name
        self.judgement = judgement
        self.limits: QuestionLimits = judgement.of_question(name)
        self.measured = measured
        self.missing = [need for need in NEEDS[name] if not any(column in mapped for column in need.split("|"))]
        counts = self.limits.counts
        bear = [f for f in findings if (name in f.questions if counts is None else {f.rule, f.check} & set(counts))]
        self.failed = [finding for finding in bear if finding.still_fails]
        self.counted = sorted(
            [one for one in self.failed if (cases := doubt_of(one, name)) is not None and cases.count],
            key=lambda one: (-share(doubt_of(one, name)), *by_gravity(one)),
        )
        self.uncounted = [one for one in self.failed if doubt_of(one, name) is None]
        self.unknown = [one for one in bear if one.outcome == "error" or one.asks_in_vain]
        self.nothing_known = counts != [] and not any(one.is_judged for one in bear)
        self.measure = self.remaining(self.counted)[0] if measured is not None else None
        self.answer = self._answer(self.measure, self.uncounted)

    def remaining(self, findings: Sequence[Finding]) -> list[OutOf]:
        """The cases in doubt by these findings together, and after the first, the first two and so on went away."""
        if self.measured is None:
            return []
        return self.measured.doubts.remaining(self.name, [one.rule for one in findings])

    def without(self, steps: Sequence[Sequence[Finding]]) -> list[AnswerAfter]:
        """The answer after the findings of each step went away, one step on top of the other."""
        left = self.remaining([one for step in steps for one in step if one in self.counted])
        gone: list[Finding] = []
        after: list[AnswerAfter] = []
        for step in steps:
            gone += step
            measure = left[sum(one in self.counted for one in gone)] if left and not self.missing else None
            still = [other for other in self.uncounted if other not in gone]
            after.append(AnswerAfter(question=self.name, answer=self._answer(measure, still), measure=measure))
        return after

    def _answer(self, measure: OutOf | None, uncounted: Sequence[Finding]) -> Answerable:
        if self.missing:
            return "cannot_be_answered"
        if measure is not None and not measure.of and self.failed:
            return "cannot_be_answered"  # the rows have no case
        if measure is None or not measure.of or self.nothing_known:
            return "not_known"
        answers = [self.limits.answer(measure.count, measure.of)]
        answers += [self.judgement.not_computable.get(one.severity, "can_be_answered") for one in uncounted]
        answers += [self._of_unknown(one) for one in self.unknown]
        return min(answers, key=_ANSWERS.index)

    def _of_unknown(self, finding: Finding) -> Answerable:
        terms = self.judgement.error if finding.outcome == "error" else self.judgement.nothing_checked
        return terms.get(finding.severity, "can_be_answered")

    def against(self) -> list[Finding]:
        """What stands in the way of the question, in order."""
        uncounted = sorted(
            [one for one in self.uncounted if self.judgement.not_computable.get(one.severity)], key=by_gravity
        )
        unknown = sorted([one for one in self.unknown if self._of_unknown(one) != "can_be_answered"], key=by_gravity)
        nowhere = [] if self.measure is None or self.measure.of else sorted(self.failed, key=by_gravity)
        return [*self.counted, *nowhere, *(one for one in uncounted if one not in nowhere), *unknown]

    def verdict(self) -> QuestionVerdict:
        """What is said of the question."""
        against = self.against()
        ranges = self.measured.range_of(self.name, [one.rule for one in self.counted]) if self.measured and self.answer not in _NO_ANSWER else []
        return QuestionVerdict(
            question=self.name,
            usability=_USABILITY[self.answer],
            rules=[one.rule for one in against],
            obstacles=[self._obstacle(one) for one in against],
            answerability=Answerability(
                answer=self.answer, measure=None if self.missing else self.measure, ranges=ranges, missing=self.missing
            ),
        )

    def _obstacle(self, finding: Finding) -> Obstacle:
        cases = doubt_of(finding, self.name) if finding.outcome == "failed" else None
        alone = self.limits.answer(cases.count, cases.of) if cases else "small_reservations"
        shown = finding.outcome == "failed" and finding.table != "log" and not (finding.acceptance is not None and finding.acceptance.hidden)  # fmt: skip
        return Obstacle(
            rule=finding.rule,
            makes="not_usable" if alone == "cannot_be_answered" else "with_reservations",
            share=counted_share(finding) if shown else None,
            cases=cases,
        )


def doubt_of(finding: Finding, question: str) -> OutOf | None:
    """The cases that a finding puts in doubt for a question; None: it cannot be computed, or does not bear on it."""
    return next((one.cases for one in finding.consequence.doubts if one.question == question), None)


def share(cases: OutOf | None) -> float:
    """The share of cases; 0 where there is none."""
    return cases.count / cases.of if cases is not None and cases.of else 0.0


def largest_share(finding: Finding, questions: AbstractSet[str]) -> float:
    """The largest share of cases that a finding puts in doubt, over these questions."""
    return max((share(one.cases) for one in finding.consequence.doubts if one.question in questions), default=0.0)


def _overall(
    findings: Sequence[Finding],
    asked: Sequence[_Asked],
    effects: Mapping[str, Effect],
    measured: QuestionMeasures | None,
) -> Fitness:
    """Fit for what the columns of the extract can answer; of rules that bear on no question, by the terms of their severity."""
    if measured is None:
        known: Effect = "nothing" if any(one.is_judged for one in findings) or not findings else "reservations"
        return _FITNESS[_gravest([*effects.values(), known])]
    answers = [one.answer for one in asked if not one.missing]
    beside: Effect = _gravest([effects[one.rule] for one in findings if not one.questions])
    if set(answers) <= {"cannot_be_answered"}:
        return "not_fit"
    of_questions: Effect = "nothing" if set(answers) == {"can_be_answered"} else "reservations"
    return _FITNESS[_gravest([of_questions, beside])]


def _reasons(findings: Sequence[Finding], asked: Sequence[_Asked], effects: Mapping[str, Effect]) -> list[Finding]:
    """The findings behind the verdict: by the largest share of cases in doubt, then what cannot be computed or was not judged, by severity."""
    short = [one for one in asked if not one.missing and one.answer != "can_be_answered"]
    counted = {one.rule for question in short for one in question.counted}
    told_of = {one.rule for question in short for one in question.against()}
    beside = {one.rule for one in findings if not one.questions and effects[one.rule] != "nothing"}
    unmeasured = {one.rule for one in findings if effects[one.rule] != "nothing"} if all(one.measured is None for one in asked) else set()  # fmt: skip
    chosen = [one for one in findings if one.rule in counted | told_of | beside | unmeasured]
    can_ask = {one.name for one in asked if not one.missing}
    return sorted(chosen, key=lambda one: (one.rule not in counted, -largest_share(one, can_ask), *by_gravity(one)))


def _improvements(reasons: Sequence[Finding], asked: Sequence[_Asked], causes: Sequence[Sequence[str]]) -> list[Improvement]:
    """The steps, in the order of the reasons, each on top of those before it."""
    catalogue = load_catalogue()
    steps = _steps([one for one in reasons if one.outcome == "failed" and any(one in question.failed for question in asked)], causes)
    after = [question.without(steps) for question in asked]
    return [
        Improvement(
            rule=first.rule,
            along=[one.rule for one in others],
            who=catalogue[first.check].who if first.check in catalogue else "bi-consultant",
            takes=catalogue[first.check].takes if first.check in catalogue else "agreement",
            answers=[of_question[at] for of_question in after],
        )
        for at, (first, *others) in enumerate(steps)
    ]


def _steps(findings: Sequence[Finding], causes: Sequence[Sequence[str]]) -> list[list[Finding]]:
    """The findings in their order, those with one cause in the place of the first of them."""
    cause_of = {rule: at for at, cause in enumerate(causes) for rule in cause}
    steps: dict[int | str, list[Finding]] = {}
    for one in findings:
        steps.setdefault(cause_of.get(one.rule, one.rule), []).append(one)
    return list(steps.values())


def effect_of(finding: Finding, terms: Terms) -> Effect:
    """What a finding does. Only what is not accepted counts."""
    limits = terms.failed.get(finding.severity) or Thresholds()
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
    if finding.asks_in_vain and unknown == "nothing" and limits != Thresholds():
        return "reservations"  # a rule of the user's that could have counted and was asked of nothing is no pass
    return unknown


def _gravest(effects: Sequence[Effect]) -> Effect:
    return min(effects, key=_EFFECTS.__getitem__, default="nothing")


def _dimension(name: str, findings: Sequence[Finding], effects: Mapping[str, Effect]) -> DimensionVerdict:
    count = {outcome: sum(finding.outcome == outcome for finding in findings) for outcome in
             get_args(Outcome)}  # fmt: skip
    fitness: Fitness | Literal["not_evaluated"] = _FITNESS[_gravest([effects[finding.rule] for finding in findings])]
    if count["not_evaluated"] + count["nothing_checked"] == len(findings):
        fitness = "not_evaluated"
    return DimensionVerdict(dimension=name, fitness=fitness, **count)
