"""SQL from parts that are safe: quoted identifiers, quoted literals, and the value templates of the catalogue."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

from expectations.source import TIME_COLUMNS
from expectations.span import span_seconds

if TYPE_CHECKING:
    from collections.abc import Mapping

    from expectations.catalogue import Parameter

_PLACE = re.compile(r"\{(\w+)(?::(\w+))?\}")
_SQL_TYPES = {"number": "DOUBLE", "span": "DOUBLE", "columns": "VARCHAR[]", "texts": "VARCHAR[]", "dates": "DATE[]"}


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


def render(template: str, given: Mapping[str, Any], parameters: Mapping[str, Parameter]) -> str:
    """The SQL of a value template with its parameters in place (``{name}``, ``{name:filled}``, ``{name:parsed}``)."""

    def place(match: re.Match[str]) -> str:
        name, form = match[1], match[2]
        return _parameter(given[name], parameters[name], form)

    return _PLACE.sub(place, template)


def render_name(template: str, given: Mapping[str, Any]) -> str:
    """A column name of ``shows`` with its parameters in place: ``{column}_text`` becomes ``timestamp_text``."""
    return _PLACE.sub(lambda match: str(given[match[1]]), template)


def condition(where: Mapping[str, Any]) -> str:
    """The SQL of a ``where`` mapping of column to a value or a list of values; all must hold.

    Raises:
        ValueError: a condition of another form.
    """
    return " AND ".join(_one_condition(column, wanted) for column, wanted in where.items())


def filled(column: str) -> str:
    """SQL that is NULL where a column of ``events`` is missing; a time that could not be read is not missing."""
    name = identifier(column)
    if column in TIME_COLUMNS:
        return f"CASE WHEN {name} IS NOT NULL OR {identifier(column + '_unread')} THEN 1 END"
    return name


def _parameter(value: Any, parameter: Parameter, form: str | None) -> str:
    if parameter.kind == "column":
        return _column(value, form)
    if parameter.kind == "choice":
        return identifier(parameter.choices[value])
    if parameter.kind == "span" and value is not None:
        value = span_seconds(value) / 86400
    return f"{literal(value)}::{_SQL_TYPES[parameter.kind]}"


def _column(name: str, form: str | None) -> str:
    if form == "filled":
        return filled(name)
    if form == "parsed":
        unread = identifier(name + "_unread")
        return f"CASE WHEN {unread} THEN 0 WHEN {identifier(name)} IS NOT NULL THEN 1 END"
    return identifier(name)


def _one_condition(column: str, wanted: Any) -> str:
    values = wanted if isinstance(wanted, list) else [wanted]
    if not values or any(isinstance(value, dict | list) or value is None for value in values):
        raise ValueError(f"the condition on {column!r} must be a value or a list of values (got {wanted!r})")
    texts = [str(value) for value in values]
    return f"coalesce(list_contains({literal(texts)}::VARCHAR[], {identifier(column)}::VARCHAR), false)"
