"""How people write numbers, and their SQL: with a decimal comma (``1.250,50``) or with a decimal point (``1,250.50``)."""

from __future__ import annotations

from dataclasses import dataclass

from logsyn.validator.database.sql import literal
from logsyn.validator.reading.placeholders import trimmed

_MINUS = "\u2212"
_SPACES = " \u00a0\u202f'"
_SIGN = f"[+{_MINUS}-]?"

LIKE_AN_ID = rf"^{_SIGN}(0[0-9]+|[0-9]{{16,}})([.,][0-9]+)?$|^{_SIGN}[0-9]+([.,][0-9]+)?[eE][+-]?[0-9]+$"
"""Texts of digits that are no quantity as long as nobody says so: a zero in front, more digits than a number keeps, or what a
spreadsheet has made of them (2,02301E+11)."""


@dataclass(frozen=True)
class Convention:
    """One way to write numbers: which character stands before the decimals, and which one between groups of three digits."""

    decimal: str
    group: str

    def fits(self, text: str) -> str:
        """SQL: whether a text is a quantity written so. A zero in front of others, an exponent or 16 digits make it none."""
        between = f"[{self.group}{_SPACES}]"
        whole = f"0|[1-9][0-9]{{0,14}}|[1-9][0-9]{{0,2}}({between}[0-9]{{3}}){{1,4}}"
        return _matches(text, f"^{_SIGN}(({whole})({self._point}[0-9]+)?|{self._point}[0-9]+)$")

    def may_fit(self, text: str) -> str:
        """The same for a column that is declared to hold numbers: also with leading zeros and with an exponent."""
        between = f"[{self.group}{_SPACES}]"
        whole = f"[0-9]+|[1-9][0-9]{{0,2}}({between}[0-9]{{3}})+"
        exponent = "([eE][+-]?[0-9]{1,2})?"
        return _matches(text, f"^{_SIGN}(({whole})({self._point}[0-9]+)?|{self._point}[0-9]+){exponent}$")

    def value(self, text: str, fits: str) -> str:
        """SQL of the number that a text is, NULL where it does not fit."""
        bare = f"translate({trimmed(text)}, {literal(self.group + _SPACES)}, '')"
        plain = f"replace(replace({bare}, {literal(self.decimal)}, '.'), {literal(_MINUS)}, '-')"
        return f"CASE WHEN {fits} THEN TRY_CAST({plain} AS DOUBLE) END"

    @property
    def _point(self) -> str:
        return f"[{self.decimal}]"


def _matches(text: str, pattern: str) -> str:
    return f"regexp_matches({trimmed(text)}, {literal(pattern)})"


DANISH = Convention(",", ".")
ENGLISH = Convention(".", ",")
CONVENTIONS = (DANISH, ENGLISH)
"""In the order in which they are tried: 1.250 alone is one thousand two hundred and fifty."""
