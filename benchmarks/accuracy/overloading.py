"""How often ``overloaded-label`` finds a second meaning, and how often it finds one where there is none."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import duckdb
import pandas as pd

from benchmarks.accuracy.second_meanings import log_of, with_second_meaning
from logsyn.validator.derive.overload_measures import create_overload_measures
from sample_logs.generator.teams import KINDS, Step, log_of_teams, overloaded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from benchmarks.accuracy.second_meanings import Case

MIN_EVENTS = 30
SHARE = 0.05

EVENT_FACTS = """
CREATE TABLE event_facts AS
SELECT *, lag(activity) OVER by_time AS previous_activity, lead(activity) OVER by_time AS next_activity, false AS is_tied,
  NULL::INTEGER AS planned_period_days
FROM steps WINDOW by_time AS (PARTITION BY case_no ORDER BY position_in_case)"""
CASES = "CREATE TABLE cases AS SELECT case_no, count(*) AS steps, list(activity ORDER BY position_in_case) AS variant FROM event_facts GROUP BY ALL"
FOUND = """
SELECT activity, overload_way FROM overload_measures
WHERE CASE overload_way WHEN 'groups' THEN overload_team_share WHEN 'surroundings' THEN overload_use_share END >= ?"""


def ways_found(steps: Iterable[tuple[int, str, str]], *, teams: bool = True) -> dict[str, str]:
    """The labels that ``overloaded-label`` would find, and by which way.

    Args:
        steps: case, activity and team, in the order of the cases.
        teams: whether the extract says which team registered.
    """
    frame = pd.DataFrame(steps, columns=["case_no", "activity", "team"]).rename_axis("position_in_case").reset_index()
    with duckdb.connect() as connection:
        connection.register("steps", frame)
        connection.execute(EVENT_FACTS)
        connection.execute(CASES)
        create_overload_measures(connection, frozenset({"team"} if teams else ()), wanted=True)
        found = connection.execute(FOUND, [SHARE]).fetchall()
    events = Counter(frame["activity"])
    return {activity: way for activity, way in found if events[activity] >= MIN_EVENTS}


def found_overloaded(steps: list[Step]) -> set[str]:
    """The labels that are found in a log of teams."""
    return set(ways_found(steps))


def unfounded(kind: str, seeds: Sequence[int]) -> int:
    """In how many logs of teams that differ, and overload nothing, a label is found nevertheless."""
    return sum(bool(found_overloaded(log_of_teams(seed, kind))) for seed in seeds)


def detected(kind: str, share: float, seeds: Sequence[int]) -> tuple[int, int, int]:
    """In how many logs the overloaded label is found, of how many, and how many other labels with it."""
    right = of = others = 0
    for seed in seeds:
        made = overloaded(log_of_teams(seed, kind), seed, share)
        if made is not None:
            found = found_overloaded(made[0])
            right, of, others = right + (made[1] in found), of + 1, others + len(found - {made[1]})
    return right, of, others


def unfounded_of_shape(shape: str, teams: int, seeds: Sequence[int]) -> int:
    """In how many logs of a process of a shape, of which nothing is overloaded, a label is found nevertheless."""
    return sum(bool(_ways(log_of(seed, shape, teams), teams)) for seed in seeds)


def detected_in_shape(
    shape: str, teams: int, share: float, seeds: Sequence[int], *, by_team: bool, of_one_flow: bool = True
) -> tuple[int, int, int]:
    """In how many logs with a second meaning it is found, of how many, and how many other labels with it."""
    right = of = others = 0
    for seed in seeds:
        cases = log_of(seed, shape, teams)
        made = with_second_meaning(cases, seed, share, by_team=by_team, of_one_flow=of_one_flow)
        if made is not None:
            found = set(_ways(made.cases, teams))
            right, of, others = right + (made.label in found), of + 1, others + len(found - {made.label})
    return right, of, others


def _ways(cases: list[Case], teams: int) -> dict[str, str]:
    steps = [(number, step, f"Team {of.team + 1}") for number, of in enumerate(cases) for step in of.steps]
    return ways_found(steps, teams=teams > 1)


__all__ = ["KINDS", "detected", "detected_in_shape", "found_overloaded", "unfounded", "unfounded_of_shape", "ways_found"]
