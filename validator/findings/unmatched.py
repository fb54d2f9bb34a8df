"""What a rule names and the extract does not have: columns that are not there, values that never occur; with what is nearest to each."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from logsyn.expectations.headers import loose, usual_headers
from logsyn.expectations.nearest import Names
from logsyn.expectations.source import CANONICAL_COLUMNS
from logsyn.validator.database.conditions import condition
from logsyn.validator.database.groups import in_groups
from logsyn.validator.database.sql import identifier
from logsyn.validator.derive.columns import EVENT_COLUMNS
from logsyn.validator.disclosure.size import SMALL
from logsyn.validator.findings.asked import HIDDEN
from logsyn.validator.findings.found import OPEN_COLUMNS
from logsyn.validator.findings.named_values import EQUALS, values_named
from logsyn.validator.findings.persons import is_protected
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

MOST_LOOKED_FOR = 1_000
"""For so many values of one audit the nearest is looked for: a suite may name thousands."""

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
    tables = _Tables(connection)
    columns = _Columns(tables, reading, have)
    values = _Values(tables, checked)
    found = {one.number: [*columns.lacking(one), *values.lacking(one)][:MOST] for one in checked}
    return {number: some for number, some in found.items() if some}


class _Tables:
    """The tables of an audit, with the types of their columns."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        self.columns = cache(self._describe)

    def _describe(self, table: str) -> dict[str, str]:
        described = self.connection.execute(f"SELECT column_name, column_type FROM (DESCRIBE {table})").fetchall()
        return dict(described)


class _Columns:
    """The columns that there are, under all names by which somebody may mean them."""

    def __init__(self, tables: _Tables, reading: Reading, have: frozenset[str]) -> None:
        self._tables = tables
        names = sorted(name for name in {*have, *CANONICAL_COLUMNS} if ":" not in name)
        self._meant = {column.header: column.name for column in reading.columns} | {name: name for name in names}
        usual = ((header, name) for name, tiers in usual_headers().items() for tier in tiers for header in tier)
        self._loose = dict(usual) | {loose(name): meant for name, meant in self._meant.items()}
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
        own = sorted(self._tables.columns(table)) if table in _OF_TABLES else []
        meant = self._loose.get(loose(name)) or Names([*self._meant, *own]).nearest(name)
        return self._meant.get(meant, meant) if meant else None


Place = tuple[str, str]
"""A relation and a column of it."""


class _Values:
    """The values that the rules name, and which of them occur; each column is looked at once for all rules."""

    def __init__(self, tables: _Tables, checked: Sequence[Checked]) -> None:
        self._tables = tables
        self._named = {one.number: self._of(one) for one in checked}
        asked: dict[Place, dict[NamedValue, None]] = {}
        for some in self._named.values():
            for place, value in some:
                asked.setdefault(place, {})[value] = None
        self._there = {place: self._occurring(place, values) for place, values in asked.items()}
        self._choices = cache(self._look_for_choices)
        self._names = cache(lambda place: Names(self._choices(place)))
        self._nearest = cache(self._look_for)
        self._left = MOST_LOOKED_FOR

    def lacking(self, rule: Checked) -> list[Unmatched]:
        """The values that a rule names and that never occur; of a list of what is allowed only those that resemble one that is not on it."""
        absent = [pair for pair in self._named[rule.number] if (pair[1].operator, pair[1].value) not in self._there[pair[0]]]
        slips = self._slips(self._named[rule.number], absent)
        found: dict[tuple[str, str, str | None, str], Unmatched] = {}
        for place, named in absent:
            if len(found) == MOST:
                break
            if named.may_lack and named.value not in slips:
                continue
            near = slips[named.value] if named.may_lack else None
            if named.operator == EQUALS and not named.may_lack:
                near = self._nearest(place, named.value)
            value = HIDDEN if is_protected(named.column) else named.value
            operator = None if named.operator == EQUALS else named.operator
            one = Unmatched(key=named.key, column=named.column, operator=operator, value=value, near=near)
            found[named.key, named.column, operator, value] = one
        return list(found.values())

    def _slips(
        self, named: Sequence[tuple[Place, NamedValue]], absent: Sequence[tuple[Place, NamedValue]]
    ) -> dict[str, str]:
        """Of lists of what is allowed, the values that do not occur and are like one that does and is not listed: the likest by the value.

        Such a list may be long, and what is not on it is little: so it is this for which the nearest is looked for.
        """
        found: dict[str, tuple[str, float]] = {}
        for place in dict.fromkeys(place for place, value in absent if value.may_lack):
            listed = {value.value for _, value in named}
            lacking = Names(dict.fromkeys(value.value for there, value in absent if there == place and value.may_lack))
            for value in [one for one in self._choices(place) if one not in listed][:MOST]:
                slip, alike = lacking.nearest_by(value) or ("", 0.0)
                if slip and (slip not in found or alike > found[slip][1]):
                    found[slip] = (value, alike)
        return {slip: value for slip, (value, _) in found.items()}

    def _of(self, rule: Checked) -> list[tuple[Place, NamedValue]]:
        """The values of a rule with where to look for them; none of one that could not be run."""
        if rule.compiled is None or rule.result is None or rule.result.outcome == "error":
            return []
        return [(self._place(rule, one), one) for one in values_named(rule.compiled.rule)]

    def _place(self, rule: Checked, named: NamedValue) -> Place:
        table, where = rule.rule.table, rule.rule.where
        scoped = named.column in where and set(where) <= {*self._tables.columns(table)}  # else of the events of a case or label
        if table in _OF_TABLES and (scoped or named.key == "value_set"):
            return table, named.column
        relation = next((one for one in ("rows", "event_facts") if named.column in self._tables.columns(one)), "events")
        return relation, named.column

    def _occurring(self, place: Place, named: Iterable[NamedValue]) -> set[tuple[str, str]]:
        """Those of the values, with their operators, that some row has."""
        relation, column = place
        every = list(named)
        texts = list(dict.fromkeys(one.value for one in every if one.operator == EQUALS))
        found: set[tuple[str, str]] = set()
        if texts:
            name = identifier(column)
            few = self._tables.columns(relation)[column].startswith("ENUM")  # its values are told apart faster than they are read
            source = f"(SELECT DISTINCT {name} FROM {relation})" if few else relation
            answer = self._tables.connection.execute(
                f"SELECT DISTINCT value FROM (SELECT {name}::VARCHAR AS value FROM {source}) WHERE value IN (SELECT unnest(?::VARCHAR[]))",
                [texts],
            )
            found |= {(EQUALS, value) for (value,) in answer.fetchall()}
        tests = list(dict.fromkeys((one.operator, one.value) for one in every if one.operator != EQUALS))
        for some in in_groups(tests):
            asked = ", ".join(f"coalesce(bool_or({condition({column: {operator: text}})}), false)" for operator, text in some)
            (holds,) = self._tables.connection.execute(f"SELECT {asked} FROM {relation}").fetchall()
            found |= {test for test, is_met in zip(some, holds, strict=True) if is_met}
        return found

    def _look_for(self, place: Place, value: str) -> str | None:
        if self._left == 0:
            return None
        self._left -= 1
        return self._names(place).nearest(value)

    def _look_for_choices(self, place: Place) -> list[str]:
        """The values of a column that may be shown, the commonest first; none of one that may name a person or holds free text.

        Of teams and the like, those of few rows are not told.
        """
        relation, column = place
        if column not in OPEN_COLUMNS:
            return []
        least = 1 if column == "activity" else SMALL
        name = identifier(column)
        answer = self._tables.connection.execute(
            f"SELECT {name}::VARCHAR AS value FROM {relation} WHERE {name} IS NOT NULL GROUP BY {name} HAVING count(*) >= {least} "
            f"ORDER BY count(*) DESC, value LIMIT {MOST_CHOICES}"
        )
        return [value for (value,) in answer.fetchall()]
