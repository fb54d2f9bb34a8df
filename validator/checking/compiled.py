"""A rule compiled to columns: SQL of the judged values, under safe names, and the expectation on those names."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from logsyn.expectations.rule import needed_by_choice
from logsyn.expectations.source import CANONICAL_COLUMNS, TIME_COLUMNS
from logsyn.expectations.stock import columns_of
from logsyn.expectations.stock_table import STOCK
from logsyn.validator.checking.fails import BETWEEN, NOT_NULL, Fails, fails_of
from logsyn.validator.checking.stock_rows import RowsAsked, flag_of
from logsyn.validator.database.conditions import condition
from logsyn.validator.database.sql import identifier
from logsyn.validator.database.templates import render
from logsyn.validator.derive.columns import EVENT_COLUMNS, meets
from logsyn.validator.derive.events import CARRIED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from logsyn.expectations.rule import Rule
    from logsyn.validator.reading.kept import Readings

ROW_KEYS = {"events": "row_id", "cases": "case_no", "labels": "activity", "log": "events"}
"""The column that names a row of each table."""

_FACTS = frozenset({*CARRIED, *(column.name for column in EVENT_COLUMNS)})
_NOT_IN_FACTS = frozenset(CANONICAL_COLUMNS) - _FACTS
"""What a rule on ``event_facts`` must not speak of, though every extract may have it."""
_NOT_IN_ROWS = frozenset({*(column.name for column in EVENT_COLUMNS), *TIME_COLUMNS, "cpr_number_columns"})
"""What a rule on ``rows`` must not speak of; of times, ``rows`` does not say whether they could be read."""


def value_of(number: int) -> str:
    """The column of what a rule looks at, by the rule's number."""
    return f"r{number}"


def total_of(number: int) -> str:
    """The name of the column with the number of things that a rule on the log examines."""
    return f"r{number}_of"


@dataclass(frozen=True)
class Compiled:
    """A rule that can be run. ``columns``: safe name → SQL over ``relation``. ``expect`` and ``args`` are asked of the first of them.

    ``relation`` is where the rule's table can be read with the least work: for events the narrow ``event_facts``, the
    ``rows`` as they were read, or both joined. ``finds`` is the query of what no row can tell by itself; its answer is to
    stand in the table ``found``, of which ``columns`` speak. ``tells``: figures over that table, by name.
    ``applies``: whether the rule says something of this log, when that depends on what was found.
    ``counted``: SQL that is not NULL for the rows that are checked, when no column is. ``whole``: what is asked of the relation
    as a whole; then there are no ``columns``.
    """

    number: int
    rule: Rule
    relation: str
    columns: Mapping[str, str]
    expect: str
    args: Mapping[str, Any]
    finds: str | None = None
    tells: Mapping[str, str] = field(default_factory=dict)
    applies: str | None = None
    counted: str | None = None
    whole: RowsAsked | None = None

    @property
    def fails(self) -> Fails:
        """Which rows fail: all that looks for them looks here.

        Raises:
            ValueError: the expectation is of a kind of which no condition is known.
        """
        return fails_of(self.expect, self.args)

    @property
    def holds(self) -> str:
        """The column of a view or table that is judged: 1, 0 or NULL for each row."""
        return f"h{self.number}"

    @property
    def found(self) -> str:
        """The name of the table that the query ``finds`` of the rule fills."""
        return f"found_{self.number}"

    @property
    def is_flag(self) -> bool:
        """Whether its column is 1, 0 or NULL: narrow, and dear to reckon twice."""
        return self.rule.value is None and self.whole is None


@dataclass(frozen=True)
class Missing:
    """A rule that cannot be run, since ``columns`` (as in ``needs``) are not there; ``named``: those of them that the suite itself names."""

    number: int
    rule: Rule
    columns: tuple[str, ...]
    named: tuple[str, ...] = ()


def compile_rule(number: int, rule: Rule, have: Mapping[str, frozenset[str]], readings: Readings) -> Compiled | Missing:
    """Compile a rule, or say which columns it lacks.

    Args:
        number: the rule's place in the suite, from 0; it names the columns.
        rule: what the suite asks.
        have: the columns of each table that mean something in this extract.
        readings: what the columns can be read as.

    Raises:
        ValueError: a condition that has no SQL, or a column that cannot be read as what it is compared with.
    """
    rule = _decided(rule, have[rule.table])
    needed = [*rule.needs, *rule.where]
    lacking = tuple(need for need in needed if not meets(need, have[rule.table]))
    if lacking:
        named = _named(rule) | set(columns_of(rule.args).values())
        return Missing(number, rule, lacking, tuple(need for need in lacking if need in named))
    if rule.value is None:
        return _compile_stock(number, rule, have, readings)
    places = {"found": _found(number, rule.table), "finds": f"found_{number}", "events": _events(rule)}
    finds = render(rule.finds, rule.given, rule.parameters, places) if rule.finds else None
    value = render(rule.value, rule.given, rule.parameters, places)
    relation, columns = _relation(rule, value), {value_of(number): value}
    if rule.table == "log":
        columns[total_of(number)] = render(rule.of, rule.given, rule.parameters, places)
    expect, args = rule.expect, {**rule.args, "column": value_of(number)}
    within = _scope(rule, have)
    if within and expect == NOT_NULL:
        # Outside the scope there is no value either, and that must not be taken for a missing one.
        columns = {name: f"(({value}) IS NOT NULL)::INTEGER" for name, value in columns.items()}
        expect, args = BETWEEN, {"column": value_of(number), "min_value": 1}
    if within:
        columns = {name: f"CASE WHEN {within} THEN {value} END" for name, value in columns.items()}
    over_found = {"finds": f"found_{number}"}
    tells = {name: render(sql, rule.given, rule.parameters, over_found) for name, sql in rule.tells.items()}
    applies = render(rule.applies, rule.given, rule.parameters, over_found) if rule.applies else None
    return Compiled(number, rule, relation, columns, expect, args, finds, tells, applies=applies)


def _decided(rule: Rule, have: frozenset[str]) -> Rule:
    """The rule with each choice that nobody made taken: the first of its defaults whose columns are there."""
    given = dict(rule.given)
    for name, choices in rule.given.items():
        if isinstance(choices, list) and rule.parameters[name].kind == "choice":
            needed = {choice: needed_by_choice(rule.parameters[name], choice) for choice in choices}
            able = [choice for choice in choices if all(meets(need, have) for need in needed[choice])]
            given[name] = next(iter([*able, *choices]))
    return replace(rule, given=given)


def _found(number: int, table: str) -> str:
    """SQL for ``{found}``: whether a row is in the table of found rows, or for the log how many rows that has."""
    if table == "log":
        return f"(SELECT count(*) FROM found_{number})"
    key = ROW_KEYS[table]
    return f"({key} IN (SELECT {key} FROM found_{number}))::INTEGER"


def _events(rule: Rule) -> str:
    return "event_facts" if _named(rule) <= _FACTS else "events"


def _named(rule: Rule, within: str | None = None) -> set[str]:
    """The columns of events that a rule's scope and parameters name, or those parameters that stand in a template."""
    named = set(rule.where)
    for name, value in rule.given.items():
        if within is not None and not re.search(rf"\{{{name}[:}}]", within):
            continue
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


def _compile_stock(number: int, rule: Rule, have: Mapping[str, frozenset[str]], readings: Readings) -> Compiled:
    """A stock expectation as a flag of each row, or as a query on the column as a whole."""
    kind = STOCK[rule.expect]
    relation = _relation(rule)
    args = {name: argument.default for name, argument in kind.arguments.items()} | dict(rule.args)
    columns = [readings.column(relation, name) for name in columns_of(rule.args).values()]
    asked = RowsAsked(args, columns, _scope(rule, have), ROW_KEYS[rule.table])
    if not kind.counts_rows:
        filled = f"{columns[0].sql} IS NOT NULL" if columns else "true"
        counted = f"CASE WHEN {asked.within or 'true'} AND {filled} THEN 1 END"
        return Compiled(number, rule, relation, {}, rule.expect, args, counted=counted, whole=asked)
    flag = flag_of(rule.expect, asked)
    of_flag = {"column": value_of(number), "min_value": 1}
    return Compiled(number, rule, relation, {value_of(number): flag.sql}, BETWEEN, of_flag, counted=flag.counted)


def _relation(rule: Rule, value: str = "") -> str:
    """Where a rule's table can be read with the least work. ``value``: the SQL of the judged value, with its parameters filled in."""
    if rule.table != "events":
        return rule.table
    named = _named(rule, rule.value or "")  # a query of its own looks where it must: the value is what counts
    if rule.value is None:
        named |= set(columns_of(rule.args).values())
    said = named | set(re.findall(r"\w+", value))
    if named <= _FACTS and not said & _NOT_IN_FACTS:
        return "event_facts"
    return "events" if said & _NOT_IN_ROWS else "rows"


def view_of(relation: str, compiled: Sequence[Compiled]) -> str:
    """SQL of the judged view: the key of each row of a relation, and for each rule the flag whether the row passes (``Compiled.holds``)."""
    key = identifier(key_of(compiled[0]))
    values = [f"{sql} AS {identifier(name)}" for rule in compiled for name, sql in list(rule.columns.items())[:1]]
    flags = [f"{rule.fails.holds} AS {rule.holds}" for rule in compiled]
    return f"SELECT {', '.join([key, *flags])} FROM (SELECT {', '.join([key, *values])} FROM {relation})"


def key_of(compiled: Compiled) -> str:
    """The column that names a row of the rule's table."""
    return ROW_KEYS[compiled.rule.table]
