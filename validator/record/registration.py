"""How registration is done: lag, overloaded labels, horizons."""

from __future__ import annotations

from typing import Literal

from logsyn.validator.record.base import Count, Record
from logsyn.validator.record.consequence import Backdating, Comparison

LAG_CLASSES = {"before": -1, "same_day": 0, "1": 1, "2-3": 3, "4-7": 7, "8-14": 14, "15-30": 30}
"""The last of the whole calendar days from event to registration that belongs to each class; ``before`` = registered on an earlier day than it happened."""

LAG_BUCKETS = (*LAG_CLASSES, "over_30")
"""The classes of registration lag, the least first."""

HORIZON_CLASSES = {
    "past": "-1 day",
    "to_90_days": "90 days",
    "to_1_year": "1 year",
    "to_2_years": "2 years",
    "to_5_years": "5 years",
}
"""The last day after the start (else the event) that belongs to each class of planned ends. A year is one of the calendar: from 1 January 2023
to 1 January 2025 are two years, though 2024 has a day more, and from 29 February one year is 28 February."""

HORIZON_BUCKETS = (*HORIZON_CLASSES, "over_5_years", "sentinel")
"""The classes of planned ends, the least first; ``sentinel`` = a date like 2099-12-31 that means no end. An end without a start is in none."""


class LagGroup(Record):
    """Registration lag of one activity, one team, one of both, or all (None = all). Counts in LAG_BUCKETS order.

    ``agreed_days`` is None when it differs within the group, or is in working days (``agreed_working_days``, the same); ``late``
    counts what is over what is agreed. Where nothing is agreed both go by one day: ``is_agreed`` is false when that holds for all
    events of the group, None when it does for some. ``median_days`` and ``p90_days`` are nearest ranks in whole minutes, rounded
    up: within that time half, and nine of ten, were registered. Everything but the keys is None when ``hidden``; ``late`` and single
    ``buckets`` are None where they are hidden alone. An activity in a team has no buckets, nor has a group of which most are hidden.
    ``in_tens``: ``events`` are rounded up to ten, and up to 19 too many.
    """

    activity: str | None = None
    team: str | None = None
    events: Count | None
    in_tens: bool = False
    median_days: float | None = None
    p90_days: float | None = None
    agreed_days: float | None = None
    agreed_working_days: float | None = None
    late: Count | None = None
    is_agreed: bool | None = None
    buckets: list[Count | None] | None = None
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

    ``way``: how it was found, between ``groups`` (teams or sources) or by its ``surroundings``, whoever registered; None when it is
    only declared, and in records of versions that told no way. ``divergence_bits`` is the excess Jensen-Shannon divergence between
    the groups, ``yardstick_bits`` the upper quartile of that of their other labels, ``p_value`` how often chance gives as much.
    ``use_bits``: what the activity before tells of which of two uses the one behind belongs to; ``use_p_value`` how often chance
    gives as much; ``use_share``: the share of the label's events in the rarer use. None where it was not measured.
    """

    activity: str
    declared: bool
    found: bool
    events: Count
    divergence_bits: float | None = None
    yardstick_bits: float | None = None
    p_value: float | None = None
    way: Literal["groups", "surroundings"] | None = None
    use_bits: float | None = None
    use_p_value: float | None = None
    use_share: float | None = None
    teams: list[LabelUse] = []


class Horizon(Record):
    """How far ahead planned ends lie, for one activity and team (None = all). Counts in HORIZON_BUCKETS order.

    ``beyond`` counts the ends that lie further ahead than agreed, or mean “no end”; None where nothing is agreed.
    ``median_days`` is the median of all ends as they are registered. ``max_days``, the end of a single case, stands in records of earlier
    versions only.
    """

    activity: str | None = None
    team: str | None = None
    events: Count | None
    without_end: Count | None = None
    median_days: float | None = None
    max_days: float | None = None
    allowed_days: float | None = None
    beyond: Count | None = None
    buckets: list[Count | None] | None = None
    hidden: bool = False


class TwoClocks(Record):
    """The whole log in the order of registration (``comparison.before``) against that of the events, late or not."""

    comparison: Comparison
    backdating: Backdating


class Registration(Record):
    """The registration practice as it shows in the data; a part is None when its columns are not in the extract.

    ``changed_months``: those (``2023-04``) from which the rule ``registration-regime`` finds registration times to be another thing.
    """

    practice: str | None = None
    lag_overall: LagGroup | None = None
    lag_by_activity: list[LagGroup] = []
    lag_by_team: list[LagGroup] = []
    lag_by_activity_and_team: list[LagGroup] = []
    overloaded: list[OverloadedLabel] = []
    two_clocks: TwoClocks | None = None
    horizon_by_activity: list[Horizon] = []
    horizon_by_activity_and_team: list[Horizon] = []
    changed_months: list[str] = []
