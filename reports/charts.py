"""Owns the geometry of the charts: where the segments of a distribution lie, in per cent of the width."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from logsyn.reports.wording import Wording


@dataclass(frozen=True)
class Segment:
    """One class of a distribution: its place in the bar (per cent of the width) and the number of its pattern."""

    fill: int
    offset: str
    width: str


@dataclass(frozen=True)
class Bar:
    """A distribution as one bar; ``told`` says the same in words, for those who do not see it."""

    segments: tuple[Segment, ...]
    told: str


@dataclass(frozen=True)
class Class:
    """One class of a distribution with its figures, the number of its pattern, and its share as the width of a bar."""

    fill: int
    name: str
    count: str
    share: str
    length: str


def distribution(
    counts: Sequence[int | None], names: Mapping[str, str], wording: Wording, total: int | None = None
) -> Bar | None:
    """The bar of counts that stand in the order of ``names``; None when nothing was counted.

    ``total``: what they are a share of, where some are hidden; these leave the end of the bar empty.
    """
    total = sum(count or 0 for count in counts) if total is None else total
    if not total or not counts:
        return None
    segments, before = [], 0
    for fill, count in enumerate(counts):
        if count:
            segments.append(Segment(fill, percent_of(before, total), percent_of(count, total)))
        before += count or 0
    told = [
        f"{wording.name(names, code)} {wording.share(count, total)}"
        for code, count in zip(names, counts, strict=False)
        if count
    ]
    return Bar(tuple(segments), f"{wording.gettext('Distribution')}: {'; '.join(told)}")


def classes(
    counts: Sequence[int | None], names: Mapping[str, str], wording: Wording, total: int | None = None
) -> tuple[Class, ...]:
    """The classes of a distribution with their numbers and shares, in the order of ``names``; ``total`` as ``distribution`` has it."""
    total = sum(count or 0 for count in counts) if total is None else total
    return tuple(
        Class(
            fill,
            wording.name(names, code),
            wording.unless_small(count),
            wording.share(count, total),
            percent_of(count or 0, total),
        )
        for fill, (code, count) in enumerate(zip(names, counts, strict=False))
    )


def percent_of(part: int, whole: int) -> str:
    """A part of the width of a chart."""
    return f"{100 * part / whole if whole else 0:.3f}%"
