"""What is agreed against what is done: share within the agreed days, median and 90th percentile, by weekday and month."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from logsyn.validator.database.answers import records
from logsyn.validator.findings.gaps import LOW_SHARE, LOW_SHARE_FROM, find_gaps
from logsyn.validator.findings.lag_counts import Cell, slice_key
from logsyn.validator.findings.registration import system_lag
from logsyn.validator.record import Agreed, AgreedGroup, AgreedSlice

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    import duckdb

    from logsyn.expectations.practice import Practice

HOURS = 24
SLICES = ("weekday", "month")

FIGURES = """
WITH chosen AS (SELECT slice_counts.*, team_no, agreed, true AS overall FROM slice_counts JOIN slice_pairs USING (pair_no) WHERE {chosen}),
counted AS (SELECT {keys}, hours, sum(events) AS events FROM chosen GROUP BY ALL),
running AS (SELECT *, sum(events) OVER (PARTITION BY {keys} ORDER BY hours) AS until, sum(events) OVER (PARTITION BY {keys}) AS total FROM counted),
quantiles AS (SELECT {keys}, min(hours) FILTER (WHERE until >= 0.5 * total) AS median_hours,
  min(hours) FILTER (WHERE until >= 0.9 * total) AS p90_hours FROM running GROUP BY ALL)
SELECT totals.*, median_hours, p90_hours FROM (
  SELECT {keys}, sum(events)::BIGINT AS events, coalesce(sum(events) FILTER (WHERE late), 0)::BIGINT AS late,
    CASE WHEN min(agreed) = max(agreed) THEN min(agreed) END AS agreed_days
  FROM chosen GROUP BY ALL) AS totals
JOIN quantiles ON {same}
ORDER BY {order}"""

LEVELS = {"agreed": "overall", "agreed_team": "team_no", "activity_and_team": "pair_no"}
"""The groups of each level, and the column that tells them apart."""

Row = dict[str, Any]
Slices = dict[Cell, list[AgreedSlice]]


def agreed_and_actual(
    connection: duckdb.DuckDBPyConnection, practice: Practice, hidden: AbstractSet[Cell], have: AbstractSet[str]
) -> Agreed:
    """The practice against the log.

    Args:
        connection: holds the tables of the audit; ``lag_counts`` and ``slice_counts`` too when ``have`` has the lag.
        practice: what is agreed.
        hidden: the groups that are not shown.
        have: the columns of ``events`` that mean something in this extract.
    """
    lags: dict[str, Any] = {}
    pairs: list[AgreedGroup] = []
    if "registration_lag_days" in have and "agreed_registration_days" in have:
        pairs = _groups(connection, "activity_and_team", hidden)
        lags = {
            "by_activity_and_team": pairs,
            "by_team": _groups(connection, "agreed_team", hidden) if "team" in have else [],
            "overall": next(iter(_groups(connection, "agreed", hidden)), None),
        }
    if "registration_lag_days" in have:
        lags["system"] = system_lag(connection)
    gaps, left_out = find_gaps(connection, practice, pairs, have)
    return Agreed(
        system_users=len(practice.resources),
        low_share=LOW_SHARE,
        low_share_from=LOW_SHARE_FROM,
        gaps=gaps,
        gaps_left_out=left_out,
        **lags,
    )


def _groups(connection: duckdb.DuckDBPyConnection, level: str, hidden: AbstractSet[Cell]) -> list[AgreedGroup]:
    cells = _cells(connection, level)
    slices = {part: _slices(connection, level, part, cells, hidden) for part in SLICES}
    rows = _rows(connection, (LEVELS[level],), "true", "events DESC")
    return [_group(row, cells[row[LEVELS[level]]], slices, hidden) for row in rows]


def _cells(connection: duckdb.DuckDBPyConnection, level: str) -> dict[int, Cell]:
    """The cell of every number that a level is grouped by."""
    if level == "agreed":
        return {True: Cell(level)}
    activity = "activity" if level == "activity_and_team" else "NULL"
    query = f"SELECT DISTINCT {LEVELS[level]} AS number, {activity} AS activity, team FROM slice_pairs"
    rows = records(connection.execute(query))
    return {row["number"]: Cell(level, row["activity"], row["team"]) for row in rows}


def _group(row: Row, cell: Cell, slices: dict[str, Slices], hidden: AbstractSet[Cell]) -> AgreedGroup:
    activity, team = cell.activity, cell.team
    if cell in hidden:
        return AgreedGroup(activity=activity, team=team, events=None, hidden=True)
    return AgreedGroup(
        activity=activity,
        team=team,
        **_figures(row),
        agreed_days=row["agreed_days"],
        by_weekday=slices["weekday"].get(cell, []),
        by_month=slices["month"].get(cell, []),
    )


def _slices(
    connection: duckdb.DuckDBPyConnection, level: str, part: str, cells: dict[int, Cell], hidden: AbstractSet[Cell]
) -> Slices:
    found: Slices = {}
    chosen = "is_sliced" if level == "activity_and_team" else "in_slice"
    for row in _rows(connection, (LEVELS[level], part), chosen, f"totals.{part} NULLS LAST"):
        cell, key = cells[row[LEVELS[level]]], slice_key(row[part])
        hide = cell._replace(of=f"{level}:{part}", slice=key) in hidden
        one = AgreedSlice(key=key, events=None, hidden=True) if hide else AgreedSlice(key=key, **_figures(row))
        found.setdefault(cell, []).append(one)
    return {cell: slices for cell, slices in found.items() if not all(one.hidden for one in slices)}


def _rows(connection: duckdb.DuckDBPyConnection, keys: Sequence[str], chosen: str, order: str) -> list[Row]:
    return records(
        connection.execute(
            FIGURES.format(
                chosen=chosen,
                keys=", ".join(keys),
                same=" AND ".join(f"totals.{name} IS NOT DISTINCT FROM quantiles.{name}" for name in keys),
                order=", ".join([order, *(f"totals.{name}" for name in keys)]),
            )
        )
    )


def _figures(row: Row) -> dict[str, Any]:
    return {
        "events": row["events"],
        "late": row["late"],
        "median_days": round(row["median_hours"] / HOURS, 4),
        "p90_days": round(row["p90_hours"] / HOURS, 4),
    }
