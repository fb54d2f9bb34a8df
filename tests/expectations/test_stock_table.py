"""The table of stock expectations: nothing of Great Expectations is left out, and what a suite asks wrongly is told with its line."""

import inspect
import pkgutil
import re

import pytest

from logsyn.expectations.errors import DeclarationError
from logsyn.expectations.stock_table import STOCK
from logsyn.expectations.suite import load_suite
from logsyn.validator.checking.great_expectations import load

USED = [one for one in STOCK.values() if not one.refused]
OF_ENGINE = {
    "id", "meta", "notes", "result_format", "description", "catch_exceptions", "rendered_content", "severity", "windows",
    "batch_id", "row_condition", "condition_parser", "mostly", "library_metadata",
}  # fmt: skip
NOT_TAKEN = {"allow_relative_error", "internal_weight_holdout", "tail_weight_holdout", "bucketize_data"}


def snake(name):
    return re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()


def classes():
    core = load().expectations.core
    found = {name: kind for name, kind in vars(core).items() if inspect.isclass(kind)}
    return {snake(name): kind for name, kind in found.items() if name.startswith("Expect") or "UnexpectedRows" in name}


def test_every_expectation_of_the_installed_version_has_an_entry():
    core = load().expectations.core
    files = {module.name for module in pkgutil.iter_modules(core.__path__) if not module.ispkg}
    assert len(files) > 60
    assert files == set(STOCK), (
        "a new version: say in expectations/stock_table.py how each new one is judged, or refuse it"
    )
    assert set(classes()) <= set(STOCK)


@pytest.mark.parametrize("kind", USED, ids=lambda kind: kind.name)
def test_the_arguments_are_those_of_great_expectations(kind):
    theirs = set(classes()[kind.name].__fields__) - OF_ENGINE - NOT_TAKEN
    if kind.name == "expect_column_kl_divergence_to_be_less_than":
        theirs -= {"min_value", "max_value"}
    if kind.name.startswith("expect_table_row_count_to_be") or kind.counts_rows or kind.kind == "aggregate":
        assert set(kind.arguments) == theirs


FAULTY = [
    ("expect_column_values_to_be_lucky", "{column: a}", 3, "has no expectation 'expect_column_values_to_be_lucky'"),
    ("expect_column_values_to_be_uniqe", "{column: a}", 3, "did you mean expect_column_values_to_be_unique?"),
    ("expect_table_columns_to_match_set", "{column_set: [a]}", 3, "cannot be used: the columns of an extract"),
    ("expect_column_values_to_be_unique", "{}", 4, "needs 'column' in its `args`"),
    ("expect_column_values_to_be_unique", "{column: 3}", 4, "argument 'column' must be a text"),
    ("expect_column_values_to_be_in_set", "{column: a, values: [x]}", 4, "has no argument 'values' (it has: column, value_set); did"),
    ("expect_column_values_to_be_in_set", "{column: a, value_set: []}", 4, "must be a list of values, with one at least"),
    ("expect_column_values_to_be_in_set", "{column: a, value_set: [null]}", 4, "must be texts, numbers, dates"),
    ("expect_column_values_to_not_be_in_set", "{column: a, value_set: {$PARAMETER: x}}", 4, "must be a list of values"),
    ("expect_column_values_to_be_between", "{column: a}", 4, "needs one of min_value, max_value"),
    ("expect_column_values_to_be_between", "{column: a, min_value: 3, max_value: 1}", 4, "so that nothing passes"),
    ("expect_column_values_to_be_between", "{column: a, min_value: 3, max_value: 2023-01-01}", 4, "is a number and one a date"),
    ("expect_column_values_to_be_between", "{column: a, min_value: .inf}", 4, "no number that can be reckoned with"),
    ("expect_column_values_to_be_between", "{column: a, min_value: 1, mostly: 0.9}", 4, "stands beside `args`"),
    ("expect_column_value_lengths_to_be_between", "{column: a, min_value: -1}", 4, "must be a whole number from 0"),
    ("expect_column_values_to_be_of_type", "{column: a, type_: INTEGR}", 4, "must name a type, one of INTEGER"),
    ("expect_column_values_to_match_strftime_format", "{column: a, strftime_format: dd-mm}", 4, "must be a format like"),
    ("expect_compound_columns_to_be_unique", "{column_list: 3}", 4, "must be a list of texts"),
    ("expect_compound_columns_to_be_unique", "{column_list: [a]}", 4, "two columns at least"),
    ("expect_column_pair_values_to_be_in_set", "{column_A: a, column_B: b, value_pairs_set: [[1]]}", 4, "a list of pairs"),
    ("expect_column_quantile_values_to_be_between", "{column: a, quantile_ranges: {quantiles: [0.5]}}", 4, "must have `quantiles`"),
    ("expect_column_kl_divergence_to_be_less_than", "{column: a, threshold: 1, partition_object: {values: [a], weights: [0.5]}}", 4, "add up to 1"),
]  # fmt: skip


@pytest.mark.parametrize(("expect", "args", "line", "says"), FAULTY, ids=[f"{one[0]} {one[1]}" for one in FAULTY])
def test_what_is_asked_wrongly_is_told_with_its_line(tmp_path, expect, args, line, says):
    path = tmp_path / "suite.yaml"
    path.write_text(f"suite: x\nrules:\n  - expect: {expect}\n    args: {args}\n", encoding="utf-8")
    with pytest.raises(DeclarationError) as told:
        load_suite(str(path))
    assert says in str(told.value)
    assert str(told.value).startswith(f"{path}:{line}: ")


def test_a_share_that_must_pass_belongs_to_rows(tmp_path):
    path = tmp_path / "suite.yaml"
    path.write_text(
        "suite: x\nrules:\n  - expect: expect_column_sum_to_be_between\n    args: {column: a, max_value: 1}\n    mostly: 0.5\n",
        encoding="utf-8",
    )
    with pytest.raises(DeclarationError, match=r":5: .*passes or fails as a whole"):
        load_suite(str(path))


def test_a_rule_knows_where_the_suite_asks_for_it(tmp_path):
    path = tmp_path / "own.yaml"
    path.write_text("suite: x\nrules:\n  - check: missing-activity\n  - check: missing-case-id\n", encoding="utf-8")
    assert [rule.place for rule in load_suite(str(path)).rules] == ["own.yaml:3", "own.yaml:4"]
