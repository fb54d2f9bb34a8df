"""The SQL templates of the catalogue: parameters are put in as quoted names, quoted values or conditions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from logsyn.expectations.source import TIME_COLUMNS
from logsyn.expectations.span import span_seconds
from logsyn.validator.database.conditions import condition
from logsyn.validator.database.sql import as_number, filled, identifier, literal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from logsyn.expectations.catalogue import Parameter

_PLACE = re.compile(r"\{(\w+)(?::(\w+))?\}")
_SQL_TYPES = {
    "number": "DOUBLE",
    "span": "DOUBLE",
    "columns": "VARCHAR[]",
    "texts": "VARCHAR[]",
    "dates": "DATE[]",
    "flag": "BOOLEAN",
    "bound:number": "DOUBLE",
    "bound:time": "TIMESTAMP",
    "bound:after": "TIMESTAMP",
}


def render(
    template: str,
    given: Mapping[str, Any],
    parameters: Mapping[str, Parameter],
    places: Mapping[str, str] | None = None,
) -> str:
    """The SQL of a template with its parameters in place.

    Forms: ``{column}`` a name, ``{column:filled}`` NULL where missing, ``{column:parsed}`` 0 where a time could not be read,
    ``{column:precision}`` of a time, ``{column:number}`` and ``{column:time}`` NULL where it is none; ``{columns:names}`` names,
    else a list of texts; a span in days, ``{span:interval}`` as an interval, ``{span:microseconds}``; ``{choice:form}``; a
    condition as a test that is true or false; ``{bound:number}`` and ``{bound:time}`` NULL where it is none, ``{bound:after}`` the
    first moment behind it. ``places`` are SQL for further names, such as ``{found}``, ``{finds}`` and
    ``{events}``.
    """
    further = places or {}

    def place(match: re.Match[str]) -> str:
        name, form = match[1], match[2]
        return further[name] if name in further else _parameter(given[name], parameters[name], form)

    return _PLACE.sub(place, template)


def render_name(template: str, given: Mapping[str, Any]) -> str:
    """A column name of ``shows`` with its parameters in place: ``{column}_text`` becomes ``timestamp_text``."""
    return _PLACE.sub(lambda match: str(given[match[1]]), template)


def _parameter(value: Any, parameter: Parameter, form: str | None) -> str:
    if value is not None and parameter.kind in _RENDERED:
        return _RENDERED[parameter.kind](value, parameter, form)
    kind = parameter.kind if parameter.kind in _SQL_TYPES else f"{parameter.kind}:{form}"
    return f"{literal(value)}::{_SQL_TYPES.get(kind, 'VARCHAR')}"


def _chosen(value: str, parameter: Parameter, form: str | None) -> str:
    """The SQL of a choice: a column, or one of several expressions by the form that the template asks for."""
    choice = parameter.choices[value]
    return identifier(choice) if isinstance(choice, str) else str(choice[form or "value"])


def _columns(names: list[str], _: Parameter, form: str | None) -> str:
    return ", ".join(map(identifier, names)) if form == "names" else f"{literal(names)}::VARCHAR[]"


def _span(value: object, _: Parameter, form: str | None) -> str:
    seconds = span_seconds(value)
    if form == "microseconds":
        return f"{round(seconds * 1e6)}::BIGINT"
    return f"to_microseconds({round(seconds * 1e6)})" if form == "interval" else f"{seconds / 86400!r}::DOUBLE"


def _counts(value: Mapping[str, float], _: Parameter, __: str | None) -> str:
    return f"MAP({literal(list(value))}::VARCHAR[], {literal(list(value.values()))}::DOUBLE[])"


def _column(name: str, _: Parameter, form: str | None) -> str:
    if form == "filled":
        return filled(name)
    if form == "parsed":
        unread = identifier(name + "_unread")
        return f"CASE WHEN {unread} THEN 0 WHEN {identifier(name)} IS NOT NULL THEN 1 END"
    if form == "precision":
        return identifier(f"{name}_precision")
    if form == "number":
        return "NULL::DOUBLE" if name in TIME_COLUMNS else as_number(name)
    if form == "time" and name not in TIME_COLUMNS:
        return f"TRY_CAST({identifier(name)}::VARCHAR AS TIMESTAMP)"
    return identifier(name)


def _bound(value: float | str, _: Parameter, form: str | None) -> str:
    if isinstance(value, str):
        step = (
            f" + INTERVAL {'1 MICROSECOND' if len(value) > len('2023-01-31') else '1 DAY'}" if form == "after" else ""
        )
        return "NULL::DOUBLE" if form == "number" else f"(TIMESTAMP {literal(value)}{step})"
    return f"{literal(value)}::DOUBLE" if form == "number" else "NULL::TIMESTAMP"


_RENDERED: dict[str, Callable[[Any, Parameter, str | None], str]] = {
    "bound": _bound,
    "column": _column,
    "columns": _columns,
    "choice": _chosen,
    "condition": lambda value, _, __: f"({condition(value)})",
    "counts": _counts,
    "span": _span,
}
"""How a given parameter becomes SQL, where that is not just a literal of its type."""
