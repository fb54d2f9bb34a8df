"""What a rule asks, as it is recorded: without values of columns that name cases or persons or hold free text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from logsyn.expectations.stock import columns_of
from logsyn.validator.findings.persons import is_protected

if TYPE_CHECKING:
    from collections.abc import Iterator

    from logsyn.expectations.rule import Rule

HIDDEN = "…"
"""What stands in the place of a value."""

COUNTS = re.compile("_(count|proportion|lengths?)_")
"""Stock expectations on how many or how long values are: their figures are no values of the column."""

_REMARK = f"-- '{HIDDEN}' = vises ikke / is not shown\n"
_OPEN_ARGUMENTS = frozenset({"column", "column_A", "column_B", "column_list", "type_", "type_list"})
_KINDS_OF_VALUES = ("texts", "bound", "dates")
_LITERAL = re.compile(
    r"""(?P<name>"(?:[^"]|"")*")|'(?P<text>(?:[^']|'')*)'|(?<![\w.])(?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)(?!\w)"""
)
_SHORT = 2
"""Numbers of so many digits stand in the SQL of every rule, and are blanked only where the rule hides that very number."""


def params_of(rule: Rule) -> dict[str, Any]:
    """The parameters or arguments of a rule and its ``where``, with ``HIDDEN`` for each value that is not shown."""
    if rule.value is None:
        given = _arguments(rule)
    else:
        told = any(
            kind.kind == "column" and is_protected(str(rule.given[name])) for name, kind in rule.parameters.items()
        )
        given = {
            name: _condition(value)
            if rule.parameters[name].kind == "condition"
            else _blank(value)
            if told and rule.parameters[name].kind in _KINDS_OF_VALUES
            else value
            for name, value in rule.given.items()
            if value is not None
        }
    return given | ({"where": _condition(rule.where)} if rule.where else {})


def sql_shown(sql: str | None, rule: Rule) -> str | None:
    """The SQL of a rule; of one that hides values, every literal is blanked that is not among those it shows.

    Whatever form a value takes in SQL, it is not there: what is kept is what may be seen, not what differs from the value.
    """
    asked = {"given": rule.args if rule.value is None else rule.given, "where": rule.where}
    shown = {str(one) for one in _leaves(params_of(rule))}
    hidden = {str(one) for one in _leaves(asked)} - shown if HIDDEN in shown else set()
    if sql is None or HIDDEN not in shown:
        return sql
    numbers = {float(one) for one in hidden if re.fullmatch(r"-?\d+(\.\d+)?", one)}

    def blank(match: re.Match[str]) -> str:
        if match["name"] is not None:
            return match[0]
        if match["text"] is not None:
            return match[0] if match["text"].replace("''", "'") in {*shown, ""} else f"'{HIDDEN}'"
        is_open = len(match["number"]) <= _SHORT or match["number"] in shown
        return (
            match[0] if is_open and not {float(match["number"]), -float(match["number"])} & numbers else f"'{HIDDEN}'"
        )

    return _REMARK + _LITERAL.sub(blank, sql)


def _arguments(rule: Rule) -> dict[str, Any]:
    if COUNTS.search(rule.check) or not any(map(is_protected, columns_of(rule.args).values())):
        return dict(rule.args)
    return {name: value if name in _OPEN_ARGUMENTS else _blank(value) for name, value in rule.args.items()}


def _condition(where: Mapping[str, Any]) -> dict[str, Any]:
    return {column: _operands(wanted) if is_protected(column) else wanted for column, wanted in where.items()}


def _operands(wanted: Any) -> Any:
    if not isinstance(wanted, Mapping):
        return _blank(wanted)
    return {operator: one if operator == "missing" else _blank(one) for operator, one in wanted.items()}


def _blank(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _blank(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [HIDDEN]  # not how many there are: each may be a person
    return value if value is None or isinstance(value, bool) else HIDDEN


def _leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, Mapping):
        for one in value.values():
            yield from _leaves(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _leaves(one)
    else:
        yield value
