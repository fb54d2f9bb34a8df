"""What an example may show, how exactly, and in which order it is given up until what is left fits enough cases."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal

from logsyn.validator.database.sql import identifier
from logsyn.validator.findings.plain import plain

if TYPE_CHECKING:
    from logsyn.validator.record import Value

Kind = Literal["time", "span", "value", "text"]

DAYS = (-365, -90, -30, -7, -1, 0, 1, 3, 7, 15, 31, 90, 365, 3650)
COARSE_DAYS = (0, 31, 365)
SECONDS = (-60, -10, -1, 0, 1, 10, 60, 600, 3600, 86400)
COARSE_SECONDS = (0, 60)
"""From where on a span of time belongs to the next class. An exact one pairs with another time of the same case."""

LIMITS = frozenset(
    {
        "agreed_registration_days",
        "agreed_registration_working_days",
        "agreed_period_days",
        "shortest_days",
        "longest_days",
        "own_limit_days",
    }
)
"""Spans that are agreed, or worked out for an activity as a whole: those of no single case."""

# The least of these is given up first. What the rule is about is the last to go.
TIMES = {"timestamp": (1, 3, 5), "other": (2, 4, 6), "found": (31, 32, 33), "outlying": (53, 54, 55)}
TEAM = 7
SHOWN = range(29, 7, -1)
CONTEXT = 30
FOUND = range(49, 33, -1)
SPAN = (50, 52)
ACTIVITY = 51
SHAPE = 56


@dataclass(frozen=True)
class Detail:
    """One thing that an example may show.

    ``sql``: of it, over the rows that are compared. ``given_up``: a number per level of exactness, the most exact first: the smaller is
    given up sooner. A time has a day, a month and a year, an unreadable text also its shape, and a span a class and a coarser one.
    """

    name: str
    kind: Kind
    sql: str
    given_up: tuple[int, ...]

    @property
    def levels(self) -> tuple[str, ...]:
        """SQL of what two rows must have in common at each level."""
        sql = f"({self.sql})"
        match self.kind:
            case "time":
                return f"{sql}::DATE", f"date_trunc('month', {sql})::DATE", f"date_trunc('year', {sql})::DATE"
            case "span":
                return tuple(_class_in_sql(sql, bounds) for bounds in bounds_of(self.name))
            case "text":
                return sql, _shape_in_sql(sql)
            case "value":
                return (sql,)


def kind_of(name: str, sql_type: str) -> Kind:
    """How a column is made less exact, by its name and its type in DuckDB."""
    if sql_type == "DATE" or sql_type.startswith("TIMESTAMP"):
        return "time"
    if name in LIMITS or sql_type in ("BOOLEAN", "VARCHAR"):
        return "text" if name.endswith("_text") else "value"
    is_span = name.endswith(("_days", "_seconds")) or name.startswith(("days_", "seconds_"))
    return "span" if is_span or sql_type in ("DOUBLE", "FLOAT") else "value"


def detail(name: str, sql_type: str, given_up: tuple[int, ...], column: str | None = None) -> Detail:
    """A detail of a column of this name; ``column``: what it is called in the rows that are compared, if otherwise."""
    kind = kind_of(name, sql_type)
    column = f"compared.{identifier(column or name)}"
    exact = column if kind in ("time", "span") else f"{column}::VARCHAR"
    numbers = {"time": given_up, "span": SPAN, "text": (given_up[0], SHAPE), "value": given_up[:1]}
    return Detail(name, kind, exact, numbers[kind])


def bounds_of(name: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Where the classes of a span begin, and the coarser ones, in its own unit."""
    return (SECONDS, COARSE_SECONDS) if "seconds" in name else (DAYS, COARSE_DAYS)


def class_of(value: float, bounds: tuple[int, ...]) -> str:
    """The class of a span, as ``15..31``: from the first on, and less than the second; ``3650..`` has no end."""
    place = bisect_right(bounds, value)
    least = bounds[place - 1] if place else ""
    return f"{least}..{bounds[place] if place < len(bounds) else ''}"


def told_as(value: Any, kind: Kind, level: int, name: str) -> Value:
    """A time or span as exactly as a level says: ``2023-04-12``, ``2023-04`` or ``2023``, and ``15..31``."""
    if value is None:
        return None
    if kind == "time" and isinstance(value, (date, datetime)):
        return value.strftime("%Y-%m-%d").rjust(10, "0")[: (10, 7, 4)[level]]
    if kind == "span":
        return class_of(float(value), bounds_of(name)[level])
    return plain(value)


def _class_in_sql(sql: str, bounds: tuple[int, ...]) -> str:
    cases = " ".join(f"WHEN {sql} < {bound} THEN {at}" for at, bound in enumerate(bounds))
    return f"CASE WHEN {sql} IS NULL THEN NULL {cases} ELSE {len(bounds)} END"


def _shape_in_sql(sql: str) -> str:
    return f"regexp_replace(regexp_replace({sql}, '\\p{{L}}', 'x', 'g'), '[0-9]', '9', 'g')"
