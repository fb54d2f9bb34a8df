"""Who uses an overloaded label for what: per team its share, its neighbours, its status and its place in the case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from logsyn.validator.database.answers import records
from logsyn.validator.database.sql import identifier
from logsyn.validator.derive.overload_measures import DIVIDING_COLUMNS
from logsyn.validator.disclosure import tens
from logsyn.validator.disclosure.cells import Cell
from logsyn.validator.disclosure.people import ROWS_ARE, person, size_of, sizes
from logsyn.validator.disclosure.size import is_small
from logsyn.validator.record import LabelUse, Neighbour, OverloadedLabel

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

    import duckdb

    from logsyn.validator.disclosure.cells import Cells

FINE_SHARES_FROM = 100
"""Of so many uses shares are told in hundredths, of fewer in twentieths."""

NEIGHBOURS = 4
"""So many of the commonest neighbours are shown."""

LABELS = """
SELECT activity, events, coalesce(declared_meanings, 0) > 1 AS declared,
  overload_way, overload_excess_bits, overload_yardstick_bits, overload_p_value, overload_use_bits, overload_use_p_value, overload_use_share
FROM labels WHERE activity IN (SELECT activity FROM ({failing})) ORDER BY events DESC, activity"""

USES = """
SELECT {divider}::VARCHAR AS team, {sizes}, {rows_are} AS rows_are, median((position_in_case - 1) / nullif(steps - 1, 0)) AS median_position
FROM (SELECT *, {person} AS person FROM event_facts) LEFT JOIN cases USING (case_no) WHERE activity = ? GROUP BY ALL ORDER BY ALL"""

COMMONEST = """
WITH counted AS (SELECT {divider}::VARCHAR AS team, {column}::VARCHAR AS value, {sizes}
  FROM (SELECT *, {person} AS person FROM event_facts) WHERE activity = ? AND position_in_case IS NOT NULL GROUP BY ALL)
SELECT *, sum(rows) OVER (PARTITION BY team)::BIGINT AS total FROM counted
QUALIFY row_number() OVER (PARTITION BY team ORDER BY rows DESC, value) <= {most}
ORDER BY team, rows DESC, value"""


def overloaded_labels(
    connection: duckdb.DuckDBPyConnection, failing: str, have: frozenset[str], cells: Cells
) -> list[OverloadedLabel]:
    """The labels that ``failing`` (SQL that gives their names) names, with their use by team; small groups are still among them.

    Teams are shown, never persons: where neither teams nor sources divide the log, no use is given.
    """
    labels = records(connection.execute(LABELS.format(failing=failing)))
    divider = next((name for name in DIVIDING_COLUMNS if name in have), None)
    return [
        OverloadedLabel(
            activity=label["activity"],
            events=label["events"],
            declared=label["declared"],
            found=label["overload_way"] is not None,
            way=label["overload_way"],
            divergence_bits=_rounded(label["overload_excess_bits"]),
            yardstick_bits=_rounded(label["overload_yardstick_bits"]),
            p_value=_rounded(label["overload_p_value"]),
            use_bits=_rounded(label["overload_use_bits"]),
            use_p_value=_rounded(label["overload_use_p_value"]),
            use_share=_rounded(label["overload_use_share"]),
            teams=[] if divider is None else _uses(connection, label["activity"], divider, have, cells),
        )
        for label in labels
    ]


def withheld(label: OverloadedLabel, visible: AbstractSet[Cell]) -> OverloadedLabel:
    """A label without the uses that must not be shown; one that only a single team has is told by its total."""
    teams = [
        LabelUse(team=use.team, events=None, hidden=True) if _cell(label.activity, use.team) not in visible else _roughly(use)
        for use in label.teams
    ]
    return label.model_copy(update={"teams": [] if all(use.hidden for use in teams) else teams})


def _roughly(use: LabelUse) -> LabelUse:
    """A use in tens, and its shares as exactly as so many uses allow: other tables tell of the uses that have a lag, or an end."""
    steps = 100 if (use.events or 0) >= FINE_SHARES_FROM else 20
    around = {
        name: [one.model_copy(update={"share": _in_steps(one.share, steps)}) for one in getattr(use, name)]
        for name in ("before", "after", "status")
    }
    share = None if use.share is None else _in_steps(use.share, 100)
    return use.model_copy(update={"events": tens.roughly(use.events or 0), "share": share, **around})


def _in_steps(share: float, steps: int) -> float:
    """A share in so many steps; one that is neither none nor all is told as neither."""
    nearest = round(share * steps)
    return share if share in (0, 1) else min(max(nearest, 1), steps - 1) / steps


def _cell(activity: str, team: str | None) -> Cell:
    return Cell("uses of a label", activity, team)


def _add_cells(cells: Cells, label: str, uses: Sequence[Mapping[str, Any]]) -> None:
    """The uses of a label by team add up to what is known of it."""
    total, parts = Cell("uses of a label", label, part="total"), []
    for use in uses:
        parts.append(_cell(label, use["team"]))
        cells.add_group(parts[-1], size_of(use), use["rows_are"])
    cells.add_public(total, sum(use["rows"] for use in uses))
    cells.adds_up(total, parts)


def _uses(
    connection: duckdb.DuckDBPyConnection, activity: str, divider: str, have: frozenset[str], cells: Cells
) -> list[LabelUse]:
    name = identifier(divider)
    totals = dict(connection.execute(f"SELECT {name}::VARCHAR, count(*) FROM event_facts GROUP BY ALL").fetchall())
    meanings = _meanings(connection, activity) if divider == "team" else {}
    around = {
        "before": _commonest(connection, activity, name, "previous_activity", have),
        "after": _commonest(connection, activity, name, "next_activity", have),
        "status": _commonest(connection, activity, name, "status", have) if "status" in have else {},
    }
    asked = USES.format(divider=name, sizes=sizes(have), rows_are=ROWS_ARE, person=person(have))
    uses = records(connection.execute(asked, [activity]))
    _add_cells(cells, activity, uses)
    return [
        LabelUse(
            team=use["team"],
            meaning=meanings.get(use["team"]),
            events=use["rows"],
            share=round(use["rows"] / totals[use["team"]], 6),
            median_position=None if use["median_position"] is None else round(use["median_position"], 1),
            before=around["before"].get(use["team"], []),
            after=around["after"].get(use["team"], []),
            status=around["status"].get(use["team"], []),
        )
        for use in uses
    ]


def _meanings(connection: duckdb.DuckDBPyConnection, activity: str) -> dict[str | None, str | None]:
    query = "SELECT team::VARCHAR AS team, meaning FROM pairs JOIN agreements USING (pair_no) WHERE activity = ?"
    return {row["team"]: row["meaning"] for row in records(connection.execute(query, [activity]))}


def _commonest(
    connection: duckdb.DuckDBPyConnection, activity: str, divider: str, column: str, have: frozenset[str]
) -> dict[str | None, list[Neighbour]]:
    """The commonest values by team; none of a small group, nor so many that what is left of the whole were a small one."""
    how = {"divider": divider, "column": identifier(column), "sizes": sizes(have), "person": person(have)}
    by_team: dict[str | None, list[dict[str, Any]]] = {}
    for row in records(connection.execute(COMMONEST.format(most=NEIGHBOURS, **how), [activity])):
        if not size_of(row).is_small:
            by_team.setdefault(row["team"], []).append(row)
    for rows in by_team.values():
        while rows and is_small(rows[0]["total"] - sum(row["rows"] for row in rows)):
            rows.pop()
    return {
        team: [Neighbour(activity=row["value"], share=round(row["rows"] / row["total"], 6)) for row in rows]
        for team, rows in by_team.items()
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
