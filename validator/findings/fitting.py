"""How exactly failing rows may be told, so that what is shown of each fits so many cases and employees that nobody is found by it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from logsyn.validator.database.answers import records
from logsyn.validator.disclosure.size import SMALL

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import duckdb

    from logsyn.validator.findings.details import Detail

FEWEST = SMALL
"""So many cases have to fit what an example shows."""

MOST_COMPARED = 100_000
"""Of a longer log every so many-th case is compared: what fits five of those fits five."""

MOST_PAIRS = 600_000
"""So many pairs of an event and a candidate are compared at the most; beyond it, again, every so many-th case."""

# A step is how much has to be given up until a row is like the candidate; what is like it with less is like it with more. So the
# fifth smallest step of the cases is how much the candidate has to give up. Of employees there may be none, or five.
STEPS = """
WITH keyed AS MATERIALIZED (
  SELECT row_id, who, person{keys} FROM ({population}) AS compared WHERE who % {every} = 0 OR row_id IN ({own})),
candidates AS MATERIALIZED (SELECT * FROM example_plan JOIN keyed USING (row_id)),
joined AS MATERIALIZED (SELECT candidate, keyed.who, keyed.person, greatest(0{differences})::UTINYINT AS step
  FROM keyed CROSS JOIN candidates WHERE keyed.who % {every} = 0),
cases AS (SELECT candidate, min(step, {fewest}) AS steps
  FROM (SELECT candidate, who, min(step) AS step FROM joined GROUP BY ALL) GROUP BY candidate),
employees AS (SELECT candidate, min(step, {fewest}) AS steps
  FROM (SELECT candidate, person, min(step) AS step FROM joined WHERE person IS NOT NULL GROUP BY ALL) GROUP BY candidate)
SELECT candidate, cases.steps[{fewest}]::INTEGER AS five_cases, employees.steps[1]::INTEGER AS one_employee,
  employees.steps[{fewest}]::INTEGER AS five_employees FROM cases LEFT JOIN employees USING (candidate)"""


@dataclass(frozen=True)
class Asked:
    """A failing row that may become an example. ``number``: of the candidate. ``details``: what it may show."""

    number: int
    row_id: int
    details: tuple[Detail, ...]


def steps_that_fit(
    connection: duckdb.DuckDBPyConnection,
    population: str,
    asked: Sequence[Asked],
    *,
    size: int,
    pairs: int,
) -> dict[int, int]:
    """How much each candidate has to give up, by its number: all that is given up later may be shown.

    What then is shown fits at least ``FEWEST`` cases, and either no employee or as many, so that the only one who registers an activity in a
    team is not told of either. A row without a case counts as a case of its own. A candidate that fits too few whatever it gives up is not
    in the answer.

    Args:
        connection: holds what the population is read from.
        population: SQL of the rows that are compared: ``row_id``, ``who`` (the case), ``person`` (the employee, if any), and what the details speak of.
        asked: the candidates; their rows are in the population.
        size: rows of the population, about.
        pairs: of a row and a candidate, about.
    """
    if not asked:
        return {}
    details = list({one.name: one for candidate in asked for one in candidate.details}.values())
    connection.register("example_plan", _plan(asked, details))
    numbers = ", ".join(str(int(one.row_id)) for one in asked)
    keys = [(place, level, sql) for place, one in enumerate(details) for level, sql in enumerate(one.levels)]
    try:
        answer = connection.execute(
            STEPS.format(
                population=population,
                own=numbers,
                every=max(1, -(-size // MOST_COMPARED), -(-pairs // MOST_PAIRS)),
                keys="".join(f", {sql} AS k{place}_{level}" for place, level, sql in keys),
                differences="".join(f", {_difference(place, one)}" for place, one in enumerate(details)),
                fewest=FEWEST,
            )
        )
        found = records(answer)
    finally:
        connection.unregister("example_plan")
    return {row["candidate"]: step for row in found if (step := _step(row)) is not None}


def _step(row: Mapping[str, int | None]) -> int | None:
    """The least step at which there are five cases, and no employee or five."""
    of_cases, first, fifth = row["five_cases"], row["one_employee"], row["five_employees"]
    if of_cases is None or first is None or of_cases < first:
        return of_cases
    return None if fifth is None else max(of_cases, fifth)


def _plan(asked: Sequence[Asked], details: Sequence[Detail]) -> pd.DataFrame:
    """Candidates with the number at which each level of each detail is given up; 0: it is not shown at all."""
    table: dict[str, list[int]] = {
        "candidate": [one.number for one in asked],
        "row_id": [one.row_id for one in asked],
    }
    shown = [{one.name: one.given_up for one in candidate.details} for candidate in asked]
    for place, one in enumerate(details):
        for level in range(len(one.levels)):
            table[f"g{place}_{level}"] = [own[one.name][level] if one.name in own else 0 for own in shown]
    return pd.DataFrame(table, dtype="int64")


def _difference(place: int, one: Detail) -> str:
    """SQL of what a candidate has to give up of a detail to be like a row."""
    coarsest_first = range(len(one.levels) - 1, -1, -1)
    unlike = " ".join(
        f"WHEN keyed.k{place}_{level} IS DISTINCT FROM candidates.k{place}_{level} THEN g{place}_{level}" for level in coarsest_first
    )
    return f"CASE {unlike} ELSE 0 END"
