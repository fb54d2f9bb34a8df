"""Loads the files into the table ``rows``, each column with its type, and tells every row its line in its file."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from logsyn.expectations.source import CANONICAL_COLUMNS, TIME_COLUMNS
from logsyn.validator.database.groups import MOST_COLUMNS
from logsyn.validator.database.sql import identifier, literal
from logsyn.validator.errors import EngineError
from logsyn.validator.reading.categories import STRAYS, create_enumeration, strays_of
from logsyn.validator.reading.placeholders import is_placeholder, without_placeholders
from logsyn.validator.reading.relation import raw_rows, watched
from logsyn.validator.reading.times import (
    fast,
    is_sure,
    slow,
    unread_text,
    which_by_form,
    which_in_turn,
    within_calendar,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import duckdb
    from numpy.typing import NDArray

    from logsyn.expectations.source import SourceProfile
    from logsyn.validator.reading.categories import Category
    from logsyn.validator.reading.csv_file import CsvFile
    from logsyn.validator.reading.layout import TableColumn
    from logsyn.validator.reading.times import TimeColumn

TABLE = "rows"
FILE_TYPE = "file_name"


class Runs(NamedTuple):
    """Per file: first line and number of the records that begin on consecutive lines."""

    starts: NDArray[np.int64]
    lengths: NDArray[np.int64]


@dataclass(frozen=True)
class Plan:
    """The plan of loading. ``categories`` and ``times``: how a column is stored and read, by the number of its place."""

    places: Sequence[TableColumn]
    categories: dict[int, Category]
    times: dict[int, TimeColumn]
    profile: SourceProfile

    def type_of(self, at: int) -> str:
        """The SQL type of a column that is no time."""
        return (self.categories[at].type if at in self.categories else None) or "VARCHAR"

    def placeholders(self, place: TableColumn) -> list[str]:
        """The texts that mean "nothing here" in a column."""
        return self.profile.case_id_placeholders if place.is_case_id else self.profile.placeholders


def create_rows(connection: duckdb.DuckDBPyConnection, parts: Sequence[CsvFile], plan: Plan) -> None:
    """Create the empty table, with the canonical columns first, whether the extract has them or not.

    What is the same in every row is a generated column: at ten million rows each stored one costs memory and time.
    """
    names = ", ".join(f"({number}, {literal(part.name)})" for number, part in enumerate(parts))
    connection.execute(f"DROP TABLE IF EXISTS {TABLE}")
    create_enumeration(
        connection, FILE_TYPE, f"SELECT name FROM (VALUES {names}) AS names(number, name) ORDER BY number"
    )
    the_file = f" GENERATED ALWAYS AS ({literal(parts[0].name)}::{FILE_TYPE})" if len(parts) == 1 else ""
    columns = [f"file {FILE_TYPE}{the_file}"]
    for name, kind, generated in _columns(plan):
        columns.append(f"{identifier(name)} {kind}" + (f" GENERATED ALWAYS AS ({generated})" if generated else ""))
    connection.execute(f"CREATE TABLE {TABLE} ({', '.join(columns)})")


def load_part(connection: duckdb.DuckDBPyConnection, parts: Sequence[CsvFile], number: int, plan: Plan) -> int:
    """Append the rows of a file, in its order, and give their number; their lines come later.

    Raises:
        NotPlainError: a file has to be split first.
    """
    typed = _typed(parts[number], number, plan, single=len(parts) == 1)
    with watched(number), _planned_for(connection, len(plan.places)):
        return int(connection.execute(f"INSERT INTO {TABLE} {typed}").fetchall()[0][0])


@contextmanager
def _planned_for(connection: duckdb.DuckDBPyConnection, columns: int) -> Iterator[None]:
    """Plan within this block in a time that grows with the number of columns.

    DuckDB's search for parts that expressions have in common takes the square of their number (1.5.6), and columns have none.
    """
    if columns <= MOST_COLUMNS:
        yield
        return
    connection.execute("SET disabled_optimizers = 'common_subexpressions'")
    try:
        yield
    finally:
        connection.execute("RESET disabled_optimizers")


def number_rows(connection: duckdb.DuckDBPyConnection) -> None:
    """Give ``rows`` its column ``row_id``: 1-based, in the order of the files. From now on no order of rows is relied upon.

    Here it is: what is inserted from a file keeps its order (``preserve_insertion_order``), so that a row's place is its ``rowid``. A column whose
    type is changed is written anew, which takes 4 bytes a row; an UPDATE would keep its undo beside it, 20 bytes more.

    Raises:
        EngineError: a row does not have the number of its place.
    """
    connection.execute(f"ALTER TABLE {TABLE} ADD COLUMN row_id BOOLEAN")
    connection.execute("CREATE OR REPLACE SEQUENCE reading_numbers")
    connection.execute(f"ALTER TABLE {TABLE} ALTER COLUMN row_id TYPE INTEGER USING nextval('reading_numbers')::INTEGER")
    connection.execute("DROP SEQUENCE reading_numbers")
    refuse_misplaced(connection)


def refuse_misplaced(connection: duckdb.DuckDBPyConnection) -> None:
    """Make sure that each row has the number of its place.

    Raises:
        EngineError: one has another.
    """
    query = f"SELECT count(*) FROM {TABLE} WHERE row_id IS DISTINCT FROM rowid + 1"
    ((misplaced,),) = connection.execute(query).fetchall()
    if misplaced:
        raise EngineError(f"{misplaced} rows do not have the number of their place", "Please report this.")


def number_lines(connection: duckdb.DuckDBPyConnection, runs: Sequence[Runs]) -> None:
    """Create ``row_lines``: where the record of each row (``row_id``) begins in its file.

    A table of its own, since filling a column of ten million rows takes seconds and few rows are ever asked for their line.
    """
    first = np.concatenate([one.starts for one in runs])
    times = np.concatenate([one.lengths for one in runs])
    shifts = (first - (np.cumsum(times) - times)).astype(np.int32)
    lines = np.repeat(shifts, times)
    lines += np.arange(len(lines), dtype=np.int32)
    numbers = np.arange(1, len(lines) + 1, dtype=np.int32)
    connection.register("reading_lines", {"row_id": numbers, "line": lines})
    connection.execute("CREATE OR REPLACE TABLE row_lines AS SELECT row_id, line FROM reading_lines")
    connection.unregister("reading_lines")


def format_column(name: str) -> str:
    """The column that holds, while loading, which of several formats has read a time."""
    return f"{name}_format"


def _columns(plan: Plan) -> list[tuple[str, str, str | None]]:
    """Name, type and, when it is generated, the expression of every column behind ``file``."""
    where = {place.name: at for at, place in enumerate(plan.places) if place.mapped_by != "kept"}
    columns: list[tuple[str, str, str | None]] = []
    for name in CANONICAL_COLUMNS:
        at = where.get(name)
        nothing = "NULL" if at is None else None
        if name in TIME_COLUMNS:
            columns += [(name, "TIMESTAMP", nothing), (f"{name}_text", "VARCHAR", nothing)]
            columns.append((f"{name}_precision", "UTINYINT", "NULL" if at is None else _same_precision(plan.times[at])))
        else:
            columns.append((name, "VARCHAR" if at is None else plan.type_of(at), nothing))
    kept = [(at, place) for at, place in enumerate(plan.places) if place.mapped_by == "kept"]
    columns += [(place.name, plan.type_of(at), None) for at, place in kept]
    columns.append((STRAYS, "VARCHAR[]", None))
    several = [column for column in plan.times.values() if not column.by_precision]
    return [*columns, *((format_column(column.place.name), "UTINYINT", None) for column in several)]


def _same_precision(column: TimeColumn) -> str | None:
    """The precision of all times of a column, when its formats have one only."""
    precisions = {form.precision for form in column.formats}
    if len(precisions) > 1:
        return None
    value = precisions.pop() if precisions else "NULL"
    return f"CASE WHEN {identifier(column.place.name)} IS NOT NULL THEN {value} END"


def _typed(part: CsvFile, number: int, plan: Plan, *, single: bool) -> str:
    """The stored columns of the table and the query of the rows of a file in them.

    Three steps, each of which sees the columns of the one before, so that no time is parsed twice.
    """
    zone = plan.profile.timestamps.timezone
    readings = [f"{fast(f'p{at}', column, zone)} AS f{at}" for at, column in plan.times.items()]
    readings += [category.cast for category in plan.categories.values() if category.type]
    query = f"SELECT {', '.join(['*', *readings])} FROM ({raw_rows(part, number, plan.places)})"
    sure = [f"{is_sure(f'f{at}', f'p{at}')} AS sure{at}" for at in plan.times]
    query = f"SELECT {', '.join(['*', *sure])} FROM ({query})"
    values = _values(part, plan)
    for name, _, generated in _columns(plan):
        if generated:
            values.pop(name, None)
    if single:
        del values["file"]
    return f"({', '.join(map(identifier, values))}) SELECT {', '.join(values.values())} FROM ({query})"


def _values(part: CsvFile, plan: Plan) -> dict[str, str]:
    """The stored columns of the table, and the expression of each."""
    values = {"file": f"{literal(part.name)}::{FILE_TYPE}"}
    for at, place in enumerate(plan.places):
        if at in plan.times:
            values |= _time_values(at, plan.times[at], plan.placeholders(place))
        elif at in plan.categories and plan.categories[at].type:
            values[place.name] = f"e{at}"
        else:
            values[place.name] = without_placeholders(f"p{at}", plan.placeholders(place))
    return values | {STRAYS: strays_of(plan.categories)}


def _time_values(at: int, column: TimeColumn, placeholders: Sequence[str]) -> dict[str, str]:
    """SQL of the first reading of a time: the time where the text has the form of a format; else the text, to be read again, unless it is a placeholder."""
    raw, name = f"p{at}", column.place.name
    sure = f"sure{at}"
    values = {
        name: f"CASE WHEN {sure} THEN {within_calendar(f'f{at}', column)} END",
        f"{name}_text": f"CASE WHEN {sure} OR {raw} IS NULL THEN NULL WHEN {is_placeholder(raw, placeholders)} THEN NULL ELSE {raw} END",
    }
    for target, value in _chosen(column).items():
        values[target] = (
            f"CASE WHEN {sure} THEN {which_by_form(raw, column, value)} END" if column.formats else "NULL::UTINYINT"
        )
    return values


def look_again(connection: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    """Read the times whose texts have not the form of any format. Few rows, so they may take long.

    ``rowid`` names a row here for two statements, between which nothing else is done; its order is of no account.
    Only what is read is put in: a row that is changed takes memory in all that stand around it, and most of
    these texts are no times and stay as they are.
    """
    zone = plan.profile.timestamps.timezone
    generated = {name for name, _, expression in _columns(plan) if expression}
    for column in plan.times.values():
        name, text = column.place.name, identifier(f"{column.place.name}_text")
        time = slow(text, column, zone)
        values = {
            name: within_calendar(time, column),
            f"{name}_text": unread_text(text, time, plan.placeholders(column.place)),
        }
        for target, value in _chosen(column).items():
            values[target] = which_in_turn(text, column, zone, value) if column.formats else "NULL::UTINYINT"
        values = {key: value for key, value in values.items() if key not in generated}
        found = ", ".join(f"{value} AS {identifier(key)}" for key, value in values.items())
        connection.execute(
            f"CREATE OR REPLACE TABLE reading_again AS SELECT * FROM (SELECT rowid AS place, {found} FROM {TABLE} WHERE {text} IS NOT NULL) "
            f"WHERE {text} IS NULL"
        )
        settings = ", ".join(f"{identifier(key)} = again.{identifier(key)}" for key in values)
        connection.execute(
            f"UPDATE {TABLE} SET {settings} FROM reading_again AS again WHERE {TABLE}.rowid = again.place"
        )
    connection.execute("DROP TABLE IF EXISTS reading_again")


def _chosen(column: TimeColumn) -> dict[str, Callable[[int], int]]:
    """SQL of the stored facts of the format that has read a time: its precision, and where that is not enough, its number."""
    name = column.place.name
    chosen: dict[str, Callable[[int], int]] = {f"{name}_precision": lambda number: column.formats[number].precision}
    if not column.by_precision:
        chosen[format_column(name)] = lambda number: number
    return chosen
