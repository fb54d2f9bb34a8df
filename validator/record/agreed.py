"""What is agreed against what is done: groups, their weekdays and months, and the gaps that people are to settle."""

from __future__ import annotations

from typing import Literal

from logsyn.validator.record.base import Count, Record
from logsyn.validator.record.registration import LagGroup

GapKind = Literal[
    "activity_not_in_practice",
    "no_agreed_days",
    "typical_later",
    "share_below",
    "typical_earlier",
    "several_meanings",
    "period_without_agreed_end",
    "end_without_period",
    "no_meaning",
    "nobody_named",
    "activity_not_used",
    "team_not_in_log",
    "system_user_not_in_log",
]
"""In the order in which gaps are told.

``typical_later``: more than half are registered later than agreed. ``share_below``: fewer than ``low_share`` are registered
as agreed. ``typical_earlier``: nine of ten are registered within half of the agreed days. ``end_without_period``: planned
ends are registered on an activity that the practice does not call a period. ``no_meaning``, ``nobody_named``: for so many activities
the practice does not say what they mean, or who registers them.
"""


class AgreedSlice(Record):
    """A weekday or a month of the events of a group.

    A weekday is ``1`` (Monday) to ``5`` and ``6-7``, or ``1`` to ``4`` and ``5-7`` where the weekend has few events. A month is
    ``2023-04``; None = outside the typical period of the log. Where there are teams, events without one are in no slice.

    ``median_days`` and ``p90_days`` are nearest ranks in whole minutes, rounded up. All figures are None when ``hidden``.
    """

    key: str | None
    events: Count | None
    late: Count | None = None
    median_days: float | None = None
    p90_days: float | None = None
    hidden: bool = False


class AgreedGroup(Record):
    """Registrations by people for which days are agreed: of one activity and team, of one team, or all (None = all).

    ``late`` counts what was registered after the agreed days; ``agreed_days`` is None when they differ within the group, or
    are working days: then ``agreed_working_days`` has them, unless these differ, too. ``median_days`` and ``p90_days`` are nearest
    ranks in whole minutes, rounded up. Slices are empty for small groups and where no time is known. Everything but the keys is
    None when ``hidden``. ``in_tens``: ``events`` are rounded up to ten, and up to 19 too many.
    """

    activity: str | None = None
    team: str | None = None
    events: Count | None
    in_tens: bool = False
    late: Count | None = None
    agreed_days: float | None = None
    agreed_working_days: float | None = None
    median_days: float | None = None
    p90_days: float | None = None
    by_weekday: list[AgreedSlice] = []
    by_month: list[AgreedSlice] = []
    hidden: bool = False


class Gap(Record):
    """One thing that practice and registrations say differently, or that the practice leaves open.

    ``count``: how many meanings, or activities. ``share``: registered within the agreed days. ``typical_days``: the median,
    or for ``typical_earlier`` the 90th percentile. ``events`` is None when it is not about registrations or ``hidden``, and up to 19
    too many, and the share by as much too high, when ``in_tens``.
    """

    kind: GapKind
    activity: str | None = None
    team: str | None = None
    system_user: str | None = None
    events: Count | None = None
    in_tens: bool = False
    count: Count | None = None
    share: float | None = None
    agreed_days: float | None = None
    agreed_working_days: float | None = None
    typical_days: float | None = None
    hidden: bool = False


class Agreed(Record):
    """The practice against the log. ``overall`` is None when no registration has both times and agreed days.

    ``system``: the registrations of system users, which stand in no other figure here. ``gaps_left_out``: gaps beyond those
    listed.
    """

    overall: AgreedGroup | None = None
    by_team: list[AgreedGroup] = []
    by_activity_and_team: list[AgreedGroup] = []
    system: LagGroup | None = None
    system_users: Count = 0
    low_share: float
    low_share_from: Count
    gaps: list[Gap] = []
    gaps_left_out: Count = 0
