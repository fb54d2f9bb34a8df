"""Spans of time as people write them: ``15min``, ``2h``, ``7d``."""

from __future__ import annotations

import re

from logsyn.expectations.errors import shown

LONGEST_DAYS = 36_500
"""What a span may be: a hundred years. Dates and intervals of the engine hold more, and a rule has no use for it."""

_UNITS = {"s": 1, "min": 60, "h": 3600, "d": 86400, "w": 604800}
_FORM = re.compile(r"(\d+(?:\.\d+)?)\s*(s|min|h|d|w)", re.ASCII)


def span_seconds(written: object) -> float:
    """Seconds of a span; a bare number is days.

    Raises:
        ValueError: not a span, or one of more than a hundred years.
    """
    if isinstance(written, int | float) and not isinstance(written, bool) and written >= 0:
        seconds = float(written) * 86400
    else:
        match = _FORM.fullmatch(str(written).strip())
        if match is None:
            message = f"{shown(written)} is not a span of time (examples: 15min, 2h, 7d)"
            raise ValueError(message)
        seconds = float(match[1]) * _UNITS[match[2]]
    if seconds > LONGEST_DAYS * 86400:
        message = f"{shown(written)} is longer than a span can be, {LONGEST_DAYS:,} days"
        raise ValueError(message)
    return seconds
