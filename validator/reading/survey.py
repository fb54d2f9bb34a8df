"""The survey: one pass over every file before anything is stored, for the shapes of times nobody has described."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from logsyn.validator.database.answers import record
from logsyn.validator.database.sql import literal
from logsyn.validator.reading.relation import raw_rows, watched
from logsyn.validator.reading.shapes import DayMonthCounts, format_of, mask, separator, shape_sql

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import duckdb

    from logsyn.validator.reading.csv_file import CsvFile
    from logsyn.validator.reading.layout import TableColumn


@dataclass
class Survey:
    """``rows`` per file; ``shapes`` of times per column."""

    rows: list[int] = field(default_factory=list)
    shapes: dict[int, dict[str, int]] = field(default_factory=dict)


def take_survey(
    connection: duckdb.DuckDBPyConnection,
    parts: Sequence[CsvFile],
    places: Sequence[TableColumn],
    shapes: Mapping[int, dict[str, int]],
) -> Survey:
    """Look at every row of every file once.

    Args:
        connection: reads the files.
        parts: the files.
        places: the columns of the table.
        shapes: for each place whose formats have to be found: the shapes that the sample has.

    Raises:
        NotPlainError: a file has to be split first.
    """
    found = Survey(shapes={at: dict(known) for at, known in shapes.items()})
    for number, part in enumerate(parts):
        _survey_part(connection, raw_rows(part, number, places), number, found, shapes)
    return found


def find_evidence(
    connection: duckdb.DuckDBPyConnection, parts: Sequence[CsvFile], places: Sequence[TableColumn], survey: Survey
) -> dict[int, dict[str, DayMonthCounts]]:
    """Per column and separator: how many texts of the whole extract can only be read day first, or only month first."""
    ambiguous = [
        (at, between)
        for at, shapes in survey.shapes.items()
        for between in sorted({one for one in map(separator, shapes) if one})
    ]
    found: dict[int, dict[str, DayMonthCounts]] = {}
    if not ambiguous:
        return found
    asked = {
        f"{first}_{number}": sql
        for number, (at, between) in enumerate(ambiguous)
        for first, sql in _evidence_counts(f"p{at}", between).items()
    }
    counts = ", ".join(f"{sql} AS {name}" for name, sql in asked.items())
    totals = dict.fromkeys(asked, 0)
    for number, part in enumerate(parts):
        with watched(number):
            row = record(connection.execute(f"SELECT {counts} FROM ({raw_rows(part, number, places)})"))
        totals = {name: total + int(row[name]) for name, total in totals.items()}
    for number, (at, between) in enumerate(ambiguous):
        found.setdefault(at, {})[between] = DayMonthCounts(totals[f"day_{number}"], totals[f"month_{number}"])
    return found


def _survey_part(
    connection: duckdb.DuckDBPyConnection, rows: str, number: int, found: Survey, known: Mapping[int, Mapping[str, int]]
) -> None:
    """Add what one pass over the ``rows`` of a file answers."""
    asked = [
        f"list(DISTINCT {shape_sql(f'p{at}')}) FILTER ({_new_shape(f'p{at}', shapes)}) AS shapes_{at}"
        for at, shapes in known.items()
    ]
    with watched(number):
        counted = record(connection.execute(f"SELECT {', '.join(['count(*) AS rows', *asked])} FROM ({rows})"))
    found.rows.append(int(counted["rows"]))
    for at in known:
        for shape in counted[f"shapes_{at}"] or ():
            if format_of(shape, month_first=False):
                found.shapes[at].setdefault(shape, 0)


def _new_shape(raw: str, known: Mapping[str, int]) -> str:
    """Whether a text may be a time of a shape that is not known yet. Nearly all texts are known, and LIKE is cheap."""
    conditions = [f"{raw} IS NOT NULL", f"ltrim({raw}) < ':'"]
    for shape in known:
        condition = f"{raw} LIKE {literal(mask(shape))} ESCAPE '\\'"
        if not set(shape) & set("-/."):  # digits only: the mask would take any text of that length
            condition += f" AND NOT contains({raw}, '-') AND NOT contains({raw}, '/') AND NOT contains({raw}, '.')"
        conditions.append(f"NOT ({condition})")
    return " AND ".join([conditions[0], *conditions[2:], conditions[1]])


def _evidence_counts(raw: str, between: str) -> dict[str, str]:
    """SQL that counts the texts that can only be read with the day first, and with the month first."""
    first = f"({raw} LIKE '__{between}%' AND {raw} >= '13' AND {raw} < '32')"
    second = (
        f"({raw} LIKE '__{between}__{between}%' AND substr({raw}, 4, 2) BETWEEN '13' AND '31'"
        f" OR {raw} LIKE '_{between}__{between}%' AND substr({raw}, 3, 2) BETWEEN '13' AND '31')"
    )
    return {
        "day": f"count(*) FILTER ({first} AND NOT {second})",
        "month": f"count(*) FILTER ({second} AND NOT {first})",
    }
