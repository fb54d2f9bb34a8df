"""Extracts of any size for benchmarks: the full log many times over, with other case ids, times and variants."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from sample_logs.generator.event import COLUMNS
from sample_logs.generator.logs import write_momentum

BASE_CASES = 5900
WEEKS = 26
LEFT_OUT = 25
"""In a copy one event of so many is left out at random, so that its cases have variants of their own."""

TIME_COLUMNS = ("Starttidspunkt", "Oprettet", "Startdato", "Slutdato")
LAYOUTS = {"minute": "%d-%m-%Y %H:%M", "day": "%d-%m-%Y"}


def write_bulk(path: Path, events: int, seed: int, base_cases: int = BASE_CASES) -> None:
    """Write ``events`` rows with the columns of the sample to ``path``, in UTF-8, without truth.

    Copies beside the first lie whole weeks earlier, up to half a year; what is no time stays as it is.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder, duckdb.connect() as connection:
        write_momentum(Path(folder), base_cases, seed)
        source = Path(folder) / "base.csv"
        source.write_bytes((Path(folder) / "momentum.csv").read_bytes().decode("cp1252").encode())
        _load(connection, source)
        target = str(path).replace("'", "''")
        rows = _rows(_copies(connection, events))
        connection.execute(f"COPY ({rows} LIMIT {events:d}) TO '{target}' (HEADER, DELIMITER ';')")


def _load(connection: duckdb.DuckDBPyConnection, source: Path) -> None:
    """The base as texts, with its times read once; its broken records are left out."""
    columns = ", ".join(f"'{column}': 'VARCHAR'" for column in COLUMNS)
    times = ", ".join(
        f'try_strptime("{column}", \'{layout}\') AS "{column} {name}"'
        for column in TIME_COLUMNS
        for name, layout in LAYOUTS.items()
    )
    connection.execute(
        f"CREATE TABLE base AS SELECT *, row_number() OVER () AS place, {times} "
        f"FROM read_csv(?, columns={{{columns}}}, "
        "auto_detect=false, header=true, delim=';', quote='\"', escape='\"', ignore_errors=true)",
        [str(source)],
    )


def _copies(connection: duckdb.DuckDBPyConnection, events: int) -> int:
    found = connection.execute("SELECT count(*) FROM base").fetchone()
    rows = int(found[0]) if found else 0
    return events * LEFT_OUT // (rows * (LEFT_OUT - 1)) + 2


def _rows(copies: int) -> str:
    """The query of all copies in the order of the copies."""
    columns = ", ".join(f'{_value(column)} AS "{column}"' for column in COLUMNS)
    kept = f"copy = 0 OR hash(place * 1000 + copy) % {LEFT_OUT} <> 0"
    return f"SELECT {columns} FROM range({copies:d}) AS copies(copy), base WHERE {kept} ORDER BY copy, place"


def _value(column: str) -> str:
    """SQL of a column in a copy: case ids get the copy's number, times between 2000 and 2098 move."""
    if column == "SagsID":
        return 'CASE WHEN copy = 0 OR length("SagsID") < 2 THEN "SagsID" ELSE concat(\'K\', copy, \'-\', "SagsID") END'
    if column not in TIME_COLUMNS:
        return f'"{column}"'
    shift = f"to_days(CAST(-7 * (copy % {WEEKS}) AS INTEGER))"
    stays = f'copy = 0 OR year(coalesce("{column} minute", "{column} day")) NOT BETWEEN 2000 AND 2098'
    moved = " ".join(
        f'WHEN "{column} {name}" IS NOT NULL THEN strftime("{column} {name}" + {shift}, \'{layout}\')'
        for name, layout in LAYOUTS.items()
    )
    return f'CASE WHEN {stays} THEN "{column}" {moved} ELSE "{column}" END'
