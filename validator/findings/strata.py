"""The rows of the log by what rules see in them: how many each rule checks and fails in a team, an activity or a month, and whose they are.

A stratum is the rows of one activity and team, and one month, that the same rules check and the same rules fail. Every group of every rule is made
of strata; so one scan of the events is enough, and the groups of all rules are in terms of the same rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import TYPE_CHECKING, Any, Final

from logsyn.validator.database.answers import records
from logsyn.validator.disclosure.gathered import ADDED, GATHERED, Gathered, gathered_of, nothing_gathered

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import duckdb

Key = str | None

KEYS = {
    "team": "team::VARCHAR",
    "activity": "activity::VARCHAR",
    "month": "left(month::VARCHAR, -3)",
    "quarter": "left(month::VARCHAR, -6) || '-Q' || quarter(month)",
    "year": "left(month::VARCHAR, -6)",
}
"""SQL of the key of a group, by what it is a group of."""

COARSER = {"month": "quarter", "quarter": "year"}
"""What a breakdown is made by where more than half of the finer one would be hidden."""

BITS: Final = 64
"""So many rules, or conditions, have their answers in one number."""

_STRATA = """
CREATE OR REPLACE TABLE strata AS
SELECT pair_no, month, {answers}, {gathered}
FROM event_facts LEFT JOIN employees USING (resource)
LEFT JOIN (SELECT row_id, {failed} FROM violations GROUP BY row_id) USING (row_id) {elsewhere}
GROUP BY ALL"""

_ELSEWHERE = "LEFT JOIN (SELECT row_id, {checked} FROM events) USING (row_id)"

_OF_DIMENSION = """
CREATE OR REPLACE TABLE dimension_strata AS
SELECT {key} AS key, {answers}, {added} FROM strata LEFT JOIN pairs USING (pair_no) GROUP BY ALL"""

_WHOLE = f"SELECT key, {ADDED} FROM dimension_strata GROUP BY ALL"

_PARTS = """
SELECT number, key, is_checked, is_failed, {added}
FROM (SELECT *, {checked} AS is_checked, {failed} AS is_failed FROM dimension_strata CROSS JOIN {looked})
WHERE is_checked OR is_failed GROUP BY ALL"""


_DIFFERENCES = """
SELECT part, whole, key, {added} FROM dimension_strata CROSS JOIN (VALUES {nested}) AS nested(part, whole)
WHERE {fails_whole} AND NOT {fails_part} GROUP BY ALL"""


@dataclass(frozen=True)
class Looked:
    """What a rule looked at: ``counted`` is SQL that is true for the rows that it checks. ``elsewhere``: only the wide view ``events`` has every column."""

    number: int
    rule: str
    elsewhere: bool
    counted: str


@dataclass(frozen=True)
class Parts:
    """The rows of a group that a rule checks, and those that fail it."""

    checked: Gathered
    failed: Gathered

    def with_rows(self, rows: Gathered, *, checked: bool, failed: bool) -> Parts:
        """These parts and further rows, of which the rule checks or fails all, or none."""
        return Parts(
            self.checked.with_those_of(rows) if checked else self.checked,
            self.failed.with_those_of(rows) if failed else self.failed,
        )


@dataclass(frozen=True)
class LogDivided:
    """The groups of the log by one dimension: ``whole``, and by the rule's number the ``parts`` of those in which it checks anything.

    ``differences``: for two rules of which all rows that fail the first fail the second, too, the rows of each group that fail the second alone.
    """

    whole: Mapping[Key, Gathered]
    parts: Mapping[int, Mapping[Key, Parts]]
    differences: Mapping[tuple[int, int], Mapping[Key, Gathered]]


class Strata:
    """The strata of a log under some rules; ``violations``, ``employees``, ``pairs`` and the events must be there."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, rules: Sequence[Looked], have: frozenset[str]) -> None:
        self._connection = connection
        self._rules = rules
        self._has_people = "resource" in have
        self._here = list(dict.fromkeys(one.counted for one in rules if not one.elsewhere))
        self._elsewhere = list(dict.fromkeys(one.counted for one in rules if one.elsewhere))
        self._words = {
            "checked": _words_for(len(self._here)) + _words_for(len(self._elsewhere)),
            "failed": _words_for(1 + max(one.number for one in rules)),
        }
        connection.execute(self._creating())
        self._nested = self._rules_within_others()

    def drop(self) -> None:
        """Drop the tables."""
        for table in ("strata", "dimension_strata"):
            self._connection.execute(f"DROP TABLE IF EXISTS {table}")

    def checked(self) -> dict[int, Gathered]:
        """The rows of the log that each rule checks, by its number."""
        asked = f"SELECT number, {ADDED} FROM strata CROSS JOIN {self._looked()} WHERE {self._answer('checked', 'condition_no')} GROUP BY ALL"
        return {row["number"]: self._gathered(row) for row in records(self._connection.execute(asked))}

    def by(self, dimension: str) -> LogDivided:
        """The groups by one of ``KEYS``."""
        answers = ", ".join(f"{of}_{word}" for of, words in self._words.items() for word in range(words))
        self._connection.execute(_OF_DIMENSION.format(key=KEYS[dimension], answers=answers, added=ADDED))
        whole = {row["key"]: self._gathered(row) for row in records(self._connection.execute(_WHOLE))}
        return LogDivided(whole, self._parts(), self._differences())

    def _rules_within_others(self) -> list[tuple[int, int]]:
        """The pairs of rules of which all rows that fail the first fail the second, too, and other rows besides."""
        words = [f"failed_{word}" for word in range(self._words["failed"])]
        distinct = records(self._connection.execute(f"SELECT DISTINCT {', '.join(words)} FROM strata"))
        sets = [sum(row[name] << (BITS * at) for at, name in enumerate(words)) for row in distinct]
        with_all: dict[int, int] = {}
        for rule in self._rules:
            having = [one for one in sets if one >> rule.number & 1]
            if having:
                with_all[rule.number] = reduce(and_, having)
        return [
            (part, whole)
            for part, others in with_all.items()
            for whole, back in with_all.items()
            if part != whole and others >> whole & 1 and not back >> part & 1
        ]

    def _differences(self) -> dict[tuple[int, int], dict[Key, Gathered]]:
        found: dict[tuple[int, int], dict[Key, Gathered]] = {}
        if self._nested:
            asked = _DIFFERENCES.format(
                added=ADDED,
                nested=", ".join(map(str, self._nested)),
                fails_whole=self._answer("failed", "whole"),
                fails_part=self._answer("failed", "part"),
            )
            for row in records(self._connection.execute(asked)):
                found.setdefault((row["part"], row["whole"]), {})[row["key"]] = self._gathered(row)
        return found

    def _creating(self) -> str:
        """SQL that makes the table ``strata``."""
        here, elsewhere = _words_for(len(self._here)), _masks(self._elsewhere)
        names = [f"checked_{here + word}" for word in range(len(elsewhere))]
        failed = [f"failed_{word}" for word in range(self._words["failed"])]
        answers = [
            *(f"{mask} AS checked_{word}" for word, mask in enumerate(_masks(self._here))),
            *names,
            *(f"coalesce({name}, 0) AS {name}" for name in failed),
        ]
        asked = ", ".join(f"{mask} AS {name}" for mask, name in zip(elsewhere, names, strict=True))
        bits = f"bit_or(1::UBIGINT << (rule_no % {BITS})::UTINYINT)"
        return _STRATA.format(
            answers=", ".join(answers),
            gathered=GATHERED,
            failed=", ".join(f"{bits} FILTER (rule_no // {BITS} = {at}) AS {name}" for at, name in enumerate(failed)),
            elsewhere=_ELSEWHERE.format(checked=asked) if asked else "",
        )

    def _parts(self) -> dict[int, dict[Key, Parts]]:
        asked = _PARTS.format(
            added=ADDED,
            looked=self._looked(),
            checked=self._answer("checked", "condition_no"),
            failed=self._answer("failed", "number"),
        )
        rest = Parts(*[nothing_gathered(has_people=self._has_people)] * 2)
        found: dict[int, dict[Key, Parts]] = {one.number: {} for one in self._rules}
        for row in records(self._connection.execute(asked)):
            of_rule, key, mine = found[row["number"]], row["key"], self._gathered(row)
            of_rule[key] = of_rule.get(key, rest).with_rows(mine, checked=row["is_checked"], failed=row["is_failed"])
        return {  # in the order of their names, since of equal groups the first is hidden
            number: {key: of_rule[key] for key in sorted(of_rule, key=lambda key: (key is None, key or "")) if of_rule[key].checked.rows}
            for number, of_rule in found.items()
        }

    def _looked(self) -> str:
        """SQL of the rules: the number of each, and of the condition that is true for the rows that it checks."""
        first_elsewhere = BITS * _words_for(len(self._here))
        numbers = [
            f"({one.number}, {first_elsewhere + self._elsewhere.index(one.counted) if one.elsewhere else self._here.index(one.counted)})"
            for one in self._rules
        ]
        return f"(VALUES {', '.join(numbers)}) AS looked(number, condition_no)"

    def _answer(self, of: str, number: str) -> str:
        """SQL that is true where the bit of a number is set in its word."""
        words = " ".join(f"WHEN {word} THEN {of}_{word}" for word in range(self._words[of]))
        return f"((CASE {number} // {BITS} {words} END) >> ({number} % {BITS})::UTINYINT) & 1 = 1"

    def _gathered(self, row: Mapping[str, Any]) -> Gathered:
        return gathered_of(row, has_people=self._has_people)


def _words_for(answers: int) -> int:
    """How many numbers it takes to hold so many answers."""
    return -(-answers // BITS)


def _masks(conditions: Sequence[str]) -> list[str]:
    """SQL of the answers to conditions as bits, so many in each number."""
    bits = [f"(({condition})::UBIGINT << {at % BITS})" for at, condition in enumerate(conditions)]
    return [" | ".join(bits[at : at + BITS]) for at in range(0, len(bits), BITS)]
