"""Personal data on their way out: keyed pseudonyms for cases and employees, CPR numbers masked or their column left out."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import numpy as np

from validator.derive.cpr import FORM, define_has_cpr_number
from validator.errors import AuditError, EngineError
from validator.findings.pseudonyms import pseudonym
from validator.sql import identifier, literal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    import duckdb

CASE_DIGITS = 20
"""Hex digits of a case's pseudonym: 80 bits, so that two of a million cases share one with a chance of 4 in 10^13. The first
ten are those of the reports."""

MASK = "######-####"

# Separators are doubled, since of two numbers with one character between them only the first would be looked at.
_DOUBLED = "UPDATE suspects SET words = regexp_replace(words, '([^0-9-])', '\\1\\1', 'g')"


def refuse_open_key(path: Path) -> None:
    """Make sure that nobody but its owner can read a key.

    Raises:
        AuditError: others can.
    """
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        raise AuditError(
            f"{path}: others than its owner can read the key (mode {mode:03o})",
            f"Close it with: chmod 600 {path}",
        )


def number_cases(connection: duckdb.DuckDBPyConnection, key: bytes | None) -> None:
    """Create ``outgoing_cases(value, label, number)``: what each case is called and its number in that order.

    Args:
        connection: holds ``rows``.
        key: of the pseudonyms; None: cases are called by their ids.

    Raises:
        EngineError: two cases have one pseudonym.
    """
    label = (lambda case_id: case_id) if key is None else _case_label(key)
    _create_labels(connection, "outgoing_cases", "case_id", label)


def number_employees(connection: duckdb.DuckDBPyConnection, column: str, key: bytes, table: str) -> None:
    """Create ``table(value, label, number)`` of pseudonyms for the employees of one column of ``rows``."""

    def label(name: str) -> str:
        return "medarbejder-" + pseudonym("resource\0" + name, key, CASE_DIGITS).removeprefix("sag-")

    _create_labels(connection, table, column, label)


def rows_with_cpr_number(connection: duckdb.DuckDBPyConnection, columns: Sequence[str]) -> dict[str, int]:
    """The columns of ``rows`` in which CPR numbers stand, each with the number of rows.

    Each text is judged once, however many rows carry it, and only one that has the form of a number; all columns in one
    statement, since planning it takes longer than running it.
    """
    connection.execute("CREATE OR REPLACE TEMP TABLE suspects (name VARCHAR, words VARCHAR, rows BIGINT)")
    for column in columns:
        name = identifier(column)
        connection.execute(
            f"INSERT INTO suspects SELECT {literal(column)}, words, n FROM (SELECT {name}::VARCHAR AS words, count(*) AS n "
            f"FROM rows GROUP BY {name}) WHERE regexp_matches(words, '{FORM}')"
        )
    if connection.execute("SELECT count(*) FROM suspects").fetchone() == (0,):
        return {}
    define_has_cpr_number(connection)
    connection.execute(_DOUBLED)
    return dict(
        connection.execute(
            "SELECT name, sum(rows)::BIGINT FROM suspects WHERE has_cpr_number(words) GROUP BY name ORDER BY name"
        ).fetchall()
    )


def masked(expression: str) -> str:
    """SQL of a text with all that has the form of a CPR number masked, valid or not.

    Done twice: of two numbers with one character between them, the first takes that character with it.
    """
    once = f"regexp_replace({expression}, '(^|[^0-9]){FORM}($|[^0-9])', '\\1{MASK}\\2', 'g')"
    twice = f"regexp_replace({once}, '(^|[^0-9]){FORM}($|[^0-9])', '\\1{MASK}\\2', 'g')"
    return f"CASE WHEN regexp_matches({expression}, '{FORM}') THEN {twice} ELSE {expression} END"


def _case_label(key: bytes) -> Callable[[str], str]:
    return lambda case_id: pseudonym(case_id, key, CASE_DIGITS)


def _create_labels(connection: duckdb.DuckDBPyConnection, table: str, column: str, label: Callable[[str], str]) -> None:
    name = identifier(column)
    found = connection.execute(f"SELECT DISTINCT {name}::VARCHAR FROM rows WHERE {name} IS NOT NULL").fetchall()
    labelled = sorted((label(value), value) for (value,) in found)
    if len({one for one, _ in labelled}) != len(labelled):
        raise EngineError("two values have one pseudonym", "Give another key with --key, and report this.")
    values = np.array([value for _, value in labelled], dtype=object)
    labels = np.array([one for one, _ in labelled], dtype=object)
    connection.register("labelled", {"value": values, "label": labels, "number": np.arange(1, len(labelled) + 1)})
    connection.execute(
        f"CREATE OR REPLACE TABLE {identifier(table)} AS SELECT value::VARCHAR AS value, label::VARCHAR AS label, number::INTEGER AS number FROM labelled"
    )
    connection.unregister("labelled")
