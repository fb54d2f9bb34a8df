"""Faults that concern the log as a whole: what is put into the cases that are hit shows in all of them together."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sample_logs.generator.hit.log import FIRST, LETTER, TEAMS
from sample_logs.generator.hit.rows import step
from sample_logs.generator.hit.times import move

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sample_logs.generator.hit.log import Case

QUIET_FROM = datetime.fromisoformat("2022-08-01")
QUIET = timedelta(days=120)
NEW_SYSTEM = datetime.fromisoformat("2022-09-01")
FRIDAY = 4
ZONE = ZoneInfo("Europe/Copenhagen")


def deleted(hit: Sequence[Case]) -> None:
    """The cases are gone; their numbers are missing among the others."""
    for case in hit:
        case.clear()


def to_the_day(hit: Sequence[Case]) -> None:
    """One activity is registered without a time of day."""
    for case in hit:
        event = step(case, LETTER)
        event.written["Start"] = f"{event.start:%d-%m-%Y}"


def dated_in_utc(hit: Sequence[Case]) -> None:
    """One activity has dates only, stored in UTC: the evening before, an hour earlier in summer."""
    for case in hit:
        event = step(case, FIRST)
        midnight = datetime.combine(event.start, time())
        move(event, midnight - (midnight.replace(tzinfo=ZONE).utcoffset() or timedelta(0)))


def paused(hit: Sequence[Case]) -> None:
    """Nothing happens for some months: what would have happened comes later."""
    for case in hit:
        for event in case:
            if event.start >= QUIET_FROM:
                move(event, event.start + QUIET)


def registered_otherwise(hit: Sequence[Case]) -> None:
    """From a day on registering takes twenty days longer."""
    for event in (event for case in hit for event in case if event.start >= NEW_SYSTEM):
        event.registered += timedelta(days=20)


def registered_on_fridays(hit: Sequence[Case]) -> None:
    """The first team registers on the Friday of the week."""
    for event in (event for case in hit for event in case if event.team == TEAMS[0]):
        event.registered += timedelta(days=(FRIDAY - event.registered.weekday()) % 7)


def dated_amounts(hit: Sequence[Case]) -> None:
    """A column that is not known as one of times holds nothing else."""
    for event in (event for case in hit for event in case):
        event.written["Beløb"] = f"{event.start:%d-%m-%Y %H:%M:%S}"
