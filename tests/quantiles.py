"""Quantiles that are no single row's value, as docs/measures.md defines them: written from there, with numpy."""

from math import ceil

import numpy as np

STEPS = (1, 5, 15, 30, 60, 120, 240, 480, 1440, 2880, 7200, 14400, 43200, 525600)


def middle(values):
    """The mean of the five values in the middle of an odd number, of the six of an even one; None of fewer than five."""
    values = np.asarray(list(values), dtype=float)
    values = np.sort(values[~np.isnan(values)])
    many = len(values)
    return None if many < 5 else float(values[(many + 1) // 2 - 3 : many // 2 + 3].mean())


def shared_rank(minutes, share):
    """Minutes within which so large a share comes, rounded up to the finest step that five have in common; None where none does."""
    minutes = sorted(minutes)
    last = max(ceil(round(share * len(minutes), 6)), 5)
    if last > len(minutes):
        return None
    for step in STEPS:
        up = ceil(minutes[last - 1] / step) * step
        if minutes[last - 5] > up - step:
            return up
    return None
