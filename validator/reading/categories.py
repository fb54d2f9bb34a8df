"""Categories: columns of few values, stored as enumerations of the values in the sample, and completed once all is loaded."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from logsyn.validator.database.groups import are_filled, in_groups
from logsyn.validator.database.sql import identifier, literal
from logsyn.validator.reading.placeholders import is_placeholder, without_placeholders
from logsyn.validator.reading.sample import ROWS, gather_values, gathered_values

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import duckdb

    from logsyn.validator.reading.layout import TableColumn

CATEGORY_LIMIT = 50_000
"""Values beyond which a column is stored as text."""

STRAYS = "reading strays"
"""The column that holds, while loading, the values of a row that the sample has not: a list in the order of the categories."""


@dataclass(frozen=True)
class Category:
    """A column that looks like a category. ``type``: its enumeration; None while no value of it is known.

    ``meaningless``: the placeholders that the sample has, which are no strays.
    """

    at: int
    name: str
    placeholders: tuple[str, ...]
    type: str | None
    meaningless: tuple[str, ...] = ()

    @property
    def cast(self) -> str:
        """The value of the enumeration, under the name that ``stray`` looks for; a placeholder is none, and becomes NULL."""
        return f"TRY_CAST(p{self.at} AS {self.type}) AS e{self.at}"

    @property
    def stray(self) -> str:
        """A text that the enumeration has not, else NULL."""
        unknown = f"CASE WHEN e{self.at} IS NULL THEN p{self.at} END"
        if not self.meaningless:
            return unknown
        texts = ", ".join(map(literal, self.meaningless))
        return f"CASE WHEN e{self.at} IS NULL AND p{self.at} IS NOT NULL AND NOT list_contains([{texts}], p{self.at}) THEN p{self.at} END"


def find_categories(
    connection: duckdb.DuckDBPyConnection,
    places: Sequence[TableColumn],
    columns: Sequence[int],
    placeholders: Sequence[str],
) -> dict[int, Category]:
    """Those of the columns that look like categories, by the number of their place; the enumerations of their values in the sample are created."""
    connection.execute("DROP TABLE IF EXISTS rows")  # of an earlier attempt, with the same types
    found = {}
    for group in in_groups(columns, ROWS):
        for at, (has_values, meaningless) in gather_values(connection, group, placeholders).items():
            kind = f"category_{at}" if has_values else None
            if kind is not None:
                create_enumeration(connection, kind, gathered_values(at))
            found[at] = Category(at, places[at].name, tuple(placeholders), kind, meaningless)
    return found


def strays_of(categories: Mapping[int, Category]) -> str:
    """SQL of the strays of a row: NULL in nearly all."""
    strays = [category.stray for category in categories.values() if category.type]
    if not strays:
        return "NULL::VARCHAR[]"
    return f"CASE WHEN {' OR '.join(f'({stray}) IS NOT NULL' for stray in strays)} THEN [{', '.join(strays)}] END"


def complete_categories(
    connection: duckdb.DuckDBPyConnection, categories: Mapping[int, Category]
) -> dict[int, Category]:
    """Give every category column in ``rows`` the enumeration of all its values; a column with too many values becomes text."""
    typed = [category for category in categories.values() if category.type]
    strays = [f"{identifier(STRAYS)}[{number}]" for number in range(1, len(typed) + 1)]
    have = are_filled(connection, f"rows WHERE {identifier(STRAYS)} IS NOT NULL", strays)
    whole = [
        _complete(connection, category, stray) if has_any else category
        for category, stray, has_any in zip(typed, strays, have, strict=True)
    ]
    others = [category for category in categories.values() if not category.type]
    have = are_filled(connection, "rows", [identifier(category.name) for category in others])
    whole += [_begin(connection, category) for category, has_any in zip(others, have, strict=True) if has_any]
    connection.execute(f"ALTER TABLE rows DROP COLUMN {identifier(STRAYS)}")
    return {category.at: category for category in whole if category.type}


def create_enumeration(connection: duckdb.DuckDBPyConnection, name: str, query: str) -> None:
    """Create an ENUM type of the texts that a query gives, in its order."""
    connection.execute(f"DROP TYPE IF EXISTS {name}")
    connection.execute(f"CREATE TYPE {name} AS ENUM ({query})")


def _complete(connection: duckdb.DuckDBPyConnection, category: Category, stray: str) -> Category:
    """``stray``: SQL of what the lists of strays have of the category."""
    new = (
        f"SELECT DISTINCT {stray} AS value FROM rows WHERE {identifier(STRAYS)} IS NOT NULL"
        f" AND {stray} IS NOT NULL AND NOT {is_placeholder(stray, category.placeholders)}"
    )
    if _count(connection, new) == 0:
        return category
    everything = f"SELECT value FROM (SELECT unnest(enum_range(NULL::{category.type}))::VARCHAR AS value UNION {new})"
    kind = _enumerate(connection, category, everything)
    name, strays = identifier(category.name), identifier(STRAYS)
    added = f"TRY_CAST({stray} AS {kind})" if kind else without_placeholders(stray, category.placeholders)
    before = f"TRY_CAST({name} AS {kind or 'VARCHAR'})"
    connection.execute(
        f"ALTER TABLE rows ALTER COLUMN {name} TYPE {kind or 'VARCHAR'}"
        f" USING (CASE WHEN {strays} IS NULL THEN {before} ELSE coalesce({before}, {added}) END)"
    )
    return replace(category, type=kind)


def _begin(connection: duckdb.DuckDBPyConnection, category: Category) -> Category:
    """A category without any value in the sample, which was loaded as text."""
    name = identifier(category.name)
    kind = _enumerate(connection, category, f"SELECT DISTINCT {name} AS value FROM rows WHERE {name} IS NOT NULL")
    if kind is not None:
        connection.execute(f"ALTER TABLE rows ALTER COLUMN {name} TYPE {kind}")
    return replace(category, type=kind)


def _enumerate(connection: duckdb.DuckDBPyConnection, category: Category, values: str) -> str | None:
    """The enumeration of all values of a category; None when they are too many, or none."""
    if not 0 < _count(connection, values) <= CATEGORY_LIMIT:
        return None
    kind = f"category_{category.at}_whole"
    create_enumeration(connection, kind, f"{values} ORDER BY value")
    return kind


def _count(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM ({query})").fetchall()[0][0])
