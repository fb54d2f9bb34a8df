"""The table ``registration_rhythms``: of each team, the weekday and the hour that its registrations concentrate on most, beside the other teams.

The clock is that of the registration, or of the event where the extract has no time of registration. System users are left out. A team is compared
when it and all others together have ``LEAST_REGISTRATIONS``; not when it, or all others, have fewer than ``LEAST_EMPLOYEES``, whose rhythm would be theirs.

The difference: the share of the team's registrations that lies on the weekday (in the hour), less the others' share on the same, or less what an
even spread over five working days (eight hours of work) puts there, where that is more: with two teams, each lacks what the other has too much of.

Its probability by chance: registrations that are made in one go say no more than one. So a day counts as one, however many registrations it has (of
hours: an hour of a day), by Kish's effective size of unequal weights, n = (sum w)² / sum w² (Survey Sampling, 1965). With these sizes the larger
of two exact probabilities is taken: that of the hypergeometric distribution against the others, and of the binomial one against the even spread. It is
multiplied by the number of teams and weekdays (hours) that were tried (Bonferroni).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from logsyn.validator.database.answers import records
from logsyn.validator.derive.columns import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

LEAST_REGISTRATIONS = 30
"""Fewer of a team say nothing of its rhythm."""

LEAST_EMPLOYEES = 5
"""Of fewer nothing is told, where employees are known: as few as make a small group."""

EVEN = {"weekday": 1 / 5, "hour": 1 / 8}
"""The share of a weekday or an hour when work is spread evenly over a week or a day of work."""

TABLE = """
CREATE TABLE registration_rhythms (team VARCHAR, time_column VARCHAR, concentrated_on VARCHAR, registrations BIGINT, share_of_team DOUBLE,
  share_of_others DOUBLE, share_of_events DOUBLE, difference DOUBLE, p_value DOUBLE)"""

# Registrations by team and slot, counted by their own clock and by that of the events. ``cells``: what counts as one, a day or an hour of a day.
_CELLS = """{name}_counts AS (
  SELECT team::VARCHAR AS team, {column}::DATE AS day, CASE WHEN {prefix}_has_time_of_day THEN hour({column}) END AS hour, count(*)::DOUBLE AS n
  FROM event_facts WHERE team IS NOT NULL AND {column} IS NOT NULL AND NOT {by_system} GROUP BY ALL),
{name}_cells AS (
  SELECT 'weekday' AS kind, team, isodow(day) AS slot, sum(n) AS n FROM {name}_counts GROUP BY team, day
  UNION ALL SELECT 'hour', team, hour, n FROM {name}_counts WHERE hour IS NOT NULL),
{name}_teams AS (SELECT kind, team, sum(n) AS n, sum(n * n) AS squares FROM {name}_cells GROUP BY ALL),
{name}_slots AS (SELECT kind, team, slot, sum(n) AS n FROM {name}_cells GROUP BY ALL)"""

# Of each team and kind the slot with the largest difference; ``size``: how many independent registrations its own are worth.
SLOTS = """
WITH {own}, {events},
log_of AS (SELECT kind, sum(n) AS n, sum(squares) AS squares FROM own_teams GROUP BY ALL),
slots AS (SELECT kind, slot, sum(n) AS n, count(*) OVER (PARTITION BY kind) AS slots FROM own_slots GROUP BY kind, slot),
staff AS (SELECT DISTINCT team::VARCHAR AS team, resource::VARCHAR AS resource FROM event_facts
  WHERE team IS NOT NULL AND resource IS NOT NULL AND NOT {by_system}),
only_there AS (SELECT any_value(team) AS team FROM staff GROUP BY resource HAVING count(*) = 1),
few AS (SELECT team FROM (SELECT team, count(*) AS employees FROM staff GROUP BY ALL) LEFT JOIN
  (SELECT team, count(*) AS of_no_other FROM only_there GROUP BY ALL) USING (team)
  WHERE employees < {least_employees}
    OR (SELECT count(DISTINCT resource) FROM staff) - coalesce(of_no_other, 0) BETWEEN 1 AND {least_employees} - 1),
shares AS (
  SELECT kind, team, slot, slots, teams.n AS registrations, own.n / teams.n AS share, (slots.n - own.n) / (log_of.n - teams.n) AS others,
    teams.n ** 2 / teams.squares AS size, (log_of.n - teams.n) ** 2 / (log_of.squares - teams.squares) AS size_of_others
  FROM own_slots AS own JOIN own_teams AS teams USING (kind, team) JOIN slots USING (kind, slot) JOIN log_of USING (kind)
  WHERE teams.n >= {least} AND log_of.n - teams.n >= {least} AND team NOT IN (FROM few)),
largest AS (
  SELECT *, share - greatest(others, CASE kind WHEN 'weekday' THEN {even_weekday} ELSE {even_hour} END) AS difference
  FROM shares QUALIFY row_number() OVER (PARTITION BY kind, team ORDER BY difference DESC, slot) = 1)
SELECT largest.*, coalesce(events_slots.n, 0) / events_teams.n AS share_of_events
FROM largest LEFT JOIN events_teams USING (kind, team) LEFT JOIN events_slots USING (kind, team, slot) ORDER BY team, kind DESC"""

_BY_SYSTEM = "coalesce(resource::VARCHAR IN (FROM system_resources), false)"


def create_rhythms(connection: duckdb.DuckDBPyConnection, *, registered: bool, wanted: bool) -> None:
    """Create the table from ``event_facts``; an empty one when no rule looks at it.

    ``registered``: whether the extract has times of registration; else those of the events are looked at.
    """
    connection.execute(TABLE)
    if not wanted:
        return
    column, prefix = ("registered_at", "registered") if registered else ("timestamp", "timestamp")
    any_system = connection.execute("SELECT 1 FROM system_resources LIMIT 1").fetchone() is not None
    by_system = _BY_SYSTEM if any_system else "false"
    query = SLOTS.format(
        own=_CELLS.format(name="own", column=column, prefix=prefix, by_system=by_system),
        events=_CELLS.format(name="events", column="timestamp", prefix="timestamp", by_system=by_system),
        by_system=by_system,
        least=LEAST_REGISTRATIONS,
        least_employees=LEAST_EMPLOYEES,
        even_weekday=EVEN["weekday"],
        even_hour=EVEN["hour"],
    )
    found = records(connection.execute(query))
    tried = {kind: sum(row["slots"] for row in found if row["kind"] == kind) for kind in EVEN}
    factorials = _log_factorials(found)
    for row in found:
        chance = max(_against_others(row, factorials), _against_even(row, factorials))
        row |= {"p_value": min(1.0, chance * tried[row["kind"]]), "on": _name_of(row), "time_column": column}
    values = [[row[name] for row in found] for name in _TOLD]
    connection.execute(f"INSERT INTO registration_rhythms SELECT {', '.join(['unnest(?)'] * len(_TOLD))}", values)


_TOLD = ("team", "time_column", "on", "registrations", "share", "others", "share_of_events", "difference", "p_value")


def _name_of(row: dict[str, Any]) -> str:
    return WEEKDAYS[row["slot"] - 1] if row["kind"] == "weekday" else f"{row['slot']:02}:00-{row['slot']:02}:59"


def _log_factorials(rows: Sequence[dict[str, Any]]) -> np.ndarray[Any, np.dtype[np.float64]]:
    """The logarithms of 0!, 1!, … up to the largest size of a team with all others."""
    largest = max((_whole(row["size"]) + _whole(row["size_of_others"]) for row in rows), default=0)
    return np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, largest + 1)))])


def _against_others(row: dict[str, Any], factorials: np.ndarray[Any, np.dtype[np.float64]]) -> float:
    """The probability that the team has so many of all that lie there, were they dealt out at random (the one-sided exact test of Fisher)."""
    team, others = _whole(row["size"]), _whole(row["size_of_others"])
    own = _whole(row["share"] * team)
    there = own + round(row["others"] * others)
    counts = np.arange(own, min(team, there) + 1)
    logs = (
        _choose(factorials, team, counts)
        + _choose(factorials, others, there - counts)
        - _choose(factorials, team + others, there)
    )
    return float(np.exp(logs).sum())


def _against_even(row: dict[str, Any], factorials: np.ndarray[Any, np.dtype[np.float64]]) -> float:
    """The probability that so many lie there when work is spread evenly."""
    team, even = _whole(row["size"]), EVEN[row["kind"]]
    counts = np.arange(_whole(row["share"] * team), team + 1)
    logs = _choose(factorials, team, counts) + counts * np.log(even) + (team - counts) * np.log1p(-even)
    return float(np.exp(logs).sum())


def _choose(factorials: np.ndarray[Any, np.dtype[np.float64]], total: int, chosen: Any) -> Any:
    """The logarithm of the number of ways to choose so many out of a total."""
    return factorials[total] - factorials[chosen] - factorials[total - chosen]


def _whole(size: float) -> int:
    """A size cut to whole registrations, which makes chance likelier; what is whole but for its last bit stays."""
    return int(size + 1e-9)
