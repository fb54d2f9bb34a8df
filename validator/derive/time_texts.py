"""The table ``time_texts``: how many values of each text column can be read as a time, though nobody has mapped it as one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from logsyn.validator.database.answers import record, records
from logsyn.validator.database.groups import in_groups, texts_below_each_other
from logsyn.validator.database.sql import identifier, literal
from logsyn.validator.reading.formats import Format
from logsyn.validator.reading.shapes import format_of, shape_sql

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

SAMPLE = 4_000
"""Rows, spread over the extract, by which columns that hold no times are told; a column of times is then counted whole."""

_PROMISING = 0.75
_MOST_FORMATS = 8
_MOST_SHAPES = 200

TABLE = "CREATE TABLE time_texts (name VARCHAR, filled BIGINT, read_as_time BIGINT, format VARCHAR)"


def create_time_texts(
    connection: duckdb.DuckDBPyConnection, columns: Sequence[str], formats: Sequence[str], *, wanted: bool
) -> None:
    """Create ``time_texts``; an empty one when no rule looks at it.

    Args:
        connection: holds ``rows``.
        columns: the text columns to look at.
        formats: those of the source profile, to be tried beside the usual ones.
        wanted: whether a rule looks at the table.
    """
    connection.execute(TABLE)
    for group in in_groups(columns, 2 * SAMPLE) if wanted else ():
        shapes = _shapes(connection, group)
        for name in group:
            found = _formats(connection, shapes.get(name, []), formats)
            filled, read, form = _count(connection, f"{identifier(name)}::VARCHAR", found) if found else (None, 0, None)
            connection.execute("INSERT INTO time_texts VALUES (?, ?, ?, ?)", [name, filled, read, form])


def _shapes(connection: duckdb.DuckDBPyConnection, columns: Sequence[str]) -> dict[str, list[tuple[str, int, str]]]:
    """Of each column the shapes of its texts in a sample, the commonest first, each with their number and the first one."""
    step = f"greatest((SELECT count(*) FROM rows) // {SAMPLE}, 1)"
    texts = {name: identifier(name) for name in columns}
    sample = texts_below_each_other(texts, f"rows WHERE (row_id - 1) % {step} = 0", "row_id AS place,")
    rows = connection.execute(
        f"SELECT which, {shape_sql('text')} AS shape, count(*) AS texts, arg_min(text, place) AS first FROM ({sample}) WHERE text IS NOT NULL "
        f"GROUP BY which, shape QUALIFY row_number() OVER (PARTITION BY which ORDER BY texts DESC, shape) <= {_MOST_SHAPES} "
        "ORDER BY which, texts DESC, shape"
    )
    found: dict[str, list[tuple[str, int, str]]] = {}
    for row in records(rows):
        found.setdefault(row["which"], []).append((row["shape"], row["texts"], row["first"]))
    return found


def _formats(
    connection: duckdb.DuckDBPyConnection, shapes: Sequence[tuple[str, int, str]], given: Sequence[str]
) -> list[Format]:
    """The formats by which most of a sample can be read, the commonest first; none when it holds no times."""
    found: dict[Format, None] = {}
    promising = 0
    for shape, texts, example in shapes:
        forms = [form for form in _of_shape(shape) or map(Format, given) if _reads(connection, form, example)]
        promising += texts if forms or _of_shape(shape) else 0
        found |= dict.fromkeys(forms or _of_shape(shape))
    enough = promising >= _PROMISING * sum(texts for _, texts, _ in shapes)
    return list(found)[:_MOST_FORMATS] if enough and promising else []


def _of_shape(shape: str) -> list[Format]:
    """The usual formats of a shape, day first and month first; a plain number is none of a time."""
    if shape.strip("9") == "":
        return []
    forms = [format_of(shape, month_first=month_first) for month_first in (False, True)]
    return list(dict.fromkeys(form for form in forms if form))


def _reads(connection: duckdb.DuckDBPyConnection, form: Format, text: str) -> bool:
    return connection.execute(f"SELECT {_is_read('?::VARCHAR', form)}", [text]).fetchone() == (True,)


def _count(
    connection: duckdb.DuckDBPyConnection, column: str, formats: Sequence[Format]
) -> tuple[int, int, str | None]:
    """Values of a column, how many of them can be read, and the format that reads most; each text is read once."""
    reads = [f"{_is_read('text', form)} AS r{at}" for at, form in enumerate(formats)]
    sums = [f"sum(texts) FILTER (r{at}) AS read_{at}" for at in range(len(formats))]
    any_of = " OR ".join(f"r{at}" for at in range(len(formats)))
    row = record(
        connection.execute(
            f"SELECT sum(texts) AS filled, sum(texts) FILTER ({any_of}) AS read, {', '.join(sums)} FROM (SELECT texts, {', '.join(reads)} FROM "
            f"(SELECT {column} AS text, count(*) AS texts FROM rows WHERE {column} IS NOT NULL GROUP BY ALL))"
        )
    )
    each = [int(row[f"read_{at}"] or 0) for at in range(len(formats))]
    best = formats[each.index(max(each))].text if any(each) else None
    return int(row["filled"] or 0), int(row["read"] or 0), best


def _is_read(text: str, form: Format) -> str:
    return f"coalesce(try_strptime(trim({text}), {literal(form.for_duckdb)}) IS NOT NULL, false)"
