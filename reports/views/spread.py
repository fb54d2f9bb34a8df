"""Owns the tables that set the distributions of several groups side by side: a bar, its key figures, its counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.charts import Bar, distribution
from reports.views.page import Key, largest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from reports.wording import Wording
    from validator.findings.model import Horizon, LagGroup


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
    any_hidden: bool


def spread_table(
    groups: Sequence[LagGroup] | Sequence[Horizon],
    caption: str,
    keys: Mapping[str, Callable[[LagGroup | Horizon], Key]],
    cells: Mapping[str, Callable[[LagGroup | Horizon], str]],
    names: Mapping[str, str],
    wording: Wording,
) -> SpreadTable | None:
    """The table of groups, None when there are none.

    Args:
        groups: what the audit counted, in the order of the audit.
        caption: says what is compared.
        keys: heading of each key column, and how a group gives it.
        cells: heading of each column of figures, and how a group gives it.
        names: the classes of the distribution, code to name.
        wording: the language.
    """
    if not groups:
        return None
    chosen = largest(groups, lambda group: group.events)
    return SpreadTable(
        caption=caption,
        key_names=tuple(keys),
        headings=tuple(cells),
        classes=tuple(wording.gettext(name) for name in names.values()),
        rows=tuple(_row(group, keys, cells, names, wording) for group in chosen),
        more=wording.more(len(groups) - len(chosen)),
        any_hidden=any(group.hidden for group in chosen),
    )


def _row(
    group: LagGroup | Horizon,
    keys: Mapping[str, Callable[[LagGroup | Horizon], Key]],
    cells: Mapping[str, Callable[[LagGroup | Horizon], str]],
    names: Mapping[str, str],
    wording: Wording,
) -> SpreadRow:
    counts = [] if group.hidden else group.buckets or []
    return SpreadRow(
        keys=tuple(key(group) for key in keys.values()),
        hidden=group.hidden,
        events="" if group.hidden else wording.number(group.events),
        bar=distribution(counts, names, wording),
        cells=() if group.hidden else tuple(cell(group) for cell in cells.values()),
        counts=tuple(wording.number(count) for count in counts),
    )
