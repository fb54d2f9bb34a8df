"""Who uses an overloaded label for what: per team its share, its neighbours, its status and its place in the case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from logsyn.validator.database.answers import records
from logsyn.validator.database.sql import identifier
from logsyn.validator.derive.overload_measures import DIVIDING_COLUMNS
from logsyn.validator.findings.small_groups import SMALL, is_small
from logsyn.validator.record import LabelUse, Neighbour, OverloadedLabel

if TYPE_CHECKING:
    import duckdb

NEIGHBOURS = 4
"""So many of the commonest neighbours are shown."""

LABELS = """
SELECT activity, events, coalesce(declared_meanings, 0) > 1 AS declared,
  overload_way, overload_excess_bits, overload_yardstick_bits, overload_p_value, overload_use_bits, overload_use_p_value, overload_use_share
FROM labels WHERE activity IN (SELECT activity FROM ({failing})) ORDER BY events DESC, activity"""

USES = """
SELECT {divider}::VARCHAR AS team, count(*) AS events, median((position_in_case - 1) / nullif(steps - 1, 0)) AS median_position
FROM event_facts JOIN cases USING (case_no) WHERE activity = ? GROUP BY ALL ORDER BY ALL"""

COMMONEST = """
WITH counted AS (SELECT {divider}::VARCHAR AS team, {column}::VARCHAR AS value, count(*) AS events
  FROM event_facts WHERE activity = ? AND position_in_case IS NOT NULL GROUP BY ALL)
SELECT team, value, events, sum(events) OVER (PARTITION BY team) AS total FROM counted
QUALIFY row_number() OVER (PARTITION BY team ORDER BY events DESC, value) <= {most}
ORDER BY team, events DESC, value"""


def overloaded_labels(
    connection: duckdb.DuckDBPyConnection, failing: str, have: frozenset[str]
) -> list[OverloadedLabel]:
    """The labels that ``failing`` (SQL that gives their names) names, with their use by team.

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
            teams=[] if divider is None else _uses(connection, label["activity"], divider, have),
        )
        for label in labels
    ]


def _uses(connection: duckdb.DuckDBPyConnection, activity: str, divider: str, have: frozenset[str]) -> list[LabelUse]:
    name = identifier(divider)
    totals = dict(connection.execute(f"SELECT {name}::VARCHAR, count(*) FROM event_facts GROUP BY ALL").fetchall())
    meanings = _meanings(connection, activity) if divider == "team" else {}
    around = {
        "before": _commonest(connection, activity, name, "previous_activity"),
        "after": _commonest(connection, activity, name, "next_activity"),
        "status": _commonest(connection, activity, name, "status") if "status" in have else {},
    }
    uses = records(connection.execute(USES.format(divider=name), [activity]))
    return [
        LabelUse(team=use["team"], events=None, hidden=True)
        if is_small(use["events"])
        else LabelUse(
            team=use["team"],
            meaning=meanings.get(use["team"]),
            events=use["events"],
            share=round(use["events"] / totals[use["team"]], 6),
            median_position=_rounded(use["median_position"]),
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
    connection: duckdb.DuckDBPyConnection, activity: str, divider: str, column: str
) -> dict[str | None, list[Neighbour]]:
    query = COMMONEST.format(divider=divider, column=identifier(column), most=NEIGHBOURS)
    found: dict[str | None, list[Neighbour]] = {}
    for row in records(connection.execute(query, [activity])):
        if row["events"] >= SMALL:
            share = round(row["events"] / int(row["total"]), 6)
            found.setdefault(row["team"], []).append(Neighbour(activity=row["value"], share=share))
    return found


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
