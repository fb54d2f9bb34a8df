"""Counts per rule: checked and failed rows by team, activity and month, and the cases that are affected."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from logsyn.validator.database.answers import records
from logsyn.validator.errors import EngineError
from logsyn.validator.findings.small_groups import protect
from logsyn.validator.record import Breakdowns, Group

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb
    import pandas as pd

    from logsyn.validator.checking.check import Checked

MOST_GROUPS = 200
"""A breakdown keeps so many groups, those with the most failed rows."""

MOST_MONTHS = 1_200
"""A breakdown by month keeps so many, those with the most failed rows: a hundred years of months, of a log with default dates as well."""

TOGETHER = 60
"""So many rules are counted in one query: one with thousands of columns takes more than its share."""

DIMENSIONS = ("team", "activity", "month")
_KEYS = "pair_no, month"


@dataclass(frozen=True)
class Counts:
    """What was counted for one rule."""

    cases_affected: int = 0
    breakdowns: Breakdowns = field(default_factory=Breakdowns)


def count_all(
    connection: duckdb.DuckDBPyConnection, checked: Sequence[Checked], have: frozenset[str]
) -> dict[int, Counts]:
    """Counts of every rule that ran, by the rule's number.

    Raises:
        EngineError: the groups do not add up to what the engine counted.
    """
    dimensions = [name for name in DIMENSIONS if name in have]
    rules = [
        rule
        for rule in checked
        if rule.result and rule.compiled and rule.result.outcome not in ("error", "not_evaluated")
    ]
    if not rules:
        return {}
    looked_at = _looked_at(connection, rules, dimensions)
    failed, cases = _failed(connection, dimensions)
    return {
        rule.number: Counts(
            cases_affected=cases.get(rule.number, 0),
            breakdowns=Breakdowns(
                **{
                    name: _groups(looked_at[name][rule.number], failed[name].get(rule.number, {}), name)
                    for name in dimensions
                }
            ),
        )
        for rule in rules
    }


def _looked_at(
    connection: duckdb.DuckDBPyConnection, rules: Sequence[Checked], dimensions: list[str]
) -> dict[str, dict[int, dict[str | None, int]]]:
    """Checked rows by dimension and rule's number, by the values of the dimension that have any."""
    counted: dict[str, dict[int, dict[str | None, int]]] = {name: {} for name in dimensions}
    elsewhere = [rule for rule in rules if rule.compiled and rule.compiled.relation in ("rows", "events")]
    there = {rule.number for rule in elsewhere}
    narrow = [rule for rule in rules if rule.number not in there]
    for relation, own in (("event_facts", narrow), ("events", elsewhere)):
        for at in range(0, len(own), TOGETHER):
            together = own[at : at + TOGETHER]
            frame = _counted_together(connection, relation, together, dimensions)
            for name in dimensions:
                by = frame.drop(columns=[*{*dimensions} - {name}]).groupby(name, dropna=False).sum()
                keys = _keys(by.index)
                counted[name] |= {rule.number: _above_zero(keys, by[f"n{rule.number}"]) for rule in together}
    return counted


def _keys(index: pd.Index[Any]) -> list[str | None]:
    return [None if missing else str(key) for key, missing in zip(index, index.isna(), strict=True)]


def _above_zero(keys: list[str | None], counts: pd.Series[int]) -> dict[str | None, int]:
    return {key: count for key, count in zip(keys, counts.tolist(), strict=True) if count > 0}


def _counted_together(
    connection: duckdb.DuckDBPyConnection, relation: str, rules: Sequence[Checked], dimensions: list[str]
) -> pd.DataFrame:
    """Checked rows of some rules (columns ``n0``, ``n1`` ...) by all dimensions at once."""
    counts = [f"count({_counted(rule)})::BIGINT AS n{rule.number}" for rule in rules]
    frame = connection.execute(
        _named(f"SELECT {', '.join([_KEYS, *counts])} FROM {relation} GROUP BY ALL", dimensions)
    ).df()
    for rule in rules:
        if rule.result is None or not _adds_up(rule):
            continue
        if (total := int(frame[f"n{rule.number}"].sum())) != rule.result.checked:
            raise EngineError(f"rule {rule.rule.id}: {rule.result.checked} rows were checked, the groups have {total}")
    return frame


def _counted(rule: Checked) -> str:
    """SQL that is not NULL for the rows of ``events`` that a rule checks."""
    if rule.compiled is None or rule.rule.table != "events":
        return "activity" if rule.rule.table == "labels" else "*"
    if rule.compiled.counted is not None:
        return rule.compiled.counted
    if "null" in rule.compiled.expect or len(rule.compiled.columns) > 1:
        return "*"
    return next(iter(rule.compiled.columns.values()))


def _adds_up(rule: Checked) -> bool:
    """Whether a rule's checked rows are those of ``_counted``: not for pairs of columns, nor for a column as a whole."""
    of_rows = rule.result is not None and rule.result.observed is None
    return of_rows and rule.rule.table == "events" and rule.compiled is not None and len(rule.compiled.columns) == 1


def _failed(
    connection: duckdb.DuckDBPyConnection, dimensions: list[str]
) -> tuple[dict[str, dict[int, dict[str | None, int]]], dict[int, int]]:
    """Failed rows by dimension and rule's number, by the values of the dimension; and the cases affected by rule."""
    connection.execute(
        f"CREATE OR REPLACE TABLE failed_cases AS SELECT rule_no, case_no, {_KEYS}, count(*)::INTEGER AS failed "
        "FROM violations JOIN event_facts USING (row_id) GROUP BY ALL"
    )
    counted = f"SELECT rule_no, {_KEYS}, sum(failed)::BIGINT AS failed FROM failed_cases GROUP BY ALL"
    failed = connection.execute(_named(counted, dimensions)).df()
    cases = records(
        connection.execute("SELECT rule_no, count(DISTINCT case_no) AS cases FROM failed_cases GROUP BY rule_no")
    )
    connection.execute("DROP TABLE failed_cases")
    return {name: _by_rule(failed, name) for name in dimensions}, {row["rule_no"]: row["cases"] for row in cases}


def _by_rule(failed: pd.DataFrame, dimension: str) -> dict[int, dict[str | None, int]]:
    """Failed rows by rule's number, by the values of a dimension: all rules in one grouping, since each costs more than it counts."""
    summed = failed.groupby(["rule_no", dimension], dropna=False)["failed"].sum()
    by_rule: dict[int, dict[str | None, int]] = {}
    keys = _keys(summed.index.get_level_values(1))
    for number, key, count in zip(summed.index.get_level_values(0).tolist(), keys, summed.tolist(), strict=True):
        by_rule.setdefault(number, {})[key] = count
    return by_rule


def _named(counted: str, dimensions: list[str]) -> str:
    """Counts by pair and month with the names of team and activity: numbers are grouped faster than names."""
    names = "".join(f", {name}::VARCHAR AS {name}" for name in dimensions)
    return f"SELECT counted.* EXCLUDE ({_KEYS}){names} FROM ({counted}) AS counted LEFT JOIN pairs USING (pair_no)"


def _groups(checked: dict[str | None, int], failed: dict[str | None, int], dimension: str) -> list[Group]:
    of_month = dimension == "month"
    counts = [(failed.get(key, 0), rows, key) for key, rows in checked.items()]
    if of_month:  # those who are left out are as good as hidden: what is shown is protected by itself
        counts = sorted(counts, key=lambda count: (-count[0], -count[1]))[:MOST_MONTHS]
    groups = [
        Group(key=key[:7] if of_month and key is not None else key, checked=rows, failed=failures)
        for failures, rows, key in counts
    ]
    if of_month:
        return protect(sorted(groups, key=lambda group: group.key or ""))
    most = sorted(groups, key=lambda group: (-(group.failed or 0), -(group.checked or 0), group.key or ""))
    return protect(most)[:MOST_GROUPS]
