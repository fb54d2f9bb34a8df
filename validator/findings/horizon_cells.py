"""The figures on planned ends as cells: whose events each activity, team and class has, and what adds up to what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from logsyn.validator.database.answers import records
from logsyn.validator.disclosure.cells import Cell
from logsyn.validator.disclosure.gathered import ADDED, GATHERED, Gathered, gathered_of, nothing_gathered
from logsyn.validator.record import HORIZON_BUCKETS

if TYPE_CHECKING:
    import duckdb

    from logsyn.validator.disclosure.cells import Cells

ACTIVITIES, PAIRS = "planned ends by activity", "planned ends by activity and team"
"""The tables that the cells stand in."""

# Whether an end lies beyond what is agreed, as the table counts it.
_CELLS = f"""
CREATE OR REPLACE TABLE horizon_cells AS
SELECT activity, team, ending, bucket::VARCHAR AS bucket,
  CASE WHEN allowed IS NULL THEN 'not agreed' WHEN coalesce(days > allowed, false) OR coalesce(bucket = {HORIZON_BUCKETS.index("sentinel")}, false) THEN 'beyond' ELSE 'within' END AS beyond,
  {GATHERED}
FROM (
  SELECT row_id, case_no, employee_no, activity::VARCHAR AS activity, team::VARCHAR AS team, agreed_period_days AS allowed, planned_period_days AS days, {{bucket}} AS bucket,
    CASE WHEN planned_end IS NULL THEN 'without_end' WHEN {{bucket}} IS NULL THEN 'without_start' ELSE 'with_end' END AS ending
  FROM event_facts LEFT JOIN employees USING (resource) WHERE activity::VARCHAR IN (SELECT activity FROM horizon_counts))
GROUP BY ALL"""

_PARTS = "SELECT activity, {team} AS team, {part} AS part, {other} AS other, {added} FROM horizon_cells WHERE {part} IS NOT NULL GROUP BY ALL ORDER BY ALL"

_CLASSES: Final = tuple(map(str, range(len(HORIZON_BUCKETS))))
_ENDS: Final = ("without_end", "without_start", "with_end")
_AGREED: Final = ("beyond", "within", "not agreed")

Group = tuple[str | None, str | None]


def add_horizon_cells(connection: duckdb.DuckDBPyConnection, bucket: str, have: frozenset[str], cells: Cells) -> None:
    """Add the groups of events with planned ends by activity, and by activity and team.

    Parts are ``events``, ``without_end``, ``beyond``, what is left of these, and by activity the classes of planned ends by their place.

    Args:
        connection: holds ``event_facts``, ``employees`` and ``horizon_counts``.
        bucket: SQL of the place of the class of an end.
        have: the columns of events that mean something.
        cells: takes the groups.
    """
    connection.execute(_CELLS.format(bucket=bucket))
    adding = _Periods(connection, cells, has_people="resource" in have)
    activities = adding.level(ACTIVITIES, "NULL::VARCHAR", classes=True)
    of_activity: dict[str | None, list[Cell]] = {}
    for pair in adding.level(PAIRS, "team", classes=False):
        of_activity.setdefault(pair.activity, []).append(pair)
    for whole in activities:
        for part in ("events", *_ENDS, *_AGREED):
            those = [pair._replace(part=part) for pair in of_activity[whole.activity]]
            cells.adds_up(whole._replace(part=part), those)
    connection.execute("DROP TABLE horizon_cells")


class _Periods:
    """Puts the groups of one level after the other among the cells."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, cells: Cells, *, has_people: bool) -> None:
        self.connection = connection
        self.cells = cells
        self.has_people = has_people

    def level(self, of: str, team: str, *, classes: bool) -> list[Cell]:
        """Add the groups of a level with their parts; gives the cell of each. ``team``: SQL of the team of a group."""
        found = self._parts(team, "'events'")
        ends, agreed = self._parts(team, "ending"), self._parts(team, "beyond")
        in_classes = self._parts(team, "bucket") if classes else {}
        groups = []
        for (activity, of_team), events in found.items():
            cell, group = Cell(of, activity, of_team), (activity, of_team)
            groups.append(cell)
            self._put(cell, events, ("events",))
            self._divide(cell, "events", ends[group], _ENDS)
            self._divide(cell, "events", agreed[group], _AGREED)
            if classes:
                self._divide(cell, "with_end", in_classes.get(group, {}), _CLASSES)
        if classes:
            for group, both in self._parts(team, "beyond", "bucket").items():
                self.cells.crosses(Cell(of, *group), both)
        return groups

    def _divide(self, cell: Cell, whole: str, parts: dict[tuple[str, str], Gathered], names: tuple[str, ...]) -> None:
        self._put(cell, parts, names)
        self.cells.adds_up(cell._replace(part=whole), [cell._replace(part=name) for name in names])

    def _put(self, cell: Cell, parts: dict[tuple[str, str], Gathered], names: tuple[str, ...]) -> None:
        nothing = nothing_gathered(has_people=self.has_people)
        for name in names:
            shown = name in {"events", "without_end", "beyond", *_CLASSES}
            is_there = name == "events" and cell.of == ACTIVITIES
            self.cells.add_gathered(cell._replace(part=name), parts.get((name, ""), nothing), shown=shown, is_there=is_there)

    def _parts(self, team: str, part: str, other: str = "''") -> dict[Group, dict[tuple[str, str], Gathered]]:
        """What was counted of the parts of each group; with ``other``, of what two parts have in common."""
        query = _PARTS.format(team=team, part=part, other=other, added=ADDED)
        found: dict[Group, dict[tuple[str, str], Gathered]] = {}
        for row in records(self.connection.execute(query)):
            counted = gathered_of(row, has_people=self.has_people)
            found.setdefault((row["activity"], row["team"]), {})[row["part"], row["other"]] = counted
        return found
