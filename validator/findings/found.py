"""What a rule's own query has found, as it is: of rows and cases that may become examples, and in the log as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from logsyn.expectations.source import CATEGORY_COLUMNS, TIME_COLUMNS
from logsyn.validator.checking.compiled import ROW_KEYS
from logsyn.validator.database.answers import records
from logsyn.validator.database.sql import identifier
from logsyn.validator.derive.columns import EVENT_COLUMNS
from logsyn.validator.disclosure.size import SMALL, is_small
from logsyn.validator.findings.persons import is_protected
from logsyn.validator.findings.shapes import shape

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import duckdb

    from logsyn.validator.checking.check import Checked

OPEN_COLUMNS = {
    *TIME_COLUMNS,
    *(name for name in CATEGORY_COLUMNS if name != "resource"),
    *(c.name for c in EVENT_COLUMNS),
}
"""Columns whose values may be shown as they are: no case id, no person, no free text."""

EMPLOYEES_OF_A_COMBINATION = "combination_employees"
"""The same of employees; where there are none, it is 0."""

MOST_FINDS = 20

CASES_OF_A_COMBINATION = "combination_cases"
"""What a find on values of columns says of how many cases share them: of too few, no value is shown."""


def found_values(
    connection: duckdb.DuckDBPyConnection, checked: Sequence[Checked], rows: Sequence[Mapping[str, Any]]
) -> dict[tuple[int, int], dict[str, Any]]:
    """What the rules' own queries tell of rows that are shown, by rule number and row id.

    Args:
        connection: holds ``found_N``.
        checked: the rules that were run.
        rows: the rows that are shown, with ``rule_no``, ``row_id``, ``case_no`` and ``activity``.
    """
    values: dict[tuple[int, int], dict[str, Any]] = {}
    for rule in checked:
        shown = [row for row in rows if row["rule_no"] == rule.number]
        if rule.compiled is None or rule.compiled.finds is None or rule.rule.table == "log" or not shown:
            continue
        key = ROW_KEYS[rule.rule.table]
        told = _told(connection, rule.compiled.found, key, sorted({row[key] for row in shown}))
        values |= {(rule.number, row["row_id"]): told.get(row[key], {}) for row in shown}
    return values


def _told(connection: duckdb.DuckDBPyConnection, found: str, key: str, keys: list[Any]) -> dict[Any, dict[str, Any]]:
    name = identifier(key)
    rows = records(connection.execute(f"SELECT * FROM {found} WHERE list_contains(?, {name})", [keys]))
    return {row.pop(key): row for row in rows}


def found_in_log(connection: duckdb.DuckDBPyConnection, rule: Checked) -> list[dict[str, Any]]:
    """The first finds of a rule on the log, as they are but for values that could tell of persons."""
    judged = rule.result is not None and rule.result.outcome in ("passed", "failed")
    if rule.compiled is None or rule.compiled.finds is None or not judged:
        return []
    # A table that is made by a sorted query keeps its order (``preserve_insertion_order``), and every query of a check on the log is sorted.
    answer = connection.execute(f"SELECT * FROM {rule.compiled.found} ORDER BY rowid LIMIT {MOST_FINDS}")
    rows = records(answer)
    columns = {
        name
        for parameter, kind in rule.rule.parameters.items()
        if kind.kind == "columns"
        for name in rule.rule.given[parameter] or []
    }
    return [_protected(row, columns) for row in rows]


def _protected(row: dict[str, Any], columns: set[str]) -> dict[str, Any]:
    """A find without what could tell of persons: values of ``columns`` that few cases share, and of such as name a person or case."""
    few = row.get(CASES_OF_A_COMBINATION, SMALL) < SMALL or is_small(row.get(EMPLOYEES_OF_A_COMBINATION, 0))
    return {
        name: value
        if name not in columns or value is None
        else None
        if few or is_protected(name)
        else value
        if name in OPEN_COLUMNS
        else shape(str(value))
        for name, value in row.items()
    }
