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
# fifth smallest step of the cases is how much the candidate has to give up.
STEPS = """
WITH compared AS (SELECT * FROM ({population}) WHERE who % {every} = 0),
keyed AS MATERIALIZED (SELECT who, {together} AS together, resource{keys} FROM compared),
candidates AS MATERIALIZED (SELECT plan.*, {together} AS together, resource IS NOT NULL AS by_employee{keys}
  FROM example_plan AS plan JOIN ({own}) AS compared USING (row_id)),
joined AS MATERIALIZED (SELECT candidate, by_employee, who, resource, greatest(0{differences})::UTINYINT AS step
  FROM keyed JOIN candidates ON keyed.together IS NOT DISTINCT FROM candidates.together),
cases AS (SELECT candidate, min(step, {fewest}) AS steps
  FROM (SELECT candidate, who, min(step) AS step FROM joined GROUP BY ALL) GROUP BY candidate),
employees AS (SELECT candidate, min(step, {fewest}) AS steps
  FROM (SELECT candidate, resource, min(step) AS step FROM joined WHERE by_employee AND resource IS NOT NULL GROUP BY ALL) GROUP BY candidate)
SELECT candidate, steps_of.cases[{fewest}]::INTEGER AS by_cases, steps_of.employees[{fewest}]::INTEGER AS by_employees, by_employee
FROM (SELECT candidate, cases.steps AS cases, employees.steps AS employees FROM cases LEFT JOIN employees USING (candidate)) AS steps_of
JOIN candidates USING (candidate)"""


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
    together: str = "NULL::VARCHAR",
) -> dict[int, int]:
    """How much each candidate has to give up, by its number: all that is given up later may be shown.

    What then is shown fits at least ``FEWEST`` cases. Where the row has an employee, it also fits rows of as many employees, so that the only
    one who registers an activity in a team is not told of either. A row without a case counts as a case of its own. A candidate that
    fits too few whatever it gives up is not in the answer.

    Args:
        connection: holds what the population is read from.
        population: SQL of the rows that are compared: ``row_id``, ``who`` (the case), ``resource``, and what the details speak of.
        asked: the candidates; their rows are in the population.
        size: rows of the population, about.
        pairs: of a row and a candidate that are together, about.
        together: SQL of what rows must share with a candidate to be compared at all.
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
                own=f"SELECT * FROM ({population}) WHERE row_id IN ({numbers})",
                every=max(1, -(-size // MOST_COMPARED), -(-pairs // MOST_PAIRS)),
                together=together,
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
    steps = [row["by_cases"], *([row["by_employees"]] if row["by_employee"] else [])]
    known = [step for step in steps if step is not None]
    return max(known) if len(known) == len(steps) else None


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
