"""Accepted findings: what a municipality knows and accepts for a time, with reason, owner and expiry."""

from __future__ import annotations

import re
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BeforeValidator, Field, field_validator

from logsyn.expectations.declaration import Declared, as_model, line_of, read_yaml
from logsyn.expectations.errors import DeclarationError, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from logsyn.expectations.rule import Rule
    from logsyn.expectations.suite import Suite

ScopeColumn = Literal["team", "activity", "month"]

_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_OF_A_PERSON = re.compile(r"@|\d{6}")


def _as_list(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


def _day(value: Any) -> Any:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        message = "must be a date such as 2026-12-31"
        raise ValueError(message) from error


Values = Annotated[list[str | None], BeforeValidator(_as_list), Field(min_length=1)]
Words = Annotated[str, Field(min_length=1, max_length=400)]


class AcceptedFinding(Declared):
    """One acceptance. ``scope``: the rows that it is about (``null`` = without a value), all when it is left out.

    ``owner`` is the role or team that stands for it, never a person. It holds until the end of the day ``expires``.
    """

    rule: str
    scope: dict[ScopeColumn, Values] = {}
    reason: Words
    owner: Words
    expires: Annotated[date, BeforeValidator(_day)]

    @field_validator("scope")
    @classmethod
    def _months(cls, value: dict[ScopeColumn, list[str | None]]) -> dict[ScopeColumn, list[str | None]]:
        for month in value.get("month", []):
            if month is not None and not _MONTH.fullmatch(month):
                message = f"a month is written like 2023-04 (got {shown(month)})"
                raise ValueError(message)
        return value

    @field_validator("owner")
    @classmethod
    def _no_person(cls, value: str) -> str:
        if _OF_A_PERSON.search(value):
            message = "must be a role or a team, without an e-mail address or a number of a person"
            raise ValueError(message)
        return value


class AcceptedFile(Declared):
    """The YAML of accepted findings."""

    accepted: list[AcceptedFinding]


def load_accepted(path: str | Path, suite: Suite) -> tuple[AcceptedFinding, ...]:
    """The accepted findings of a YAML file, in its order.

    Args:
        path: the file.
        suite: the whole suite, whose rules may be named.

    Raises:
        DeclarationError: unreadable, not valid, a rule that the suite does not have, a scope on a rule that is not about
            events, or the same rule and scope twice; with file and line.
    """
    path = Path(path)
    content = read_yaml(path)
    entries = as_model(content, AcceptedFile, path).accepted
    rules = {rule.id: rule for rule in suite.rules}
    for at, entry in enumerate(entries):
        fault = _fault(entry, rules) or _twice(entry, entries[:at])
        if fault:
            where, problem, hint = fault
            line = line_of(content, ["accepted", at, *where])
            raise DeclarationError(problem, path=path, line=line, hint=hint)
    return tuple(entries)


def _fault(entry: AcceptedFinding, rules: Mapping[str, Rule]) -> tuple[list[str], str, str] | None:
    if entry.rule not in rules:
        near = get_close_matches(entry.rule, rules, n=1)
        hint = f"Did you mean {near[0]}?" if near else f"The suite has: {', '.join(rules)}."
        return ["rule"], f"no rule of the suite is called {shown(entry.rule)}", hint
    table = rules[entry.rule].table
    if entry.scope and table != "events":
        problem = f"a scope needs a rule about events, and {entry.rule} is about {table}"
        return ["scope"], problem, "Accept the whole rule (leave `scope` out), or narrow the rule itself in the suite."
    return None


def _twice(entry: AcceptedFinding, before: list[AcceptedFinding]) -> tuple[list[str], str, str] | None:
    if any((other.rule, other.scope) == (entry.rule, entry.scope) for other in before):
        return ["rule"], f"{entry.rule} is accepted twice for the same scope", "Keep one of the two."
    return None
