"""Counts told in tens: how many rows a table speaks of, where another table speaks of a few more or less."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from logsyn.validator.disclosure.size import SMALL

if TYPE_CHECKING:
    from collections.abc import Sequence

TEN: Final = 10


def roughly(count: int) -> int:
    """A count in tens, 3 to 12 too many: what else its rows are a part of, or have besides, may then be anything from 1 to 4.

    Readers are told that it is up to 19 too many.
    """
    return -(-(count + SMALL - 2) // TEN) * TEN


def in_tens(counts: Sequence[int], *, whole: Sequence[bool] | None = None) -> list[int]:
    """Counts in tens; ``whole``: the groups that are told to the row, since all of a group is what it is about."""
    exact = whole or [False] * len(counts)
    return [count if one else roughly(count) for count, one in zip(counts, exact, strict=True)]
