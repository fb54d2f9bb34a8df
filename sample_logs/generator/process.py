"""Makes the events of all cases as they should be: the log before anything is wrong with it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from sample_logs.generator.calendar import (
    FIRST_DAY,
    LAST_DAY,
    at,
    next_moment,
    prompt_registration,
    within_two_days,
    working_day,
)
from sample_logs.generator.event import A_DAY, Event
from sample_logs.generator.paths import Step, ordinary_path, plain_path
from sample_logs.generator.remarks import remark
from sample_logs.generator.vocabulary import (
    ACTIVITIES,
    ATTENDED,
    CLOSED,
    CLUB_ONLY,
    COMPANIES,
    COMPANY_WORK,
    ENDINGS,
    GOAL,
    JOBKLUB,
    OTHER_TALK,
    PLANNED_TALK,
    REVISED_PLAN,
    ROBOT_TASKS,
    TARGET_GROUP_SHIFT,
    TARGET_GROUPS,
    TEAM_A,
    TEAM_B,
    TEAMS,
)

if TYPE_CHECKING:
    from random import Random

OWNERS = (TEAM_A, TEAM_B, JOBKLUB, COMPANIES)
OWNER_WEIGHTS = (37, 33, 19, 11)
STAFF = {team: tuple(f"JK{1000 + 40 * place + 3 * n}" for n in range(8)) for place, team in enumerate(TEAMS)}
FEWEST_EVENTS = 3
CLEAN_ENDS = date(2022, 12, 16)

Case = list[Event]


def ordinary_cases(rng: Random, cases: int) -> list[Case]:
    """Cases as the brief tells of them, cut at the first and last day of the extract; oldest first."""
    starts = sorted(_draw_start(rng, date(2021, 10, 1), date(2023, 10, 31)) for _ in range(cases))
    return [_one_case(rng, number, start) for number, start in _numbered(rng, starts)]


def clean_cases(rng: Random, cases: int) -> list[Case]:
    """Cases of one year that begin and end in the extract, with nothing wrong with them; oldest first."""
    starts = sorted(_draw_start(rng, date(2022, 1, 3), date(2022, 9, 1)) for _ in range(cases))
    return [_one_clean_case(rng, number, start) for number, start in _numbered(rng, starts)]


def _draw_start(rng: Random, first: date, last: date) -> date:
    return working_day(first + timedelta(days=rng.randint(0, (last - first).days)))


def _numbered(rng: Random, starts: list[date]) -> list[tuple[str, date]]:
    """Case ids in the order of the starts, with holes: other cases of the municipality have the numbers between."""
    numbered = []
    serial = year = 0
    for start in starts:
        serial = serial + rng.randint(1, 9) if start.year == year else rng.randint(1, 60)
        year = start.year
        numbered.append((f"S-{year}-{serial:06}", start))
    return numbered


def _one_case(rng: Random, number: str, start: date) -> Case:
    owner = rng.choices(OWNERS, OWNER_WEIGHTS)[0]
    while True:
        events = _events_of(rng, number, start, owner, ordinary_path(rng, owner))
        events = [event for event in events if FIRST_DAY <= event.happened.date() <= LAST_DAY]
        if len(events) >= FEWEST_EVENTS:
            break
        start = working_day(max(start, FIRST_DAY) if start < FIRST_DAY else start - timedelta(days=5))
    if events[-1].activity != CLOSED and rng.random() < 0.2:
        events.append(_coming_talk(rng, events[-1]))
    return events


def _one_clean_case(rng: Random, number: str, start: date) -> Case:
    """Drawn again while it runs on for too long, or its first or last date could be read with day and month swapped."""
    owner = rng.choices(OWNERS, OWNER_WEIGHTS)[0]
    while True:
        events = _events_of(rng, number, start, owner, plain_path(rng))
        swappable = _swaps_into(events[0], events[1:]) or _swaps_into(events[-1], events[:-1])
        if events[-1].happened.date() <= CLEAN_ENDS and not swappable:
            return events
        start = working_day(start + A_DAY) if swappable else start


def _swaps_into(event: Event, others: list[Event]) -> bool:
    day = event.happened.date()
    if day.day > 12:
        return False
    return others[0].happened.date() <= date(day.year, day.day, day.month) <= others[-1].happened.date()


def _events_of(rng: Random, number: str, start: date, owner: str, steps: list[Step]) -> Case:
    events: Case = []
    clerk = rng.randrange(8)
    target_group = rng.choices(*TARGET_GROUPS)[0]
    moment = at(start, 7 * 60 + 30)
    for step in steps:
        moment = next_moment(rng, moment, step.days)
        if step.activity == TARGET_GROUP_SHIFT:
            target_group = "6.10" if target_group == "6.1" else "6.1"
        team = _team(rng, step, owner)
        event = _event(rng, number, step, moment, team)
        event.target_group = target_group
        if event.resource == "":
            event.resource = STAFF[team][clerk if rng.random() < 0.8 else rng.randrange(8)]
        if step.activity == PLANNED_TALK:
            event.registered = _planned_ahead(rng, moment, start)
        events.append(event)
    return events


def _event(rng: Random, number: str, step: Step, moment: datetime, team: str) -> Event:
    kind = ACTIVITIES[step.activity]
    in_club = step.in_club and step.activity == OTHER_TALK
    late = in_club and rng.random() < 0.15
    event = Event(
        case=number,
        activity=step.activity,
        timestamp=moment,
        registered=(within_two_days if late else prompt_registration)(rng, moment),
        team=team,
        resource="RPA01" if step.activity in ROBOT_TASKS else "",
        source=kind.source,
        status=rng.choices(*(ATTENDED if in_club else kind.status))[0],
        target_group="",
        ending=rng.choices(*ENDINGS)[0] if step.activity == CLOSED else "",
        remark=remark(rng),
    )
    _plan_period(rng, event, kind.length)
    return event


def _plan_period(rng: Random, event: Event, length: tuple[int, int] | None) -> None:
    if event.activity == REVISED_PLAN and rng.random() < 0.5:
        event.planned_end = event.happened.date() + timedelta(days=rng.randint(60, 180))
    if length is None:
        return
    start = event.happened.date() + timedelta(days=0 if event.activity == GOAL else rng.randint(0, 4))
    event.planned_end = start + timedelta(days=rng.randint(*length))
    if event.activity != GOAL or rng.random() < 0.8:
        event.planned_start = start


def _team(rng: Random, step: Step, owner: str) -> str:
    """Who does it: drawn without a look at the steps around, so that a label means the same in every team."""
    if step.in_club or step.activity in CLUB_ONLY:
        return JOBKLUB
    team = owner
    if step.activity in COMPANY_WORK and rng.random() < 0.6:
        team = COMPANIES
    elif rng.random() < 0.05:
        team = rng.choice(TEAMS)
    return TEAM_A if team == JOBKLUB and step.activity == OTHER_TALK else team


def _planned_ahead(rng: Random, moment: datetime, start: date) -> datetime:
    day = working_day(moment.date() - timedelta(days=rng.randint(7, 35)))
    return at(max(day, start), rng.randint(8 * 60, 15 * 60)) if max(day, start) < moment.date() else moment - A_DAY


def _coming_talk(rng: Random, last: Event) -> Event:
    """A talk that is booked when the extract is drawn: some lie after the day of the audit."""
    step = Step(PLANNED_TALK, 0)
    moment = at(working_day(LAST_DAY + timedelta(days=rng.randint(2, 60))), rng.randint(8 * 60, 15 * 60))
    event = _event(rng, last.case or "", step, moment, last.team or TEAM_A)
    event.registered = prompt_registration(rng, last.happened)
    event.resource, event.target_group = last.resource, last.target_group
    return event
