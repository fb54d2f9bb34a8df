"""A log with starts, ends, registrations, employees and instances, in which no check on them finds anything."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sample_logs.generator.calendar import working_day

if TYPE_CHECKING:
    from random import Random

COLUMNS = (
    "SagsID", "Aktivitet", "Start", "Slut", "Registreret", "Medarbejder", "Team", "Udførelse", "Status", "Beløb", "Bemærkning",
)  # fmt: skip
RESOURCES = tuple(f"M{number:02}" for number in range(1, 13))
STATUSES = ("Afholdt", "Aflyst", "Udeblevet")
MINUTES = {"Modtaget": 20, "Visitation": 40, "Møde": 60, "Brev": 15, "Partshøring": 30, "Aftale": 45, "Tilsyn": 90}
LAST = "Sagsbehandling"
LAST_MINUTES = 120
REMARKS = (
    "", "", "", "Aftalt ny tid den 12-05-2023 kl. 10.30", "Sag 20304050 er afsluttet", "Bevilget 12.500,00 kr.", "Tlf. tid 10.30-12.30",
    "Telefonmøde om sag 20231015", "Uge 10 20 30 40 50", "Mødes @ rådhuset", "Kvittering 2030 4050", "010180 er kun en dato",
)  # fmt: skip
"""Numbers of every kind, none of which is a phone number or a CPR number."""


@dataclass
class Row:
    """One row of an activity instance: as it happened, and as it is ``written`` where that differs (header → text)."""

    case: str
    activity: str
    start: datetime
    end: datetime
    registered: datetime
    resource: str
    instance: int
    status: str
    amount: str
    remark: str
    written: dict[str, str] = field(default_factory=dict)
    touched: bool = False

    def cells(self) -> list[str]:
        """The texts of the row in the order of ``COLUMNS``."""
        usual = (
            self.case, self.activity, as_text(self.start), as_text(self.end), as_text(self.registered), self.resource,
            f"Team {1 + int(self.resource[1:]) % 3}", str(self.instance), self.status, self.amount, self.remark,
        )  # fmt: skip
        return [self.written.get(column, text) for column, text in zip(COLUMNS, usual, strict=True)]


def as_text(moment: datetime) -> str:
    """``dd-mm-yyyy HH:MM:SS``."""
    return f"{moment:%d-%m-%Y %H:%M:%S}"


def clean_log(rng: Random, cases: int) -> list[list[Row]]:
    """Cases of six to nine activities, a few days apart, no two registrations of the log within 20 seconds."""
    taken: set[int] = set()
    return [_case(rng, number, taken) for number in range(1, cases + 1)]


def _case(rng: Random, number: int, taken: set[int]) -> list[Row]:
    while True:
        rows = _draw(rng, number)
        if not swapped_into_the_others([row.start for row in rows]):
            break
    for row in rows:
        row.registered = _free(row.end + timedelta(minutes=rng.randint(1, 300)), taken)
    return rows


def _draw(rng: Random, number: int) -> list[Row]:
    day = working_day(datetime(2022, 1, 3).date() + timedelta(days=rng.randint(0, 550)))  # noqa: DTZ001 - local
    steps = [rng.choice(list(MINUTES)) for _ in range(rng.randint(5, 8))]
    rows: list[Row] = []
    for place, activity in enumerate([*steps, LAST]):
        start = datetime(day.year, day.month, day.day, rng.randint(8, 12), rng.randint(0, 59), rng.randint(0, 59))  # noqa: DTZ001
        usual = LAST_MINUTES if activity == LAST else MINUTES[activity]
        end = start + timedelta(seconds=round(usual * rng.uniform(48, 72)))
        row = Row(
            case=f"T-{number:05}", activity=activity, start=start, end=end, registered=end, resource=rng.choice(RESOURCES),
            instance=number * 100 + place, status=rng.choice(STATUSES), amount=f"{rng.randint(0, 999_999) / 100:.2f}".replace(".", ","),
            remark=rng.choice(REMARKS),
        )  # fmt: skip
        rows.append(row)
        if activity == "Møde":  # a second row of the same instance: the minutes are written afterwards
            rows.append(_minutes(row))
        day = working_day(day + timedelta(days=rng.randint(2, 25)))
    return rows


def _minutes(row: Row) -> Row:
    start = row.end + timedelta(minutes=10)
    return Row(
        row.case, row.activity, start, start + timedelta(minutes=20), start, row.resource, row.instance, row.status,
        row.amount, "",
    )  # fmt: skip


def _free(moment: datetime, taken: set[int]) -> datetime:
    """The moment or one soon after, in a half minute that no other registration has, within its first ten seconds."""
    half_minute = int((moment - datetime(2000, 1, 1)).total_seconds()) // 30  # noqa: DTZ001
    while half_minute in taken:
        half_minute += 1
    taken.add(half_minute)
    return datetime(2000, 1, 1) + timedelta(seconds=half_minute * 30 + half_minute % 10)  # noqa: DTZ001


def swapped_into_the_others(starts: list[datetime]) -> list[int]:
    """Places of the events that lie outside the days of all others, and within them with day and month swapped."""
    found = []
    for place, start in enumerate(starts):
        others = sorted(other.date() for at, other in enumerate(starts) if at != place)
        if start.day > 12 or others[0] <= start.date() <= others[-1]:
            continue
        if others[0] <= start.date().replace(day=start.month, month=start.day) <= others[-1]:
            found.append(place)
    return found
