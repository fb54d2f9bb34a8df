"""CPR numbers as people write them: their form, and how they are masked.

What is taken for one and what is not: docs/personal-numbers.md. The form serves DuckDB, too: ``in_sql``.
"""

from __future__ import annotations

import re

from logsyn.validator.personal.characters import DASHES, SPACES, TO_BE_MADE_PLAIN, plain

MASK = "######-####"

_SIGNS = f"./_{DASHES}"
_BETWEEN = f"(?:[{SPACES}]{{1,3}}|[{SPACES}]{{0,3}}[{_SIGNS}][{SPACES}]{{0,3}})"
_DASH = f"[{SPACES}]{{0,3}}[{DASHES}][{SPACES}]{{0,3}}"
_DAY = "(?:0[1-9]|[12][0-9]|3[01]|6[1-9]|[78][0-9]|9[01])"  # above 60: a replacement number
_MONTH = "(?:0[1-9]|1[0-2])"
_PARTED = f"{_DAY}{_BETWEEN}{_MONTH}{_BETWEEN}"
# All four digits of the year, and those of the number that say the same century.
_YEAR_AND_REST = (
    f"(?:19[0-9][0-9]{_DASH}[0-3]|19(?:3[7-9]|[4-9][0-9]){_DASH}[49]|20(?:[0-2][0-9]|3[0-6]){_DASH}[49]"
    f"|20(?:[0-4][0-9]|5[0-7]){_DASH}[5-8]|18(?:5[89]|[6-9][0-9]){_DASH}[5-8])[0-9]{{3}}"
)

# Of six digits and four, or ten, the first need be no date: a number that is mistyped is still somebody's.
_SIX = f"(?:[0-9]{{6}}[{DASHES}]?|{_DAY}{_MONTH}[0-9]{{2}}{_BETWEEN})"
_SIX_IN_PARTS = f"{_PARTED}[0-9]{{2}}{_BETWEEN}"
_IN_PARTS = f"(?:{_SIX_IN_PARTS}[0-9]{{4}}|(?:{_PARTED}|{_DAY}{_MONTH}){_YEAR_AND_REST})"
FORM = f"(?:(^|[^0-9]){_SIX}[0-9]{{4}}|(^|[^0-9{_SIGNS}]|(?:^|[^0-9])[{_SIGNS}]){_IN_PARTS})([^0-9]|$)"
"""A CPR number as people write it, valid or not, in a plain text, with the characters before and behind it in groups of their own.

No number stands within a longer one, and a date in parts does not begin within a longer one: 2023-01-01-90 1000."""

MAY_HOLD = f"{FORM}|{TO_BE_MADE_PLAIN}"
"""A regular expression that every text with a CPR number matches, plain or not; it only saves work."""

MASKED = rf"\1\2{MASK}\3"
"""What takes the place of the form."""
TIME_LIKE = f"(?:{_SIX}|{_SIX_IN_PARTS})(?:[01][0-9]|2[0-3])[0-5][0-9]"
"""Such a number that may as well be a day and a time of day."""

_COMPILED = re.compile(FORM)


_NUMBER = re.compile(f"{_DAY}{_MONTH}[0-9]{{2}}(?!0000)[0-9]{{4}}")


def is_cpr_as_number(number: float) -> bool:
    """Whether a number is a CPR number without its dash, of which a zero at the front is lost; spans in microseconds are none."""
    return float(number).is_integer() and _NUMBER.fullmatch(f"{abs(number):010.0f}") is not None


def masked_cpr(text: str) -> str:
    """A text with all that has the form of a CPR number masked, valid or not; the same as ``sql_of_masked`` gives.

    Done twice: of two numbers with one character between them, the first takes that character with it.
    """
    words = plain(text)
    return _COMPILED.sub(MASKED, _COMPILED.sub(MASKED, words)) if _COMPILED.search(words) else text
