"""Figures in examples of labels and of the log as a whole: small counts are left out, and nothing is so exact that a small one follows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from logsyn.validator.disclosure.size import is_small
from logsyn.validator.findings.details import kind_of, told_as
from logsyn.validator.findings.plain import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from logsyn.validator.record import Value

COUNTS: Final = ("_events", "_cases", "_ids", "_variants")
"""How the names of counts end that are not shown when they are small."""

OF_GROUPS: Final = frozenset({"events_of_activity", "team_registrations"})
"""Counts of groups that are not shown: beside other tables they would let it be worked out what these hide."""

BASES: Final = {
    "share_to_day": "events_of_activity",
    "share_to_minute": "events_of_activity",
    "share_to_second": "events_of_activity",
    "share_of_team": "team_registrations",
    "share_of_others": "team_registrations",
    "share_of_events": "team_registrations",
    "overload_use_share": "label_events",
}
"""Shares of a group, and the count that they are of, or that stands for it; without that count they are not shown."""

LEAST_BASE: Final = 100
"""A share of so many that is told in tenths leaves a small part, and what is beside it, anything from 1 to 4."""

PLACES: Final = 2
"""So many decimals other figures have: as exactly as they are measured, a median may be the lag of one row."""


def told_figures(found: Mapping[str, Any]) -> dict[str, Value]:
    """What a find says, by name, without small counts: shares of groups in tenths where the group is large, spans by their class."""
    return {name: _told(name, value) for name, value in found.items() if _may_be_told(name, value, found)}


def _may_be_told(name: str, value: Any, found: Mapping[str, Any]) -> bool:
    if name in BASES:
        return (found.get(BASES[name]) or 0) >= LEAST_BASE
    return name not in OF_GROUPS and not (name.endswith(COUNTS) and isinstance(value, int) and is_small(value))


def _told(name: str, value: Any) -> Value:
    if not isinstance(value, float):
        return plain(value)
    if name in BASES:
        return round(value, 1)
    is_span = kind_of(name, "DOUBLE") == "span" and name.endswith("_days")
    return told_as(value, "span", 0, name) if is_span else plain(round(value, PLACES))
