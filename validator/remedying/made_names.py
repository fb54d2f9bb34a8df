"""The names that remedies made of others: what the practice and the rules say of an activity holds for the names made of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from logsyn.expectations.practice import EVERY_TEAM, for_team
from logsyn.validator.database.answers import records

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from logsyn.expectations.practice import AgreedActivity, Practice
    from logsyn.expectations.remedies import Remedies
    from logsyn.expectations.rule import Rule
    from logsyn.validator.tables.overlay import Overlay

_NEW = """
SELECT new.value AS name, rows.activity::VARCHAR AS label, list(DISTINCT team::VARCHAR ORDER BY team::VARCHAR) AS teams
FROM {activity} AS new JOIN rows USING (row_id) WHERE new.value <> rows.activity::VARCHAR GROUP BY ALL ORDER BY ALL"""

_LABELS = "SELECT DISTINCT activity::VARCHAR FROM ({rows}) WHERE activity IS NOT NULL"

JOINED = " + "
"""Stands between the labels of rows that were merged."""


@dataclass(frozen=True)
class MadeName:
    """A name that ``relabel: by`` or ``merge-rows`` has made, ``Conversation (Team A)`` or ``Letter + Decision``.

    ``label``: that of the row which has it now. ``parts``: the labels that it was made of, that one among them. ``teams``: of the rows that have it.
    """

    name: str
    label: str
    teams: Sequence[str]
    parts: Sequence[str]


@dataclass(frozen=True)
class Made:
    """The names that were made, and the labels of the log with them."""

    names: Sequence[MadeName] = ()
    left: frozenset[str] = frozenset()


def made_names(overlay: Overlay, remedies: Remedies) -> Made:
    """The names that the steps so far have made; a name that somebody chose (``to``, ``map-labels``) is none."""
    activity = overlay.changed.get("activity")
    divides = any(step.do == "relabel" and step.by for step in remedies.steps)
    joins = any(step.do == "merge-rows" and not step.to for step in remedies.steps)
    if activity is None or not (divides or joins):
        return Made()
    before = _labels(overlay, "SELECT activity FROM rows")
    found = []
    for row in records(overlay.connection.execute(_NEW.format(activity=activity))):
        parts = _parts_of(row["name"], before, divides=divides) if joins else [_part_of(row["name"], before, divides=divides)]
        known = [part for part in parts if part is not None]
        if len(known) == len(parts) and row["label"] in known:
            found.append(MadeName(**row, parts=known))
    return Made(found, _labels(overlay, overlay.current(["activity"])))


def _labels(overlay: Overlay, rows: str) -> frozenset[str]:
    return frozenset(label for (label,) in overlay.connection.execute(_LABELS.format(rows=rows)).fetchall())


def _parts_of(name: str, labels: Collection[str], *, divides: bool) -> list[str | None]:
    """The labels that a name was made of, from its beginning, each as long as may be, since a label may have the sign between them itself."""
    pieces, longest = name.split(JOINED), 1 + max((label.count(JOINED) for label in labels), default=0)
    parts: list[str | None] = []
    while pieces:
        for taken in range(min(longest, len(pieces)), 0, -1):
            part = _part_of(JOINED.join(pieces[:taken]), labels, divides=divides)
            if part is not None or taken == 1:
                parts.append(part)
                pieces = pieces[taken:]
                break
    return parts


def _part_of(name: str, labels: Collection[str], *, divides: bool) -> str | None:
    """The label that a name, or a part of it, stands for: itself, or the one with something in brackets behind it."""
    if name in labels:
        return name
    at = name.rfind(" (") if divides and name.endswith(")") else -1
    while at > 0:
        if name[:at] in labels:
            return name[:at]
        at = name.rfind(" (", 0, at)
    return None


def practice_with(practice: Practice, made: Made) -> Practice:
    """The practice of the remedied log: what is agreed on for a label holds for the names made of it, and a label that is all gone is no longer asked for.

    A name made of several labels is known when all of them are; for it holds what is agreed on for the row that has it.
    """
    agreed = practice.activities
    named = {
        one.name: _agreed_of(one, agreed[one.label])
        for one in made.names
        if one.name not in agreed and all(part in agreed for part in one.parts)
    }
    registered = {label for resource in practice.resources.values() for label in resource.activities}
    gone = {part for one in made.names for part in one.parts if part not in made.left} - registered
    kept = {label: activity for label, activity in agreed.items() if label not in gone}
    return practice.model_copy(update={"activities": kept | named})


def _agreed_of(made: MadeName, agreed: AgreedActivity) -> AgreedActivity:
    """What is agreed on for a label, with the meanings that it has among the teams of a name made of it."""
    by_team = {team: for_team(agreed.meaning, team) for team in made.teams or [EVERY_TEAM]}
    meanings = {team: meaning for team, meaning in by_team.items() if meaning is not None}
    if len(set(meanings.values())) == 1:
        meanings = {EVERY_TEAM: next(iter(meanings.values()))}
    return agreed.model_copy(update={"meaning": meanings})


def rules_with(rules: Sequence[Rule], made: Made) -> tuple[Rule, ...]:
    """The rules of the remedied log: a condition on an activity holds for the names made of it, and of a label that is all gone for these alone."""
    names: dict[str, list[str]] = {}
    for one in made.names:
        for part in one.parts:
            names.setdefault(part, []).append(one.name)
    named = {label: [*([label] if label in made.left else []), *some] for label, some in names.items()}
    return tuple(replace(rule, where=_condition_with(rule.where, named)) if "activity" in rule.where else rule for rule in rules)


def _condition_with(where: Mapping[str, Any], names: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    wanted = where["activity"]
    if isinstance(wanted, dict):
        wanted = {operator: _values_with(operand, names) if operator == "not" else operand for operator, operand in wanted.items()}
    else:
        wanted = _values_with(wanted, names)
    return {**where, "activity": wanted}


def _values_with(values: Any, names: Mapping[str, Sequence[str]]) -> Any:
    listed = values if isinstance(values, list) else [values]
    return list(dict.fromkeys(name for value in listed for name in names.get(str(value), [value])))
