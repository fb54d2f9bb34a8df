"""The offset of local times from UTC, as a SQL expression: exact elapsed time across daylight saving at no cost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

OFFSET_YEARS = (1970, 2037)
"""Years for which offsets change; outside, the nearest offset within is used."""


def offset_macro(zone: str, years: list[int]) -> str:
    """SQL that defines ``utc_offset_seconds(local)`` for the zone, exact in ``years``.

    A time in the gap takes the offset before it; a time that exists twice is taken for the first. DuckDB's own conversion
    gives the same and takes 0.3 s per million rows.
    """
    first, last = OFFSET_YEARS
    wanted = sorted({min(max(year, first), last) for year in years} or {first})
    changes = [change for year in wanted for change in _changes(ZoneInfo(zone), year)]
    start = datetime(wanted[0], 1, 1, tzinfo=UTC).astimezone(ZoneInfo(zone))
    branches, offset = [], _seconds(start)
    for until, after in changes:
        branches.append(f"WHEN local < TIMESTAMP '{until:%Y-%m-%d %H:%M:%S}' THEN {offset}")
        offset = after
    case = f"CASE {' '.join(branches)} ELSE {offset} END" if branches else str(offset)
    return f"CREATE OR REPLACE MACRO utc_offset_seconds(local) AS ({case})"


def _changes(zone: ZoneInfo, year: int) -> list[tuple[datetime, int]]:
    """Local wall-clock end of each offset in a year, and the offset that follows it."""
    found = []
    moment, end = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
    while moment < end:
        before, after = _offset(moment, zone), _offset(moment + timedelta(hours=24), zone)
        if before != after:
            change = _first_moment(zone, moment, before)
            # Forward, the gap keeps the offset before it; back, the hour that comes twice is taken for the first.
            found.append(((change + max(before, after)).replace(tzinfo=None), int(after.total_seconds())))
        moment += timedelta(hours=24)
    return found


def _first_moment(zone: ZoneInfo, day: datetime, before: timedelta) -> datetime:
    return next(
        moment
        for moment in (day + timedelta(minutes=minutes) for minutes in range(1441))
        if _offset(moment, zone) != before
    )


def _offset(moment: datetime, zone: ZoneInfo) -> timedelta:
    offset = moment.astimezone(zone).utcoffset()
    return offset if offset is not None else timedelta(0)


def _seconds(local: datetime) -> int:
    offset = local.utcoffset()
    return int(offset.total_seconds()) if offset is not None else 0
