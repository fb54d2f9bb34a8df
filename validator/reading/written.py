"""What the formats of a time column say of its texts: whether day and month could be swapped, whether a zone is given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from logsyn.validator.reading.formats import Format

if TYPE_CHECKING:
    from collections.abc import Iterable

    from logsyn.validator.record import Column

_DAY_MONTH = (["d", "m"], ["m", "d"])


def how_written(columns: Iterable[Column]) -> frozenset[str]:
    """Facts by time column, such as ``timestamp:local``, each true of every time that was read.

    ``local``: no text gives an offset from UTC, so the clock of the zone is all there is. ``day_month``: day and month stand
    side by side as numbers before the year, in one order that is settled.
    """
    facts = set()
    for column in columns:
        formats = [Format(text) for text in column.formats]
        if not formats:
            continue
        if not any(form.has_offset for form in formats):
            facts.add(f"{column.name}:local")
        orders = [[letter for letter in form.specifiers if letter in "dmYy"][:2] for form in formats]
        settled = column.day_month in ("given", "evidence") and all(order == orders[0] for order in orders)
        if settled and orders[0] in _DAY_MONTH:
            facts.add(f"{column.name}:day_month")
    return frozenset(facts)
