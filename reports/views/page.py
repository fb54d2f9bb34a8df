"""Owns what the three pages share: their head, coded names, keys of groups, and tables that show only the largest."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeVar

from logsyn.reports.views.scope import told_scope

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from logsyn.reports.views.scope import ScopeTold
    from logsyn.reports.wording import Wording
    from logsyn.validator.record import Audit

LARGEST: Final = 25
"""So many rows of a breakdown a page shows; the rest is in audit.json, and the page says so."""

Row = TypeVar("Row")


@dataclass(frozen=True)
class Sheet:
    """What every page, of a report or not, says of itself."""

    lang: str
    here: str


@dataclass(frozen=True)
class Page(Sheet):
    """What every page of a report says of itself; ``selection`` warns when only some of the rules were run.

    ``scope`` says how much of the extract was audited when that is not all of it.
    """

    source: str
    as_of: str
    selection: str
    scope: ScopeTold | None


@dataclass(frozen=True)
class Coded:
    """A code, which decides symbol and colour, and its name, which says the same in words."""

    code: str
    name: str


@dataclass(frozen=True)
class Key:
    """The name of a group. ``given`` is false when the words are ours, such as “(no team)”, and not from the log."""

    text: str
    given: bool


@dataclass(frozen=True)
class Absence:
    """Why a part of a page has nothing to show; ``answer`` says what would help, or is empty."""

    reason: str
    answer: str = ""


def head(audit: Audit, here: str, wording: Wording) -> dict[str, Any]:
    """The fields of ``Page``."""
    return {
        "lang": wording.lang,
        "here": here,
        "source": audit.extract.source,
        "as_of": wording.day(audit.as_of),
        "selection": _selection(audit, wording),
        "scope": told_scope(audit, wording),
    }


def _selection(audit: Audit, wording: Wording) -> str:
    if audit.selection is None:
        return ""
    run, left_out = len(audit.findings), len(audit.selection.left_out)
    asked = audit.selection
    wanted = ", ".join([*asked.rules, *asked.tables, *asked.severities, *asked.dimensions])
    return wording.gettext(
        "Only %(run)s of the %(all)s were run, since a selection was made (%(wanted)s). Nothing is known of the others.",
        run=wording.number(run),
        all=wording.rules(run + left_out),
        wanted=wanted,
    )


def coded(names: Mapping[str, str], code: str, wording: Wording) -> Coded:
    """A code with its name in the language of the page."""
    return Coded(code, wording.name(names, code))


def team_key(team: str | None, wording: Wording) -> Key:
    """A team, or the words for having none."""
    return Key(wording.gettext("(no team)"), given=False) if team is None else Key(team, given=True)


def activity_key(activity: str | None, wording: Wording) -> Key:
    """An activity, or the words for having none."""
    return Key(wording.gettext("(no activity)"), given=False) if activity is None else Key(activity, given=True)


def largest(rows: Sequence[Row], size: Callable[[Row], float | None]) -> list[Row]:
    """The rows of the greatest size, in their own order; a row without a size (a hidden one) comes last."""
    if len(rows) <= LARGEST:
        return list(rows)
    ranked = sorted(range(len(rows)), key=lambda place: (-(size(rows[place]) or 0), place))
    return [rows[place] for place in sorted(ranked[:LARGEST])]


def has_column(audit: Audit, name: str) -> bool:
    """Whether the extract has a canonical column."""
    return any(column.name == name for column in audit.extract.columns)


def legend(audit: Audit, wording: Wording) -> str:
    """What the mark of a hidden figure stands for, and whether employees could be counted for it."""
    told = wording.gettext(
        "“< %(small_group)s” stands for a group of fewer than %(small_group)s registrations, cases or employees, and for a figure from which such a group could be worked out.",
        small_group=wording.number(audit.small_group),
    )
    if has_column(audit, "resource"):
        return told
    uncounted = wording.gettext("The extract names no employees, so groups of few employees could not be told apart.")
    return f"{told} {uncounted}"


def anchors(rules: Sequence[str]) -> list[str]:
    """One id for the page per rule, in the same order: letters, digits and hyphens only, and no two alike."""
    taken: list[str] = []
    for rule in rules:
        plain = "rule-" + (re.sub(r"[^a-z0-9]+", "-", rule.lower()).strip("-") or "x")
        anchor, number = plain, 1
        while anchor in taken:
            number += 1
            anchor = f"{plain}-{number}"
        taken.append(anchor)
    return taken
