"""The columns of an extract by name: which columns of its files are the same, and how they are called in the table."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from logsyn.expectations.headers import plain
from logsyn.expectations.source import CANONICAL_COLUMNS, TIME_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

OF_THE_TABLE = ("file", "line", "row_id", "reading strays", "rowid")
"""Columns that the table has beside the canonical ones; DuckDB gives ``rowid`` to every table, and a column of that name would hide it."""

Key = tuple[str, int]
"""A column over all files: its plain header, and which one of the columns of that header it is (from 1)."""


def keys(headers: Sequence[str]) -> list[Key]:
    """The key of each column of one file. Headers that differ by case or by spaces around only are doubles."""
    seen: dict[str, int] = {}
    found: list[Key] = []
    for number, header in enumerate(headers, 1):
        name = plain(header) or f"column {number}"
        seen[name] = seen.get(name, 0) + 1
        found.append((name, seen[name]))
    return found


def reserved_names(further: Iterable[str] = ()) -> set[str]:
    """Names that a column of the extract cannot have in the table, in plain form."""
    times = [f"{column}_{part}" for column in TIME_COLUMNS for part in ("text", "precision")]
    return {plain(name) for name in (*CANONICAL_COLUMNS, *OF_THE_TABLE, *times, *further)}


def table_names(headers: Sequence[tuple[str, int]], reserved: set[str]) -> list[str]:
    """How columns that are kept under their own header are called in the table: docs/declarations.md says the rule.

    Args:
        headers: header text and 1-based position of each column, in order.
        reserved: plain names that are taken.
    """
    taken = set(reserved)
    names = []
    for header, position in headers:
        own = " ".join(header.split()) if "\n" in header or "\r" in header else header.strip()
        own = unicodedata.normalize("NFC", own)
        name = base = own or f"column {position}"
        if plain(name) in reserved:
            name = base = f"{own} (extract)"
        number = 1
        while plain(name) in taken:
            number += 1
            name = f"{base} ({number})"
        taken.add(plain(name))
        names.append(name)
    return names
