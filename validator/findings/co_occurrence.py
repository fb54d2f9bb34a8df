"""Which rules fail together on the same rows or cases, and which of them probably have one cause."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from validator.findings.model import CoOccurrence, RulePair, SharedCause
from validator.findings.small_groups import SMALL

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb
    from numpy.typing import NDArray

    from validator.checking.check import Checked

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
    with the violations, never with their square.

    Args:
        connection: holds ``violations`` and ``event_facts``.
        checked: the rules, with their numbers in ``violations``.
        events: rows of the log.
        cases: cases of the log.
    """
    found = connection.execute("SELECT DISTINCT rule_no FROM violations ORDER BY 1").fetchall()
    numbers = [number for (number,) in found]
    if len(numbers) < 2:
        return CoOccurrence()
    names = {one.number: one.rule.id for one in checked}
    of_cases = {one.rule.id for one in checked if one.rule.table == "cases"}
    rules = [names[number] for number in numbers]
    connection.execute(f"CREATE OR REPLACE TEMP TABLE failing_together AS {_sets('violations', 'row_id', numbers)}")
    words = [f"w{at}" for at in range(len(_words(numbers)))]
    by_row = _pairs(_distinct(connection, "failing_together", words), rules, events, "rows")
    sets = ", ".join(f"bit_or({word}) AS {word}" for word in words)
    by_case = _pairs(
        _distinct(
            connection,
            f"(SELECT {sets} FROM failing_together JOIN event_facts USING (row_id) WHERE case_no IS NOT NULL GROUP BY case_no)",
            words,
        ),
        rules,
        cases,
        "cases",
    )
    connection.execute("DROP TABLE failing_together")
    together = [pair for pair in by_row if not {pair.first, pair.second} & of_cases]
    together += [pair for pair in by_case if {pair.first, pair.second} & of_cases]
    kept = sorted([pair for pair in (*by_row, *by_case) if _tells_something(pair)], key=_rank)
    return CoOccurrence(
        pairs=kept[:MOST_PAIRS],
        more_pairs=max(len(kept) - MOST_PAIRS, 0),
        shared_causes=shared_causes(together),
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


def _words(numbers: Sequence[int]) -> list[Sequence[int]]:
    return [numbers[at : at + BITS] for at in range(0, len(numbers), BITS)]


def _sets(table: str, key: str, numbers: Sequence[int]) -> str:
    """SQL that gives each key the set of rules it fails, as bits of one or more words."""
    words = []
    for at, word in enumerate(_words(numbers)):
        place = "".join(f" WHEN {int(number)} THEN {1 << bit}" for bit, number in enumerate(word))
        words.append(f"bit_or(CASE rule_no{place} ELSE 0 END::BIGINT) AS w{at}")
    return f"SELECT {key}, {', '.join(words)} FROM {table} GROUP BY {key}"


def _distinct(connection: duckdb.DuckDBPyConnection, relation: str, words: Sequence[str]) -> list[tuple[int, ...]]:
    names = ", ".join(words)
    return connection.execute(f"SELECT {names}, count(*) FROM {relation} GROUP BY {names}").fetchall()


def _pairs(
    sets: Sequence[tuple[int, ...]], rules: Sequence[str], total: int, unit: Literal["rows", "cases"]
) -> list[RulePair]:
    """Every pair that at least ``SMALL`` of the ``total`` rows or cases fail, from the distinct sets and their counts."""
    if not sets:
        return []
    together = _overlaps(np.array(sets, dtype=np.int64), len(rules))
    failed = together.diagonal()
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


def _overlaps(sets: NDArray[np.int64], rules: int) -> NDArray[np.int64]:
    """Rules x rules: how many fail both; on the diagonal how many fail the one."""
    counts = sets[:, -1]
    bits = np.stack([(sets[:, at // BITS] >> (at % BITS)) & 1 for at in range(rules)], axis=1)
    overlaps: NDArray[np.int64] = bits.T @ (bits * counts[:, np.newaxis])
    return overlaps
