"""Overloaded labels: what becomes of the node when it is split by meaning, and the loops and rework that vanish."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from logsyn.validator.consequence.comparison import BEFORE
from logsyn.validator.database.answers import record, records
from logsyn.validator.derive.overload_measures import have_second_uses
from logsyn.validator.disclosure.cells import Cell, hidden_last
from logsyn.validator.disclosure.people import ROWS_ARE, person, size_of, sizes
from logsyn.validator.record import LabelPart, SplitLabel

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    import duckdb

    from logsyn.validator.disclosure.cells import Cells
    from logsyn.validator.record import Comparison
    from logsyn.validator.tables.overlay import Overlay

MOST_PARTS = 12

_PARTS = f"""
SELECT label, {{sizes}}, {{rows_are}} AS rows_are FROM (
  SELECT process_after.row_id, process_after.case_no, code, {{person}} AS person FROM process_after JOIN event_facts USING (row_id))
JOIN process_labels USING (code)
WHERE label IN (SELECT value FROM {{activity}}) OR label IN (SELECT DISTINCT activity::VARCHAR FROM {BEFORE} JOIN {{activity}} USING (row_id))
GROUP BY ALL ORDER BY rows DESC, label"""

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


def teams_leave_one_use(connection: duckdb.DuckDBPyConnection, rule: int) -> bool:
    """Whether every label that fails a rule has one use within each team: else a split by team would leave a label that has two."""
    query = f"SELECT DISTINCT activity::VARCHAR FROM event_facts JOIN violations USING (row_id) WHERE rule_no = {int(rule)} AND activity IS NOT NULL ORDER BY ALL"
    labels = [label for (label,) in connection.execute(query).fetchall()]
    return not have_second_uses(connection, labels, "team")


def split_label(
    overlay: Overlay, by: str, comparison: Comparison, have: frozenset[str], cells: Cells
) -> SplitLabel | None:
    """The parts of the labels that the overlay has split, after ``compare``, small ones among them; None when nothing was split."""
    activity = overlay.changed.get("activity")
    if activity is None or not comparison.cases_changed:
        return None
    connection = overlay.connection
    asked = _PARTS.format(activity=activity, sizes=sizes(have), rows_are=ROWS_ARE, person=person(have))
    counted = records(connection.execute(asked))
    _add_cells(cells, counted)
    rework = record(connection.execute(_REWORK))
    return SplitLabel(
        by=by,
        parts=[LabelPart(label=part["label"], events=part["rows"]) for part in counted[:MOST_PARTS]],
        self_loops_before=comparison.before.self_loops,
        self_loops_after=comparison.after.self_loops,
        rework_before=rework["before"],
        rework_after=rework["after"],
    )


def withheld(split: SplitLabel, visible: AbstractSet[Cell]) -> SplitLabel:
    """The parts without those that must not be shown."""
    parts = [
        LabelPart(label=part.label, events=None, hidden=True) if _cell(part.label) not in visible else part
        for part in split.parts
    ]
    return split.model_copy(update={"parts": hidden_last(parts, "label")})


def _cell(label: str) -> Cell:
    return Cell("parts of a label", label)


def _add_cells(cells: Cells, parts: Sequence[dict[str, Any]]) -> None:
    total = Cell("parts of a label", part="all")
    for part in parts:
        cells.add_group(_cell(part["label"]), size_of(part), part["rows_are"])
    cells.add_public(total, sum(part["rows"] for part in parts))
    cells.adds_up(total, [_cell(part["label"]) for part in parts])
