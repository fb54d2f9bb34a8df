"""Placeholders: the texts that an extract writes where there is no value, as SQL that makes NULL of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from logsyn.validator.database.sql import literal

if TYPE_CHECKING:
    from collections.abc import Iterable

# What surrounds a value without being part of it when it is compared with a placeholder: also the no-break space.
BLANKS = " \t\r\n\u00a0"


def trimmed(expression: str) -> str:
    """An expression without the blanks around it."""
    return f"trim({expression}, {literal(BLANKS)})"


def is_placeholder(expression: str, placeholders: Iterable[str]) -> str:
    """A condition: the text means "nothing here". The empty text always does.

    Not ``IN``: DuckDB makes a join of it, for which the expression is computed for every row, whatever guards it.
    """
    meaningless = sorted({"", *(placeholder.strip().lower() for placeholder in placeholders)})
    return f"list_contains([{', '.join(map(literal, meaningless))}], lower({trimmed(expression)}))"


def without_placeholders(expression: str, placeholders: Iterable[str]) -> str:
    """The text, or NULL where it is a placeholder.

    Lowering and trimming ten million texts costs seconds, so texts that are too long for a placeholder and have no
    blank at their ends are let through first.
    """
    longest = max((len(placeholder.strip().encode()) for placeholder in placeholders), default=0) + 4
    ends = " AND ".join(f"NOT suffix({expression}, {literal(blank)})" for blank in BLANKS)
    sure = f"strlen({expression}) > {longest} AND {expression} > '!' AND NOT prefix({expression}, '\u00a0') AND {ends}"
    return (
        f"CASE WHEN {sure} THEN {expression} WHEN {is_placeholder(expression, placeholders)} THEN NULL"
        f" ELSE {expression} END"
    )
