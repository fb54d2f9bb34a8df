"""What is put into the log: for each check its rows, and beside them near misses that it must not find."""

from __future__ import annotations

import itertools
from collections import defaultdict
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sample_logs.generator.timing.log import LAST, MINUTES, RESOURCES, Row, as_text, swapped_into_the_others

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

Cases = list[list[Row]]
Found = list[Row]

CONTACTS = (
    "Skriv til mette.soerensen@eksempel.dk", "Træffes på 20 30 40 50 efter kl. 15", "tlf.nr. 20304050", "Ring +45 2030 4050",
    "Mobil: 20-30-40-50", "Telefonisk på 20 304 050", "jørgen@æblegård.dk er ny adresse",
)  # fmt: skip
FARTHEST_STEP = timedelta(days=30)
"""No two steps that follow one another are farther apart."""
AMOUNTS = ("-0,01", "10.000,01", "", "ca. 500", "99999")


def put_in(cases: Cases, rng: Random) -> dict[str, Found]:
    """Change the log, and say which rows each check is to find."""
    defects: dict[str, Callable[[Cases, Random], Found]] = {
        "day-month-swap": _swap,
        "overlap": _overlap,
        "batch-registration": _batches,
        "multi-registration": _bursts,
        "resource-inconsistency": _other_resource,
        "zero-duration": _no_duration,
        "duration-outlier": _long,
        "value-range": _amounts,
        "allowed-values": _statuses,
        "contact-detail": _contacts,
    }
    found = {name: defect(cases, rng) for name, defect in defects.items()}
    return found | _nights(cases)


def _rows(cases: Cases, rng: Random, count: int, wanted: Callable[[Row], bool]) -> Found:
    """Rows that nothing has been done to yet, at random; they are taken now."""
    chosen = rng.sample([row for case in cases for row in case if not row.touched and wanted(row)], count)
    for row in chosen:
        row.touched = True
    return chosen


def _swap(cases: Cases, rng: Random) -> Found:
    """An event between others whose day and month change places, on both of its times; where only it would be found.

    Nearer than any steps of the log are apart, a swapped date looks like one that is right, so these are left as they are.
    """
    found = []
    for case in rng.sample(cases, len(cases)):
        place = rng.randrange(1, len(case) - 1)
        row = case[place]
        if row.start.day > 12 or row.start.day == row.start.month or row.activity == "Møde":
            continue
        swapped = row.start.replace(day=row.start.month, month=row.start.day)
        starts = [swapped if at == place else other.start for at, other in enumerate(case)]
        nearest = min(abs(swapped - other.start) for other in case if other is not row)
        if swapped_into_the_others(starts) != [place] or nearest <= FARTHEST_STEP:
            continue
        length = row.end - row.start
        row.written |= {"Start": as_text(swapped), "Slut": as_text(swapped + length)}
        for touched in case:
            touched.touched = True
        found.append(row)
        if len(found) == 12:
            break
    return found


def _overlap(cases: Cases, rng: Random) -> Found:
    """One that ends five minutes after the next began; and, not to be found, one that ends when the next begins."""
    found: Found = []
    for number, case in enumerate(rng.sample(cases, len(cases))):
        place = rng.randrange(len(case) - 2)
        pair = case[place : place + 2]
        if any(row.touched for row in case) or pair[1].end - pair[1].start < timedelta(minutes=6):
            continue
        pair[0].end = pair[1].start + timedelta(minutes=5 if number % 2 else 0)
        for row in pair:
            row.touched = True
        found += pair if number % 2 else []
        if len(found) == 40:
            break
    return found


def _batches(cases: Cases, rng: Random) -> Found:
    """Twelve rows of one employee within a minute; not to be found: nine rows, twelve rows of two cases, and two employees."""
    evening = datetime(2023, 11, 20, 20, 0)  # noqa: DTZ001 - local; later than all other registrations
    found = []
    for number, resource in enumerate(RESOURCES):
        rows = _rows(cases, rng, 12 if number % 3 == 0 else 9, lambda row, by=resource: row.resource == by)  # type: ignore[misc]
        for place, row in enumerate(rows):
            row.registered = evening + timedelta(hours=number // 3, seconds=4 * place)
        found += rows if len(rows) == 12 else []
    two_cases = next(
        [one, other] for one, other in itertools.pairwise(cases)
        if not any(row.touched for row in one + other) and len(one) + len(other) >= 12
    )  # fmt: skip
    for place, row in enumerate([*two_cases[0], *two_cases[1]]):
        row.resource, row.touched = RESOURCES[0], True
        row.registered = evening + timedelta(days=1, seconds=3 * place)
    return found


def _bursts(cases: Cases, rng: Random) -> Found:
    """Two rows of one employee two seconds apart; not to be found: three seconds apart, or of two employees."""
    morning = datetime(2023, 11, 25, 6, 0)  # noqa: DTZ001 - local
    found = []
    for number, resource in enumerate(RESOURCES):
        first, second = _rows(cases, rng, 2, lambda row, by=resource: row.resource == by)  # type: ignore[misc]
        first.registered = morning + timedelta(minutes=number // 2)
        second.registered = first.registered + timedelta(seconds=2 + number % 2)
        found += [first, second] if number % 2 == 0 else []
    return found


def _other_resource(cases: Cases, rng: Random) -> Found:
    """A second row of an instance that names another employee: both rows are found."""
    rows: dict[int, Found] = defaultdict(list)
    for case in cases:
        for row in case:
            rows[row.instance].append(row)
    pairs = [pair for pair in rows.values() if len(pair) == 2 and not pair[0].touched and not pair[1].touched]
    found: Found = []
    for pair in rng.sample(pairs, 15):
        pair[1].resource = next(name for name in RESOURCES if name != pair[0].resource)
        for row in pair:
            row.touched = True
        found += pair
    return found


def _no_duration(cases: Cases, rng: Random) -> Found:
    found = _rows(cases, rng, 25, lambda row: row.activity in MINUTES)
    for row in found:
        row.end = row.start
    return found


def _long(cases: Cases, rng: Random) -> Found:
    """The last step of a case that is closed weeks later."""
    found = _rows(cases, rng, 8, lambda row: row.activity == LAST)
    for row in found:
        row.end = row.start + timedelta(days=rng.randint(20, 30))
    return found


def _amounts(cases: Cases, rng: Random) -> Found:
    found = _rows(cases, rng, 20, lambda _: True)
    for number, row in enumerate(found):
        row.amount = AMOUNTS[number % len(AMOUNTS)]
    for number, row in enumerate(_rows(cases, rng, 4, lambda _: True)):
        row.amount = ("0", "10000", "10.000,00", "9999.99")[number]
    return found


def _statuses(cases: Cases, rng: Random) -> Found:
    found = _rows(cases, rng, 20, lambda _: True)
    for number, row in enumerate(found):
        row.status = ("afholdt", "Afholdt?", "Planlagt")[number % 3]
    for row in _rows(cases, rng, 10, lambda _: True):
        row.status = ""
    return found


def _contacts(cases: Cases, rng: Random) -> Found:
    found = _rows(cases, rng, 21, lambda _: True)
    for number, row in enumerate(found):
        row.remark = CONTACTS[number % len(CONTACTS)]
    return found


def _nights(cases: Cases) -> dict[str, Found]:
    """Cases of one event at night: in the hour that does not exist, in the one that exists twice, and just beside them."""
    spring, autumn = datetime(2023, 3, 26), datetime(2022, 10, 30)  # noqa: DTZ001 - local
    seconds = (7199, 7200, 9000, 10799, 10800)
    found: dict[str, Found] = {}
    for number, (check, day) in enumerate((("dst-gap", spring), ("dst-ambiguous", autumn))):
        nights = [day + timedelta(seconds=second) for second in seconds]
        rows = [_night(night, number * 10 + place) for place, night in enumerate(nights)]
        cases += [[row] for row in rows]
        found[check] = rows[1:4]
    return found


def _night(start: datetime, number: int) -> Row:
    end = start + timedelta(hours=4)
    registered = datetime(2023, 12, 1, 8, number)  # noqa: DTZ001 - local
    return Row(f"N-{number:05}", "Natkørsel", start, end, registered, RESOURCES[0], -1 - number, "Afholdt", "1,00", "")
