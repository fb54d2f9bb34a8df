"""How a value that DuckDB gives may stand in the record of an audit: whatever its SQL type, and without a CPR number, and not longer than can be read."""

from __future__ import annotations

import math
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from logsyn.validator.personal.cutting import cut
from logsyn.validator.personal.masking import shown

if TYPE_CHECKING:
    from logsyn.validator.record import Value

PLACES = 4
"""So many decimals a number keeps."""


def plain(value: Any) -> Value:
    """A value as it may stand in the record: no CPR number, long texts cut, times as ISO text, numbers to four places.

    What is no number (NaN, infinite) is no value, lists and structs are joined to one text, and bytes say only how many they are.
    """
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, (float, Decimal)):
        return _number(value)
    if isinstance(value, (date, time, timedelta)):
        return _moment(value)
    if isinstance(value, dict):
        return cut(", ".join(f"{shown(str(name))}: {_within(item)}" for name, item in value.items()))
    if isinstance(value, (list, tuple)):
        return cut(", ".join(map(_within, value)))
    return f"{len(value)} bytes" if isinstance(value, bytes) else shown(str(value))


def _within(value: Any) -> str:
    """A value as a part of a text, as SQL writes it; of none there is a dash."""
    shown = plain(value)
    if isinstance(shown, bool):
        return "true" if shown else "false"
    return "-" if shown is None else str(shown)


def _number(value: float | Decimal) -> float | int | None:
    if not math.isfinite(value):
        return None
    if isinstance(value, Decimal) and value == value.to_integral_value():
        return int(value)
    return round(float(value), PLACES)


def _moment(value: date | time | timedelta) -> str:
    """ISO text; a span of time as days and a clock, ``3 12:00:00``, with a minus sign in front when it goes back."""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if not isinstance(value, timedelta):
        return value.isoformat()
    seconds = abs(value) // timedelta(seconds=1)
    clock = f"{seconds // 86_400} {seconds // 3600 % 24:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return f"-{clock}" if value < timedelta(0) else clock
