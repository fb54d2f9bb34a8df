"""Puts the remedied rows in the place of ``rows``: the same form and order, new row numbers without gaps, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from logsyn.expectations.source import CANONICAL_COLUMNS, TIME_COLUMNS
from logsyn.validator.database.sql import identifier, literal
from logsyn.validator.reading.categories import CATEGORY_LIMIT, create_enumeration
from logsyn.validator.tables.origins import lead_further_back
from logsyn.validator.tables.registry import drop_all_but

if TYPE_CHECKING:
    import duckdb

    from logsyn.validator.tables.overlay import Overlay

_PLAIN = {"VARCHAR", "TIMESTAMP", "UTINYINT"}


def rebuild_rows(overlay: Overlay) -> None:
    """Replace ``rows``; tables derived from the old rows are dropped, and ``row_origins`` is created."""
    connection = overlay.connection
    drop_all_but(connection, "extract", "remedies")  # first, since the rows are there twice for a while
    described = connection.execute("SELECT column_name, column_type FROM (DESCRIBE rows)").fetchall()
    number_anew(connection, overlay.current([]))
    columns: list[tuple[str, str, str | None]] = [
        _column(overlay, name, kind) for name, kind in described if name != "row_id" and not _left_out(overlay, name)
    ]
    columns.append(("row_id", "row_id INTEGER", "numbers.row_id"))
    connection.execute(f"CREATE OR REPLACE TABLE remedied_rows ({', '.join(declared for _, declared, _ in columns)})")
    stored = [(name, value) for name, _, value in columns if value is not None]
    connection.execute(
        f"INSERT INTO remedied_rows ({', '.join(identifier(name) for name, _ in stored)}) SELECT {', '.join(value for _, value in stored)} "
        # Sorted, so that neighbours stay neighbours; what leads to a row is its number.
        f"FROM {overlay.current_from(list(overlay.changed))} JOIN remedy_origins AS numbers ON numbers.original_row_id = rows.row_id "
        "ORDER BY numbers.row_id"
    )
    connection.execute("DROP TABLE rows")
    connection.execute("ALTER TABLE remedied_rows RENAME TO rows")
    lead_back(connection)


def number_anew(connection: duckdb.DuckDBPyConnection, left: str) -> None:
    """Create ``remedy_origins(row_id, original_row_id)``: new numbers without gaps for the rows that ``left`` gives, in the order of their old ones."""
    connection.execute(
        "CREATE OR REPLACE TABLE remedy_origins AS SELECT (row_number() OVER (ORDER BY row_id))::INTEGER AS row_id, row_id AS original_row_id "
        f"FROM ({left}) AS rows_left ORDER BY rows_left.row_id"
    )


def lead_back(connection: duckdb.DuckDBPyConnection) -> None:
    """By ``remedy_origins`` give each row its line, and its number in the extract."""
    connection.execute(
        "CREATE OR REPLACE TABLE remedied_lines AS SELECT numbers.row_id, line FROM row_lines "
        "JOIN remedy_origins AS numbers ON numbers.original_row_id = row_lines.row_id ORDER BY numbers.row_id"
    )
    connection.execute("DROP TABLE row_lines")
    connection.execute("ALTER TABLE remedied_lines RENAME TO row_lines")
    lead_further_back(connection, "remedy_origins")
    connection.execute("DROP TABLE remedy_origins")


def _left_out(overlay: Overlay, name: str) -> bool:
    return name in overlay.removed and name not in CANONICAL_COLUMNS


def _column(overlay: Overlay, name: str, kind: str) -> tuple[str, str, str | None]:
    """Name, declaration, and the value of a column; None when all its rows are alike and it takes no room."""
    base = name.removesuffix("_text").removesuffix("_precision")
    canonical = name in CANONICAL_COLUMNS or base in TIME_COLUMNS
    if canonical and (base not in overlay.material.mapped or base in overlay.removed):
        plain = kind if kind in _PLAIN else "VARCHAR"  # an enumeration would still name the values that were there
        return name, f"{identifier(name)} {plain} GENERATED ALWAYS AS (NULL)", None
    if name == "file" and (only := _only_file(overlay.connection)):
        return name, f"file {kind} GENERATED ALWAYS AS ({literal(only)}::{kind})", None
    if name in overlay.changed and kind not in _PLAIN:
        kind = _new_category(overlay, name)
    return name, f"{identifier(name)} {kind}", overlay.value(name)


def _only_file(connection: duckdb.DuckDBPyConnection) -> str | None:
    names = connection.execute("SELECT DISTINCT file::VARCHAR FROM rows LIMIT 2").fetchall()
    return str(names[0][0]) if len(names) == 1 else None


def _new_category(overlay: Overlay, name: str) -> str:
    """The type of a category whose values have changed: an enumeration of those it has now, or text when they are too many."""
    values = f"SELECT DISTINCT {identifier(name)}::VARCHAR AS value FROM ({overlay.current([name])}) WHERE {identifier(name)} IS NOT NULL"
    counted = overlay.connection.execute(f"SELECT count(*) FROM ({values})").fetchone()
    if counted is None or not 0 < counted[0] <= CATEGORY_LIMIT:
        return "VARCHAR"
    number = sorted(overlay.changed).index(name)
    create_enumeration(overlay.connection, f"remedied_category_{number}", f"{values} ORDER BY value")
    return f"remedied_category_{number}"
