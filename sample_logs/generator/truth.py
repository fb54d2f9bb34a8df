"""What is wrong with which line: the truth that a tool's findings are compared with."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sample_logs.generator.event import Event

Key = tuple[object, ...]


def add_group_defects(rows: list[Event]) -> None:
    """Add what only the whole file shows: repetitions, shared times, labels that differ by case only."""
    loaded = [row for row in rows if not row.broken]
    whole = [row for row in loaded if row.case and row.activity and row.timestamp]
    for group in _grouped(whole, lambda row: (row.case, row.activity, row.timestamp)):
        for row in group[1:]:
            row.defects["duplicate-event"] = f"one of {len(group)}"
    for group in _grouped(whole, lambda row: (row.case, row.timestamp)):
        labels = {row.activity for row in group}
        for row in group if len(labels) > 1 else ():
            row.defects["shared-timestamp"] = f"{len(labels)} activities"
    for group in _grouped([row for row in loaded if row.activity], lambda row: ((row.activity or "").lower(),)):
        spellings = sorted({row.activity or "" for row in group})
        for row in group if len(spellings) > 1 else ():
            row.defects["untidy-label"] = " / ".join(spellings)


def _grouped(rows: list[Event], key: Any) -> Iterable[list[Event]]:
    groups: dict[Key, list[Event]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return groups.values()


def accounting(rows: list[Event], seed: int) -> dict[str, Any]:
    """Counts of what stands in the file: rows, cases, events by team and activity, defects."""
    loaded = [row for row in rows if not row.broken]
    moments = sorted(row.timestamp for row in loaded if row.timestamp)
    return {
        "seed": seed,
        "rows_in_file": len(rows),
        "rows_loaded": len(loaded),
        "rows_rejected": len(rows) - len(loaded),
        "cases": len({row.case for row in loaded if row.case}),
        "activities": len({row.activity for row in loaded if row.activity}),
        "first_timestamp": str(moments[0]),
        "last_timestamp": str(moments[-1]),
        "events_per_team": _counted(row.team for row in loaded),
        "events_per_activity": _counted(row.activity for row in loaded),
        "defects": _counted(defect for row in rows for defect in row.defects),
    }


def _counted(values: Iterable[str | None]) -> dict[str, int]:
    return dict(sorted(Counter(value for value in values if value).items()))
