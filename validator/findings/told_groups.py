"""What the breakdowns of a rule name as they are published: an example of the rule names no team, activity or period beside these."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from logsyn.validator.record import Breakdowns, Group


@dataclass(frozen=True)
class ToldGroups:
    """The groups of a rule whose figures are shown.

    ``activities``, ``teams``, ``periods``: their names; a period is a month, a quarter or a year, as the breakdown has them. ``failing``:
    all activities with a failing row, also those that are hidden.
    """

    activities: frozenset[str] = frozenset()
    teams: frozenset[str] = frozenset()
    periods: frozenset[str] = frozenset()
    failing: frozenset[str] = frozenset()

    def exactness_of(self, day: date) -> int | None:
        """How exactly a day may be told: as a day (0) within a month that is shown, as a year (2) of which some period is; None: not at all."""
        if f"{day.year:04}-{day.month:02}" in self.periods:
            return 0
        return 2 if any(period[:4] == f"{day.year:04}" for period in self.periods) else None

    def may_name(self, other: str) -> bool:
        """Whether an activity that another one is set beside may be named: it does not fail, or its figures are shown."""
        return other in self.activities or other not in self.failing


def told_groups(shown: Breakdowns, before: Breakdowns) -> ToldGroups:
    """The groups that are named.

    Args:
        shown: the breakdowns as they are published.
        before: the same with all figures in them.
    """
    names: Mapping[str, frozenset[str]] = {name: _named(getattr(shown, name)) for name in ("activity", "team", "month")}
    failing = frozenset(group.key for group in before.activity if group.key is not None and group.failed)
    return ToldGroups(names["activity"], names["team"], names["month"], failing)


def _named(groups: list[Group]) -> frozenset[str]:
    return frozenset(group.key for group in groups if group.key is not None and not group.hidden)
