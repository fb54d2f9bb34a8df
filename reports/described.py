"""What a data description is drafted from, beside an audit: the facts of an extract as it was read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from logsyn.validator.record import Column, Input


@dataclass(frozen=True)
class Described:
    """What was read of an extract. ``start`` and ``end``: local ISO dates between which its events lie, or nearly all."""

    source: str
    timezone: str
    as_of: str
    inputs: Sequence[Input]
    columns: Sequence[Column]
    cases: int
    events: int
    activities: int
    start: str | None
    end: str | None
