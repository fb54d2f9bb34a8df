"""Spans of time as people write them: ``15min``, ``2h``, ``7d``."""

from __future__ import annotations

import re

from expectations.errors import shown

_UNITS = {"s": 1, "min": 60, "h": 3600, "d": 86400, "w": 604800}
_FORM = re.compile(r"(\d+(?:\.\d+)?)\s*(s|min|h|d|w)")


def span_seconds(written: object) -> float:
    """Seconds of a span; a bare number is days.

    Raises:
        ValueError: not a span.
    """
    if isinstance(written, int | float) and not isinstance(written, bool) and written >= 0:
        return float(written) * 86400
    match = _FORM.fullmatch(str(written).strip())
    if match is None:
        message = f"{shown(written)} is not a span of time (examples: 15min, 2h, 7d)"
        raise ValueError(message)
    return float(match[1]) * _UNITS[match[2]]
