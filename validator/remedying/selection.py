"""Which rows a step takes: those that meet its condition and fail its rule; and whether what it names is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from logsyn.expectations.source import TIME_COLUMNS
from logsyn.validator.database.conditions import condition
from logsyn.validator.errors import AuditError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from logsyn.expectations.remedies import Step
    from logsyn.validator.tables.material import Material
    from logsyn.validator.tables.overlay import Overlay


def takes_all(step: Step) -> bool:
    """Whether a step takes all rows that are left."""
    return not step.where and step.rule is None


def chosen_rows(overlay: Overlay, step: Step, columns: Iterable[str]) -> str:
    """SQL of the rows that a step takes: ``row_id`` and these columns as they are now."""
    now = overlay.current(columns)
    return now if takes_all(step) else f"SELECT * FROM ({now}) SEMI JOIN ({select(overlay, step)}) USING (row_id)"


def select(overlay: Overlay, step: Step) -> str:
    """SQL of the rows (``row_id``) that a step takes, of those that are left; chosen ones are kept in ``remedy_selected``."""
    if takes_all(step):
        return f"SELECT row_id FROM ({overlay.current([])})"
    queries = []
    if step.where:
        unread = [f"{column}_unread" for column in step.where if column in TIME_COLUMNS]  # unread is not missing
        queries.append(f"SELECT row_id FROM ({overlay.current([*step.where, *unread])}) WHERE {condition(step.where)}")
    if step.rule is not None:
        failing = failing_rows(overlay.material.rules[step.rule], overlay.set_aside)
        queries.append(f"{failing} EXCEPT SELECT row_id FROM remedy_dropped")
    overlay.connection.execute(f"CREATE OR REPLACE TABLE remedy_selected AS {' INTERSECT '.join(f'({query})' for query in queries)}")  # fmt: skip
    return "SELECT row_id FROM remedy_selected"


def failing_rows(number: int, set_aside: str | None = None) -> str:
    """SQL of the rows (``row_id``) that fail a rule by its number, without those that are set aside (SQL on ``event_facts``)."""
    if set_aside is None:
        return f"SELECT row_id FROM violations WHERE rule_no = {int(number)}"
    return f"SELECT row_id FROM violations JOIN event_facts USING (row_id) WHERE rule_no = {int(number)} AND NOT ({set_aside})"


def refuse_unknown(material: Material, steps: Iterable[tuple[str, Step]]) -> None:
    """Make sure that the columns and rules that steps name are there, before anything is done.

    Raises:
        AuditError: which step names what is not there.
    """
    removed: set[str] = set()
    for name, step in steps:
        if step.rule is not None and step.rule not in material.rules:
            known = ", ".join(sorted(material.rules)) or "none"
            hint = f"Give the suite and the practice that they were drafted with (--suite, --practice). Rules that were run: {known}."
            raise AuditError(f"remedy {name}: the audit has run no rule {step.rule!r}", hint)
        _refuse_columns(name, [*step.where], material.have - removed)
        _refuse_columns(name, _named(step), material.mapped - removed)
        if step.do == "relabel" and step.by == "meaning" and "in_practice" not in material.have:
            raise AuditError(f"remedy {name}: no practice says what the activities mean", "Give one with --practice.")
        if step.do == "relabel" and step.by in material.persons:
            raise AuditError(
                f"remedy {name}: {step.by!r} holds employees, and labels are shown", "Divide the label by the team."
            )
        if step.do == "remove-column":
            removed |= set(step.columns)


def _named(step: Step) -> list[str]:
    """The columns of ``rows`` that a step reads or writes because they are named."""
    if step.do == "keep-first":
        return [] if step.same == "all" else list(step.same)
    if step.do == "use-time":
        return [step.column, step.from_]
    if step.do == "relabel":
        return ["activity", *([step.by] if step.by and step.by != "meaning" else [])]
    return list(getattr(step, "columns", None) or [])


def _refuse_columns(name: str, columns: list[str], have: frozenset[str]) -> None:
    for column in columns:
        if column not in have:
            raise AuditError(
                f"remedy {name}: the extract has no column {column!r}", f"It has: {', '.join(sorted(have))}."
            )
