"""Fisher's exact test ("Statistical Methods for Research Workers", 5th ed. 1934), one-sided: whether two things come together more often than chance has it."""

from __future__ import annotations

from fractions import Fraction
from math import comb


def as_many_together(events: int, one: int, other: int, both: int) -> Fraction:
    """How often chance puts as many events together, or more: the upper tail of the hypergeometric distribution.

    Args:
        events: how many there are.
        one: events with the one thing.
        other: events with the other, dealt at random.
        both: events with both.

    Returns:
        The p-value, exact: one that is too small for a float can still be held against a limit for many tests.
    """
    ways = sum(comb(one, k) * comb(events - one, other - k) for k in range(both, min(one, other) + 1))
    return Fraction(ways, comb(events, other))
