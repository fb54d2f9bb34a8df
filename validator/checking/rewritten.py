"""Stock expectations that Great Expectations cannot run on this dialect, as a column and an expectation that it can."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from validator.sql import literal

Rewriting = Callable[[str, Mapping[str, Any]], str]
"""Makes SQL that is 1 where the expectation holds and 0 where it does not, of a column and the arguments."""

HOLDS = "expect_column_values_to_be_between"
"""The expectation, with ``min_value`` 1, on what a Rewriting gives."""


def _matches(column: str, pattern: str) -> str:
    return f"regexp_matches({column}::VARCHAR, {literal(str(pattern))})"


def _like(column: str, pattern: str) -> str:
    return f"{column}::VARCHAR LIKE {literal(str(pattern))}"


def _flag(test: str) -> str:
    return f"({test})::INTEGER"


def _joined(tests: list[str], args: Mapping[str, Any]) -> str:
    return _flag((" AND " if args.get("match_on") == "all" else " OR ").join(f"({test})" for test in tests))


_REWRITTEN: dict[str, Rewriting] = {
    "expect_column_values_to_match_regex": (lambda column, args: _flag(_matches(column, args["regex"]))),
    "expect_column_values_to_not_match_regex": (lambda column, args: _flag("NOT " + _matches(column, args["regex"]))),
    "expect_column_values_to_match_regex_list": (
        lambda column, args: _joined([_matches(column, regex) for regex in args["regex_list"]], args)
    ),
    "expect_column_values_to_not_match_regex_list": (
        lambda column, args: _flag(" AND ".join(f"NOT {_matches(column, regex)}" for regex in args["regex_list"]))
    ),
    "expect_column_values_to_match_like_pattern": (lambda column, args: _flag(_like(column, args["like_pattern"]))),
    "expect_column_values_to_not_match_like_pattern": (
        lambda column, args: _flag(f"NOT ({_like(column, args['like_pattern'])})")
    ),
}


# Under a condition the rows outside it have no value, and must not be taken for missing ones.
_REWRITTEN_UNDER_CONDITION: dict[str, Rewriting] = {
    "expect_column_values_to_not_be_null": (lambda column, _: _flag(f"({column}) IS NOT NULL")),
    "expect_column_values_to_be_null": (lambda column, _: _flag(f"({column}) IS NULL")),
}


def rewritten(expect: str, *, conditional: bool) -> Rewriting | None:
    """How an expectation is run in another form; None when Great Expectations runs it as it is."""
    return _REWRITTEN.get(expect) or (_REWRITTEN_UNDER_CONDITION.get(expect) if conditional else None)
