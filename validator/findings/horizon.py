"""How far ahead planned ends lie: by activity, and by activity and team."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from logsyn.validator.database.answers import records
from logsyn.validator.database.sql import literal
from logsyn.validator.disclosure.cells import Cell, classes_unless_hidden, hidden_last, not_hidden, unless_hidden
from logsyn.validator.disclosure.middle import middle_of_counted
from logsyn.validator.findings.breakdown_cells import MOST_HIDDEN
from logsyn.validator.findings.horizon_cells import PAIRS, add_horizon_cells
from logsyn.validator.findings.lag_figures import MEDIAN_FROM
from logsyn.validator.record import HORIZON_BUCKETS, HORIZON_CLASSES, Horizon

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    import duckdb

    from logsyn.validator.disclosure.cells import Cells

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
    add_horizon_cells(connection, bucket, have, cells)
    return {
        "activity": _groups(connection, ("activity",)),
        "activity_and_team": _groups(connection, ("activity", "team")),
    }


def withheld(groups: Sequence[Horizon], level: str, visible: AbstractSet[Cell]) -> list[Horizon]:
    """Groups without the figures that must not be shown, which of pairs are left out; the classes of a group of which most would be hidden are left out."""
    shown = (_withheld(group, Cell(level, group.activity, group.team, part="events"), visible) for group in groups)
    return not_hidden(shown) if level == PAIRS else hidden_last(shown, "activity", "team")


def _withheld(group: Horizon, cell: Cell, visible: AbstractSet[Cell]) -> Horizon:
    if cell not in visible:
        return Horizon(activity=group.activity, team=group.team, events=None, hidden=True)
    without_end, beyond = (
        unless_hidden(count, cell._replace(part=part), visible)
        for part, count in (("without_end", group.without_end), ("beyond", group.beyond))
    )
    classes = None if cell.of == PAIRS else classes_unless_hidden(group.buckets or [], cell, visible, MOST_HIDDEN)
    if without_end is None and (group.events or 0) < MEDIAN_FROM:  # that there is a median says that five have an end
        group = group.model_copy(update={"median_days": None})
    return group.model_copy(update={"without_end": without_end, "beyond": beyond, "buckets": classes})


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
