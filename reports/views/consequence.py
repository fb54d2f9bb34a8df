"""Owns how the consequence of a finding is shown: a sentence per question, figures side by side, and the tables that go with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from logsyn.reports import names
from logsyn.reports.language import N_
from logsyn.reports.views.consequence_tables import Small, small_tables
from logsyn.validator.record import Consequence, is_ruled

if TYPE_CHECKING:
    from logsyn.reports.wording import Wording
    from logsyn.validator.record import Audit, Finding, ProcessFigures

AFTER: Final = {
    "mended": N_("With the remedy"),
    "left_out": N_("Without the rows"),
    "moved": N_("With the rows moved"),
    "renamed": N_("With the names put right"),
}
COMPARED: Final[dict[str | None, str]] = {
    "left_out": N_("Compared with the log without these rows (%(rows)s). Nothing has been left out."),
    "moved": N_("Compared with the log with these rows at the other time that they may belong to (%(rows)s). Nothing has been moved."),
    "renamed": N_("Compared with the log with the names that these seem to stand for (%(rows)s). Nothing has been renamed."),
}
"""What the log was set against, by what the failing rows were taken for."""


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
    caption = wording.gettext("Two readings of the log: %(title)s", title=wording.pick(finding.title))
    return _effect(finding.consequence, caption, wording)


def two_clocks(audit: Audit, wording: Wording) -> Effect | None:
    """The whole log in the order of registration against that of the events; None where nothing was registered too late."""
    clocks = audit.registration.two_clocks
    if clocks is None:
        return None
    known = Consequence(comparison=clocks.comparison, backdating=clocks.backdating)
    return _effect(known, wording.gettext("The whole log by two clocks"), wording)


def reordered(audit: Audit, wording: Wording) -> str:
    """In how many cases the two clocks give another order, as a sentence; empty where they were not set against each other."""
    clocks = audit.registration.two_clocks
    if clocks is None:
        return ""
    count, cases = clocks.backdating.cases_reordered, clocks.backdating.cases
    return wording.gettext(
        "In %(count)s of %(cases)s (%(share)s) the order of registration differs from that of the events, and %(arcs)s only in the order of registration. This holds for all registrations, those in time among them; what the late ones alone do stands with their rule.",
        count=wording.number(count),
        cases=wording.cases(cases),
        share=wording.share(count, cases),
        arcs=wording.ngettext(
            "%(n)s arc of the process map exists",
            "%(n)s arcs of the process map exist",
            clocks.comparison.arcs_lost,
            n=wording.number(clocks.comparison.arcs_lost),
        ),
    )


def _effect(known: Consequence, caption: str, wording: Wording) -> Effect | None:
    tables = small_tables(known, wording)
    if not known.answers and not tables:
        return None
    by_registration = known.comparison is not None and known.comparison.basis == "registration"
    return Effect(
        caption=caption,
        compared=_compared(known, wording),
        before=wording.gettext("By time of registration") if by_registration else wording.gettext("As it is"),
        after=wording.gettext("By time of the event") if by_registration else wording.name(AFTER, known.as_if or "mended"),
        told=tuple(
            Told(wording.name(names.QUESTIONS_IN_SHORT, answer.question), wording.pick(answer.text))
            for answer in known.answers
        ),
        sides=_sides(known, wording),
        small=tables,
    )


def _compared(known: Consequence, wording: Wording) -> str:
    if known.backdating is not None:
        return wording.gettext(
            "The process in the order of registration against the process in the order of the events."
        )
    if known.comparison is None:
        return ""
    rows = wording.rows((known.rows_dropped or 0) or (known.rows_changed or 0))
    if known.as_if in COMPARED:
        return wording.gettext(COMPARED[known.as_if], rows=rows)
    if known.remedy is None:
        return ""
    return wording.gettext(
        "Compared with this remedy, which has not been applied: %(remedy)s (%(rows)s).",
        remedy=wording.name(names.REMEDIES, str(known.remedy.get("do"))),
        rows=rows,
    )


def _sides(known: Consequence, wording: Wording) -> tuple[Side, ...]:
    if known.comparison is None or (
        known.comparison.before == known.comparison.after and not known.comparison.cases_changed
    ):
        return ()
    before, after = known.comparison.before, known.comparison.after
    number, seconds = wording.number, wording.seconds
    sides = (
        Side(wording.gettext("Registrations"), number(before.events), number(after.events)),
        Side(wording.gettext("Different courses of a case"), number(before.variants), number(after.variants)),
        Side(wording.gettext("Arcs in the process map"), number(before.arcs), number(after.arcs)),
        Side(wording.gettext("Steps from an activity to itself"), number(before.self_loops), number(after.self_loops)),
        Side(
            wording.gettext("Half of the cases last less than"),
            seconds(before.median_duration_seconds),
            seconds(after.median_duration_seconds),
        ),
        _mean(before, after, wording),
        Side(wording.gettext("Cases that take another course"), "", number(known.comparison.cases_changed)),
    )
    return tuple(side for side in sides if side is not None and side.before != side.after)


def _mean(before: ProcessFigures, after: ProcessFigures, wording: Wording) -> Side | None:
    """The mean duration; none where a few far dates decide it, of which the sentence tells once."""
    if any(is_ruled(one.mean_duration_seconds, one.median_duration_seconds) for one in (before, after)):
        return None
    means = (wording.seconds(one.mean_duration_seconds) for one in (before, after))
    return Side(wording.gettext("Mean duration of a case"), *means)
