"""Rows that were counted such that groups of them add up: rows, and whose they are, by bits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from logsyn.validator.disclosure.size import Size

if TYPE_CHECKING:
    from collections.abc import Mapping

    import duckdb

BITS: Final = 64

_EMPLOYEES = """
CREATE OR REPLACE TABLE employees AS
SELECT resource, (row_number() OVER (ORDER BY team NULLS LAST, resource))::INTEGER AS employee_no
FROM (SELECT resource, min(team::VARCHAR) AS team FROM event_facts
  WHERE resource IS NOT NULL AND resource::VARCHAR NOT IN (SELECT resource FROM system_resources) GROUP BY ALL)"""


def _bits(number: str) -> str:
    """SQL of the bits of the distinct numbers in a group, two ways: what shares a bit in one seldom does so in the other."""
    once, again = (
        f"coalesce(bit_or(1::UBIGINT << ({by} % {BITS})::UTINYINT), 0)" for by in (number, f"{number} // {BITS}")
    )
    return f"{once} AS {number}_bits, {again} AS {number}_bits_again"


GATHERED: Final = (
    f"count(*) AS rows, bit_xor(hash(row_id)) AS rows_are, {_bits('case_no')}, "
    f"count(*) FILTER (case_no IS NULL) AS without_case, {_bits('employee_no')}"
)
"""SQL of what is counted of rows with ``row_id``, ``case_no`` and ``employee_no``."""

_BIT_COLUMNS = ("case_no_bits", "case_no_bits_again", "employee_no_bits", "employee_no_bits_again")

ADDED: Final = (
    "sum(rows)::BIGINT AS rows, bit_xor(rows_are) AS rows_are, sum(without_case)::BIGINT AS without_case, "
    + ", ".join(f"bit_or({name}) AS {name}" for name in _BIT_COLUMNS)
)
"""SQL that adds up what was so counted of groups that share no row."""


def number_employees(connection: duckdb.DuckDBPyConnection) -> None:
    """Create ``employees``: a number for each employee who is no system user. Those of one team follow each other, so that they share no bits."""
    connection.execute(_EMPLOYEES)


@dataclass(frozen=True)
class Gathered:
    """Rows that were counted together, as columns of ``GATHERED`` tell.

    ``rows_are``: a checksum that tells which rows they are. ``cases`` and ``people`` have a bit for each distinct one, two ways; ``people``
    is None where the extract names no employees.
    """

    rows: int
    rows_are: int
    cases: tuple[int, int]
    without_case: int
    people: tuple[int, int] | None

    @property
    def size(self) -> Size:
        """How large the group is.

        Distinct cases and employees are the most that either way of counting tells apart: a group is never taken for larger than it is, and for
        smaller than five hardly ever.
        """
        people = None if self.people is None else _most(self.people)
        return Size(self.rows, _most(self.cases) + self.without_case, people)

    def with_those_of(self, other: Gathered) -> Gathered:
        """Both together; they share no row."""
        return Gathered(
            self.rows + other.rows,
            self.rows_are ^ other.rows_are,
            _both(self.cases, other.cases),
            self.without_case + other.without_case,
            None if self.people is None or other.people is None else _both(self.people, other.people),
        )


def nothing_gathered(*, has_people: bool) -> Gathered:
    """No rows."""
    return Gathered(0, 0, (0, 0), 0, (0, 0) if has_people else None)


def gathered_of(row: Mapping[str, Any], *, has_people: bool) -> Gathered:
    """What a row of such a query tells. ``has_people``: the extract names employees."""
    cases, again, people, people_again = (row[name] for name in _BIT_COLUMNS)
    known = (people, people_again) if has_people else None
    return Gathered(row["rows"], row["rows_are"], (cases, again), row["without_case"], known)


def _most(bits: tuple[int, int]) -> int:
    return max(bits[0].bit_count(), bits[1].bit_count())


def _both(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    return one[0] | other[0], one[1] | other[1]
