"""Facts of the loaded columns: filled, missing, unread, distinct, formats, whom they name; all counted in the table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, cast

from logsyn.validator.database.answers import record, records
from logsyn.validator.database.groups import in_groups, texts_below_each_other
from logsyn.validator.database.sql import identifier
from logsyn.validator.reading.load import TABLE, format_column
from logsyn.validator.reading.persons import with_persons
from logsyn.validator.record import Column

if TYPE_CHECKING:
    import duckdb

    from logsyn.validator.reading.layout import TableColumn
    from logsyn.validator.reading.load import Plan
    from logsyn.validator.reading.times import TimeColumn

COUNT_VALUES_UP_TO = 2_000_000
"""Rows up to which the values of a text column are counted; those of the case id always are."""

_VALUES_OF_A_CATEGORY = 200
_ROWS_OF_A_VALUE = 5


def column_facts(connection: duckdb.DuckDBPyConnection, plan: Plan) -> list[Column]:
    """The facts of every column of the extract, in the order of the table; helping columns are dropped."""
    rows = _one(connection, "SELECT count(*) AS rows FROM rows")["rows"]
    counts = _counts(connection, plan, rows)
    columns = [
        _time(connection, plan.times[at], rows) if at in plan.times else _text(place, rows, *counts[at])
        for at, place in enumerate(plan.places)
    ]
    for column in plan.times.values():
        if not column.by_precision:
            connection.execute(f"ALTER TABLE {TABLE} DROP COLUMN {identifier(format_column(column.place.name))}")
    return with_persons(connection, columns, rows)


def _counts(connection: duckdb.DuckDBPyConnection, plan: Plan, rows: int) -> dict[int, tuple[int, int | None]]:
    """Filled rows and distinct values of the columns that are no times, by the number of their place."""
    found: dict[int, tuple[int, int | None]] = {}
    others = [at for at in range(len(plan.places)) if at not in plan.times]
    for group in in_groups(others, rows):
        names = {at: identifier(plan.places[at].name) for at in group}
        if len(group) > 1:
            texts = texts_below_each_other(names, TABLE)
            values = f"SELECT which, count(*) AS times FROM ({texts}) WHERE text IS NOT NULL GROUP BY which, text"
            counts = connection.execute(
                f"SELECT which, sum(times)::BIGINT AS filled, count(*) AS different FROM ({values}) GROUP BY which"
            )
            found |= dict.fromkeys(group, (0, 0))
            found |= {row["which"]: (row["filled"], row["different"]) for row in records(counts)}
        else:
            (at, name) = names.popitem()
            counted = at in plan.categories or plan.places[at].is_case_id or rows <= COUNT_VALUES_UP_TO
            distinct = f"count(DISTINCT {name})" if counted else "NULL"
            row = _one(connection, f"SELECT count({name}) AS filled, {distinct} AS different FROM {TABLE}")
            found[at] = (row["filled"], row["different"])
    return found


def _text(place: TableColumn, rows: int, filled: int, distinct: int | None) -> Column:
    return Column(
        name=place.name,
        header=place.header,
        mapped_by=place.mapped_by,
        kind=_kind(place, filled, distinct),
        filled=filled,
        missing=rows - filled,
        distinct=distinct,
    )


def _kind(place: TableColumn, filled: int, distinct: int | None) -> Literal["text", "category"]:
    """A category beside the canonical ones has few values, each in several rows: such values may be shown."""
    if place.is_category:
        return "category"
    few = place.mapped_by == "kept" and distinct is not None and 0 < distinct <= _VALUES_OF_A_CATEGORY
    return "category" if few and filled >= _ROWS_OF_A_VALUE * cast("int", distinct) else "text"


def _time(connection: duckdb.DuckDBPyConnection, column: TimeColumn, rows: int) -> Column:
    name = column.place.name
    time, text, precision = (identifier(f"{name}{part}") for part in ("", "_text", "_precision"))
    counted = _one(
        connection,
        f"SELECT count({time}) AS read, count({text}) AS unread, count(*) FILTER ({precision} = 1) AS days FROM {TABLE}",
    )
    read, unread = counted["read"], counted["unread"]
    return Column(
        name=name,
        header=column.place.header,
        mapped_by=column.place.mapped_by,
        kind="time",
        filled=read + unread,
        missing=rows - read - unread,
        unparseable=unread,
        formats={**_formats(connection, column)},
        day_month=cast("Literal['given', 'evidence', 'undecidable', 'not_applicable']", column.day_month),
        without_time_of_day=counted["days"],
    )


def _formats(connection: duckdb.DuckDBPyConnection, column: TimeColumn) -> dict[str, int]:
    name = column.place.name
    if column.by_precision:
        by = {form.precision: form.text for form in column.formats}
        chosen = f"{name}_precision"
    else:
        by = {number: form.text for number, form in enumerate(column.formats)}
        chosen = format_column(name)
    found = connection.execute(
        f"SELECT {identifier(chosen)}, count(*) FROM {TABLE} WHERE {identifier(name)} IS NOT NULL GROUP BY 1"
    ).fetchall()
    times = dict(found)
    return {text: times[key] for key, text in by.items() if key in times}


def _one(connection: duckdb.DuckDBPyConnection, query: str) -> dict[str, Any]:
    return record(connection.execute(query))
