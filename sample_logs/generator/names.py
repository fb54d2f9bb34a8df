"""Faults put into the labels of a log: slips of the keyboard, additions that vary, and second names; which rows have them."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from sample_logs.generator.process import ordinary_cases

if TYPE_CHECKING:
    from collections.abc import Callable

NEIGHBOURS = {
    "a": "s",
    "e": "r",
    "i": "o",
    "o": "p",
    "t": "y",
    "n": "m",
    "g": "h",
    "l": "k",
    "d": "f",
    "æ": "ø",
    "s": "d",
}
FIRST = (
    "Anna", "Bo", "Carla", "Dan", "Eva", "Finn", "Gerda", "Hans", "Ida", "Jens", "Karen", "Lars", "Mette", "Niels", "Ole", "Pia", "Rikke", "Søren", "Tove", "Ulla",
)  # fmt: skip
LAST = (
    "Andersen", "Bang", "Christiansen", "Dam", "Eriksen", "Friis", "Gram", "Holm", "Iversen", "Juhl", "Kjær", "Lund", "Møller", "Nygaard", "Olsen",
)  # fmt: skip

ADDITIONS: dict[str, Callable[[Random], str]] = {
    "case number in brackets": lambda rng: f" (sag {rng.randint(2019, 2023)}-{rng.randint(1, 99999):06})",
    "number sign": lambda rng: f" #{rng.randint(1000, 99999)}",
    "reference": lambda rng: f" - ref. {rng.choice('ABCDEFGH')}{rng.choice('KLMNP')}{rng.randint(10000, 99999)}",
    "date": lambda rng: f" {rng.randint(1, 28):02}.{rng.randint(1, 12):02}.{rng.randint(2021, 2023)}",
    "date in words": lambda rng: f" d. {rng.randint(1, 28)}. {rng.choice(('marts', 'maj', 'juni', 'oktober'))} 2023",
    "time of day": lambda rng: f" kl. {rng.randint(8, 15)}:{rng.randint(0, 59):02}",
    "full name": lambda rng: f" vedr. {rng.choice(FIRST)} {rng.choice(LAST)}",
    "name behind a dash": lambda rng: f" - {rng.choice(FIRST)} {rng.choice(LAST)}",
    "name in small letters": lambda rng: f" med {rng.choice(FIRST)} {rng.choice(LAST)} {rng.choice(LAST)}".lower(),
    "GUID": lambda rng: f" {rng.getrandbits(128):032x}"[:9] + "-4b1d-4e2a-9c3f-" + f"{rng.getrandbits(48):012x}",
}
"""What is added to a label, each time another."""

SECOND_NAMES = {
    "other form": {"Opfølgningssamtale": "Opfølgende samtale"},
    "split word": {"Virksomhedskontakt": "Virksomheds-kontakt"},
    "one word": {"Telefonisk kontakt": "Telefonkontakt"},
    "order of words": {"Sag afsluttet": "Afsluttet sag"},
    "a word more": {"Henvendelse fra borger": "Henvendelse fra borger telefonisk"},
    "team behind a dash": {"Jobsamtale": "Jobsamtale - Team Nord"},
    "unit in brackets": {"Underretning til a-kasse": "Underretning til a-kasse (afd. B)"},
    "place behind a slash": {"Ansøgning om tilbud": "Ansøgning om tilbud/Jobcenter Øst"},
    "other words": {"Journalnotat": "Notat i journalen"},
}
"""What a label is called in some cases, too."""

ALTERNATIVES = {
    "Visitation": ("Visitation - jobparat", "Visitation - aktivitetsparat"),
    "Sag afsluttet": ("Sag afsluttet (arbejde)", "Sag afsluttet (øvrige)"),
    "Telefonisk kontakt": ("Telefonisk kontakt", "Telefonisk kontakt opgivet"),
    "Tilmelding som ledig": ("Gyldig tilmelding som ledig", "Ugyldig tilmelding som ledig"),
}
"""Two outcomes in the place of one label: whatever the words, they are no second name."""


class Named(NamedTuple):
    """An event and whether its label has the fault."""

    case: str
    activity: str
    timestamp: str
    team: str
    is_faulty: bool


def with_slips(seed: int, cases: int = 300, share: float = 0.03) -> list[Named]:
    """A log in which a share of the labels is mistyped: a letter less, more, another or swapped, other case or a space more."""
    rng = Random(seed)
    return [
        event._replace(activity=slip, is_faulty=True)
        if rng.random() < share and (slip := _slip(rng, event.activity)) != event.activity
        else event
        for event in _events(rng, cases)
    ]


def with_additions(seed: int, form: str, cases: int = 300, share: float = 0.5) -> list[Named]:
    """A log in which a share of the events of three usual labels has an addition of one form."""
    rng = Random(seed)
    events = _events(rng, cases)
    usual = [label for label, _ in Counter(event.activity for event in events).most_common(12)]
    chosen = set(rng.sample(usual, 3))
    return [
        event._replace(activity=event.activity + ADDITIONS[form](rng), is_faulty=True)
        if event.activity in chosen and rng.random() < share
        else event
        for event in events
    ]


def with_second_names(seed: int, form: str, cases: int = 600, share: float = 0.3) -> list[Named]:
    """A log in which a label has a second name in a share of the cases."""
    rng = Random(seed)
    events = _events(rng, cases)
    renamed = {case for case in sorted({event.case for event in events}) if rng.random() < share}
    names = SECOND_NAMES[form]
    return [
        event._replace(activity=names[event.activity], is_faulty=True)
        if event.case in renamed and event.activity in names
        else event
        for event in events
    ]


def with_a_name_of_its_own(seed: int, form: str, by: str, cases: int = 600) -> list[Named]:
    """A log in which a label has its second name in one team, or from the middle of the log on; ``by``: team or time."""
    rng = Random(seed)
    events = _events(rng, cases)
    names = SECOND_NAMES[form]
    uses = [event for event in events if event.activity in names]
    team = rng.choice(sorted({event.team for event in uses if event.team}))
    middle = sorted(event.timestamp for event in uses)[len(uses) // 2]
    return [
        event._replace(activity=names[event.activity], is_faulty=True)
        if event.activity in names and (event.team == team if by == "team" else event.timestamp >= middle)
        else event
        for event in events
    ]


def with_alternatives(seed: int, label: str, cases: int = 600, share: float = 0.3) -> list[Named]:
    """A log in which a label has two outcomes, the second in a share of the cases, in all teams and all the time: nothing is faulty."""
    rng = Random(seed)
    events = _events(rng, cases)
    second = {case for case in sorted({event.case for event in events}) if rng.random() < share}
    return [
        event._replace(activity=ALTERNATIVES[label][event.case in second]) if event.activity == label else event
        for event in events
    ]


def _events(rng: Random, cases: int) -> list[Named]:
    return [
        Named(
            event.case or "",
            event.activity or "",
            f"{event.happened:%Y-%m-%d %H:%M:%S}",
            event.team or "",
            is_faulty=False,
        )
        for case in ordinary_cases(rng, cases)
        for event in case
    ]


def _slip(rng: Random, label: str) -> str:
    letters = [at for at in range(1, len(label) - 1) if label[at].isalpha() and label[at + 1].isalpha()]
    at = rng.choice(letters)
    before, letter, after = label[:at], label[at], label[at + 1 :]
    return rng.choice((
        before + after,
        before + letter + letter + after,
        before + after[0] + letter + after[1:],
        before + NEIGHBOURS.get(letter, "e") + after,
        label.swapcase() if rng.random() < 0.5 else label[0].swapcase() + label[1:],
        before + letter + " " + after,
    ))  # fmt: skip
