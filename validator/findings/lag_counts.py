"""Owns the small tables that every figure on registration lag is computed from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from logsyn.validator.database.sql import literal
from logsyn.validator.record import LAG_CLASSES

if TYPE_CHECKING:
    from datetime import date

    import duckdb

MOST_SLICED = 100
FEWEST_SLICED = 50
"""Weekdays and months are told of so many pairs of activity and team, the largest, and of none with fewer events."""

SMALL_WEEKEND = 0.05
"""A weekend with a smaller share of the events than this is no group of its own."""

LATE = (
    "CASE WHEN agreed_registration_working_days IS NULL THEN registration_lag_days > {days} "
    "ELSE registration_lag_working_days > agreed_registration_working_days END"
)
LATE_OR_A_DAY = LATE.format(days="coalesce(agreed_registration_days, 1)")
"""Where nothing is agreed a day is taken for it."""
IS_AGREED = "(agreed_registration_days IS NOT NULL OR agreed_registration_working_days IS NOT NULL)"

# Lags are counted by whole minutes, rounded up, per activity and team; everything else is computed from these counts.
MINUTES = "ceil(round(registration_lag_days * 86400) / 60)::BIGINT"
"""Whole minutes, rounded up: what is registered 61 seconds later is registered within two minutes."""

DAYS = f"least(greatest(registered_at::DATE - timestamp::DATE, -1), {max(LAG_CLASSES.values()) + 1})::TINYINT"
"""Whole calendar days, as far as classes tell them apart."""

BUCKET = f"CASE {' '.join(f'WHEN days <= {last} THEN {at}' for at, last in enumerate(LAG_CLASSES.values()))} ELSE {len(LAG_CLASSES)} END"
"""The place of a class of lag among ``LAG_BUCKETS``, from ``days``."""

LAG_COUNTS = """
CREATE OR REPLACE TABLE lag_counts AS
WITH counted AS (
  SELECT pair_no, {minutes} AS minutes,
    {days} AS days,
    {late} AS late, {is_system} AS is_system, count(*) AS events
  FROM event_facts WHERE registration_lag_days IS NOT NULL GROUP BY ALL)
SELECT pair_no, activity::VARCHAR AS activity, team::VARCHAR AS team,
  CASE WHEN agreed_registration_working_days IS NULL THEN coalesce(agreed_registration_days, 1) END AS agreed,
  agreed_registration_working_days AS agreed_working, {is_agreed} AS is_agreed, minutes, late, is_system, counted.events,
  {bucket} AS bucket
FROM counted JOIN pairs USING (pair_no) LEFT JOIN agreements USING (pair_no)"""

# Months outside the typical period are taken together; the largest pairs keep their activity, the others are a team's rest.
# A weekend with few events goes with its Friday: what happens then is registered on Monday, too. Where there are teams,
# events without one are in no weekday or month: so few would be hidden, and others with them.
SLICE_COUNTS = """
CREATE OR REPLACE TABLE slice_counts AS
SELECT pair_no, isodow(timestamp)::TINYINT AS weekday, month, {minutes} AS minutes,
  {late} AS late, count(*) AS events
FROM event_facts
WHERE registration_lag_days IS NOT NULL AND {is_agreed} AND NOT {is_system} GROUP BY ALL"""

_SMALL_WEEKEND = """
SELECT {share} * sum(events) > sum(events) FILTER (weekday > 5) FROM slice_counts"""

WEEKENDS = "UPDATE {table} SET weekday = {weekend} WHERE weekday > {last}"

MONTHS = """
UPDATE {table} SET month = NULL
FROM log WHERE month NOT BETWEEN date_trunc('month', typical_start) AND typical_end"""

# Names are put to numbers once: numbers are grouped faster than names.
SLICE_PAIRS = """
CREATE OR REPLACE TABLE slice_pairs AS
WITH sized AS (SELECT pair_no, sum(events) AS size FROM slice_counts GROUP BY ALL),
named AS (SELECT pair_no, activity::VARCHAR AS activity, team::VARCHAR AS team, size, {in_team} AS in_slice,
  agreed_registration_days AS agreed, agreed_registration_working_days AS agreed_working FROM sized JOIN pairs USING (pair_no) JOIN agreements USING (pair_no))
SELECT *, (dense_rank() OVER (ORDER BY team NULLS FIRST))::INTEGER AS team_no,
  in_slice AND size >= {fewest} AND row_number() OVER (ORDER BY in_slice DESC, size DESC, pair_no) <= {most} AS is_sliced FROM named"""


def create_lag_counts(connection: duckdb.DuckDBPyConnection, *, by_team: bool) -> bool:
    """Create ``lag_counts`` (all registrations) and ``slice_counts`` (by people, with agreed days); whether weekends are told with their Fridays."""
    is_system = by_system(connection)
    common = {"is_system": is_system, "minutes": MINUTES, "is_agreed": IS_AGREED}
    connection.execute(LAG_COUNTS.format(late=LATE_OR_A_DAY, bucket=BUCKET, days=DAYS, **common))
    connection.execute(SLICE_COUNTS.format(late=LATE.format(days="agreed_registration_days"), **common))
    small_weekend = _has_small_weekend(connection)
    put_into_slices(connection, "slice_counts", small=small_weekend)
    in_team = "team IS NOT NULL" if by_team else "true"
    connection.execute(SLICE_PAIRS.format(in_team=in_team, fewest=FEWEST_SLICED, most=MOST_SLICED))
    return small_weekend


def by_system(connection: duckdb.DuckDBPyConnection) -> str:
    """SQL that is true for the events that a system user has registered."""
    names = [name for (name,) in connection.execute("SELECT resource FROM system_resources ORDER BY ALL").fetchall()]
    return f"coalesce(resource IN ({', '.join(map(literal, names))}), false)" if names else "false"


def _has_small_weekend(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether so little happens at weekends, going by ``slice_counts``, that these are told with their Fridays."""
    return bool(connection.execute(_SMALL_WEEKEND.format(share=SMALL_WEEKEND)).fetchall()[0][0])


def put_into_slices(connection: duckdb.DuckDBPyConnection, table: str, *, small: bool) -> None:
    """Take weekends together, with their Fridays where they are small, and the months outside the typical period."""
    weekend, last = (57, 4) if small else (67, 5)
    connection.execute(WEEKENDS.format(table=table, weekend=weekend, last=last))
    connection.execute(MONTHS.format(table=table))


def slice_key(number: date | int | None) -> str | None:
    """How a weekday or the first day of a month is called: ``1``, ``6-7``, ``2023-04``."""
    if number is None:
        return None
    return "-".join(str(number)) if isinstance(number, int) else f"{number:%Y-%m}"
