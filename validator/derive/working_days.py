"""The calendar of the log: the table ``calendar_days``, and how rows are joined to it.

A working day is a Monday to Friday that is no Danish public holiday, as the library ``holidays`` has them: Store bededag until 2023, and
neither 1 May, 5 June, 24 nor 31 December, unless a practice says so. Outside ``CALENDAR_YEARS``, of which the library knows nothing, only weekends are free: a
default date in the year 9999 keeps its place after all others.
"""

from __future__ import annotations

from calendar import isleap
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import duckdb

CALENDAR_YEARS = (1771, 2100)
"""The years of which Danish holidays are known: since the reform of 1770, and as far ahead as the library reckons."""

# Days count from Monday 1 January of the year 1, as if the calendar had always been this one.
WEEKDAY_NO = """
CREATE OR REPLACE MACRO weekday_no(moment) AS (
  5 * ((moment::DATE - DATE '0001-01-01') // 7) + least((moment::DATE - DATE '0001-01-01') % 7 + 1, 5))::INTEGER"""

CALENDAR_DAYS = """
CREATE TABLE calendar_days AS
SELECT day, is_working_day,
  (weekday_no($first::DATE - 1) + sum(is_working_day::INTEGER) OVER (ORDER BY day))::INTEGER AS working_day_no
FROM (SELECT moment::DATE AS day, isodow(moment) <= 5 AND moment::DATE NOT IN (SELECT unnest($free::DATE[])) AS is_working_day
  FROM range($first::TIMESTAMP, $last::TIMESTAMP + INTERVAL 1 DAY, INTERVAL 1 DAY) AS days(moment))
ORDER BY day"""

NO_DAYS = "CREATE TABLE calendar_days (day DATE, is_working_day BOOLEAN, working_day_no INTEGER)"

# Before the first day nothing but weekends is known to be free; after the last one all holidays of the table have been.
BEYOND = """
CREATE OR REPLACE MACRO working_day_no_beyond(moment) AS (
  weekday_no(moment) - CASE WHEN moment::DATE > {last} THEN {holidays} ELSE 0 END)::INTEGER"""

READ = """, coalesce({prefix}_day.is_working_day, isodow(rows.{column}) <= 5) AS {prefix}_is_working,
    coalesce({prefix}_day.working_day_no, working_day_no_beyond(rows.{column})) AS {prefix}_day_no"""
JOIN = "LEFT JOIN calendar_days AS {prefix}_day ON {prefix}_day.day = rows.{column}::DATE"

_TIMES = {"timestamp": "timestamp", "registered": "registered_at"}
CALENDAR_COLUMNS = frozenset({"timestamp_on_working_day", "registered_on_working_day", "registration_lag_working_days"})
"""The derived columns of events that take the calendar."""


def create_calendar_days(
    connection: duckdb.DuckDBPyConnection, years: Sequence[int], *, wanted: bool, days_off: Sequence[date | str] = ()
) -> None:
    """Create ``calendar_days`` over the years of the log, each day from the first of them to the last, in order.

    ``working_day_no`` is the number of working days up to and including the day; only differences mean something. The table is empty
    where nothing asks for working days.

    Args:
        connection: will hold the table, and the macros of days beyond it.
        years: those of all times of the log.
        wanted: whether something looks at working days.
        days_off: further days on which nobody works: dates, or ``12-24`` of every year.
    """
    first, last = CALENDAR_YEARS
    # Up to the end of what is known where a year lies beyond it: what lies between two days does not hang on the rest of the log.
    known = sorted({min(max(year, first), last) for year in years})
    connection.execute(WEEKDAY_NO)
    if not wanted or not known:
        connection.execute(NO_DAYS)
        connection.execute(BEYOND.format(last="DATE '9999-12-31'", holidays="0"))
        return
    days = (date(known[0], 1, 1), date(known[-1], 12, 31))
    free = sorted({*danish_holidays(range(known[0], known[-1] + 1)), *_agreed_off(days_off, *days)})
    connection.execute(CALENDAR_DAYS, {"first": days[0], "last": days[1], "free": free})
    holidays = sum(day.isoweekday() <= 5 for day in free)
    connection.execute(BEYOND.format(last=f"DATE '{days[1].isoformat()}'", holidays=holidays))


def danish_holidays(years: Sequence[int]) -> list[date]:
    """The public holidays of Denmark in some years, in order, those on weekends too."""
    import holidays  # noqa: PLC0415 - 0.1 seconds that only who asks for working days pays

    return sorted(holidays.country_holidays("DK", years=years))


def _agreed_off(days_off: Sequence[date | str], first: date, last: date) -> Iterator[date]:
    """The days from the first to the last that are agreed to be free; a 29 February is one in leap years."""
    for day in days_off:
        if isinstance(day, date):
            yield from [day] if first <= day <= last else []
        else:
            month, of_month = map(int, day.split("-"))
            years = [year for year in range(first.year, last.year + 1) if isleap(year) or (month, of_month) != (2, 29)]
            yield from (date(year, month, of_month) for year in years)


def read_with_calendar(*, wanted: bool) -> tuple[str, str]:
    """SQL of what ``rows`` are given of the calendar (``timestamp_is_working``, ``timestamp_day_no`` and the same of the registration), and the joins."""
    if not wanted:
        return "", ""
    read = "".join(READ.format(prefix=prefix, column=column) for prefix, column in _TIMES.items())
    return read, " ".join(JOIN.format(prefix=prefix, column=column) for prefix, column in _TIMES.items())
