"""A stock Great Expectations column expectation, asked for by its own name, as a rule."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from expectations.condition import judge_condition
from expectations.declaration import Text
from expectations.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Mapping

    from expectations.catalogue import Table

_COLUMN_EXPECTATION = re.compile(r"expect_(column|column_pair|compound|multicolumn|select_column)_[a-z_]+")

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
        ValueError: not a column expectation, no column among ``args``, or keys that do not belong here.
    """
    if not _COLUMN_EXPECTATION.fullmatch(expect):
        message = f"{expect!r} is not a column expectation (an example: expect_column_values_to_be_in_set)"
        raise ValueError(message)
    if extra:
        message = f"{min(extra)!r} is not a key of a stock expectation; its arguments go under `args`"
        raise ValueError(message)
    columns = columns_of(args)
    if not columns:
        message = f"{expect} needs a `column` in its `args`"
        raise ValueError(message)
    if "mostly" in args:
        message = "`mostly` stands beside `args`, not in it"
        raise ValueError(message)
    return Rule(
        id=rule_id or expect,
        check=expect,
        table=table,
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


def columns_of(args: Mapping[str, Any]) -> dict[str, str]:
    """The arguments that name columns: ``{"column": "status"}``, and for a list ``{"column_list.0": ..., ...}``."""
    named = {key: str(args[key]) for key in ("column", "column_A", "column_B") if key in args}
    listed = {f"column_list.{at}": str(name) for at, name in enumerate(args.get("column_list", []))}
    return named | listed
