"""Stock expectations on a column or table as a whole: one query each, whose figures are judged here.

What is told of it is a figure, never a value of a text column: those may be names.
"""

from __future__ import annotations

import math
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from logsyn.validator.checking.result import RuleResult
from logsyn.validator.checking.stock_rows import bound_kind, is_of_type
from logsyn.validator.checking.stock_values import compared, is_member
from logsyn.validator.database.answers import record
from logsyn.validator.database.sql import identifier, literal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import duckdb

    from logsyn.validator.checking.stock_rows import RowsAsked

DECIMALS = 9
"""Decimals that a reckoned number keeps, so that 0.1 + 0.2 is 0.3."""

Seen = tuple[bool | None, str]
"""Whether the expectation is met, None when there is nothing to judge; and the observed value."""


def judge_whole(
    connection: duckdb.DuckDBPyConnection, number: int, expect: str, asked: RowsAsked, relation: str
) -> RuleResult:
    """Judge one expectation on a column or table as a whole.

    Raises:
        NotReadableError: the column holds something else than what is reckoned with.
    """
    rows = f"(SELECT * FROM {relation} WHERE {asked.within})" if asked.within else relation
    whole = Whole(connection, asked, rows)
    holds, observed = WHOLE[expect](whole)
    if holds is None:
        return RuleResult(number, "nothing_checked")
    told = {"could_not_be_read": whole.unread} if whole.unread else {}
    return RuleResult(number, "passed" if holds else "failed", 1, int(not holds), observed=observed, told=told)


class Whole:
    """The rows that are meant, and the figures that are asked of them. ``unread``: rows whose value could not be read."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, asked: RowsAsked, rows: str) -> None:
        self.connection = connection
        self.args = asked.args
        self.asked = asked
        self.rows = rows
        self.unread = 0

    def row(self, **figures: str) -> dict[str, Any]:
        """One row of figures over the rows that are meant; ``figures``: SQL of each by its name."""
        selected = ", ".join(f"{sql} AS {identifier(name)}" for name, sql in figures.items())
        return record(self.connection.execute(f"SELECT {selected} FROM {self.rows}"))

    def figure(self, sql: str) -> Any:
        """One figure over the rows that are meant."""
        return self.row(figure=sql)["figure"]

    def value(self, kind: Any) -> str:
        """SQL of the column as a kind; counts what could not be read."""
        sql = self.asked.column.required(kind)
        self.unread = self.figure(f"count(*) FILTER ({self.asked.column.sql} IS NOT NULL AND ({sql}) IS NULL)")
        return sql


def _lies_between(value: Any, args: Mapping[str, Any]) -> bool:
    least, most = (_bound(args[end]) for end in ("min_value", "max_value"))
    above = least is None or (value > least if args["strict_min"] else value >= least)
    return above and (most is None or (value < most if args["strict_max"] else value <= most))


def _bound(bound: Any) -> Any:
    return datetime.fromisoformat(bound) if isinstance(bound, str) else bound


def _plain(value: Any) -> Any:
    """A figure of DuckDB as what bounds are: a rounded number, or a time."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    if isinstance(value, date):
        return datetime.combine(value, datetime.min.time())
    return value if value is None else round(float(value), DECIMALS)


def _said(value: Any) -> str:
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 10**15 else repr(value)
    return str(value)


def _figure(sql: str, kind: str | None = None) -> Callable[[Whole], Seen]:
    """A figure that must lie between the bounds; ``kind``: what the column is, by the bounds unless given."""

    def seen(whole: Whole) -> Seen:
        column = whole.value(kind or bound_kind(whole.args))
        value = _plain(whole.figure(sql.format(column=f"({column})")))
        if value is None:
            return None, ""
        return _lies_between(value, whole.args), _said(value)

    return seen


def _share(sql: str) -> Callable[[Whole], Seen]:
    """A count or share, whatever the column holds."""

    def seen(whole: Whole) -> Seen:
        value = whole.figure(sql.format(column=whole.asked.columns[0].sql if whole.asked.columns else "1"))
        return (None, "") if value is None else (_lies_between(value, whole.args), _said(value))

    return seen


def _different(whole: Whole) -> Seen:
    """How many values there are. A column without any may be as it should; rows that are not there tell nothing."""
    holds, observed = _share("count(DISTINCT {column})")(whole)
    return (holds, observed) if not holds or whole.figure("count(*)") else (None, "")


def _quantiles(whole: Whole) -> Seen:
    ranges = whole.args["quantile_ranges"]
    ends = [end for one in ranges["value_ranges"] for end in one if end is not None]
    column = whole.value("time" if isinstance(ends[0], str) else "number")
    found = whole.figure(f"quantile_disc({column}, {literal(ranges['quantiles'])})")
    if found is None:
        return None, ""
    values = [_plain(value) for value in found]
    inside = [
        _lies_between(value, {"min_value": least, "max_value": most, "strict_min": False, "strict_max": False})
        for value, (least, most) in zip(values, ranges["value_ranges"], strict=True)
    ]
    return all(inside), "; ".join(map(_said, values))


def _strangers(whole: Whole) -> dict[str, int]:
    """How many ``different`` values the column has, and how many of them are ``strangers`` to the set."""
    column = whole.asked.column
    member = is_member(column, whole.args["value_set"])
    return whole.row(
        different=f"count(DISTINCT {column.sql})",
        strangers=f"count(DISTINCT {column.sql}) FILTER (NOT coalesce({member}, false))",
    )


def _absent(whole: Whole) -> int:
    """How many values of the set the column does not have."""
    value, members = compared(whole.asked.column, whole.args["value_set"])
    there = {f"has_{at}": f"coalesce(bool_or(({value}) = {member}), false)" for at, member in enumerate(members)}
    return sum(not one for one in whole.row(**there).values())


def _distinct_in_set(whole: Whole) -> Seen:
    found = _strangers(whole)
    return (found["strangers"] == 0, str(found["strangers"])) if found["different"] else (None, "")


def _distinct_contain_set(whole: Whole) -> Seen:
    absent = _absent(whole)
    return absent == 0, str(absent)


def _distinct_equal_set(whole: Whole) -> Seen:
    absent, strangers = _absent(whole), _strangers(whole)["strangers"]
    return absent == 0 == strangers, str(absent + strangers)


def _most_common(whole: Whole) -> Seen:
    column = whole.asked.column
    member = is_member(column, whole.args["value_set"])
    groups = f"(SELECT any_value({member}) AS member, count(*) AS times FROM {whole.rows} WHERE {column.sql} IS NOT NULL GROUP BY {column.sql})"
    found = record(
        whole.connection.execute(
            "SELECT count(*) AS commonest, count(*) FILTER (member) AS members "
            f"FROM {groups} WHERE times = (SELECT max(times) FROM {groups})"
        )
    )
    commonest, members = found["commonest"], found["members"]
    if not commonest:
        return None, ""
    return (members > 0 if whole.args["ties_okay"] else commonest == members == 1), str(commonest)


def _type(whole: Whole) -> Seen:
    column = whole.asked.column
    of_type = f"coalesce({is_of_type(column, whole.args['type_'])}, false)"
    found = whole.row(
        filled=f"count({column.sql})",
        others=f"count(*) FILTER ({column.sql} IS NOT NULL AND NOT {of_type})",
    )
    return (found["others"] == 0, str(found["others"])) if found["filled"] else (None, "")


def _kl_divergence(whole: Whole) -> Seen:
    expected = whole.args["partition_object"]
    weights = {value: weight for value, weight in zip(expected["values"], expected["weights"], strict=True) if weight}
    text = whole.asked.text
    counted = {f"has_{at}": f"count(*) FILTER ({text} = {literal(value)})" for at, value in enumerate(weights)}
    found = whole.row(filled=f"count({text})", **counted)
    filled, counts = found["filled"], [found[name] for name in counted]
    if not filled:
        return None, ""
    if sum(counts) < filled:
        return False, "inf"
    shares = zip(counts, weights.values(), strict=True)
    divergence = math.fsum(count / filled * math.log(count / filled / weight) for count, weight in shares if count)
    divergence = round(divergence, DECIMALS)
    return divergence <= whole.args["threshold"], _said(divergence)


def _row_count(whole: Whole) -> Seen:
    rows = whole.figure("count(*)")
    return rows == whole.args["value"], str(rows)


WHOLE: Mapping[str, Callable[[Whole], Seen]] = {
    "expect_column_min_to_be_between": _figure("min({column})"),
    "expect_column_max_to_be_between": _figure("max({column})"),
    "expect_column_mean_to_be_between": _figure("favg({column})", "number"),
    "expect_column_median_to_be_between": _figure("median({column})"),
    "expect_column_sum_to_be_between": _figure("fsum({column})", "number"),
    "expect_column_stdev_to_be_between": _figure("stddev_samp({column})", "number"),
    "expect_column_quantile_values_to_be_between": _quantiles,
    "expect_column_unique_value_count_to_be_between": _different,
    "expect_column_proportion_of_unique_values_to_be_between": _share(
        "count(DISTINCT {column}) / nullif(count({column}), 0)"
    ),
    "expect_column_proportion_of_non_null_values_to_be_between": _share("count({column}) / nullif(count(*), 0)"),
    "expect_column_distinct_values_to_be_in_set": _distinct_in_set,
    "expect_column_distinct_values_to_contain_set": _distinct_contain_set,
    "expect_column_distinct_values_to_equal_set": _distinct_equal_set,
    "expect_column_most_common_value_to_be_in_set": _most_common,
    "expect_column_type_to_be": _type,
    "expect_column_kl_divergence_to_be_less_than": _kl_divergence,
    "expect_table_row_count_to_be_between": _share("count(*)"),
    "expect_table_row_count_to_equal": _row_count,
}
"""How each expectation on a whole is judged; ``expectations/stock_table.py`` says it in words."""
