"""Labels that nobody agreed on: unknown ones, and known ones written untidily."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sample_logs.generator.defects.pool import Pool, cycle, ordinary
from sample_logs.generator.vocabulary import HEARING, OTHER_TALK

if TYPE_CHECKING:
    from sample_logs.generator.event import Event

UNKNOWN = (
    "Cafemøde", "Test - bruges ikke", "Opfølgningsamtale", "Jobsamtale (gl.)", "Digitalt møde", "Coronaopkald",
    "CV samtale",
)  # fmt: skip
"""Old and local labels, and two slips of the keyboard."""

UNTIDY = {
    "CV-samtale": "CV-samtale ",
    "Jobsamtale": " Jobsamtale",
    "Telefonisk kontakt": "Telefonisk  kontakt",
    "Opfølgningssamtale": "Opfølgningssamtale ",
    "Min Plan oprettet": "Min Plan  oprettet",
    "Sygemelding": "Sygemelding ",
}
"""A space too many: before, behind, or within the label."""


def unknown_activity(pool: Pool) -> None:
    """A label that the practice does not have."""
    fits = pool.take("unknown-activity", lambda event: ordinary(event) and event.activity not in (OTHER_TALK, HEARING))
    for event, label in cycle(UNKNOWN, fits):
        event.activity = label
        event.defects["unknown-activity"] = label


def untidy_label(pool: Pool) -> None:
    """A known label with a space too many, which makes it another label."""
    for event in pool.take("untidy-label", lambda event: ordinary(event) and event.activity in UNTIDY):
        event.activity = UNTIDY[event.activity or ""]
        event.defects["untidy-label"] = f"[{event.activity}]"
        event.defects["unknown-activity"] = f"[{event.activity}]"


def other_case(pool: Pool) -> None:
    """The rare hearing in small letters: both labels are untidy then, which is found when all labels are known."""
    for event in pool.take_share(0.0004, _hearing):
        event.activity = HEARING.lower()
        event.defects["unknown-activity"] = HEARING.lower()


def _hearing(event: Event) -> bool:
    return ordinary(event) and event.activity == HEARING
