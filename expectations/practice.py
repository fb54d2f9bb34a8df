"""The practice: how a municipality has agreed to register, per activity and team; audited, and printed as a guide."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

from pydantic import BeforeValidator, Field, model_validator

from logsyn.expectations.declaration import Declared, DeclaredText, Name, as_model, line_of, locate, read_yaml
from logsyn.expectations.errors import DeclarationError, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

EVERY_TEAM = "*"
"""The key that stands for all teams that are not named."""

Value = TypeVar("Value")


def _by_team(value: Any) -> Any:
    return value if value is None or isinstance(value, dict) else {EVERY_TEAM: value}


def _in_both(value: Any) -> Any:
    if not isinstance(value, str | dict | DeclaredText):
        message = "must be a text, or one in both languages: {da: …, en: …}"
        raise ValueError(message)  # noqa: TRY004, pydantic tells a ValueError with its place
    return {"da": value, "en": value} if isinstance(value, str) else value


def _words_by_team(value: Any) -> Any:
    languages = {"da", "en"} & set(value) if isinstance(value, dict) else set()
    if languages and len(value) > len(languages):
        message = 'mixes languages and teams: write {Jobklub: …, "*": {da: …, en: …}}'
        raise ValueError(message)
    return {EVERY_TEAM: value} if languages else _by_team(value)


def _written_out(value: Any) -> Any:
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _must_be_system(value: Any) -> Any:
    if value is not True:
        message = "must be `system: true`: a practice names system users, never persons"
        raise ValueError(message)
    return value


def _day_of_year(value: Any) -> Any:
    """A day that is free every year, ``12-24``; a date is that day only."""
    if isinstance(value, str) and _DAY_OF_YEAR.fullmatch(value):
        try:
            date.fromisoformat(f"2024-{value}")  # a leap year: 02-29 is a day, too
        except ValueError as error:
            message = f"{shown(value)} is no day of the year"
            raise ValueError(message) from error
        return value
    if isinstance(value, date):
        return value
    message = f"must be a date, or a month and a day of every year in quotes, such as '12-24' (got {shown(value)})"
    raise ValueError(message)


_DAY_OF_YEAR = re.compile(r"\d\d-\d\d", re.ASCII)

Days = Annotated[float, Field(ge=0, le=36500)]
WorkingDays = Annotated[int, Field(ge=0, le=25000)]
DayOff = Annotated[date | str, BeforeValidator(_day_of_year)]
DaysByTeam = Annotated[dict[str, Days], BeforeValidator(_by_team, json_schema_input_type=Days | dict[str, Days])]
WorkingDaysByTeam = Annotated[
    dict[str, WorkingDays], BeforeValidator(_by_team, json_schema_input_type=WorkingDays | dict[str, WorkingDays])
]
MeaningByTeam = Annotated[dict[str, str], BeforeValidator(_by_team, json_schema_input_type=str | dict[str, str])]
Words = Annotated[DeclaredText, BeforeValidator(_in_both, json_schema_input_type=str | DeclaredText)]
"""A text of the practice: one in both languages, or ``{da: …, en: …}``."""

RoleByTeam = Annotated[
    dict[str, Words], BeforeValidator(_words_by_team, json_schema_input_type=str | DeclaredText | dict[str, str | DeclaredText])
]
"""Who does something: a role or a team in free words, never a person."""


class AgreedActivity(Declared):
    """What is agreed for one activity; a value may be one for all teams or a mapping of team to value, ``*`` = the others.

    ``meaning``: what the activity stands for; several different meanings make its label a declared overloaded one.
    ``register_within_days``: days from event to registration; or ``register_within_working_days``: working days after the day of the event
    up to and including that of the registration. ``registered_by``: the role or team that registers it.
    ``planned``: it is dated ahead on purpose. ``period``: it lasts, and must have an end, at most
    ``planned_end_within_days`` ahead. ``group``: the chapter of the guide it stands in. ``about``: what a new colleague
    should know. ``why``: what the registration is needed for.
    """

    group: Words | None = None
    about: Words | None = None
    why: Words | None = None
    meaning: MeaningByTeam = {}
    register_within_days: DaysByTeam = {}
    register_within_working_days: WorkingDaysByTeam = {}
    registered_by: RoleByTeam = {}
    planned: bool = False
    period: bool = False
    planned_end_within_days: DaysByTeam = {}

    def teams(self) -> set[str]:
        """The teams that are named for this activity."""
        limits = (self.register_within_days, self.register_within_working_days, self.planned_end_within_days)
        said = (self.meaning, self.registered_by, *limits)
        return {team for by_team in said for team in by_team} - {EVERY_TEAM}


class Default(Declared):
    """What holds where an activity says nothing of its own."""

    register_within_days: DaysByTeam = {}
    register_within_working_days: WorkingDaysByTeam = {}
    registered_by: RoleByTeam = {}

    def teams(self) -> set[str]:
        """The teams that are named here."""
        said = (self.register_within_days, self.register_within_working_days, self.registered_by)
        return {team for by_team in said for team in by_team} - {EVERY_TEAM}


@dataclass(frozen=True)
class Limit:
    """How soon something is to be registered: in days that all count, or in working days."""

    days: float
    working: bool = False


BEFORE = Limit(0)
"""That of what is planned ahead, when nothing else is said of it: before it takes place."""


class Resource(Declared):
    """A system user (a robot, an integration) that registers, too, by its name in the extract. Never a person.

    ``about``: what it does. ``activities``: what it registers; empty = not said.
    """

    system: Annotated[Literal[True], BeforeValidator(_must_be_system)]
    about: Words | None = None
    activities: list[str] = []


class Practice(Declared):
    """A registration practice: ``activities`` by their exact label, ``resources`` by their exact name.

    ``days_off``: days that are no working days, beside weekends and Danish public holidays: dates, or ``12-24`` of every year.

    The rest is for people: ``about`` and ``why`` open the guide; ``owner`` and ``contact`` are roles; ``valid_from``,
    ``version`` and ``review_by`` (the day it is looked at again) tell which practice it is.
    """

    practice: Name
    title: DeclaredText | None = None
    about: Words | None = None
    why: Words | None = None
    owner: Words | None = None
    contact: Words | None = None
    version: Annotated[str | None, BeforeValidator(_written_out, json_schema_input_type=str | float | None)] = None
    valid_from: date | None = None
    review_by: date | None = None
    default: Default = Default()
    days_off: list[DayOff] = []
    activities: dict[str, AgreedActivity] = {}
    resources: dict[str, Resource] = {}

    @model_validator(mode="after")
    def _says_something(self) -> Practice:
        limits = self.default.register_within_days or self.default.register_within_working_days
        if not self.activities and not limits:
            message = "says nothing: give `activities` or a `default`"
            raise ValueError(message)
        return self

    def system_users(self) -> list[str]:
        """The names of the system users, as they stand in the extract."""
        return sorted(self.resources)

    def teams(self) -> set[str]:
        """The teams that are named anywhere."""
        return self.default.teams().union(*(activity.teams() for activity in self.activities.values()))

    def limit(self, activity: AgreedActivity | None, team: str | None) -> Limit | None:
        """How soon a team is to register an activity: by what is agreed for that activity, else by the default; None: nothing is agreed.

        The default is not for what is planned ahead: it is registered when it is arranged, so before it takes place, unless it has a limit of its own.
        """
        own = limit_of(activity, team) if activity is not None else None
        if own is not None:
            return own
        return BEFORE if activity is not None and activity.planned else limit_of(self.default, team)

    def speaks_of_working_days(self) -> bool:
        """Whether any limit is in working days."""
        by_team = [activity.register_within_working_days for activity in self.activities.values()]
        return any([self.default.register_within_working_days, *by_team])


def load_practice(name_or_path: str) -> Practice:
    """A built-in practice by its name, or one from a YAML file.

    Raises:
        DeclarationError: not found, or not a valid practice; with file and line.
    """
    path = locate(name_or_path, "practices")
    content = read_yaml(path)
    practice = as_model(content, Practice, path)
    for where, problem in _contradictions(practice):
        raise DeclarationError(problem, path=path, line=line_of(content, where))
    return practice


def for_team(by_team: Mapping[str, Value], team: str | None) -> Value | None:
    """The value for a team: its own, else the one for every team that is not named."""
    return by_team[team] if team is not None and team in by_team else by_team.get(EVERY_TEAM)


def limit_of(said: AgreedActivity | Default, team: str | None) -> Limit | None:
    """What is said of a team in one place, in either unit; None: nothing."""
    days = for_team(said.register_within_days, team)
    working_days = for_team(said.register_within_working_days, team)
    if working_days is not None:
        return Limit(working_days, working=True)
    return None if days is None else Limit(days)


def _contradictions(practice: Practice) -> Iterator[tuple[list[str | int], str]]:
    """What is valid part by part and cannot hold together, with its place."""
    said: list[tuple[list[str | int], AgreedActivity | Default]] = [(["default"], practice.default)]
    said += [(["activities", label], activity) for label, activity in practice.activities.items()]
    for where, agreed in said:
        if agreed.register_within_days and agreed.register_within_working_days:
            yield [*where, "register_within_working_days"], "stands beside `register_within_days`: agree on one of them"
    for name, resource in practice.resources.items():
        for place, activity in enumerate(resource.activities):
            if activity not in practice.activities:
                yield ["resources", name, "activities", place], f"{shown(activity)} is not among `activities`"
    if practice.valid_from and practice.review_by and practice.review_by < practice.valid_from:
        yield ["review_by"], "lies before `valid_from`"
