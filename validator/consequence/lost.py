"""Missing values: what drops out, and whether the lost rows differ from the kept, from the protected breakdowns of the finding."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, Literal

from logsyn.validator.record import Difference, Lost

if TYPE_CHECKING:
    from logsyn.validator.record import Finding, Group

MOST_DIFFERENCES = 2
"""So many groups of each dimension are shown."""

SURE = 3.0
"""A group differs when its shares do by so many standard errors (two-proportion z-test, pooled): among some hundred groups hardly one
does by chance."""

_OWN = {"missing-activity": "activity", "missing-timestamp": "month", "unparseable-timestamp": "month"}
"""The dimension that is missing itself: the lost rows have no group there."""

_Dimension = Literal["team", "activity", "month"]


def lost_rows(finding: Finding) -> Lost:
    """The groups whose share among the failing rows differs most from that among the others; hidden groups stay hidden."""
    parts, own = finding.breakdowns, {_OWN.get(finding.check), finding.params.get("column")}
    dimensions: tuple[tuple[_Dimension, list[Group]], ...] = (
        ("team", parts.team),
        ("activity", parts.activity),
        ("month", parts.month),
    )
    differences = [one for name, groups in dimensions if name not in own for one in _differences(name, groups, finding)]
    return Lost(lost=finding.failed, kept=finding.checked - finding.failed, differences=differences)


def _differences(dimension: _Dimension, groups: list[Group], finding: Finding) -> list[Difference]:
    found = [
        made
        for group in groups
        if (made := _difference(dimension, group, finding)) is not None and _is_sure(made, finding)
    ]
    found.sort(key=lambda one: (-abs(one.share_of_lost - one.share_of_kept), one.key or ""))
    return found[:MOST_DIFFERENCES]


def _difference(dimension: _Dimension, group: Group, finding: Finding) -> Difference | None:
    lost_all, kept_all = finding.failed, finding.checked - finding.failed
    if (
        group.hidden
        or group.key is None
        or group.checked is None
        or group.failed is None
        or not lost_all
        or not kept_all
    ):
        return None
    kept = min(group.checked - group.failed, kept_all)  # checked rows are told in tens
    return Difference(
        dimension=dimension,
        key=group.key,
        lost=group.failed,
        kept=kept,
        share_of_lost=round(group.failed / lost_all, 6),
        share_of_kept=round(kept / kept_all, 6),
    )


def _is_sure(one: Difference, finding: Finding) -> bool:
    """Whether the shares differ by more than chance would make them."""
    lost_all, kept_all = finding.failed, finding.checked - finding.failed
    pooled = (one.lost + one.kept) / (lost_all + kept_all)
    error = sqrt(pooled * (1 - pooled) * (1 / lost_all + 1 / kept_all))
    return error > 0 and abs(one.share_of_lost - one.share_of_kept) >= SURE * error
