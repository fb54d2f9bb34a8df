"""The regime guard: when the way in which times are registered has changed, figures of lag are not compared across it."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from logsyn.validator.record import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from logsyn.validator.record import Audit

LAG_CHECKS = frozenset(
    {"backdated-registration", "registered-before-event", "order-inversion", "batch-registration", "multi-registration"}
)
"""What is judged from the time of registration."""

TIMES = ("timestamp", "registered_at")
JUMP = 0.5
"""A share of times without a time of day that differs by more than this between deliveries is another way of registering."""

WHY = Text(
    da="Måden, tidspunkter bliver registreret på, har ændret sig, så tallene før og efter kan ikke sammenlignes.",
    en="The way in which times are registered has changed, so that the figures before and after cannot be compared.",
)


def regime_months(audits: Sequence[Audit]) -> list[str]:
    """The months in which an audit found that registering changed, and the first months of deliveries that differ in precision."""
    found = {month for audit in audits for month in audit.registration.changed_months}
    jumps = {
        str(after.log.typical_start or after.as_of)[:7]
        for before, after in itertools.pairwise(audits)
        if any(_differs(before, after, name) for name in TIMES)
    }
    return sorted(found | jumps)


def _differs(before: Audit, after: Audit, name: str) -> bool:
    shares = [_without_clock(audit, name) for audit in (before, after)]
    return None not in shares and abs((shares[0] or 0) - (shares[1] or 0)) > JUMP


def _without_clock(audit: Audit, name: str) -> float | None:
    column = next((column for column in audit.extract.columns if column.name == name), None)
    if column is None or not column.filled or column.without_time_of_day is None:
        return None
    return column.without_time_of_day / column.filled
