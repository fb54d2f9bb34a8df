"""What is agreed against what is done: share within the agreed days, median and 90th percentile, by weekday and month."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from logsyn.validator.database.answers import records
from logsyn.validator.findings.gaps import LOW_SHARE, LOW_SHARE_FROM, find_gaps
from logsyn.validator.findings.lag_counts import Cell, slice_key
from logsyn.validator.findings.lag_figures import lag_figures, lag_rows
from logsyn.validator.findings.registration import system_lag
from logsyn.validator.record import Agreed, AgreedGroup, AgreedSlice

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    import duckdb

    from logsyn.expectations.practice import Practice

SLICES = ("weekday", "month")

AGREED = "SELECT * FROM lag_counts WHERE is_agreed AND NOT is_system"
SLICED = "SELECT slice_counts.*, team_no, agreed, agreed_working FROM slice_counts JOIN slice_pairs USING (pair_no) WHERE {chosen}"

LEVELS = {"agreed": (), "agreed_team": ("team",), "activity_and_team": ("activity", "team")}
"""The groups of each level: what tells them apart."""

NUMBERS = {"agreed": "true", "agreed_team": "team_no", "activity_and_team": "pair_no"}
"""The same as a number: numbers are grouped faster than names."""

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
    if "registration_lag_days" in have and have & {"agreed_registration_days", "agreed_registration_working_days"}:
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
    slices = {part: _slices(connection, level, part, hidden) for part in SLICES}
    order = ["events DESC", *(f"totals.{name} NULLS FIRST" for name in LEVELS[level])]
    rows = lag_rows(connection, AGREED, LEVELS[level], order)
    return [_group(row, Cell(level, row.get("activity"), row.get("team")), slices, hidden) for row in rows]


def _group(row: Row, cell: Cell, slices: dict[str, Slices], hidden: AbstractSet[Cell]) -> AgreedGroup:
    activity, team = cell.activity, cell.team
    if cell in hidden:
        return AgreedGroup(activity=activity, team=team, events=None, hidden=True)
    return AgreedGroup(
        activity=activity,
        team=team,
        **lag_figures(row),
        agreed_days=row["agreed_days"],
        agreed_working_days=row["agreed_working_days"],
        by_weekday=slices["weekday"].get(cell, []),
        by_month=slices["month"].get(cell, []),
    )


def _slices(connection: duckdb.DuckDBPyConnection, level: str, part: str, hidden: AbstractSet[Cell]) -> Slices:
    found: Slices = {}
    cells = _cells(connection, level)
    counts = SLICED.format(chosen="is_sliced" if level == "activity_and_team" else "in_slice")
    numbered = f"SELECT *, {NUMBERS[level]} AS number FROM ({counts})"
    for row in lag_rows(connection, numbered, ("number", part), [f"totals.{part} NULLS LAST"]):
        cell, key = cells[row["number"]], slice_key(row[part])
        hide = cell._replace(of=f"{level}:{part}", slice=key) in hidden
        one = AgreedSlice(key=key, events=None, hidden=True) if hide else AgreedSlice(key=key, **lag_figures(row))
        found.setdefault(cell, []).append(one)
    return {cell: slices for cell, slices in found.items() if not all(one.hidden for one in slices)}


def _cells(connection: duckdb.DuckDBPyConnection, level: str) -> dict[int, Cell]:
    """The cell of every number that a level is grouped by."""
    if level == "agreed":
        return {True: Cell(level)}
    activity = "activity" if level == "activity_and_team" else "NULL"
    query = f"SELECT DISTINCT {NUMBERS[level]} AS number, {activity} AS activity, team FROM slice_pairs"
    rows = records(connection.execute(query))
    return {row["number"]: Cell(level, row["activity"], row["team"]) for row in rows}
