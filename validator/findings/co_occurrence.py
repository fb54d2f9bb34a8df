"""Which rules fail together on the same rows or cases, and which of them probably have one cause."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from logsyn.validator.disclosure.size import SMALL
from logsyn.validator.record import CoOccurrence, RulePair, SharedCause

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import duckdb
    from numpy.typing import NDArray

    from logsyn.validator.checking.check import Checked

BITS = 62
"""So many rules go into one word of the set of rules that a row fails."""

MOST_PAIRS = 100
LEAST_CONTAINMENT = 0.1
"""Pairs that are kept: of those that fail the rarer rule, so many fail the other, too."""

ONE_CAUSE = 0.9
"""From this containment on two rules probably have one cause."""

LEAST_LIFT = 2.0
"""The containment must be at least so many times what chance gives: a rule that fails everywhere contains every other."""


def co_occurrence(
    connection: duckdb.DuckDBPyConnection, checked: Sequence[Checked], events: int, cases: int
) -> CoOccurrence:
    """Pairs of rules that fail together, and groups that probably have one cause.

    Every row is first reduced to the set of rules that it fails, and pairs are counted over the distinct sets: the work grows
    with the violations, never with their square. Rules are compared by the rows that fail them, and a rule about cases with
    every other by cases, since its failing row only stands for the case.

    Args:
        connection: holds ``violations`` and ``event_facts``.
        checked: the rules that are looked at, with their numbers in ``violations``.
        events: rows of the log.
        cases: cases of the log.
    """
    found = connection.execute("SELECT DISTINCT rule_no FROM violations ORDER BY 1").fetchall()
    numbers = [number for (number,) in found]
    if len(numbers) < 2:
        return CoOccurrence()
    names = {one.number: one.rule.id for one in checked}
    shown = [number for number in numbers if number in names]
    of_cases = {one.rule.id for one in checked if one.rule.table == "cases" and one.number in numbers}
    by_row = _pairs(_sets(connection, "violations", "row_id", numbers), shown, names, events, "rows")
    pairs = [pair for pair in by_row if not {pair.first, pair.second} & of_cases]
    if of_cases:
        with_cases = (
            "(SELECT rule_no, case_no FROM violations JOIN event_facts USING (row_id) WHERE case_no IS NOT NULL)"
        )
        by_case = _pairs(_sets(connection, with_cases, "case_no", numbers), shown, names, cases, "cases")
        pairs += [pair for pair in by_case if {pair.first, pair.second} & of_cases]
    kept = sorted([pair for pair in pairs if _tells_something(pair)], key=_rank)
    return CoOccurrence(
        pairs=kept[:MOST_PAIRS],
        more_pairs=max(len(kept) - MOST_PAIRS, 0),
        shared_causes=shared_causes(kept),
    )


def shared_causes(pairs: Sequence[RulePair]) -> list[SharedCause]:
    """Groups of rules, each of which is as good as contained in another of its group.

    A rule joins the one that it resembles most (by Jaccard) among those that contain it, and no second one: two rules
    that have little in common are not brought together by a small third one that lies in both.
    """
    near = [pair for pair in pairs if pair.containment >= ONE_CAUSE and _tells_something(pair)]
    joins: dict[str, str] = {}
    for pair in sorted(near, key=lambda pair: (-pair.jaccard, pair.first, pair.second)):
        if pair.second not in joins and _root(pair.first, joins) != pair.second:
            joins[pair.second] = pair.first
    groups: dict[str, list[str]] = {}
    for rule in joins:
        groups.setdefault(_root(rule, joins), []).append(rule)
    return [SharedCause(rules=[root, *sorted(rules)]) for root, rules in sorted(groups.items())]


def _tells_something(pair: RulePair) -> bool:
    return pair.containment >= max(LEAST_CONTAINMENT, LEAST_LIFT * pair.by_chance)


def _root(rule: str, joins: dict[str, str]) -> str:
    while rule in joins:
        rule = joins[rule]
    return rule


def _rank(pair: RulePair) -> tuple[float, float, str, str, str]:
    return -pair.containment, -pair.jaccard, pair.first, pair.second, pair.unit


def _sets(connection: duckdb.DuckDBPyConnection, relation: str, key: str, numbers: Sequence[int]) -> NDArray[np.int64]:
    """The distinct sets of rules that keys fail, as bits of one or more words, and last how many keys have each."""
    words = range(numbers[-1] // BITS + 1)
    bits = ", ".join(
        f"bit_or({_bit(word) if len(words) > 1 else '1::BIGINT << rule_no::INTEGER'}) AS w{word}" for word in words
    )
    names = ", ".join(f"w{word}" for word in words)
    of_keys = f"SELECT {bits} FROM {relation} GROUP BY {key}"
    # Column by column, since there may be tens of thousands of sets.
    sets = connection.execute(f"SELECT {names}, count(*) AS keys FROM ({of_keys}) GROUP BY {names}").fetchnumpy()
    return np.column_stack([sets[name] for name in (*(f"w{word}" for word in words), "keys")]).astype(np.int64)


def _bit(word: int) -> str:
    low = word * BITS
    inside = f"rule_no >= {low} AND rule_no < {low + BITS}"
    return f"CASE WHEN {inside} THEN 1::BIGINT << (rule_no::INTEGER - {low}) ELSE 0 END"


def _pairs(
    sets: NDArray[np.int64],
    numbers: Sequence[int],
    names: Mapping[int, str],
    total: int,
    unit: Literal["rows", "cases"],
) -> list[RulePair]:
    """Every pair that at least ``SMALL`` of the ``total`` rows or cases fail."""
    together = _overlaps(sets, numbers)
    rules, failed = [names[number] for number in numbers], together.diagonal()
    found = []
    for one, other in zip(*np.nonzero(np.triu(together, 1) >= SMALL), strict=True):
        first, second = sorted((int(one), int(other)), key=lambda at: (-int(failed[at]), rules[at]))
        both, most, least = int(together[one, other]), int(failed[first]), int(failed[second])
        found.append(
            RulePair(
                first=rules[first],
                second=rules[second],
                unit=unit,
                first_failed=most,
                second_failed=least,
                together=both,
                jaccard=round(both / (most + least - both), 6),
                containment=round(both / least, 6),
                by_chance=round(most / total, 6) if total else 0.0,
            )
        )
    return found


def _overlaps(sets: NDArray[np.int64], numbers: Sequence[int]) -> NDArray[np.int64]:
    """Rules x rules: how many rows or cases fail both; on the diagonal how many fail the one."""
    counts = sets[:, -1]
    bits = np.stack([(sets[:, number // BITS] >> (number % BITS)) & 1 for number in numbers], axis=1)
    overlaps: NDArray[np.int64] = bits.T @ (bits * counts[:, np.newaxis])
    return overlaps
