"""The grain of every check and rule: what the catalogue refuses, and what the columns and parameters of a suite add to it."""

import re
from pathlib import Path

import duckdb
import pytest

from logsyn.expectations.catalogue import CheckFile, load_catalogue
from logsyn.expectations.declaration import load
from logsyn.expectations.errors import DeclarationError
from logsyn.expectations.rule import rule_from_check
from logsyn.expectations.stock import stock_rule
from logsyn.expectations.stock_table import AMONG_OTHERS, STOCK
from logsyn.validator.checking.grain import grain_of
from logsyn.validator.checking.stock_rows import ROWS, RowsAsked, flag_of
from logsyn.validator.derive.columns import EVENT_COLUMNS
from logsyn.validator.reading.kept import Readings

CATALOGUE = Path(__file__).parents[2] / "expectations" / "catalogue"
REFUSED = [
    ("zero-duration", "grain: case\n", "", "grain"),
    ("zero-duration", "grain: case", "grain: row", "grain"),
    ("case-id-gap", "grain: log", "grain: case", "a check of the log has the grain log"),
    ("overlap", "grain: resource", "grain: person", "grain must be one of case, label, log, resource"),
    ("default-date", "    grain: log", "    grain: all", "grain"),
]


@pytest.mark.parametrize(("check", "old", "new", "says"), REFUSED)
def test_the_catalogue_refuses_a_check_without_a_grain_that_it_knows(tmp_path, check, old, new, says):
    text = (CATALOGUE / f"{check}.yaml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "check.yaml").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(DeclarationError, match=says):
        load(tmp_path / "check.yaml", CheckFile)


TAKEN = [
    ("multi-registration", {"by": "case", "within": "1s"}, {}, "case"),
    ("multi-registration", {"by": "resource", "within": "1s"}, {}, "resource"),
    ("overlap", {}, {}, "case"),
    ("overlap", {"by": "resource"}, {}, "resource"),
    ("duration-outlier", {}, {}, "label"),
    ("duration-outlier", {"max": "2h"}, {}, "case"),
    ("default-date", {"years": 5}, {}, "log"),
    ("default-date", {"column": "end_timestamp"}, {}, "case"),
    ("shared-timestamp", {}, {}, "case"),
    ("shared-timestamp", {"usual": 0.9}, {}, "log"),
    ("zero-duration", {}, {"where": {"position_in_case": 1}}, "case"),
    ("zero-duration", {}, {"where": {"same_time_share": {"gt": 0.5}}}, "log"),
    ("zero-duration", {}, {"where": {"Kladde": "ja", "case_no": {"lt": 3}}}, "log"),
    ("missing-value", {"column": "previous_activity"}, {}, "case"),
    ("missing-value", {"column": "cpr_number_columns"}, {}, "log"),
    ("attribute-dependency", {"then": {"a": "b"}}, {"where": {"row_id": {"lt": 9}}}, "log"),
    ("contact-detail", {"columns": ["Note"]}, {"where": {"team": "Nord"}}, "case"),
    ("batch-registration", {}, {"where": {"team": "Nord"}}, "resource"),
    ("batch-registration", {}, {"where": {"previous_activity": "Start"}}, "log"),
    ("incomplete-case", {"activities": ["A"]}, {"where": {"events": {"gt": 2}}}, "case"),
    ("incomplete-case", {"activities": ["A"]}, {"where": {"first_row_id": {"gt": 2}}}, "log"),
]  # fmt: skip


@pytest.mark.parametrize(("check", "given", "overrides", "grain"), TAKEN)
def test_parameters_and_columns_make_a_rule_look_at_more(check, given, overrides, grain):
    assert grain_of(rule_from_check(load_catalogue()[check], "rule", given, overrides)) == grain


OF_STOCK = [
    ("events", "status", "case"), ("events", "next_activity", "case"), ("events", "pair_no", "log"), ("cases", "steps", "case"),
    ("cases", "case_no", "log"), ("labels", "activity", "label"), ("labels", "events", "label"), ("labels", "is_untidy", "log"),
    ("log", "cases", "log"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "column", "grain"), OF_STOCK)
def test_the_grain_of_a_stock_expectation_is_that_of_its_kind_and_columns(table, column, grain):
    asked = "expect_column_values_to_not_be_null", "rule", table, {"column": column}, {}, {}
    assert grain_of(stock_rule(*asked)) == grain
    asked = "expect_column_unique_value_count_to_be_between", "rule", table, {"column": column, "max_value": 3}, {}, {}
    assert grain_of(stock_rule(*asked)) == "log"


def test_a_column_that_looks_at_other_rows_says_at_which():
    windows = {column.name for column in EVENT_COLUMNS if re.search(r"\b(OVER|rank)\b|_rank", column.sql)}
    counted_later = {"activities_at_same_time", "duplicate_rank", "same_time_share", "row_id", "case_no", "pair_no"}
    silent = (windows | counted_later) - {column.name for column in EVENT_COLUMNS if column.grain}
    assert {column.name for column in EVENT_COLUMNS if column.grain} == windows | counted_later, f"give grain= in columns.py to what looks at other rows: {silent}"


ARGS = {
    "min_value": 3, "max_value": 60, "strict_min": False, "strict_max": False, "value_set": [3, 17, 29, 41], "strictly": False,
    "type_": "whole number", "type_list": ["date", "time"], "regex": "[13]", "regex_list": ["1", "2"], "match_on": "any",
    "like_pattern": "1%", "like_pattern_list": ["1%", "%3"], "escape": None, "strftime_format": "%H", "value": 2, "threshold": 1.5,
    "double_sided": True, "method": "iqr", "multiplier": 1.0, "or_equal": False, "sum_total": 40, "value_pairs_set": [[5, 35], [17, 17], [29, 3]],
}  # fmt: skip
TEXTS = ("regex", "like", "strftime", "json", "lengths", "type_list")


@pytest.mark.parametrize("expect", sorted(ROWS))
def test_stock_expectations_on_rows_of_grain_case_find_the_same_in_parts(expect):
    con = duckdb.connect()
    con.execute("CREATE TABLE whole AS SELECT i AS row_id, i % 3 AS part, CASE WHEN i % 100 % 10 < 9 THEN (i % 100 * 12 % 53 + (i = 1)::INTEGER * 900)::DOUBLE + (i % 100 % 7 = 0)::INTEGER / 2 END AS a, (i % 100 % 37)::DOUBLE AS b, CASE WHEN i % 4 = 0 THEN '1{' ELSE (i % 30)::VARCHAR END AS t FROM range(1, 200) AS _(i)")  # fmt: skip
    con.execute("UPDATE whole SET a = a + 90 WHERE part = 2 AND row_id % 4 < 2")
    for part in range(3):
        con.execute(f"CREATE TABLE part_{part} AS SELECT * FROM whole WHERE part = {part}")
    names = ["a"] if STOCK[expect].kind == "map" else ["a", "b"]
    names = ["t"] if any(word in expect or word in STOCK[expect].arguments for word in TEXTS) else names

    def failing(relation):
        columns = [Readings(con).column(relation, name) for name in names]
        flag = flag_of(expect, RowsAsked(ARGS, columns, "", "row_id"))
        return {row for (row,) in con.execute(f"SELECT row_id FROM (SELECT row_id, {flag.sql} AS f FROM {relation}) WHERE f = 0").fetchall()}  # fmt: skip

    whole = failing("whole")
    assert 0 < len(whole) < 200
    parts = failing("part_0") | failing("part_1") | failing("part_2")
    assert (parts == whole) == (STOCK[expect].grain == "case") == (expect not in AMONG_OTHERS)
