"""Rows that come twice, and records that cannot be read as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sample_logs.generator.defects.pool import Pool, ordinary
from sample_logs.generator.defects.rates import RATES

if TYPE_CHECKING:
    from sample_logs.generator.event import Event


def broken_record(pool: Pool) -> None:
    """A record with too few fields, or with one too many from a semicolon that nobody quoted."""
    for place, event in enumerate(pool.take("rejected", ordinary)):
        event.broken = "too many fields" if place % 2 else "too few fields"
        event.defects = {"rejected": event.broken}


def repeated(pool: Pool) -> list[Event]:
    """All events with repetitions put in: same case, activity and time; two of three are copies in every column.

    A copy has whatever is wrong with its original. That it is a repetition is found later, in the order of the file.
    """
    whole = [place for place, event in enumerate(pool.events) if event.case and event.activity and event.timestamp]
    wanted = max(6, round(RATES["duplicate-event"] * len(pool.events)))
    copies: dict[int, list[Event]] = {}
    for number, place in enumerate(pool.rng.sample(whole, wanted)):
        event = pool.events[place]
        if event.broken:
            continue
        same = number % 3 != 2 or "cpr-number" in event.defects
        copy = event.copy() if same else event.copy(remark="", status="Gennemført", resource="JK1999")
        copies.setdefault(min(len(pool.events) - 1, place + pool.rng.choice((0, 0, 1, 3, 20))), []).append(copy)
        if number % 10 == 9:
            copies.setdefault(place, []).append(event.copy())
    return [row for place, event in enumerate(pool.events) for row in (event, *copies.get(place, ()))]
