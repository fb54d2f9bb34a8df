"""Owns the small tables that every figure on registration lag is computed from, and which of their groups are hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from logsyn.validator.database.answers import records
from logsyn.validator.database.sql import literal
from logsyn.validator.findings.small_groups import hidden_cells
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
IS_AGREED = "(agreed_registration_days IS NOT NULL OR agreed_registration_working_days IS NOT NULL)"

# Lags are counted by whole minutes, rounded up, per activity and team; everything else is computed from these counts.
MINUTES = "ceil(round(registration_lag_days * 86400) / 60)::BIGINT"
"""Whole minutes, rounded up: what is registered 61 seconds later is registered within two minutes."""

LAG_COUNTS = """
CREATE OR REPLACE TABLE lag_counts AS
WITH counted AS (
  SELECT pair_no, {minutes} AS minutes,
    least(greatest(registered_at::DATE - timestamp::DATE, -1), {most})::TINYINT AS days,
    {late} AS late, {is_system} AS is_system, count(*) AS events
  FROM event_facts WHERE registration_lag_days IS NOT NULL GROUP BY ALL)
SELECT pair_no, activity::VARCHAR AS activity, team::VARCHAR AS team,
  CASE WHEN agreed_registration_working_days IS NULL THEN coalesce(agreed_registration_days, 1) END AS agreed,
  agreed_registration_working_days AS agreed_working, {is_agreed} AS is_agreed, minutes, late, is_system, counted.events,
  CASE {classes} ELSE {over} END AS bucket
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

WEEKDAYS = """
UPDATE slice_counts SET weekday = CASE WHEN {small_weekend} * (SELECT sum(events) FROM slice_counts) >
  (SELECT sum(events) FROM slice_counts WHERE weekday > 5) THEN 57 ELSE 67 END
WHERE weekday > 5 OR (weekday = 5 AND {small_weekend} * (SELECT sum(events) FROM slice_counts) >
  (SELECT sum(events) FROM slice_counts WHERE weekday > 5))"""

MONTHS = """
UPDATE slice_counts SET month = NULL
FROM log WHERE month NOT BETWEEN date_trunc('month', typical_start) AND typical_end"""

# Names are put to numbers once: numbers are grouped faster than names.
SLICE_PAIRS = """
CREATE OR REPLACE TABLE slice_pairs AS
WITH sized AS (SELECT pair_no, sum(events) AS size FROM slice_counts GROUP BY ALL),
named AS (SELECT pair_no, activity::VARCHAR AS activity, team::VARCHAR AS team, size, {in_team} AS in_slice,
  agreed_registration_days AS agreed, agreed_registration_working_days AS agreed_working FROM sized JOIN pairs USING (pair_no) JOIN agreements USING (pair_no))
SELECT *, (dense_rank() OVER (ORDER BY team NULLS FIRST))::INTEGER AS team_no,
  in_slice AND size >= {fewest} AND row_number() OVER (ORDER BY in_slice DESC, size DESC, pair_no) <= {most} AS is_sliced FROM named"""


class Cell(NamedTuple):
    """One group that a figure can stand for. ``of``: which table it is a cell of; ``slice`` is a weekday or a month."""

    of: str
    activity: str | None = None
    team: str | None = None
    slice: str | None = None


def create_lag_counts(connection: duckdb.DuckDBPyConnection, *, by_team: bool) -> None:
    """Create ``lag_counts`` (all registrations) and ``slice_counts`` (by people, with agreed days)."""
    is_system = _is_system(connection)
    common = {"is_system": is_system, "minutes": MINUTES, "is_agreed": IS_AGREED}
    connection.execute(
        LAG_COUNTS.format(
            late=LATE.format(days="coalesce(agreed_registration_days, 1)"),
            classes=" ".join(f"WHEN days <= {last} THEN {at}" for at, last in enumerate(LAG_CLASSES.values())),
            over=len(LAG_CLASSES),
            most=max(LAG_CLASSES.values()) + 1,
            **common,
        )
    )
    connection.execute(SLICE_COUNTS.format(late=LATE.format(days="agreed_registration_days"), **common))
    connection.execute(WEEKDAYS.format(small_weekend=SMALL_WEEKEND))
    connection.execute(MONTHS)
    in_team = "team IS NOT NULL" if by_team else "true"
    connection.execute(SLICE_PAIRS.format(in_team=in_team, fewest=FEWEST_SLICED, most=MOST_SLICED))


def _is_system(connection: duckdb.DuckDBPyConnection) -> str:
    """SQL that is true for the events that a system user has registered."""
    names = [name for (name,) in connection.execute("SELECT resource FROM system_resources ORDER BY ALL").fetchall()]
    return f"coalesce(resource IN ({', '.join(map(literal, names))}), false)" if names else "false"


def slice_key(number: date | int | None) -> str | None:
    """How a weekday or the first day of a month is called: ``1``, ``6-7``, ``2023-04``."""
    if number is None:
        return None
    return "-".join(str(number)) if isinstance(number, int) else f"{number:%Y-%m}"


class _Sums:
    """Cells with their counts, and which of them add up to which."""

    def __init__(self) -> None:
        self.counts: dict[Cell, int] = {}
        self.parts: dict[tuple[Cell, str], dict[Cell, None]] = {}

    def count(self, events: int, *cells: Cell) -> None:
        for cell in cells:
            self.counts[cell] = self.counts.get(cell, 0) + events

    def adds_up(self, total: Cell, by: str, part: Cell) -> None:
        """``part`` is one of those that, divided ``by`` something, add up to ``total``."""
        self.parts.setdefault((total, by), {})[part] = None


def hidden_groups(connection: duckdb.DuckDBPyConnection) -> set[Cell]:
    """The groups of both tables that are small, or would let a small one be computed.

    Cells are ``overall``, ``activity``, ``team`` and ``activity_and_team`` of all registrations by people, ``agreed`` and
    ``agreed_team`` of those with agreed days, and the slices of the last three (``agreed:weekday``).
    """
    sums = _Sums()
    _add_groups(connection, sums)
    rests = {rest for by in ("weekday", "month") for rest in _add_slices(connection, sums, by)}
    return hidden_cells(
        sums.counts, [(total, list(parts)) for (total, _), parts in sums.parts.items()], frozenset(rests)
    )


def _add_groups(connection: duckdb.DuckDBPyConnection, sums: _Sums) -> None:
    rows = connection.execute(
        f"SELECT activity::VARCHAR AS activity, team::VARCHAR AS team, {IS_AGREED} AS is_agreed, counted.events "
        "FROM (SELECT pair_no, sum(events)::BIGINT AS events FROM lag_counts WHERE NOT is_system GROUP BY ALL) AS counted "
        "JOIN pairs USING (pair_no) LEFT JOIN agreements USING (pair_no) ORDER BY pair_no"
    )
    for row in records(rows):
        activity, team, is_agreed = row["activity"], row["team"], row["is_agreed"]
        pair, overall = Cell("activity_and_team", activity, team), Cell("overall")
        of_activity, of_team = Cell("activity", activity), Cell("team", team=team)
        agreed, agreed_team = Cell("agreed"), Cell("agreed_team", team=team)
        sums.count(row["events"], pair, overall, of_activity, of_team, *((agreed, agreed_team) if is_agreed else ()))
        sums.adds_up(overall, "activity", of_activity)
        sums.adds_up(overall, "team", of_team)
        sums.adds_up(of_activity, "team", pair)
        sums.adds_up(of_team, "activity", pair)
        # What is not agreed is the difference between two totals.
        sums.adds_up(overall, "agreed", agreed if is_agreed else pair)
        sums.adds_up(of_team, "agreed", agreed_team if is_agreed else pair)
        if is_agreed:
            sums.adds_up(agreed_team, "activity", pair)
            sums.adds_up(agreed, "team", agreed_team)


def _add_slices(connection: duckdb.DuckDBPyConnection, sums: _Sums, by: str) -> list[Cell]:
    """Add the slices by weekday or month; gives those of pairs that are not told of one by one."""
    rows = connection.execute(
        f"SELECT activity, team, is_sliced, {by} AS number, counted.events "
        f"FROM (SELECT CASE WHEN is_sliced THEN pair_no END AS told, min(pair_no) AS pair_no, team_no, {by}, "
        "sum(events)::BIGINT AS events FROM slice_counts JOIN slice_pairs USING (pair_no) WHERE in_slice GROUP BY ALL) AS counted "
        f"JOIN slice_pairs USING (pair_no) ORDER BY pair_no, {by}"
    )
    rests = []
    for row in records(rows):
        activity, team, is_sliced, part = row["activity"], row["team"], row["is_sliced"], slice_key(row["number"])
        of_pair = (
            Cell(f"activity_and_team:{by}", activity, team, part) if is_sliced else Cell(f"rest:{by}", None, team, part)
        )
        of_team, overall = Cell(f"agreed_team:{by}", team=team, slice=part), Cell(f"agreed:{by}", slice=part)
        sums.count(row["events"], of_pair, of_team, overall)
        sums.adds_up(overall, "team", of_team)
        sums.adds_up(of_team, "activity", of_pair)
        sums.adds_up(Cell("agreed"), by, overall)
        if Cell("agreed_team") in sums.counts and team is not None:
            sums.adds_up(Cell("agreed"), by, Cell("agreed_team"))
        sums.adds_up(Cell("agreed_team", team=team), by, of_team)
        if is_sliced:
            sums.adds_up(Cell("activity_and_team", activity, team), by, of_pair)
        else:
            rests.append(of_pair)
    return rests
