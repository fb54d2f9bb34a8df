"""Figures of the exported columns that the README tells: blank cells, filled ones, those that look like something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from logsyn.validator.database.sql import identifier, literal
from logsyn.validator.findings.persons import personal_data
from logsyn.validator.handing_on.delimited import TIME_LIKE
from logsyn.validator.handing_on.outgoing import number, one
from logsyn.validator.handing_on.record import OutColumn

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

    from logsyn.validator.handing_on.layout import Field

_FORMULA = "^[=+@\\t\\r-]"


def time_like(connection: duckdb.DuckDBPyConnection, columns: Sequence[str]) -> frozenset[str]:
    """The text columns of ``rows`` in which a value looks like a time."""
    return frozenset(
        name
        for name in columns
        if number(
            connection,
            f"SELECT count(*) FROM (SELECT DISTINCT {identifier(name)}::VARCHAR AS words FROM rows) WHERE regexp_matches(words, {literal(TIME_LIKE)})",
        )
    )


def out_columns(connection: duckdb.DuckDBPyConnection, fields: Sequence[Field]) -> list[OutColumn]:
    """The columns of the files with their figures, counted in one pass over ``outgoing`` and one over ``rows``, and what they tell of persons."""
    personal = personal_data(connection, [field.source for field in fields if field.source])
    shown = one(
        connection,
        f"SELECT {', '.join(f for at, field in enumerate(fields) for f in _figures(field, at))} FROM outgoing",
    )
    filled = _filled(connection, [field for field in fields if field.fills])
    return [
        OutColumn(
            header=field.header,
            extract_header=field.source.header if field.source else None,
            column=field.source.name if field.source else None,
            kind=field.kind,
            treatment=field.treatment,
            set_apart=field.set_apart,
            blank=shown[f"blank_{at}"],
            filled=filled.get(field.name, 0),
            formulas=shown[f"formulas_{at}"],
            personal=personal[field.source.name] if field.source else None,
        )
        for at, field in enumerate(fields)
    ]


def _figures(field: Field, at: int) -> tuple[str, str]:
    """SQL of what is counted of a field, under names that end with its place among the fields."""
    name = identifier(field.name)
    formulas = (
        f"count(*) FILTER (regexp_matches({name}::VARCHAR, {literal(_FORMULA)}))" if field.kind == "text" else "0"
    )
    return f"count(*) - count({name}) AS blank_{at}", f"{formulas} AS formulas_{at}"


def _filled(connection: duckdb.DuckDBPyConnection, fields: Sequence[Field]) -> dict[str, int]:
    """By field, the rows handed on that have nothing in its column of the extract."""
    asked = {field.name: identifier(field.source.name) for field in fields if field.source is not None}
    if not asked:
        return {}
    counts = ", ".join(f"count(*) - count({column}) AS {identifier(name)}" for name, column in asked.items())
    return one(
        connection,
        f"SELECT {counts} FROM rows WHERE case_id IS NOT NULL AND activity IS NOT NULL AND timestamp IS NOT NULL",
    )
