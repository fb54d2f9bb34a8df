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


def distribution(counts: Sequence[int], names: Mapping[str, str], wording: Wording) -> Bar | None:
    """The bar of counts that stand in the order of ``names``; None when nothing was counted."""
    total = sum(counts)
    if not total:
        return None
    segments, before = [], 0
    for fill, count in enumerate(counts):
        if count:
            segments.append(Segment(fill, percent_of(before, total), percent_of(count, total)))
        before += count
    told = [
        f"{wording.name(names, code)} {wording.share(count, total)}"
        for code, count in zip(names, counts, strict=False)
        if count
    ]
    return Bar(tuple(segments), f"{wording.gettext('Distribution')}: {'; '.join(told)}")


def classes(counts: Sequence[int], names: Mapping[str, str], wording: Wording) -> tuple[Class, ...]:
    """The classes of a distribution with their numbers and shares, in the order of ``names``."""
    total = sum(counts)
    return tuple(
        Class(
            fill,
            wording.name(names, code),
            wording.number(count),
            wording.share(count, total),
            percent_of(count, total),
        )
        for fill, (code, count) in enumerate(zip(names, counts, strict=False))
    )


def percent_of(part: int, whole: int) -> str:
    """A part of the width of a chart."""
    return f"{100 * part / whole if whole else 0:.3f}%"
