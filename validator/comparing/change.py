"""How a rule has changed from one delivery to the next.

A share has changed when it differs by more than chance would let two samples of these sizes differ: two proportions, pooled,
two-sided, p < 0.01 (Fleiss, Levin and Paik, "Statistical Methods for Rates and Proportions", 2003, ch. 3).
"""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from logsyn.validator.record import Change, Point

BEYOND_CHANCE = 2.5758
"""The normal quantile of 0.995."""


def change_of(before: Point | None, after: Point | None, *, counted: bool) -> Change:
    """What has happened to a rule between two deliveries.

    Args:
        before: the earlier delivery's point; None when it did not have the rule or hides the figure.
        after: the later one's.
        counted: whether ``failed`` counts finds (rules on the log) and is no share of ``checked``.
    """
    if before is None and after is not None and after.outcome == "failed":
        return "new"
    if before is None or after is None or not {before.outcome, after.outcome} <= {"passed", "failed"}:
        return "not_comparable"
    if before.outcome != after.outcome:
        return "new" if after.outcome == "failed" else "gone"
    direction = _count(before, after) if counted else _share(before, after)
    return "same" if not direction else "worse" if direction > 0 else "better"


def _count(before: Point, after: Point) -> float:
    return (after.failed or 0) - (before.failed or 0)


def _share(before: Point, after: Point) -> float:
    """The difference of the shares, 0 when it is within chance or nothing was checked."""
    if not before.checked or not after.checked:
        return 0.0
    # Of a record that somebody else has written, more may have failed than was checked: that is all of it.
    failed, failed_later = min(before.failed or 0, before.checked), min(after.failed or 0, after.checked)
    earlier, later = failed / before.checked, failed_later / after.checked
    pooled = (failed + failed_later) / (before.checked + after.checked)
    spread = sqrt(pooled * (1 - pooled) * (1 / before.checked + 1 / after.checked))
    return later - earlier if spread and abs(later - earlier) > BEYOND_CHANCE * spread else 0.0
