"""Owns one activity in the guide: what it means, when and by whom it is registered, how far ahead it may end; team by team."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from logsyn.expectations.practice import for_team, limit_of
from logsyn.reports.views.due import due, example

if TYPE_CHECKING:
    from collections.abc import Callable

    from logsyn.expectations.practice import AgreedActivity, Practice
    from logsyn.expectations.text import Text
    from logsyn.reports.wording import Wording


@dataclass(frozen=True)
class Said:
    """What the practice says; ``decided`` is false where it leaves something to be agreed, and the text says so.

    ``note`` is an example, or empty.
    """

    words: str
    decided: bool
    note: str = ""


@dataclass(frozen=True)
class AgreedAnswer:
    """What holds for ``team``; empty when it holds for all. ``named``: the team is the practice's word, not ours."""

    team: str
    named: bool
    said: Said


@dataclass(frozen=True)
class Entry:
    """One activity. ``kind``: planned ahead, or a period; ``robots``: the system users that register it, too."""

    anchor: str
    activity: str
    about: str
    why: str
    kind: str
    robots: tuple[str, ...]
    meanings: tuple[AgreedAnswer, ...]
    deadlines: tuple[AgreedAnswer, ...]
    who: tuple[AgreedAnswer, ...]
    endings: tuple[AgreedAnswer, ...]


def entry(label: str, anchor: str, practice: Practice, wording: Wording) -> Entry:
    """An activity of the practice as the guide tells it."""
    activity = practice.activities[label]
    teams = [*sorted(activity.teams() | practice.default.teams()), None]

    def answers(say: Callable[[str | None], Said]) -> tuple[AgreedAnswer, ...]:
        return _answers({team: say(team) for team in teams}, wording)

    return Entry(
        anchor=anchor,
        activity=label,
        about=words(activity.about, wording),
        why=words(activity.why, wording),
        kind=_kind(activity, wording),
        robots=tuple(name for name in practice.system_users() if label in practice.resources[name].activities),
        meanings=answers(lambda team: _meaning(activity, team, wording)),
        deadlines=answers(lambda team: _deadline(activity, team, practice, wording)),
        who=answers(lambda team: _who(activity, team, practice, wording)),
        endings=answers(lambda team: _ending(activity, team, wording)) if activity.period else (),
    )


def words(text: Text | None, wording: Wording) -> str:
    """A text of the practice in the language of the page; empty when there is none."""
    return "" if text is None else text.in_language(wording.lang)


def who_registers(activity: AgreedActivity, team: str | None, practice: Practice) -> Text | None:
    """The role that registers: the team's own for the activity, else the one that holds for everything."""
    return for_team(activity.registered_by, team) or for_team(practice.default.registered_by, team)


def _answers(by_team: dict[str | None, Said], wording: Wording) -> tuple[AgreedAnswer, ...]:
    """The answers of the teams for which something special holds, then that for all others."""
    others = by_team[None]
    special = [AgreedAnswer(team, named=True, said=said) for team, said in by_team.items() if team and said != others]
    return (*special, AgreedAnswer(wording.gettext("Other teams") if special else "", named=False, said=others))


def _meaning(activity: AgreedActivity, team: str | None, wording: Wording) -> Said:
    return _said(for_team(activity.meaning, team), wording.gettext("Not described yet"))


def _deadline(activity: AgreedActivity, team: str | None, practice: Practice, wording: Wording) -> Said:
    if activity.planned:
        return Said(wording.gettext("When it is arranged, so before it takes place"), decided=True)
    limit = practice.limit(activity, team)
    if limit is None:
        return Said(wording.gettext("Not agreed yet"), decided=False)
    usual = limit_of(practice.default, None)
    return Said(due(limit, wording), decided=True, note=example(limit, wording) if limit != usual else "")


def _who(activity: AgreedActivity, team: str | None, practice: Practice, wording: Wording) -> Said:
    return _said(words(who_registers(activity, team, practice), wording), wording.gettext("Nobody is named yet"))


def _ending(activity: AgreedActivity, team: str | None, wording: Wording) -> Said:
    days = for_team(activity.planned_end_within_days, team)
    limit = None if days is None else wording.gettext("Always, and at most %(span)s ahead", span=wording.days(days))
    return _said(limit, wording.gettext("Always; how far ahead it may lie is not agreed yet"))


def _said(text: str | None, otherwise: str) -> Said:
    return Said(text, decided=True) if text else Said(otherwise, decided=False)


def _kind(activity: AgreedActivity, wording: Wording) -> str:
    if activity.planned:
        return wording.gettext("Planned ahead")
    return wording.gettext("Period") if activity.period else ""
