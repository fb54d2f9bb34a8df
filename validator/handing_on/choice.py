"""Which columns of a log are handed on, and why others are not: no more than the tool needs, unless asked for."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Literal

from logsyn.expectations.headers import plain
from logsyn.expectations.source import REQUIRED_COLUMNS, TIME_COLUMNS
from logsyn.validator.errors import AuditError
from logsyn.validator.findings.persons import names_persons
from logsyn.validator.personal.masking import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from logsyn.validator.record import Column

DEFAULT = "default"
"""Among the names that are asked for: all columns that are handed on unless something is asked for."""

Reason = Literal["empty", "not_asked_for", "person", "citizen", "free_text", "many_values", "cpr_number"]


@dataclass(frozen=True)
class LeftOut:
    """A column that is not handed on, and why. ``rows``: in which a CPR number stands, for that reason."""

    column: Column
    reason: Reason
    rows: int = 0


def choose(columns: Sequence[Column], asked: Sequence[str]) -> tuple[list[Column], list[LeftOut]]:
    """Split the columns of an extract into those that are handed on and those that are not.

    Args:
        columns: as they were read.
        asked: names of columns, canonical or as in the extract; ``default`` stands for the default choice. Empty: that.

    Raises:
        AuditError: a name that no column has.
    """
    wanted = _wanted(columns, asked)
    chosen: list[Column] = []
    left_out: list[LeftOut] = []
    for column in columns:
        reason = _against(column, wanted, default=not asked or DEFAULT in asked)
        if reason:
            left_out.append(LeftOut(column, reason))
        else:
            chosen.append(column)
    return chosen, left_out


def _wanted(columns: Sequence[Column], asked: Sequence[str]) -> set[str]:
    by_name = {
        **{plain(column.header): column.name for column in reversed(columns)},
        **{plain(column.name): column.name for column in columns},
    }
    for name in asked:
        if name != DEFAULT and plain(name) not in by_name:
            near = get_close_matches(plain(name), by_name, n=1)
            hint = f"Did you mean {near[0]}? " if near else ""
            if shown(name) != name:  # two columns may have one mask, so that none is guessed
                hint = "A personal number in a header is masked, and a long header cut: give the name of the column as the report shows it. "
            raise AuditError(
                f"--columns: the extract has no column {name!r}",
                f"{hint}Its columns: {', '.join(column.name for column in columns)}.",
            )
    return {by_name[plain(name)] for name in asked if name != DEFAULT}


def _against(column: Column, wanted: set[str], *, default: bool) -> Reason | None:
    """What speaks against handing on a column; None: nothing."""
    if column.name in REQUIRED_COLUMNS and column.mapped_by != "kept":
        return None
    if column.filled - column.unparseable == 0:
        return "empty"
    if column.name in wanted:
        return None
    return _against_by_itself(column) if default else "not_asked_for"


def _against_by_itself(column: Column) -> Reason | None:
    """What speaks against handing on a column that nobody asked for by its name."""
    if names_persons(column):
        return "person"
    if column.mapped_by == "kept":
        return "many_values" if column.kind == "text" else "citizen" if column.persons == "citizens" else None
    return "free_text" if column.name == "text" else None


def is_time(column: Column) -> bool:
    """Whether a column is one of the five times."""
    return column.mapped_by != "kept" and column.name in TIME_COLUMNS
