"""The way back: which row of the extract each row of ``rows`` was, once a scope or remedies have left rows out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from logsyn.validator.database.sql import literal

if TYPE_CHECKING:
    import duckdb

ORIGINS = "row_origins"
"""``row_id`` of ``rows``, ``original_row_id`` of the extract. Not there: no row was left out, and the two are the same."""

OUT_OF_SCOPE = "out_of_scope"
"""``row_id`` of the extract, ``file``, ``line``, ``step``: the rows that a scope has left out. Not there: no scope was given."""


def is_there(connection: duckdb.DuckDBPyConnection, table: str) -> bool:
    """Whether the database has a table of this name."""
    query = f"SELECT count(*) FROM duckdb_tables() WHERE table_name = {literal(table)} AND database_name = current_database()"
    return connection.execute(query).fetchone() == (1,)


def lead_further_back(connection: duckdb.DuckDBPyConnection, latest: str) -> None:
    """Put ``latest`` (``row_id``, ``original_row_id`` of the rows before) in the place of the way back, over one that is there."""
    if is_there(connection, ORIGINS):
        connection.execute(
            f"CREATE OR REPLACE TABLE {ORIGINS} AS SELECT latest.row_id, former.original_row_id FROM {latest} AS latest "
            f"JOIN {ORIGINS} AS former ON former.row_id = latest.original_row_id ORDER BY latest.row_id"
        )
    else:
        connection.execute(f"CREATE TABLE {ORIGINS} AS FROM {latest} ORDER BY row_id")


def way_back(connection: duckdb.DuckDBPyConnection, row_id: str) -> dict[str, str]:
    """SQL of the number in the extract of a row (``row``), and the join that it takes (``origins``)."""
    if not is_there(connection, ORIGINS):
        return {"row": row_id, "origins": ""}
    return {"row": "original_row_id", "origins": f"JOIN {ORIGINS} ON {ORIGINS}.row_id = {row_id}"}
