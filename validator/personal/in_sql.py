"""CPR numbers in the texts of a database: masked by their form, found by their date and century as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from logsyn.validator.database.sql import literal
from logsyn.validator.personal.characters import FOREIGN_DIGITS, PLAIN_DIGITS, TO_BE_MADE_PLAIN, UNSEEN
from logsyn.validator.personal.cpr import FORM, MASKED, MAY_HOLD, TIME_LIKE

if TYPE_CHECKING:
    import duckdb


def sql_of_plain(expression: str) -> str:
    """SQL of a text with digits of all scripts written as 0 to 9, and without what has no width; the same as ``plain`` gives."""
    changed = f"translate({expression}, {literal(FOREIGN_DIGITS + UNSEEN)}, {literal(PLAIN_DIGITS)})"
    return f"CASE WHEN regexp_matches({expression}, {literal(TO_BE_MADE_PLAIN)}) THEN {changed} ELSE {expression} END"


def sql_of_masked(expression: str) -> str:
    """SQL of a text with all that has the form of a CPR number masked, valid or not; the same as ``masked_cpr`` gives."""
    words = sql_of_plain(expression)
    return f"CASE WHEN {sql_of_form(expression)} THEN {_once(_once(words))} ELSE {expression} END"


def sql_of_form(expression: str) -> str:
    """SQL that says whether anything in a text has the form of a CPR number, valid or not."""
    may_hold = f"regexp_matches({expression}, {literal(MAY_HOLD)})"
    return f"({may_hold} AND regexp_matches({sql_of_plain(expression)}, {literal(FORM)}))"


def _once(expression: str) -> str:
    return f"regexp_replace({expression}, {literal(FORM)}, {literal(MASKED)}, 'g')"


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
  {literal(TIME_LIKE)}))"""


def define_has_cpr_number(connection: duckdb.DuckDBPyConnection) -> None:
    """Define ``has_cpr_number(words)`` and ``is_day_and_time(words)`` for SQL.

    The first says whether a number with a valid date and century stands in a text; the second, whether a text of that form,
    with nothing else in it, may as well be a day and a time of day.
    """
    for macro in (_IS_CPR, _DIGITS, _HOLDS, _HAS_CPR, _IS_TIME):
        connection.execute(macro)
