"""What a data description is drafted from, beside an audit: the facts of an extract as it was read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from logsyn.validator.record import Column, Input, PersonalData


@dataclass(frozen=True)
class Described:
    """What was read of an extract. ``personal``: of each column, by its name, whether it holds personal data. ``start`` and ``end``: local ISO dates between which its events lie, or nearly all."""

    source: str
    timezone: str
    as_of: str
    inputs: Sequence[Input]
    columns: Sequence[Column]
    personal: Mapping[str, PersonalData]
    cases: int
    events: int
    activities: int
    start: str | None
    end: str | None
