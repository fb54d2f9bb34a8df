"""The scope: the part of a log that an analysis will use, as an ordered list of steps that keep or drop cases and rows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag, model_validator

from logsyn.expectations.condition import judge_condition
from logsyn.expectations.declaration import Declared, DeclaredText, Name, load

if TYPE_CHECKING:
    from pathlib import Path

Where = Annotated[dict[str, Any], BeforeValidator(judge_condition)]
"""Columns of the extract and what a row must have there, as in a suite."""

Activity = Annotated[Any, BeforeValidator(lambda wanted: judge_condition({"activity": wanted})["activity"])]
"""An activity, several of which one will do, or operators (``{starts_with: Samtale}``)."""


class Occurrence(Declared):
    """A place in a case: its first or last row with an activity."""

    first: Activity | None = None
    last: Activity | None = None

    @model_validator(mode="after")
    def _one(self) -> Occurrence:
        if (self.first is None) == (self.last is None):
            message = "give either `first` or `last`, and an activity"
            raise ValueError(message)
        return self

    @property
    def activity(self) -> Any:
        """The activity, as a condition."""
        return self.last if self.first is None else self.first


class Days(Declared):
    """Days from the first to the last, both included; one may be left open with ``null``."""

    first: date | None
    last: date | None

    @model_validator(mode="after")
    def _in_order(self) -> Days:
        if self.first is None and self.last is None:
            message = "give at least one of the two days"
            raise ValueError(message)
        if self.first is not None and self.last is not None and self.first > self.last:
            message = f"the first day ({self.first}) lies after the last ({self.last})"
            raise ValueError(message)
        return self


def _pair(given: object) -> object:
    if isinstance(given, list) and len(given) == 2:
        return {"first": given[0], "last": given[1]}
    if isinstance(given, Days | Mapping):
        return given
    message = "is a list of two days, such as [2022-01-01, 2022-12-31]; null leaves one open"
    raise ValueError(message)


class _ScopingStep(Declared):
    """What all steps share: ``title`` says it in the reports; unless given, it is made of the step."""

    title: DeclaredText | None = None


class _Cases(_ScopingStep):
    """Cases, by one of: an activity that they contain, start or end with; the days between which they start; the value of a row."""

    contain: Activity | None = None
    start_with: Activity | None = None
    end_with: Activity | None = None
    start_between: Annotated[Days, BeforeValidator(_pair)] | None = None
    where: Where | None = None

    @model_validator(mode="after")
    def _one_way(self) -> _Cases:
        ways = ("contain", "start_with", "end_with", "start_between", "where")
        if sum(getattr(self, way) is not None for way in ways) != 1:
            message = f"say which cases with exactly one of: {', '.join(ways)} (further steps narrow it)"
            raise ValueError(message)
        return self


class KeepCases(_Cases):
    """Keep these cases with all their rows that are left; a row without a case id is in no case and goes out."""

    keep: Literal["cases"]


class LeaveOutCases(_Cases):
    """Leave these cases out; a row without a case id is in no case and stays."""

    drop: Literal["cases"]


class KeepRows(_ScopingStep):
    """Keep the rows that meet ``where``, or in each case those ``from`` one place ``to`` another, both included."""

    keep: Literal["rows"]
    where: Where | None = None
    from_: Occurrence | Literal["start"] | None = Field(default=None, alias="from")
    to: Occurrence | Literal["end"] | None = None

    @model_validator(mode="after")
    def _one_way(self) -> KeepRows:
        if (self.where is None) == (self.from_ is None and self.to is None):
            message = "say which rows: give either `where`, or `from` and `to` (one of them will do)"
            raise ValueError(message)
        if self.where is None and not (isinstance(self.from_, Occurrence) or isinstance(self.to, Occurrence)):
            message = "from start to end is every row: give the first or last occurrence of an activity"
            raise ValueError(message)
        return self


class LeaveOutRows(_ScopingStep):
    """Leave the rows out that meet ``where``."""

    drop: Literal["rows"]
    where: Where


def _kind(step: Any) -> str | None:
    given = step if isinstance(step, Mapping) else getattr(step, "__dict__", {})
    found = [f"{verb} {given[verb]}" for verb in ("keep", "drop") if verb in given]
    return found[0] if len(found) == 1 and found[0] in _KINDS else None


_KINDS = ("keep cases", "drop cases", "keep rows", "drop rows")

Step = Annotated[
    Annotated[KeepCases, Tag("keep cases")]
    | Annotated[LeaveOutCases, Tag("drop cases")]
    | Annotated[KeepRows, Tag("keep rows")]
    | Annotated[LeaveOutRows, Tag("drop rows")],
    Discriminator(
        _kind,
        custom_error_type="kind_of_step",
        custom_error_message="a step begins with one of: keep: cases, keep: rows, drop: cases, drop: rows",
    ),
]


class Scope(Declared):
    """Steps in the order in which they are taken; each sees what those before it have left."""

    scope: Name
    title: DeclaredText | None = None
    steps: Annotated[list[Step], Field(min_length=1)]


def load_scope(path: Path) -> Scope:
    """A scope from a YAML file.

    Raises:
        DeclarationError: not found, or not a valid scope; with file and line.
    """
    return load(path, Scope)
