"""Each kind of step of a scope as SQL: the rows (``row_id``) that it leaves out, of those that are left.

The order within a case is that of the audit: by time, and in the order of the extract where times are equal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from logsyn.expectations.scope import KeepCases, KeepRows, LeaveOutCases, LeaveOutRows, Occurrence
from logsyn.expectations.source import TIME_COLUMNS
from logsyn.validator.database.conditions import condition
from logsyn.validator.database.sql import literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from logsyn.expectations.scope import Days, Step
    from logsyn.validator.tables.overlay import Overlay

PLACED = "case_id IS NOT NULL AND timestamp IS NOT NULL"
"""Rows that have a place in a case."""


def left_out(overlay: Overlay, step: Step) -> str:
    """SQL of the rows that a step leaves out."""
    match step:
        case KeepCases():
            return f"SELECT row_id FROM ({overlay.current(['case_id'])}) ANTI JOIN ({_cases(overlay, step)}) USING (case_id)"
        case LeaveOutCases():
            return f"SELECT row_id FROM ({overlay.current(['case_id'])}) SEMI JOIN ({_cases(overlay, step)}) USING (case_id)"
        case KeepRows(where=where) if where is not None:
            return f"SELECT row_id FROM ({_with(overlay, where)}) WHERE NOT ({condition(where)})"
        case KeepRows():
            return _outside(overlay, step)
        case LeaveOutRows():
            return f"SELECT row_id FROM ({_with(overlay, step.where)}) WHERE {condition(step.where)}"


def needs(step: Step) -> list[str]:
    """The columns of the extract that a step looks at."""
    of_cases = ["case_id"] if isinstance(step, KeepCases | LeaveOutCases) else []
    if step.where is not None:
        return [*of_cases, *step.where]
    if isinstance(step, KeepCases | LeaveOutCases) and step.start_between is not None:
        return ["case_id", "timestamp"]
    if isinstance(step, KeepCases | LeaveOutCases) and step.contain is not None:
        return ["case_id", "activity"]
    return ["case_id", "activity", "timestamp"]


def _with(overlay: Overlay, where: Mapping[str, Any], *columns: str) -> str:
    unread = [f"{column}_unread" for column in where if column in TIME_COLUMNS]  # unread is not missing
    return overlay.current([*columns, *where, *unread])


def _cases(overlay: Overlay, step: KeepCases | LeaveOutCases) -> str:
    """SQL of the cases (``case_id``) that a step speaks of."""
    if step.where is not None:
        return f"SELECT DISTINCT case_id FROM ({_with(overlay, step.where, 'case_id')}) WHERE case_id IS NOT NULL AND {condition(step.where)}"
    if step.contain is not None:
        now = overlay.current(["case_id", "activity"])
        return f"SELECT DISTINCT case_id FROM ({now}) WHERE case_id IS NOT NULL AND {_is(step.contain)}"
    if step.start_between is not None:
        now = overlay.current(["case_id", "timestamp"])
        return f"SELECT case_id FROM ({now}) WHERE {PLACED} GROUP BY case_id HAVING {_between(step.start_between)}"
    of, activity = ("arg_min", step.start_with) if step.start_with is not None else ("arg_max", step.end_with)
    now = overlay.current(["case_id", "activity", "timestamp"])
    outermost = (
        f"SELECT case_id, {of}(activity, (timestamp, row_id)) AS activity FROM ({now}) "
        f"WHERE {PLACED} AND activity IS NOT NULL GROUP BY case_id"
    )
    return f"SELECT case_id FROM ({outermost}) WHERE {_is(activity)}"


def _is(activity: Any) -> str:
    return condition({"activity": activity})


def _between(days: Days) -> str:
    bounds = []
    if days.first is not None:
        bounds.append(f"min(timestamp) >= TIMESTAMP {literal(days.first.isoformat())}")
    if days.last is not None:
        bounds.append(f"min(timestamp) < TIMESTAMP {literal(days.last.isoformat())} + INTERVAL 1 DAY")
    return " AND ".join(bounds)


def _outside(overlay: Overlay, step: KeepRows) -> str:
    """SQL of the rows outside of the stretch; those without a place, and of cases without what bounds it, are outside."""
    parts = [
        f"now AS MATERIALIZED ({overlay.current(['case_id', 'activity', 'timestamp'])})",
        f"placed AS MATERIALIZED (SELECT *, (timestamp, row_id) AS place FROM now WHERE {PLACED})",
    ]
    stretch = "placed"
    for name, bound, sign in (("begins", step.from_, ">="), ("ends", step.to, "<=")):
        if isinstance(bound, Occurrence):
            # The end is looked for in what the beginning has left: “to the first” is the first from there on.
            of = "min" if bound.first is not None else "max"
            parts.append(f"{name} AS (SELECT case_id, {of}(place) AS bound FROM {stretch} WHERE {_is(bound.activity)} GROUP BY case_id)")  # fmt: skip
            parts.append(f"from_{name} AS (SELECT {stretch}.* FROM {stretch} JOIN {name} USING (case_id) WHERE place {sign} bound)")  # fmt: skip
            stretch = f"from_{name}"
    return f"WITH {', '.join(parts)} SELECT row_id FROM now ANTI JOIN {stretch} USING (row_id)"
