"""The table ``labels``: one row per activity, with what is said and what is found about its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

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


def create_labels(connection: duckdb.DuckDBPyConnection) -> None:
    """Create ``labels`` from ``event_facts``, ``name_facts`` and ``overload_measures``."""
    connection.execute(LABELS.format(spaces="' ' || chr(9) || chr(10) || chr(13) || chr(160)"))
