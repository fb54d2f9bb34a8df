"""CPR numbers as people write them: the form, by which they are masked, and the date and century, by which they are found.

What is taken for one and what is not: docs/personal-numbers.md. One form serves DuckDB and Python, columns and single texts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from validator.personal.characters import DASHES, SPACES, TO_BE_MADE_PLAIN, plain, sql_of_plain
from validator.sql import literal

if TYPE_CHECKING:
    import duckdb

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

_MASKED = rf"\1\2{MASK}\3"
_COMPILED = re.compile(FORM)


def masked_cpr(text: str) -> str:
    """A text with all that has the form of a CPR number masked, valid or not; the same as ``sql_of_masked`` gives.

    Done twice: of two numbers with one character between them, the first takes that character with it.
    """
    words = plain(text)
    return _COMPILED.sub(_MASKED, _COMPILED.sub(_MASKED, words)) if _COMPILED.search(words) else text


def sql_of_masked(expression: str) -> str:
    """SQL of a text with all that has the form of a CPR number masked, valid or not; the same as ``masked_cpr`` gives."""
    words = sql_of_plain(expression)
    return f"CASE WHEN {sql_of_form(expression)} THEN {_once(_once(words))} ELSE {expression} END"


def sql_of_form(expression: str) -> str:
    """SQL that says whether anything in a text has the form of a CPR number, valid or not."""
    may_hold = f"regexp_matches({expression}, {literal(MAY_HOLD)})"
    return f"({may_hold} AND regexp_matches({sql_of_plain(expression)}, {literal(FORM)}))"


def _once(expression: str) -> str:
    return f"regexp_replace({expression}, {literal(FORM)}, {literal(_MASKED)}, 'g')"


# Day 61-91 is a replacement number. The century follows from the seventh digit and the year (CPR-kontoret, "Personnummeret i
# CPR"). Modulus 11 is no condition: since 2007 numbers may fail it. With four digits of the year, the form has looked at the century.
_IS_CPR = """
CREATE OR REPLACE MACRO is_cpr_number(digits) AS (try_cast(
  (CASE
    WHEN digits[7] IN ('0', '1', '2', '3') THEN '19'
    WHEN digits[7] IN ('4', '9') THEN CASE WHEN digits[5:6] <= '36' THEN '20' ELSE '19' END
    ELSE CASE WHEN digits[5:6] <= '57' THEN '20' ELSE '18' END
  END) || digits[5:6] || '-' || digits[3:4] || '-' ||
  (CASE WHEN digits[1:2] > '60' THEN lpad((digits[1:2]::INTEGER - 60)::VARCHAR, 2, '0') ELSE digits[1:2] END)
  AS DATE) IS NOT NULL)"""
_DIGITS = """
CREATE OR REPLACE MACRO cpr_digits(found) AS
  (regexp_replace(regexp_replace(found, '[^0-9]+', '', 'g'), '^(....)..(......)$', '\\1\\2'))"""
# What is left of two numbers with one character between them, after the first took it, is looked at once more.
_HOLDS = f"""
CREATE OR REPLACE MACRO holds_cpr_number(words) AS (regexp_matches(words, {literal(FORM)}) AND len(list_filter(
  list_concat(regexp_extract_all(words, {literal(FORM)}), regexp_extract_all({_once("words")}, {literal(FORM)})),
  lambda found: is_cpr_number(cpr_digits(found)))) > 0)"""
_HAS_CPR = f"""
CREATE OR REPLACE MACRO has_cpr_number(words) AS (
  regexp_matches(words, {literal(MAY_HOLD)}) AND holds_cpr_number({sql_of_plain("words")}))"""


_IS_TIME = f"""
CREATE OR REPLACE MACRO is_day_and_time(words) AS (regexp_full_match(trim({sql_of_plain("words")}),
  '(?:{_SIX}|{_SIX_IN_PARTS})(?:[01][0-9]|2[0-3])[0-5][0-9]'))"""


def define_has_cpr_number(connection: duckdb.DuckDBPyConnection) -> None:
    """Define ``has_cpr_number(words)`` and ``is_day_and_time(words)`` for SQL.

    The first says whether a number with a valid date and century stands in a text; the second, whether a text of that form,
    with nothing else in it, may as well be a day and a time of day.
    """
    for macro in (_IS_CPR, _DIGITS, _HOLDS, _HAS_CPR, _IS_TIME):
        connection.execute(macro)
