"""Local times that never were: those in the hour that is left out when summer time begins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from logsyn.validator.database.sql import identifier
from logsyn.validator.derive.zone import clock_gaps

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    import duckdb


@dataclass(frozen=True)
class ClockGap:
    """Local times from ``begin`` up to, not including, ``end`` do not exist."""

    begin: datetime
    end: datetime

    @property
    def seconds(self) -> int:
        """How long it is."""
        return int((self.end - self.begin).total_seconds())


def gaps_of(zone: str, years: Iterable[int]) -> list[ClockGap]:
    """The gaps of a zone in some years, in order."""
    return [ClockGap(begin, end) for begin, end in clock_gaps(zone, years)]


def hit_gaps(connection: duckdb.DuckDBPyConnection, column: str, zone: str) -> list[ClockGap]:
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


def in_gap(expression: str, gaps: Sequence[ClockGap]) -> str:
    """SQL: whether a local time does not exist."""
    return (
        " OR ".join(f"({expression} >= {_literal(gap.begin)} AND {expression} < {_literal(gap.end)})" for gap in gaps)
        or "false"
    )


def put_right(expression: str, gaps: Sequence[ClockGap]) -> str:
    """SQL of a local time that exists: one in a gap is moved on by the length of the gap, as clocks were."""
    branches = [f"WHEN {in_gap(expression, [gap])} THEN {expression} + INTERVAL {gap.seconds} SECOND" for gap in gaps]
    return f"CASE {' '.join(branches)} ELSE {expression} END" if branches else expression


def _literal(moment: datetime) -> str:
    return f"TIMESTAMP '{moment.isoformat(sep=' ')}'"
