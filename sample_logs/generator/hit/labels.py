"""Faults of activity names; each is put into every case that is hit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sample_logs.generator.hit.log import LETTER, OTHER_TALK, TALK, TEAMS
from sample_logs.generator.hit.rows import step

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sample_logs.generator.hit.log import Case


def mistyped(hit: Sequence[Case]) -> None:
    """A letter less in one label of the case; no slip so often that it might be a name."""
    for number, case in enumerate(hit):
        event = case[number % len(case)]
        place = 3 + number // len(case) % (len(event.activity) - 4)
        event.activity = event.activity[:place] + event.activity[place + 1 :]


def numbered(hit: Sequence[Case]) -> None:
    """The number of another matter behind a label, each time another."""
    for number, case in enumerate(hit):
        step(case, LETTER).activity += f" (sag 2022-{4100 + 37 * number:06})"


def of_two_meanings(hit: Sequence[Case]) -> None:
    """One label for two steps: for one of them in the first team, for the other elsewhere."""
    for number, case in enumerate(hit):
        for event in case:
            event.team = TEAMS[number % 2]
        step(case, LETTER if number % 2 else TALK).activity = OTHER_TALK


def unlike_any_other(hit: Sequence[Case]) -> None:
    """Labels that are written freely: no two of a case or of two cases are the same."""
    for number, case in enumerate(hit):
        for place, event in enumerate(case):
            beyond = number // 26  # the letters come again after so many cases
            event.activity = "".join(
                chr(ord("a") + (number * 7 + place * 11 + step * step * (number + place + 1)) % 26)
                for step in range(12)
            ) + "".join(chr(ord("a") + (beyond // 26**step) % 26) for step in range(2))
