"""Writes events as CSV: UTF-8, comma, RFC 4180 quotes, local times without offset."""

from __future__ import annotations

from typing import TYPE_CHECKING

from logsyn.validator.database.sql import identifier, literal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import duckdb

    from logsyn.validator.handing_on.layout import Field
    from logsyn.validator.handing_on.parts import FilePart

# Values of this form, at the beginning of a text, are taken for times by Apromore.
TIME_LIKE = r"^([0-9]{1,2}|[0-9]{4})[/\-.][0-9]{1,2}[/\-.][0-9]{1,2}"


def write_csv(connection: duckdb.DuckDBPyConnection, fields: Sequence[Field], part: FilePart, path: Path) -> None:
    """Write the cases of a part, in the order of ``outgoing``."""
    cells = ", ".join(f"{_cell(field)} AS {identifier(field.header)}" for field in fields)
    connection.execute(
        f"COPY (SELECT {cells} FROM outgoing WHERE case_no BETWEEN {part.first} AND {part.last}) "
        f"TO {literal(str(path))} (FORMAT csv, HEADER, DELIMITER ',', QUOTE '\"', ESCAPE '\"', COMPRESSION none)"
    )


def _cell(field: Field) -> str:
    name = identifier(field.name)
    if field.kind == "time":
        text = f"strftime({name}, '%Y-%m-%d %H:%M:%S.%g')"
        return f"' ' || {text}" if field.set_apart else text
    if field.set_apart:
        return f"CASE WHEN regexp_matches({name}::VARCHAR, {literal(TIME_LIKE)}) THEN ' ' || {name}::VARCHAR ELSE {name}::VARCHAR END"
    return name
