"""The judgement of the whole log, its dimensions and its questions, from the findings and their measures, as the judgement's terms say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from logsyn.expectations.catalogue import Dimension, load_catalogue
from logsyn.expectations.judgement import Thresholds
from logsyn.expectations.question import Question
from logsyn.validator.findings.gravity import by_gravity, counted_of_checked
from logsyn.validator.judging.question import NO_ANSWER, JudgedQuestion, doubt_of, share
from logsyn.validator.judging.rule_of_judgement import told
from logsyn.validator.record import (
    DimensionVerdict,
    Improvement,
    Outcome,
    Verdict,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from logsyn.expectations.judgement import Effect, Judgement, Terms
    from logsyn.validator.consequence.consequences import QuestionMeasures
    from logsyn.validator.record import Finding, Fitness

QUESTIONS: tuple[Question, ...] = get_args(Question)
_EFFECTS = {"unusable": 0, "reservations": 1, "nothing": 2}
_FITNESS: Mapping[Effect, Fitness] = {
    "unusable": "not_fit",
    "reservations": "fit_with_reservations",
    "nothing": "fit",
}


def judge(
    findings: Sequence[Finding],
    judgement: Judgement,
    mapped: AbstractSet[str],
    measured: QuestionMeasures | None,
    causes: Sequence[Sequence[str]] = (),
    *,
    selected: bool = False,
) -> Verdict:
    """The verdict on a log, on each dimension and on each question.

    Args:
        findings: all of them, with their consequences.
        judgement: its terms.
        mapped: the columns that the extract filled.
        measured: the cases in doubt of all rules together; None: nothing was computed, and no answer is known.
        causes: rules that probably have one cause, so that one step does away with all of them.
        selected: only some rules of the suite were run; a question on which none of them bears is left out of the verdict on the log.
    """
    effects = {finding.rule: effect_of(finding, judgement.overall) for finding in findings}
    if measured is None:  # what lacks a column counts against the questions that need it, and of those nothing is known
        effects |= {one.rule: "nothing" for one in findings if one.outcome == "not_evaluated" and one.questions and not one.asks_in_vain}
    asked = {name: JudgedQuestion(name, findings, judgement, mapped, measured) for name in QUESTIONS}
    largest = {one.rule: _largest_share(one, list(asked.values())) for one in findings}
    reasons = _causes_first(_reasons(findings, list(asked.values()), effects, largest), causes, largest)
    in_dimension = {one.rule: _gravest([effects[one.rule], _effect_on_answers(one, list(asked.values()))]) for one in findings}
    return Verdict(
        overall=_overall(findings, [one for one in asked.values() if not (selected and one.unasked)], effects, measured),
        headline=next((one.rule for one in reasons if largest[one.rule]), None),
        reasons=[one.rule for one in reasons],
        judgement=judgement.judgement,
        rule_of_judgement=told(judgement, findings, measured=measured is not None),
        dimensions=[
            _dimension(name, of_name, in_dimension)
            for name in get_args(Dimension)
            if (of_name := [finding for finding in findings if finding.dimension == name])
        ],
        questions=[one.verdict() for one in asked.values()],
        improvements=_improvements(reasons, list(asked.values()), causes),
    )


def _overall(
    findings: Sequence[Finding],
    asked: Sequence[JudgedQuestion],
    effects: Mapping[str, Effect],
    measured: QuestionMeasures | None,
) -> Fitness:
    """Fit for what the columns of the extract can answer; of rules that bear on no question, by the terms of their severity.

    Where of no question an answer is known, nobody knows that it is unfit either.
    """
    answers = {one.answer for one in asked if not one.missing}
    if asked and answers <= NO_ANSWER and answers != {"not_known"}:
        return "not_fit"
    of_questions: Effect = "nothing" if answers <= {"can_be_answered"} else "reservations"
    beside = [effects[one.rule] for one in findings if measured is None or not one.questions]
    return _FITNESS[_gravest([of_questions, *beside])]


def _largest_share(finding: Finding, asked: Sequence[JudgedQuestion]) -> float:
    """The largest share of cases that a finding puts in doubt, over the questions that can be asked and for which it counts."""
    counts = [share(doubt_of(finding, one.name)) for one in asked if not one.missing and finding.rule in one.counting]
    return max(counts, default=0.0)


def _reasons(
    findings: Sequence[Finding], asked: Sequence[JudgedQuestion], effects: Mapping[str, Effect], largest: Mapping[str, float]
) -> list[Finding]:
    """The findings behind the verdict: by the largest share of cases in doubt, then what cannot be computed or was not judged, by severity."""
    short = [one for one in asked if not one.missing and one.answer != "can_be_answered"]
    counted = {one.rule for question in short for one in question.counted}
    told_of = {one.rule for question in short for one in question.against()}
    beside = {one.rule for one in findings if not one.questions and effects[one.rule] != "nothing"}
    unmeasured = {one.rule for one in findings if effects[one.rule] != "nothing"} if all(one.measured is None for one in asked) else set()  # fmt: skip
    chosen = [one for one in findings if one.rule in counted | told_of | beside | unmeasured]
    return sorted(chosen, key=lambda one: (one.rule not in counted, -largest[one.rule], *by_gravity(one)))


def _causes_first(reasons: Sequence[Finding], causes: Sequence[Sequence[str]], largest: Mapping[str, float]) -> list[Finding]:
    """The reasons in their order, but that what follows from another of one cause, for most of its rows, comes after that one where it puts no fewer cases in doubt."""
    catalogue, told = load_catalogue(), set[str]()
    together = [set(cause) for cause in causes]
    ordered: list[Finding] = []
    for one in reasons:
        sources = catalogue[one.check].follows_from if one.check in catalogue else []
        before = [
            other
            for other in reasons
            if other.check in sources
            and any({one.rule, other.rule} <= cause for cause in together)
            and 2 * other.rows_affected >= one.rows_affected
            and largest[other.rule] >= largest[one.rule]
        ]
        for finding in (*before, one):
            if finding.rule not in told:
                told.add(finding.rule)
                ordered.append(finding)
    return ordered


def _improvements(reasons: Sequence[Finding], asked: Sequence[JudgedQuestion], causes: Sequence[Sequence[str]]) -> list[Improvement]:
    """The steps, in the order of the reasons, each on top of those before it."""
    catalogue = load_catalogue()
    bearing = {one.rule for question in asked for one in question.failed}
    steps = _steps([one for one in reasons if one.outcome == "failed" and one.rule in bearing], causes)
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
            return limits.effect(*counted_of_checked(finding)) if finding.still_fails else "nothing"
        case "error":
            return terms.error.get(finding.severity, "nothing")
        case "nothing_checked" if not finding.own:
            return "nothing"  # there is nothing of its kind in the log
    if finding.asks_in_vain and unknown == "nothing" and limits != Thresholds():
        return "reservations"  # a rule of the user's that could have counted and was asked of nothing is no pass
    return unknown


def _effect_on_answers(finding: Finding, asked: Sequence[JudgedQuestion]) -> Effect:
    """Reservations where the finding alone, whatever its severity, makes any answer less than certain: its dimension must not say otherwise."""
    alone = (one.limits.answer(cases.count, cases.of) for one in asked if finding.rule in one.counting and (cases := doubt_of(finding, one.name)))
    return "reservations" if any(answer != "can_be_answered" for answer in alone) else "nothing"


def _gravest(effects: Sequence[Effect]) -> Effect:
    return min(effects, key=_EFFECTS.__getitem__, default="nothing")


def _dimension(name: str, findings: Sequence[Finding], effects: Mapping[str, Effect]) -> DimensionVerdict:
    count = {outcome: sum(finding.outcome == outcome for finding in findings) for outcome in
             get_args(Outcome)}  # fmt: skip
    fitness: Fitness | Literal["not_evaluated"] = _FITNESS[_gravest([effects[finding.rule] for finding in findings])]
    if count["not_evaluated"] + count["nothing_checked"] == len(findings):
        fitness = "not_evaluated"
    return DimensionVerdict(dimension=name, fitness=fitness, **count)
