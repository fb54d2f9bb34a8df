"""Owns how numbers, shares, days and dates are written: as Danes or Britons do, and never rounded into a lie."""

from __future__ import annotations

import math
import re
from datetime import date, datetime
from typing import Final

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal, format_scientific

from logsyn.reports.language import Language

NOTHING: Final = "\N{EN DASH}"
"""Stands where there is no figure to show."""

HOURS_A_DAY: Final = 24
HALF_A_MINUTE: Final = 0.5 / 60
"""In hours: spans are known to the minute, and rounding them must not make an hour of nothing."""

MOST_DAYS_WITH_HOURS: Final = 10
"""From here on the hours of a span of days say nothing more."""

MOST_DAYS: Final = 1000
"""From here on a number of days is easier to grasp in years."""

_QUARTER: Final = re.compile(r"(?P<year>\d+)-Q(?P<of>[1-4])")

MOST_WRITTEN_OUT: Final = 10**15
"""From here on a number is written as a power of ten: nobody counts so many digits, and few are exact."""


_CLASS: Final = re.compile(r"(-?\d+)?\.\.(-?\d+)?")


class Figures(Language):
    """Numbers, shares, spans and dates in one language. ``None`` is written as a dash, everywhere."""

    def number(self, value: float | None, digits: int = 2) -> str:
        """A number with separators of thousands and at most so many decimals; a huge one as a power of ten, 0 only when it is exactly so."""
        if value is None or not _is_finite(value):
            return NOTHING
        if abs(value) >= MOST_WRITTEN_OUT:
            return format_scientific(value, "0.###E0", locale=self.locale)
        pattern = "#,##0" if float(value).is_integer() else f"#,##0.{'#' * digits}"
        return self._no_lie(value, format_decimal(value, pattern, locale=self.locale), smallest=10**-digits)

    def share(self, part: float | None, whole: float | None) -> str:
        """``part`` of ``whole`` in per cent; ``0 %`` and ``100 %`` only when it is exactly so."""
        if part is None or not whole:
            return NOTHING
        return self.percent(part / whole, exact_zero=part == 0, exact_all=part == whole)

    def percent(self, ratio: float | None, *, exact_zero: bool | None = None, exact_all: bool | None = None) -> str:
        """A ratio between 0 and 1 in per cent with one decimal, none when it is a whole number of per cent."""
        if ratio is None or not _is_finite(100 * ratio):
            return NOTHING
        zero = ratio == 0 if exact_zero is None else exact_zero
        everything = ratio == 1 if exact_all is None else exact_all
        if not zero and 0 <= ratio < 0.001:
            return "<" + self._percent_sign(self._decimal(0.1, 1))
        if not everything and 0.999 < ratio <= 1:
            return ">" + self._percent_sign(self._decimal(99.9, 1))
        whole = abs(ratio * 100 - round(ratio * 100)) < 1e-9
        return self._percent_sign(self._decimal(ratio * 100, 0 if whole else 1))

    def required(self, ratio: float) -> str:
        """A required share, with all the decimals it was given with."""
        return self._percent_sign(format_decimal(round(ratio * 100, 8), "#,##0.########", locale=self.locale))

    def days(self, value: float | None) -> str:
        """A number of days in words: ``1 day``, ``2.5 days``, ``7 hours``, ``7.2 years``."""
        if value is None or not _is_finite(value):
            return NOTHING
        if value < 0:
            return self.gettext("%(span)s before", span=self.days(-value))
        if value == 0:
            return self.gettext("the same day")
        if value < 1:
            return self._hours(value * HOURS_A_DAY)
        if value >= MOST_DAYS:
            years = round(value / 365.25, 1)
            return self.ngettext("%(shown)s year", "%(shown)s years", 2, shown=self.number(years))
        shown = round(value, 1)
        return self.ngettext("%(shown)s day", "%(shown)s days", 1 if shown == 1 else 2, shown=self.number(shown))

    def agreed(self, days: float | None, working_days: float | None) -> str:
        """What is agreed, in days or in working days; neither: it differs."""
        if working_days is not None:
            return self.working_days(working_days)
        return self.gettext("varies") if days is None else self.days(days)

    def working_days(self, value: float) -> str:
        """``the same working day``, ``1 working day``, ``3 working days``."""
        if value == 0:
            return self.gettext("the same working day")
        return self.ngettext(
            "%(shown)s working day", "%(shown)s working days", 1 if value == 1 else 2, shown=self.number(value)
        )

    def within(self, value: float | None) -> str:
        """The span within which something was done, rounded up: ``within 18 hours``, ``within 9 days 4 hours``; ``the same day`` for 0."""
        if value is None or not _is_finite(value) or value <= 0:
            return self.days(value)
        hours = math.ceil(value * HOURS_A_DAY - HALF_A_MINUTE)
        if hours <= 1:
            return self.gettext("within an hour")
        return self.gettext("within %(span)s", span=self._up_to(hours))

    def lag(self, value: float | None) -> str:
        """From one time to another, in days as a number: ``14 minutes before``, ``9 days 4 hours``, ``682 days before``."""
        if value is None or not _is_finite(value):
            return NOTHING
        if value < 0:
            return self.gettext("%(span)s before", span=self.lag(-value))
        minutes = round(value * HOURS_A_DAY * 60)
        if 0 < minutes < 60:
            shown = self.number(minutes)
            return self.ngettext("%(shown)s minute", "%(shown)s minutes", minutes, shown=shown)
        return self._span(round(minutes / 60)) if value else self.days(0)

    def days_class(self, text: str) -> str:
        """The class of a span in days, ``15..31`` → ``15 to 31 days``, ``3650..`` → ``3,650 days or more``; another text as it is."""
        found = _CLASS.fullmatch(text)
        if found is None or text == "..":
            return text
        least, most = (self.number(float(end)) if end else "" for end in found.groups())
        if not least:
            return self.gettext("less than %(most)s days", most=most)
        if not most:
            return self.gettext("%(least)s days or more", least=least)
        return self.gettext("%(least)s to %(most)s days", least=least, most=most)

    def span_class(self, text: str) -> str:
        """The class of a span, ``15..31`` → ``15 to 31``, ``3650..`` → ``3,650 or more``; another text is given back as it is."""
        found = _CLASS.fullmatch(text)
        if found is None or text == "..":
            return text
        least, most = (self.number(float(end)) if end else "" for end in found.groups())
        if not least:
            return self.gettext("less than %(most)s", most=most)
        return self.gettext("%(least)s to %(most)s", least=least, most=most) if most else self.gettext("%(least)s or more", least=least)

    def seconds(self, value: float | None) -> str:
        """A span in seconds, written in days or hours."""
        if value is None or not _is_finite(value):
            return NOTHING
        return self.gettext("no time at all") if value == 0 else self.days(value / 86_400)

    def day(self, text: str | None) -> str:
        """The day of an ISO date or time, ``8 November 2023``; another text is given back as it is."""
        moment = parsed(text)
        if moment is None:
            return text or NOTHING
        return format_date(moment, "d. MMMM y" if self.lang == "da" else "d MMMM y", locale=self.locale)

    def moment(self, text: str | None) -> str:
        """An ISO date or time in short, ``8 Nov 2023 14:05``; a month as ``November 2023``; another text, such as a year, is given back as it is."""
        moment = parsed(text)
        if moment is None:
            return self.month(text) if text else NOTHING
        pattern = "d. MMM y" if self.lang == "da" else "d MMM y"
        if not isinstance(moment, datetime):
            return format_date(moment, pattern, locale=self.locale)
        clock = "HH.mm" if self.lang == "da" else "HH:mm"
        clock += "" if not moment.second else ".ss" if self.lang == "da" else ":ss"
        return format_datetime(moment, f"{pattern} {clock}", locale=self.locale)

    def month(self, text: str) -> str:
        """A month, ``2023-04`` → ``April 2023``, or a quarter, ``2023-Q2`` → ``2nd quarter 2023``; another text is given back as it is."""
        if (quarter := _QUARTER.fullmatch(text)) and (within := parsed(f"{quarter['year']}-{3 * int(quarter['of']):02}-01")):
            return format_date(within, "QQQQ y", locale=self.locale)
        first = parsed(f"{text}-01")
        return text if first is None else format_date(first, "MMMM y", locale=self.locale)

    def _up_to(self, hours: int) -> str:
        """A whole number of hours as a span that is rounded up: whole days from ``MOST_DAYS_WITH_HOURS``, years from ``MOST_DAYS``."""
        days, rest = divmod(hours, HOURS_A_DAY)
        if days + (rest > 0) >= MOST_DAYS:
            return self.days(math.ceil(hours / HOURS_A_DAY / 36.525) * 36.525)
        return self.days(days + (rest > 0)) if days >= MOST_DAYS_WITH_HOURS else self._span(hours)

    def _span(self, hours: int) -> str:
        """A whole number of hours in words: hours of a day, days and hours up to ten days, then as ``days`` says it."""
        days, rest = divmod(hours, HOURS_A_DAY)
        if not days:
            return self._hours(rest)
        if days >= MOST_DAYS_WITH_HOURS:
            return self.days(hours / HOURS_A_DAY if days >= MOST_DAYS else round(hours / HOURS_A_DAY))
        return f"{self.days(days)} {self._hours(rest)}" if rest else self.days(days)

    def _hours(self, hours: float) -> str:
        whole = round(hours)
        if whole == 0:
            return self.gettext("under an hour")
        return self.ngettext("%(shown)s hour", "%(shown)s hours", whole, shown=self.number(whole))

    def _decimal(self, value: float, digits: int) -> str:
        return format_decimal(value, "#,##0" if digits == 0 else "#,##0.0", locale=self.locale)

    def _percent_sign(self, shown: str) -> str:
        return f"{shown}\u00a0%" if self.lang == "da" else f"{shown}%"

    def _no_lie(self, value: float, shown: str, smallest: float) -> str:
        if value == 0 or abs(value) > smallest / 2:  # just half of it is rounded to the even digit, which is 0
            return shown
        bound = format_decimal(math.copysign(smallest, value), "0.##", locale=self.locale)
        return f"<{bound}" if value > 0 else f">{bound}"


def _is_finite(value: float) -> bool:
    """Whether a number can be written; a whole number beyond all floats cannot."""
    try:
        return math.isfinite(value)
    except OverflowError:
        return False


def parsed(text: str | None) -> date | datetime | None:
    """The date or time that an ISO text says, None for any other text."""
    if not text:
        return None
    try:
        return date.fromisoformat(text) if len(text) == len("2023-11-08") else datetime.fromisoformat(text)
    except ValueError:
        return None
