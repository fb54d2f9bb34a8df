"""Owns what to do next: the steps of the verdict with who can take them and what they are worth, then what every extract takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from logsyn.reports import names
from logsyn.reports.names_of_judgement import ANSWERS_IN_SHORT, TAKES, WHO
from logsyn.reports.views.practice import to_settle
from logsyn.reports.views.questions import in_doubt
from logsyn.validator.record import AnswerAfter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from logsyn.reports.wording import Wording
    from logsyn.validator.record import Audit, Finding, Improvement

MOST_STEPS: Final = 4
"""So many steps of the verdict are told; of rules with one cause the first."""


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
    causes = {rule: at for at, cause in enumerate(audit.co_occurrence.shared_causes) for rule in cause.rules}
    steps: list[NextStep] = []
    told: set[int | None] = set()
    for step in audit.verdict.improvements:
        cause = causes.get(step.rule)
        if (finding := known.get(step.rule)) is not None and len(steps) < MOST_STEPS and (cause is None or cause not in told):
            told.add(cause)
            text = f"{wording.pick(finding.mend)} {_worth(step, before, wording)}"
            steps.append(NextStep(wording.pick(finding.title), text, ""))
        before = {after.question: after for after in step.answers}
    return (*steps, *_common_steps(audit, wording))


def _worth(step: Improvement, before: Mapping[str, AnswerAfter], wording: Wording) -> str:
    """Who can do it, what it takes, and what becomes of the question that gains most."""
    who = wording.gettext("%(who)s; it takes %(what)s.", who=wording.name(WHO, step.who), what=wording.name(TAKES, step.takes))  # fmt: skip
    gained = [
        (was.answer != after.answer, was.measure.count - after.measure.count, after)
        for after in step.answers
        if (was := before.get(after.question)) is not None and was.measure is not None and after.measure is not None
    ]
    better, fewer, most = max(gained, key=lambda one: one[:2], default=(False, 0, None))
    if most is None or most.measure is None or not (better or fewer):
        return who
    becomes = wording.gettext(
        "Then %(question)s: %(answer)s, %(cases)s in doubt.",
        question=wording.name(names.QUESTIONS_IN_SHORT, most.question).lower(),
        answer=wording.name(ANSWERS_IN_SHORT, most.answer),
        cases=in_doubt(most.measure, wording),
    )
    return f"{who} {becomes}"


def _common_steps(audit: Audit, wording: Wording) -> list[NextStep]:
    steps = []
    if audit.verdict.overall == "fit" and audit.selection is None:
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
