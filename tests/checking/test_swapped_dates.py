"""Swapped dates are found when they are more than chance gives: logs without one have none, whatever their shape, and those with some have most."""

from datetime import datetime

import duckdb
import pandas as pd
import pytest

from logsyn.expectations.catalogue import load_catalogue
from logsyn.expectations.rule import rule_from_check
from logsyn.validator.checking.compiled import compile_rule
from logsyn.validator.reading.kept import Readings
from sample_logs.generator.timing.swapped import SHAPES, log_with_swaps


def found(rows):
    con = duckdb.connect()
    frame = pd.DataFrame(rows, columns=["case_no", "timestamp"]).assign(
        row_id=range(1, len(rows) + 1), position_in_case=1
    )
    con.register("event_facts", frame)
    rule = rule_from_check(load_catalogue()["day-month-swap"], "swap", {}, {})
    have = frozenset({"case_id", "activity", "timestamp", "timestamp:day_month", *frame.columns})
    compiled = compile_rule(0, rule, {"events": have}, Readings(con))
    return {row[0] for row in con.execute(compiled.finds).fetchall()}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_log_in_which_nothing_is_swapped_has_nothing(shape):
    assert [len(found(log_with_swaps(seed, shape, 0)[0])) for seed in range(8)] == [0] * 8


@pytest.mark.parametrize("shape", ["steady", "short"])
@pytest.mark.parametrize("share", [0.1, 0.3])
def test_most_that_are_swapped_are_found_and_little_else(shape, share):
    right = wrong = missed = 0
    for seed in range(5):
        rows, faulty = log_with_swaps(seed, shape, share)
        told = found(rows)
        right, wrong, missed = right + len(told & faulty), wrong + len(told - faulty), missed + len(faulty - told)
    assert right > 5
    assert (wrong / (right + wrong) <= 0.1, missed / (right + missed) <= 0.25) == (True, True), (right, wrong, missed)


def test_nine_thousand_years_apart_break_nothing():
    rows = [(1, datetime(1, 1, 2)), (1, datetime(9999, 12, 3)), (2, datetime(2023, 1, 1)), (2, datetime(2023, 1, 1))]
    assert found(rows) == set()
