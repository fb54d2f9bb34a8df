"""Local times that never were: those in the hour that is left out when summer time begins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from logsyn.validator.database.sql import identifier

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import duckdb


@dataclass(frozen=True)
class Gap:
    """Local times from ``begin`` up to, not including, ``end`` do not exist."""

    begin: datetime
    end: datetime

    @property
    def seconds(self) -> int:
        """How long it is."""
        return int((self.end - self.begin).total_seconds())


def gaps_of(zone: str, years: Iterable[int]) -> list[Gap]:
    """The gaps of a zone in some years, in order."""
    found = [gap for year in sorted(set(years)) if 1 < year < 9999 for gap in _gaps(ZoneInfo(zone), year)]
    return sorted(found, key=lambda gap: gap.begin)


def hit_gaps(connection: duckdb.DuckDBPyConnection, column: str, zone: str) -> list[Gap]:
    """The gaps in which a time of a column of ``rows`` lies: mostly none, so that putting them right costs nothing."""
    name = identifier(column)
    years = connection.execute(f"SELECT DISTINCT year({name}) FROM rows WHERE {name} IS NOT NULL").fetchall()
    gaps = gaps_of(zone, (year for (year,) in years))
    if not gaps:
        return []
    days = ", ".join(f"DATE '{day}'" for day in sorted({gap.begin.date().isoformat() for gap in gaps}))
    times = connection.execute(
        f"SELECT DISTINCT {name} FROM rows WHERE list_contains([{days}], {name}::DATE)"
    ).fetchall()
    return [gap for gap in gaps if any(gap.begin <= time < gap.end for (time,) in times)]


def in_gap(expression: str, gaps: Sequence[Gap]) -> str:
    """SQL: whether a local time does not exist."""
    return (
        " OR ".join(f"({expression} >= {_literal(gap.begin)} AND {expression} < {_literal(gap.end)})" for gap in gaps)
        or "false"
    )


def put_right(expression: str, gaps: Sequence[Gap]) -> str:
    """SQL of a local time that exists: one in a gap is moved on by the length of the gap, as clocks were."""
    branches = [f"WHEN {in_gap(expression, [gap])} THEN {expression} + INTERVAL {gap.seconds} SECOND" for gap in gaps]
    return f"CASE {' '.join(branches)} ELSE {expression} END" if branches else expression


def _gaps(zone: ZoneInfo, year: int) -> list[Gap]:
    found = []
    day = datetime(year, 1, 1, tzinfo=UTC) - timedelta(days=1)
    for _ in range(367):
        following = day + timedelta(days=1)
        before, after = _offset(day, zone), _offset(following, zone)
        if after > before:
            change = _change(zone, day, following)
            found.append(Gap((change + before).replace(tzinfo=None), (change + after).replace(tzinfo=None)))
        day = following
    return [gap for gap in found if gap.begin.year == year]


def _change(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """The moment of the change between two moments with different offsets, to the second."""
    old = _offset(before, zone)
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=int((after - before).total_seconds()) // 2)
        before, after = (middle, after) if _offset(middle, zone) == old else (before, middle)
    return after


def _offset(moment: datetime, zone: ZoneInfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta(0)


def _literal(moment: datetime) -> str:
    return f"TIMESTAMP '{moment.isoformat(sep=' ')}'"
