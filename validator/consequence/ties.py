"""Shared timestamps: steps between rows of one time, whose direction is a coincidence of the sorting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from logsyn.validator.database.answers import record, records
from logsyn.validator.disclosure.size import SMALL, is_small
from logsyn.validator.record import Coincidence, Ties

if TYPE_CHECKING:
    import duckdb


MOST_PAIRS = 8

# Rows of one case and time stand next to each other in the order of the rows.
_STEPS = """
CREATE OR REPLACE TABLE process_ties AS
SELECT source, target, count(*) AS events, count(DISTINCT case_no) AS cases FROM (
  SELECT case_no, lag(code) OVER at_once AS source, code AS target, fails OR lag(fails) OVER at_once AS one_fails
  FROM (SELECT *, row_id IN ({failing}) AS fails FROM event_facts JOIN process_codes USING (pair_no) WHERE is_tied)
  WINDOW at_once AS (PARTITION BY case_no, timestamp ORDER BY row_id))
WHERE source <> target AND one_fails GROUP BY ALL"""

_FIGURES = """
SELECT (SELECT coalesce(sum(events), 0)::BIGINT FROM process_ties) AS steps, (SELECT coalesce(sum(events), 0)::BIGINT FROM process_arcs) AS all_steps,
  (SELECT count(*) FROM process_ties) AS arcs,
  (SELECT count(*) FROM process_ties AS tied JOIN process_arcs AS arcs USING (source, target) WHERE tied.events = arcs.events) AS arcs_only,
  (SELECT count(*) FROM process_ties AS one JOIN process_ties AS other ON one.source = other.target AND one.target = other.source
    WHERE one.source < one.target) AS both_ways"""

_PAIRS = """
SELECT a.label AS source_label, b.label AS target_label, one.events, coalesce(other.events, 0) AS reversed, coalesce(other.cases, 0) AS reversed_cases FROM process_ties AS one
LEFT JOIN process_ties AS other ON one.source = other.target AND one.target = other.source
JOIN process_labels AS a ON a.code = one.source JOIN process_labels AS b ON b.code = one.target
WHERE one.cases >= {small} AND (one.events > reversed OR (one.events = reversed AND a.label < b.label)) ORDER BY one.events DESC, source_label, target_label LIMIT {most}"""


def ties(connection: duckdb.DuckDBPyConnection, failing: str) -> Ties:
    """Steps between different activities of one case at one time, of which one is among the ``failing`` rows (SQL of ``row_id``); the tables of ``create_base`` must be there."""
    connection.execute(_STEPS.format(failing=failing))
    found = record(connection.execute(_FIGURES))
    pairs = [_pair(row) for row in records(connection.execute(_PAIRS.format(small=SMALL, most=MOST_PAIRS)))]
    connection.execute("DROP TABLE process_ties")
    return Ties(**found, pairs=pairs)


def _pair(row: dict[str, Any]) -> Coincidence:
    shown = None if is_small(row["reversed_cases"]) else row["reversed"]
    return Coincidence(source=row["source_label"], target=row["target_label"], events=row["events"], reversed=shown)
