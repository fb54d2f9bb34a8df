"""Checks a suite: compiles its rules, runs them, and gathers the result of each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import duckdb

from logsyn.expectations.headers import loose
from logsyn.expectations.nearest import Names
from logsyn.expectations.source import CANONICAL_COLUMNS
from logsyn.validator.checking.broken import OUT_OF_MEMORY, MayBreak
from logsyn.validator.checking.compiled import Compiled, Missing, compile_rule
from logsyn.validator.checking.finds import count_log, find, tell
from logsyn.validator.checking.great_expectations import Engine
from logsyn.validator.checking.stock_whole import judge_whole
from logsyn.validator.checking.unknown import KnownColumns
from logsyn.validator.checking.violations import BITS, record_violations
from logsyn.validator.reading.kept import Readings

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from logsyn.expectations.rule import Rule
    from logsyn.validator.checking.result import RuleResult
    from logsyn.validator.database.connection import Database


@dataclass(frozen=True)
class Checked:
    """One rule with its outcome: ``missing`` when it was not evaluated, ``result`` otherwise.

    ``rows_affected``: rows of the extract that stand in ``violations`` for it.
    """

    number: int
    rule: Rule
    compiled: Compiled | None = None
    missing: Missing | None = None
    result: RuleResult | None = None
    rows_affected: int = 0


def check(
    database: Database, rules: Sequence[Rule], have: Mapping[str, frozenset[str]], readings: Readings | None = None
) -> list[Checked]:
    """Run all rules on the tables of the database; every failing row lands in ``violations``.

    ``readings``: what the columns can be read as, when a time zone or a source profile has a say in it.

    A rule that breaks, wherever that is, is in error; the others are judged as ever. A rule that only speaks of columns that
    are mapped is not among the answers where they are not.

    Raises:
        OutOfMemoryException: no rule could be judged for want of memory.
    """
    readings = readings or Readings(database.connection)
    known = KnownColumns(database.connection)
    asked = [_prepare(number, rule, have, readings, known) for number, rule in enumerate(rules)]
    prepared = [one for one in asked if one.missing is None or not _is_left_out(one.rule, one.missing, have)]
    compiled = {one.number: one.compiled for one in prepared if one.compiled is not None}
    judged = find(database.connection, compiled.values())
    able = [rule for rule in compiled.values() if rule.number not in judged]
    judged |= {result.number: result for result in _judge_wholes(database, able)}
    rows = [rule for rule in able if rule.whole is None]
    judged |= {result.number: result for result in _judge(database, rows)}
    judged |= count_log(database.connection, able, judged)
    judged |= tell(database.connection, able, judged)
    counts, broken = record_violations(database.connection, compiled, list(judged.values()))
    judged |= broken
    _refuse_starvation(judged.values())
    return [
        replace(one, result=_told_apart(judged[one.number]), rows_affected=counts.get(one.number, 0))
        if one.compiled
        else one
        for one in prepared
    ]


def _is_left_out(rule: Rule, missing: Missing, have: Mapping[str, frozenset[str]]) -> bool:
    """Whether a rule is only meant where its columns are mapped, and they are not; one whose column is there by another spelling is not left out in silence."""
    if not rule.when_mapped:
        return False
    there = Names(loose(name) for name in have[rule.table])
    named = [loose(name) for name in missing.named if name not in CANONICAL_COLUMNS]
    return not any(name in there or there.slip_for(name) is not None for name in named)


def _told_apart(result: RuleResult) -> RuleResult:
    """A rule that has nothing against it because it looked at nothing has not passed."""
    idle = result.outcome == "passed" and not result.checked
    return replace(result, outcome="nothing_checked") if idle else result


def _refuse_starvation(judged: Collection[RuleResult]) -> None:
    """One rule may want too much; when none could be judged, it is not the rules that are at fault."""
    starved = any(one.fault == OUT_OF_MEMORY for one in judged)
    if starved and all(one.outcome == "error" for one in judged):
        raise duckdb.OutOfMemoryException("Out of Memory Error: no rule could be judged")


def _prepare(
    number: int, rule: Rule, have: Mapping[str, frozenset[str]], readings: Readings, known: KnownColumns
) -> Checked:
    with MayBreak(number) as block:
        compiled = compile_rule(number, rule, have, readings)
        if isinstance(compiled, Missing):
            return Checked(number, rule, missing=compiled)
        known.refuse_unknown(compiled)
        return Checked(number, compiled.rule, compiled=compiled)
    return Checked(number, rule, result=block.broken)


def _judge_wholes(database: Database, rules: Sequence[Compiled]) -> list[RuleResult]:
    """Judge the expectations on columns as a whole, each in a query of its own."""
    judged: list[RuleResult | None] = []
    for rule in rules:
        if rule.whole is None:
            continue
        with MayBreak(rule.number) as block:
            judged.append(judge_whole(database.connection, rule.number, rule.expect, rule.whole, rule.relation))
        judged.append(block.broken)
    return [result for result in judged if result is not None]


def _judge(database: Database, rules: Sequence[Compiled]) -> list[RuleResult]:
    if not rules:
        return []
    engine = Engine(database)
    try:
        return [one for together in _together(rules) for one in engine.judge(together[0].relation, together)]
    finally:
        engine.close()


def _together(rules: Sequence[Compiled]) -> Iterator[list[Compiled]]:
    """The rules in the parts that are judged at once: of one relation, and so few that no query looks at very many columns."""
    groups: dict[tuple[str, bool], list[Compiled]] = {}
    for rule in rules:
        apart = rule.is_flag and rule.relation != "event_facts"  # flags of wide rows are kept in a table of their own
        groups.setdefault((rule.relation, apart), []).append(rule)
    for own in groups.values():
        yield from (own[at : at + BITS] for at in range(0, len(own), BITS))
