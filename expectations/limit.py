"""Whether so much of so much meets a share that was declared, so that a limit that is exactly met is met.

0.07 times 100 is more than 7 for a computer, and 1 less 7 of 100 is less than 0.93. So no share is multiplied or taken from another: the quotient
of two whole numbers is rounded once, as the declared share was when it was read, and equal ones stay equal.
"""

from __future__ import annotations


def reaches(part: int, whole: int, share: float) -> bool:
    """Whether ``part`` of ``whole`` is at least ``share``; of nothing there is no share."""
    return whole > 0 and part / whole >= share


def exceeds(part: int, whole: int, share: float) -> bool:
    """Whether ``part`` of ``whole`` is more than ``share``; of nothing there is no share."""
    return whole > 0 and part / whole > share
