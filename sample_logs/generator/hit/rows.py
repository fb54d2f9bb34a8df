"""Faults of what a row says, lacks or repeats; each is put into every case that is hit."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from sample_logs.generator.hit.log import FOLLOW_UP, LAST, LETTER, OFFER, TALK

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sample_logs.generator.hit.log import Case, Event

    PutIn = Callable[[Sequence[Case]], None]


def step(case: Case, activity: str) -> Event:
    """The event of the case with this activity."""
    return next(event for event in case if event.activity == activity)


def again(case: Case, activity: str, after: timedelta) -> Event:
    """A second event like the one with this activity, so much later, right behind it in the file."""
    first = step(case, activity)
    second = replace(
        first,
        start=first.start + after,
        end=None if first.end is None else first.end + after,
        registered=first.registered + after,
        written=dict(first.written),
    )
    case.insert(case.index(first) + 1, second)
    return second


def saying(column: str, text: str, activity: str = TALK) -> PutIn:
    """Something else in a column of one event; nothing, where ``text`` is empty."""

    def put_in(hit: Sequence[Case]) -> None:
        for case in hit:
            step(case, activity).written[column] = text

    return put_in


def without(activity: str) -> PutIn:
    """A step that did not take place, or was not registered."""

    def put_in(hit: Sequence[Case]) -> None:
        for case in hit:
            case.remove(step(case, activity))

    return put_in


def twice(activity: str, after: timedelta) -> PutIn:
    """A step that is there twice."""

    def put_in(hit: Sequence[Case]) -> None:
        for case in hit:
            again(case, activity, after)

    return put_in


def with_a_copy(hit: Sequence[Case]) -> None:
    """A second row, a second later, that the system makes by itself."""
    for case in hit:
        second = again(case, LETTER, timedelta(seconds=1))
        second.activity = f"{LETTER}_kopi"


def of_two_employees(hit: Sequence[Case]) -> None:
    """Two rows of one instance that are by two employees."""
    for case in hit:
        last, before = step(case, LAST), step(case, FOLLOW_UP)
        last.instance = before.instance
        last.resource = before.resource[:-1] + str((int(before.resource[-1]) + 1) % 10)


def without_an_end(hit: Sequence[Case]) -> None:
    """A period that has neither a planned nor a real end."""
    for case in hit:
        offer = step(case, OFFER)
        offer.end, offer.planned = None, (offer.planned[0], None)
