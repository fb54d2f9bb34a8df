"""The table ``labels``: one row per activity, with what is said and what is found about its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from logsyn.validator.database.sql import identifier
from logsyn.validator.derive.overload import measure_overload

if TYPE_CHECKING:
    import duckdb

DIVIDING_COLUMNS = ("team", "source")
"""What divides the events of a label: the first of these that the extract has. Never who registered: no report tells of a person."""

OVERLOAD_COLUMNS = frozenset(
    {"overload_excess_bits", "overload_p_value", "overload_yardstick_bits", "overload_limit_bits", "overload_team", "overload_team_share"}
)  # fmt: skip
"""What is measured by ``measure_overload``."""

OVERLOAD_MEASURES = """
CREATE TABLE overload_measures (activity VARCHAR, overload_excess_bits DOUBLE, overload_p_value DOUBLE,
  overload_yardstick_bits DOUBLE, overload_limit_bits DOUBLE, overload_team VARCHAR, overload_team_share DOUBLE)"""

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

LABELS = """
CREATE TABLE labels AS
WITH counted AS (
  SELECT activity::VARCHAR AS activity, count(*)::INTEGER AS events, min(row_id) AS first_row_id
  FROM event_facts WHERE activity IS NOT NULL GROUP BY ALL
), alike AS (
  SELECT lower(activity) AS folded, list(activity ORDER BY activity) AS spellings FROM counted GROUP BY ALL
), declared AS (
  SELECT activity::VARCHAR AS activity, count(DISTINCT meaning)::INTEGER AS declared_meanings
  FROM pairs JOIN agreements USING (pair_no) WHERE meaning IS NOT NULL GROUP BY ALL
)
SELECT counted.*, counted.events AS label_events,
  activity <> trim(activity, {spaces}) OR contains(activity, '  ') OR len(spellings) > 1 AS is_untidy,
  list_filter(spellings, lambda spelling: spelling <> activity)[1] AS differs_by_case_from,
  declared_meanings, name_facts.* EXCLUDE (activity), alike_events.events AS distorted_of_events,
  same_events.events AS synonym_of_events, overload_measures.* EXCLUDE (activity)
FROM counted JOIN alike ON lower(counted.activity) = folded
LEFT JOIN declared USING (activity)
LEFT JOIN name_facts USING (activity)
LEFT JOIN counted AS alike_events ON alike_events.activity = distorted_of
LEFT JOIN counted AS same_events ON same_events.activity = synonym_of
LEFT JOIN overload_measures USING (activity)
ORDER BY counted.activity"""


def create_labels(connection: duckdb.DuckDBPyConnection, have: frozenset[str], *, overload: bool) -> None:
    """Create ``labels`` from ``events`` and ``name_facts``; ``overload``: measure how differently the teams use each label, too."""
    connection.execute(OVERLOAD_MEASURES)
    divider = next((column for column in DIVIDING_COLUMNS if column in have), None)
    if overload and divider is not None:
        contexts = connection.execute(
            CONTEXTS.format(divider=identifier(divider), status="status" if "status" in have else "''")
        ).df()
        facets = [
            facet for facet, column in (("status", "status"), ("planned_length", "planned_end")) if column in have
        ]
        for label in measure_overload(contexts, facets):
            connection.execute(
                "INSERT INTO overload_measures VALUES (?, ?, ?, ?, ?, ?, ?)",
                [label.activity, label.excess_bits, label.p_value, label.yardstick_bits, label.outlier_limit_bits, label.team,
                 label.team_share],
            )  # fmt: skip
    connection.execute(LABELS.format(spaces="' ' || chr(9) || chr(10) || chr(13) || chr(160)"))
