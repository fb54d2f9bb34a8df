"""How large a group of rows is: rows, distinct cases, distinct employees; and when it is too small to be shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

SMALL: Final = 5
"""A group under this size is not shown (Danmarks Statistik hides under 3, other uses under 5)."""


@dataclass(frozen=True)
class Size:
    """Rows of a group, and whose they are.

    ``cases``: distinct cases, where each row without one counts as a case of its own. ``employees``: distinct employees who registered
    the rows, system users left out; None where the extract names none, 0 where it names none for these rows.
    """

    rows: int
    cases: int
    employees: int | None

    @property
    def is_small(self) -> bool:
        """Whether the group has from 1 to 4 rows, cases or employees."""
        return self.rows > 0 and (is_small(self.rows) or is_small(self.cases) or is_small(self.employees or 0))

    def plus(self, other: Size) -> Size:
        """The size of both together, where they share no case and no employee."""
        return Size(self.rows + other.rows, self.cases + other.cases, (self.employees or 0) + (other.employees or 0))


def is_small(count: int, small: int = SMALL) -> bool:
    """Whether a count must not be shown."""
    return 0 < count < small
