"""The practice: how a municipality has agreed to register, per activity and team."""

from __future__ import annotations

from typing import Annotated, Any, TypeVar

from pydantic import BeforeValidator, Field, model_validator

from expectations.declaration import Declared, Text, load, locate

EVERY_TEAM = "*"
"""The key that stands for all teams that are not named."""

Value = TypeVar("Value")


def _by_team(value: Any) -> Any:
    return value if value is None or isinstance(value, dict) else {EVERY_TEAM: value}


ByTeam = Annotated[dict[str, Value], BeforeValidator(_by_team)]
Days = Annotated[float, Field(ge=0, le=36500)]


class AgreedActivity(Declared):
    """What is agreed for one activity; a value may be one for all teams or a mapping of team to value, ``*`` = the others.

    ``meaning``: what the activity stands for; several different meanings make its label a declared overloaded one.
    ``register_within_days``: days from event to registration. ``planned``: it is dated ahead on purpose.
    ``period``: it lasts, and must have an end, at most ``planned_end_within_days`` ahead.
    """

    meaning: ByTeam[str] = {}
    register_within_days: ByTeam[Days] = {}
    planned: bool = False
    period: bool = False
    planned_end_within_days: ByTeam[Days] = {}


class Default(Declared):
    """What holds where an activity says nothing of its own."""

    register_within_days: ByTeam[Days] = {}


class Practice(Declared):
    """A registration practice: ``activities`` by their exact label."""

    practice: str
    title: Text | None = None
    default: Default = Default()
    activities: dict[str, AgreedActivity] = {}

    @model_validator(mode="after")
    def _says_something(self) -> Practice:
        if not self.activities and not self.default.register_within_days:
            message = "says nothing: give `activities` or a `default`"
            raise ValueError(message)
        return self


def load_practice(name_or_path: str) -> Practice:
    """A built-in practice by its name, or one from a YAML file.

    Raises:
        DeclarationError: not found, or not a valid practice; with file and line.
    """
    return load(locate(name_or_path, "practices"), Practice)
