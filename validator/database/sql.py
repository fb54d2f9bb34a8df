"""SQL from parts that are safe: quoted identifiers and quoted literals."""

from __future__ import annotations

import math
from typing import Any

from logsyn.expectations.source import TIME_COLUMNS


def identifier(name: str) -> str:
    """A quoted identifier, whatever characters the name has."""
    return '"' + name.replace('"', '""') + '"'


def literal(value: Any) -> str:
    """A literal of a text, number, bool, None, or list of these.

    Raises:
        ValueError: a text with a NUL character, or a number that is not finite.
        TypeError: a value of another kind.
    """
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        if not math.isfinite(value):
            raise ValueError("a number must be finite")
        return repr(value)
    if isinstance(value, str):
        if "\0" in value:
            raise ValueError("a text must not contain a NUL character")
        return "'" + value.replace("'", "''") + "'"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(literal(item) for item in value) + "]"
    raise TypeError(f"{type(value).__name__} cannot be a literal")


def filled(column: str) -> str:
    """SQL that is NULL where a column of ``events`` is missing; a time that could not be read is not missing."""
    name = identifier(column)
    if column in TIME_COLUMNS:
        return f"CASE WHEN {name} IS NOT NULL OR {identifier(column + '_unread')} THEN 1 END"
    return name


def as_number(column: str) -> str:
    """SQL of a column as a number, NULL where it is none: ``2.5``, ``2,5`` as Danish systems write it, ``1.250,50``."""
    text = f"{identifier(column)}::VARCHAR"
    plain = f"CASE WHEN contains({text}, ',') AND regexp_matches({text}, '^[^,]*[.][0-9]{{3}},') THEN replace({text}, '.', '') ELSE {text} END"
    return f"TRY_CAST(replace({plain}, ',', '.') AS DOUBLE)"
