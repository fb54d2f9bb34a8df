"""Planned periods: ends far in the future, missing ends, and ends before the start."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sample_logs.generator.event import A_DAY, Event
from sample_logs.generator.vocabulary import GOAL, REVISED_PLAN

if TYPE_CHECKING:
    from sample_logs.generator.defects.pool import Pool

AGREED_DAYS = {
    GOAL: 365,
    "Virksomhedspraktik": 182,
    "Løntilskud": 365,
    "Jobrotation": 365,
    "Voksenlærling": 1461,
    "Mentorstøtte": 182,
    "Uddannelsesrettet tilbud": 730,
    "Øvrig vejledning og opkvalificering": 365,
    "Ferie registreret": 42,
    REVISED_PLAN: 730,
}
"""Days that the practice `jobcenter` (or, for the last, the check's default) allows from start to planned end."""


def far_future_end(pool: Pool) -> None:
    """Two of three are job goals that end with the century; the rest are sentinels and ends beyond what is agreed."""
    for place, event in enumerate(pool.take_periods("far-future-end-date", _goal)):
        if place % 5 == 4:
            _end_after(event, AGREED_DAYS[GOAL] + (1 if place == 4 else pool.rng.randint(30, 2500)))
        else:
            _end_on(event, date(9999, 12, 31) if place % 5 == 3 else date(2099, 12, 31))
    for place, event in enumerate(pool.take_share(0.001, lambda event: _other_period(event) and not _goal(event))):
        if place % 3 == 2:
            _end_on(event, date(2999, 12, 31) if place % 2 else date(9999, 12, 31))
        else:
            _end_after(event, AGREED_DAYS[event.activity or ""] + 1 + place)
    for event in pool.take_share(0, lambda event: event.activity == REVISED_PLAN and event.planned_end is not None):
        _end_after(event, AGREED_DAYS[REVISED_PLAN] + 1)


def near_end(pool: Pool) -> None:
    """Job goals that end on the very last day that is agreed, or on the day they begin: nothing wrong with them."""
    for event in pool.take_share(0, _goal):
        event.planned_end = _start(event) + AGREED_DAYS[GOAL] * A_DAY
    for event in pool.take_share(0, _goal):
        event.planned_end = _start(event)


def open_ended_period(pool: Pool) -> None:
    """A period without its planned end."""
    for event in pool.take_periods("open-ended-period", lambda event: _goal(event) or _other_period(event)):
        event.planned_end = None
        event.defects["open-ended-period"] = event.activity or ""


def end_before_start(pool: Pool) -> None:
    """An end before the planned start or, without one, before the day of the event; one is a default of the system."""
    for place, event in enumerate(pool.take_periods("end-before-start", lambda event: event.planned_end is not None)):
        event.planned_end = date(1900, 1, 1) if place == 2 else _start(event) - pool.rng.randint(1, 40) * A_DAY
        event.defects["end-before-start"] = f"{(_start(event) - event.planned_end).days} days"


def _goal(event: Event) -> bool:
    return event.activity == GOAL and event.planned_end is not None


def _other_period(event: Event) -> bool:
    return event.activity in AGREED_DAYS and event.activity != REVISED_PLAN and event.planned_end is not None


def _start(event: Event) -> date:
    return event.planned_start or event.happened.date()


def _end_after(event: Event, days: int) -> None:
    _end_on(event, _start(event) + days * A_DAY)


def _end_on(event: Event, end: date) -> None:
    event.planned_end = end
    event.defects["far-future-end-date"] = f"{(end - _start(event)).days} days"
