"""Conditions: which rows a ``where`` or ``then`` means. A mapping of column to a value, a list of values, or operators."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from logsyn.expectations.engine_patterns import judge_regex
from logsyn.expectations.errors import shown

SCALARS = (str, int, float, bool, date)
TEXT_OPERATORS = ("starts_with", "ends_with", "contains", "matches")
ORDER_OPERATORS = ("gt", "ge", "lt", "le")
OPERATORS = (*TEXT_OPERATORS, *ORDER_OPERATORS, "not", "missing")

_DAY_OR_TIME = re.compile(r"\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d)?)?", re.ASCII)


def judge_condition(condition: object) -> dict[str, Any]:
    """A condition whose form is right: all of its columns must hold.

    A value or list means: is one of these, compared as text. Operators of one mapping must all hold: ``starts_with``,
    ``ends_with``, ``contains``, ``matches`` (a regular expression anywhere in the text), ``gt``, ``ge``, ``lt``, ``le`` (a
    number or a date), ``not`` (a value or list), ``missing`` (true or false). A missing value meets none but ``missing: true``.

    Raises:
        ValueError: not of this form; the sentence names the column.
    """
    if not isinstance(condition, Mapping) or not condition:
        message = f"a condition is a mapping of column to value, list or operators (got {shown(condition)})"
        raise ValueError(message)
    return {str(column): _judged(str(column), wanted) for column, wanted in condition.items()}


def _judged(column: str, wanted: Any) -> Any:
    if not isinstance(wanted, Mapping):
        return _values(column, wanted)
    if not wanted:
        message = f"the condition on {shown(column)} is empty"
        raise ValueError(message)
    for operator, operand in wanted.items():
        _judge_operator(column, operator, operand)
    return dict(wanted)


def _values(column: str, wanted: Any) -> Any:
    values = wanted if isinstance(wanted, list) else [wanted]
    if not values or not all(isinstance(value, SCALARS) for value in values):
        message = (
            f"the condition on {shown(column)} must be a value, a list of values or operators (got {shown(wanted)})"
        )
        raise ValueError(message)
    return wanted


def _judge_operator(column: str, operator: str, operand: Any) -> None:
    problem = ""
    if operator not in OPERATORS:
        problem = f"has no operator {shown(operator)} (there are: {', '.join(OPERATORS)})"
    elif operator == "missing" and not isinstance(operand, bool):
        problem = f"asks missing: true or false (got {shown(operand)})"
    elif operator in TEXT_OPERATORS and not (isinstance(operand, str) and operand):
        problem = f"asks a text for {operator} (got {shown(operand)})"
    elif operator in ORDER_OPERATORS and as_bound(operand) is None:
        problem = f"asks a number or a date like 2023-01-31 for {operator} (got {shown(operand)})"
    elif operator == "not":
        _values(column, operand)
    elif operator == "matches":
        try:
            judge_regex(operand)
        except ValueError as error:
            problem = str(error)
    if problem:
        message = f"the condition on {shown(column)} {problem}"
        raise ValueError(message)


def as_bound(operand: Any) -> float | str | None:
    """The bound of an order operator: a number, or the ISO text of a date or time; None when it is neither."""
    if isinstance(operand, bool):
        return None
    if isinstance(operand, int | float):
        return operand
    text = operand.isoformat(sep=" ") if hasattr(operand, "hour") else str(operand)
    if not _DAY_OR_TIME.fullmatch(text):
        return None
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return None
    return text
