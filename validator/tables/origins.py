"""The way back: which row of the extract each row of ``rows`` was, once a scope or remedies have left rows out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from logsyn.validator.database.sql import literal

if TYPE_CHECKING:
    import duckdb

    from logsyn.validator.record import Audit, Finding

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


def with_rows_of_extract(connection: duckdb.DuckDBPyConnection, audit: Audit) -> Audit:
    """The audit with the numbers that rows of evidence have in the extract."""
    if not is_there(connection, ORIGINS):
        return audit
    asked = sorted({one.row_id for finding in audit.findings for one in finding.evidence if one.row_id is not None})
    found = connection.execute(f"SELECT row_id, original_row_id FROM {ORIGINS} WHERE row_id IN {literal(asked)}")
    original: dict[int | None, int | None] = {None: None, **dict(found.fetchall())}
    return audit.model_copy(update={"findings": [_led_back(finding, original) for finding in audit.findings]})


def _led_back(finding: Finding, original: dict[int | None, int | None]) -> Finding:
    evidence = [one.model_copy(update={"row_id": original[one.row_id]}) for one in finding.evidence]
    return finding.model_copy(update={"evidence": evidence})
