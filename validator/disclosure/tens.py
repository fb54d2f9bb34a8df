"""Counts told in tens: how many rows a table speaks of, where another table speaks of a few more or less."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from logsyn.validator.disclosure.size import SMALL

if TYPE_CHECKING:
    from collections.abc import Sequence

TEN: Final = 10


def in_tens(counts: Sequence[int], known: Sequence[int], *, whole: Sequence[bool] | None = None) -> list[int]:
    """Counts rounded up to ten, some to ten more, so that what is left of each beside what is known of it may be anything from 1 to 4.

    Args:
        counts: those of the groups of one table.
        known: the most rows of each group that are told to the row.
        whole: the groups that are told to the row themselves, since all of a group is what it is about.
    """
    exact = whole or [False] * len(counts)
    told = [count if one else _up(count, part) for count, part, one in zip(counts, known, exact, strict=True)]
    rounded = [at for at, one in enumerate(exact) if not one]
    # Their total is known; so they are rounded by ten at least together.
    if len(rounded) > 1 and sum(told[at] - counts[at] for at in rounded) < TEN:
        told[max(rounded, key=told.__getitem__)] += TEN
    return told


def _up(count: int, known: int) -> int:
    tens = -(-count // TEN) * TEN
    return tens if tens - known >= SMALL else tens + TEN
