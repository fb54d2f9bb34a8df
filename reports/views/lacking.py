"""Owns what a rule names and the extract does not have, as the pages tell it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from logsyn.reports.wording import Wording
    from logsyn.validator.record import Finding

MOST_TOLD: Final = 5
NOT_SHOWN: Final = "…"
"""What the record has in the place of a value that may be of a person."""


@dataclass(frozen=True)
class Lacking:
    """One name that is not there, and what was probably meant. ``kind`` is that of its sentence."""

    kind: Literal["column", "value", "hidden", "pattern"]
    column: str
    operator: str
    value: str
    near: str


@dataclass(frozen=True)
class AllLacking:
    """The names of one rule that are not there; ``more`` says how many are not shown."""

    names: tuple[Lacking, ...]
    more: str


def all_lacking(finding: Finding, wording: Wording) -> AllLacking:
    """What a rule names in vain. A column that is like no other is told by the reason that it was not evaluated."""
    told = [one for one in finding.unmatched if one.value is not None or one.near is not None]
    names = tuple(
        Lacking(
            kind="column"
            if one.value is None
            else "hidden"
            if one.value == NOT_SHOWN
            else "pattern"
            if one.operator
            else "value",
            column=one.column,
            operator=one.operator or "",
            value=one.value or "",
            near=one.near or "",
        )
        for one in told[:MOST_TOLD]
    )
    more = len(told) - MOST_TOLD
    return AllLacking(names, wording.gettext("and %(n)s more", n=wording.number(more)) if more > 0 else "")
