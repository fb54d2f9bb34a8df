"""Expectations of Great Expectations that no suite may ask for: why, and what to use instead."""

from __future__ import annotations

from typing import Literal

StockKind = Literal["map", "pair", "multicolumn", "aggregate", "table"]
"""``map``, ``pair`` and ``multicolumn`` judge rows by one, two or several columns; ``aggregate`` a column as a whole; ``table`` the table."""

_NOT_FINISHED = "Great Expectations itself names it without having it"
_SCHEMA = "the columns of an extract stand in its source profile, and a rule on a column that is not there says so"
_COLUMNS = "A rule on the column: it is not evaluated, and says so, when the column is not there."
_FOREIGN_SQL = "a suite holds no SQL of its own"
REFUSED: tuple[tuple[str, StockKind, str, str], ...] = (
    (
        "expect_column_values_to_be_dateutil_parseable",
        "map",
        "what it accepts is a guess: 12 or `may` are dates to it",
        "expect_column_values_to_match_strftime_format with the format that is meant.",
    ),
    (
        "expect_column_values_to_match_json_schema",
        "map",
        "nothing in DuckDB judges a JSON Schema",
        "expect_column_values_to_be_json_parseable, or expect_column_values_to_match_regex.",
    ),
    (
        "expect_multicolumn_values_to_be_unique",
        "multicolumn",
        "Great Expectations has given it up",
        "expect_select_column_values_to_be_unique_within_record.",
    ),
    (
        "expect_column_pair_cramers_phi_value_to_be_less_than",
        "pair",
        _NOT_FINISHED,
        "check: attribute-dependency, which says which value goes with which.",
    ),
    (
        "expect_column_chisquare_test_p_value_to_be_greater_than",
        "aggregate",
        _NOT_FINISHED,
        "expect_column_kl_divergence_to_be_less_than.",
    ),
    (
        "expect_column_bootstrapped_ks_test_p_value_to_be_greater_than",
        "aggregate",
        _NOT_FINISHED,
        "expect_column_quantile_values_to_be_between.",
    ),
    (
        "expect_column_parameterized_distribution_ks_test_p_value_to_be_greater_than",
        "aggregate",
        _NOT_FINISHED,
        "expect_column_quantile_values_to_be_between.",
    ),
    ("expect_column_to_exist", "table", _SCHEMA, _COLUMNS),
    ("expect_table_column_count_to_be_between", "table", _SCHEMA, _COLUMNS),
    ("expect_table_column_count_to_equal", "table", _SCHEMA, _COLUMNS),
    ("expect_table_columns_to_match_ordered_list", "table", _SCHEMA, _COLUMNS),
    ("expect_table_columns_to_match_set", "table", _SCHEMA, _COLUMNS),
    (
        "expect_table_row_count_to_equal_other_table",
        "table",
        "an audit has no other table to hold it against",
        "expect_table_row_count_to_equal.",
    ),
    ("expect_query_results_to_match_comparison", "table", _FOREIGN_SQL, "A check of the catalogue that has `finds`."),
    ("unexpected_rows_expectation", "table", _FOREIGN_SQL, "A check of the catalogue that has `finds`."),
)

"""Name, kind, why it is refused, and what to use instead."""
