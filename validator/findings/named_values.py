"""The values that a rule names: in its conditions, its lists of activities, the set of a stock expectation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from logsyn.expectations.condition import TEXT_OPERATORS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from logsyn.expectations.rule import Rule

EQUALS = "equals"

_SETS = {
    "expect_column_values_to_be_in_set": True,
    "expect_column_distinct_values_to_be_in_set": True,
    "expect_column_most_common_value_to_be_in_set": True,
    "expect_column_distinct_values_to_contain_set": False,
    "expect_column_distinct_values_to_equal_set": False,
}
"""Stock expectations with a set of values that are hoped for, and whether a set may have more than the column."""


@dataclass(frozen=True)
class NamedValue:
    """A value of ``column`` that a rule names. ``key``: under which key of the suite it stands.

    ``operator``: how a value is compared with it, ``equals`` or an operator of conditions on texts. ``may_lack``: it stands on a list of what
    is allowed, where it is no fault that it does not occur.
    """

    key: str
    column: str
    value: str
    operator: str = EQUALS
    may_lack: bool = False


def values_named(rule: Rule) -> Iterator[NamedValue]:
    """All values that a rule names, in the order of the suite; those that are compared by size are none."""
    yield from _of_condition("where", rule.where)
    for name, kind in rule.parameters.items():
        given = rule.given.get(name)
        if given is not None and kind.kind == "condition":
            yield from _of_condition(name, given)
        elif given is not None and kind.values_of is not None:
            column = str(rule.given[kind.values_of[1:-1]]) if kind.values_of.startswith("{") else kind.values_of
            yield from (NamedValue(name, column, str(value), may_lack=kind.may_lack) for value in given)
    if rule.value is None and rule.expect in _SETS:
        wanted = rule.args.get("value_set") or []
        column, may_lack = str(rule.args["column"]), _SETS[rule.expect]
        yield from (NamedValue("value_set", column, one, may_lack=may_lack) for one in wanted if isinstance(one, str))


def _of_condition(key: str, where: Mapping[str, Any]) -> Iterator[NamedValue]:
    for column, wanted in where.items():
        for operator, operand in wanted.items() if isinstance(wanted, dict) else [(EQUALS, wanted)]:
            if operator in (EQUALS, "not"):
                some = operand if isinstance(operand, list) else [operand]
                yield from (NamedValue(key, column, _text(value)) for value in some)
            elif operator in TEXT_OPERATORS:
                yield NamedValue(key, column, str(operand), operator)


def _text(value: Any) -> str:
    """A value as a condition compares it: ``validator/database/conditions.py``."""
    return str(value).lower() if isinstance(value, bool) else str(value)
