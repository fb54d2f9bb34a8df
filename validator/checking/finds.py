"""What no row can tell by itself: the queries of rules, run once each into ``found_N``, and what they count for the log."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from logsyn.validator.checking.broken import MayBreak
from logsyn.validator.checking.compiled import total_of, value_of
from logsyn.validator.checking.result import RuleResult
from logsyn.validator.database.answers import record
from logsyn.validator.database.sql import identifier

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import duckdb

    from logsyn.validator.checking.compiled import Compiled


def find(connection: duckdb.DuckDBPyConnection, rules: Iterable[Compiled]) -> dict[int, RuleResult]:
    """Run the query of every rule that has one; gives the rules that are settled by it: in error, or not applicable to this log."""
    settled = {}
    for rule in rules:
        if rule.finds is None:
            continue
        with MayBreak(rule.number) as block:
            connection.execute(f"CREATE OR REPLACE TABLE {rule.found} AS {rule.finds}")
            if rule.applies and not connection.execute(f"SELECT {rule.applies}").fetchall()[0][0]:
                settled[rule.number] = RuleResult(rule.number, "not_evaluated")
        if block.broken:
            settled[rule.number] = block.broken
    return settled


def tell(
    connection: duckdb.DuckDBPyConnection, rules: Iterable[Compiled], judged: Mapping[int, RuleResult]
) -> dict[int, RuleResult]:
    """Results of the rules that have more to tell than what failed, with those figures."""
    told = {}
    for rule in rules:
        if rule.tells and judged[rule.number].outcome != "error":
            with MayBreak(rule.number) as block:
                figures = ", ".join(f"{sql} AS {identifier(name)}" for name, sql in rule.tells.items())
                row = record(connection.execute(f"SELECT {figures}"))
                told[rule.number] = replace(
                    judged[rule.number], told={name: int(figure) for name, figure in row.items()}
                )
            if block.broken:
                told[rule.number] = block.broken
    return told


def count_log(
    connection: duckdb.DuckDBPyConnection, rules: Iterable[Compiled], judged: Mapping[int, RuleResult]
) -> dict[int, RuleResult]:
    """Results of the rules on ``log`` with their counts: how many things were examined, and how many were found.

    A value of NULL means that the rule does not apply to this log.
    """
    counted = {}
    for rule in rules:
        if rule.rule.table != "log" or rule.rule.value is None or judged[rule.number].outcome == "error":
            continue
        with MayBreak(rule.number) as block:
            counted[rule.number] = _count_one(connection, rule, judged[rule.number])
        if block.broken:
            counted[rule.number] = block.broken
    return counted


def _count_one(connection: duckdb.DuckDBPyConnection, rule: Compiled, result: RuleResult) -> RuleResult:
    figures = ", ".join(f"{sql} AS {identifier(name)}" for name, sql in rule.columns.items())
    row = record(connection.execute(f"SELECT {figures} FROM log"))
    failed, checked = row[value_of(rule.number)], row[total_of(rule.number)]
    if failed is None:
        return replace(result, outcome="not_evaluated", checked=0, failed=0, failing_rows=None)
    return replace(result, checked=int(checked or 0), failed=int(failed))
