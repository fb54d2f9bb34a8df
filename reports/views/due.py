"""Owns how an agreed number of days is said to a colleague: ``at the latest the day after``, with a day as an example."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from babel.dates import format_skeleton, get_day_names

if TYPE_CHECKING:
    from logsyn.expectations.practice import Limit
    from logsyn.reports.wording import Wording

MONDAY: Final = datetime(2024, 1, 1, 10)  # noqa: DTZ001, a Monday at ten, nowhere in particular
FRIDAY: Final = MONDAY + timedelta(days=4)
LAST_WEEKDAY: Final = 4
LAST_EXAMPLE_DAYS: Final = 27
"""Beyond this the day of the month would come round again."""


def due(limit: Limit, wording: Wording) -> str:
    """When something must be registered, for what is agreed from when it happened."""
    days = limit.days
    if limit.working:
        return _due_in_working_days(limit, wording)
    if days == 0:
        return wording.gettext("At once")
    if days == 1:
        return wording.gettext("At the latest the day after")
    if days < 1:
        return wording.gettext("Within %(span)s", span=wording.days(days))
    return wording.gettext("At the latest %(span)s after", span=wording.days(days))


def _due_in_working_days(limit: Limit, wording: Wording) -> str:
    if limit.days == 0:
        return wording.gettext("Before the next working day")
    if limit.days == 1:
        return wording.gettext("At the latest the next working day")
    return wording.gettext("At the latest %(span)s after", span=wording.working_days(limit.days))


def example(limit: Limit, wording: Wording) -> str:
    """The same with weekdays; empty where no short example helps."""
    days = limit.days
    if limit.working:
        return _example_in_working_days(limit, wording)
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


def _example_in_working_days(limit: Limit, wording: Wording) -> str:
    if not 1 <= limit.days <= LAST_WEEKDAY:  # from a Friday on: a Monday to a Thursday
        return ""
    names = get_day_names("wide", locale=wording.locale)
    return wording.gettext(
        "What happens on a %(first)s is registered by %(last)s at the latest.",
        first=str(names[FRIDAY.weekday()]),
        last=str(names[int(limit.days) - 1]),
    )


def day_off(day: date | str, wording: Wording) -> str:
    """A day off as people say it: ``24 December``, or with its year where it is that of one year only."""
    if isinstance(day, date):
        return wording.day(day.isoformat())
    skeleton = format_skeleton("MMMMd", date.fromisoformat(f"2024-{day}"), locale=wording.locale)
    return str(skeleton)


def weekend_example(limit: Limit, wording: Wording) -> str:
    """What the agreed days mean for a Friday; empty when they do not end in the weekend, or are working days."""
    days = limit.days
    if limit.working:
        return ""
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
