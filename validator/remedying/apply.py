"""Applies remedies in their order, counts what each does, and puts the remedied rows in the place of ``rows``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from logsyn.validator.database.answers import records
from logsyn.validator.database.hashes import create_hashes, forget_hashes
from logsyn.validator.database.ordered import copy_in_order, pieces
from logsyn.validator.database.sql import literal
from logsyn.validator.disclosure.differences import Few
from logsyn.validator.disclosure.people import person, size_of, sizes
from logsyn.validator.errors import EngineError
from logsyn.validator.personal.masking import shown
from logsyn.validator.record import RemedyEffect
from logsyn.validator.remedying.made_names import Made, made_names
from logsyn.validator.remedying.selection import refuse_unknown
from logsyn.validator.remedying.steps import do_step
from logsyn.validator.tables.origins import ORIGINS, way_back
from logsyn.validator.tables.overlay import Overlay
from logsyn.validator.tables.rebuild import rebuild_rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import duckdb

    from logsyn.expectations.remedies import Remedies
    from logsyn.validator.tables.material import Material

EFFECTS = """
SELECT step, count(DISTINCT changes.row_id) FILTER (WHERE name IS NOT NULL) AS rows_changed,
  count(DISTINCT changes.row_id) FILTER (WHERE name IS NULL) AS rows_dropped, count(DISTINCT case_no) AS cases_touched
FROM remedy_changes AS changes JOIN event_facts USING (row_id) GROUP BY step"""

_OF_WHOM = """
SELECT step, {dropped}, {changed} FROM (
  SELECT DISTINCT step, changes.row_id, name IS NULL AS is_dropped, case_no, {person} AS person
  FROM remedy_changes AS changes JOIN event_facts USING (row_id)) GROUP BY GROUPING SETS (step, ())"""

CHANGES = """
SELECT {row} AS "row", rows.file::VARCHAR AS file, row_lines.line AS line, remedy, name AS "column", hash_before, hash_after
  FROM (FROM remedy_changes WHERE {piece}) AS changes JOIN remedy_names USING (step) JOIN rows ON rows.row_id = changes.row_id JOIN row_lines ON row_lines.row_id = changes.row_id {origins}
  ORDER BY step, changes.row_id, name NULLS FIRST"""


@dataclass(frozen=True)
class Applied:
    """What remedies did. ``rows_in = rows_out + `` the rows that each effect dropped.

    ``removed``: columns that are no longer there. ``changed``: those that have other values. ``made``: the names that
    they made. ``few``: which steps left out, or changed, a small group.
    """

    effects: tuple[RemedyEffect, ...]
    rows_in: int
    rows_out: int
    removed: frozenset[str]
    changed: frozenset[str]
    made: Made
    few: Few


def apply_remedies(
    connection: duckdb.DuckDBPyConnection,
    remedies: Remedies,
    material: Material,
    *,
    changes: Path | None = None,
    dry_run: bool = False,
    tell: Callable[[str], None] = lambda _step: None,
) -> Applied:
    """Apply remedies to the ``rows`` of an audited log.

    Afterwards ``rows`` is the remedied log in its old order and ``row_origins(row_id, original_row_id)`` leads back; all tables that were
    derived from the old rows are stale and have to be derived anew.

    Args:
        connection: holds ``rows`` and the tables of the audit.
        remedies: what to do, in order.
        material: what the log has; its key hashes the values.
        changes: where ``changes.parquet`` is written: row, file, line, remedy, column, hash before and after.
        dry_run: only count; nothing is written and ``rows`` stays as it is.
        tell: is told each step.

    Raises:
        AuditError: a step names what is not there, or cannot be done.
        EngineError: the rows do not add up.
    """
    names = remedies.names()
    refuse_unknown(material, zip(names, remedies.steps, strict=True))
    overlay = Overlay(connection, material)
    try:
        if material.key is not None:
            create_hashes(connection, material.key)
        for overlay.step, step in enumerate(remedies.steps):
            tell(f"remedy {names[overlay.step]}")
            do_step(overlay, step)
        applied = _account(overlay, remedies, names)
        if not dry_run:
            if changes is not None:
                _write_changes(connection, names, changes)
            rebuild_rows(overlay)
            balance(connection, applied.rows_out)
    finally:
        overlay.close()
        forget_hashes(connection)
    return applied


def _account(overlay: Overlay, remedies: Remedies, names: list[str]) -> Applied:
    found = {row.pop("step"): row for row in records(overlay.connection.execute(EFFECTS))}
    effects = []
    for number, (name, step) in enumerate(zip(names, remedies.steps, strict=True)):
        counts = found.get(number, {"rows_changed": 0, "rows_dropped": 0, "cases_touched": 0})
        effects.append(RemedyEffect(remedy=name, do=step.do, why=step.why, **counts))
    rows_in = _count(overlay.connection, "rows")
    rows_out = _count(overlay.connection, f"({overlay.current([])})")
    if rows_in != rows_out + sum(effect.rows_dropped or 0 for effect in effects):
        raise EngineError(f"{rows_in} rows went in, and {rows_out} with those that were dropped are not as many", "Please report this.")  # fmt: skip
    made = made_names(overlay, remedies)
    few = _few(overlay, len(effects))
    return Applied(tuple(effects), rows_in, rows_out, frozenset(overlay.removed), frozenset(overlay.changed), made, few)


def _few(overlay: Overlay, steps: int) -> Few:
    """Which steps left out, or changed, a small group, and whether all that was left out is one."""
    have = overlay.material.have
    asked = _OF_WHOM.format(
        dropped=sizes(have, "dropped_", "is_dropped"), changed=sizes(have, "changed_", "NOT is_dropped"), person=person(have)
    )
    found = {row["step"]: row for row in records(overlay.connection.execute(asked))}

    def is_few(step: int | None, of: str) -> bool:
        return step in found and size_of(found[step], of).is_small

    return Few(
        tuple(is_few(step, "dropped_") for step in range(steps)),
        tuple(is_few(step, "changed_") for step in range(steps)),
        is_few(None, "dropped_"),
    )


def _write_changes(connection: duckdb.DuckDBPyConnection, names: list[str], path: Path) -> None:
    connection.execute("CREATE OR REPLACE TABLE remedy_names (step USMALLINT, remedy VARCHAR)")
    connection.executemany(
        "INSERT INTO remedy_names VALUES (?, ?)", [[step, shown(name)] for step, name in enumerate(names)]
    )
    back = way_back(connection, "changes.row_id")
    queries = [CHANGES.format(piece=piece, **back) for piece in pieces(connection, "remedy_changes", "step")]
    copy_in_order(connection, queries, f"{literal(str(path))} (FORMAT parquet, COMPRESSION zstd)")
    connection.execute("DROP TABLE remedy_names")


def balance(connection: duckdb.DuckDBPyConnection, rows_out: int) -> None:
    """Make sure that the rows that should be left are, and that each leads back.

    Raises:
        EngineError: they are not.
    """
    now, origins = _count(connection, "rows"), _count(connection, ORIGINS)
    if not now == origins == rows_out:
        raise EngineError(f"{rows_out} rows should be left, and {now} are ({origins} lead back)", "Please report this.")


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    counted = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(counted[0]) if counted else 0
