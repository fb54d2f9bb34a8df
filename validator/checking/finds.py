"""What no row can tell by itself: the queries of rules, run once each into ``found_N``, and what they count for the log."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import duckdb

from validator.checking.judgement import Judgement
from validator.sql import identifier

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from validator.checking.compiled import Compiled


def find(connection: duckdb.DuckDBPyConnection, rules: Iterable[Compiled]) -> dict[int, Judgement]:
    """Run the query of every rule that has one; gives the rules that broke, as errors."""
    broken = {}
    for rule in rules:
        if rule.finds is None:
            continue
        try:
            connection.execute(f"CREATE OR REPLACE TABLE {rule.found} AS {rule.finds}")
        except duckdb.OutOfMemoryException:  # no fault of the rule
            raise
        except duckdb.Error as error:
            broken[rule.number] = Judgement(rule.number, "error", fault=str(error).splitlines()[0][:300])
    return broken


def tell(
    connection: duckdb.DuckDBPyConnection, rules: Iterable[Compiled], judged: Mapping[int, Judgement]
) -> dict[int, Judgement]:
    """Judgements of the rules that have more to tell than what failed, with those figures."""
    told = {}
    for rule in rules:
        if rule.tells and judged[rule.number].outcome != "error":
            row = connection.execute(f"SELECT {', '.join(rule.tells.values())}").fetchone() or ()
            figures = dict(zip(rule.tells, map(int, row), strict=True))
            told[rule.number] = replace(judged[rule.number], told=figures)
    return told


def count_log(
    connection: duckdb.DuckDBPyConnection, rules: Iterable[Compiled], judged: Mapping[int, Judgement]
) -> dict[int, Judgement]:
    """Judgements of the rules on ``log`` with what they count: how many things were looked at, and how many were found.

    A value of NULL means that the rule does not apply to this log.
    """
    counted = {}
    for rule in rules:
        if rule.rule.table != "log" or rule.rule.value is None or judged[rule.number].outcome == "error":
            continue
        value, of = (f"{sql} AS {identifier(name)}" for name, sql in rule.columns.items())
        row = connection.execute(f"SELECT {value}, {of} FROM log").fetchone()
        failed, checked = row if row is not None else (None, 0)
        counted[rule.number] = (
            replace(judged[rule.number], outcome="not_evaluated", checked=0, failed=0, failing_rows=None)
            if failed is None
            else replace(judged[rule.number], checked=int(checked or 0), failed=int(failed))
        )
    return counted
