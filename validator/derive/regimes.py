"""The tables ``registration_months`` and ``registration_regimes``: from which month on registration times are another thing.

Precision: the share of registration times with a time of day moves by more than 50 points from one month to the next, or to the
one after it when the change came within a month. Midnight counts as no time of day, whatever the text writes: a system that knows
the clock writes it once in 86,400 seconds.

Lag: the months step to another level and stay. The level of a month is that of its median, taken as the mean of five quantiles
around it on a logarithmic scale: where half are registered at once and half a week later, the median alone jumps by chance. The
level of each side is the median of three months, which all keep to their third of the step. The step must be fourfold (of one hour
more than the lag; of one day more where no clock is known), four times the scatter of the months (a standard deviation from the
median difference of one month from the next: Rice 1984, made robust as by Hampel 1974), and come within a month: a season or a
trend takes its time. Months go by the registration: by the event, the last ones lack what is still to be registered.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import copysign, log
from statistics import mean, median
from typing import TYPE_CHECKING

from logsyn.validator.database.answers import record, records

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    import duckdb

LEAST_REGISTRATIONS = 30
"""Fewer in a month say nothing of it."""

_POINTS = 0.5
_MIXED = 0.1
_WINDOW = 3
_FOLD = log(4)
_SCATTERS = 4
_ABRUPT = 0.75
_DEVIATION = 1.4826 / 2**0.5

TABLES = """
CREATE TABLE registration_months (month DATE, registrations BIGINT, clock_share DOUBLE, lag_days DOUBLE[]);
CREATE TABLE registration_regimes (month VARCHAR, what VARCHAR, before DOUBLE, after DOUBLE)"""

MONTHS = """
INSERT INTO registration_months
WITH timed AS (
  SELECT date_trunc('month', registered_at)::DATE AS month, registered_at <> date_trunc('day', registered_at) AS has_clock,
    {lag} AS lag_days
  FROM event_facts WHERE registered_at IS NOT NULL),
counted AS (
  SELECT month, count(*) AS registrations, avg(has_clock::INTEGER) AS clock_share, count(lag_days) AS lags,
    quantile_cont(lag_days, [0.3, 0.4, 0.5, 0.6, 0.7]) AS lag_days
  FROM timed GROUP BY month)
SELECT month, registrations, clock_share, CASE WHEN lags >= {least} THEN lag_days END
FROM counted WHERE registrations >= {least} ORDER BY month"""

_BY_CLOCK = "CASE WHEN has_clock AND timestamp <> date_trunc('day', timestamp) THEN registration_lag_days END"
_BY_DAY = "date_diff('day', timestamp, registered_at)::DOUBLE"
CLOCKS = """
SELECT count(*) FILTER (WHERE registered_at <> date_trunc('day', registered_at) AND timestamp <> date_trunc('day', timestamp)) AS known,
  count(*) FILTER (WHERE registered_at IS NOT NULL AND timestamp IS NOT NULL) AS pairs FROM event_facts"""


@dataclass(frozen=True)
class Month:
    """What is known of the registrations of a month; ``lag_days``: five quantiles, None when too few have a lag."""

    month: date
    clock_share: float
    lag_days: Sequence[float] | None


@dataclass(frozen=True)
class Regime:
    """A change: ``month`` is the first in which it shows; ``before`` and ``after`` are a share, or days."""

    month: date
    what: str
    before: float
    after: float


def create_regimes(connection: duckdb.DuckDBPyConnection, *, wanted: bool) -> None:
    """Create both tables from ``event_facts``; empty ones when no rule looks at them."""
    connection.execute(TABLES)
    if not wanted:
        return
    clocks = record(connection.execute(CLOCKS))
    by_clock = 2 * clocks["known"] >= clocks["pairs"]
    lag = _BY_CLOCK if by_clock else _BY_DAY
    connection.execute(MONTHS.format(lag=lag, least=LEAST_REGISTRATIONS))
    rows = connection.execute("SELECT month, clock_share, lag_days FROM registration_months ORDER BY month")
    months = [Month(**row) for row in records(rows)]
    for found in [*precision_regimes(months), *lag_regimes(months, 1 / 24 if by_clock else 1)]:
        connection.execute(
            "INSERT INTO registration_regimes VALUES (?, ?, ?, ?)",
            [found.month.isoformat()[:7], found.what, found.before, found.after],
        )


def precision_regimes(months: Sequence[Month]) -> list[Regime]:
    """The months from which on registration times have a time of day that they lacked, or lack one that they had."""
    shares = [one.clock_share for one in months]
    found: dict[int, Regime] = {}
    for at in range(1, len(months) - 1):  # within a month, which is then of neither side
        first, second = shares[at] - shares[at - 1], shares[at + 1] - shares[at]
        if at - 1 in found:
            continue
        if first * second > 0 and min(abs(first), abs(second)) >= _MIXED and abs(first + second) > _POINTS:
            found[at] = Regime(months[at].month, "precision", shares[at - 1], shares[at + 1])
    for at in range(1, len(months)):
        if not found.keys() & {at - 1, at} and abs(shares[at] - shares[at - 1]) > _POINTS:
            found[at] = Regime(months[at].month, "precision", shares[at - 1], shares[at])
    return [found[at] for at in sorted(found)]


def lag_regimes(months: Sequence[Month], unit: float) -> list[Regime]:
    """The months from which on lags are at another level. ``unit``: days that are the least that can be told apart."""
    timed = [(one.month, one.lag_days) for one in months if one.lag_days is not None]
    lags = [median(quantiles) for _, quantiles in timed]
    levels = [mean(copysign(log(1 + abs(lag) / unit), lag) for lag in quantiles) for _, quantiles in timed]
    if len(levels) < 2 * _WINDOW:
        return []
    scatter = _DEVIATION * median(abs(later - earlier) for earlier, later in pairwise(levels))
    found: dict[int, Regime] = {}
    for mixed in (0, 1):  # the change on the first of a month; then within one, which is then of neither side
        for at in range(_WINDOW, len(levels) - _WINDOW - mixed + 1):
            before, after = slice(at - _WINDOW, at), slice(at + mixed, at + mixed + _WINDOW)
            if found.keys() & {at - 1, at, at + 1} or not _follow(
                [month for month, _ in timed[before.start : after.stop]]
            ):
                continue
            if _steps(levels[before], levels[after], max(_FOLD, _SCATTERS * scatter)):
                found[at] = Regime(timed[at][0], "lag", median(lags[before]), median(lags[after]))
    return [found[at] for at in sorted(found)]


def _follow(months: Sequence[date]) -> bool:
    """Whether months come one after the other: across a gap, what is gradual looks abrupt."""
    return 12 * (months[-1].year - months[0].year) + months[-1].month - months[0].month == len(months) - 1


def _steps(before: Sequence[float], after: Sequence[float], least: float) -> bool:
    """Whether levels step from one side to the other at once, and each side keeps to its own."""
    low, high = median(before), median(after)
    shift = high - low
    if abs(shift) < least or (after[0] - before[-1]) / shift < _ABRUPT:
        return False
    return all((one - low) / shift < 1 / 3 for one in before) and all((one - low) / shift > 2 / 3 for one in after)
