"""Overloaded labels: what becomes of the node when it is split by meaning, and the loops and rework that vanish."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from logsyn.validator.consequence.comparison import BEFORE
from logsyn.validator.database.answers import record, records
from logsyn.validator.findings.small_groups import is_small
from logsyn.validator.record import LabelPart, SplitLabel

if TYPE_CHECKING:
    import duckdb

    from logsyn.validator.record import Comparison
    from logsyn.validator.tables.overlay import Overlay

MOST_PARTS = 12

_PARTS = f"""
SELECT label, count(*) AS events FROM process_after JOIN process_labels USING (code)
WHERE label IN (SELECT value FROM {{activity}}) OR label IN (SELECT DISTINCT activity::VARCHAR FROM {BEFORE} JOIN {{activity}} USING (row_id))
GROUP BY ALL ORDER BY events DESC, label"""

# An event is rework when its case had the activity before.
_REWORK = f"""
SELECT (SELECT count(position_in_case) FROM {BEFORE})
  - (SELECT count(*) FROM (SELECT DISTINCT case_no, activity FROM {BEFORE} WHERE position_in_case IS NOT NULL)) AS before,
  (SELECT count(*) FROM process_after) - (SELECT count(*) FROM (SELECT DISTINCT case_no, code FROM process_after)) AS after"""


def meaning_is_declared(connection: duckdb.DuckDBPyConnection, rule: int) -> bool:
    """Whether the practice gives every label that fails a rule several meanings."""
    query = (
        "SELECT bool_and(coalesce(declared_meanings, 0) > 1) FROM labels WHERE activity IN "
        f"(SELECT DISTINCT activity::VARCHAR FROM event_facts JOIN violations USING (row_id) WHERE rule_no = {int(rule)})"
    )
    return bool(connection.execute(query).fetchall()[0][0])


def teams_explain(connection: duckdb.DuckDBPyConnection, rule: int) -> bool:
    """Whether it is the teams that use every label that fails a rule for different things; by its surroundings alone a label is not split."""
    query = (
        "SELECT bool_and(coalesce(overload_way, 'groups') = 'groups') FROM labels WHERE activity IN "
        f"(SELECT DISTINCT activity::VARCHAR FROM event_facts JOIN violations USING (row_id) WHERE rule_no = {int(rule)})"
    )
    return bool(connection.execute(query).fetchall()[0][0])


def split_label(overlay: Overlay, by: str, comparison: Comparison) -> SplitLabel | None:
    """The parts of the labels that the overlay has split, after ``compare``; None when nothing was split."""
    activity = overlay.changed.get("activity")
    if activity is None or not comparison.cases_changed:
        return None
    connection = overlay.connection
    counted = records(connection.execute(_PARTS.format(activity=activity)))[:MOST_PARTS]
    rework = record(connection.execute(_REWORK))
    return SplitLabel(
        by=by,
        parts=_protected(counted),
        self_loops_before=comparison.before.self_loops,
        self_loops_after=comparison.after.self_loops,
        rework_before=rework["before"],
        rework_after=rework["after"],
    )


def _protected(counted: list[dict[str, Any]]) -> list[LabelPart]:
    """Parts under five are hidden; one alone takes the next smallest with it, since the total of the label is known."""
    hidden = {part["label"] for part in counted if is_small(part["events"])}
    if len(hidden) == 1 and (rest := [part["label"] for part in reversed(counted) if part["label"] not in hidden]):
        hidden.add(rest[0])
    return [
        LabelPart(label=part["label"], events=None, hidden=True) if part["label"] in hidden else LabelPart(**part)
        for part in counted
    ]
