"""Owns how the consequence of a finding is shown: a sentence per question, figures side by side, and the tables that go with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from logsyn.reports import names
from logsyn.reports.views.consequence_tables import Small, small_tables

if TYPE_CHECKING:
    from logsyn.reports.wording import Wording
    from logsyn.validator.record import Consequence, Finding

GRAVEST_FIRST: Final = ("order", "throughput-time", "occurrence", "workload", "deadlines")


@dataclass(frozen=True)
class Told:
    """What it means for one question, in one sentence."""

    question: str
    text: str


@dataclass(frozen=True)
class Side:
    """One figure of the two readings."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Effect:
    """What a finding does to the analysis; ``sides`` is empty when there is nothing to set side by side."""

    caption: str
    compared: str
    before: str
    after: str
    told: tuple[Told, ...]
    sides: tuple[Side, ...]
    small: tuple[Small, ...]


def effect(finding: Finding, wording: Wording) -> Effect | None:
    """The consequence of a finding; None when nothing of it is known."""
    known = finding.consequence
    tables = small_tables(known, wording)
    if not known.answers and not tables:
        return None
    by_registration = known.comparison is not None and known.comparison.basis == "registration"
    return Effect(
        caption=wording.gettext("Two readings of the log: %(title)s", title=wording.pick(finding.title)),
        compared=_compared(known, wording),
        before=wording.gettext("By time of registration") if by_registration else wording.gettext("As it is"),
        after=wording.gettext("By time of the event") if by_registration else wording.gettext("With the remedy"),
        told=tuple(
            Told(wording.name(names.QUESTIONS_IN_SHORT, answer.question), wording.pick(answer.text))
            for answer in known.answers
        ),
        sides=_sides(known, wording),
        small=tables,
    )


def leading_sentence(finding: Finding, wording: Wording) -> str:
    """The one sentence that says most of what a finding does to the analysis, or nothing."""
    by_question = {answer.question: wording.pick(answer.text) for answer in finding.consequence.answers}
    return next((by_question[question] for question in GRAVEST_FIRST if question in by_question), "")


def changed_cases(finding: Finding) -> int:
    """How many cases take another course, 0 when that is not known."""
    known = finding.consequence
    if known.backdating is not None:
        return known.backdating.cases_reordered
    return known.comparison.cases_changed if known.comparison else 0


def _compared(known: Consequence, wording: Wording) -> str:
    if known.backdating is not None:
        return wording.gettext(
            "The process in the order of registration against the process in the order of the events."
        )
    if known.remedy is None:
        return ""
    return wording.gettext(
        "Compared with this remedy, which has not been applied: %(remedy)s (%(rows)s).",
        remedy=wording.name(names.REMEDIES, str(known.remedy.get("do"))),
        rows=wording.rows((known.rows_dropped or 0) or (known.rows_changed or 0)),
    )


def _sides(known: Consequence, wording: Wording) -> tuple[Side, ...]:
    if known.comparison is None or (
        known.comparison.before == known.comparison.after and not known.comparison.cases_changed
    ):
        return ()
    before, after = known.comparison.before, known.comparison.after
    number, seconds = wording.number, wording.seconds
    return (
        Side(wording.gettext("Registrations"), number(before.events), number(after.events)),
        Side(wording.gettext("Different courses of a case"), number(before.variants), number(after.variants)),
        Side(wording.gettext("Arcs in the process map"), number(before.arcs), number(after.arcs)),
        Side(wording.gettext("Steps from an activity to itself"), number(before.self_loops), number(after.self_loops)),
        Side(
            wording.gettext("Half of the cases last less than"),
            seconds(before.median_duration_seconds),
            seconds(after.median_duration_seconds),
        ),
        Side(
            wording.gettext("Mean duration of a case"),
            seconds(before.mean_duration_seconds),
            seconds(after.mean_duration_seconds),
        ),
        Side(wording.gettext("Cases that take another course"), "", number(known.comparison.cases_changed)),
    )
