"""Owns the registration guide: the practice as a page for new colleagues, with what is not decided marked for a human."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from logsyn.expectations.practice import EVERY_TEAM, for_team, limit_of
from logsyn.reports.views.due import day_off, due, example, weekend_example
from logsyn.reports.views.entry import Entry, entry, who_registers, words
from logsyn.reports.views.page import Sheet

if TYPE_CHECKING:
    from logsyn.expectations.practice import Limit, Practice
    from logsyn.reports.wording import Wording

DANISH: Final = str.maketrans({"æ": "{", "ø": "|", "å": "}"})
"""Danish letters come behind z, in this order."""


@dataclass(frozen=True)
class GuideFact:
    """One line of the box that tells which guide this is."""

    name: str
    value: str


@dataclass(frozen=True)
class Thumb:
    """A rule of thumb with an example; ``concerns`` names activities that it is about."""

    rule: str
    example: str
    concerns: tuple[Link, ...]


@dataclass(frozen=True)
class Link:
    """The way to an activity. ``detail`` is said behind it."""

    anchor: str
    activity: str
    detail: str


@dataclass(frozen=True)
class Letter:
    """The activities that begin with a letter."""

    letter: str
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Chapter:
    """Activities that belong together."""

    anchor: str
    heading: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Robot:
    """A system user that registers, too."""

    robot: str
    does: str
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Undecided:
    """A question that people have yet to settle, and the activities it is open for."""

    question: str
    links: tuple[Link, ...]


@dataclass(frozen=True)
class GuidePage(Sheet):
    """Everything on the registration guide."""

    heading: str
    practice: str
    about: str
    why: str
    facts: tuple[GuideFact, ...]
    thumbs: tuple[Thumb, ...]
    letters: tuple[Letter, ...]
    chapters: tuple[Chapter, ...]
    robots: tuple[Robot, ...]
    undecided: tuple[Undecided, ...]


def guide_page(practice: Practice, wording: Wording) -> GuidePage:
    """The guide of a practice."""
    places = {label: f"activity-{number}" for number, label in enumerate(practice.activities, start=1)}
    return GuidePage(
        lang=wording.lang,
        here="guide",
        heading=words(practice.title, wording) or practice.practice,
        practice=practice.practice,
        about=words(practice.about, wording),
        why=words(practice.why, wording),
        facts=_facts(practice, wording),
        thumbs=_thumbs(practice, places, wording),
        letters=_letters(places),
        chapters=_chapters(practice, places, wording),
        robots=tuple(
            Robot(name, words(user.about, wording), tuple(Link(places[label], label, "") for label in user.activities))
            for name, user in sorted(practice.resources.items())
        ),
        undecided=_undecided(practice, places, wording),
    )


def _facts(practice: Practice, wording: Wording) -> tuple[GuideFact, ...]:
    told = {
        wording.gettext("Holds from"): wording.day(practice.valid_from.isoformat()) if practice.valid_from else "",
        wording.gettext("Version"): practice.version or "",
        wording.gettext("Responsible"): words(practice.owner, wording),
        wording.gettext("Ask"): words(practice.contact, wording),
        wording.gettext("Looked at again by"): wording.day(practice.review_by.isoformat())
        if practice.review_by
        else "",
    }
    return tuple(GuideFact(name, value) for name, value in told.items() if value)


def _thumbs(practice: Practice, places: dict[str, str], wording: Wording) -> tuple[Thumb, ...]:
    usual = limit_of(practice.default, None)
    thumbs = []
    if usual is not None:
        rule = wording.gettext("Register %(due)s", due=_small(due(usual, wording)))
        told = example(usual, wording)
        whole = wording.gettext("When no time of day is written, the whole day counts.") if told and not usual.working else ""
        thumbs.append(Thumb(rule, f"{told} {whole}".strip(), ()))
        if friday := weekend_example(usual, wording):
            thumbs.append(Thumb(wording.gettext("Every day of the week counts"), friday, ()))
    if practice.speaks_of_working_days():
        days_off = wording.listed([day_off(day, wording) for day in practice.days_off])
        told = wording.gettext("These days are days off, too: %(days)s.", days=days_off) if days_off else ""
        thumbs.append(Thumb(wording.gettext("Weekends and public holidays are no working days"), told, ()))
    others = _other_deadlines(practice, places, usual, wording)
    planned = tuple(Link(places[label], label, "") for label, one in practice.activities.items() if one.planned)
    periods = tuple(
        Link(places[label], label, _limit(practice, label, wording))
        for label, one in practice.activities.items()
        if one.period
    )
    if others:
        thumbs.append(Thumb(wording.gettext("Some have a time limit of their own"), "", others))
    if planned:
        told = wording.gettext("They are registered when they are arranged, so before they take place.")
        thumbs.append(Thumb(wording.gettext("Some are planned ahead"), told, planned))
    if periods:
        told = wording.gettext(
            "Write the day on which you expect it to end, never a date far ahead that means “no end”."
        )
        thumbs.append(Thumb(wording.gettext("A period always has an end date"), told, periods))
    return tuple(thumbs)


def _other_deadlines(
    practice: Practice, places: dict[str, str], usual: Limit | None, wording: Wording
) -> tuple[Link, ...]:
    links = []
    for label, activity in practice.activities.items():
        for team in sorted({*activity.register_within_days, *activity.register_within_working_days}):
            limit = limit_of(activity, team)
            if limit is not None and limit != usual and not activity.planned:
                where = wording.gettext("in %(team)s", team=team) + ": " if team != EVERY_TEAM else ""
                links.append(Link(places[label], label, where + _small(due(limit, wording))))
    return tuple(links)


def _limit(practice: Practice, label: str, wording: Wording) -> str:
    limits = sorted(set(practice.activities[label].planned_end_within_days.values()))
    if not limits:
        return wording.gettext("not agreed yet")
    return wording.gettext("at most %(span)s", span=wording.listed([wording.days(days) for days in limits]))


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def _letters(places: dict[str, str]) -> tuple[Letter, ...]:
    by_letter: dict[str, list[Link]] = {}
    for label in sorted(places, key=lambda label: (label.casefold().translate(DANISH), label)):
        by_letter.setdefault(label[:1].upper(), []).append(Link(places[label], label, ""))
    return tuple(Letter(letter, tuple(links)) for letter, links in by_letter.items())


def _chapters(practice: Practice, places: dict[str, str], wording: Wording) -> tuple[Chapter, ...]:
    grouped: dict[str, list[Entry]] = {}
    for label, activity in practice.activities.items():
        heading = words(activity.group, wording)
        grouped.setdefault(heading, []).append(entry(label, places[label], practice, wording))
    last = grouped.pop("", [])
    if last:
        rest = wording.gettext("Other activities") if grouped else wording.gettext("The activities")
        grouped[rest] = [*grouped.get(rest, []), *last]
    return tuple(
        Chapter(f"chapter-{number}", heading, tuple(entries))
        for number, (heading, entries) in enumerate(grouped.items(), start=1)
    )


def _undecided(practice: Practice, places: dict[str, str], wording: Wording) -> tuple[Undecided, ...]:
    """What the practice leaves open, in the order in which a new colleague would ask."""
    every = practice.activities.items()
    open_questions = {
        wording.gettext("What does it mean?"): [label for label, one in every if for_team(one.meaning, None) is None],
        wording.gettext("When must it be registered?"): [
            label for label, one in every if not one.planned and practice.limit(one, None) is None
        ],
        wording.gettext("Who registers it?"): [
            label for label, one in every if who_registers(one, None, practice) is None
        ],
        wording.gettext("How far ahead may it end?"): [
            label for label, one in every if one.period and for_team(one.planned_end_within_days, None) is None
        ],
    }
    of_the_whole = {
        wording.gettext("Who is responsible for the guide?"): practice.owner,
        wording.gettext("Whom do you ask?"): practice.contact,
        wording.gettext("When is it looked at again?"): practice.review_by,
    }
    return (
        *(
            Undecided(question, tuple(Link(places[label], label, "") for label in labels))
            for question, labels in open_questions.items()
            if labels
        ),
        *(Undecided(question, ()) for question, answer in of_the_whole.items() if answer is None),
    )
