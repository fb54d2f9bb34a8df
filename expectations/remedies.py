"""The remedies: what is to be done to a log before it is analysed, as an ordered list of steps; and each check's default."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, Literal, cast

from pydantic import BeforeValidator, Field, TypeAdapter, model_validator

from logsyn.expectations.catalogue import load_catalogue
from logsyn.expectations.condition import judge_condition
from logsyn.expectations.declaration import Declared, DeclaredText, Name, load
from logsyn.expectations.source import TimeColumn

if TYPE_CHECKING:
    from collections.abc import Mapping

END_COLUMNS = ("planned_end", "end_timestamp")
"""What a period can end with."""

Names = Annotated[list[str], BeforeValidator(lambda value: value if isinstance(value, list) else [value]), Field(min_length=1)]  # fmt: skip


class _RemedyStep(Declared):
    """What all steps share.

    ``where``: columns of ``events`` and the values that a row must have, as in a suite. ``rule``: the rows that fail this
    rule in the audit. Both given: rows for which both hold; none: all rows. ``id`` names the step in every account of what was done;
    ``why`` is for those who read the file.
    """

    id: Name | None = None
    why: str = ""
    where: Annotated[dict[str, Any], BeforeValidator(lambda where: judge_condition(where) if where else {})] = {}
    rule: str | None = None


class _ChosenStep(_RemedyStep):
    """A step that must say which rows it takes."""

    @model_validator(mode="after")
    def _chooses(self) -> _ChosenStep:
        if not self.where and self.rule is None:
            message = "say which rows: give `where`, `rule` or both"
            raise ValueError(message)
        return self


class DropRows(_ChosenStep):
    """Leave rows out."""

    do: Literal["drop-rows"]


class DropCases(_ChosenStep):
    """Leave out every row of the cases that have one of these rows."""

    do: Literal["drop-cases"]


class KeepFirst(_RemedyStep):
    """Of rows that are the same in these columns (``all``: in every column), keep the first; a row that misses one of them is kept."""

    do: Literal["keep-first"]
    same: Annotated[Literal["all"] | Names, Field(union_mode="left_to_right")] = ["case_id", "activity", "timestamp"]

    @model_validator(mode="after")
    def _finds_them_itself(self) -> KeepFirst:
        if self.rule is not None:
            message = "finds the repeated rows by itself; to leave out those that a rule found, use `do: drop-rows`"
            raise ValueError(message)
        return self


OF_PERSONS = frozenset({"case_id", "resource", "text"})
"""Canonical columns that tell of a citizen or an employee."""


class Relabel(_ChosenStep):
    """Give the activity another label: ``to``, or its own with the value of a column behind it (``meaning``: that of the practice)."""

    do: Literal["relabel"]
    to: Annotated[str, Field(min_length=1)] | None = None
    by: str | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Relabel:
        if (self.to is None) == (self.by is None):
            message = "give either `to` (the label) or `by` (the column that divides it)"
            raise ValueError(message)
        if self.by in OF_PERSONS:
            message = (
                f"by {self.by} would write what tells of a person into the labels, which every page and export shows"
            )
            raise ValueError(message)
        return self


class MapLabels(_RemedyStep):
    """Write labels as others. ``tidy``: without stray spaces, and spellings that differ by capitals as the commonest of them."""

    do: Literal["map-labels"]
    labels: dict[str, str] = {}
    tidy: bool = False

    @model_validator(mode="after")
    def _maps(self) -> MapLabels:
        if not self.labels and not self.tidy:
            message = "maps nothing: give `labels` or `tidy: true`"
            raise ValueError(message)
        return self


class EndDate(_RemedyStep):
    """End dates: clipped at the as-of day where they lie behind it (``clip``), or taken out, so that the period is open."""

    do: Literal["end-date"]
    set: Literal["clip", "open"]
    columns: Annotated[list[TimeColumn], Field(min_length=1)] = ["planned_end"]


class UseTime(_RemedyStep):
    """Take the time of one column from another, where that one is filled."""

    do: Literal["use-time"]
    column: TimeColumn = "timestamp"
    from_: TimeColumn = Field(alias="from")


class MergeRows(_RemedyStep):
    """Rows of one case and time become one: the first, labelled ``to`` or with all their labels in alphabetical order."""

    do: Literal["merge-rows"]
    to: Annotated[str, Field(min_length=1)] | None = None


class Blank(_ChosenStep):
    """Take values out; the rows stay."""

    do: Literal["blank"]
    columns: Names


class Pseudonymise(_RemedyStep):
    """Put a keyed hash in the place of each value of a column: the same for the same value, not to be computed without the key."""

    do: Literal["pseudonymise"]
    columns: Names


class RemoveColumn(_RemedyStep):
    """Leave whole columns out."""

    do: Literal["remove-column"]
    columns: Names

    @model_validator(mode="after")
    def _whole(self) -> RemoveColumn:
        if self.where or self.rule:
            message = "a column is removed from all rows; to empty some of them, use `do: blank`"
            raise ValueError(message)
        if needed := sorted({"case_id", "activity", "timestamp"} & set(self.columns)):
            message = f"{needed[0]} is what a log is made of and cannot be removed"
            raise ValueError(message)
        return self


class MaskCpr(_RemedyStep):
    """Mask what has the form of a CPR number, in the texts that hold one (``columns`` [all texts but the case id])."""

    do: Literal["mask-cpr"]
    columns: Names | None = None


Step = Annotated[
    DropRows | DropCases | KeepFirst | Relabel | MapLabels | EndDate | UseTime | MergeRows | Blank | Pseudonymise | RemoveColumn | MaskCpr,
    Field(discriminator="do"),
]  # fmt: skip
_ANY_STEP: TypeAdapter[Any] = TypeAdapter(Step)


class Remedies(Declared):
    """Steps in the order in which they are done; each sees what those before it have left.

    ``suite`` and ``practice``: those whose rules and meanings the steps speak of, where no others are given.
    """

    remedies: Name
    suite: str | None = None
    practice: str | None = None
    title: DeclaredText | None = None
    steps: Annotated[list[Step], Field(min_length=1)]

    @property
    def columns_asked(self) -> frozenset[str]:
        """The columns of events that the conditions of the steps speak of."""
        return frozenset(column for step in self.steps for column in step.where)

    def names(self) -> list[str]:
        """A name for every step, no two alike: its ``id``, else what it does and for which rule."""
        taken: list[str] = []
        for step in self.steps:
            plain = name = step.id or step.do + (f":{step.rule}" if step.rule else "")
            number = 1
            while name in taken:
                number += 1
                name = f"{plain}-{number}"
            taken.append(name)
        return taken


class Defaults(Declared):
    """The remedy of each check that has one, without the rule that it is for."""

    defaults: dict[str, dict[str, Any]]


def load_remedies(path: Path) -> Remedies:
    """Remedies from a YAML file.

    Raises:
        DeclarationError: not found, or not valid remedies; with file and line.
    """
    return load(path, Remedies)


def default_remedy(check: str, rule: str, mapped: frozenset[str], given: Mapping[str, Any] = MappingProxyType({})) -> Step | None:
    """The remedy that is proposed for the rows that fail a rule; None when only people can mend it.

    ``mapped``: the columns that the extract filled; the remedy speaks of no other. ``given``: the parameters of the rule; where another time
    than that of the event is at fault, nothing is proposed, since the event took place all the same.
    """
    asked = _defaults().get(check)
    known = load_catalogue().get(check)
    if asked is None or (known is not None and known.other_time(given)):
        return None
    columns = [name for name in asked.get("columns", []) if name in mapped]
    if "columns" in asked and not columns:
        return None
    narrowed = {**asked, "columns": columns} if columns else asked
    return cast("Step", _ANY_STEP.validate_python({**narrowed, "rule": rule}))


@cache
def _defaults() -> dict[str, dict[str, Any]]:
    return load(Path(str(files("logsyn.expectations") / "remedies" / "defaults.yaml")), Defaults).defaults
