"""Regular expressions and formats of times, judged by the engine that will run them, when they are read."""

from __future__ import annotations

import re
from functools import cache

import duckdb

from logsyn.expectations.errors import shown
from logsyn.expectations.shortening import shortened

_LOOKING_AROUND = ("(?=", "(?!", "(?<=", "(?<!")
_NO_LOOKING_AROUND = (
    "; look-aheads and look-behinds do not exist here: say what must not be there in a condition of its own (`not`), "
    "or with expect_column_values_to_not_match_regex"
)
_WORDS_ONLY = re.compile(r"[\w ,:-]*")
_NO_MEMORY_OF_GROUPS = "; back references do not exist here"


def judge_regex(pattern: str) -> None:
    """Make sure that a regular expression is one for DuckDB (RE2).

    Raises:
        ValueError: it is none, or one that would take too much memory; the sentence says why, as the engine does.
    """
    if _WORDS_ONLY.fullmatch(pattern):
        return
    fault = _fault(f"SELECT regexp_matches('x', {_literal(pattern)})")
    if not fault:
        return
    hint = _NO_LOOKING_AROUND if any(sign in pattern for sign in _LOOKING_AROUND) else ""
    if fault.startswith("invalid escape sequence") and fault[-1:].isdigit():
        hint = _NO_MEMORY_OF_GROUPS
    raise ValueError(f"has a regular expression that the engine cannot run: {shown(pattern)} ({fault}){hint}")


def judge_time_format(form: str) -> None:
    """Make sure that a strptime format is one for DuckDB.

    Raises:
        ValueError: it is none; the sentence says why, as the engine does.
    """
    fault = _fault(f"SELECT try_strptime('', {_literal(form)})")
    if fault:
        example = "an example: %d-%m-%Y %H:%M reads 31-12-2023 09:30"
        raise ValueError(f"{shown(form)} is no format of times ({fault.split(': ')[-1]}); {example}")


@cache
def _fault(query: str) -> str:
    try:
        _engine().execute(query).fetchall()
    except duckdb.Error as error:
        return shortened(str(error).splitlines()[0].removeprefix("Invalid Input Error: "), 200)
    return ""


@cache
def _engine() -> duckdb.DuckDBPyConnection:
    """A connection on nothing, for questions only."""
    engine = duckdb.connect(":memory:", config={"threads": 1, "enable_external_access": False})
    engine.execute("PRAGMA disable_optimizer")  # there is nothing to optimise, and there may be thousands of questions
    return engine


def _literal(text: str) -> str:
    """A quoted text. It is not bound as a parameter, since for that DuckDB imports pandas first."""
    if "\0" in text:
        raise ValueError("must not contain a NUL character")
    return "'" + text.replace("'", "''") + "'"
