"""What the practice says of each combination of activity and team in the log: the table ``pairs``."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from expectations.practice import EVERY_TEAM, AgreedActivity

if TYPE_CHECKING:
    from collections.abc import Mapping

    import duckdb

    from expectations.practice import Practice

Value = TypeVar("Value")


def practice_facts(practice: Practice | None) -> frozenset[str]:
    """Which parts of the practice say something: ``practice:activities``, ``:registration``, ``:period``, ``:period_end``."""
    if practice is None:
        return frozenset()
    agreed = practice.activities.values()
    says = {
        "practice:activities": bool(practice.activities),
        "practice:registration": bool(practice.default.register_within_days)
        or any(a.register_within_days for a in agreed),
        "practice:period": any(activity.period for activity in agreed),
        "practice:period_end": any(activity.planned_end_within_days for activity in agreed),
    }
    return frozenset(part for part, said in says.items() if said)


def create_pairs(connection: duckdb.DuckDBPyConnection, practice: Practice | None) -> None:
    """Create ``pairs``: one row per activity and team of ``rows``, with what is agreed for them."""
    connection.execute("CREATE TABLE IF NOT EXISTS system_resources (resource VARCHAR)")
    connection.execute(
        "CREATE TABLE pairs AS SELECT (row_number() OVER (ORDER BY activity NULLS FIRST, team NULLS FIRST))::INTEGER AS pair_no, "
        "activity, team, events FROM (SELECT activity, team, count(*) AS events FROM rows GROUP BY ALL)"
    )
    connection.execute(
        "CREATE TABLE agreements (pair_no INTEGER, in_practice BOOLEAN, is_planned BOOLEAN, is_period BOOLEAN, "
        "agreed_registration_days DOUBLE, agreed_period_days DOUBLE, meaning VARCHAR)"
    )
    pairs = connection.execute("SELECT pair_no, activity, team FROM pairs ORDER BY pair_no").fetchall()
    agreed = [(number, *_agreed(practice, activity, team)) for number, activity, team in pairs]
    if practice is not None and agreed:
        connection.executemany("INSERT INTO agreements VALUES (?, ?, ?, ?, ?, ?, ?)", agreed)


def _agreed(practice: Practice | None, label: str | None, team: str | None) -> tuple[object, ...]:
    if practice is None:
        return (None,) * 6
    known = practice.activities.get(label) if label is not None else None
    activity = known or AgreedActivity()
    within = for_team(activity.register_within_days, team)
    return (
        None if label is None else known is not None,
        activity.planned,
        activity.period,
        within if within is not None else for_team(practice.default.register_within_days, team),
        for_team(activity.planned_end_within_days, team),
        for_team(activity.meaning, team),
    )


def for_team(by_team: Mapping[str, Value], team: str | None) -> Value | None:
    """The value for a team: its own, else the one for every team that is not named."""
    return by_team[team] if team is not None and team in by_team else by_team.get(EVERY_TEAM)
