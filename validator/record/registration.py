"""How registration is done: lag, overloaded labels, horizons."""

from __future__ import annotations

from logsyn.validator.record.base import Count, Record
from logsyn.validator.record.consequence import Backdating, Comparison

LAG_BUCKETS = ("before", "same_day", "1", "2-3", "4-7", "8-14", "15-30", "over_30")
"""Whole calendar days from event to registration; ``before`` = registered on an earlier day than it happened."""

HORIZON_BUCKETS = ("past", "0-90", "91-365", "366-730", "731-1825", "over_1825", "sentinel")
"""Calendar days from start (else event) to planned end; ``sentinel`` = a date like 2099-12-31 that means no end."""


class LagGroup(Record):
    """Registration lag of one activity, one team, one of both, or all (None = all). Counts in LAG_BUCKETS order.

    ``agreed_days`` is None when it differs within the group, or is in working days (``agreed_working_days``, the same); ``late``
    counts what is over what is agreed. Where nothing is agreed both go by one day: ``is_agreed`` is false when that holds for all
    events of the group, None when it does for some. ``median_days`` and ``p90_days`` are nearest ranks in whole minutes, rounded
    up: within that time half, and nine of ten, were registered. Everything but the keys is None when ``hidden``.
    """

    activity: str | None = None
    team: str | None = None
    events: Count | None
    median_days: float | None = None
    p90_days: float | None = None
    agreed_days: float | None = None
    agreed_working_days: float | None = None
    late: Count | None = None
    is_agreed: bool | None = None
    buckets: list[Count] | None = None
    hidden: bool = False


class Neighbour(Record):
    """An activity that stands before or after a label, and its share of the label's events. None = start or end of case."""

    activity: str | None
    share: float


class LabelUse(Record):
    """How one team uses one label: ``share`` of the team's own events that carry it; ``median_position`` in the case (0-1)."""

    team: str | None
    meaning: str | None = None
    events: Count | None
    share: float | None = None
    before: list[Neighbour] = []
    after: list[Neighbour] = []
    status: list[Neighbour] = []
    median_position: float | None = None
    hidden: bool = False


class OverloadedLabel(Record):
    """A label that carries, or seems to carry, several meanings.

    ``divergence_bits`` is the excess Jensen-Shannon divergence between the teams; ``yardstick_bits`` the same for their
    other labels (the median); None when only declared.
    """

    activity: str
    declared: bool
    found: bool
    events: Count
    divergence_bits: float | None = None
    yardstick_bits: float | None = None
    p_value: float | None = None
    teams: list[LabelUse] = []


class Horizon(Record):
    """How far ahead planned ends lie, for one activity and team (None = all). Counts in HORIZON_BUCKETS order.

    ``beyond`` counts the ends that lie further ahead than agreed, or mean “no end”; None where nothing is agreed.
    ``median_days`` and ``max_days`` leave out the dates that mean “no end”.
    """

    activity: str | None = None
    team: str | None = None
    events: Count | None
    without_end: Count | None = None
    median_days: float | None = None
    max_days: float | None = None
    allowed_days: float | None = None
    beyond: Count | None = None
    buckets: list[Count] | None = None
    hidden: bool = False


class TwoClocks(Record):
    """The whole log in the order of registration (``comparison.before``) against that of the events, late or not."""

    comparison: Comparison
    backdating: Backdating


class Registration(Record):
    """The registration practice as it shows in the data; a part is None when its columns are not in the extract."""

    practice: str | None = None
    lag_overall: LagGroup | None = None
    lag_by_activity: list[LagGroup] = []
    lag_by_team: list[LagGroup] = []
    lag_by_activity_and_team: list[LagGroup] = []
    overloaded: list[OverloadedLabel] = []
    two_clocks: TwoClocks | None = None
    horizon_by_activity: list[Horizon] = []
    horizon_by_activity_and_team: list[Horizon] = []
