"""The grain of a check: what must be looked at together to tell which rows fail it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from logsyn.expectations.catalogue import Check

Grain = Literal["case", "resource", "label", "log"]
"""``case``: the rows of one case, together with what is declared (suite, practice, as-of day, source profile) and how the columns
were read. ``resource``: all rows of one employee. ``label``: all rows of one activity. ``log``: all rows.

Whatever can be told from one row alone is of grain ``case``. ``mostly`` and the counts do not matter here: they are of the whole
log, and add up.
"""

GRAINS: frozenset[str] = frozenset(get_args(Grain))
"""The words themselves."""


def joined(grains: Iterable[Grain | None]) -> Grain | None:
    """The grain of what needs all of these; None, which one row can tell, asks for nothing.

    Two different ones together ask for the log: a case and an employee have no rows in common but by chance.
    """
    different = {grain for grain in grains if grain is not None}
    return min(different) if len(different) == 1 else "log" if different else None


def grain_with(check: Check, given: Mapping[str, Any]) -> Grain:
    """The grain of a check with some parameters: what they say of it, else what the check says."""
    said: list[Grain | None] = []
    for name, kind in check.parameters.items():
        value = given[name]
        if value is not None:
            said.append(kind.grain)
            said += map(kind.grain_of_choice, (value if isinstance(value, list) else [value]) if kind.choices else ())
    return joined(said) or check.grain
