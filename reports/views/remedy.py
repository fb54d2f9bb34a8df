"""Owns the page of a remedied log: what each step did, the account of rows, and both audits side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from logsyn.reports import names
from logsyn.reports.figures import NOTHING
from logsyn.reports.views.fitness import fitness
from logsyn.reports.views.page import Coded, Page, coded, head
from logsyn.reports.views.questions import measure, usability
from logsyn.validator.record import is_ruled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from logsyn.reports.wording import Wording
    from logsyn.validator.record import Audit, CaseDuration, Finding, QuestionVerdict, RemedyEffect


SMALL: Final = 5
"""A difference of fewer is not told, as no group of so few is (``Audit.small_group``)."""


@dataclass(frozen=True)
class StepRow:
    """One step and what it did; ``does`` says it in words."""

    remedy: str
    does: str
    why: str
    changed: str
    dropped: str
    cases: str


@dataclass(frozen=True)
class RuleRow:
    """One rule before and after."""

    title: str
    rule: str
    first: Coded
    first_failed: str
    then: Coded
    then_failed: str
    anew: str


@dataclass(frozen=True)
class QuestionRow:
    """One question before and after: its answer, and the cases in doubt as a sentence."""

    name: str
    first: Coded
    first_measure: str
    then: Coded
    then_measure: str


@dataclass(frozen=True)
class FactRow:
    """One fact of the log before and after."""

    name: str
    first: str
    then: str


@dataclass(frozen=True)
class RemedyPage(Page):
    """Everything on remedy.html."""

    remedies: str
    rows_in: str
    rows_out: str
    rows_dropped: str
    verdict_first: Coded
    verdict_then: Coded
    steps: tuple[StepRow, ...]
    questions: tuple[QuestionRow, ...]
    rules: tuple[RuleRow, ...]
    facts: tuple[FactRow, ...]


def remedy_page(before: Audit, after: Audit, wording: Wording) -> RemedyPage:
    """The page of two audits, of which the second knows what was done in between.

    Raises:
        ValueError: the second audit is not one of a remedied log.
    """
    done = after.remedied
    if done is None:
        message = "the second audit is not one of a remedied log"
        raise ValueError(message)
    dropped = None if done.rows_in is None else done.rows_in - done.rows_out
    later = {finding.rule: finding for finding in after.findings}
    anew = {one.rule: one.rows for one in done.failing_anew}
    return RemedyPage(
        **head(after, "remedy", wording),
        remedies=done.remedies,
        rows_in=wording.number(done.rows_in),
        rows_out=wording.number(done.rows_out),
        rows_dropped=wording.unless_small(dropped),
        verdict_first=fitness(before.verdict, wording),
        verdict_then=fitness(after.verdict, wording),
        steps=tuple(_step(step, wording) for step in done.steps),
        questions=_questions(before, after, wording),
        rules=tuple(_rule(finding, later.get(finding.rule), anew.get(finding.rule, 0), wording) for finding in before.findings),
        facts=_facts(before, after, wording),
    )


def _step(step: RemedyEffect, wording: Wording) -> StepRow:
    return StepRow(
        remedy=step.remedy,
        does=wording.name(names.REMEDIES, step.do),
        why=step.why,
        changed=wording.unless_small(step.rows_changed),
        dropped=wording.unless_small(step.rows_dropped),
        cases=wording.unless_small(step.cases_touched),
    )


def _questions(before: Audit, after: Audit, wording: Wording) -> tuple[QuestionRow, ...]:
    later = {verdict.question: verdict for verdict in after.verdict.questions}

    def said(audit: Audit, verdict: QuestionVerdict) -> tuple[Coded, str]:
        return usability(verdict, wording, selected=audit.selection is not None), measure(verdict, wording)

    rows = []
    for verdict in before.verdict.questions:
        if verdict.question in later:
            then = later[verdict.question]
            answer, told = said(before, verdict)
            told = _near(wording) if _differs_by_few(_in_doubt(verdict), _in_doubt(then)) else told
            rows.append(QuestionRow(wording.name(names.QUESTIONS, verdict.question), answer, told, *said(after, then)))
    return tuple(rows)


def _in_doubt(verdict: QuestionVerdict) -> int | None:
    known = verdict.answerability.measure if verdict.answerability else None
    return known.count if known else None


def _differs_by_few(first: int | None, then: int | None) -> bool:
    return first is not None and then is not None and 0 < abs(first - then) < SMALL


def _near(wording: Wording) -> str:
    """What stands in the place of a figure before, where the one after is so near that the difference would tell of few."""
    return wording.gettext("differs by < 5")


def _rule(first: Finding, then: Finding | None, anew: int | None, wording: Wording) -> RuleRow:
    """One rule in both audits.

    ``then``: None when its column was removed, so that nobody asked it any more. ``anew``: rows that it did not find before; None: few. How many
    failed before is not told where the difference, or the rows that are in order since, are few.
    """
    judged = then is not None and first.is_judged and then.is_judged
    in_order = 0 if then is None or anew is None else first.rows_affected - then.rows_affected + anew
    few = then is not None and judged and (_differs_by_few(first.failed, then.failed) or 0 < in_order < SMALL)
    return RuleRow(
        title=wording.pick(first.title),
        rule=first.rule,
        first=coded(names.OUTCOMES, first.outcome, wording),
        first_failed=_near(wording) if few else _failed(first, wording),
        then=coded(names.OUTCOMES, then.outcome if then else "not_evaluated", wording),
        then_failed=_failed(then, wording) if then else wording.number(None),
        anew=wording.unless_small(anew) if then is not None and then.is_judged else wording.number(None),
    )


def _failed(finding: Finding, wording: Wording) -> str:
    return wording.number(finding.failed if finding.is_judged else None)


def _facts(before: Audit, after: Audit, wording: Wording) -> tuple[FactRow, ...]:
    first, then, number = before.log, after.log, wording.number
    durations = [audit.log.case_duration_seconds for audit in (before, after)]
    counts = {
        wording.gettext("Cases"): (first.cases, then.cases),
        wording.gettext("Registrations"): (first.events, then.events),
        wording.gettext("Different activities"): (first.activities, then.activities),
        wording.gettext("Different courses of a case"): (first.variants, then.variants),
    }
    of_few = _hides(after) or any(_differs_by_few(*both) for both in counts.values())
    means = {
        wording.gettext("Half of the cases last less than"): [wording.seconds(one.median) for one in durations],
        _mean_name(durations, wording): [wording.seconds(one.mean) for one in durations],
    }
    return (
        *(FactRow(name, _near(wording) if _differs_by_few(*both) else number(both[0]), number(both[1])) for name, both in counts.items()),
        *(FactRow(name, NOTHING if of_few and one != other else one, other) for name, (one, other) in means.items()),
    )


def _hides(after: Audit) -> bool:
    """Whether a step has left out or changed so few that its figures are not told: then two durations would tell of them."""
    steps = after.remedied.steps if after.remedied else []
    return any(None in (step.rows_changed, step.rows_dropped, step.cases_touched) for step in steps)


def _mean_name(durations: Sequence[CaseDuration], wording: Wording) -> str:
    """What the mean is called: where it lies far above the middle case, a few dates decide it, and it says nothing of cases."""
    if any(is_ruled(one.mean, one.median) for one in durations):
        return wording.gettext("Mean duration of a case (a few far dates decide it)")
    return wording.gettext("Mean duration of a case")
