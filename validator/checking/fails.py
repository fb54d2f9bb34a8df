"""The condition of a rule: one SQL text that says which rows fail it, for Great Expectations, the failing rows and the report alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

BETWEEN = "expect_column_values_to_be_between"
NOT_NULL = "expect_column_values_to_not_be_null"
"""What a check of the catalogue may expect of its value; every stock expectation on rows becomes the first, of a flag."""


@dataclass(frozen=True)
class Fails:
    """``checked`` and ``fails`` are SQL over the columns of a rule, under their safe names: neither is ever NULL."""

    checked: str
    fails: str

    @property
    def holds(self) -> str:
        """1 for a row that holds, 0 for one that fails, NULL for one that is not checked."""
        return f"CASE WHEN {self.checked} THEN (NOT ({self.fails}))::TINYINT END"


def fails_of(expect: str, args: Mapping[str, Any]) -> Fails:
    """The condition of an expectation on one column, whose safe name is its argument ``column``.

    Raises:
        ValueError: an expectation of another kind, or without bounds.
    """
    column = args["column"]
    if expect == NOT_NULL:
        return Fails("true", f"{column} IS NULL")
    ends = (("<", args.get("min_value")), (">", args.get("max_value")))
    beyond = [f"{column} {sign} {float(bound)!r}" for sign, bound in ends if bound is not None]
    if expect != BETWEEN or not beyond or set(args) - {"column", "min_value", "max_value"}:
        raise ValueError(f"no condition is known for {expect} with {', '.join(args)}")
    outside = beyond[0] if len(beyond) == 1 else f"({' OR '.join(beyond)})"
    return Fails(f"{column} IS NOT NULL", f"{column} IS NOT NULL AND {outside}")
