"""When things happen at the job centre: working days, office hours, and how soon an event is registered."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from sample_logs.generator.event import A_DAY

if TYPE_CHECKING:
    from random import Random

FIRST_DAY = date(2022, 1, 1)
LAST_DAY = date(2023, 11, 8)
AS_OF = date(2023, 11, 30)
CLOSING = time(17, 0)
CLOCK_CHANGE_MONTHS = (3, 10)
"""Exact limits are kept out of these months, so that elapsed time is the same with and without the time zone."""


def working_day(day: date) -> date:
    """The day itself, or the next that is neither at a weekend nor a Christmas or New Year's holiday."""
    while day.weekday() >= 5 or (day.month, day.day) in {(1, 1), (12, 24), (12, 25), (12, 26), (12, 31)}:
        day += A_DAY
    return day


def at(day: date, minute: int) -> datetime:
    """The moment ``minute`` minutes after midnight of ``day``."""
    return datetime(day.year, day.month, day.day, minute // 60, minute % 60)  # noqa: DTZ001, the extract has local times


def next_moment(rng: Random, before: datetime, days: int) -> datetime:
    """A moment in office hours about ``days`` days after ``before``, and always after it."""
    day = working_day(before.date() + timedelta(days=days))
    if day == before.date():
        later = before + timedelta(minutes=rng.randint(4, 75))
        if later.time() < CLOSING:
            return later
        day = working_day(day + A_DAY)
    return at(day, rng.randint(8 * 60, 15 * 60 + 45))


def prompt_registration(rng: Random, happened: datetime) -> datetime:
    """Registered within minutes, later the same day, or the next morning: never more than 20 hours after the event."""
    draw = rng.random()
    if draw < 0.62:
        return happened + timedelta(minutes=rng.randint(0, 45))
    if draw < 0.85 or happened.hour < 13:
        left = 18 * 60 - happened.hour * 60 - happened.minute
        return happened + timedelta(minutes=rng.randint(20, max(21, left)))
    return at(happened.date() + A_DAY, rng.randint(7 * 60 + 30, 8 * 60 + 55))


def within_two_days(rng: Random, happened: datetime) -> datetime:
    """Registered between 24½ and 46 hours after the event, in office hours: what the job club allows itself."""
    if happened.hour < 14:
        return happened + A_DAY + timedelta(minutes=rng.randint(30, 180))
    return happened + 2 * A_DAY - timedelta(minutes=rng.randint(120, 300))
