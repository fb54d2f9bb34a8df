"""When a mean says nothing of what is usual: a few far values decide it, such as dates that mean “no end”."""

from __future__ import annotations

from typing import Final

RULED: Final = 10
"""A mean so many times the median is no measure of what is usual. Of durations that fall off evenly it is less than twice."""


def is_ruled(mean: float | None, median: float | None) -> bool:
    """Whether a few values decide a mean, so that it tells of them and of nothing else: it lies far from the median."""
    if mean is None or median is None:
        return False
    return abs(mean) > RULED * max(abs(median), 1)
