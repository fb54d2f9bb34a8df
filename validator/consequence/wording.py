"""Numbers, shares and spans as they are written in a sentence, in Danish and English; nothing is rounded into a lie."""

from __future__ import annotations

from dataclasses import dataclass

from babel.numbers import format_decimal

DAY = 86_400
MOST_DAYS = 1000
"""From here on days are told in years."""


@dataclass(frozen=True)
class Words:
    """How one language writes figures."""

    lang: str

    def number(self, value: float) -> str:
        """A number with at most one decimal."""
        return str(format_decimal(round(value, 1), "#,##0.#", locale="da_DK" if self.lang == "da" else "en_GB"))

    def share(self, part: float, whole: float) -> str:
        """A share in per cent; 0 % and 100 % only when it is exactly so."""
        if not whole:
            return "–"  # noqa: RUF001 - a dash for no figure
        # A narrow no-break space: the number and its sign stay together.
        percent, sign = 100 * part / whole, "\u202f%" if self.lang == "da" else "%"
        if part and percent < 0.1:
            return f"<{self.number(0.1)}{sign}"
        if part != whole and percent > 99.9:
            return f">{self.number(99.9)}{sign}"
        return self.number(percent) + sign

    def days(self, value: float | None) -> str:
        """A span of days in words."""
        if value is None:
            return "ukendt" if self.lang == "da" else "unknown"
        if value >= MOST_DAYS:
            return f"{self.number(value / 365.25)} {'år' if self.lang == 'da' else 'years'}"
        if 0 < value < 1:
            hours = max(round(value * 24), 1)
            return f"{hours} {('time' if hours == 1 else 'timer') if self.lang == 'da' else ('hour' if hours == 1 else 'hours')}"
        shown = self.number(value)
        one = shown == "1"
        return f"{shown} {('dag' if one else 'dage') if self.lang == 'da' else ('day' if one else 'days')}"

    def seconds(self, value: float | None) -> str:
        """A span of seconds in words."""
        return self.days(None if value is None else value / DAY)

    def counted(self, value: int, da: tuple[str, str], en: tuple[str, str]) -> str:
        """A number with its noun in the right number."""
        one, several = da if self.lang == "da" else en
        return f"{self.number(value)} {one if value == 1 else several}"

    def cases(self, value: int) -> str:
        """``3 sager``, ``1 case``."""
        return self.counted(value, ("sag", "sager"), ("case", "cases"))

    def events(self, value: int) -> str:
        """``3 registreringer``, ``1 registration``."""
        return self.counted(value, ("registrering", "registreringer"), ("registration", "registrations"))

    def arcs(self, value: int) -> str:
        """``3 pile``, ``1 arc``."""
        return self.counted(value, ("pil", "pile"), ("arc", "arcs"))
