"""Owns the five questions of an analysis: whether each can be answered, by which measure, what stands in the way, and its range."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from logsyn.reports import names
from logsyn.reports.language import N_
from logsyn.reports.names_of_judgement import ANSWERS
from logsyn.reports.views.page import Coded, coded
from logsyn.validator.record import is_ruled

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from logsyn.reports.wording import Wording
    from logsyn.validator.record import Answerability, AnswerRange, Audit, Finding, Obstacle, OutOf, QuestionVerdict

MOST_OBSTACLES: Final = 2
"""So many findings are named in the sentence of a question; the rest is counted."""


@dataclass(frozen=True)
class Question:
    """Whether an analysis can answer one question; ``measure`` and ``spread`` are sentences, or empty."""

    name: str
    usability: Coded
    measure: str
    obstacles: str
    spread: str


def questions(audit: Audit, known: Mapping[str, Finding], wording: Wording) -> tuple[Question, ...]:
    """The questions of an audit; of rules with one cause only the first is named."""
    same = {rule: cause.rules[0] for cause in audit.co_occurrence.shared_causes for rule in cause.rules[1:]}
    return tuple(
        Question(
            wording.name(names.QUESTIONS, verdict.question),
            usability(verdict, wording, selected=audit.selection is not None),
            measure(verdict, wording),
            _sentence(verdict, known, same, wording),
            spread(verdict.answerability, wording),
        )
        for verdict in audit.verdict.questions
    )


def usability(verdict: QuestionVerdict, wording: Wording, *, selected: bool) -> Coded:
    """The judgement of a question; when only some rules were run, nobody can say that it can be answered."""
    if selected and verdict.usability == "usable":
        return Coded("not_evaluated", wording.gettext("No obstacle among the rules that were run"))
    if verdict.answerability is None:
        return coded(names.USABILITY, verdict.usability, wording)
    return Coded(verdict.usability, wording.name(ANSWERS, verdict.answerability.answer))


def in_doubt(measure: OutOf, wording: Wording) -> str:
    """``142 of 300 cases (47.3%)``."""
    return wording.gettext(
        "%(count)s of %(cases)s (%(share)s)",
        count=wording.number(measure.count),
        cases=wording.cases(measure.of),
        share=wording.share(measure.count, measure.of),
    )


def spread(answered: Answerability | None, wording: Wording) -> str:
    """The range of the answer over the readings, a sentence a figure; empty where no finding moves it."""
    if answered is None or (answered.answer == "cannot_be_answered" and answered.missing):
        return ""
    middle = {one.figure: one.as_it_is for one in answered.ranges}
    told = [said for one in answered.ranges if (said := _spread_of(one, middle.get(one.figure.replace("mean", "median", 1)), wording))]
    return " ".join(f"{said[0].upper()}{said[1:]}." for said in told)


_RULED: Final = {
    "mean_duration_days": N_("the mean cannot be used (%(low)s to %(high)s)"),
    "mean_duration_to_end_days": N_("the mean with end dates cannot be used (%(low)s to %(high)s)"),
}
"""What is said of a mean that few cases decide."""

_FIGURES: Final = {
    "median_duration_days": N_("half of the cases last less than %(low)s to %(high)s"),
    "mean_duration_days": N_("the mean duration is %(low)s to %(high)s"),
    "median_duration_to_end_days": N_("with their end dates half of them last less than %(low)s to %(high)s"),
    "mean_duration_to_end_days": N_("the mean with end dates is %(low)s to %(high)s"),
    "median_lag_days": N_("half of the registrations come within %(low)s to %(high)s"),
    "p90_lag_days": N_("nine of ten come within %(low)s to %(high)s"),
    "variants": N_("%(low)s to %(high)s different courses"),
    "arcs": N_("%(low)s to %(high)s arcs in the process map"),
    "events_per_case": N_("%(low)s to %(high)s registrations a case"),
    "events": N_("%(low)s to %(high)s registrations"),
}


def _spread_of(one: AnswerRange, median: float | None, wording: Wording) -> str:
    """How far one figure of an answer moves; ``median``: that of what a mean is the mean of."""
    values = [value for value in (one.as_it_is, one.remedied, one.left_out) if value is not None]
    low, high = (min(values), max(values)) if values else (0.0, 0.0)
    if one.figure not in _FIGURES or low == high:
        return ""
    if one.figure in _RULED and any(is_ruled(value, median) for value in (low, high)):
        return wording.gettext(_RULED[one.figure], low=wording.days(low), high=wording.days(high))
    if "_lag_" in one.figure:  # what is registered ahead is registered in time
        low, high = max(low, 0.0), max(high, 0.0)
    written = wording.days if "_duration_" in one.figure else _lag(high, wording) if "_lag_" in one.figure else partial(wording.number, digits=1)
    shown = [written(value) for value in (low, high)]
    return "" if shown[0] == shown[1] else wording.gettext(_FIGURES[one.figure], low=shown[0], high=shown[1])


def _lag(longest: float, wording: Wording) -> Callable[[float], str]:
    """How a span from event to registration is written beside the longest of them; none at all is 0 of what that is counted in."""
    nothing = wording.gettext("0 days") if longest >= 1 else wording.gettext("0 minutes")
    return lambda days: wording.lag(days) if days else nothing


def measure(verdict: QuestionVerdict, wording: Wording) -> str:
    """The cases in doubt of a question, or why there is no such figure, as a sentence."""
    answered = verdict.answerability
    if answered is None:
        return ""
    if answered.missing:
        missing = [
            wording.gettext("%(one)s or %(other)s", one=shown[0], other=shown[1]) if len(shown) > 1 else shown[0]
            for need in answered.missing
            if (shown := [wording.name(names.COLUMNS, column) for column in need.split("|")])
        ]
        return wording.gettext("The extract lacks: %(columns)s.", columns=", ".join(missing))
    if answered.answer == "not_known" and verdict.obstacles and not (answered.measure and answered.measure.count):
        return ""  # the rules that could not look at it are named beside
    return _doubt(answered, wording, asked=answered.answer != "not_known")


def _doubt(answered: Answerability, wording: Wording, *, asked: bool) -> str:
    """The cases in doubt; ``asked``: whether any rule has looked at the question."""
    if answered.measure is None:
        return wording.gettext("It was not worked out.")
    if not answered.measure.of:
        return wording.gettext("There is no case to tell it by.")
    if not asked:
        return wording.gettext("No rule has looked at it.")
    if not answered.measure.count:
        return wording.gettext("It cannot be counted which cases are in doubt.") if answered.uncounted else wording.gettext("No case is in doubt.")
    cases = in_doubt(answered.measure, wording)
    return wording.gettext("In doubt: at least %(cases)s.", cases=cases) if answered.uncounted else wording.gettext("In doubt: %(cases)s.", cases=cases)


def _sentence(verdict: QuestionVerdict, known: Mapping[str, Finding], same: Mapping[str, str], wording: Wording) -> str:
    answered = verdict.answerability
    if answered is not None and (answered.missing or answered.answer == "can_be_answered"):
        return ""
    rules = {obstacle.rule for obstacle in verdict.obstacles}
    named = [obstacle for obstacle in verdict.obstacles if same.get(obstacle.rule) not in rules]
    told = [_told(obstacle, known, wording, measured=answered is not None) for obstacle in named[:MOST_OBSTACLES]]
    left_out = len(named) - len(told)
    if left_out:
        told.append(wording.ngettext("%(n)s other", "%(n)s others", left_out, n=wording.number(left_out)))
    return f"{wording.listed(told)}." if told else ""


def _told(obstacle: Obstacle, known: Mapping[str, Finding], wording: Wording, *, measured: bool) -> str:
    finding = known.get(obstacle.rule)
    if finding is None:
        return obstacle.rule
    title = wording.pick(finding.title)
    if finding.outcome != "failed":
        outcome = wording.name(names.OUTCOMES, finding.outcome).lower()
        return f"{wording.quoted(title)} ({outcome})"
    if obstacle.cases is None:  # versions that measured no cases told the share of rows
        share = None if measured or finding.table == "labels" else obstacle.share
        return wording.quoted(title) if share is None else f"{wording.quoted(title)} ({wording.percent(share)})"
    counted = wording.cases(obstacle.cases.count) if obstacle.cases.of else wording.events(finding.rows_affected)  # rows without a case
    return f"{wording.quoted(title)} ({counted})"
