"""Owns the tables that set the distributions of several groups side by side: a bar, its key figures, its counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from logsyn.reports.charts import Bar, distribution
from logsyn.reports.views.page import Key, largest
from logsyn.validator.record import Horizon, LagGroup

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from logsyn.reports.wording import Wording

Group = TypeVar("Group", LagGroup, Horizon)


@dataclass(frozen=True)
class SpreadRow:
    """One group. A hidden group has its keys and nothing else."""

    keys: tuple[Key, ...]
    hidden: bool
    events: str
    bar: Bar | None
    cells: tuple[str, ...]
    counts: tuple[str, ...]


@dataclass(frozen=True)
class SpreadTable:
    """Groups with their distributions. ``headings`` belong to ``cells``, ``classes`` to ``counts``."""

    caption: str
    key_names: tuple[str, ...]
    headings: tuple[str, ...]
    classes: tuple[str, ...]
    rows: tuple[SpreadRow, ...]
    more: str


@dataclass(frozen=True)
class Look(Generic[Group]):
    """What a table of groups shows: heading of each key column and column of figures, and how a group gives it.

    ``classes`` are the classes of the distribution, code to name.
    """

    keys: Mapping[str, Callable[[Group], Key]]
    cells: Mapping[str, Callable[[Group], str]]
    classes: Mapping[str, str]


def spread_table(
    groups: Sequence[Group], caption: str, look: Look[Group], wording: Wording, notes: Sequence[str] = ()
) -> SpreadTable | None:
    """The table of groups, in the order of the audit, with what has to be known of it; None when there are none."""
    if not groups:
        return None
    chosen = largest(groups, lambda group: group.events)
    return SpreadTable(
        caption=caption,
        key_names=tuple(look.keys),
        headings=tuple(look.cells),
        classes=tuple(wording.gettext(name) for name in look.classes.values()),
        rows=tuple(_row(group, look, wording) for group in chosen),
        more=" ".join(note for note in (wording.more(len(groups) - len(chosen)), *notes) if note),
    )


def _row(group: Group, look: Look[Group], wording: Wording) -> SpreadRow:
    counts = [] if group.hidden else group.buckets or []
    return SpreadRow(
        keys=tuple(key(group) for key in look.keys.values()),
        hidden=group.hidden,
        events="" if group.hidden else wording.about(wording.number(group.events), roughly=_in_tens(group)),
        bar=distribution(counts, look.classes, wording, _divided(group, counts)),
        cells=() if group.hidden else tuple(cell(group) for cell in look.cells.values()),
        counts=tuple(wording.unless_small(count) for count in counts),
    )


def _in_tens(group: LagGroup | Horizon) -> bool:
    return isinstance(group, LagGroup) and group.in_tens


def _divided(group: LagGroup | Horizon, counts: Sequence[int | None]) -> int | None:
    """What the classes of a group are shares of, where some of them are hidden."""
    if None not in counts or group.events is None:
        return None
    return group.events if isinstance(group, LagGroup) else group.events - (group.without_end or 0)
