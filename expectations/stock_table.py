"""Every expectation of Great Expectations 1.24: which arguments it takes here and how it is judged, or why it is refused.

``docs/stock-expectations.md`` is made from these records; a test holds them against the installed Great Expectations.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from logsyn.expectations.stock_arguments import Argument
from logsyn.expectations.stock_refused import REFUSED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from logsyn.expectations.grain import Grain
    from logsyn.expectations.stock_refused import StockKind


@dataclass(frozen=True)
class StockExpectation:
    """One expectation by its name in YAML.

    ``holds``: when a row or column meets it. ``one_of``: arguments of which one at least must be given. ``refused``: why no suite
    may ask for it; then ``instead`` says what to use, and nothing else is set.
    """

    name: str
    kind: StockKind
    holds: str = ""
    arguments: Mapping[str, Argument] = field(default_factory=dict)
    one_of: tuple[str, ...] = ()
    refused: str = ""
    instead: str = ""

    @property
    def counts_rows(self) -> bool:
        """Whether rows pass or fail, so that ``mostly`` has a meaning."""
        return self.kind in ("map", "pair", "multicolumn")

    @property
    def grain(self) -> Grain:
        """What must be looked at together: one row, which is of the grain ``case``, or all that are meant."""
        return "case" if self.counts_rows and self.name not in AMONG_OTHERS else "log"


AMONG_OTHERS = frozenset(
    {
        "expect_column_values_to_be_unique",
        "expect_compound_columns_to_be_unique",
        "expect_column_values_to_be_increasing",
        "expect_column_values_to_be_decreasing",
        "expect_column_value_z_scores_to_be_less_than",
        "expect_column_values_to_not_be_outliers",
    }
)
"""Those in which rows pass or fail by what stands in the others."""

_COLUMN = {"column": Argument("column", required=True)}
_PAIR_MISSING = Argument(
    "choice",
    default="both_values_are_missing",
    choices=("both_values_are_missing", "either_value_is_missing", "neither"),
)
_PAIR = {
    "column_A": Argument("column", required=True),
    "column_B": Argument("column", required=True),
    "ignore_row_if": _PAIR_MISSING,
}
_SEVERAL = {
    "column_list": Argument("columns", required=True),
    "ignore_row_if": Argument(
        "choice",
        default="all_values_are_missing",
        choices=("all_values_are_missing", "any_value_is_missing", "never"),
    ),
}
_STRICT = {"strict_min": Argument("flag", default=False), "strict_max": Argument("flag", default=False)}
_ENDS = ("min_value", "max_value")
_SET = {"value_set": Argument("values", required=True)}
_MATCH_ON = {"match_on": Argument("choice", default="any", choices=("any", "all"))}
_ESCAPE = {"escape": Argument("character")}


def _between(kind: Literal["bound", "number", "count", "share"]) -> dict[str, Argument]:
    return {"min_value": Argument(kind), "max_value": Argument(kind), **_STRICT}


def _map(name: str, holds: str, *arguments: Mapping[str, Argument]) -> StockExpectation:
    return _record(f"expect_column_{name}", "map", holds, _COLUMN, *arguments)


def _pair(name: str, holds: str, *arguments: Mapping[str, Argument]) -> StockExpectation:
    return _record(f"expect_column_pair_{name}", "pair", holds, _PAIR, *arguments)


def _several(name: str, holds: str, *arguments: Mapping[str, Argument]) -> StockExpectation:
    return _record(f"expect_{name}", "multicolumn", holds, _SEVERAL, *arguments)


def _whole(name: str, holds: str, *arguments: Mapping[str, Argument]) -> StockExpectation:
    return _record(f"expect_column_{name}", "aggregate", holds, _COLUMN, *arguments)


def _table(name: str, holds: str, *arguments: Mapping[str, Argument]) -> StockExpectation:
    return _record(f"expect_table_{name}", "table", holds, *arguments)


def _record(name: str, kind: StockKind, holds: str, *arguments: Mapping[str, Argument]) -> StockExpectation:
    taken = {name: argument for some in arguments for name, argument in some.items()}
    return StockExpectation(name, kind, holds, taken, _ENDS if "min_value" in taken else ())


_IN_ORDER = Argument("flag", default=False)
_ROW_BY_ROW = (
    _map("values_to_be_between", "the number or time lies between the bounds", _between("bound")),
    _map("values_to_be_in_set", "the value is one of the set", _SET),
    _map("values_to_not_be_in_set", "the value is none of the set", _SET),
    _map("values_to_be_null", "there is no value"),
    _map("values_to_not_be_null", "there is a value"),
    _map("values_to_be_unique", "no other row has the same value"),
    _map("values_to_be_increasing", "no less than the value before, in the order of the rows", {"strictly": _IN_ORDER}),
    _map("values_to_be_decreasing", "no more than the value before, in the order of the rows", {"strictly": _IN_ORDER}),
    _map("values_to_be_of_type", "the value can be read as the type", {"type_": Argument("type", required=True)}),
    _map("values_to_be_in_type_list", "it can be read as one of them", {"type_list": Argument("types", required=True)}),
    _map("values_to_match_regex", "the pattern is found in it", {"regex": Argument("regex", required=True)}),
    _map("values_to_not_match_regex", "the pattern is not found in it", {"regex": Argument("regex", required=True)}),
    _map(
        "values_to_match_regex_list",
        "one of the patterns (`match_on: all`: each) is found in it",
        {"regex_list": Argument("regexes", required=True)},
        _MATCH_ON,
    ),
    _map(
        "values_to_not_match_regex_list",
        "none of the patterns is found in it",
        {"regex_list": Argument("regexes", required=True)},
    ),
    _map(
        "values_to_match_like_pattern",
        "the whole value has the form (`%` any text, `_` any character)",
        {"like_pattern": Argument("pattern", required=True)},
        _ESCAPE,
    ),
    _map(
        "values_to_not_match_like_pattern",
        "the value has not the form",
        {"like_pattern": Argument("pattern", required=True)},
        _ESCAPE,
    ),
    _map(
        "values_to_match_like_pattern_list",
        "the value has one of the forms (`match_on: all`: each)",
        {"like_pattern_list": Argument("patterns", required=True)},
        _MATCH_ON,
        _ESCAPE,
    ),
    _map(
        "values_to_not_match_like_pattern_list",
        "the value has none of the forms",
        {"like_pattern_list": Argument("patterns", required=True)},
        _ESCAPE,
    ),
    _map(
        "values_to_match_strftime_format",
        "the format reads it as a date or time",
        {"strftime_format": Argument("format", required=True)},
    ),
    _map("values_to_be_json_parseable", "it is JSON"),
    _map(
        "value_lengths_to_be_between",
        "it has so many characters",
        _between("count"),
    ),
    _map("value_lengths_to_equal", "it has just so many characters", {"value": Argument("count", required=True)}),
    _map(
        "value_z_scores_to_be_less_than",
        "so many standard deviations from the mean at most; all when there is no spread",
        {"threshold": Argument("number", required=True)},
        {"double_sided": Argument("flag", default=True)},
    ),
    _map(
        "values_to_not_be_outliers",
        "within the quartiles widened by `multiplier` times their distance (`std`: nearer to the mean than so many standard deviations)",
        {"method": Argument("choice", default="iqr", choices=("iqr", "std"))},
        {"multiplier": Argument("number", default=1.5)},
    ),
    _pair("values_to_be_equal", "both are the same number or time, else the same text"),
    _pair(
        "values_a_to_be_greater_than_b",
        "A is the greater number or later time",
        {"or_equal": Argument("flag", default=False)},
    ),
    _pair(
        "values_to_be_in_set",
        "both together are one of the pairs",
        {"value_pairs_set": Argument("pairs", required=True)},
    ),
    _several("compound_columns_to_be_unique", "no other row has the same values in all of them"),
    _several("select_column_values_to_be_unique_within_record", "no two of the columns have the same value"),
    _several("multicolumn_values_to_be_equal", "all of the columns have the same value"),
    _several(
        "multicolumn_sum_to_equal",
        "the numbers add up to it; a missing one counts 0",
        {"sum_total": Argument("number", required=True)},
    ),
)

_AS_A_WHOLE = (
    _whole("min_to_be_between", "the least number or earliest time", _between("bound")),
    _whole("max_to_be_between", "the greatest number or latest time", _between("bound")),
    _whole("mean_to_be_between", "the mean of the numbers", _between("number")),
    _whole("median_to_be_between", "the median of the numbers or times", _between("bound")),
    _whole("sum_to_be_between", "the sum of the numbers", _between("number")),
    _whole("stdev_to_be_between", "the standard deviation of the numbers as a sample", _between("number")),
    _whole(
        "quantile_values_to_be_between",
        "each quantile lies in its range; a quantile is one of the values",
        {"quantile_ranges": Argument("ranges", required=True)},
    ),
    _whole("unique_value_count_to_be_between", "the number of different values", _between("count")),
    _whole(
        "proportion_of_unique_values_to_be_between",
        "different values per value",
        _between("share"),
    ),
    _whole("proportion_of_non_null_values_to_be_between", "the share of rows with a value", _between("share")),
    _whole("distinct_values_to_be_in_set", "every value is one of the set", _SET),
    _whole("distinct_values_to_contain_set", "every value of the set is there", _SET),
    _whole("distinct_values_to_equal_set", "the values are those of the set, all of them", _SET),
    _whole(
        "most_common_value_to_be_in_set",
        "the commonest value is one of the set (`ties_okay`: one of several equally common ones)",
        {"ties_okay": Argument("flag", default=False)},
        _SET,
    ),
    _whole("type_to_be", "all values can be read as the type", {"type_": Argument("type", required=True)}),
    _whole(
        "kl_divergence_to_be_less_than",
        "the divergence of the values' shares from those expected is no greater, in nats; a value that is not expected makes it infinite",
        {"partition_object": Argument("weights", required=True)},
        {"threshold": Argument("number", required=True)},
    ),
    _table(
        "row_count_to_be_between",
        "the table has so many rows (with `where`: so many that it means)",
        _between("count"),
    ),
    _table(
        "row_count_to_equal",
        "the table has just so many rows (with `where`: so many that it means)",
        {"value": Argument("count", required=True)},
    ),
)

_WITHOUT = tuple(StockExpectation(name, kind, refused=why, instead=instead) for name, kind, why, instead in REFUSED)

STOCK: Mapping[str, StockExpectation] = {
    one.name: one for one in sorted((*_ROW_BY_ROW, *_AS_A_WHOLE, *_WITHOUT), key=lambda one: one.name)
}
"""All expectations by their name."""
