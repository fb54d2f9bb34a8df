"""Stock expectations on rows as SQL: 1 where a row holds, 0 where it does not, NULL where it is not checked.

Great Expectations has no provider for many of them on this dialect, and judges others by the types of a database. So each
is a flag over the row, and Great Expectations judges all flags together, in one query.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

from logsyn.expectations.text import Text
from logsyn.validator.checking.stock_values import compared, is_member, sql_of
from logsyn.validator.database.sql import literal
from logsyn.validator.errors import NotReadableError
from logsyn.validator.reading.formats import Format
from logsyn.validator.reading.layout import TableColumn
from logsyn.validator.reading.times import TimeColumn, slow

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from logsyn.validator.reading.kept import ReadColumn

_TYPES = {"number": "number", "time": "time", "date": "date", "truth value": "truth"}


@dataclass(frozen=True)
class RowsAsked:
    """What a rule asks of rows: the arguments with their defaults, the columns, which rows are meant, and what names a row."""

    args: Mapping[str, Any]
    columns: Sequence[ReadColumn]
    within: str
    key: str

    @property
    def column(self) -> ReadColumn:
        """The only column."""
        return self.columns[0]

    @property
    def text(self) -> str:
        """The only column as text."""
        return self.column.text

    def scoped(self, sql: str) -> str:
        """SQL that is NULL for the rows that are not meant, for what looks at several rows at once."""
        return f"CASE WHEN {self.within} THEN {sql} END" if self.within else sql


Holds = Callable[[RowsAsked], str]


@dataclass(frozen=True)
class Flag:
    """SQL of a flag. ``checked``: whether a row is checked at all, in SQL without windows."""

    checked: str
    holds: str

    @property
    def sql(self) -> str:
        """1, 0 or NULL."""
        return f"CASE WHEN {self.checked} THEN coalesce(({self.holds}), false)::INTEGER END"

    @property
    def counted(self) -> str:
        """Not NULL for the rows that are checked."""
        return f"CASE WHEN {self.checked} THEN 1 END"


def flag_of(expect: str, asked: RowsAsked) -> Flag:
    """The flag of an expectation.

    Raises:
        NotReadableError: a column holds something else than what it is compared with.
    """
    checked = _checked(expect, asked)
    return Flag(f"({asked.within}) AND {checked}" if asked.within else checked, ROWS[expect](asked))


def _checked(expect: str, asked: RowsAsked) -> str:
    if expect in ("expect_column_values_to_be_null", "expect_column_values_to_not_be_null"):
        return "true"
    ignored = asked.args.get("ignore_row_if", "either_value_is_missing")
    if ignored in ("neither", "never"):
        return "true"
    joined = " OR " if ignored in ("both_values_are_missing", "all_values_are_missing") else " AND "
    return "(" + joined.join(f"{column.sql} IS NOT NULL" for column in asked.columns) + ")"


def _between(asked: RowsAsked) -> str:
    return within_bounds(asked.column.required(bound_kind(asked.args)), asked.args)


def bound_kind(args: Mapping[str, Any]) -> Any:
    """What the bounds ask to be compared: a number, or a time."""
    return (
        "time"
        if isinstance(next(b for b in (args["min_value"], args["max_value"]) if b is not None), str)
        else "number"
    )


def within_bounds(value: str, args: Mapping[str, Any]) -> str:
    """SQL: whether a value lies between ``min_value`` and ``max_value``."""
    tests = []
    if args["min_value"] is not None:
        tests.append(f"({value}) {'>' if args['strict_min'] else '>='} {sql_of(args['min_value'])}")
    if args["max_value"] is not None:
        tests.append(f"({value}) {'<' if args['strict_max'] else '<='} {sql_of(args['max_value'])}")
    return " AND ".join(tests)


def _unique(asked: RowsAsked) -> str:
    parts = ", ".join([f"({asked.within or 'true'})", *(column.sql for column in asked.columns)])
    return f"count(*) OVER (PARTITION BY {parts}) = 1"


def _in_order(sign: str) -> Holds:
    def holds(asked: RowsAsked) -> str:
        value = asked.scoped(asked.column.ordered())
        before = f"lag({value} IGNORE NULLS) OVER (ORDER BY {asked.key})"
        compare = sign if asked.args["strictly"] else f"{sign}="
        return f"({value}) IS NOT NULL AND coalesce(({value}) {compare} {before}, true)"

    return holds


def is_of_type(column: ReadColumn, kind: str) -> str:
    """SQL: whether a value can be read as a type."""
    if kind == "text":
        return "true"
    if kind == "whole number":
        number = column.value("number")
        return f"({number}) = trunc({number})"
    return f"({column.value(_TYPES[kind])}) IS NOT NULL"  # type: ignore[arg-type]


def _in_type_list(asked: RowsAsked) -> str:
    return " OR ".join(f"coalesce({is_of_type(asked.column, kind)}, false)" for kind in asked.args["type_list"])


def _matches(text: str, pattern: str) -> str:
    return f"regexp_matches({text}, {literal(pattern)})"


def _like(text: str, pattern: str, escape: str | None) -> str:
    return f"{text} LIKE {literal(pattern)}" + (f" ESCAPE {literal(escape)}" if escape else "")


def _regexes(asked: RowsAsked) -> list[str]:
    return [_matches(asked.text, pattern) for pattern in asked.args["regex_list"]]


def _likes(asked: RowsAsked) -> list[str]:
    return [_like(asked.text, pattern, asked.args["escape"]) for pattern in asked.args["like_pattern_list"]]


def _some(tests: list[str], match_on: str = "any") -> str:
    return (" AND " if match_on == "all" else " OR ").join(f"({test})" for test in tests)


def _of_format(asked: RowsAsked) -> str:
    form = Format(asked.args["strftime_format"])
    column = asked.column
    return f"({slow(asked.text, TimeColumn(TableColumn(column.name, column.name, 'kept', ()), (form,), 'given'), column.zone)}) IS NOT NULL"


def _length(asked: RowsAsked) -> str:
    return f"length({asked.text})"


def _z_score(asked: RowsAsked) -> str:
    number = asked.column.required("number")
    mean, spread = (f"{function}({asked.scoped(number)}) OVER ()" for function in ("avg", "stddev_samp"))
    away = f"(({number}) - {mean})"
    limit = asked.args["threshold"]
    far = (
        f"abs{away} < {sql_of(abs(limit))} * {spread}"
        if asked.args["double_sided"]
        else f"{away} < {sql_of(limit)} * {spread}"
    )
    return f"({number}) IS NOT NULL AND (coalesce({spread}, 0) = 0 OR {far})"


def _no_outlier(asked: RowsAsked) -> str:
    number, times = asked.column.required("number"), sql_of(asked.args["multiplier"])
    of_all = asked.scoped(number)
    if asked.args["method"] == "iqr":
        low, high = (f"quantile_cont({of_all}, {share}) OVER ()" for share in (0.25, 0.75))
        reach = f"{times} * ({high} - {low})"
        return f"({number}) >= {low} - {reach} AND ({number}) <= {high} + {reach}"
    mean, spread = (f"{function}({of_all}) OVER ()" for function in ("avg", "stddev_samp"))
    return f"({number}) IS NOT NULL AND (coalesce({times} * {spread}, 0) <= 0 OR abs(({number}) - {mean}) < {times} * {spread})"


def _comparable(columns: Sequence[ReadColumn]) -> list[str]:
    """SQL of columns that are to be equal: as numbers or times when all of them are, else as text."""
    for kind in ("number", "time"):
        if all(column.is_all(kind) for column in columns):
            return [column.value(kind) for column in columns]
    return [column.text for column in columns]


def _equal(asked: RowsAsked) -> str:
    first, *others = _comparable(asked.columns)
    return " AND ".join(f"({first}) IS NOT DISTINCT FROM ({other})" for other in others)


def _greater(asked: RowsAsked) -> str:
    for kind in ("number", "time"):
        if all(column.is_all(kind) for column in asked.columns):
            a, b = (column.value(kind) for column in asked.columns)
            return f"({a}) {'>=' if asked.args['or_equal'] else '>'} ({b})"
    a, b = (column.name for column in asked.columns)
    raise NotReadableError(
        Text(
            da=f"Kolonnerne {a} og {b} kan ikke sammenlignes: De er ikke begge tal, og de er ikke begge datoer.",
            en=f"The columns {a} and {b} cannot be compared: they are not both numbers, and not both dates.",
        )
    )


def _pair_in_set(asked: RowsAsked) -> str:
    pairs = asked.args["value_pairs_set"]
    sides = []
    for column, values in zip(asked.columns, zip(*pairs, strict=True), strict=True):
        known = [value for value in values if value is not None]
        sql, members = compared(column, known) if known else (column.sql, [])
        rest = iter(members)
        sides.append([f"{column.sql} IS NULL" if value is None else f"({sql}) = {next(rest)}" for value in values])
    return " OR ".join(f"coalesce({a} AND {b}, false)" for a, b in zip(*sides, strict=True))


def _all_different(asked: RowsAsked) -> str:
    texts = _comparable(asked.columns)
    return " AND ".join(f"coalesce(({a}) <> ({b}), true)" for a, b in combinations(texts, 2))


def _sum(asked: RowsAsked) -> str:
    numbers = [column.required("number") for column in asked.columns]
    total = asked.args["sum_total"]
    read = [f"(({n}) IS NOT NULL OR {column.sql} IS NULL)" for n, column in zip(numbers, asked.columns, strict=True)]
    added = " + ".join(f"coalesce({number}, 0)" for number in numbers)
    return " AND ".join([*read, f"abs({added} - {sql_of(total)}) <= 1e-9 * greatest(1, abs({sql_of(total)}))"])


ROWS: dict[str, Holds] = {
    "expect_column_values_to_be_between": _between,
    "expect_column_values_to_be_in_set": lambda asked: is_member(asked.column, asked.args["value_set"]),
    "expect_column_values_to_not_be_in_set": lambda asked: f"NOT {is_member(asked.column, asked.args['value_set'])}",
    "expect_column_values_to_be_null": lambda asked: f"{asked.column.sql} IS NULL",
    "expect_column_values_to_not_be_null": lambda asked: f"{asked.column.sql} IS NOT NULL",
    "expect_column_values_to_be_unique": _unique,
    "expect_column_values_to_be_increasing": _in_order(">"),
    "expect_column_values_to_be_decreasing": _in_order("<"),
    "expect_column_values_to_be_of_type": lambda asked: is_of_type(asked.column, asked.args["type_"]),
    "expect_column_values_to_be_in_type_list": _in_type_list,
    "expect_column_values_to_match_regex": lambda asked: _matches(asked.text, asked.args["regex"]),
    "expect_column_values_to_not_match_regex": lambda asked: f"NOT {_matches(asked.text, asked.args['regex'])}",
    "expect_column_values_to_match_regex_list": lambda asked: _some(_regexes(asked), asked.args["match_on"]),
    "expect_column_values_to_not_match_regex_list": lambda asked: f"NOT ({_some(_regexes(asked))})",
    "expect_column_values_to_match_like_pattern": lambda asked: _like(
        asked.text, asked.args["like_pattern"], asked.args["escape"]
    ),
    "expect_column_values_to_not_match_like_pattern": lambda asked: (
        f"NOT ({_like(asked.text, asked.args['like_pattern'], asked.args['escape'])})"
    ),
    "expect_column_values_to_match_like_pattern_list": lambda asked: _some(_likes(asked), asked.args["match_on"]),
    "expect_column_values_to_not_match_like_pattern_list": lambda asked: f"NOT ({_some(_likes(asked))})",
    "expect_column_values_to_match_strftime_format": _of_format,
    "expect_column_values_to_be_json_parseable": lambda asked: f"json_valid({asked.text})",
    "expect_column_value_lengths_to_be_between": lambda asked: within_bounds(_length(asked), asked.args),
    "expect_column_value_lengths_to_equal": lambda asked: f"{_length(asked)} = {asked.args['value']}",
    "expect_column_value_z_scores_to_be_less_than": _z_score,
    "expect_column_values_to_not_be_outliers": _no_outlier,
    "expect_column_pair_values_to_be_equal": _equal,
    "expect_column_pair_values_a_to_be_greater_than_b": _greater,
    "expect_column_pair_values_to_be_in_set": _pair_in_set,
    "expect_compound_columns_to_be_unique": _unique,
    "expect_select_column_values_to_be_unique_within_record": _all_different,
    "expect_multicolumn_values_to_be_equal": _equal,
    "expect_multicolumn_sum_to_equal": _sum,
}
"""How each expectation on rows holds; ``expectations/stock_table.py`` says it in words."""
