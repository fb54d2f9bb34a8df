"""SQL that counts whose rows those of a group are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from logsyn.validator.disclosure.size import Size

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

PERSON = "CASE WHEN resource::VARCHAR NOT IN (SELECT resource FROM system_resources) THEN resource END"
"""The employee who registered a row; NULL where nobody is named, or a system user is."""

ROWS_ARE = "bit_xor(hash(row_id))"
"""A checksum of row numbers: groups with the same one, and as many rows, are the same rows."""


def person(have: Collection[str]) -> str:
    """SQL of the employee of a row in ``event_facts``; NULL where the extract names none."""
    return PERSON if "resource" in have else "NULL::VARCHAR"


def sizes(have: Collection[str], of: str = "", where: str = "true") -> str:
    """SQL of the aggregates that ``size_of`` reads, over rows with ``case_no`` and ``person``.

    A row without a case may belong to any, and counts as one of its own.

    Args:
        have: the columns of events that mean something.
        of: what the names of the columns begin with, so that a query can tell several sizes.
        where: SQL of the rows that are counted.
    """
    employees = f"count(DISTINCT person) FILTER ({where})" if "resource" in have else "NULL::BIGINT"
    cases = f"count(DISTINCT case_no) FILTER ({where}) + count(*) FILTER ({where} AND case_no IS NULL)"
    return f"count(*) FILTER ({where}) AS {of}rows, {cases} AS {of}cases, {employees} AS {of}employees"


def size_of(row: Mapping[str, Any], of: str = "") -> Size:
    """The size that a row of such a query tells."""
    return Size(row[f"{of}rows"], row[f"{of}cases"], row[f"{of}employees"])
