"""Owns the five questions of an analysis: whether each can be answered, and the findings in the way with their shares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from logsyn.reports import names
from logsyn.reports.views.page import Coded, coded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from logsyn.reports.wording import Wording
    from logsyn.validator.record import Audit, Finding, Obstacle, QuestionVerdict

MOST_OBSTACLES: Final = 3
"""So many findings are named in the sentence of a question; the rest is counted."""


@dataclass(frozen=True)
class Question:
    """Whether an analysis can answer one question, and what stands in the way, in one sentence."""

    name: str
    usability: Coded
    obstacles: str


def questions(audit: Audit, known: Mapping[str, Finding], wording: Wording) -> tuple[Question, ...]:
    """The questions of an audit; of rules with one cause only the first is named."""
    same = {rule: cause.rules[0] for cause in audit.co_occurrence.shared_causes for rule in cause.rules[1:]}
    return tuple(
        Question(
            wording.name(names.QUESTIONS, verdict.question),
            usability(verdict, wording, selected=audit.selection is not None),
            _sentence(verdict, known, same, wording),
        )
        for verdict in audit.verdict.questions
    )


def usability(verdict: QuestionVerdict, wording: Wording, *, selected: bool) -> Coded:
    """The judgement of a question; when only some rules were run, nobody can say that it can be answered."""
    if selected and verdict.usability == "usable":
        return Coded("not_evaluated", wording.gettext("No obstacle among the rules that were run"))
    return coded(names.USABILITY, verdict.usability, wording)


def _sentence(verdict: QuestionVerdict, known: Mapping[str, Finding], same: Mapping[str, str], wording: Wording) -> str:
    rules = {obstacle.rule for obstacle in verdict.obstacles}
    named = [obstacle for obstacle in verdict.obstacles if same.get(obstacle.rule) not in rules]
    if not named:
        return ""
    grave = [obstacle for obstacle in named if obstacle.makes == "not_usable"]
    told = [_told(obstacle, known, wording) for obstacle in (grave or named)[:MOST_OBSTACLES]]
    left_out = len(named) - len(told)
    if left_out:
        told.append(wording.ngettext("%(n)s other", "%(n)s others", left_out, n=wording.number(left_out)))
    return f"{wording.listed(told)}."


def _told(obstacle: Obstacle, known: Mapping[str, Finding], wording: Wording) -> str:
    finding = known.get(obstacle.rule)
    if finding is None:
        return obstacle.rule
    title = wording.pick(finding.title)
    if finding.outcome != "failed":
        outcome = wording.name(names.OUTCOMES, finding.outcome).lower()
        return f"{wording.quoted(title)} ({outcome})"
    if obstacle.share is None:
        return wording.quoted(title)
    share = wording.percent(obstacle.share)
    if finding.table == "labels":
        share = wording.gettext("%(share)s of the names", share=share)
    return f"{wording.quoted(title)} ({share})"
