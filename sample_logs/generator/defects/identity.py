"""Numbers in texts that could identify somebody, all of them invented, and numbers that only look so."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from sample_logs.generator.defects.pool import Pool, ordinary

if TYPE_CHECKING:
    from random import Random

WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
SENTENCES = (
    "Borgeren har cpr.nr. {} og ønsker brev på post.",
    "Se også sag på ægtefælle ({}).",
    "Aftalt møde. {}",
    "cpr {}; ringes op i næste uge.",
)
LOOKALIKES = (
    "Fakturanr. 320199-1234 er betalt.",
    "Se j.nr. 12345678901.",
    "Ref. 311122-123 i postlisten.",
    "Ordre 0013992468 er modtaget fra virksomheden.",
    "Tlf. 12345678 er ikke længere i brug.",
    "Se sag S-2022-000123.",
    "Bilag 290201-1234 mangler.",
)
"""Days and months that do not exist, too many and too few digits; 29 February 2001 was not in a leap year."""


def cpr_number(pool: Pool) -> None:
    """A number of the form of a CPR number in the free text, and once where the user id should be."""
    for place, event in enumerate(pool.take("cpr-number", ordinary)):
        number = invented_number(pool.rng)
        shown = number if place % 3 == 2 else f"{number[:6]}-{number[6:]}"
        if place == 1:
            event.resource = shown
        else:
            event.remark = SENTENCES[place % len(SENTENCES)].format(shown)
        event.defects["cpr-number"] = "Sagsbehandler" if place == 1 else "Bemærkning"


def lookalikes(pool: Pool) -> None:
    """Numbers that are no CPR numbers."""
    for place, event in enumerate(pool.take_share(0.002, ordinary)):
        event.remark = LOOKALIKES[place % len(LOOKALIKES)]


def invented_number(rng: Random) -> str:
    """Ten digits with a valid date that can belong to nobody: born before 2007, and modulus 11 does not hold."""
    while True:
        day = date(1940, 1, 2) + timedelta(days=rng.randrange(365 * 60))
        number = f"{day:%d%m%y}{rng.randrange(0, 4)}{rng.randrange(1000):03}"
        if sum(int(digit) * weight for digit, weight in zip(number, WEIGHTS, strict=True)) % 11 and day.day != 1:
            return number
