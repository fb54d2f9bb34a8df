"""When events were registered: too late, before they happened, and just within the limit."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sample_logs.generator.calendar import AS_OF, CLOCK_CHANGE_MONTHS, at, working_day
from sample_logs.generator.defects.pool import Pool, ordinary, unplanned
from sample_logs.generator.defects.rates import LATE_ATTENDANCE, LATE_BY_TEAM
from sample_logs.generator.event import A_DAY, Event, as_day
from sample_logs.generator.process import STAFF
from sample_logs.generator.vocabulary import COMPANIES, JOBKLUB, OTHER_TALK

if TYPE_CHECKING:
    from collections.abc import Callable

FRIDAY = 4
LATEST = 45


def attendance(event: Event) -> bool:
    """The job club's own use of its label, for which it has two days."""
    return event.activity == OTHER_TALK and event.team == JOBKLUB


def on_the_limit(pool: Pool) -> None:
    """Just within the agreed time, exactly on it, and a minute over it: only the last is too late."""
    for fits, days in ((attendance, 2), (lambda event: ordinary(event) and not attendance(event), 1)):
        for minutes in (-1, 0, 1):
            for event in pool.take_share(0, _clock_stands(fits)):
                event.registered = event.happened + timedelta(days=days, minutes=minutes)
                if minutes > 0:
                    event.defects["backdated-registration"] = f"1 minute over {days} days"


def without_a_clock(pool: Pool) -> None:
    """Registrations of which only the day is known: whole calendar days count, and one day late is in time."""
    for event in pool.take_share(0.01, ordinary):
        day = at(event.happened.date() + A_DAY * pool.rng.choice((0, 1)), 0)
        _only_the_day(event, day)


def backdated_attendance(pool: Pool) -> None:
    """The job club's attendance lists, entered together on a Friday afternoon, one or two weeks later."""
    candidates = sum(attendance(event) and not event.touched for event in pool.events)
    for event in pool.take_share(LATE_ATTENDANCE * candidates / len(pool.events), _registered_by(17, attendance)):
        day = event.happened.date() + 3 * A_DAY
        day += (FRIDAY - day.weekday()) % 7 * A_DAY
        day += 7 * A_DAY * (pool.rng.random() < 0.25)
        event.registered = at(working_day(day), pool.rng.randint(13 * 60, 15 * 60 + 30))
        event.resource = STAFF[JOBKLUB][day.isocalendar().week % 3]
        event.defects["backdated-registration"] = _days_late(event)


def backdated_registration(pool: Pool) -> None:
    """Two to 45 days late; how often differs by team, and the periods of the company team take longest."""
    for team, share in LATE_BY_TEAM.items():
        own = sum(event.team == team and not attendance(event) for event in pool.events)
        fits = _registered_by(LATEST + 3, _of_team(team))
        for event in pool.take_share(share * own / len(pool.events), fits):
            typical = 12.0 if team == COMPANIES or event.planned_end else 5.0
            days = min(LATEST, 2 + int(pool.rng.expovariate(1 / typical)))
            day = working_day(event.happened.date() + days * A_DAY)
            event.registered = at(day, pool.rng.randint(event.happened.hour * 60 + 60, 18 * 60))
            if pool.rng.random() < 0.06:
                _only_the_day(event, at(day, 0))
            event.defects["backdated-registration"] = _days_late(event)


def registered_before_event(pool: Pool) -> None:
    """Entered before it happened, from ten minutes to twelve days; a few with only the day of the registration."""
    for place, event in enumerate(pool.take("registered-before-event", ordinary)):
        if place % 6 == 5:
            _only_the_day(event, at(event.happened.date() - pool.rng.randint(1, 6) * A_DAY, 0))
        else:
            short = place % 2 == 0
            early = pool.rng.randint(10, 60) if short else pool.rng.randint(1, 12) * 1440 - pool.rng.randint(0, 50)
            event.registered = event.happened - timedelta(minutes=early)
        event.defects["registered-before-event"] = "entered ahead"


def _of_team(team: str) -> Callable[[Event], bool]:
    return lambda event: event.team == team and not attendance(event)


def _registered_by(days: int, fits: Callable[[Event], bool]) -> Callable[[Event], bool]:
    """Events that can be registered so many days late before the extract was drawn."""
    return lambda event: unplanned(event) and event.happened.date() + days * A_DAY <= AS_OF and fits(event)


def _clock_stands(fits: Callable[[Event], bool]) -> Callable[[Event], bool]:
    return lambda event: fits(event) and event.happened.month not in CLOCK_CHANGE_MONTHS


def _only_the_day(event: Event, midnight: datetime) -> None:
    event.registered = midnight
    event.written["Oprettet"] = as_day(midnight)


def _days_late(event: Event) -> str:
    return f"{event.lag.total_seconds() / 86400:.1f} days"
