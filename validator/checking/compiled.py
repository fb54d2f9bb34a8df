"""A rule compiled to columns: SQL for what is judged, under safe names, and the expectation on those names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from expectations.stock import columns_of
from validator.checking.rewritten import HOLDS, rewritten
from validator.conditions import condition
from validator.derive.columns import EVENT_COLUMNS, meets
from validator.derive.events import CARRIED
from validator.sql import identifier
from validator.templates import render

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from expectations.rule import Rule

ROW_KEYS = {"events": "row_id", "cases": "case_no", "labels": "activity", "log": "events"}
"""The column that names a row of each table."""

_FACTS = frozenset({*CARRIED, *(column.name for column in EVENT_COLUMNS)})


@dataclass(frozen=True)
class Compiled:
    """A rule that can be run. ``columns``: safe name → SQL over ``relation``; ``args`` speak of the safe names.

    ``relation`` is where the rule's table can be read with the least work: for events the narrow ``event_facts``, the
    ``rows`` as they were read, or both joined. ``finds`` is the query of what no row can tell by itself; its answer is to
    stand in the table ``found``, of which ``columns`` speak.
    """

    number: int
    rule: Rule
    relation: str
    columns: Mapping[str, str]
    expect: str
    args: Mapping[str, Any]
    finds: str | None = None

    @property
    def found(self) -> str:
        """The table of what was found."""
        return f"found_{self.number}"


@dataclass(frozen=True)
class Missing:
    """A rule that cannot be run, since ``columns`` (as in ``needs``) are not there."""

    number: int
    rule: Rule
    columns: tuple[str, ...]


def compile_rule(number: int, rule: Rule, have: Mapping[str, frozenset[str]]) -> Compiled | Missing:
    """Compile a rule, or say which columns it lacks.

    Args:
        number: the rule's place in the suite, from 0; it names the columns.
        rule: what the suite asks.
        have: the columns of each table that mean something in this extract.

    Raises:
        ValueError: a condition that has no SQL; the sentence says what is wrong.
    """
    needed = [*rule.needs, *rule.where]
    lacking = tuple(need for need in needed if not meets(need, have[rule.table]))
    if lacking:
        return Missing(number, rule, lacking)
    finds = None
    if rule.value is None:
        columns, args = _stock_columns(number, rule)
    else:
        places = {"found": _found(number, rule.table), "finds": f"found_{number}", "events": _events(rule)}
        finds = render(rule.finds, rule.given, rule.parameters, places) if rule.finds else None
        columns = {f"r{number}": render(rule.value, rule.given, rule.parameters, places)}
        if rule.table == "log":
            columns[f"r{number}_of"] = render(rule.of, rule.given, rule.parameters, places)
        args = {**rule.args, "column": f"r{number}"}
    expect = rule.expect
    other = rewritten(expect, conditional=bool(rule.where))
    if other is not None:
        only = args["column"]
        columns, args, expect = {only: other(columns[only], args)}, {"column": only, "min_value": 1}, HOLDS
    within = _scope(rule, have)
    if within:
        columns = {name: f"CASE WHEN {within} THEN {value} END" for name, value in columns.items()}
    return Compiled(number, rule, _relation(rule), columns, expect, args, finds)


def _found(number: int, table: str) -> str:
    """SQL of what ``{found}`` means: whether a row is among those that were found, or for the log their number."""
    if table == "log":
        return f"(SELECT count(*) FROM found_{number})"
    key = ROW_KEYS[table]
    return f"({key} IN (SELECT {key} FROM found_{number}))::INTEGER"


def _events(rule: Rule) -> str:
    return "event_facts" if _named(rule) <= _FACTS else "events"


def _named(rule: Rule) -> set[str]:
    """The columns of events that a rule's scope and parameters name."""
    named = set(rule.where)
    for name, value in rule.given.items():
        kind = rule.parameters[name].kind
        if value is not None and kind in ("column", "columns", "condition"):
            named |= {value} if kind == "column" else set(value)
    return named


def _scope(rule: Rule, have: Mapping[str, frozenset[str]]) -> str:
    """SQL of the rows that a rule checks; a case or label is checked when one of its events is meant."""
    within = condition(rule.where)
    if not within or rule.table in ("events", "log") or set(rule.where) <= have[f"{rule.table}:own"]:
        return within
    key = {"cases": "case_no", "labels": "activity::VARCHAR"}[rule.table]
    return f"{ROW_KEYS[rule.table]} IN (SELECT {key} FROM {_events(rule)} WHERE {within})"


def _stock_columns(number: int, rule: Rule) -> tuple[dict[str, str], dict[str, Any]]:
    columns, args = {}, dict(rule.args)
    for at, (argument, name) in enumerate(columns_of(rule.args).items()):
        alias = f"r{number}_{at}"
        columns[alias] = identifier(name)
        if "." in argument:
            listed = argument.split(".")[0]
            args[listed] = [*(args[listed] if at else []), alias]
        else:
            args[argument] = alias
    return columns, args


def _relation(rule: Rule) -> str:
    if rule.table != "events":
        return rule.table
    named = _named(rule)
    if rule.finds:  # the query looks where it must; the rows themselves are judged by their number
        named = set(rule.where)
    if rule.value is None:
        named |= set(columns_of(rule.args).values())
    if named <= _FACTS:
        return "event_facts"
    of_named_only = rule.value is None or rule.value.startswith("{column")
    derived = {column.name for column in EVENT_COLUMNS}
    return "rows" if of_named_only and not named & derived else "events"


def view_of(relation: str, compiled: Sequence[Compiled]) -> str:
    """SQL of the view that Great Expectations looks at: the key of each row and the columns of all rules on a relation."""
    key = "(rowid + 1)::INTEGER AS row_id" if relation == "rows" else identifier(key_of(compiled[0]))
    columns = [f"{sql} AS {identifier(name)}" for rule in compiled for name, sql in rule.columns.items()]
    return f"SELECT {', '.join([key, *columns])} FROM {relation}"


def key_of(compiled: Compiled) -> str:
    """The column that names a row of the rule's table."""
    return ROW_KEYS[compiled.rule.table]
