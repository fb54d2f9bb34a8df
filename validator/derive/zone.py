"""The offset of local times from UTC, as a SQL expression and as a table of its changes: daylight saving, exact and at no cost."""

from __future__ import annotations

from calendar import isleap
from datetime import MAXYEAR, MINYEAR, UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import duckdb

OFFSET_YEARS = (1970, 2037)
"""Years for which offsets change; outside, the nearest offset within is used."""

LAST_LISTED = 2100
"""A zone's changes are looked up year by year until then: the tz database lists the last one of its own in 2087 (Morocco).

Afterwards a zone follows one rule, by the month, week and weekday, for ever.
"""


def offset_macro(zone: str, years: list[int]) -> str:
    """SQL that defines ``utc_offset_seconds(local)`` for the zone, exact in ``years``.

    A time in the gap takes the offset before it; a time that exists twice is taken for the first. DuckDB's own conversion
    gives the same and takes 0.3 s per million rows.
    """
    first, last = OFFSET_YEARS
    wanted = sorted({min(max(year, first), last) for year in years} or {first})
    changes = _changes_of(ZoneInfo(zone), wanted)
    start = datetime(wanted[0], 1, 1, tzinfo=UTC).astimezone(ZoneInfo(zone))
    branches, offset = [], _seconds(start)
    for change in changes:
        branches.append(f"WHEN local < TIMESTAMP '{change.until:%Y-%m-%d %H:%M:%S}' THEN {offset}")
        offset = int(change.after.total_seconds())
    case = f"CASE {' '.join(branches)} ELSE {offset} END" if branches else str(offset)
    return f"CREATE OR REPLACE MACRO utc_offset_seconds(local) AS ({case})"


def create_clock_changes(connection: duckdb.DuckDBPyConnection, zone: str, years: list[int]) -> None:
    """Create ``clock_changes(kind, from_local, to_local)``: local times that do not exist (``gap``) or exist twice (``ambiguous``).

    The end is not part of the span. Years before ``OFFSET_YEARS`` and after the zone's last rule have none.
    """
    connection.execute("CREATE TABLE clock_changes (kind VARCHAR, from_local TIMESTAMP, to_local TIMESTAMP)")
    known = [year for year in years if OFFSET_YEARS[0] <= year < MAXYEAR]
    changes = list(_changes_of(ZoneInfo(zone), known))
    kinds = ["gap" if change.after > change.before else "ambiguous" for change in changes]
    ends = [(change.at + change.before, change.at + change.after) for change in changes]
    connection.execute(
        "INSERT INTO clock_changes SELECT unnest(?::VARCHAR[]), unnest(?::TIMESTAMP[]), unnest(?::TIMESTAMP[])",
        [kinds, [min(pair) for pair in ends], [max(pair) for pair in ends]],
    )


def clock_gaps(zone: str, years: Iterable[int]) -> list[tuple[datetime, datetime]]:
    """The local times that do not exist in some years, in their order: from, and up to but not including.

    The years 1 and 9999 have none.
    """
    wanted = {year for year in years if MINYEAR < year < MAXYEAR}
    around = sorted({year + step for year in wanted for step in (-1, 0, 1)} - {MINYEAR, MAXYEAR})
    changes = [change for change in _changes_of(ZoneInfo(zone), around) if change.after > change.before]
    return [gap for change in changes if (gap := (change.at + change.before, change.at + change.after))[0].year in wanted]


class _Change(NamedTuple):
    """A change of the offset: when, in UTC without saying so, and the offsets on both sides."""

    at: datetime
    before: timedelta
    after: timedelta

    @property
    def until(self) -> datetime:
        """Local wall-clock end of the offset before it.

        Forward, the gap keeps that offset; back, the hour that comes twice is taken for the first.
        """
        return self.at + max(self.before, self.after)


def _changes_of(zone: ZoneInfo, years: Sequence[int]) -> Iterator[_Change]:
    """The changes of the offset in some years, in their order.

    After ``LAST_LISTED``, years that begin on the same weekday and are as long as each other have the same ones, so that no
    more than fourteen of them are looked up.
    """
    alike: dict[tuple[int, bool], tuple[datetime, list[_Change]]] = {}
    for year in years:
        begin = datetime(year, 1, 1, tzinfo=UTC)
        if year <= LAST_LISTED:
            yield from _changes(zone, year)
            continue
        kind = (begin.weekday(), isleap(year))
        if kind not in alike:
            alike[kind] = (begin, _changes(zone, year))
        first, changes = alike[kind]
        yield from (change._replace(at=change.at + (begin - first)) for change in changes)


def _changes(zone: ZoneInfo, year: int) -> list[_Change]:
    """The changes of the offset in a year."""
    found = []
    moment, end = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
    while moment < end:
        before, after = _offset(moment, zone), _offset(moment + timedelta(hours=24), zone)
        if before != after:
            found.append(_Change(_first_moment(zone, moment, before).replace(tzinfo=None), before, after))
        moment += timedelta(hours=24)
    return found


def _first_moment(zone: ZoneInfo, day: datetime, before: timedelta) -> datetime:
    """The moment of a change within the 24 hours after ``day``, to the second: before 1900 offsets have seconds."""
    low, high = 0, 86_400
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _offset(day + timedelta(seconds=middle), zone) == before else (low, middle)
    return day + timedelta(seconds=high)


def _offset(moment: datetime, zone: ZoneInfo) -> timedelta:
    offset = moment.astimezone(zone).utcoffset()
    return offset if offset is not None else timedelta(0)


def _seconds(local: datetime) -> int:
    offset = local.utcoffset()
    return int(offset.total_seconds()) if offset is not None else 0
