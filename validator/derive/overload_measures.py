"""The table ``overload_measures``: by which of two ways a label seems to carry several meanings, with what was measured.

Between teams (``overload.py``) where a team or source divides the events; and by the surroundings alone (``second_use.py``), whoever
registers. The second way also asks whether both uses are of the same cases: a step that two kinds of cases have in common has
surroundings that share nothing, too, yet no case has both, and what stands around it in the one kind never occurs in the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from logsyn.validator.database.answers import records
from logsyn.validator.database.sql import identifier
from logsyn.validator.derive.overload import Overload, measure_overload
from logsyn.validator.derive.second_use import SecondUse, measure_second_uses
from logsyn.validator.derive.strangeness import SIGNIFICANT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import duckdb
    import pandas as pd

DIVIDING_COLUMNS = ("team", "source")
"""What divides the events of a label: the first of these that the extract has. Never who registered: no report tells of a person."""

LEAST_SHARED_CASES = 0.6
"""So much must the two uses be of the same cases. Where one of the two sides is shared by kinds of cases, it is a half."""
FEWEST_VARIANTS = 3
"""So many variants must have each use, as good as alike in size: of one variant all cases are one and the same observation."""
SAMPLED_CASES = 2000
"""At most so many cases of a use, and so many of all cases, are looked into."""

@dataclass(frozen=True)
class Measures:
    """Of one label: the use between groups, and the two uses by surroundings; None where not measured.

    ``shared_cases``: how far the two uses are of the same cases. ``variants``: how many variants have each use, at least; both only
    of labels whose surroundings stand out, by more than chance.
    """

    activity: str
    between: Overload | None
    second: SecondUse | None
    shared_cases: float | None
    variants: float | None

    @property
    def way(self) -> str | None:
        """By which way the label is overloaded: ``groups``, which then explain it, or ``surroundings``; None when it is not."""
        if self.between is not None and self.between.p_value < SIGNIFICANT and self.between.stands_out:
            return "groups"
        if self.second is None or self.shared_cases is None or self.variants is None:
            return None
        of_same_cases = self.shared_cases >= LEAST_SHARED_CASES and self.variants >= FEWEST_VARIANTS
        return "surroundings" if of_same_cases else None


MEASURES = """
CREATE TABLE overload_measures (activity VARCHAR, overload_way VARCHAR, overload_excess_bits DOUBLE, overload_p_value DOUBLE,
  overload_yardstick_bits DOUBLE, overload_limit_bits DOUBLE, overload_team VARCHAR, overload_team_share DOUBLE,
  overload_use_bits DOUBLE, overload_use_limit_bits DOUBLE, overload_use_p_value DOUBLE, overload_use_share DOUBLE,
  overload_use_neighbours DOUBLE, overload_shared_cases DOUBLE, overload_use_variants DOUBLE)"""

OVERLOAD_COLUMNS = frozenset(
    {"overload_way", "overload_excess_bits", "overload_p_value", "overload_yardstick_bits", "overload_limit_bits", "overload_team",
     "overload_team_share", "overload_use_bits", "overload_use_limit_bits", "overload_use_p_value", "overload_use_share",
     "overload_use_neighbours", "overload_shared_cases", "overload_use_variants"}
)  # fmt: skip
"""What is measured here."""

USES = "CREATE TABLE label_uses (activity VARCHAR, neighbour VARCHAR, is_rarer BOOLEAN)"

FIRST, LAST = "\x02", "\x03"
"""Stand for the begin and the end of a case, which are two different neighbours; start and end of text, as ASCII has them."""

# What stands around a label: the activities before and after, the status, and the length of a planned period by doubling.
CONTEXTS = """
WITH counted AS (
  SELECT activity, {divider} AS team, previous_activity, next_activity, {status} AS status,
    CASE WHEN planned_period_days IS NULL THEN -1 ELSE floor(log2(greatest(planned_period_days, 0) + 1))::TINYINT END AS planned_length,
    count(*)::BIGINT AS events
  FROM event_facts WHERE position_in_case IS NOT NULL AND {divider} IS NOT NULL GROUP BY ALL)
SELECT activity::VARCHAR AS activity, team::VARCHAR AS team, coalesce(previous_activity::VARCHAR, '') AS previous,
  coalesce(next_activity::VARCHAR, '') AS next, coalesce(status::VARCHAR, '') AS status, planned_length, events
FROM counted ORDER BY ALL"""

# Of events at one time the order is that of the file, so what stands beside them says nothing.
SURROUNDINGS = f"""
WITH counted AS (
  SELECT activity, previous_activity, next_activity, count(*)::BIGINT AS events FROM event_facts
  WHERE position_in_case IS NOT NULL AND NOT is_tied GROUP BY ALL)
SELECT activity::VARCHAR AS activity, coalesce(previous_activity::VARCHAR, '{FIRST}') AS previous,
  coalesce(next_activity::VARCHAR, '{LAST}') AS next, events
FROM counted ORDER BY ALL"""

# The same with some labels told apart by a column; beside another event of its own, a part of a label says nothing of its uses either.
_SPLIT = f"""
WITH counted AS (
  SELECT activity, activity IN (SELECT unnest(?)) AS is_split, {{by}} AS part, previous_activity, next_activity, count(*)::BIGINT AS events FROM event_facts
  WHERE position_in_case IS NOT NULL AND NOT is_tied GROUP BY ALL),
named AS (
  SELECT CASE WHEN is_split THEN activity || '{FIRST}' || coalesce(part::VARCHAR, '') ELSE activity::VARCHAR END AS name, * FROM counted)
SELECT name AS activity, CASE WHEN previous_activity = activity THEN name ELSE coalesce(previous_activity::VARCHAR, '{FIRST}') END AS previous,
  CASE WHEN next_activity = activity THEN name ELSE coalesce(next_activity::VARCHAR, '{LAST}') END AS next, sum(events)::BIGINT AS events
FROM named GROUP BY ALL ORDER BY ALL"""

# Beside another event of the label, the other side alone tells the use.
_OF_USE = f"""
CREATE TABLE uses_of_cases AS
SELECT DISTINCT event.activity::VARCHAR AS activity, coalesce(before.is_rarer, behind.is_rarer) AS is_rarer, case_no
FROM (SELECT * FROM event_facts WHERE activity IN (SELECT activity FROM label_uses)) AS event
LEFT JOIN label_uses AS before ON before.activity = event.activity AND before.neighbour = coalesce(previous_activity::VARCHAR, '{FIRST}')
LEFT JOIN label_uses AS behind ON behind.activity = event.activity AND behind.neighbour = coalesce(next_activity::VARCHAR, '{LAST}')
WHERE position_in_case IS NOT NULL AND NOT is_tied AND coalesce(before.is_rarer, behind.is_rarer) IS NOT NULL
  AND (before.is_rarer = behind.is_rarer OR previous_activity = event.activity OR next_activity = event.activity)"""

# Of each label: the share of the cases of a use that have both, of the use where it is greater; and how many variants as good as
# alike in size (Simpson's index, inverted) have a use, of the use where it is fewer.
IN_CASES = """
WITH counted AS (
  SELECT activity, is_rarer, variant, count(*) AS cases, count(*) FILTER (WHERE uses = 2) AS with_both
  FROM (SELECT *, count(*) OVER (PARTITION BY activity, case_no) AS uses FROM uses_of_cases) JOIN cases USING (case_no) GROUP BY ALL
), by_use AS (
  SELECT activity, sum(with_both) / sum(cases) AS with_both, sum(cases) ** 2 / sum(cases ** 2) AS variants FROM counted GROUP BY activity, is_rarer)
SELECT activity, max(with_both) AS with_both, min(variants) AS variants FROM by_use GROUP BY ALL"""

# The cases are drawn by a multiple of their numbers (Knuth's), so that they come from all of the log.
_DRAWN = "case_no::BIGINT * 2654435761 % 4294967296, case_no"
OCCURRING = f"""
WITH drawn AS (
  SELECT * FROM uses_of_cases QUALIFY row_number() OVER (PARTITION BY activity, is_rarer ORDER BY {_DRAWN}) <= {SAMPLED_CASES}
  UNION ALL BY NAME
  (SELECT case_no FROM cases WHERE steps > 0 ORDER BY {_DRAWN} LIMIT {SAMPLED_CASES})
), sizes AS (SELECT activity, is_rarer, count(*) AS cases FROM drawn GROUP BY ALL
), occurring AS (
  SELECT activity, is_rarer, neighbour::VARCHAR AS neighbour, count(*) AS cases
  FROM drawn JOIN (
    SELECT DISTINCT case_no, activity AS neighbour FROM event_facts
    WHERE case_no IN (SELECT case_no FROM drawn) AND activity IN (SELECT neighbour FROM label_uses)) USING (case_no)
  GROUP BY ALL)
SELECT occurring.activity, occurring.is_rarer, neighbour, occurring.cases / sizes.cases AS share
FROM occurring JOIN sizes ON occurring.activity IS NOT DISTINCT FROM sizes.activity AND occurring.is_rarer IS NOT DISTINCT FROM sizes.is_rarer"""


def create_overload_measures(connection: duckdb.DuckDBPyConnection, have: frozenset[str], *, wanted: bool) -> None:
    """Create ``overload_measures`` and ``label_uses`` from ``event_facts`` and ``cases``; empty unless ``wanted``."""
    connection.execute(MEASURES)
    connection.execute(USES)
    for label in measured_labels(connection, have) if wanted else []:
        between, second = label.between or (None,) * 7, label.second or (None,) * 7
        connection.execute(
            f"INSERT INTO overload_measures VALUES ({', '.join('?' * 15)})",
            [label.activity, label.way, *between[1:], *second[1:6], label.shared_cases, label.variants],
        )


def measured_labels(connection: duckdb.DuckDBPyConnection, have: frozenset[str]) -> list[Measures]:
    """What is measured of each label, by name; fills ``label_uses`` with the neighbours of those that may have two uses."""
    between = {label.activity: label for label in _between_groups(connection, have)}
    surroundings = connection.execute(SURROUNDINGS).df()
    second = {label.activity: label for label in measure_second_uses(surroundings)}
    may_be = [label for label in second.values() if label.stands_out and label.p_value < SIGNIFICANT]
    shared = _shared_cases(connection, surroundings, may_be) if may_be else {}
    return [
        Measures(activity, between.get(activity), second.get(activity), *shared.get(activity, (None, None)))
        for activity in sorted({*between, *second})
    ]


def have_second_uses(connection: duckdb.DuckDBPyConnection, labels: Sequence[str], by: str) -> bool:
    """Whether any of these labels, told apart by the values of a column, still has surroundings of two uses within one of them."""
    surroundings = connection.execute(_SPLIT.format(by=identifier(by)), [list(labels)]).df()
    parts = tuple(f"{label}{FIRST}" for label in labels)
    return any(
        use.stands_out and use.p_value < SIGNIFICANT
        for use in measure_second_uses(surroundings)
        if use.activity.startswith(parts)
    )


def _between_groups(connection: duckdb.DuckDBPyConnection, have: frozenset[str]) -> list[Overload]:
    divider = next((column for column in DIVIDING_COLUMNS if column in have), None)
    if divider is None:
        return []
    status = "status" if "status" in have else "''"
    contexts = connection.execute(CONTEXTS.format(divider=identifier(divider), status=status)).df()
    facets = [facet for facet, column in (("status", "status"), ("planned_length", "planned_end")) if column in have]
    return measure_overload(contexts, facets)


def _shared_cases(
    connection: duckdb.DuckDBPyConnection, surroundings: pd.DataFrame, labels: list[SecondUse]
) -> dict[str, tuple[float, float]]:
    """How far the two uses of a label are of the same cases, and how many variants have each.

    The first is the greater of two: the share of the cases with one use that have the other, too; and how usual it is that what
    stands around one use occurs in cases of the other, against all cases, of the use where it is less so.
    """
    groups = [
        (label.activity, neighbour, is_rarer)
        for label in labels
        for is_rarer, names in ((True, label.rarer), (False, label.commoner))
        for neighbour in names
    ]
    connection.executemany("INSERT INTO label_uses VALUES (?, ?, ?)", groups)
    connection.execute(_OF_USE)
    in_cases = records(connection.execute(IN_CASES))
    occurring = {
        (row["activity"], row["is_rarer"], row["neighbour"]): row["share"] for row in records(connection.execute(OCCURRING))
    }
    connection.execute("DROP TABLE uses_of_cases")
    by_name = {label.activity: label for label in labels}
    return {
        row["activity"]: (
            max(row["with_both"], min(_ratios(by_name[row["activity"]], surroundings, occurring), default=1.0)),
            row["variants"],
        )
        for row in in_cases
    }


def _ratios(
    label: SecondUse, surroundings: pd.DataFrame, occurring: dict[tuple[str | None, bool | None, str], float]
) -> Iterator[float]:
    """For each use: how often its neighbours occur in cases of the other use, divided by how often in all cases; the mean of both sides."""
    own = surroundings[surroundings["activity"] == label.activity]
    for is_rarer, names in ((True, label.rarer), (False, label.commoner)):
        of_use = own[own["previous"].isin(names) & own["next"].isin(names)]
        sides = []
        for side in ("previous", "next"):
            beside = of_use.groupby(side)["events"].sum().drop([FIRST, LAST], errors="ignore")
            anywhere = sum(events * occurring.get((None, None, name), 0.0) for name, events in beside.items())
            if anywhere:
                there = sum(
                    events * occurring.get((label.activity, not is_rarer, name), 0.0) for name, events in beside.items()
                )
                sides.append(there / anywhere)
        if sides:
            yield sum(sides) / len(sides)
