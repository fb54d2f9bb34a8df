"""The rows that may still get a defect: a row is taken once, so that defects do not meet by accident."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sample_logs.generator.defects.rates import RATES
from sample_logs.generator.event import A_DAY, Event
from sample_logs.generator.vocabulary import PERIODS, PLANNED_TALK

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from sample_logs.generator.process import Case

FEWEST = 3
"""Rows of each defect at least, however small the log."""


class Pool:
    """All events by case, and the random draws of the defects."""

    def __init__(self, cases: list[Case], rng: Random) -> None:
        self.cases = cases
        self.events = [event for case in cases for event in case]
        self.rng = rng

    def take(self, check: str, fits: Callable[[Event], bool]) -> list[Event]:
        """Rows for one defect at its rate, in file order; they are touched from now on."""
        return self.take_share(RATES[check], fits)

    def take_periods(self, check: str, fits: Callable[[Event], bool]) -> list[Event]:
        """The same for a rate that is a share of the events with a planned end."""
        periods = sum(event.planned_end is not None for event in self.events)
        return self.take_share(RATES[check] * periods / len(self.events), fits)

    def take_share(self, share: float, fits: Callable[[Event], bool]) -> list[Event]:
        """As many untouched rows that fit as ``share`` of all events, at least ``FEWEST``."""
        places = [place for place, event in enumerate(self.events) if not event.touched and fits(event)]
        wanted = min(len(places), max(FEWEST, round(share * len(self.events))))
        taken = [self.events[place] for place in sorted(self.rng.sample(places, wanted))]
        for event in taken:
            event.touched = True
        return taken


def ordinary(event: Event) -> bool:
    """No period and not planned ahead, registered in time by every rule: only the intended defect will show."""
    if event.activity in PERIODS or event.activity == PLANNED_TALK or event.planned_end is not None:
        return False
    return event.registered is not None and event.lag <= A_DAY


def unplanned(event: Event) -> bool:
    """Neither dated ahead on purpose nor without its registration."""
    return event.activity != PLANNED_TALK and event.registered is not None


def cycle(texts: tuple[str, ...], events: list[Event]) -> list[tuple[Event, str]]:
    """Each event with a text, all texts in turn, so that the smallest log has each of them."""
    return [(event, texts[place % len(texts)]) for place, event in enumerate(events)]
