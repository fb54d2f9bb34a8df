"""A stock expectation of Great Expectations, asked for by its own name, as a rule."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from logsyn.expectations.condition import judge_condition
from logsyn.expectations.rule import Rule
from logsyn.expectations.stock_arguments import judged_argument
from logsyn.expectations.stock_table import STOCK
from logsyn.expectations.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from logsyn.expectations.catalogue import Table
    from logsyn.expectations.grain import Grain
    from logsyn.expectations.stock_table import StockExpectation

FAILS_WHEN = Text(
    da="Rækken opfylder ikke den forventning, der står i regelsættet.",
    en="The row does not meet the expectation that the suite names.",
)
WHY = Text(
    da="I har selv skrevet reglen til dette udtræk. Begrundelsen står i regelsættet.",
    en="You wrote this rule for this extract; the suite says why.",
)
ASK = Text(
    da="Er det vores praksis, en fejl eller noget, vi skal aftale?",
    en="Is it practice, an error, or something to agree on?",
)
MEND = Text(
    da="Find rækkerne i violations.parquet, og ret dem i fagsystemet, eller tilpas reglen.",
    en="See the rows in violations.parquet; mend them at the source or adapt the rule.",
)


class StockError(ValueError):
    """A stock expectation that no suite may ask for in this way. ``where``: the keys below the rule that lead to the fault."""

    def __init__(self, problem: str, where: tuple[str | int, ...] = ()) -> None:
        super().__init__(problem)
        self.where = where


def stock_rule(
    expect: str,
    rule_id: str | None,
    table: Table,
    args: Mapping[str, Any],
    extra: Mapping[str, Any],
    overrides: Mapping[str, Any],
) -> Rule:
    """A rule for an expectation such as ``expect_column_values_to_be_in_set``; the id is its name unless given.

    Raises:
        StockError: an expectation that is not there or is refused, arguments that it does not have, lacks or cannot read,
            or keys that do not belong here.
    """
    kind = _known(expect)
    if extra:
        message = f"{min(extra)!r} is not a key of a stock expectation; its arguments go under `args`"
        raise StockError(message, (min(extra),))
    if overrides.get("mostly") is not None and not kind.counts_rows:
        raise StockError(f"{expect} passes or fails as a whole, so `mostly` has no meaning for it", ("mostly",))
    args = _judged(kind, args)
    columns = columns_of(args)
    return Rule(
        id=rule_id or expect,
        check=expect,
        table=table,
        grain=_GRAINS_OF_ROWS[table] if kind.grain == "case" else "log",
        severity=overrides.get("severity") or "warning",
        dimension=overrides.get("dimension") or "consistency",
        value=None,
        needs=tuple(columns.values()),
        expect=expect,
        args=dict(args),
        mostly=1.0 if overrides.get("mostly") is None else overrides["mostly"],
        title=overrides.get("title") or Text(da=expect, en=expect),
        fails_when=FAILS_WHEN,
        why=WHY,
        ask=ASK,
        mend=MEND,
        where=judge_condition(overrides["where"]) if overrides.get("where") else {},
        shows=tuple(columns.values()),
    )


_GRAINS_OF_ROWS: Mapping[Table, Grain] = {"events": "case", "cases": "case", "labels": "label", "log": "log"}
"""What must be looked at together to have one row of each table."""


def _known(expect: str) -> StockExpectation:
    if expect not in STOCK:
        near = get_close_matches(expect, [name for name, one in STOCK.items() if not one.refused], n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        raise StockError(f"Great Expectations has no expectation {expect!r}{hint}", ("expect",))
    kind = STOCK[expect]
    if kind.refused:
        raise StockError(f"{expect} cannot be used: {kind.refused}. Instead: {kind.instead}", ("expect",))
    return kind


def _judged(kind: StockExpectation, args: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments that are given, each as its kind wants it; one that is null is not given."""
    args = {name: value for name, value in args.items() if value is not None}
    for name in args:
        if name == "mostly":
            raise StockError("`mostly` stands beside `args`, not in it", ("args", name))
        if name not in kind.arguments:
            near = get_close_matches(name, kind.arguments, n=1)
            hint = f"; did you mean {near[0]}?" if near else ""
            known = ", ".join(kind.arguments)
            raise StockError(f"{kind.name} has no argument {name!r} (it has: {known}){hint}", ("args", name))
    lacking = [name for name, argument in kind.arguments.items() if argument.required and name not in args]
    if lacking:
        raise StockError(f"{kind.name} needs {lacking[0]!r} in its `args`", ("args",))
    if kind.one_of and not any(name in args for name in kind.one_of):
        raise StockError(f"{kind.name} needs one of {', '.join(kind.one_of)} in its `args`", ("args",))
    judged = {name: _argument(kind, name, value) for name, value in args.items()}
    _judge_ends(kind, judged)
    _judge_patterns(kind, judged)
    return judged


def _argument(kind: StockExpectation, name: str, value: Any) -> Any:
    try:
        return judged_argument(name, kind.arguments[name], value)
    except ValueError as error:
        raise StockError(f"{kind.name}: {error}", ("args", name)) from error


def _judge_ends(kind: StockExpectation, args: Mapping[str, Any]) -> None:
    least, most = args.get("min_value"), args.get("max_value")
    if least is None or most is None:
        return
    if isinstance(least, str) != isinstance(most, str):
        raise StockError(f"{kind.name}: one of `min_value` and `max_value` is a number and one a date", ("args",))
    if least > most:
        raise StockError(f"{kind.name}: `min_value` is more than `max_value`, so that nothing passes", ("args",))


def _judge_patterns(kind: StockExpectation, args: Mapping[str, Any]) -> None:
    """Patterns of LIKE must not end with an escape character that escapes nothing: DuckDB tells it only when a value gets that far."""
    escape = args.get("escape")
    for name in ("like_pattern", "like_pattern_list"):
        for number, pattern in enumerate(_listed(args.get(name))):
            if escape is not None and (len(pattern) - len(pattern.rstrip(escape))) % 2:
                where = ("args", name, number) if isinstance(args[name], list) else ("args", name)
                problem = f"{kind.name}: pattern {pattern!r} ends with its escape character {escape!r}, which stands for nothing there"
                raise StockError(f"{problem}; write it twice to mean the character itself", where)


def _listed(value: Any) -> list[str]:
    return value if isinstance(value, list) else [] if value is None else [value]


def columns_of(args: Mapping[str, Any]) -> dict[str, str]:
    """The arguments that name columns: ``{"column": "status"}``, and for a list ``{"column_list.0": ..., ...}``."""
    named = {key: str(args[key]) for key in ("column", "column_A", "column_B") if key in args}
    listed = {f"column_list.{at}": str(name) for at, name in enumerate(args.get("column_list", []))}
    return named | listed
