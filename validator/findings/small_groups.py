"""Hides small groups in a breakdown, and what would let a hidden figure be computed from the total."""

from __future__ import annotations

from validator.findings.model import Group

SMALL = 5
"""A group under this size is not shown (Danmarks Statistik hides under 3, other uses under 5)."""


def protect(groups: list[Group], small: int = SMALL) -> list[Group]:
    """Groups with their small figures taken out.

    ``checked`` from 1 to ``small`` - 1 hides the whole group; ``failed`` likewise hides that figure. A figure that would be
    hidden alone takes the next smallest with it, since the total is known; when there is no other, all are hidden.
    """
    hide_checked = _with_companion([group.checked or 0 for group in groups], small)
    hide_failed = _with_companion([group.failed or 0 for group in groups], small)
    return [
        group
        if not (at in hide_checked or at in hide_failed)
        else Group(
            key=group.key,
            checked=None if at in hide_checked else group.checked,
            failed=None,
            hidden=True,
        )
        for at, group in enumerate(groups)
    ]


def is_small(count: int, small: int = SMALL) -> bool:
    """Whether a count must not be shown."""
    return 0 < count < small


def _with_companion(counts: list[int], small: int) -> set[int]:
    hidden = {at for at, count in enumerate(counts) if is_small(count, small)}
    if len(hidden) == 1 or (hidden and sum(counts[at] for at in hidden) < small):
        rest = sorted((count, at) for at, count in enumerate(counts) if at not in hidden and count)
        if not rest:
            return set(range(len(counts)))
        hidden.add(rest[0][1])
    return hidden
