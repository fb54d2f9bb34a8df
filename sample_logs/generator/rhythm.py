"""Registrations of teams with ordinary habits, and of one that registers on one weekday, or in one hour, more than its share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from numpy.random import Generator

DAYS_A_MONTH = 21
HOURS = np.arange(8, 16)
GATHERS = "Team 0"

Slot = tuple[str, int]
"""``("weekday", 5)`` is a Friday, ``("hour", 15)`` from 15:00 on."""


def registrations(seed: int, teams: int, gathered: Slot | None = None, share: float = 0.0) -> pd.DataFrame:
    """Events of 3 to 24 months with ``team``, ``timestamp`` and ``registered_at``.

    Every team has its size (60 registrations at least), its liking for weekdays and hours, busy and quiet days, some days on which
    all is registered in one hour, and three on which it catches up. ``gathered``: where so large a ``share`` of what the first team
    registers elsewhere is put instead.
    """
    random = np.random.default_rng(seed)
    days = pd.bdate_range("2022-01-03", periods=DAYS_A_MONTH * int(random.integers(3, 25)))
    frames = []
    for team in range(teams):
        day, hour = _habits(random, days)
        if team == 0 and gathered is not None:
            kind, slot = gathered
            moved = random.random(len(hour)) < share
            hour = np.where(moved, slot, hour) if kind == "hour" else hour
            in_week = day.day_of_week.to_numpy()
            day += pd.to_timedelta(np.where(moved, slot - 1 - in_week, 0) if kind == "weekday" else 0, "D")
        registered = day + pd.to_timedelta(hour * 60 + random.integers(0, 60, len(hour)), "min")
        frames.append(pd.DataFrame({"team": f"Team {team}", "registered_at": registered}))
    frame = pd.concat(frames, ignore_index=True)
    earlier = pd.to_timedelta(random.integers(0, 7 * 24 * 60, len(frame)), "min")
    return frame.assign(timestamp=frame["registered_at"] - earlier)


def _habits(random: Generator, days: pd.DatetimeIndex) -> tuple[pd.DatetimeIndex, np.ndarray]:
    weekdays, hours = random.dirichlet([40] * 5), random.dirichlet([8] * len(HOURS))
    weights = weekdays[days.day_of_week] * random.gamma(2, 1, len(days))
    weights[random.integers(0, len(days), 3)] += 0.05 * weights.sum()
    count = max(60, int(random.lognormal(6.5, 1)))
    at = random.choice(len(days), count, p=weights / weights.sum())
    in_one_go, that_hour = random.random(len(days)) < 0.3, random.choice(HOURS, len(days), p=hours)
    return days[at], np.where(in_one_go[at], that_hour[at], random.choice(HOURS, count, p=hours))
