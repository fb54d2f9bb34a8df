"""Owns the gap list: what the practice leaves open or the registrations show otherwise, as questions to settle together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from logsyn.reports.language import N_
from logsyn.reports.views.page import Absence, Key, activity_key, team_key

if TYPE_CHECKING:
    from logsyn.reports.wording import Wording
    from logsyn.validator.record import Agreed, Audit, Gap

QUESTIONS: Final = {
    "activity_not_in_practice": (
        N_("Names that the practice does not mention"),
        N_("Is it a name that you use and want to describe, an old name, or a slip of the keyboard?"),
    ),
    "no_agreed_days": (
        N_("Nothing is agreed on when it is registered"),
        N_("How many days may pass before it is registered?"),
    ),
    "typical_later": (
        N_("More than half are registered later than agreed"),
        N_("What gets in the way: the case system, the day's programme, or an agreement that does not fit the work?"),
    ),
    "share_below": (
        N_("Registered as agreed less often than the rest"),
        N_("What would make it easier, and does the agreement fit the work?"),
    ),
    "typical_earlier": (
        N_("Registered much sooner than agreed"),
        N_("Would a shorter time fit better, or is there a reason for the longer one?"),
    ),
    "several_meanings": (
        N_("One name with several meanings"),
        N_("Can one of the meanings get a name of its own, so that an analysis can tell them apart?"),
    ),
    "period_without_agreed_end": (
        N_("Periods without an agreed limit"),
        N_("How far ahead may the end date lie?"),
    ),
    "end_without_period": (
        N_("Has end dates, but is not a period in the practice"),
        N_("Is it a period, and if so, how far ahead may it end?"),
    ),
    "no_meaning": (
        N_("Nothing is written on what it means"),
        N_("How would you explain it to a new colleague in one sentence?"),
    ),
    "nobody_named": (
        N_("Nothing is agreed on who registers it"),
        N_("Which role or team registers it?"),
    ),
    "activity_not_used": (
        N_("In the practice, but never used"),
        N_("Is it still done, perhaps under another name, or can it go out of the practice?"),
    ),
    "team_not_in_log": (
        N_("Teams in the practice that are not in the extract"),
        N_("Has the team another name now, or is it missing in the extract?"),
    ),
    "system_user_not_in_log": (
        N_("System users in the practice that are not in the extract"),
        N_("Has the system user another name now, or has it been turned off?"),
    ),
}
"""Heading and question of each kind of gap."""


@dataclass(frozen=True)
class GapItem:
    """One gap: what it is about, and what is seen of it."""

    about: tuple[Key, ...]
    told: str


@dataclass(frozen=True)
class GapGroup:
    """All gaps of one kind, with the question to settle."""

    anchor: str
    title: str
    question: str
    items: tuple[GapItem, ...]


@dataclass(frozen=True)
class GapSection:
    """The gap list; ``absence`` says why there is none."""

    absence: Absence | None
    lead: str
    groups: tuple[GapGroup, ...]
    left_out: str


def gap_section(audit: Audit, wording: Wording) -> GapSection:
    """The section on what is still to be agreed."""
    agreed = audit.agreed
    gaps = agreed.gaps if agreed else []
    return GapSection(
        absence=None if gaps else _absence(agreed, wording),
        lead=_lead(agreed, wording) if agreed and gaps else "",
        groups=tuple(_group(kind, [gap for gap in gaps if gap.kind == kind], wording) for kind in _kinds(gaps)),
        left_out=wording.more(agreed.gaps_left_out) if agreed else "",
    )


def _absence(agreed: Agreed | None, wording: Wording) -> Absence:
    if agreed is None:
        return Absence(
            wording.gettext("No agreed practice was given, so everything is still to be agreed."),
            wording.gettext("Begin with the activities that are used most."),
        )
    return Absence(wording.gettext("The practice has an answer to everything that is in the extract."))


def _lead(agreed: Agreed, wording: Wording) -> str:
    return wording.gettext(
        "Practice and extract were held against each other. A team is on the list when it has at least %(from)s "
        "registrations of an activity and fewer than %(share)s of them are registered as agreed.",
        share=wording.percent(agreed.low_share),
        **{"from": wording.number(agreed.low_share_from)},
    )


def _kinds(gaps: list[Gap]) -> list[str]:
    present = {gap.kind for gap in gaps}
    return [kind for kind in QUESTIONS if kind in present]


def _group(kind: str, gaps: list[Gap], wording: Wording) -> GapGroup:
    title, question = QUESTIONS[kind]
    return GapGroup(
        anchor=f"gap-{kind.replace('_', '-')}",
        title=wording.gettext(title),
        question=wording.gettext(question),
        items=tuple(GapItem(_about(gap, wording), _told(gap, wording)) for gap in gaps),
    )


def _about(gap: Gap, wording: Wording) -> tuple[Key, ...]:
    if gap.system_user is not None:
        return (Key(gap.system_user, given=True),)
    if gap.activity is None and gap.team is None:
        return ()
    keys = [] if gap.activity is None else [activity_key(gap.activity, wording)]
    return (*keys, *([] if gap.team is None else [team_key(gap.team, wording)]))


def _told(gap: Gap, wording: Wording) -> str:
    if gap.hidden:
        return wording.unless_small(None)
    if gap.kind == "several_meanings":
        return wording.gettext("%(count)s meanings", count=wording.number(gap.count))
    if gap.count is not None:
        return wording.gettext("%(count)s of the activities in the practice", count=wording.number(gap.count))
    if gap.share is None:
        return "" if gap.events is None else wording.about(wording.events(gap.events), roughly=gap.in_tens)
    figures = {
        "share": wording.percent(gap.share),
        "events": wording.about(wording.events(gap.events or 0), roughly=gap.in_tens),
        "agreed": wording.agreed(gap.agreed_days, gap.agreed_working_days),
        "days": wording.within(gap.typical_days),
    }
    if gap.kind == "typical_earlier":
        del figures["share"]
        return wording.gettext("Nine of ten of %(events)s were made %(days)s; agreed are %(agreed)s.", **figures)
    return wording.gettext("%(share)s of %(events)s were made within %(agreed)s, half of them %(days)s.", **figures)
