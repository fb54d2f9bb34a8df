"""Owns what to do next: the steps of the verdict with who can take them and what they are worth, then what every extract takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from logsyn.reports import names
from logsyn.reports.language import N_
from logsyn.reports.names_of_judgement import TAKES, WHO
from logsyn.reports.views.practice import to_settle
from logsyn.reports.views.suitability import has_few_cases
from logsyn.validator.record import AnswerAfter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from logsyn.reports.wording import Wording
    from logsyn.validator.record import Audit, Finding, Improvement, OutOf

MOST_STEPS: Final = 4
"""So many steps are told of what stands in the way."""

MOST_BESIDE: Final = 1
"""So many of them are about what no question depends on."""


@dataclass(frozen=True)
class NextStep:
    """One thing to do; ``link`` is the page where it can be done, or empty."""

    title: str
    text: str
    link: str


def next_steps(audit: Audit, known: Mapping[str, Finding], wording: Wording) -> tuple[NextStep, ...]:
    """What to do, each on top of what comes before it, and then what is to be done with every extract."""
    before = {
        verdict.question: AnswerAfter(question=verdict.question, answer=answered.answer, measure=answered.measure)
        for verdict in audit.verdict.questions
        if (answered := verdict.answerability)
    }
    steps = _beside(audit, known, wording)
    for step in audit.verdict.improvements[: MOST_STEPS - len(steps)]:
        finding = known.get(step.rule)
        if finding is not None:
            mended = [finding, *(known[rule] for rule in step.along if rule in known)]
            title = wording.listed([wording.pick(one.title) for one in mended])
            how = dict.fromkeys(wording.pick(one.mend) for one in mended)
            text = " ".join([*how, _who(step, wording), *_becomes(step, before, wording)])
            steps.append(NextStep(title, text, ""))
        before = {after.question: after for after in step.answers}
    return (*steps, *_common_steps(audit, wording))


def _who(step: Improvement, wording: Wording) -> str:
    """Who can take a step, and what it takes."""
    return wording.gettext("%(who)s; it takes %(what)s.", who=wording.name(WHO, step.who), what=wording.name(TAKES, step.takes))


_CHANGED: Final = {
    "can_be_answered": N_("Then questions about %(questions)s can be answered."),
    "small_reservations": N_("Then questions about %(questions)s can be answered with small reservations."),
    "great_reservations": N_("Then questions about %(questions)s can be answered with great reservations."),
    "cannot_be_answered": N_("Questions about %(questions)s can still not be answered."),
    "not_known": N_("The answers to questions about %(questions)s are still not known."),
}


def _becomes(step: Improvement, before: Mapping[str, AnswerAfter], wording: Wording) -> list[str]:
    """What becomes of the questions that gain by a step: a sentence for each new answer, and one of those that only have fewer cases in doubt."""
    changed: dict[str, list[str]] = {answer: [] for answer in _CHANGED}
    fewer: list[str] = []
    for after in step.answers:
        was = before.get(after.question)
        if was is None or was.measure is None or after.measure is None:
            continue
        if was.answer != after.answer:
            changed[after.answer].append(_left(after.question, after.measure, wording))
        elif was.measure.count > after.measure.count:
            fewer.append(_fallen(after.question, was.measure, after.measure, wording))
    told = [wording.gettext(said, questions=wording.listed(of)) for answer, said in _CHANGED.items() if (of := changed[answer])]
    return [*told, *([wording.gettext("Cases in doubt fall %(which)s.", which=wording.listed(fewer))] if fewer else [])]


def _left(question: str, measure: OutOf, wording: Wording) -> str:
    """A question within a sentence, and the cases that are left in doubt, if any."""
    name = _named(question, wording)
    if not measure.count:
        return name
    return wording.gettext("%(question)s (%(count)s of %(cases)s in doubt)", question=name, count=wording.number(measure.count), cases=wording.cases(measure.of))


def _fallen(question: str, was: OutOf, now: OutOf, wording: Wording) -> str:
    return wording.gettext(
        "from %(before)s to %(after)s for %(question)s",
        before=wording.number(was.count), after=wording.number(now.count), question=_named(question, wording),
    )  # fmt: skip


def _named(question: str, wording: Wording) -> str:
    return wording.name(names.QUESTIONS_IN_SHORT, question).lower()


def _beside(audit: Audit, known: Mapping[str, Finding], wording: Wording) -> list[NextStep]:
    """What no question depends on and nobody may wait with, such as personal numbers."""
    found = [one for rule in audit.verdict.reasons if (one := known.get(rule)) is not None and one.still_fails and not one.questions]
    return [NextStep(wording.pick(one.title), wording.pick(one.mend), "") for one in found[:MOST_BESIDE]]


def _common_steps(audit: Audit, wording: Wording) -> list[NextStep]:
    steps = []
    if audit.verdict.overall == "fit" and has_few_cases(audit):
        text = wording.gettext("What is registered is in order, but so few cases tell of nothing but themselves.")
        steps.append(NextStep(wording.gettext("Get an extract with more cases"), text, ""))
    elif audit.verdict.overall == "fit" and audit.selection is None:
        steps.append(NextStep(wording.gettext("Begin the analysis"), wording.gettext("The extract can carry it."), ""))
    asked = len(to_settle(audit))
    rejected = sum(file.rows_rejected for file in audit.inputs)
    run_out = sum(part.expired for finding in audit.findings if finding.acceptance for part in finding.acceptance.parts)
    errors = sum(finding.outcome == "error" for finding in audit.findings)
    silent = sum(finding.outcome == "not_evaluated" for finding in audit.findings)
    idle = sum(finding.outcome == "nothing_checked" for finding in audit.findings)
    if asked:
        text = wording.ngettext(
            "%(n)s question is ready to be settled with those who do the registration.",
            "%(n)s questions are ready to be settled with those who do the registration.",
            asked,
            n=wording.number(asked),
        )
        steps.append(NextStep(wording.gettext("Agree on how to register"), text, "practice.html"))
    if rejected:
        text = wording.ngettext(
            "%(rows)s could not be read and is not part of what was examined.",
            "%(rows)s could not be read and are not part of what was examined.",
            rejected,
            rows=wording.rows(rejected),
        )
        steps.append(NextStep(wording.gettext("Have unreadable rows corrected"), text, "quality.html#rows"))
    if run_out:
        text = wording.gettext("What was accepted counts again, until it is settled or accepted anew.")
        steps.append(NextStep(wording.gettext("Decide on what was accepted until now"), text, "#accepted"))
    if audit.selection is not None:
        text = wording.gettext("The verdict of the whole suite is not known.")
        steps.append(NextStep(wording.gettext("Run all the rules"), text, ""))
    if silent:
        text = wording.gettext("%(rules)s could not be evaluated without it.", rules=wording.rules(silent))
        steps.append(NextStep(wording.gettext("Get hold of what was missing"), text, "#not-evaluated"))
    if idle:
        text = wording.gettext(
            "%(rules)s found no rows to look at. See whether names and conditions are written as in the extract.",
            rules=wording.rules(idle),
        )
        steps.append(NextStep(wording.gettext("Look at the rules that concern no row"), text, "#not-evaluated"))
    if errors:
        text = wording.gettext("%(rules)s could not be run. It is a technical matter.", rules=wording.rules(errors))
        steps.append(NextStep(wording.gettext("Ask the BI consultant to look at the error"), text, "quality.html"))
    text = wording.gettext("The verdict holds for this extract only.")
    return [*steps, NextStep(wording.gettext("Examine the next extract in the same way"), text, "")]
