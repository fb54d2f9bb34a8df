"""The table ``violations``: every failing row of every rule, moved within the database and never through Python."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from logsyn.expectations.text import Text
from logsyn.validator.checking.broken import MayBreak
from logsyn.validator.checking.compiled import key_of
from logsyn.validator.checking.result import RuleResult
from logsyn.validator.database.answers import records
from logsyn.validator.database.sql import identifier
from logsyn.validator.errors import NotReadableError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import duckdb

    from logsyn.validator.checking.compiled import Compiled

BITS = 60
"""So many rules are told apart by the bits of one number, and are judged together at the most."""

CREATE = "CREATE TABLE violations (rule_no USMALLINT, row_id INTEGER)"

_FACTS = re.compile(r"\bevent_facts\b")
"""The narrow table, which is not kept in ``--database``: ``events`` has all its columns."""

# How the failing rows of a table lead to rows of the extract: a label stands with all its rows, a case with its first.
_ROWS_OF = {
    "events": "SELECT row_id FROM failing",
    "cases": "SELECT first_row_id AS row_id FROM cases JOIN failing USING (case_no)",
    "labels": "SELECT row_id FROM event_facts WHERE activity::VARCHAR IN (SELECT activity FROM failing)",
}


def record_violations(
    connection: duckdb.DuckDBPyConnection, rules: Mapping[int, Compiled], results: Sequence[RuleResult]
) -> tuple[dict[int, int], dict[int, RuleResult]]:
    """Fill ``violations`` with the failing rows of all rules.

    Returns:
        The number of rows of the extract by rule, and the rules that broke: those whose rows cannot be found, or are not
        as many as Great Expectations counted. No row of theirs stays.
    """
    connection.execute(CREATE)
    failing = {one.number: one for one in results if one.failing_rows and rules[one.number].rule.table in _ROWS_OF}
    alone = [number for number in failing if rules[number].rule.table != "events"]
    of_rows = {
        number: one.judged_in for number, one in sorted(failing.items()) if number not in alone and one.judged_in
    }
    for view in dict.fromkeys(of_rows.values()):
        together = {number: f"{rules[number].holds} = 0" for number, judged_in in of_rows.items() if judged_in == view}
        with MayBreak(next(iter(together))) as block:
            _insert_in_one_scan(connection, view, together)
        if block.broken:  # by one of them: the others are found without it
            connection.execute("DROP TABLE IF EXISTS failing_sets")
            alone += together
    broken = {}
    for number in alone:
        with MayBreak(number) as block:
            _add(connection, rules[number], failing[number])
        if block.broken:
            broken[number] = block.broken
    counted = records(connection.execute("SELECT rule_no, count(*) AS failed FROM violations GROUP BY rule_no"))
    rows = {row["rule_no"]: row["failed"] for row in counted}
    for number, result in failing.items():
        if number not in broken and rules[number].rule.table == "events" and rows.get(number, 0) != result.failed:
            broken[number] = _do_not_agree(number, result.failed, rows.get(number, 0))
    for number in broken:
        connection.execute("DELETE FROM violations WHERE rule_no = ?", [number])
        rows.pop(number, None)
    return rows, broken


def reproducing_sql(rule: Compiled, result: RuleResult) -> str | None:
    """SQL on the tables of the audit that gives the failing rows, or the finds of a rule on the log, without the use of temporary views."""
    if result.failing_rows is None:
        return None
    if rule.rule.table == "log" and rule.finds:
        return _FACTS.sub("events", rule.finds)
    columns = ", ".join(f"{sql} AS {identifier(name)}" for name, sql in rule.columns.items())
    # Blanks at the ends of these lines keep the record what it was when Great Expectations wrote them.
    failing = f"SELECT {key_of(rule)}, {next(iter(rule.columns))} \nFROM checked \nWHERE {rule.fails.fails}"
    found = f"{rule.found} AS (\n  {rule.finds}\n),\n" if rule.finds else ""
    checked = f"WITH {found}checked AS (\n  SELECT *, {columns}\n  FROM {rule.rule.table}\n)\n"
    return _FACTS.sub("events", checked + failing)


def _insert_in_one_scan(connection: duckdb.DuckDBPyConnection, view: str, conditions: Mapping[int, str]) -> None:
    """Add what fails any of these conditions: each row is first reduced to the set of rules that it fails, as bits."""
    bits = " + ".join(f"CASE WHEN {sql} THEN {1 << bit} ELSE 0 END" for bit, sql in enumerate(conditions.values()))
    connection.execute(
        f"CREATE TABLE failing_sets AS SELECT row_id, failing FROM "
        f"(SELECT row_id, ({bits})::BIGINT AS failing FROM {view}) WHERE failing <> 0"
    )
    members = ", ".join(
        f"CASE WHEN failing & {1 << bit} <> 0 THEN {number} END" for bit, number in enumerate(conditions)
    )
    connection.execute(
        "INSERT INTO violations SELECT rule_no, row_id FROM failing_sets JOIN (SELECT failing, rule_no FROM "
        f"(SELECT failing, unnest([{members}])::USMALLINT AS rule_no FROM (SELECT DISTINCT failing FROM failing_sets)) "
        "WHERE rule_no IS NOT NULL) USING (failing)"
    )
    connection.execute("DROP TABLE failing_sets")


def _add(connection: duckdb.DuckDBPyConnection, rule: Compiled, result: RuleResult) -> None:
    table = rule.rule.table
    if table != "events":
        counted = connection.execute(f"SELECT count(*) FROM ({result.failing_rows})").fetchone()
        if counted is None or counted[0] != result.failed:
            fault = _do_not_agree(rule.number, result.failed, counted[0] if counted else 0).fault
            raise NotReadableError(fault or Text(da="", en=""))
    connection.execute(
        f"INSERT INTO violations WITH failing AS ({result.failing_rows}) "
        f"SELECT {rule.number}, row_id FROM ({_ROWS_OF[table]})"
    )


def _do_not_agree(number: int, counted: int, found: int) -> RuleResult:
    """A fault of logsyn: what Great Expectations counted is not what is found by the same flag."""
    fault = Text(
        da=f"Der er talt {counted} rækker, som ikke opfylder den, og fundet {found}. Det er en fejl i logsyn: Meld den gerne.",
        en=f"{counted} failing rows were counted and {found} were found. This is a fault of logsyn: please report it.",
    )
    return RuleResult(number, "error", fault=fault)
