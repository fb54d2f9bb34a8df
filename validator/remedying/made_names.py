"""The names that a relabelling made: what the practice agrees on for an activity holds for the names made of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from logsyn.expectations.practice import EVERY_TEAM, for_team
from logsyn.validator.database.answers import records

if TYPE_CHECKING:
    from collections.abc import Sequence

    from logsyn.expectations.practice import AgreedActivity, Practice
    from logsyn.expectations.remedies import Remedies
    from logsyn.validator.tables.overlay import Overlay

_MADE = """
SELECT new.value AS name, rows.activity::VARCHAR AS label, list(DISTINCT team::VARCHAR ORDER BY team::VARCHAR) AS teams
FROM {activity} AS new JOIN rows USING (row_id) WHERE starts_with(new.value, rows.activity::VARCHAR || ' (') GROUP BY ALL ORDER BY ALL"""

_LEFT = "SELECT DISTINCT activity::VARCHAR FROM ({now}) WHERE activity IS NOT NULL"


@dataclass(frozen=True)
class MadeName:
    """A name that a step ``relabel: by`` has made, ``Conversation (Team A)``, the label that it was made of, and the teams that it is left with."""

    name: str
    label: str
    teams: Sequence[str]


def made_names(overlay: Overlay, remedies: Remedies) -> tuple[MadeName, ...]:
    """The names that the steps so far have made; a name that somebody chose is none."""
    activity = overlay.changed.get("activity")
    if activity is None or not any(step.do == "relabel" and step.by for step in remedies.steps):
        return ()
    return tuple(MadeName(**row) for row in records(overlay.connection.execute(_MADE.format(activity=activity))))


def labels_left(overlay: Overlay) -> frozenset[str]:
    """The labels of the log as it is after the steps so far."""
    now = overlay.current(["activity"])
    return frozenset(label for (label,) in overlay.connection.execute(_LEFT.format(now=now)).fetchall())


def practice_with(practice: Practice, made: Sequence[MadeName], left: frozenset[str]) -> Practice:
    """The practice of a relabelled log: what is agreed on for a label holds for the names made of it, and a label that is all gone is no longer asked for."""
    agreed = practice.activities
    named = {one.name: _agreed_of(one, agreed[one.label]) for one in made if one.label in agreed and one.name not in agreed}
    registered = {label for resource in practice.resources.values() for label in resource.activities}
    gone = {one.label for one in made if one.label not in left} - registered
    kept = {label: activity for label, activity in agreed.items() if label not in gone}
    return practice.model_copy(update={"activities": kept | named})


def _agreed_of(made: MadeName, agreed: AgreedActivity) -> AgreedActivity:
    """What is agreed on for a label, with the meanings that it has among the teams of a name made of it."""
    by_team = {team: for_team(agreed.meaning, team) for team in made.teams or [EVERY_TEAM]}
    meanings = {team: meaning for team, meaning in by_team.items() if meaning is not None}
    if len(set(meanings.values())) == 1:
        meanings = {EVERY_TEAM: next(iter(meanings.values()))}
    return agreed.model_copy(update={"meaning": meanings})
