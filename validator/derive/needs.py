"""What rules need of what is derived: the columns and tables that their SQL speaks of, before any of it is run."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from logsyn.expectations.source import TIME_COLUMNS
from logsyn.expectations.stock import columns_of
from logsyn.validator.database.conditions import condition
from logsyn.validator.database.references import Parser
from logsyn.validator.database.templates import render, render_name
from logsyn.validator.derive.columns import EVENT_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import duckdb

    from logsyn.expectations.rule import Rule

_PLACES = {"found": "1", "finds": "found_rows", "events": "events"}
_TABLES_OF_EVENTS = {"events", "event_facts"}
ALL_OF_EVENTS = frozenset(
    {*(column.name for column in EVENT_COLUMNS), *TIME_COLUMNS, "cpr_number_columns"}
    | {f"{column}_{part}" for column in TIME_COLUMNS for part in ("precision", "unread")}
)


@dataclass(frozen=True)
class Needs:
    """Names in small letters.

    ``judged``: columns that stand in what is judged. ``shown``: those that are only shown of the rows that fail. ``tables``: tables that are looked into.
    """

    judged: frozenset[str] = frozenset()
    shown: frozenset[str] = frozenset()
    tables: frozenset[str] = frozenset()

    @property
    def columns(self) -> frozenset[str]:
        """All columns."""
        return self.judged | self.shown


def needs_of(
    connection: duckdb.DuckDBPyConnection,
    rules: Iterable[Rule],
    named: Iterable[str] = (),
    have: frozenset[str] = frozenset(),
) -> Needs:
    """What rules need, and the columns of events that are ``named`` elsewhere, as by the conditions of remedies.

    What a rule leaves out of account without one of its parameters (``only_if_given``), or without another column (``only_with``), is not
    needed there. ``have``: the columns that mean something.
    """
    parser = Parser(connection)
    named = {name.lower() for name in named}
    every = [_of_rule(parser, rule, have) for rule in rules]
    judged = frozenset(named).union(_unread(named), *(one.judged for one in every))
    return Needs(
        _with_those_behind(parser, judged),
        _with_those_behind(parser, frozenset().union(*(one.shown for one in every))),
        frozenset().union(*(one.tables for one in every)),
    )


def _of_rule(parser: Parser, rule: Rule, have: frozenset[str]) -> Needs:
    columns: set[str] = set()
    tables: set[str] = {rule.table}
    for query in queries_of(rule):
        with suppress(ValueError):  # what is no SQL breaks where it is run, and is told there
            found = parser.references(query)
            columns |= found.columns
            tables |= found.tables
            if found.whole & _TABLES_OF_EVENTS:
                columns |= ALL_OF_EVENTS
    idle = {kind.only_if_given for name, kind in rule.parameters.items() if rule.given.get(name) is None}
    idle |= {name for name, other in rule.only_with.items() if other not in have}
    said = {name.lower() for name in [*rule.where, *(columns_of(rule.args).values() if rule.value is None else ())]}
    shown = rule.shows if rule.value is None else [render_name(name, rule.given) for name in rule.shows]
    return Needs(
        frozenset((columns - idle) | said), frozenset(name.lower() for name in shown) - idle, frozenset(tables)
    )


def queries_of(rule: Rule) -> Iterator[str]:
    """The SQL of a rule as queries, with each of several choices that the extract is to decide between."""
    for one in _decided(rule):
        with suppress(ValueError, TypeError):  # a value that has no SQL
            expressions = [one.value or "", one.of, one.applies or "", *one.tells.values()]
            rendered = [render(sql, one.given, one.parameters, _PLACES) for sql in expressions if sql]
            rendered += [condition(one.where)] if one.where else []
            yield f"SELECT {', '.join(f'({sql})' for sql in rendered)} FROM {one.table}"
            if one.finds:
                yield render(one.finds, one.given, one.parameters, _PLACES)


def _decided(rule: Rule) -> Iterator[Rule]:
    for name, given in rule.given.items():
        if rule.parameters[name].kind == "choice" and isinstance(given, list):
            for choice in given:
                yield from _decided(replace(rule, given={**rule.given, name: choice}))
            return
    yield rule


def _unread(columns: Iterable[str]) -> frozenset[str]:
    """What a condition on a time asks besides: a time that could not be read is not missing."""
    return frozenset(f"{name}_unread" for name in columns if name in TIME_COLUMNS)


def _with_those_behind(parser: Parser, columns: frozenset[str]) -> frozenset[str]:
    """The columns, and those derived on demand that they are derived from; each is derived from columns before it."""
    found = set(columns)
    for column in reversed(EVENT_COLUMNS):
        if column.name in found:
            found |= parser.references(f"SELECT {column.sql} WINDOW by_time AS ()").columns & _ON_DEMAND
    return frozenset(found)


_ON_DEMAND = frozenset(column.name for column in EVENT_COLUMNS if column.on_demand)
