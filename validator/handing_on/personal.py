"""Personal data on their way out: keyed pseudonyms for cases and employees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from logsyn.validator.database.hashes import create_hashes, forget_hashes
from logsyn.validator.database.sql import identifier
from logsyn.validator.errors import EngineError

if TYPE_CHECKING:
    import duckdb

CASE_DIGITS = 20
"""Hex digits of a case's pseudonym: 80 bits, so that two of a million cases share one with a chance of 4 in 10^13. The first
ten are those of the reports."""


def number_cases(connection: duckdb.DuckDBPyConnection, key: bytes | None) -> None:
    """Create ``outgoing_cases(value, label, number)``: what each case is called and its number in that order.

    Args:
        connection: holds ``rows``.
        key: of the pseudonyms; None: cases are called by their ids.

    Raises:
        EngineError: two cases have one pseudonym.
    """
    _create_labels(connection, "outgoing_cases", "case_id", f"'sag-' || keyed_digest(value)[:{CASE_DIGITS}]", key)


def number_employees(connection: duckdb.DuckDBPyConnection, column: str, key: bytes, table: str) -> None:
    """Create ``table(value, label, number)`` of pseudonyms for the employees of one column of ``rows``."""
    label = f"'medarbejder-' || keyed_digest('resource' || chr(0) || value)[:{CASE_DIGITS}]"
    _create_labels(connection, table, column, label, key)


def _create_labels(
    connection: duckdb.DuckDBPyConnection, table: str, column: str, label: str, key: bytes | None
) -> None:
    """``label``: SQL of what a ``value`` is called; without a key it is called by itself."""
    name = identifier(column)
    values = f"SELECT DISTINCT {name}::VARCHAR AS value FROM rows WHERE {name} IS NOT NULL"
    if key is not None:
        create_hashes(connection, key)
    try:
        connection.execute(
            f"CREATE OR REPLACE TABLE {identifier(table)} AS SELECT value, label, (row_number() OVER (ORDER BY label))::INTEGER AS number "
            f"FROM (SELECT value, {'value' if key is None else label} AS label FROM ({values}))"
        )
    finally:
        forget_hashes(connection)
    if connection.execute(f"SELECT count(*) - count(DISTINCT label) FROM {identifier(table)}").fetchone() != (0,):
        raise EngineError("two values have one pseudonym", "Give another key with --key, and report this.")
