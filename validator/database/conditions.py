"""The SQL of conditions (``logsyn.expectations.condition``): quoted names and quoted values, never pasted text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from logsyn.expectations.condition import as_bound, judge_condition
from logsyn.validator.database.sql import as_number, filled, identifier, literal

if TYPE_CHECKING:
    from collections.abc import Mapping

_ORDER = {"gt": ">", "ge": ">=", "lt": "<", "le": "<="}


def condition(where: Mapping[str, Any]) -> str:
    """SQL over the columns of ``events`` that is true where all of a condition holds, and else false, never NULL.

    Raises:
        ValueError: a condition of another form.
    """
    if not where:
        return ""
    return " AND ".join(_holds(column, wanted) for column, wanted in judge_condition(where).items())


def _holds(column: str, wanted: Any) -> str:
    if not isinstance(wanted, dict):
        return f"coalesce({_is_one_of(column, wanted)}, false)"
    return " AND ".join(_operator(column, operator, operand) for operator, operand in wanted.items())


def _operator(column: str, operator: str, operand: Any) -> str:
    if operator == "missing":
        return f"({filled(column)}) IS {'NULL' if operand else 'NOT NULL'}"
    if operator == "not":
        return f"coalesce(NOT {_is_one_of(column, operand)}, false)"
    if operator in _ORDER:
        return f"coalesce({_compared(column, _ORDER[operator], as_bound(operand))}, false)"
    function = {"matches": "regexp_matches"}.get(operator, operator)
    return f"coalesce({function}({identifier(column)}::VARCHAR, {literal(operand)}), false)"


def _is_one_of(column: str, wanted: Any) -> str:
    values = wanted if isinstance(wanted, list) else [wanted]
    return f"list_contains({literal([_text(value) for value in values])}::VARCHAR[], {identifier(column)}::VARCHAR)"


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _compared(column: str, sign: str, bound: float | str | None) -> str:
    if isinstance(bound, str):
        return f"TRY_CAST({identifier(column)}::VARCHAR AS TIMESTAMP) {sign} {literal(bound)}::TIMESTAMP"
    return f"{as_number(column)} {sign} {literal(bound)}"
