"""How far ahead planned ends lie: by activity, and by activity and team."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from logsyn.validator.database.answers import records
from logsyn.validator.database.sql import literal
from logsyn.validator.disclosure.cells import Cell, classes_unless_hidden, hidden_last, unless_hidden
from logsyn.validator.disclosure.gathered import ADDED, GATHERED, gathered_of
from logsyn.validator.disclosure.middle import middle_of_counted
from logsyn.validator.findings.breakdown_cells import MOST_HIDDEN
from logsyn.validator.record import HORIZON_BUCKETS, HORIZON_CLASSES, Horizon

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

    import duckdb

    from logsyn.validator.disclosure.cells import Cells

ACTIVITIES, PAIRS = "planned ends by activity", "planned ends by activity and team"
"""The tables that the cells stand in."""

# An activity is a period here when the practice says so or when any of its events has a planned end.
_BUCKET = """
CASE WHEN list_contains({sentinels}::DATE[], planned_end::DATE) THEN {sentinel} WHEN planned_period_days IS NOT NULL THEN CASE {classes} ELSE {longest} END END"""

HORIZON_COUNTS = """
CREATE OR REPLACE TABLE horizon_counts AS
WITH counted AS (
  SELECT pair_no, planned_period_days AS days, planned_end IS NULL AS without_end, {bucket} AS bucket, count(*) AS events
  FROM event_facts GROUP BY ALL)
SELECT activity::VARCHAR AS activity, team::VARCHAR AS team, agreed_period_days AS allowed, days, without_end, counted.events, bucket
FROM counted JOIN pairs USING (pair_no) LEFT JOIN agreements USING (pair_no)
WHERE activity IN (SELECT activity FROM counted JOIN pairs USING (pair_no) LEFT JOIN agreements USING (pair_no) WHERE is_period OR NOT without_end)"""

GROUPED = """
SELECT {keys}, sum(events)::BIGINT AS events, coalesce(sum(events) FILTER (WHERE without_end), 0)::BIGINT AS without_end,
  CASE WHEN min(allowed) = max(allowed) THEN min(allowed) END AS allowed_days,
  CASE WHEN count(allowed) > 0 THEN coalesce(sum(events) FILTER (WHERE allowed IS NOT NULL AND (days > allowed OR bucket = 6)), 0)::BIGINT END AS beyond,
  {buckets}
FROM horizon_counts GROUP BY ALL ORDER BY events DESC, {keys}"""

_ENDS = "SELECT {keys}, days, sum(events)::BIGINT AS events FROM horizon_counts WHERE days IS NOT NULL GROUP BY ALL"

# Whether an end lies beyond what is agreed, as ``GROUPED`` counts it; NULL where nothing is agreed.
_BEYOND = "CASE WHEN agreed_period_days IS NOT NULL THEN coalesce(planned_period_days > agreed_period_days, false) OR coalesce(bucket = 6, false) END"

_COUNTED = f"""
CREATE OR REPLACE TABLE horizon_parts AS
SELECT pair_no, without_end, bucket, {_BEYOND} AS beyond, {GATHERED} FROM (
  SELECT row_id, case_no, resource, pair_no, planned_end IS NULL AS without_end, agreed_period_days, planned_period_days, {{bucket}} AS bucket
  FROM event_facts) LEFT JOIN employees USING (resource)
GROUP BY ALL"""

_OF_GROUPS = f"""
SELECT {{keys}}, {{part}} AS part, {ADDED} FROM (
  SELECT horizon_parts.*, activity::VARCHAR AS activity, team::VARCHAR AS team FROM horizon_parts JOIN pairs USING (pair_no))
WHERE activity IN (SELECT activity FROM horizon_counts) GROUP BY ALL ORDER BY ALL"""

_PARTS = {
    "events": "'events'",
    "end": "CASE WHEN without_end THEN 'without_end' WHEN bucket IS NULL THEN 'without_start' ELSE 'with_end' END",
    "bucket": "bucket::VARCHAR",
    "beyond": "CASE beyond WHEN true THEN 'beyond' WHEN false THEN 'not_beyond' END",
}
"""What the events of a group are divided by: SQL of the part that an event is in."""


def horizons(
    connection: duckdb.DuckDBPyConnection, sentinels: Sequence[str], have: frozenset[str], cells: Cells
) -> dict[str, list[Horizon]]:
    """Horizons by ``activity`` and ``activity_and_team``, the largest first; ``sentinels`` are dates that mean no end.

    The median is that of all ends, as they are registered. Small groups are still among them, and
    are put among the ``cells``.
    """
    # The start need not be at hand: it lies so many days before the end.
    ends = "planned_end::DATE <= planned_end::DATE - planned_period_days + INTERVAL"
    bucket = _BUCKET.format(
        sentinels=literal(list(sentinels)),
        classes=" ".join(f"WHEN {ends} {literal(last)} THEN {at}" for at, last in enumerate(HORIZON_CLASSES.values())),
        longest=HORIZON_BUCKETS.index("over_5_years"),
        sentinel=HORIZON_BUCKETS.index("sentinel"),
    )
    connection.execute(HORIZON_COUNTS.format(bucket=bucket))
    _add_cells(connection, bucket, have, cells)
    return {
        "activity": _groups(connection, ("activity",)),
        "activity_and_team": _groups(connection, ("activity", "team")),
    }


def withheld(groups: Sequence[Horizon], level: str, visible: AbstractSet[Cell]) -> list[Horizon]:
    """Groups without the figures that must not be shown; the classes of a group of which most would be hidden are left out."""
    shown = (_withheld(group, Cell(level, group.activity, group.team, part="events"), visible) for group in groups)
    return hidden_last(shown, "activity", "team")


def _withheld(group: Horizon, cell: Cell, visible: AbstractSet[Cell]) -> Horizon:
    if cell not in visible:
        return Horizon(activity=group.activity, team=group.team, events=None, hidden=True)
    without_end, beyond = (
        unless_hidden(count, cell._replace(part=part), visible)
        for part, count in (("without_end", group.without_end), ("beyond", group.beyond))
    )
    classes = None if cell.of == PAIRS else classes_unless_hidden(group.buckets or [], cell, visible, MOST_HIDDEN)
    return group.model_copy(update={"without_end": without_end, "beyond": beyond, "buckets": classes})


def _add_cells(connection: duckdb.DuckDBPyConnection, bucket: str, have: frozenset[str], cells: Cells) -> None:
    """Put the groups among the cells, with what each is divided into."""
    connection.execute(_COUNTED.format(bucket=bucket))
    pairs: dict[str | None, list[Cell]] = {}
    for level, keys in ((ACTIVITIES, "activity"), (PAIRS, "activity, team")):
        for of, part in _PARTS.items():
            rows = records(connection.execute(_OF_GROUPS.format(keys=keys, part=part)))
            found = _add_parts(cells, level, of, [row for row in rows if row["part"] is not None], has_people="resource" in have)
            if level == PAIRS and of == "events":
                for pair in found:
                    pairs.setdefault(pair.activity, []).append(pair)
    connection.execute("DROP TABLE horizon_parts")
    for part in ("events", "without_end", "with_end", "beyond", *map(str, range(len(HORIZON_BUCKETS)))):
        for activity, of_activity in pairs.items():
            whole = Cell(ACTIVITIES, activity, part=part)
            if whole in cells:
                cells.adds_up(whole, [one for pair in of_activity if (one := pair._replace(part=part)) in cells])


def _add_parts(cells: Cells, level: str, of: str, rows: Sequence[Mapping[str, Any]], *, has_people: bool) -> list[Cell]:
    """Put one kind of parts of the groups of a level among the cells: they add up to the events, or to the ends, of their group."""
    divided: dict[Cell, list[Cell]] = {}
    for row in rows:
        cell = Cell(level, row["activity"], row.get("team"), part=row["part"])
        shown = row["part"] in ("events", "without_end", "beyond") or (of == "bucket" and level == ACTIVITIES)
        counted = gathered_of(row, has_people=has_people)
        cells.add_group(cell, counted.size, counted.rows_are, shown=shown)
        divided.setdefault(cell._replace(part="with_end" if of == "bucket" else "events"), []).append(cell)
    if of != "events":
        for whole, parts in divided.items():
            cells.adds_up(whole, parts)
    return list(divided)


def _groups(connection: duckdb.DuckDBPyConnection, by: tuple[str, ...]) -> list[Horizon]:
    keys = ", ".join(by)
    buckets = ", ".join(
        f"coalesce(sum(events) FILTER (WHERE bucket = {at}), 0)::BIGINT AS bucket_{at}"
        for at in range(len(HORIZON_BUCKETS))
    )
    medians = {
        tuple(row[name] for name in by): row["middle"]
        for row in records(connection.execute(middle_of_counted(keys, "days", _ENDS.format(keys=keys))))
    }
    rows = records(connection.execute(GROUPED.format(keys=keys, buckets=buckets)))
    return [_group(row, medians.get(tuple(row[name] for name in by))) for row in rows]


def _group(row: dict[str, Any], median_days: float | None) -> Horizon:
    activity, team = row.get("activity"), row.get("team")
    return Horizon(
        activity=activity,
        team=team,
        events=row["events"],
        without_end=row["without_end"],
        median_days=median_days,
        allowed_days=row["allowed_days"],
        beyond=row["beyond"],
        buckets=[row[f"bucket_{at}"] for at in range(len(HORIZON_BUCKETS))],
    )
