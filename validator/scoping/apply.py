"""Applies a scope: leaves out, step by step, what an analysis will not use, and puts the rest in the place of ``rows``."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from logsyn.expectations.scope import KeepCases, KeepRows
from logsyn.expectations.text import text_of
from logsyn.validator.database.answers import record, records
from logsyn.validator.disclosure.people import size_of, sizes
from logsyn.validator.errors import AuditError, EngineError
from logsyn.validator.record import ScopeAccount, ScopeStep
from logsyn.validator.remedying.apply import balance
from logsyn.validator.scoping.steps import left_out, needs
from logsyn.validator.scoping.wording import title_of
from logsyn.validator.tables.material import Material
from logsyn.validator.tables.origins import OUT_OF_SCOPE
from logsyn.validator.tables.overlay import Overlay
from logsyn.validator.tables.rebuild import rebuild_rows
from logsyn.validator.tables.reread import reread

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import duckdb

    from logsyn.expectations.scope import Scope, Step
    from logsyn.validator.reading.extract import Reading

_STATE = "SELECT count(*) AS rows, count(DISTINCT case_id) AS cases FROM ({now})"

_WITHOUT = """
SELECT count(*) FILTER (rows.case_id IS NULL) AS without_case_id,
  count(*) FILTER (rows.case_id IS NOT NULL AND rows.timestamp IS NULL) AS without_time
FROM remedy_dropped JOIN rows USING (row_id) WHERE step = {step}"""

_LEFT_OUT = """
SELECT step, {sizes} FROM (SELECT step, case_id AS case_no, {person} AS person FROM remedy_dropped JOIN rows USING (row_id))
GROUP BY GROUPING SETS (step, ())"""

_REMEMBER = f"""
CREATE OR REPLACE TABLE {OUT_OF_SCOPE} AS SELECT row_id, file::VARCHAR AS file, line, (step + 1)::INTEGER AS step
FROM remedy_dropped JOIN rows USING (row_id) JOIN row_lines USING (row_id) ORDER BY row_id"""


class Narrowed(NamedTuple):
    """What was left of a reading, and the account of every row. ``few``: of each step, and last of all together, whether it left out a small group."""

    reading: Reading
    account: ScopeAccount
    few: tuple[bool, ...]


def apply_scope(
    connection: duckdb.DuckDBPyConnection,
    reading: Reading,
    declared: Scope,
    tell: Callable[[str], None] = lambda _step: None,
    system_users: Sequence[str] = (),
) -> Narrowed:
    """Narrow ``rows`` to a scope, in its old order; the facts of its columns anew, and the account of every row.

    Afterwards ``row_origins(row_id, original_row_id)`` leads back to the extract when any row was left out, and
    ``out_of_scope(row_id, file, line, step)`` has those that were, with the number of the step, from 1.

    Args:
        connection: holds ``rows`` and ``row_lines`` as they were read; nothing was derived from them.
        reading: how they were read.
        declared: the scope.
        tell: is told each step.
        system_users: who is no employee of those that the rows name.

    Raises:
        AuditError: a step names a column that the extract does not have, or no row is left.
        EngineError: the rows do not add up.
    """
    have = frozenset(column.name for column in reading.columns)
    _refuse_unknown(declared, reading)
    material = Material(mapped=have, texts=(), have=have, rules={}, as_of=date.min, key=None)
    overlay = Overlay(connection, material)
    try:
        loaded = _state(overlay)
        steps, state = _do_steps(overlay, declared, loaded, tell)
        few = _few(connection, len(steps), "resource" in have, system_users)
        _remember(connection, loaded.rows - state.rows)
        if state.rows < loaded.rows:
            rebuild_rows(overlay)
            balance(connection, state.rows)
            reading = reread(connection, reading)
    finally:
        overlay.close()
    account = ScopeAccount(
        scope=declared.scope,
        title=text_of(declared.title) if declared.title else None,
        rows_loaded=loaded.rows,
        rows_in_scope=state.rows,
        cases_loaded=loaded.cases,
        cases_in_scope=state.cases,
        steps=steps,
    )
    return Narrowed(reading, account, few)


class _Left(NamedTuple):
    """Rows and cases that are left."""

    rows: int
    cases: int


def _state(overlay: Overlay) -> _Left:
    return _Left(**record(overlay.connection.execute(_STATE.format(now=overlay.current(["case_id"])))))


def _do_steps(
    overlay: Overlay, declared: Scope, loaded: _Left, tell: Callable[[str], None]
) -> tuple[list[ScopeStep], _Left]:
    """Leave out what each step leaves out; what is told of them, and what is left in the end."""
    steps: list[ScopeStep] = []
    state = loaded
    for overlay.step, step in enumerate(declared.steps):
        tell(f"scope, step {overlay.step + 1}")
        overlay.drop(left_out(overlay, step))
        now = _state(overlay)
        steps.append(_told(overlay, step, state, now))
        state = now
        _refuse_empty(declared, steps)
    return steps, state


def _told(overlay: Overlay, step: Step, before: _Left, after: _Left) -> ScopeStep:
    without = {"without_case_id": 0, "without_time": 0}
    stretch = isinstance(step, KeepRows) and step.where is None
    if isinstance(step, KeepCases) or stretch:
        without = record(overlay.connection.execute(_WITHOUT.format(step=overlay.step)))
        without |= {} if stretch else {"without_time": 0}
    return ScopeStep(
        title=title_of(step),
        rows_before=before.rows,
        rows_after=after.rows,
        cases_before=before.cases,
        cases_after=after.cases,
        **without,
    )


def _few(connection: duckdb.DuckDBPyConnection, steps: int, employees: bool, system_users: Sequence[str]) -> tuple[bool, ...]:  # noqa: FBT001 - one of two queries
    """Whether what each step left out, and what all did together, is a small group."""
    person = "CASE WHEN NOT list_contains(?::VARCHAR[], resource::VARCHAR) THEN resource::VARCHAR END" if employees else "NULL::VARCHAR"
    asked = [list(system_users)] if employees else []
    found = {
        row["step"]: size_of(row).is_small
        for row in records(connection.execute(_LEFT_OUT.format(person=person, sizes=sizes({"resource"} if employees else ())), asked))
    }
    return (*(found.get(step, False) for step in range(steps)), found.get(None, False))


def _remember(connection: duckdb.DuckDBPyConnection, left: int) -> None:
    """Keep where the rows that were left out stand in the extract."""
    connection.execute(_REMEMBER)
    counted = connection.execute(f"SELECT count(*) FROM {OUT_OF_SCOPE}").fetchone()
    if counted != (left,):
        raise EngineError(f"the scope left out {left} rows, and {counted} are remembered", "Please report this.")


def _refuse_empty(declared: Scope, steps: list[ScopeStep]) -> None:
    last = steps[-1]
    if last.rows_after:
        return
    raise AuditError(
        f"scope {declared.scope}: no row is left after step {len(steps)} ({last.title.en}); {last.rows_before:,} rows of "
        f"{last.cases_before:,} cases were left before it",
        "Look at the spelling of its activities and values, and at its dates. Nothing was written.",
    )


def _refuse_unknown(declared: Scope, reading: Reading) -> None:
    """Make sure that the columns that steps look at are there, before anything is done."""
    have = [column.name for column in reading.columns]
    called = {column.header: column.name for column in reading.columns}
    for number, step in enumerate(declared.steps, 1):
        for column in needs(step):
            if column in have:
                continue
            hint = f"It is called {called[column]!r} here." if column in called else f"It has: {', '.join(sorted(have))}."  # fmt: skip
            raise AuditError(f"scope {declared.scope}, step {number}: the extract has no column {column!r}", hint)
