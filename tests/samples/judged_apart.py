"""Reads a sample and judges its rows by the definitions of the checks alone: no code of the generator or the tool."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path

from ruamel.yaml import YAML
from stdnum.dk import cpr
from stdnum.exceptions import ValidationError

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "sample_logs"
AS_OF = date(2023, 11, 30)
PLACEHOLDERS = {"", "-", "?", "ukendt", "ingen", "n/a", "null"}
SENTINELS = {date(9999, 12, 31), date(2099, 12, 31), date(2999, 12, 31)}
DEFAULTS = SENTINELS | {date(1900, 1, 1), date(1970, 1, 1), date(1753, 1, 1), date(1, 1, 1)}
PRACTICE = YAML(typ="safe").load((ROOT / "expectations/practices/jobcenter.yaml").read_text(encoding="utf-8"))[
    "activities"
]
CPR_SHAPE = re.compile(r"(?<!\d)\d{6}-?\d{4}(?!\d)")


@cache
def read_time(text: str) -> datetime | None:
    """A local time written ``dd-mm-yyyy HH:MM`` or ``dd-mm-yyyy``; None for anything else."""
    for layout in ("%d-%m-%Y %H:%M", "%d-%m-%Y"):
        try:
            return datetime.strptime(text, layout)  # noqa: DTZ007, local times without a zone
        except ValueError:
            continue
    return None


@dataclass(frozen=True)
class Row:
    """A row of the extract: its texts by header, and its times as read from them."""

    line: int
    cells: dict[str, str]

    def text(self, column: str) -> str | None:
        """The text of a column, None where it is missing or a placeholder."""
        text = self.cells[column]
        placeholders = {"", "-", "?"} if column == "SagsID" else PLACEHOLDERS
        return None if text.strip().lower() in placeholders else text

    def moment(self, column: str) -> datetime | None:
        """The local time in a column, midnight for a date alone; None where it is no time."""
        return read_time(self.cells[column])

    def day(self, column: str) -> date | None:
        """The date of a column."""
        moment = self.moment(column)
        return moment.date() if moment else None

    @property
    def agreed(self) -> dict:
        """What the practice says of this activity."""
        return PRACTICE.get(self.text("Aktivitet")) or {}

    def agreed_days(self, key: str, otherwise: int) -> int:
        """Days that the practice allows this activity and team."""
        days = self.agreed.get(key, otherwise)
        return days.get(self.text("Team"), days["*"]) if isinstance(days, dict) else days


def read(path: Path, encoding: str = "cp1252") -> tuple[list[Row], list[int]]:
    """The rows, and the lines of the records with the wrong number of fields."""
    reader = csv.reader(io.StringIO(path.read_bytes().decode(encoding), newline=""), delimiter=";", strict=True)
    header = next(reader)
    rows, rejected = [], []
    begins = reader.line_num + 1
    for cells in reader:
        if len(cells) == len(header):
            rows.append(Row(begins, dict(zip(header, cells, strict=True))))
        else:
            rejected.append(begins)
        begins = reader.line_num + 1
    return rows, rejected


def read_truth(path: Path) -> dict[str, list[int]]:
    """Lines by defect, as the generator wrote them."""
    lines = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as stream:
        for entry in csv.DictReader(stream, delimiter=";"):
            lines[entry["defect"]].append(int(entry["line"]))
    return lines


def lateness(row: Row) -> timedelta | None:
    """Registration minus event: elapsed, or in whole calendar days where either has no time of day."""
    happened, registered = row.moment("Starttidspunkt"), row.moment("Oprettet")
    if not (happened and registered):
        return None
    if time() in (happened.time(), registered.time()):
        return timedelta(days=(registered.date() - happened.date()).days)
    return registered - happened


def backdated(row: Row) -> bool:
    late = lateness(row)
    return late is not None and late > timedelta(days=row.agreed_days("register_within_days", 1))


def before_event(row: Row) -> bool:
    late = lateness(row)
    return late is not None and late < timedelta() and not row.agreed.get("planned")


def period_start(row: Row) -> date | None:
    return row.day("Startdato") or row.day("Starttidspunkt")


def far_future(row: Row) -> bool:
    end, start = row.day("Slutdato"), period_start(row)
    if not end:
        return False
    return end in SENTINELS or (
        start is not None and (end - start).days > row.agreed_days("planned_end_within_days", 730)
    )


def ends_early(row: Row) -> bool:
    end, start = row.day("Slutdato"), period_start(row)
    return bool(end and start and end < start)


def in_future(row: Row) -> bool:
    day = row.day("Starttidspunkt")
    return day is not None and day > AS_OF and not row.agreed.get("planned")


def names_a_person(row: Row) -> bool:
    for number in CPR_SHAPE.findall(" | ".join(row.cells.values())):
        try:
            cpr.get_birth_date(number)
        except ValidationError:
            continue
        return True
    return False


def spaced(label: str) -> bool:
    return label != " ".join(label.split(" ")).strip() or "  " in label


ROW_CHECKS = {
    "missing-case-id": lambda row: row.text("SagsID") is None,
    "missing-activity": lambda row: row.text("Aktivitet") is None,
    "missing-timestamp": lambda row: row.text("Starttidspunkt") is None,
    "unparseable-timestamp": lambda row: bool(row.text("Starttidspunkt")) and row.moment("Starttidspunkt") is None,
    "missing-value": lambda row: row.text("Team") is None,
    "backdated-registration": backdated,
    "registered-before-event": before_event,
    "far-future-end-date": far_future,
    "open-ended-period": lambda row: bool(row.agreed.get("period")) and row.day("Slutdato") is None,
    "end-before-start": ends_early,
    "future-timestamp": in_future,
    "default-date": lambda row: row.day("Starttidspunkt") in DEFAULTS,
    "imprecise-timestamp": lambda row: (row.moment("Starttidspunkt") or AS_OF_NOON).time() == time(),
    "unknown-activity": lambda row: row.text("Aktivitet") is not None and row.text("Aktivitet") not in PRACTICE,
    "cpr-number": names_a_person,
}
AS_OF_NOON = datetime.combine(AS_OF, time(12))


def whole(rows: list[Row]) -> list[tuple[int, str, str, datetime]]:
    """Line, case, activity and time of the rows that have all three."""
    keys = [(row.line, row.text("SagsID"), row.text("Aktivitet"), row.moment("Starttidspunkt")) for row in rows]
    return [key for key in keys if None not in key]


def duplicates(rows: list[Row]) -> list[int]:
    seen = set()
    return [line for line, *key in whole(rows) if tuple(key) in seen or seen.add(tuple(key))]


def shared(rows: list[Row]) -> list[int]:
    activities = defaultdict(set)
    for _, case, activity, moment in whole(rows):
        activities[case, moment].add(activity)
    return [line for line, case, _, moment in whole(rows) if len(activities[case, moment]) > 1]


def untidy(rows: list[Row]) -> list[int]:
    labels = {label for row in rows if (label := row.text("Aktivitet"))}
    spellings = Counter(label.casefold() for label in labels)
    bad = {label for label in labels if spaced(label) or spellings[label.casefold()] > 1}
    return [row.line for row in rows if row.text("Aktivitet") in bad]


LOG_CHECKS = {"duplicate-event": duplicates, "shared-timestamp": shared, "untidy-label": untidy}


def judge(rows: list[Row]) -> dict[str, list[int]]:
    """Lines by check, for all checks that the truth knows but rejected records."""
    by_row = {check: [row.line for row in rows if fails(row)] for check, fails in ROW_CHECKS.items()}
    return by_row | {check: lines(rows) for check, lines in LOG_CHECKS.items()}
