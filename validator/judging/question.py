"""One question of an analysis, judged: the findings that bear on it, its measure, its answer, and what the answer would be without some of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from logsyn.expectations.question import NEEDS, Answerable, Question
from logsyn.validator.disclosure.size import is_small
from logsyn.validator.findings.gravity import by_gravity, counted_share
from logsyn.validator.record import Answerability, AnswerAfter, AnswerRange, Obstacle, QuestionVerdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from logsyn.expectations.judgement import Judgement, QuestionLimits
    from logsyn.validator.consequence.consequences import QuestionMeasures
    from logsyn.validator.record import Finding, OutOf, Usability

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

NO_ANSWER = frozenset({"cannot_be_answered", "not_known"})


class JudgedQuestion:
    """One question: the findings that bear on it, and what they make of its answer. ``counting``: the rules whose cases in doubt are counted. ``unasked``: none bears on it."""

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
        bear = [f for f in findings if (name in f.questions if counts is None else _is_named(f, counts))]
        self.failed = [finding for finding in bear if finding.still_fails]
        self.counted = sorted(
            [one for one in self.failed if (cases := doubt_of(one, name)) is not None and cases.count],
            key=lambda one: (-share(doubt_of(one, name)), *by_gravity(one)),
        )
        self.counting = {one.rule for one in self.counted}
        self.uncounted = [one for one in self.failed if doubt_of(one, name) is None]
        self.unknown = [one for one in bear if one.outcome == "error" or one.asks_in_vain]
        self.unasked = not bear
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
        left = self.remaining([one for step in steps for one in step if one.rule in self.counting])
        done, still = 0, self.uncounted
        after: list[AnswerAfter] = []
        for step in steps:
            gone = {one.rule for one in step}
            done += len(gone & self.counting)
            measure = left[done] if left and not self.missing else None
            still = [one for one in still if one.rule not in gone]
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
        told = {one.rule for one in nowhere}
        return [*self.counted, *nowhere, *(one for one in uncounted if one.rule not in told), *unknown]

    def verdict(self) -> QuestionVerdict:
        """What is said of the question."""
        against = self.against()
        ranges = self.measured.range_of(self.name, [one.rule for one in self.counted]) if self.measured and self.answer not in NO_ANSWER else []
        return QuestionVerdict(
            question=self.name,
            usability=_USABILITY[self.answer],
            rules=[one.rule for one in against],
            obstacles=[self._obstacle(one) for one in against],
            answerability=Answerability(
                answer=self.answer,
                measure=None if self.missing else self.measure,
                ranges=[_of_few(one) for one in ranges] if self.measure is not None and is_small(self.measure.count) else ranges,
                missing=self.missing,
                uncounted=[one.rule for one in sorted(self.uncounted, key=by_gravity)] if self.measured is not None else [],
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


def bearing(findings: Sequence[Finding], judgement: Judgement) -> list[Finding]:
    """The findings, each with the questions for which the judgement names it, beside those that its check bears on: it is measured for them, too."""
    named = {question: counts for question in NEEDS if (counts := judgement.of_question(question).counts)}
    return [
        finding.model_copy(update={"questions": [*finding.questions, *more]})
        if (more := [name for name, counts in named.items() if name not in finding.questions and _is_named(finding, counts)])
        else finding
        for finding in findings
    ]


def _is_named(finding: Finding, counts: Sequence[str]) -> bool:
    return finding.rule in counts or finding.check in counts


def doubt_of(finding: Finding, question: str) -> OutOf | None:
    """The cases that a finding puts in doubt for a question; None: it cannot be computed, or does not bear on it."""
    return next((one.cases for one in finding.consequence.doubts if one.question == question), None)


def share(cases: OutOf | None) -> float:
    """The share of cases; 0 where there is none."""
    return cases.count / cases.of if cases is not None and cases.of else 0.0


def _of_few(told: AnswerRange) -> AnswerRange:
    """A figure of the log as it is: what else it would be with few cases moved tells by how much these are."""
    return AnswerRange(figure=told.figure, as_it_is=told.as_it_is)
