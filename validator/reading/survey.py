"""The survey: one pass over every file before anything is stored.

It finds the number of rows, the values of categories, and the shapes of times nobody has described.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import duckdb

from validator.reading.quote import is_placeholder, literal
from validator.reading.relation import raw_rows, watched
from validator.reading.shapes import Evidence, format_of, mask, separator, shape_sql

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from validator.reading.layout import Place
    from validator.reading.part import Part

CATEGORY_LIMIT = 50_000
"""Values beyond which a column is stored as text."""

_VALUES = "reading_values"
_PASS = "reading_pass"  # noqa: S105 - a table


@dataclass
class Survey:
    """``rows`` per file; ``categories``: columns whose values are all known; ``shapes`` of times per column."""

    rows: list[int] = field(default_factory=list)
    categories: set[int] = field(default_factory=set)
    shapes: dict[int, dict[str, int]] = field(default_factory=dict)


def take_survey(
    connection: duckdb.DuckDBPyConnection,
    parts: Sequence[Part],
    places: Sequence[Place],
    categories: Sequence[int],
    shapes: Mapping[int, dict[str, int]],
) -> Survey:
    """Look at every row of every file once.

    Args:
        connection: where the values of the categories are kept for ``create_categories``.
        parts: the files.
        places: the columns of the table.
        categories: numbers of the places that look like categories.
        shapes: for each place whose formats have to be found: the shapes that the sample has.

    Raises:
        NotPlainError: a file has to be split first.
    """
    found = Survey(categories=set(categories), shapes={at: dict(known) for at, known in shapes.items()})
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {_VALUES} (place INTEGER, value VARCHAR)")
    for number, part in enumerate(parts):
        try:
            _survey_part(connection, raw_rows(part, number, places), number, found, shapes)
        except duckdb.OutOfMemoryException:
            found.categories.clear()  # a column has more values than memory holds: none is stored as a category
            _survey_part(connection, raw_rows(part, number, places), number, found, shapes)
    return found


def create_categories(
    connection: duckdb.DuckDBPyConnection, survey: Survey, placeholders: Sequence[str]
) -> dict[int, str]:
    """Create an enumeration of the values of each category, placeholders left out; its type name by place."""
    types = {}
    for at in sorted(survey.categories):
        meaningful = f"place = {at} AND value IS NOT NULL AND NOT {is_placeholder('value', placeholders)}"
        query = f"SELECT DISTINCT value FROM {_VALUES} WHERE {meaningful} ORDER BY value"
        values = connection.execute(f"SELECT count(*) FROM ({query})").fetchall()[0][0]
        if 0 < values <= CATEGORY_LIMIT:
            types[at] = f"category_{at}"
            create_enumeration(connection, types[at], query)
    connection.execute(f"DROP TABLE IF EXISTS {_VALUES}")
    connection.execute(f"DROP TABLE IF EXISTS {_PASS}")
    return types


def create_enumeration(connection: duckdb.DuckDBPyConnection, name: str, query: str) -> None:
    """Create an ENUM type of the texts that a query gives, in its order."""
    connection.execute(f"DROP TYPE IF EXISTS {name}")
    connection.execute(f"CREATE TYPE {name} AS ENUM ({query})")


def find_evidence(
    connection: duckdb.DuckDBPyConnection, parts: Sequence[Part], places: Sequence[Place], survey: Survey
) -> dict[int, dict[str, Evidence]]:
    """Per column and separator: how many texts of the whole extract can only be read day first, or only month first."""
    ambiguous = [
        (at, between)
        for at, shapes in survey.shapes.items()
        for between in sorted({one for one in map(separator, shapes) if one})
    ]
    found: dict[int, dict[str, Evidence]] = {}
    if not ambiguous:
        return found
    counts = ", ".join(count for at, between in ambiguous for count in _evidence_counts(f"p{at}", between))
    totals = [0] * (2 * len(ambiguous))
    for number, part in enumerate(parts):
        with watched(number):
            row = connection.execute(f"SELECT {counts} FROM ({raw_rows(part, number, places)})").fetchall()[0]
        totals = [total + int(count) for total, count in zip(totals, row, strict=True)]
    for (at, between), day, month in zip(ambiguous, totals[::2], totals[1::2], strict=True):
        found.setdefault(at, {})[between] = Evidence(day, month)
    return found


def _survey_part(
    connection: duckdb.DuckDBPyConnection, rows: str, number: int, found: Survey, known: Mapping[int, Mapping[str, int]]
) -> None:
    """Add what one pass over the ``rows`` of a file answers."""
    asked = ["count(*) AS rows"]
    asked += [f"list(DISTINCT p{at}) AS v{at}" for at in sorted(found.categories)]
    asked += [
        f"list(DISTINCT {shape_sql(f'p{at}')}) FILTER ({_new_shape(f'p{at}', shapes)}) AS s{at}"
        for at, shapes in known.items()
    ]
    with watched(number):
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {_PASS} AS SELECT {', '.join(asked)} FROM ({rows})")
    found.rows.append(int(connection.execute(f"SELECT rows FROM {_PASS}").fetchall()[0][0]))
    for at in sorted(found.categories):
        count = connection.execute(f"SELECT len(v{at}) FROM {_PASS}").fetchall()[0][0]
        if count is not None and count > 2 * CATEGORY_LIMIT:
            found.categories.discard(at)
        else:
            connection.execute(f"INSERT INTO {_VALUES} SELECT {at}, unnest(v{at}) FROM {_PASS}")
    for at in known:
        for (shape,) in connection.execute(f"SELECT unnest(s{at}) FROM {_PASS}").fetchall():
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


def _evidence_counts(raw: str, between: str) -> tuple[str, str]:
    first = f"({raw} LIKE '__{between}%' AND {raw} >= '13' AND {raw} < '32')"
    second = (
        f"({raw} LIKE '__{between}__{between}%' AND substr({raw}, 4, 2) BETWEEN '13' AND '31'"
        f" OR {raw} LIKE '_{between}__{between}%' AND substr({raw}, 3, 2) BETWEEN '13' AND '31')"
    )
    return f"count(*) FILTER ({first} AND NOT {second})", f"count(*) FILTER ({second} AND NOT {first})"
