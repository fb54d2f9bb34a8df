"""Which columns may name employees or hold personal data, and how a text about values is told without naming one."""

from __future__ import annotations

import re
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from logsyn.expectations.headers import loose, usual_headers
from logsyn.validator.derive.column_content import column_contents
from logsyn.validator.findings.shapes import shape, shape_of_time
from logsyn.validator.personal.columns import judge
from logsyn.validator.personal.masking import masked
from logsyn.validator.personal.persons import named_by_header

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import duckdb

    from logsyn.validator.record import Column, PersonalData

PROTECTED = frozenset({"case_id", "resource", "text"})
"""Canonical columns of which no value is shown, whatever its type."""

_NAMING: ContextVar[frozenset[str]] = ContextVar("columns whose values name persons", default=frozenset())

_QUOTED = re.compile(r"'([^']*)'")


def names_persons(column: Column) -> bool:
    """Whether a column holds employees: as it was mapped or, for a kept one, by its header or its values (``Column.persons``)."""
    return column.name == "resource" if column.mapped_by != "kept" else column.persons == "employees" or is_employee(column.header)


def may_list_values(column: Column) -> bool:
    """Whether the values of a column may be listed: it names nobody."""
    return not names_persons(column) and column.persons is None


def is_employee(header: str) -> bool:
    """Whether a header says that employees stand below it: one that is usual, or one whose words say so."""
    return named_by_header(header) == "employees" or any(loose(header) in tier for tier in usual_headers()["resource"])


@contextmanager
def protecting(columns: Sequence[Column]) -> Iterator[None]:
    """Within it, ``is_protected`` knows the kept columns of this extract that name persons by their values, too."""
    token = _NAMING.set(frozenset(column.name for column in columns if column.mapped_by == "kept" and not may_list_values(column)))
    try:
        yield
    finally:
        _NAMING.reset(token)


def is_protected(name: str) -> bool:
    """Whether no value of a column may be shown, be it a text or a number: it names a case or a person, or holds free text.

    Outside ``protecting`` the name of the column is all that is known.
    """
    return name in PROTECTED or name in _NAMING.get() or named_by_header(name) is not None or is_employee(name)


def personal_data(connection: duckdb.DuckDBPyConnection, columns: Sequence[Column]) -> dict[str, PersonalData]:
    """Of each column of ``rows``, by its name, whether it holds personal data, and why; never nothing."""
    contents = column_contents(connection, columns)
    return {column.name: judge(column, contents[column.name]) for column in columns}


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
