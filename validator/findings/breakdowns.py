"""Counts per rule: checked and failed rows by team, activity and month, and the cases that are affected."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from logsyn.validator.errors import EngineError
from logsyn.validator.findings.breakdown_cells import DIMENSIONS, Looked, divide
from logsyn.validator.findings.group_sizes import KEYS, failing
from logsyn.validator.record import Breakdowns

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb
    import pandas as pd

    from logsyn.validator.checking.check import Checked
    from logsyn.validator.disclosure.cells import Cells

TOGETHER = 60
"""So many rules are counted in one query: one with thousands of columns takes more than its share."""

_KEYS = "pair_no, month"


@dataclass(frozen=True)
class Counts:
    """What was counted for one rule."""

    cases_affected: int = 0
    breakdowns: Breakdowns = field(default_factory=Breakdowns)


def count_all(
    connection: duckdb.DuckDBPyConnection, checked: Sequence[Checked], have: frozenset[str], cells: Cells
) -> dict[int, Counts]:
    """Counts of every rule that ran, by the rule's number; what is counted of groups is put among the ``cells``.

    Raises:
        EngineError: the groups do not add up to what the engine counted.
    """
    dimensions: list[str] = [name for name in DIMENSIONS if name in have]
    rules = [
        rule
        for rule in checked
        if rule.result and rule.compiled and rule.result.outcome not in ("error", "not_evaluated")
    ]
    if not rules:
        return {}
    counted = _looked_at(connection, rules, dimensions)
    failed, cases = failing(connection, dimensions, have)
    groups = {}
    for name in dimensions:
        looked = [
            Looked(rule.number, rule.rule.id, _looks_elsewhere(rule), _counts(rule), counted[name][rule.number])
            for rule in rules
        ]
        groups[name] = divide(connection, looked, failed[name], name, have, cells)
    return {
        rule.number: Counts(
            cases_affected=cases.get(rule.number, 0),
            breakdowns=Breakdowns.model_validate({name: groups[name][rule.number] for name in dimensions}),
        )
        for rule in rules
    }
def _looked_at(
    connection: duckdb.DuckDBPyConnection, rules: Sequence[Checked], dimensions: list[str]
) -> dict[str, dict[int, dict[str | None, int]]]:
    """Checked rows by dimension and rule's number, by the values of the dimension that have any."""
    counted: dict[str, dict[int, dict[str | None, int]]] = {name: {} for name in dimensions}
    elsewhere = [rule for rule in rules if _looks_elsewhere(rule)]
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


def _looks_elsewhere(rule: Checked) -> bool:
    """Whether the rule speaks of a column that only the wide view ``events`` has."""
    return rule.compiled is not None and rule.compiled.relation in ("rows", "events")


def _counts(rule: Checked) -> str:
    """SQL that is true for the rows that a rule checks."""
    counted = _counted(rule)
    return "true" if counted == "*" else f"({counted}) IS NOT NULL"


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


def _named(counted: str, dimensions: list[str]) -> str:
    """Counts by pair and month with the names of team and activity: numbers are grouped faster than names."""
    names = "".join(f", {KEYS[name]} AS {name}" for name in dimensions)
    return f"SELECT counted.* EXCLUDE ({_KEYS}){names} FROM ({counted}) AS counted LEFT JOIN pairs USING (pair_no)"


