"""Writes events as Parquet with typed columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from logsyn.validator.database.sql import identifier, literal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import duckdb

    from logsyn.validator.handing_on.layout import Field
    from logsyn.validator.handing_on.parts import FilePart

_TYPES = {"text": "VARCHAR", "time": "TIMESTAMP", "order": "INTEGER"}


def write_parquet(connection: duckdb.DuckDBPyConnection, fields: Sequence[Field], part: FilePart, path: Path) -> None:
    """Write the cases of a part, in the order of ``outgoing``. Times are local and say so (not adjusted to UTC)."""
    cells = ", ".join(
        f"{identifier(field.name)}::{_TYPES[field.kind]} AS {identifier(field.header)}" for field in fields
    )
    connection.execute(
        f"COPY (SELECT {cells} FROM outgoing WHERE case_no BETWEEN {part.first} AND {part.last}) "
        f"TO {literal(str(path))} (FORMAT parquet, COMPRESSION zstd)"
    )
