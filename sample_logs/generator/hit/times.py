"""Faults of when something happened; each is put into every case that is hit, some after the case has been made a short one.

A shift of an hour or a day is nothing in a case of sixty days: where a fault is no more than that, the cases that it hits
take place within a day.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from sample_logs.generator.hit.log import FIRST, FOLLOW_UP, LAST, OFFER, SCREENING, TALK
from sample_logs.generator.hit.rows import step
from sample_logs.generator.timing.log import swapped_into_the_others

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sample_logs.generator.hit.log import Case, Event
    from sample_logs.generator.hit.rows import PutIn

TWICE = datetime.fromisoformat("2022-10-30 02:00")
"""The hour from then on came twice."""
NEVER = datetime.fromisoformat("2023-03-26 02:00")
"""The hour from then on did not come."""
FAR = timedelta(days=20)


def move(event: Event, start: datetime) -> None:
    """Let the event happen at another time, as long as it was, and as soon registered."""
    by = start - event.start
    event.start, event.registered = start, event.registered + by
    event.end = None if event.end is None else event.end + by


def within_a_day(case: Case, first: datetime, apart: timedelta) -> None:
    """Let the steps of the case follow each other so soon."""
    for place, event in enumerate(case):
        move(event, first + place * apart)
        event.planned = tuple(None if day is None else event.start.date() for day in event.planned)


def at(activity: str, moment: datetime) -> PutIn:
    """An event at a moment that it cannot have had."""

    def put_in(hit: Sequence[Case]) -> None:
        for case in hit:
            move(step(case, activity), moment)

    return put_in


def changing_places(one: str, other: str) -> PutIn:
    """Two steps the other way round."""

    def put_in(hit: Sequence[Case]) -> None:
        for case in hit:
            first, second = step(case, one), step(case, other)
            before = first.start
            move(first, second.start)
            move(second, before)

    return put_in


def neighbours_changing_places(hit: Sequence[Case]) -> None:
    """Two steps the other way round, in each case others."""
    always = (FIRST, SCREENING, TALK, OFFER, FOLLOW_UP, LAST)
    for number, case in enumerate(hit):
        place = number % (len(always) - 1)
        changing_places(always[place], always[place + 1])([case])


def day_and_month_swapped(hit: Sequence[Case]) -> None:
    """A step whose day was read as its month; the case is moved by days until it has one that lands far from the others."""
    for case in hit:
        while not any(_swap(case, event) for event in case[1:-1]):
            for event in case:
                move(event, event.start - timedelta(days=1))
                event.planned = tuple(None if day is None else day - timedelta(days=1) for day in event.planned)


def _swap(case: Case, event: Event) -> bool:
    was = event.start
    if was.day > 12 or was.day == was.month:
        return False
    swapped = was.replace(day=was.month, month=was.day)
    if case[0].start - FAR <= swapped <= case[-1].start + FAR:
        return False
    event.start = swapped
    if swapped_into_the_others([one.start for one in case]) == [case.index(event)]:
        return True
    event.start = was
    return False


def in_the_hour_that_came_twice(hit: Sequence[Case]) -> None:
    """The last two steps lie in the hour that came twice."""
    for case in hit:
        within_a_day(case, TWICE - timedelta(hours=4), timedelta(minutes=20))
        move(case[-2], TWICE + timedelta(minutes=5))
        move(case[-1], TWICE + timedelta(minutes=20))


def in_the_hour_that_never_came(hit: Sequence[Case]) -> None:
    """The last step but one lies in the hour that did not come, and the last soon after."""
    for case in hit:
        within_a_day(case, NEVER - timedelta(hours=4), timedelta(minutes=20))
        move(case[-2], NEVER + timedelta(minutes=30))
        move(case[-1], NEVER + timedelta(minutes=70))


def without_a_time_of_day(hit: Sequence[Case]) -> None:
    """Of the last step but one of a short case only the day is known."""
    for case in hit:
        within_a_day(case, datetime.combine(case[0].start, time(12)), timedelta(minutes=60))
        case[-2].start = datetime.combine(case[0].start, time())
        case[-2].written["Start"] = f"{case[-2].start:%d-%m-%Y}"


def at_one_time(hit: Sequence[Case]) -> None:
    """Two steps at the same time."""
    for case in hit:
        move(step(case, TALK), step(case, SCREENING).start)


def begun_when_it_ended(hit: Sequence[Case]) -> None:
    """The first step of a short case has one time for its start and its end."""
    for case in hit:
        within_a_day(case, datetime.combine(case[0].start, time(8)), timedelta(minutes=60))
        case[0].start = case[0].end or case[0].start


def never_closed(hit: Sequence[Case]) -> None:
    """A step whose end is two hundred days late."""
    for case in hit:
        event = step(case, SCREENING)
        event.end = event.start + timedelta(days=200)


def over_before_it_began(hit: Sequence[Case]) -> None:
    """The end of the last step lies before the step before it."""
    for case in hit:
        case[-1].end = case[-2].start - timedelta(days=1)


def longer_than_the_next(hit: Sequence[Case]) -> None:
    """A step goes on until a day after the next one is over."""
    for case in hit:
        event = step(case, SCREENING)
        event.end = case[case.index(event) + 1].start + timedelta(days=1)


def until_the_end_of_time(hit: Sequence[Case]) -> None:
    """A period has no end that is known, and a date that stands for none."""
    for case in hit:
        offer = step(case, OFFER)
        offer.planned = (offer.planned[0], date(9999, 12, 31))
