"""How large the groups of a breakdown are: whose the checked, the failing and the passing rows of every team, activity and month are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from logsyn.validator.database.answers import records
from logsyn.validator.database.sql import literal
from logsyn.validator.disclosure.people import ROWS_ARE, person, size_of, sizes
from logsyn.validator.disclosure.size import SMALL, Size, is_small

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

# The rows of the fifth of the employees, the one with the most first: whoever takes fewer rows away leaves five of them.
_WHOLE = """
WITH counted AS (SELECT {key} AS key, {person} AS person, count(*) AS rows, {rows_are} AS rows_are FROM event_facts GROUP BY ALL),
of_cases AS (SELECT {key} AS key, count(DISTINCT case_no) + count(*) FILTER (case_no IS NULL) AS cases FROM event_facts GROUP BY ALL),
of_people AS (SELECT key, sum(rows)::BIGINT AS rows, bit_xor(rows_are) AS rows_are, {employees} AS employees,
  list_sort(list(rows) FILTER (person IS NOT NULL), 'DESC')[{small}] AS fifth FROM counted GROUP BY key)
SELECT of_people.*, cases FROM of_people JOIN of_cases ON of_cases.key IS NOT DISTINCT FROM of_people.key"""

_FAILING = """
CREATE OR REPLACE TABLE failed_cases AS
SELECT rule_no, case_no, pair_no, month, {person} AS person, count(*)::INTEGER AS failed, {rows_are} AS rows_are
FROM violations JOIN event_facts USING (row_id) GROUP BY ALL"""

_FAILED = """
SELECT rule_no, {key} AS key, sum(failed)::BIGINT AS rows, count(DISTINCT case_no) + coalesce(sum(failed) FILTER (case_no IS NULL), 0)::BIGINT AS cases,
  {employees} AS employees, bit_xor(rows_are) AS rows_are
FROM failed_cases LEFT JOIN pairs USING (pair_no) GROUP BY ALL"""

_PARTS = """
SELECT key, {sizes}, {passing} FROM (
  SELECT {key} AS key, case_no, {person} AS person, failing.row_id IS NOT NULL AS fails
  FROM {relation} LEFT JOIN (SELECT row_id FROM violations WHERE rule_no = {rule}) AS failing USING (row_id)
  WHERE ({counted}) AND (coalesce(list_contains({keys}::VARCHAR[], {key}), false) OR ({none} AND {key} IS NULL)))
GROUP BY ALL"""


@dataclass(frozen=True)
class OfLog:
    """A group of the whole log, and a checksum of its rows; ``fifth``: the rows of the fifth of its employees, the one with the most rows first."""

    size: Size
    fifth: int
    rows_are: int

    def surely_enough(self, rows: int) -> bool:
        """Whether any so many of its rows are those of five cases, and of five employees where any are named."""
        missing = self.size.rows - rows
        return self.size.cases - missing >= SMALL and (not self.size.employees or self.fifth > missing)


@dataclass(frozen=True)
class Failed:
    """The failing rows of a rule in a group, and a checksum that tells which they are."""

    size: Size
    rows_are: int


def whole_log(connection: duckdb.DuckDBPyConnection, dimension: str, have: frozenset[str]) -> dict[Key, OfLog]:
    """The groups of the whole log by one dimension."""
    employees = "count(person)" if "resource" in have else "NULL::BIGINT"
    query = _WHOLE.format(key=KEYS[dimension], person=person(have), rows_are=ROWS_ARE, employees=employees, small=SMALL)
    return {row["key"]: OfLog(size_of(row), row["fifth"] or 0, row["rows_are"]) for row in records(connection.execute(query))}


def failing(
    connection: duckdb.DuckDBPyConnection, dimensions: Sequence[str], have: frozenset[str]
) -> tuple[dict[str, dict[int, dict[Key, Failed]]], dict[int, int]]:
    """The failing rows by dimension and rule's number, by group; and the cases affected by rule."""
    connection.execute(_FAILING.format(person=person(have), rows_are=ROWS_ARE))
    employees = "count(DISTINCT person)" if "resource" in have else "NULL::BIGINT"
    found: dict[str, dict[int, dict[Key, Failed]]] = {}
    for dimension in dimensions:
        found[dimension] = {}
        for row in records(connection.execute(_FAILED.format(key=KEYS[dimension], employees=employees))):
            found[dimension].setdefault(row["rule_no"], {})[row["key"]] = Failed(size_of(row), row["rows_are"])
    cases = records(
        connection.execute("SELECT rule_no, count(DISTINCT case_no) AS cases FROM failed_cases GROUP BY rule_no")
    )
    connection.execute("DROP TABLE failed_cases")
    return found, {row["rule_no"]: row["cases"] for row in cases}


def coarser_keys(connection: duckdb.DuckDBPyConnection, coarser: str) -> dict[Key, Key]:
    """The quarter, or year, of every month of the log."""
    asked = f"SELECT DISTINCT {KEYS['month']} AS key, {KEYS[coarser]} AS coarser FROM event_facts"
    return {row["key"]: row["coarser"] for row in records(connection.execute(asked))}


def small_parts(
    connection: duckdb.DuckDBPyConnection,
    counted: tuple[int, str, str],
    dimension: str,
    have: frozenset[str],
    groups: Mapping[Key, tuple[OfLog, int, int]],
) -> tuple[set[Key], set[Key]]:
    """The groups whose checked rows, and those whose passing rows, are too few, or too few people's.

    Args:
        connection: holds the tables.
        counted: the rule's number, the relation that it looks at, and SQL that is true for the rows that it checks.
        dimension: what the groups are by.
        have: the columns of ``events`` that mean something.
        groups: by key the group of the whole log, and how many of its rows were checked and failed.
    """
    checked, passing, asked = set(), set(), []
    for key, (whole, rows, failed) in groups.items():
        parts = {"checked": rows, "passing": rows - failed}
        small = {name for name, of in parts.items() if is_small(of) or (of and whole.size.is_small)}
        checked |= {key} if "checked" in small else set()
        passing |= {key} if "passing" in small else set()
        if any(of and name not in small and not whole.surely_enough(of) for name, of in parts.items()):
            asked.append(key)
    if not asked:
        return checked, passing
    for key, (of_all, of_passing) in _parts(connection, counted, dimension, have, asked).items():
        checked |= {key} if of_all else set()
        passing |= {key} if of_passing else set()
    return checked, passing


def _parts(
    connection: duckdb.DuckDBPyConnection,
    counted: tuple[int, str, str],
    dimension: str,
    have: frozenset[str],
    keys: Sequence[Key],
) -> dict[Key, tuple[bool, bool]]:
    """Whether the checked rows of some groups are a small group, and whether those that pass are."""
    rule, relation, condition = counted
    named = [key for key in keys if key is not None]
    asked = _PARTS.format(
        sizes=sizes(have),
        passing=sizes(have, "passing_", "NOT fails"),
        key=KEYS[dimension],
        person=person(have),
        relation=relation,
        rule=int(rule),
        counted=condition,
        keys=literal(named),
        none=literal(None in keys),
    )
    rows = records(connection.execute(asked))
    return {
        row["key"]: (size_of(row).is_small, size_of(row, "passing_").is_small) for row in rows
    }
