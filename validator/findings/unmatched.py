"""What a rule names and the extract does not have: columns that are not there, values that never occur; with what is nearest to each."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from logsyn.expectations.headers import loose, usual_headers
from logsyn.expectations.source import CANONICAL_COLUMNS
from logsyn.validator.database.conditions import condition
from logsyn.validator.database.groups import in_groups
from logsyn.validator.database.sql import identifier
from logsyn.validator.derive.columns import EVENT_COLUMNS
from logsyn.validator.findings.asked import HIDDEN
from logsyn.validator.findings.found import OPEN_COLUMNS
from logsyn.validator.findings.named_values import EQUALS, values_named
from logsyn.validator.findings.nearest import nearest
from logsyn.validator.findings.persons import is_protected
from logsyn.validator.findings.small_groups import SMALL
from logsyn.validator.record import Unmatched

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import duckdb

    from logsyn.validator.checking.check import Checked
    from logsyn.validator.findings.named_values import NamedValue
    from logsyn.validator.reading.extract import Reading

MOST = 20
"""So many are kept of one rule."""

MOST_CHOICES = 10_000
"""Among so many values of a column, the commonest, the nearest is looked for."""

_ALWAYS_MEANT = frozenset({*CANONICAL_COLUMNS, *(column.name for column in EVENT_COLUMNS)})
_OF_TABLES = ("cases", "labels", "log")


def unmatched_names(
    connection: duckdb.DuckDBPyConnection, checked: Sequence[Checked], reading: Reading, have: frozenset[str]
) -> dict[int, list[Unmatched]]:
    """What is named and not there, by the rule's number, at most ``MOST`` of each rule.

    Args:
        connection: holds ``rows``, ``event_facts``, ``events`` and the other tables of an audit.
        checked: the rules.
        reading: how the extract was read.
        have: the columns of ``events`` that mean something.
    """
    columns = _Columns(connection, reading, have)
    values = _Values(connection, checked)
    found = {one.number: [*columns.lacking(one), *values.lacking(one)][:MOST] for one in checked}
    return {number: some for number, some in found.items() if some}


class _Columns:
    """The columns that there are, under all names by which somebody may mean them."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, reading: Reading, have: frozenset[str]) -> None:
        self._connection = connection
        known = {name: name for name in sorted({*have, *CANONICAL_COLUMNS}) if ":" not in name}
        self._known = known | {column.header: column.name for column in reading.columns} | {name: name for name in known}
        self._loose = {loose(header): name for name, tiers in usual_headers().items() for tier in tiers for header in tier}
        self._loose |= {loose(name): meant for name, meant in self._known.items()}
        self._nearest = cache(self._look_for)

    def lacking(self, rule: Checked) -> list[Unmatched]:
        """The columns that a rule names itself and that are not there."""
        if rule.missing is None:
            return []
        named = ((name, self._nearest(name, rule.rule.table)) for name in dict.fromkeys(rule.missing.named))
        return [Unmatched(key="column", column=name, near=near) for name, near in named]

    def _look_for(self, name: str, table: str) -> str | None:
        if name in _ALWAYS_MEANT:
            return None  # it is written as it is called: this extract just does not have it
        own = self._own(table)
        meant = self._loose.get(loose(name)) or nearest(name, [*self._known, *own])
        return self._known.get(meant, meant) if meant else None

    def _own(self, table: str) -> list[str]:
        if table not in _OF_TABLES:
            return []
        described = self._connection.execute(f"SELECT column_name FROM (DESCRIBE {table}) ORDER BY 1").fetchall()
        return [name for (name,) in described]


Place = tuple[str, str]
"""A relation and a column of it."""


class _Values:
    """The values that the rules name, and which of them occur; each column is looked at once for all rules."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, checked: Sequence[Checked]) -> None:
        self._connection = connection
        self._described: dict[str, frozenset[str]] = {}
        self._named = {one.number: self._of(one) for one in checked}
        asked: dict[Place, dict[NamedValue, None]] = {}
        for some in self._named.values():
            for place, value in some:
                asked.setdefault(place, {})[value] = None
        self._there = {place: self._occurring(place, values) for place, values in asked.items()}
        self._choices = cache(self._look_for_choices)
        self._nearest = cache(self._look_for)

    def lacking(self, rule: Checked) -> list[Unmatched]:
        """The values that a rule names and that never occur; of a list of what is allowed only those that resemble one that is not on it."""
        some = self._named[rule.number]
        listed = {value.value for _, value in some if value.may_lack}
        found: dict[tuple[str, str, str | None, str], Unmatched] = {}
        for place, named in some:
            if (named.operator, named.value) in self._there[place]:
                continue
            near = self._nearest(place, named.value) if named.operator == EQUALS else None
            if named.may_lack and (near is None or near in listed):
                continue
            value = HIDDEN if is_protected(named.column) else named.value
            operator = None if named.operator == EQUALS else named.operator
            one = Unmatched(key=named.key, column=named.column, operator=operator, value=value, near=near)
            found[named.key, named.column, operator, value] = one
        return list(found.values())

    def _of(self, rule: Checked) -> list[tuple[Place, NamedValue]]:
        """The values of a rule with where to look for them; none of one that could not be run."""
        if rule.compiled is None or rule.result is None or rule.result.outcome == "error":
            return []
        return [(self._place(rule, one), one) for one in values_named(rule.compiled.rule)]

    def _place(self, rule: Checked, named: NamedValue) -> Place:
        table, where = rule.rule.table, rule.rule.where
        scoped = named.column in where and set(where) <= self._columns(table)  # else of the events of a case or label
        if table in _OF_TABLES and (scoped or named.key == "value_set"):
            return table, named.column
        relation = next((one for one in ("rows", "event_facts") if named.column in self._columns(one)), "events")
        return relation, named.column

    def _columns(self, table: str) -> frozenset[str]:
        if table not in self._described:
            described = self._connection.execute(f"SELECT column_name FROM (DESCRIBE {table})").fetchall()
            self._described[table] = frozenset(name for (name,) in described)
        return self._described[table]

    def _occurring(self, place: Place, named: Iterable[NamedValue]) -> set[tuple[str, str]]:
        """Those of the values, with their operators, that some row has."""
        relation, column = place
        every = list(named)
        texts = list(dict.fromkeys(one.value for one in every if one.operator == EQUALS))
        found: set[tuple[str, str]] = set()
        if texts:
            name = identifier(column)
            different = f"(SELECT DISTINCT {name} AS value FROM {relation} WHERE {name} IS NOT NULL)"
            answer = self._connection.execute(
                f"SELECT value::VARCHAR FROM {different} WHERE list_contains(?::VARCHAR[], value::VARCHAR)", [texts]
            )
            found |= {(EQUALS, value) for (value,) in answer.fetchall()}
        tests = list(dict.fromkeys((one.operator, one.value) for one in every if one.operator != EQUALS))
        for some in in_groups(tests):
            asked = ", ".join(f"coalesce(bool_or({condition({column: {operator: text}})}), false)" for operator, text in some)
            (holds,) = self._connection.execute(f"SELECT {asked} FROM {relation}").fetchall()
            found |= {test for test, is_met in zip(some, holds, strict=True) if is_met}
        return found

    def _look_for(self, place: Place, text: str) -> str | None:
        return nearest(text, self._choices(place))

    def _look_for_choices(self, place: Place) -> list[str]:
        """The values of a column that may be shown, the commonest first; none of one that may name a person or holds free text.

        Of teams and the like, those of few rows are not told.
        """
        relation, column = place
        if column not in OPEN_COLUMNS:
            return []
        least = 1 if column == "activity" else SMALL
        name = identifier(column)
        answer = self._connection.execute(
            f"SELECT {name}::VARCHAR AS value FROM {relation} WHERE {name} IS NOT NULL GROUP BY {name} HAVING count(*) >= {least} "
            f"ORDER BY count(*) DESC, value LIMIT {MOST_CHOICES}"
        )
        return [value for (value,) in answer.fetchall()]

