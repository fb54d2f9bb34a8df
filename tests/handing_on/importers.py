"""What the two tools do with a CSV file, written from their import rules (not from the export): mapping, guesses, rejections."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

SAMPLE = 100
_ROLES = {
    "case": r"^((case)|(.*(case|service|event)(\s|-|_)?(id)).*)$",
    "activity": r"^((activity|operation)(.*)|event)$",
    "end": r"^((.*(end|complete|completion).*)|(time:)?timestamp|date & time)$",
    "start": r"^(.*start.*)$",
    "resource": r"^(resource|agent|employee|group)$",
    "role": r"^role$",
}
_TIME_HEADER = re.compile(r"date|time")
_TIME_VALUE = re.compile(r"^(\d{1,2}|\d{4})[/\-.]\d{1,2}[/\-.]\d{1,2}")


@dataclass
class Imported:
    """What a tool has made of a file. ``mapping``: role to header; ``others``: headers taken for further times."""

    mapping: dict[str, str] = field(default_factory=dict)
    others: list[str] = field(default_factory=list)
    events: list[dict[str, str]] = field(default_factory=list)
    rejected: list[tuple[int, str]] = field(default_factory=list)


def parsed(text: str, zone: str) -> datetime | None:
    """A local time of the one form, which must exist in the zone."""
    try:
        local = datetime.strptime(text, "%Y-%m-%d %H:%M:%S.%f")  # noqa: DTZ007 - local, as in the file
    except ValueError:
        return None
    there = local.replace(tzinfo=ZoneInfo(zone))
    try:
        exists = there.astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None) == local
    except OverflowError:  # the last hours of the calendar
        exists = True
    return local if exists else None


def apromore(path, zone="Europe/Copenhagen", max_bytes=100_000_000, max_events=1_500_000) -> Imported:
    """The header is split without quotes; columns are guessed by header and the first 100 rows; faulty rows are rejected."""
    assert path.stat().st_size <= max_bytes
    with path.open(encoding="utf-8", newline="") as file:
        head, body = file.readline().rstrip("\r\n"), file.read()
    header = head.replace('"', "").split(",")
    rows = list(csv.reader(io.StringIO(body, newline=""), strict=True))
    assert len(rows) <= max_events
    sample = [row for row in rows[:SAMPLE] if len(row) == len(header)]
    done = Imported()
    is_time = {at: any(parsed(row[at].strip(), zone) for row in sample) for at in range(len(header))}
    for at, name in enumerate(header):
        for role, pattern in _ROLES.items():
            if (
                role not in done.mapping
                and re.search(pattern, name.lower())
                and (role not in ("end", "start") or is_time[at])
            ):
                done.mapping[role] = name
                break
    mapped = set(done.mapping.values())
    for at, name in enumerate(header):
        like_a_time = _TIME_HEADER.search(name.lower()) or any(_TIME_VALUE.match(row[at]) for row in sample)
        if name not in mapped and like_a_time and is_time[at]:
            done.others.append(name)
    for number, row in enumerate(rows, 2):
        event = dict(zip(header, row, strict=False))
        fault = _fault(event, row, header, done, zone)
        if fault:
            done.rejected.append((number, fault))
        else:
            done.events.append(event)
    return done


def _fault(event, row, header, done, zone):
    if len(row) != len(header):
        return "columns"
    for role in ("case", "activity", "resource", "role"):
        if role in done.mapping and not event[done.mapping[role]]:
            return f"{role} is empty"
    if "end" not in done.mapping:
        return "no end timestamp"
    for name in [done.mapping["end"], *done.others]:
        if parsed(event[name], zone) is None:
            return f"{name} is no time"
    return None


def power_automate(paths) -> Imported:
    """Comma, UTF-8, uncompressed, the same headers in all files; case, activity and start in every row."""
    done = Imported(mapping={"case": "Case ID", "activity": "Activity", "start": "Start timestamp"})
    headers = set()
    for path in paths:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file, strict=True)
            header = next(reader)
            headers.add(tuple(header))
            for row in reader:
                event = dict(zip(header, row, strict=True))
                mapped = [
                    event[name]
                    for name in ("Case ID", "Activity", "Start timestamp", "End timestamp", "Resource")
                    if name in event
                ]
                if not all(mapped) or parsed(event["Start timestamp"], "UTC") is None:
                    done.rejected.append((reader.line_num, "empty"))
                done.events.append(event)
    assert len(headers) == 1
    return done
