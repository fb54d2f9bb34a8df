"""Rules that fail together: counted over any number of rules, and joined only where rows say so."""

from types import SimpleNamespace

import duckdb
import pytest

from logsyn.validator.findings.co_occurrence import co_occurrence, shared_causes
from logsyn.validator.record import RulePair


def found(failing, tables=None, rows=1000):
    """The co-occurrence of rules by number: rule → the rows it fails; every ten rows are a case."""
    con = duckdb.connect()
    con.execute("CREATE TABLE violations (rule_no USMALLINT, row_id INTEGER)")
    con.executemany("INSERT INTO violations VALUES (?, ?)", [(rule, row) for rule, of in failing.items() for row in of])
    con.execute(
        f"CREATE TABLE event_facts AS SELECT i::INTEGER AS row_id, (i // 10)::INTEGER AS case_no FROM range({rows}) t(i)"
    )
    checked = [
        SimpleNamespace(number=n, rule=SimpleNamespace(id=f"r{n}", table=(tables or {}).get(n, "events")))
        for n in failing
    ]
    return co_occurrence(con, checked, rows, rows // 10)


def test_overlap_is_counted_by_rows():
    (pair,) = found({0: range(20), 1: range(10, 18)}).pairs
    assert (pair.unit, pair.first, pair.second, pair.together) == ("rows", "r0", "r1", 8)
    assert (pair.containment, pair.by_chance, pair.jaccard) == (1.0, 0.02, 0.4)


@pytest.mark.parametrize(("together", "pairs"), [(4, 0), (5, 1)])
def test_pairs_under_five_are_not_shown(together, pairs):
    assert len([pair for pair in found({0: range(together), 1: range(together)}).pairs if pair.unit == "rows"]) == pairs


def test_more_rules_than_bits_of_a_word():
    failing = {n: [n] for n in range(150)} | {3: range(500, 520), 140: range(510, 530)}
    (pair,) = [pair for pair in found(failing).pairs if pair.unit == "rows"]
    assert (pair.first, pair.second, pair.together) == ("r140", "r3", 10)


def test_a_rule_that_fails_everywhere_has_no_cause_in_common():
    assert found({0: range(1000), 1: range(50)}).shared_causes == []
    assert [cause.rules for cause in found({0: range(100), 1: range(50)}).shared_causes] == [["r0", "r1"]]


def test_a_rule_about_cases_is_compared_by_cases():
    failing = {0: range(0, 200, 10), 1: range(3, 203, 10)}  # the first row of 20 cases, and the fourth of the same
    assert found(failing).shared_causes == []
    by_case = found(failing, {0: "cases"})
    assert [(pair.unit, pair.together) for pair in by_case.pairs] == [("cases", 20)]
    assert [cause.rules for cause in by_case.shared_causes] == [["r0", "r1"]]


def pair(first, second, jaccard, containment=1.0):
    counts = {"first_failed": 100, "second_failed": 10, "together": 10, "by_chance": 0.01}
    return RulePair(first=first, second=second, unit="rows", jaccard=jaccard, containment=containment, **counts)


@pytest.mark.parametrize(
    ("pairs", "causes"),
    [
        ([pair("a", "b", 0.5, 0.89)], []),
        ([pair("a", "b", 0.5), pair("b", "c", 0.5)], [["a", "b", "c"]]),
        # c lies in both a and b, which have nothing else in common: it joins the one that it resembles more.
        ([pair("a", "c", 0.1), pair("b", "c", 0.2)], [["b", "c"]]),
        ([pair("a", "b", 1.0), pair("b", "a", 1.0)], [["a", "b"]]),
    ],
)
def test_causes(pairs, causes):
    assert [cause.rules for cause in shared_causes(pairs)] == causes
