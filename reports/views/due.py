"""Owns how an agreed number of days is said to a colleague: ``at the latest the day after``, with a day as an example."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from babel.dates import get_day_names

if TYPE_CHECKING:
    from logsyn.reports.wording import Wording

MONDAY: Final = datetime(2024, 1, 1, 10)  # noqa: DTZ001, a Monday at ten, nowhere in particular
FRIDAY: Final = MONDAY + timedelta(days=4)
LAST_EXAMPLE_DAYS: Final = 27
"""Beyond this the day of the month would come round again."""


def due(days: float, wording: Wording) -> str:
    """When something must be registered, for agreed days from when it happened."""
    if days == 0:
        return wording.gettext("At once")
    if days == 1:
        return wording.gettext("At the latest the day after")
    if days < 1:
        return wording.gettext("Within %(span)s", span=wording.days(days))
    return wording.gettext("At the latest %(span)s after", span=wording.days(days))


def example(days: float, wording: Wording) -> str:
    """The same with weekdays; empty where no short example helps."""
    if not 0 < days <= LAST_EXAMPLE_DAYS:
        return ""
    if days >= 7:
        last = MONDAY + timedelta(days=days)
        return wording.gettext(
            "What happens on the 1st is registered by the %(day)s at the latest.", day=_ordinal(last.day, wording)
        )
    return wording.gettext(
        "A meeting on %(first)s is registered by %(last)s at the latest.",
        first=_moment(MONDAY, wording),
        last=_moment(MONDAY + timedelta(days=days), wording),
    )


def weekend_example(days: float, wording: Wording) -> str:
    """What the agreed days mean for a Friday; empty when they do not end in the weekend."""
    last = FRIDAY + timedelta(days=days)
    if days == 0 or last.isoweekday() < 6 or days >= 7:
        return ""
    return wording.gettext(
        "What happens on %(first)s is due on %(last)s. So register it before you go home.",
        first=_moment(FRIDAY, wording),
        last=_moment(last, wording),
    )


def _moment(moment: datetime, wording: Wording) -> str:
    names = get_day_names("wide", locale=wording.locale)
    clock = f"{moment:%-H}" if not moment.minute else f"{moment:%-H.%M}" if wording.lang == "da" else f"{moment:%-H:%M}"
    return wording.gettext("%(weekday)s at %(clock)s", weekday=str(names[moment.weekday()]), clock=clock)


def _ordinal(day: int, wording: Wording) -> str:
    if wording.lang == "da":
        return f"{day}."
    ending = "th" if 11 <= day <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"
