"""Which activities a case goes through, and how many days lie between them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sample_logs.generator.vocabulary import (
    ATTENDANCE,
    CLOSED,
    COMPANIES,
    GOAL,
    HEARING,
    JOBKLUB,
    OTHER_TALK,
    PLANNED_TALK,
    REVISED_PLAN,
    TARGET_GROUP_SHIFT,
    TEAM_A,
    TEAM_B,
)

if TYPE_CHECKING:
    from random import Random


class Step(NamedTuple):
    """An activity, the days since the step before, and whether the job club does it."""

    activity: str
    days: int
    in_club: bool = False


OPENINGS = (
    ("CV godkendt", "CV-samtale", "Jobsamtale", GOAL),
    ("CV godkendt", "Informationsmøde", "CV-samtale", "Jobsamtale", GOAL),
    ("Visitation", "Vejledning om ret og pligt", "Jobsamtale"),
    ("Visitation", "Informationsmøde", "Jobsamtale", GOAL),
    ("CV-samtale", "Jobsamtale", GOAL),
)
OPENING_WEIGHTS = (34, 24, 16, 16, 10)
QUICK = 0.20
"""Share of the cases that end before anything else happens."""

CLUB_SHARE = {TEAM_A: 0.10, TEAM_B: 0.07, COMPANIES: 0.07, JOBKLUB: 0.93}


def ordinary_path(rng: Random, owner: str) -> list[Step]:
    """The steps of one case that the team ``owner`` looks after; attendance in the job club is a `Samtale (anden)`."""
    steps = _beginning(rng)
    turns = 0 if rng.random() < QUICK else 1 + int(rng.expovariate(1 / 7.3))
    club_turn = rng.randrange(turns) if turns and rng.random() < CLUB_SHARE[owner] else -1
    for turn in range(turns):
        if turn == club_turn:
            steps += _club(rng, OTHER_TALK if rng.random() < 0.97 else ATTENDANCE)
        steps += rng.choices(TURNS, TURN_WEIGHTS[owner])[0](rng)
    steps.append(Step(CLOSED, rng.randint(3, 25)))
    if rng.random() < 0.04:
        steps += [Step("Genåbning af sag", rng.randint(10, 60)), *_talk(rng), Step(CLOSED, rng.randint(5, 40))]
    return steps


def plain_path(rng: Random) -> list[Step]:
    """The steps of one case of the clean log, alike in all teams: every step at its place, one label for one thing."""
    steps = [Step("Tilmelding som ledig", 0), Step("CV godkendt", rng.randint(0, 3))]
    steps += [Step("Informationsmøde", 2)] if rng.random() < 0.6 else []
    steps += [Step("CV-samtale", rng.randint(2, 8)), Step("Jobsamtale", rng.randint(2, 9)), Step(GOAL, 0)]
    if rng.random() < 0.4:
        steps += _club(rng, ATTENDANCE)
    steps += _follow_ups(rng)
    if rng.random() < 0.4:
        steps += [Step("Virksomhedskontakt", rng.randint(2, 9)), Step("Virksomhedspraktik", rng.randint(1, 9))]
    if rng.random() < 0.4:
        steps += [Step("Ansøgning om tilbud", 6), Step("Tilbud bevilget", 4), Step("Uddannelsesrettet tilbud", 5)]
    steps += _follow_ups(rng)
    if rng.random() < 0.3:
        steps += [Step("Sygemelding", rng.randint(2, 9)), Step("Raskmelding", rng.randint(2, 12))]
    return [*steps, Step(CLOSED, rng.randint(3, 14))]


def _follow_ups(rng: Random) -> list[Step]:
    return [Step("Opfølgningssamtale", rng.randint(8, 20)) for _ in range(rng.randint(1, 4))]


def _maybe(rng: Random, chance: float, activity: str, days: int) -> list[Step]:
    return [Step(activity, rng.randint(0, days))] if rng.random() < chance else []


def _beginning(rng: Random) -> list[Step]:
    """One of the usual ways in; some with a plan."""
    usual = rng.choices(OPENINGS, OPENING_WEIGHTS)[0]
    return [
        Step("Tilmelding som ledig", 0),
        *(Step(activity, rng.randint(0, 8)) for activity in usual),
        *_maybe(rng, 0.30, "Min Plan oprettet", 3),
    ]


def _club(rng: Random, attendance: str) -> list[Step]:
    """Weekly attendance between start and end, with now and then a week without."""
    weeks = [Step(attendance, rng.choice((7, 7, 7, 7, 7, 14)), in_club=True) for _ in range(rng.randint(4, 10))]
    opening = [Step("Henvist til jobklub", rng.randint(2, 10)), Step("Jobklub start", rng.randint(4, 14), in_club=True)]
    return [*opening, *weeks, Step("Jobklub slut", rng.choice((0, 1, 7)), in_club=True)]


def _note(rng: Random) -> list[Step]:
    notes = ("Telefonisk kontakt", "Henvendelse fra borger", "Journalnotat", "Joblog gennemgået")
    return [Step(rng.choice(notes), rng.randint(2, 15))]


def _other_talk(rng: Random) -> list[Step]:
    return [Step(OTHER_TALK, rng.randint(3, 16))]


def _availability(rng: Random) -> list[Step]:
    return [*_maybe(rng, 0.4, HEARING, 12), Step("Underretning til a-kasse", rng.randint(3, 16))]


def _goal(rng: Random) -> list[Step]:
    return [*_maybe(rng, 0.6, REVISED_PLAN, 20), Step(GOAL, rng.randint(1, 20))]


def _rare(rng: Random) -> list[Step]:
    rare = ("Ferie registreret", TARGET_GROUP_SHIFT, "Overdragelse til andet team", "Fleksjobopfølgningssamtale")
    return [Step(rng.choices(rare, (4, 2, 3, 1))[0], rng.randint(3, 20))]


def _talk(rng: Random) -> list[Step]:
    steps = _maybe(rng, 0.18, "Indkaldelsesbrev sendt", 12)
    if rng.random() < 0.14:
        return [*steps, Step(PLANNED_TALK, rng.randint(8, 18)), _held_talk(rng, 0)]
    if rng.random() < 0.10:
        return [*steps, Step(rng.choice(("Udeblivelse fra samtale", "Aflysning af samtale")), rng.randint(5, 18))]
    return [*steps, _held_talk(rng, rng.randint(6, 24))]


def _held_talk(rng: Random, days: int) -> Step:
    return Step(rng.choices(("Opfølgningssamtale", "Jobsamtale", "Fællessamtale med a-kasse"), (60, 30, 10))[0], days)


def _company(rng: Random) -> list[Step]:
    offers = ("Virksomhedspraktik", "Løntilskud", "Jobrotation", "Voksenlærling")
    return [
        Step("Virksomhedskontakt", rng.randint(3, 15)),
        *_maybe(rng, 0.25, "Besøg på arbejdsplads", 9),
        *_maybe(rng, 0.20, "Kandidat henvist til jobordre", 6),
        Step(rng.choices(offers, (64, 26, 6, 4))[0], rng.randint(2, 12)),
        *_maybe(rng, 0.10, "Mentorstøtte", 6),
        *_maybe(rng, 0.35, "Opfølgning på tilbud", 30),
    ]


def _education(rng: Random) -> list[Step]:
    asked = Step("Ansøgning om tilbud", rng.randint(3, 15))
    if rng.random() < 0.15:
        return [asked, Step("Afslag på ansøgning", rng.randint(3, 14))]
    offers = ("Uddannelsesrettet tilbud", "Øvrig vejledning og opkvalificering", "Realkompetencevurdering")
    return [
        asked,
        *_maybe(rng, 0.7, "Tilbud bevilget", 12),
        Step(rng.choices(offers, (46, 46, 8))[0], rng.randint(3, 14)),
        *_maybe(rng, 0.20, "Befordringsgodtgørelse", 8),
        *_maybe(rng, 0.35, "Opfølgning på tilbud", 30),
    ]


def _sickness(rng: Random) -> list[Step]:
    steps = [Step("Sygemelding", rng.randint(3, 18))]
    if rng.random() < 0.3:
        steps += [Step("LÆ265 anmodet", rng.randint(8, 20)), Step("LÆ265 modtaget - original", rng.randint(12, 35))]
    steps += _maybe(rng, 0.25, "Samtale under sygdom", 14)
    return [*steps, Step("Raskmelding", rng.randint(2, 20))]


TURNS = (_talk, _note, _other_talk, _company, _education, _sickness, _availability, _goal, _rare)
TURN_WEIGHTS = {
    TEAM_A: (30, 18, 14, 9, 10, 6, 3, 8, 3),
    TEAM_B: (32, 15, 12, 9, 12, 7, 4, 6, 3),
    COMPANIES: (28, 16, 11, 16, 9, 5, 2, 8, 3),
    JOBKLUB: (30, 22, 0, 9, 10, 6, 3, 8, 3),
}
"""How often a turn is of each kind, by the team that looks after the case; the job club has no other talks."""
