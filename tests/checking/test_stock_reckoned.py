"""Stock expectations on random columns against answers that plain Python reckons apart, straight on the database."""

import json
import random
import re
import statistics
from datetime import date, timedelta
from decimal import Decimal

import duckdb
import pytest

from logsyn.expectations.stock_table import STOCK
from logsyn.validator.checking.stock_rows import RowsAsked, flag_of
from logsyn.validator.checking.stock_whole import judge_whole
from logsyn.validator.database.sql import literal
from logsyn.validator.reading.kept import Readings

ROWS = 12
SEEDS = range(7)
WORDS = ["ja", "Ja", "nej", "æble", "ab", "abc", "a%", "x1", "1x", "Ærø", "møde", "MØDE", '{"a": 1}', "{", "[]", "it's"]


def danish(number):
    whole, _, decimals = f"{abs(number)}".partition(".")
    groups = f"{int(whole):,}".replace(",", ".")
    return ("-" if number < 0 else "") + groups + (f",{decimals}" if decimals else "")


def some(draw, make):
    return [None if draw.random() < 0.2 else make() for _ in range(ROWS)]


def columns(seed):
    """Numbers, words and dates, each as they are and as they are written."""
    draw = random.Random(seed)
    parts, most = draw.choice([1, 4, 100]), draw.choice([2, 3])
    numbers = [some(draw, lambda: Decimal(draw.randint(-20000, 20000)) / parts) for _ in "ab"]
    words = [some(draw, lambda: draw.choice(WORDS)) for _ in "ab"]
    days = [some(draw, lambda: date(2023, 1, 1) + timedelta(draw.randint(0, 800))) for _ in "ab"]
    days[0][0] = date(2023, 1, 31)  # so that the order of day and month is known
    days[1][0] = date(2023, 1, 31)
    few = [some(draw, lambda: Decimal(draw.randint(1, most))) for _ in "ab"]
    return numbers, words, days, few


def written(values):
    form = {Decimal: danish, str: str, date: lambda day: day.strftime("%d-%m-%Y")}
    return [None if value is None else form[type(value)](value) for value in values]


@pytest.fixture(scope="module")
def connection():
    return duckdb.connect()


def asked(connection, expect, args, *lists):
    names = "ABC"[: len(lists)]
    rows = ", ".join(
        "(" + ", ".join(literal(one) for one in (n, *row)) + ")"
        for n, row in enumerate(zip(*map(written, lists), strict=True), 1)
    )
    rows = rows or "(NULL" + ", NULL" * len(lists) + ")"  # for a table without rows
    columns = ", ".join(f"{name}::VARCHAR AS {name}" for name in names)
    connection.execute(
        f"CREATE OR REPLACE TABLE rows AS SELECT n::INTEGER AS row_id, {columns} FROM (VALUES {rows}) AS written(n, {', '.join(names)}) WHERE n IS NOT NULL"
    )
    readings = Readings(connection)
    given = {name: argument.default for name, argument in STOCK[expect].arguments.items()} | args
    return RowsAsked(given, [readings.column("rows", name) for name in names], "", "row_id")


def failing(connection, expect, args, *lists):
    flag = flag_of(expect, asked(connection, expect, args, *lists))
    judged = connection.execute(f"SELECT row_id, {flag.sql}, {flag.counted} FROM rows ORDER BY row_id").fetchall()
    assert all((holds is None) == (counted is None) for _, holds, counted in judged)
    return [row for row, holds, _ in judged if holds == 0]


def whole(connection, expect, args, *lists):
    return judge_whole(connection, 0, expect, asked(connection, expect, args, *lists), "rows").outcome


def those(values, fails):
    """The rows whose value fails."""
    return [row for row, value in enumerate(values, 1) if value is not None and fails(value)]


def ordered(values, wrong):
    last, rows = None, []
    for row, value in enumerate(values, 1):
        if value is not None:
            rows += [row] if last is not None and wrong(value, last) else []
            last = value
    return rows


def is_json(text):
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def away(values):
    filled = [float(value) for value in values if value is not None]
    mean, spread = statistics.fmean(filled), statistics.stdev(filled)
    return lambda value: abs(float(value) - mean) >= 1.2 * spread


def outside(values):
    low, _, high = statistics.quantiles([float(v) for v in values if v is not None], n=4, method="inclusive")
    return lambda value: not low - 0.5 * (high - low) <= float(value) <= high + 0.5 * (high - low)


C = "expect_column_"
ON_ROWS = [
    (C + "values_to_be_between", {"min_value": -50.25, "max_value": 100}, "n", lambda v: those(v, lambda x: not -50.25 <= x <= 100)),
    (C + "values_to_be_between", {"min_value": "2023-06-01", "strict_min": True}, "d", lambda v: those(v, lambda x: x <= date(2023, 6, 1))),
    (C + "values_to_be_in_set", {"value_set": [1, 3]}, "f", lambda v: those(v, lambda x: x not in (1, 3))),
    (C + "values_to_be_in_set", {"value_set": ["ja", "æble", "it's"]}, "w", lambda v: those(v, lambda x: x not in ("ja", "æble", "it's"))),
    (C + "values_to_not_be_in_set", {"value_set": ["ja", "æble", "it's"]}, "w", lambda v: those(v, lambda x: x in ("ja", "æble", "it's"))),
    (C + "values_to_be_null", {}, "w", lambda v: those(v, lambda _: True)),
    (C + "values_to_not_be_null", {}, "w", lambda v: [row for row, x in enumerate(v, 1) if x is None]),
    (C + "values_to_be_unique", {}, "w", lambda v: those(v, lambda x: v.count(x) > 1)),
    (C + "values_to_be_increasing", {}, "n", lambda v: ordered(v, lambda x, last: x < last)),
    (C + "values_to_be_increasing", {"strictly": True}, "f", lambda v: ordered(v, lambda x, last: x <= last)),
    (C + "values_to_be_decreasing", {}, "d", lambda v: ordered(v, lambda x, last: x > last)),
    (C + "values_to_be_of_type", {"type_": "whole number"}, "n", lambda v: those(v, lambda x: x != int(x))),
    (C + "values_to_be_in_type_list", {"type_list": ["date", "number"]}, "w", lambda v: those(v, lambda _: True)),
    (C + "values_to_match_regex", {"regex": "^[a-z]+$"}, "w", lambda v: those(v, lambda x: not re.search("^[a-z]+$", x))),
    (C + "values_to_not_match_regex", {"regex": "[A-Z0-9]"}, "w", lambda v: those(v, lambda x: re.search("[A-Z0-9]", x))),
    (C + "values_to_match_regex_list", {"regex_list": ["a", "b"], "match_on": "all"}, "w", lambda v: those(v, lambda x: not ("a" in x and "b" in x))),
    (C + "values_to_match_regex_list", {"regex_list": ["a", "e"]}, "w", lambda v: those(v, lambda x: "a" not in x and "e" not in x)),
    (C + "values_to_not_match_regex_list", {"regex_list": ["a", "e"]}, "w", lambda v: those(v, lambda x: "a" in x or "e" in x)),
    (C + "values_to_match_like_pattern", {"like_pattern": "a%"}, "w", lambda v: those(v, lambda x: not x.startswith("a"))),
    (C + "values_to_not_match_like_pattern", {"like_pattern": "_b%"}, "w", lambda v: those(v, lambda x: x[1:2] == "b")),
    (C + "values_to_match_like_pattern_list", {"like_pattern_list": ["a%", "%e"]}, "w", lambda v: those(v, lambda x: not (x[0] == "a" or x[-1] == "e"))),
    (C + "values_to_not_match_like_pattern_list", {"like_pattern_list": ["%!%%", "%'%"], "escape": "!"}, "w", lambda v: those(v, lambda x: "%" in x or "'" in x)),
    (C + "values_to_be_json_parseable", {}, "w", lambda v: those(v, lambda x: not is_json(x))),
    (C + "value_lengths_to_be_between", {"max_value": 3}, "w", lambda v: those(v, lambda x: len(x) > 3)),
    (C + "value_lengths_to_equal", {"value": 4}, "w", lambda v: those(v, lambda x: len(x) != 4)),
    (C + "value_z_scores_to_be_less_than", {"threshold": 1.2}, "n", lambda v: those(v, away(v))),
    (C + "values_to_not_be_outliers", {"multiplier": 0.5}, "n", lambda v: those(v, outside(v))),
]  # fmt: skip
P = "expect_column_pair_values_"


def pairs(a, b, fails, *, either=False):
    skip = (lambda x, y: x is None or y is None) if either else (lambda x, y: x is None and y is None)
    return [row for row, (x, y) in enumerate(zip(a, b, strict=True), 1) if not skip(x, y) and fails(x, y)]


EITHER = {"ignore_row_if": "either_value_is_missing"}
ON_PAIRS = [
    (P + "to_be_equal", {}, "w", lambda a, b: pairs(a, b, lambda x, y: x != y)),
    (P + "to_be_equal", EITHER, "f", lambda a, b: pairs(a, b, lambda x, y: x != y, either=True)),
    (P + "a_to_be_greater_than_b", EITHER, "n", lambda a, b: pairs(a, b, lambda x, y: x <= y, either=True)),
    (P + "a_to_be_greater_than_b", {"or_equal": True}, "d", lambda a, b: pairs(a, b, lambda x, y: None in (x, y) or x < y)),
    (P + "to_be_in_set", {"value_pairs_set": [(1, 2), (2, None)]}, "f", lambda a, b: pairs(a, b, lambda x, y: (x, y) not in ((1, 2), (2, None)))),
    ("expect_compound_columns_to_be_unique", {}, "f", lambda a, b: pairs(a, b, lambda x, y: list(zip(a, b, strict=True)).count((x, y)) > 1)),
    ("expect_select_column_values_to_be_unique_within_record", {}, "f", lambda a, b: pairs(a, b, lambda x, y: x is not None and x == y)),
    ("expect_multicolumn_values_to_be_equal", {}, "f", lambda a, b: pairs(a, b, lambda x, y: x != y)),
    ("expect_multicolumn_sum_to_equal", {"sum_total": 4}, "f", lambda a, b: pairs(a, b, lambda x, y: (x or 0) + (y or 0) != 4)),
]  # fmt: skip


def within(value, least, most):
    return "passed" if least <= value <= most else "failed"


ON_WHOLES = [
    (C + "min_to_be_between", {"min_value": -4000, "max_value": 0}, "n", lambda v: within(min(v), -4000, 0)),
    (C + "max_to_be_between", {"min_value": "2023-01-01", "max_value": "2024-12-31"}, "d", lambda v: within(max(v), date(2023, 1, 1), date(2024, 12, 31))),
    (C + "mean_to_be_between", {"min_value": -50, "max_value": 500}, "n", lambda v: within(statistics.mean(v), -50, 500)),
    (C + "median_to_be_between", {"min_value": 2, "max_value": 2}, "f", lambda v: within(statistics.median(v), 2, 2)),
    (C + "sum_to_be_between", {"min_value": 15, "max_value": 20}, "f", lambda v: within(sum(v), 15, 20)),
    (C + "stdev_to_be_between", {"min_value": 0.7, "max_value": 0.85}, "f", lambda v: within(statistics.stdev(v), 0.7, 0.85)),
    (C + "unique_value_count_to_be_between", {"min_value": 6, "max_value": 8}, "w", lambda v: within(len(set(v)), 6, 8)),
    (C + "proportion_of_unique_values_to_be_between", {"min_value": 0.5, "max_value": 0.9}, "w", lambda v: within(len(set(v)) / len(v), 0.5, 0.9)),
    (C + "proportion_of_non_null_values_to_be_between", {"min_value": 0.8, "max_value": 1}, "w", lambda v: within(len(v) / ROWS, 0.8, 1)),
    (C + "distinct_values_to_be_in_set", {"value_set": [1, 2]}, "f", lambda v: "passed" if set(v) <= {1, 2} else "failed"),
    (C + "distinct_values_to_contain_set", {"value_set": ["ja", "ab"]}, "w", lambda v: "passed" if {"ja", "ab"} <= set(v) else "failed"),
    (C + "distinct_values_to_equal_set", {"value_set": [1, 2, 3]}, "f", lambda v: "passed" if set(v) == {1, 2, 3} else "failed"),
    (C + "most_common_value_to_be_in_set", {"value_set": [2]}, "f", lambda v: "passed" if statistics.multimode(v) == [2] else "failed"),
    (C + "most_common_value_to_be_in_set", {"value_set": [2], "ties_okay": True}, "f", lambda v: "passed" if 2 in statistics.multimode(v) else "failed"),
    (C + "type_to_be", {"type_": "whole number"}, "n", lambda v: "passed" if all(x == int(x) for x in v) else "failed"),
]  # fmt: skip


def chosen(seed, letter):
    return columns(seed)["nwdf".index(letter)]


@pytest.mark.parametrize(
    ("expect", "args", "of", "reckon"), ON_ROWS, ids=[f"{n}-{one[0]}" for n, one in enumerate(ON_ROWS)]
)
def test_rows_that_fail_are_those_that_python_finds(connection, expect, args, of, reckon):
    found = {seed: failing(connection, expect, args, chosen(seed, of)[0]) for seed in SEEDS}
    assert found == {seed: reckon(chosen(seed, of)[0]) for seed in SEEDS}


@pytest.mark.parametrize(
    ("expect", "args", "of", "reckon"), ON_PAIRS, ids=[f"{n}-{one[0]}" for n, one in enumerate(ON_PAIRS)]
)
def test_pairs_that_fail_are_those_that_python_finds(connection, expect, args, of, reckon):
    found = {seed: failing(connection, expect, args, *chosen(seed, of)) for seed in SEEDS}
    assert found == {seed: reckon(*chosen(seed, of)) for seed in SEEDS}
    assert any(found.values())


@pytest.mark.parametrize(
    ("expect", "args", "of", "reckon"), ON_WHOLES, ids=[f"{n}-{one[0]}" for n, one in enumerate(ON_WHOLES)]
)
def test_wholes_pass_where_python_says_so(connection, expect, args, of, reckon):
    found = {seed: whole(connection, expect, args, chosen(seed, of)[0]) for seed in SEEDS}
    assert found == {seed: reckon([value for value in chosen(seed, of)[0] if value is not None]) for seed in SEEDS}
    assert set(found.values()) == {"passed", "failed"}


EMPTY = [[*one[:2], 1] for one in (*ON_ROWS, *ON_WHOLES)] + [[*one[:2], 2] for one in ON_PAIRS]


@pytest.mark.parametrize(("expect", "args", "columns"), EMPTY, ids=[f"{n}-{one[0]}" for n, one in enumerate(EMPTY)])
@pytest.mark.parametrize("rows", [0, 3])
def test_a_table_without_rows_or_without_values_breaks_nothing(connection, expect, args, columns, rows):
    lists = [[None] * rows] * columns
    if STOCK[expect].counts_rows:
        missing = expect == C + "values_to_not_be_null"
        assert failing(connection, expect, args, *lists) == (list(range(1, rows + 1)) if missing else [])
    else:
        assert whole(connection, expect, args, *lists) in ("nothing_checked", "failed")
