"""Checks a suite: compiles its rules, runs them, and gathers what came of each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from validator.checking.compiled import Compiled, Missing, compile_rule
from validator.checking.finds import count_log, find, tell
from validator.checking.great_expectations import Engine
from validator.checking.judgement import Judgement
from validator.checking.violations import record_violations

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from expectations.rule import Rule
    from validator.database import Database


@dataclass(frozen=True)
class Checked:
    """One rule with its outcome: ``missing`` when it was not evaluated, ``judgement`` otherwise.

    ``rows_affected``: rows of the extract that stand in ``violations`` for it.
    """

    number: int
    rule: Rule
    compiled: Compiled | None = None
    missing: Missing | None = None
    judgement: Judgement | None = None
    rows_affected: int = 0


def check(database: Database, rules: Sequence[Rule], have: Mapping[str, frozenset[str]]) -> list[Checked]:
    """Run all rules on the tables of the database; every failing row lands in ``violations``.

    A rule that only speaks of columns that are mapped is not among the answers where they are not.

    Raises:
        EngineError: counted and found rows differ.
    """
    asked = [_prepare(number, rule, have) for number, rule in enumerate(rules)]
    prepared = [one for one in asked if one.missing is None or not one.rule.when_mapped]
    compiled = {one.number: one.compiled for one in prepared if one.compiled is not None}
    judged = find(database.connection, compiled.values())
    able = [rule for rule in compiled.values() if rule.number not in judged]
    judged |= {judgement.number: judgement for judgement in _judge(database, able)}
    judged |= count_log(database.connection, able, judged)
    judged |= tell(database.connection, able, judged)
    rows = record_violations(database.connection, compiled, list(judged.values()))
    return [
        replace(one, judgement=judged[one.number], rows_affected=rows.get(one.number, 0)) if one.compiled else one
        for one in prepared
    ]


def _prepare(number: int, rule: Rule, have: Mapping[str, frozenset[str]]) -> Checked:
    try:
        compiled = compile_rule(number, rule, have)
    except ValueError as error:
        return Checked(number, rule, judgement=Judgement(number, "error", fault=str(error)))
    if isinstance(compiled, Missing):
        return Checked(number, rule, missing=compiled)
    return Checked(number, compiled.rule, compiled=compiled)


def _judge(database: Database, rules: Sequence[Compiled]) -> list[Judgement]:
    engine = Engine(database)
    try:
        relations = dict.fromkeys(rule.relation for rule in rules)
        return [
            judgement
            for relation in relations
            for judgement in engine.judge(relation, [rule for rule in rules if rule.relation == relation])
        ]
    finally:
        engine.close()
