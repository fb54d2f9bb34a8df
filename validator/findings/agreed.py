"""What is agreed against what is done: share within the agreed days, median and 90th percentile, by weekday and month."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from logsyn.validator.database.answers import records
from logsyn.validator.disclosure import tens
from logsyn.validator.disclosure.cells import Cell, hidden_last, not_hidden, roughly, unless_hidden
from logsyn.validator.findings.breakdown_cells import MOST_HIDDEN
from logsyn.validator.findings.gaps import LOW_SHARE, LOW_SHARE_FROM, find_gaps
from logsyn.validator.findings.gaps import withheld as withheld_gap
from logsyn.validator.findings.lag_counts import slice_key
from logsyn.validator.findings.lag_figures import lag_figures, lag_rows, untold_quantiles
from logsyn.validator.findings.registration import system_lag, withheld_of_systems
from logsyn.validator.record import Agreed, AgreedGroup, AgreedSlice, Gap

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

    import duckdb

    from logsyn.expectations.practice import Practice
from logsyn.validator.disclosure.cells import Cells

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
    connection: duckdb.DuckDBPyConnection, practice: Practice, have: frozenset[str], cells: Cells
) -> Agreed:
    """The practice against the log, small groups still in it.

    Args:
        connection: holds the tables of the audit; ``lag_counts`` and ``slice_counts`` too when ``have`` has the lag.
        practice: what is agreed.
        have: the columns of ``events`` that mean something in this extract.
        cells: takes the groups that are told of nowhere else.
    """
    lags: dict[str, Any] = {}
    pairs: list[AgreedGroup] = []
    if "registration_lag_days" in have and have & {"agreed_registration_days", "agreed_registration_working_days"}:
        pairs = _groups(connection, "activity_and_team")
        lags = {
            "by_activity_and_team": pairs,
            "by_team": _groups(connection, "agreed_team") if "team" in have else [],
            "overall": next(iter(_groups(connection, "agreed")), None),
        }
    if "registration_lag_days" in have:
        lags["system"] = system_lag(connection)
    gaps, left_out = find_gaps(connection, practice, pairs, have, cells)
    return Agreed(
        system_users=len(practice.resources),
        low_share=LOW_SHARE,
        low_share_from=LOW_SHARE_FROM,
        gaps=gaps,
        gaps_left_out=left_out,
        **lags,
    )


def withheld(agreed: Agreed, visible: AbstractSet[Cell]) -> Agreed:
    """What is agreed and done without the figures that must not be shown."""
    pairs = not_hidden(_withheld(one, "activity_and_team", visible) for one in agreed.by_activity_and_team)
    pairs.sort(key=_as_told)
    overall = None if agreed.overall is None else _withheld(agreed.overall, "agreed", visible)
    by_team = hidden_last(sorted((_withheld(one, "agreed_team", visible) for one in agreed.by_team), key=_as_told), "team")
    of_pair = {(one.activity, one.team): one for one in pairs}
    told = (gap if gap.share is None else _of_pair(gap, of_pair) for gap in agreed.gaps)
    gaps = [withheld_gap(gap, visible) for gap in told if gap]
    by_kind = {kind: [gap for gap in gaps if gap.kind == kind] for kind in dict.fromkeys(gap.kind for gap in gaps)}
    gaps = [gap for of_kind in by_kind.values() for gap in hidden_last(of_kind, "activity", "team")]
    system = None if agreed.system is None else withheld_of_systems(agreed.system)
    return agreed.model_copy(update={"system": system, "overall": overall, "by_team": by_team, "by_activity_and_team": pairs, "gaps": gaps})


def _as_told(group: AgreedGroup) -> tuple[int, str, str]:
    """The order of groups, by what is told of them and not by what was counted."""
    return -(group.events or 0), group.activity or "", group.team or ""


def _withheld(group: AgreedGroup, level: str, visible: AbstractSet[Cell]) -> AgreedGroup:
    cell = Cell(level, group.activity, group.team, part="events")
    if roughly(cell) in visible and group.events:
        group = group.model_copy(update={"events": tens.roughly(group.events), "in_tens": True})
    elif cell not in visible:
        return AgreedGroup(activity=group.activity, team=group.team, events=None, hidden=True)
    slices = {f"by_{by}": _shown_slices(getattr(group, f"by_{by}"), cell._replace(of=f"{level}:{by}"), visible) for by in SLICES}
    late = unless_hidden(group.late, cell._replace(part="late"), visible)
    untold = {} if level == "agreed" else untold_quantiles(group.events or 0, late)  # all that is agreed is no group
    return group.model_copy(update={"late": late, **untold, **slices})


def _shown_slices(slices: Sequence[AgreedSlice], cell: Cell, visible: AbstractSet[Cell]) -> list[AgreedSlice]:
    shown = []
    for one in slices:
        of_slice = cell._replace(slice=one.key)
        if of_slice not in visible:
            shown.append(AgreedSlice(key=one.key, events=None, hidden=True))
        else:
            late = unless_hidden(one.late, of_slice._replace(part="late"), visible)
            shown.append(one.model_copy(update={"late": late, **untold_quantiles(one.events or 0, late)}))
    return [] if sum(one.late is None for one in shown) > MOST_HIDDEN * len(shown) else shown


def _of_pair(gap: Gap, pairs: Mapping[tuple[str | None, str | None], AgreedGroup]) -> Gap | None:
    """A gap with as much as is told of its activity and team; None where these are not named."""
    pair = pairs.get((gap.activity, gap.team))
    if pair is None or (gap.kind == "typical_earlier" and pair.p90_days is None):
        return None
    if pair.late is None or not pair.in_tens or not pair.events:
        return gap.model_copy(update={"share": None if pair.late is None else gap.share, "events": pair.events, "in_tens": pair.in_tens})
    return gap.model_copy(update={"share": round(1 - pair.late / pair.events, 2), "events": pair.events, "in_tens": True})


def _groups(connection: duckdb.DuckDBPyConnection, level: str) -> list[AgreedGroup]:
    slices = {part: _slices(connection, level, part) for part in SLICES}
    order = ["events DESC", *(f"totals.{name} NULLS FIRST" for name in LEVELS[level])]
    rows = lag_rows(connection, AGREED, LEVELS[level], order)
    return [_group(row, Cell(level, row.get("activity"), row.get("team")), slices) for row in rows]


def _group(row: Row, cell: Cell, slices: dict[str, Slices]) -> AgreedGroup:
    return AgreedGroup(
        activity=cell.activity,
        team=cell.team,
        **lag_figures(row),
        agreed_days=row["agreed_days"],
        agreed_working_days=row["agreed_working_days"],
        by_weekday=slices["weekday"].get(cell, []),
        by_month=slices["month"].get(cell, []),
    )


def _slices(connection: duckdb.DuckDBPyConnection, level: str, part: str) -> Slices:
    found: Slices = {}
    cells = _cells(connection, level)
    counts = SLICED.format(chosen="is_sliced" if level == "activity_and_team" else "in_slice")
    numbered = f"SELECT *, {NUMBERS[level]} AS number FROM ({counts})"
    for row in lag_rows(connection, numbered, ("number", part), [f"totals.{part} NULLS LAST"]):
        one = AgreedSlice(key=slice_key(row[part]), **lag_figures(row))
        found.setdefault(cells[row["number"]], []).append(one)
    return found


def _cells(connection: duckdb.DuckDBPyConnection, level: str) -> dict[int, Cell]:
    """The cell of every number that a level is grouped by."""
    if level == "agreed":
        return {True: Cell(level)}
    activity = "activity" if level == "activity_and_team" else "NULL"
    query = f"SELECT DISTINCT {NUMBERS[level]} AS number, {activity} AS activity, team FROM slice_pairs"
    rows = records(connection.execute(query))
    return {row["number"]: Cell(level, row["activity"], row["team"]) for row in rows}
