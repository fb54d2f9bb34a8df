"""The words of the synthetic job centre: its 54 activities, its teams, statuses, target groups and endings."""

from __future__ import annotations

from typing import NamedTuple

JOBKLUB = "Jobklub"
TEAM_A = "Forsikrede ledige A"
TEAM_B = "Forsikrede ledige B"
COMPANIES = "Virksomhedsservice"
TEAMS = (JOBKLUB, TEAM_A, TEAM_B, COMPANIES)

OTHER_TALK = "Samtale (anden)"
ATTENDANCE = "Fremmøde i jobklub"
GOAL = "Jobmål"
PLANNED_TALK = "Planlagt samtale"
REVISED_PLAN = "Min Plan revideret"
HEARING = "Partshøring"
CLOSED = "Sag afsluttet"
TARGET_GROUP_SHIFT = "Målgruppeskift"
ROBOT_TASKS = ("CV godkendt", "Indkaldelsesbrev sendt")

Weights = tuple[tuple[str, ...], tuple[float, ...]]

TALK: Weights = (("Afholdt", "Aflyst", "Udeblevet"), (86, 7, 7))
AD_HOC_TALK: Weights = (("Afholdt", "Aflyst"), (92, 8))
ATTENDED: Weights = (("Afholdt", "Udeblevet"), (81, 19))
TASK: Weights = (("Gennemført", "I gang", "Aflyst"), (92, 6, 2))
OFFER: Weights = (("Afsluttet", "I gang", "Afbrudt"), (58, 34, 8))
MARK: Weights = (("Registreret",), (1,))
PLAN: Weights = (("Planlagt",), (1,))


class Kind(NamedTuple):
    """What the generator knows of an activity; ``length`` is the shortest and longest planned period in days."""

    source: str
    status: Weights
    length: tuple[int, int] | None = None


ACTIVITIES: dict[str, Kind] = {
    "Informationsmøde": Kind("Samtaler", TALK),
    "CV-samtale": Kind("Samtaler", TALK),
    "Jobsamtale": Kind("Samtaler", TALK),
    "Opfølgningssamtale": Kind("Samtaler", TALK),
    "Fællessamtale med a-kasse": Kind("Samtaler", TALK),
    OTHER_TALK: Kind("Samtaler", AD_HOC_TALK),
    "Fleksjobopfølgningssamtale": Kind("Samtaler", TALK),
    "Samtale under sygdom": Kind("Samtaler", TALK),
    PLANNED_TALK: Kind("Samtaler", PLAN),
    "Udeblivelse fra samtale": Kind("Samtaler", MARK),
    "Aflysning af samtale": Kind("Samtaler", MARK),
    "Tilmelding som ledig": Kind("Markeringer", MARK),
    "CV godkendt": Kind("Opgaver", TASK),
    "Visitation": Kind("Opgaver", TASK),
    "Vejledning om ret og pligt": Kind("Opgaver", TASK),
    "Min Plan oprettet": Kind("Opgaver", TASK),
    REVISED_PLAN: Kind("Opgaver", TASK),
    GOAL: Kind("Opgaver", TASK, (30, 360)),
    "Joblog gennemgået": Kind("Opgaver", TASK),
    "Indkaldelsesbrev sendt": Kind("Opgaver", TASK),
    "Overdragelse til andet team": Kind("Opgaver", TASK),
    CLOSED: Kind("Markeringer", MARK),
    "Genåbning af sag": Kind("Markeringer", MARK),
    TARGET_GROUP_SHIFT: Kind("Markeringer", MARK),
    "Telefonisk kontakt": Kind("Journalnotater", MARK),
    "Henvendelse fra borger": Kind("Journalnotater", MARK),
    "Journalnotat": Kind("Journalnotater", MARK),
    "Henvist til jobklub": Kind("Opgaver", TASK),
    "Jobklub start": Kind("Indsatser", MARK),
    "Jobklub slut": Kind("Indsatser", MARK),
    ATTENDANCE: Kind("Samtaler", ATTENDED),
    "Virksomhedskontakt": Kind("Journalnotater", MARK),
    "Besøg på arbejdsplads": Kind("Journalnotater", MARK),
    "Virksomhedspraktik": Kind("Indsatser", OFFER, (14, 84)),
    "Løntilskud": Kind("Indsatser", OFFER, (60, 180)),
    "Jobrotation": Kind("Indsatser", OFFER, (90, 330)),
    "Voksenlærling": Kind("Indsatser", OFFER, (365, 1400)),
    "Kandidat henvist til jobordre": Kind("Opgaver", TASK),
    "Mentorstøtte": Kind("Indsatser", OFFER, (30, 175)),
    "Ansøgning om tilbud": Kind("Opgaver", TASK),
    "Tilbud bevilget": Kind("Opgaver", TASK),
    "Afslag på ansøgning": Kind("Opgaver", TASK),
    "Uddannelsesrettet tilbud": Kind("Indsatser", OFFER, (14, 350)),
    "Øvrig vejledning og opkvalificering": Kind("Indsatser", OFFER, (7, 175)),
    "Realkompetencevurdering": Kind("Indsatser", MARK),
    "Befordringsgodtgørelse": Kind("Opgaver", TASK),
    "Opfølgning på tilbud": Kind("Opgaver", TASK),
    "Sygemelding": Kind("Markeringer", MARK),
    "Raskmelding": Kind("Markeringer", MARK),
    "LÆ265 anmodet": Kind("Opgaver", TASK),
    "LÆ265 modtaget - original": Kind("Opgaver", TASK),
    HEARING: Kind("Opgaver", TASK),
    "Underretning til a-kasse": Kind("Opgaver", TASK),
    "Ferie registreret": Kind("Markeringer", MARK, (5, 25)),
}

PERIODS = frozenset(name for name, kind in ACTIVITIES.items() if kind.length)
CLUB_ONLY = frozenset({"Jobklub start", "Jobklub slut", ATTENDANCE})
COMPANY_WORK = frozenset({
    "Virksomhedskontakt", "Besøg på arbejdsplads", "Virksomhedspraktik", "Løntilskud", "Jobrotation", "Voksenlærling",
    "Kandidat henvist til jobordre", "Mentorstøtte",
})  # fmt: skip

TARGET_GROUPS: Weights = (("6.1", "6.2", "6.6", "6.9", "6.10"), (88, 4, 2, 2, 4))
ENDINGS: Weights = (
    ("Arbejde", "Øvrige", "Uddannelse", "Fraflyttet kommunen", "Fraflyttet", "Pension",
     "Ej rådighed / Manglende medvirken", "Selvforsørgende"),
    (62, 12, 8, 4, 3, 3, 4, 4),
)  # fmt: skip
