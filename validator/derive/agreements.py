"""What the practice says of the log: the tables ``pairs`` and ``agreements`` (activity and team), and ``system_resources``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from logsyn.expectations.practice import AgreedActivity, for_team
from logsyn.validator.database.answers import records

if TYPE_CHECKING:
    import duckdb

    from logsyn.expectations.practice import Practice

AGREEMENTS = {
    "pair_no": "INTEGER",
    "in_practice": "BOOLEAN",
    "is_planned": "BOOLEAN",
    "is_period": "BOOLEAN",
    "agreed_registration_days": "DOUBLE",
    "agreed_registration_working_days": "DOUBLE",
    "agreed_period_days": "DOUBLE",
    "meaning": "VARCHAR",
    "registered_by": "VARCHAR",
}


def practice_facts(practice: Practice | None) -> frozenset[str]:
    """Which parts of the practice say something: ``practice:activities``, ``:registration``, ``:working_days``, ``:period``, ``:period_end``."""
    if practice is None:
        return frozenset()
    agreed = practice.activities.values()
    says = {
        "practice:activities": bool(practice.activities),
        "practice:registration": bool(practice.default.register_within_days)
        or any(a.register_within_days for a in agreed),
        "practice:working_days": practice.speaks_of_working_days(),
        "practice:period": any(activity.period for activity in agreed),
        "practice:period_end": any(activity.planned_end_within_days for activity in agreed),
    }
    return frozenset(part for part, said in says.items() if said)


def create_pairs(connection: duckdb.DuckDBPyConnection, practice: Practice | None) -> None:
    """Create ``pairs``, ``agreements`` and ``system_resources``.

    ``pairs`` has one row per activity and team of ``rows``; ``agreements`` says what is agreed for each (no row when there
    is no practice); ``system_resources`` names the system users, one row each (no row when the practice names none).
    """
    connection.execute(
        "CREATE TABLE pairs AS SELECT (row_number() OVER (ORDER BY activity NULLS FIRST, team NULLS FIRST))::INTEGER AS pair_no, "
        "activity, team, events FROM (SELECT activity, team, count(*) AS events FROM rows GROUP BY ALL)"
    )
    connection.execute(f"CREATE TABLE agreements ({', '.join(f'{name} {kind}' for name, kind in AGREEMENTS.items())})")
    pairs = records(connection.execute("SELECT pair_no, activity, team FROM pairs ORDER BY pair_no"))
    agreed = [(pair["pair_no"], *_agreed(practice, pair["activity"], pair["team"])) for pair in pairs]
    if practice is not None and agreed:
        unnested = ", ".join(f"unnest(?::{kind}[])" for kind in AGREEMENTS.values())
        connection.execute(f"INSERT INTO agreements SELECT {unnested}", [list(of) for of in zip(*agreed, strict=True)])
    connection.execute("CREATE TABLE system_resources (resource VARCHAR)")
    for name in practice.system_users() if practice is not None else []:
        connection.execute("INSERT INTO system_resources VALUES (?)", [name])


def _agreed(practice: Practice | None, label: str | None, team: str | None) -> tuple[object, ...]:
    if practice is None:
        return (None,) * (len(AGREEMENTS) - 1)
    known = practice.activities.get(label) if label is not None else None
    activity = known or AgreedActivity()
    limit = practice.limit(known, team)
    by = for_team(activity.registered_by, team) or for_team(practice.default.registered_by, team)
    return (
        None if label is None else known is not None,
        activity.planned,
        activity.period,
        limit.days if limit and not limit.working else None,
        limit.days if limit and limit.working else None,
        for_team(activity.planned_end_within_days, team),
        for_team(activity.meaning, team),
        by.da if by is not None else None,
    )
