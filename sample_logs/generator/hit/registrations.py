"""Faults of when something was registered; each is put into every case that is hit."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sample_logs.generator.hit.log import Case

TOGETHER = 4
"""The cases of so many are registered in one go."""


def ten_days_after_the_last(hit: Sequence[Case]) -> None:
    """The last step but one is registered ten days after the last took place."""
    for case in hit:
        case[-2].registered = case[-1].start + timedelta(days=10)


def after_the_next(hit: Sequence[Case]) -> None:
    """The last step but one is registered five days after the last has been."""
    for case in hit:
        case[-2].registered = case[-1].registered + timedelta(days=5)


def before_it_happened(hit: Sequence[Case]) -> None:
    """The last step is registered three days before it."""
    for case in hit:
        case[-1].registered = case[-1].start - timedelta(days=3)


def right_after_the_one_before(hit: Sequence[Case]) -> None:
    """The last step is registered two seconds after the one before it."""
    for case in hit:
        case[-1].registered = case[-2].registered + timedelta(seconds=2)


def in_one_go(hit: Sequence[Case]) -> None:
    """The last two steps of some cases are registered by one employee within seconds."""
    for begin in range(0, len(hit), TOGETHER):
        cases = hit[begin : begin + TOGETHER]
        moment, resource = max(case[-1].registered for case in cases), cases[0][-1].resource
        for number, event in enumerate(event for case in cases for event in case[-2:]):
            event.registered, event.resource = moment + timedelta(seconds=number), resource
