"""Timestamps that cannot be true, or say less than they should: future, default, without a time of day, shared."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sample_logs.generator.calendar import AS_OF, at
from sample_logs.generator.defects.pool import Pool, ordinary
from sample_logs.generator.defects.rates import RATES
from sample_logs.generator.event import A_DAY, Event, as_day

DEFAULTS = (date(1900, 1, 1), date(1970, 1, 1), date(1753, 1, 1), date(1, 1, 1))
SENTINELS = (date(9999, 12, 31), date(2099, 12, 31), date(2999, 12, 31))


def future_timestamp(pool: Pool) -> None:
    """A wrong year or month: after the day of the audit. Where the registration stands, it lies before the event."""
    for place, event in enumerate(pool.take("future-timestamp", ordinary)):
        first = AS_OF + A_DAY if place == 0 else date(2024 + place % 12, 1 + place % 11, 1 + pool.rng.randint(0, 27))
        event.timestamp = at(first, event.happened.hour * 60 + event.happened.minute)
        event.defects["future-timestamp"] = str(first)
        if place % 3 == 2:
            event.registered = None
        else:
            event.defects["registered-before-event"] = "the event lies in the future"


def last_day(pool: Pool) -> None:
    """An event on the day of the audit itself, until its last minute: not in the future."""
    for place, event in enumerate(pool.take_share(0, ordinary)):
        event.timestamp = at(AS_OF, 24 * 60 - 1 - 180 * place)
        event.registered = event.timestamp


def default_date(pool: Pool) -> None:
    """A system's date for "not filled in"; most without registration, the others late by the centuries between."""
    taken = pool.take("default-date", ordinary)
    for place, event in enumerate(taken):
        if place % 7 == 6:
            _sentinel(event, SENTINELS[place // 7 % 3])
            continue
        day = DEFAULTS[place % 7 % 4]
        event.timestamp = at(day, 0 if place % 2 == 0 else event.happened.hour * 60 + event.happened.minute)
        event.defects["default-date"] = str(day)
        if place % 2 == 0:
            event.defects["imprecise-timestamp"] = "the default has no time of day"
        if place % 5 == 4:
            event.defects["backdated-registration"] = f"since {day.year}"
        else:
            event.registered = None


def _sentinel(event: Event, day: date) -> None:
    event.timestamp = at(day, 0)
    event.registered = None
    event.defects["default-date"] = str(day)
    event.defects["future-timestamp"] = str(day)
    event.defects["imprecise-timestamp"] = "the default has no time of day"


def imprecise_timestamp(pool: Pool) -> None:
    """Only the day is known, written as a date or with 00:00; some of them are registered days later as well."""
    for place, event in enumerate(pool.take("imprecise-timestamp", ordinary)):
        _forget_the_clock(event, as_date=place % 3 != 0)
        if place % 12 == 11 and event.happened.date() + 9 * A_DAY <= AS_OF:
            event.registered = at(event.happened.date() + pool.rng.randint(3, 9) * A_DAY, pool.rng.randint(480, 960))
            event.defects["backdated-registration"] = "by whole calendar days"


def just_after_midnight(pool: Pool) -> None:
    """One minute past midnight is a time of day."""
    for event in pool.take_share(0, lambda event: ordinary(event) and _same_day(event)):
        event.timestamp = at(event.happened.date(), 1)


def shared_timestamp(pool: Pool) -> None:
    """Forms that tick off two to four steps at once, which get the time of the first; who shares one is found later."""
    ticked = pool.rng.sample(range(len(pool.cases)), len(pool.cases))
    groups = max(4, round(RATES["shared-timestamp"] * len(pool.events)))
    for number in ticked:
        if groups == 0:
            return
        groups -= _tick_off(pool, pool.cases[number])


def _tick_off(pool: Pool, case: list[Event]) -> bool:
    """Give a run of ordinary events in the case the time of the first; False when it has none."""
    size = pool.rng.choice((2, 2, 2, 3, 4))
    for start in range(len(case) - size + 1):
        run = case[start : start + size]
        if any(event.touched or not ordinary(event) for event in run) or len({event.activity for event in run}) < size:
            continue
        if run[-1].happened - run[0].happened > timedelta(days=25):
            continue
        for event in run:
            event.touched = True
            event.timestamp, event.registered = run[0].timestamp, _soon(run[0], pool.rng.randint(0, 3))
        return True
    return False


def _soon(event: Event, minutes: int) -> datetime:
    return event.happened + event.lag + timedelta(minutes=minutes)


def _same_day(event: Event) -> bool:
    return event.registered is not None and event.registered.date() == event.happened.date()


def _forget_the_clock(event: Event, *, as_date: bool) -> None:
    event.timestamp = at(event.happened.date(), 0)
    if as_date:
        event.written["Starttidspunkt"] = as_day(event.timestamp)
    event.defects["imprecise-timestamp"] = "date only" if as_date else "00:00"
