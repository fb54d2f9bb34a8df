"""Shapes of texts that may carry what no report shows."""

from __future__ import annotations

import re

from logsyn.validator.personal.masking import masked

_LETTER = re.compile(r"[^\W\d_]")
_DIGIT = re.compile(r"\d")
_MONTH = (
    "(?:jan(?:uary?)?|feb(?:ruary?)?|mar(?:ts|ch)?|apr(?:il)?|ma[jy]|jun[ie]?|jul[iy]?|aug(?:ust)?|sept?(?:ember)?|o[kc]t(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?)"
)
_TIME = re.compile(
    r"\s*(?:\d{4}([-/.])\d{1,2}\1\d{1,2}|\d{1,2}([-/. ])\d{1,2}\2(?:\d{4}|\d{2})"
    rf"|\d{{1,2}}[. -]{{1,2}}(?i:{_MONTH})[., -]{{1,2}}\d{{4}})(?!\d)"
    r"(?:(?:[T ,]{1,2}|,? kl\.? ?)\d{1,2}[:.]\d{1,2}(?:[:.]\d{1,2}(?:[.,]\d{1,6})?)?(?!\d))?"
)
"""What a text begins with that is written as a day, perhaps one that does not exist, with or without a time of day."""

_NUMBER = re.compile(r"\s*[-+\u2212]?(?:\d{1,3}(?:[. ]\d{3}){1,2}|\d{1,6})(?:[.,]\d{1,6})?\s*")
"""An amount or a count: six digits, or nine in groups of three; longer ones may be the number of a telephone or a case."""


def shape(text: str) -> str:
    """The shape of a text: letters become x and digits 9, CPR numbers are masked, and no more than 40 characters are kept."""
    return _DIGIT.sub("9", _LETTER.sub("x", masked(text)))[:40]


def shape_of_time(text: str) -> str:
    """The shape of a text that stands where a time should: the digits of a day and time at its start are kept, as in ``31-02-2023``."""
    plain = masked(text)
    time = _TIME.match(plain)
    end = time.end() if time else 0
    return (_LETTER.sub("x", plain[:end]) + shape(plain[end:]))[:40]


def shape_of_value(text: str) -> str:
    """The shape of a value of a column that names no case or person: amounts, counts and days stand as they are written."""
    plain = masked(text)
    return plain[:40] if _NUMBER.fullmatch(plain) else shape_of_time(plain)
