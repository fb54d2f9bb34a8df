"""Owns an activity by weekday and month: one table each, a column a team; and how weekdays and stretches of months are called."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from babel.dates import get_day_names

from logsyn.reports.views.page import Key, activity_key, team_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from logsyn.reports.wording import Wording
    from logsyn.validator.record import AgreedGroup, AgreedSlice

MOST_DETAILED: Final = 12
"""So many activities are shown by weekday and month; the rest is in audit.json."""


@dataclass(frozen=True)
class GridCell:
    """A share and what it is a share of; both empty when there is nothing to show."""

    share: str
    base: str


@dataclass(frozen=True)
class GridRow:
    """One weekday or month of an activity."""

    name: str
    cells: tuple[GridCell, ...]


@dataclass(frozen=True)
class Grid:
    """Weekdays or months of an activity, one column a team."""

    caption: str
    slice_name: str
    teams: tuple[Key, ...]
    rows: tuple[GridRow, ...]


@dataclass(frozen=True)
class Detailed:
    """One activity by weekday and month."""

    anchor: str
    activity: Key
    grids: tuple[Grid, ...]


def parted(slices: Sequence[AgreedSlice], changes: Sequence[str]) -> list[list[AgreedSlice]]:
    """Months in the stretches between the changes, within which they can be compared; other months are left out."""
    edges = ["", *changes, "~"]
    stretches = [[one for one in slices if one.key and first <= one.key < last] for first, last in pairwise(edges)]
    return [stretch for stretch in stretches if stretch]


def stretch_caption(
    caption: str, stretch: Sequence[AgreedSlice], stretches: Sequence[Sequence[AgreedSlice]], wording: Wording
) -> str:
    """The caption of one stretch of months: with its first and last month when there are several."""
    if len(stretches) == 1:
        return caption
    return wording.gettext(
        "%(caption)s: %(first)s to %(last)s",
        caption=caption,
        first=wording.month(stretch[0].key or ""),
        last=wording.month(stretch[-1].key or ""),
    )


def weekday(key: str | None, wording: Wording) -> str:
    """The name of a weekday: ``1`` → Monday, ``5-7`` → Friday to Sunday."""
    names = get_day_names("wide", locale=wording.locale)
    first, _, last = (key or "1").partition("-")
    if not last:
        return str(names[int(first) - 1])
    return wording.gettext("%(first)s to %(last)s", first=names[int(first) - 1], last=names[int(last) - 1])


def told_in_detail(
    pairs: Sequence[AgreedGroup], changes: Sequence[str], wording: Wording
) -> tuple[tuple[Detailed, ...], str]:
    """The activities with most registrations by weekday and month, and what is said about the others."""
    by_activity: dict[str | None, list[AgreedGroup]] = {}
    for pair in pairs:
        if pair.by_weekday or pair.by_month:
            by_activity.setdefault(pair.activity, []).append(pair)
    ranked = sorted(by_activity.items(), key=lambda item: -sum(pair.events or 0 for pair in item[1]))
    shown = tuple(
        Detailed(
            f"detail-{number}",
            activity_key(activity, wording),
            tuple(grid for grid in (_week_grid(teams, wording), *_month_grids(teams, changes, wording)) if grid.rows),
        )
        for number, (activity, teams) in enumerate(ranked[:MOST_DETAILED], start=1)
    )
    return shown, wording.more(len(ranked) - MOST_DETAILED)


def _week_grid(teams: Sequence[AgreedGroup], wording: Wording) -> Grid:
    keys = sorted({one.key for team in teams for one in team.by_weekday if one.key})
    rows = [(weekday(key, wording), [_at(team.by_weekday, key) for team in teams]) for key in keys]
    return _grid(
        wording.gettext("Within the agreed time, by weekday"), wording.gettext("Weekday"), teams, rows, wording
    )


def _month_grids(teams: Sequence[AgreedGroup], changes: Sequence[str], wording: Wording) -> list[Grid]:
    every = {one.key: one for team in teams for one in team.by_month if one.key}
    stretches = parted([every[key] for key in sorted(every)], changes)
    caption = wording.gettext("Within the agreed time, by month")
    return [
        _grid(
            stretch_caption(caption, stretch, stretches, wording),
            wording.gettext("Month"),
            teams,
            [(wording.month(one.key or ""), [_at(team.by_month, one.key) for team in teams]) for one in stretch],
            wording,
        )
        for stretch in stretches
    ]


def _grid(
    caption: str,
    slice_name: str,
    teams: Sequence[AgreedGroup],
    rows: Sequence[tuple[str, list[AgreedSlice | None]]],
    wording: Wording,
) -> Grid:
    told = [GridRow(name, tuple(_cell(one, wording) for one in slices)) for name, slices in rows]
    return Grid(caption, slice_name, tuple(team_key(team.team, wording) for team in teams), tuple(told))


def _at(slices: Sequence[AgreedSlice], key: str | None) -> AgreedSlice | None:
    return next((one for one in slices if one.key == key), None)


def _cell(one: AgreedSlice | None, wording: Wording) -> GridCell:
    if one is None:
        return GridCell(wording.number(None), "")
    if one.events is None:
        return GridCell(wording.unless_small(None), "")
    share = wording.unless_small(None) if one.late is None else wording.share(one.events - one.late, one.events)
    return GridCell(share, wording.gettext("of %(events)s", events=wording.number(one.events)))
