"""A log in which no check of the catalogue finds anything, into whose cases faults are put: a course of eight steps, some sixty days long."""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import count
from random import Random
from typing import TYPE_CHECKING

from logsyn.expectations.practice import Practice
from logsyn.expectations.source import SourceProfile
from sample_logs.generator.calendar import working_day
from sample_logs.generator.timing.log import swapped_into_the_others

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

FIRST, LAST = "Henvendelse modtaget", "Sag afsluttet"
TALK, SCREENING, OFFER, LETTER, FOLLOW_UP = "Jobsamtale", "Visitation", "Aktivt tilbud", "Brev sendt", "Opfølgning"
COURSE = (FIRST, SCREENING, TALK, "Partshøring", OFFER, LETTER, FOLLOW_UP, LAST)
"""The steps in their order; every second case has no ``Partshøring``."""

OTHER_TALK = "Samtale (anden)"
"""A label that no case has; the practice gives it one meaning in the first team and another elsewhere."""

TEAMS = ("Team Øst", "Team Vest", "Team Syd")
STATUSES = ("Afholdt", "Aflyst", "Udeblevet")
REMARKS = ("", "Aftalt ny tid", "Afventer svar fra borgeren", "Mødes i receptionen")
BEGIN = datetime.fromisoformat("2022-01-03")
TRIES = 20
"""So often a case is drawn anew before it begins a day later."""
DAYS = 480
"""Cases begin on so many days."""

PROFILE = SourceProfile.model_validate({
    "source": "hit",
    "columns": {
        "case_id": "SagsID", "activity": "Aktivitet", "timestamp": "Start", "end_timestamp": "Slut", "registered_at": "Registreret",
        "planned_start": "Planlagt start", "planned_end": "Planlagt slut", "resource": "Medarbejder", "team": "Team", "status": "Status", "text": "Bemærkning",
    },
    "timestamps": {"formats": ["%d-%m-%Y %H:%M:%S", "%d-%m-%Y"], "timezone": "Europe/Copenhagen"},
})  # fmt: skip
PRACTICE = Practice.model_validate(
    {
        "practice": "hit",
        "default": {"register_within_days": 1},
        "activities": {
            OFFER: {"period": True},
            OTHER_TALK: {"meaning": {TEAMS[0]: "En samtale om job", "*": "Et brev, der bliver gennemgået"}},
        },
    }
)


@dataclass
class Event:
    """One row: as it happened, and as it is written where that is no value of its kind (``written``: column to text)."""

    case: str
    activity: str
    start: datetime
    end: datetime | None
    registered: datetime
    planned: tuple[date | None, date | None]
    resource: str
    team: str
    instance: int
    status: str
    amount: str
    remark: str
    written: dict[str, str]

    def cells(self) -> dict[str, str]:
        """The texts of the row by column."""
        return {
            "SagsID": self.case, "Aktivitet": self.activity, "Start": _text(self.start), "Slut": _text(self.end), "Registreret": _text(self.registered),
            "Planlagt start": _text(self.planned[0]), "Planlagt slut": _text(self.planned[1]), "Medarbejder": self.resource, "Team": self.team,
            "Udførelse": str(self.instance), "Status": self.status, "Beløb": self.amount, "Bemærkning": self.remark,
        } | self.written  # fmt: skip


Case = list[Event]


def clean_log(cases: int, seed: int = 1) -> list[Case]:
    """The cases, the same for the same seed; case ids follow one another."""
    rng, taken = Random(seed), set[int]()
    return [_case(rng, number, cases, taken) for number in range(cases)]


def write(log: Iterable[Case], path: Path) -> Path:
    """Write the rows as CSV with a semicolon, in the order of the cases."""
    rows = [event.cells() for case in log for event in case]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
    return path


def copy(case: Case) -> Case:
    """The case, so that what is put into the copy leaves it as it is."""
    return [replace(event, written=dict(event.written)) for event in case]


def _case(rng: Random, number: int, cases: int, taken: set[int]) -> Case:
    for tried in count():  # some days have no case whose dates cannot be swapped, so that it must begin on another
        case = _draw(rng, number, cases, later=tried // TRIES)
        if not swapped_into_the_others([event.start for event in case]):
            break
    for event in case:
        event.registered = _free(event.registered, taken)
    return case


def _draw(rng: Random, number: int, cases: int, later: int) -> Case:
    day = BEGIN + timedelta(days=number * DAYS // cases + rng.randint(0, 1) + later)
    team = number % len(TEAMS)
    case: Case = []
    for place, activity in enumerate(step for step in COURSE if step != "Partshøring" or number % 2):
        day = datetime.combine(working_day(day), time())
        start = day + timedelta(hours=rng.randint(8, 14), minutes=rng.randint(0, 59), seconds=rng.randint(1, 59))
        end = start + timedelta(seconds=rng.randint(1800, 3600))
        is_offer = activity == OFFER
        case.append(
            Event(
                case=str(1001 + number),
                activity=activity,
                start=start,
                end=end,
                registered=end + timedelta(minutes=rng.randint(10, 200)),
                planned=(start.date(), start.date() + timedelta(days=rng.randint(2, 4))) if is_offer else (None, None),
                resource=f"M{team * 6 + rng.randint(1, 6):02}",
                team=TEAMS[team],
                instance=1 + place,
                status="Afholdt" if activity == TALK else rng.choice(STATUSES),
                amount=f"{rng.randint(100, 99_999) / 100:.2f}".replace(".", ","),
                remark=rng.choice(REMARKS),
                written={},
            )
        )
        day += timedelta(days=rng.randint(5, 12))
    return case


def _free(moment: datetime, taken: set[int]) -> datetime:
    """The moment or one soon after, in a minute that no other registration has, nor the next."""
    two_minutes = int((moment - BEGIN).total_seconds()) // 120
    while two_minutes in taken:
        two_minutes += 1
    taken.add(two_minutes)
    return BEGIN + timedelta(seconds=two_minutes * 120 + moment.second)


def _text(moment: date | None) -> str:
    if moment is None:
        return ""
    day = f"{moment.day:02}-{moment.month:02}-{moment.year:04}"
    return f"{day} {moment:%H:%M:%S}" if isinstance(moment, datetime) else day
