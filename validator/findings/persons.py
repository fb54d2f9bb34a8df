"""Which columns may name employees, and how a text about values is told without naming one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from logsyn.expectations.headers import loose, usual_headers
from logsyn.validator.findings.pseudonyms import shape, shape_of_time
from logsyn.validator.personal.masking import masked

if TYPE_CHECKING:
    from logsyn.validator.record import Column

PROTECTED = frozenset({"case_id", "resource", "text"})
"""Canonical columns of which no value is shown, whatever its type."""

_QUOTED = re.compile(r"'([^']*)'")


def names_persons(column: Column) -> bool:
    """Whether a column holds employees, by what it was taken for or, for a kept one, by its header."""
    if column.mapped_by != "kept":
        return column.name == "resource"
    return any(loose(column.header) in tier for tier in usual_headers()["resource"])


def is_protected(name: str) -> bool:
    """Whether no value of a column may be shown, be it a text or a number: it names a case or a person, or holds free text."""
    return name in PROTECTED or any(loose(name) in tier for tier in usual_headers()["resource"])


def without_values(message: str) -> str:
    """A message of an engine in which each quoted text, which may be a value of the log, has become its shape."""
    return _QUOTED.sub(lambda quoted: f"'{shape(quoted[1])}'", masked(message))


def shape_unless_number(text: str) -> str:
    """What an expectation saw of a kept column: numbers (``3; 6``), days and times as they are, any other text as its shape."""
    try:
        [float(part) for part in text.split("; ")]
    except ValueError:
        return shape_of_time(text)
    return masked(text)
