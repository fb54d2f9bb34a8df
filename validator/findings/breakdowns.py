"""Counts per rule: checked and failed rows by team, activity and month, and the cases that are affected."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from logsyn.validator.database.answers import records
from logsyn.validator.errors import EngineError
from logsyn.validator.findings.breakdown_cells import DIMENSIONS, divide
from logsyn.validator.findings.strata import Looked, Strata
from logsyn.validator.findings.untold import Asking
from logsyn.validator.record import Breakdowns

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import duckdb

    from logsyn.validator.checking.check import Checked
    from logsyn.validator.disclosure.cells import Cells
    from logsyn.validator.disclosure.gathered import Gathered


@dataclass(frozen=True)
class Counts:
    """What was counted for one rule. ``of_few``: it was asked about a group, and the group is small."""

    cases_affected: int = 0
    of_few: bool = False
    breakdowns: Breakdowns = field(default_factory=Breakdowns)


def count_all(
    connection: duckdb.DuckDBPyConnection, checked: Sequence[Checked], have: frozenset[str], cells: Cells
) -> dict[int, Counts]:
    """Counts of every rule that ran, by the rule's number; what is counted of groups is put among the ``cells``.

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
    looked = [Looked(rule.number, rule.rule.id, _looks_elsewhere(rule), _counts(rule)) for rule in rules]
    strata = Strata(connection, looked, have)
    counted = strata.checked()
    _compare_with_engine(rules, counted)
    cases = _cases_affected(connection)
    groups = {name: divide(strata, looked, name, cells) for name in dimensions}
    strata.drop()
    asking = Asking(connection, have)
    return {
        rule.number: Counts(
            cases_affected=cases.get(rule.number, 0),
            of_few=asking.of_few(rule, counted.get(rule.number)),
            breakdowns=Breakdowns.model_validate({name: groups[name][rule.number] for name in dimensions}),
        )
        for rule in rules
    }


def _compare_with_engine(rules: Sequence[Checked], counted: Mapping[int, Gathered]) -> None:
    """Refuse to go on where the engine has checked other rows than the groups are made of."""
    for rule in rules:
        if rule.result is None or not _adds_up(rule):
            continue
        total = counted[rule.number].rows if rule.number in counted else 0
        if total != rule.result.checked:
            raise EngineError(f"rule {rule.rule.id}: {rule.result.checked} rows were checked, the groups have {total}")


def _cases_affected(connection: duckdb.DuckDBPyConnection) -> dict[int, int]:
    """The distinct cases of the failing rows, by the rule's number."""
    asked = "SELECT rule_no, count(DISTINCT case_no) AS cases FROM violations JOIN event_facts USING (row_id) GROUP BY ALL"
    return {row["rule_no"]: row["cases"] for row in records(connection.execute(asked))}


def _looks_elsewhere(rule: Checked) -> bool:
    """Whether the rule speaks of a column that only the wide view ``events`` has."""
    return rule.compiled is not None and rule.compiled.relation in ("rows", "events")


def _counts(rule: Checked) -> str:
    """SQL that is true for the rows that a rule checks."""
    counted = _counted(rule)
    return "true" if counted == "*" else f"({counted}) IS NOT NULL"


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
