"""Logs of cases of several shapes, in which some events have day and month swapped; which of them lie outside their case by it."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

Event = tuple[int, datetime]

SHAPES: dict[str, dict[str, tuple[int, int]]] = {
    "steady": {"steps": (6, 9), "gap": (2, 25)},
    "long": {"steps": (8, 14), "gap": (10, 60)},
    "short": {"steps": (2, 3), "gap": (1, 5)},
    "a late end": {"steps": (4, 6), "gap": (1, 20), "last": (60, 700)},
}
"""Steps of a case, days from one to the next, and days from the last but one to the last."""


def log_with_swaps(seed: int, shape: str, share: float, cases: int = 300) -> tuple[list[Event], set[int]]:
    """Events (case, time), and the numbers, from 1, of those swapped events that lie outside the days of the others only as they are written.

    Args:
        seed: the same gives the same log.
        shape: one of ``SHAPES``.
        share: of the cases, in which one event is swapped if its day may be a month.
        cases: how many cases there are.
    """
    rng, form = Random(seed), SHAPES[shape]
    events: list[Event] = []
    swapped: set[int] = set()
    for case in range(cases):
        moments = _case(rng, form)
        place = rng.randrange(len(moments))
        right = moments[place]
        if rng.random() < share and right.day <= 12 and right.day != right.month:
            moments[place] = right.replace(day=right.month, month=right.day)
            if _is_put_outside(right, moments, place):
                swapped.add(len(events) + place + 1)
        events += [(case, moment) for moment in moments]
    return events, swapped


def _case(rng: Random, form: dict[str, tuple[int, int]]) -> list[datetime]:
    moments = [datetime(2022, 1, 1, 8) + timedelta(rng.randint(0, 600))]  # noqa: DTZ001 - local
    for _ in range(rng.randint(*form["steps"])):
        moments.append(moments[-1] + timedelta(rng.randint(*form["gap"]), minutes=rng.randint(0, 300)))
    if "last" in form:
        moments.append(moments[-1] + timedelta(rng.randint(*form["last"])))
    return moments


def _is_put_outside(right: datetime, moments: list[datetime], place: int) -> bool:
    others = sorted(moment.date() for at, moment in enumerate(moments) if at != place)
    return others[0] <= right.date() <= others[-1] and not others[0] <= moments[place].date() <= others[-1]
