"""Shared timestamps: steps between rows of one time, whose direction is a coincidence of the sorting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from logsyn.validator.findings.small_groups import SMALL
from logsyn.validator.record import Coincidence, Ties

if TYPE_CHECKING:
    import duckdb


MOST_PAIRS = 8

# Rows of one case and time stand next to each other in the order of the rows.
_STEPS = """
CREATE OR REPLACE TABLE process_ties AS
SELECT source, target, count(*) AS events FROM (
  SELECT lag(code) OVER (PARTITION BY case_no, timestamp ORDER BY row_id) AS source, code AS target
  FROM event_facts JOIN process_codes USING (pair_no) WHERE is_tied)
WHERE source <> target GROUP BY ALL"""

_FIGURES = """
SELECT (SELECT coalesce(sum(events), 0)::BIGINT FROM process_ties), (SELECT coalesce(sum(events), 0)::BIGINT FROM process_arcs),
  (SELECT count(*) FROM process_ties), (SELECT count(*) FROM process_ties AS tied JOIN process_arcs AS arcs USING (source, target) WHERE tied.events = arcs.events),
  (SELECT count(*) FROM process_ties AS one JOIN process_ties AS other ON one.source = other.target AND one.target = other.source
    WHERE one.source < one.target)"""

_PAIRS = """
SELECT a.label, b.label, one.events, coalesce(other.events, 0) AS reversed FROM process_ties AS one
LEFT JOIN process_ties AS other ON one.source = other.target AND one.target = other.source
JOIN process_labels AS a ON a.code = one.source JOIN process_labels AS b ON b.code = one.target
WHERE one.events >= {small} AND (one.events > reversed OR (one.events = reversed AND a.label < b.label)) ORDER BY one.events DESC, 1, 2 LIMIT {most}"""


def ties(connection: duckdb.DuckDBPyConnection) -> Ties:
    """Steps between different activities of one case at one time; the tables of ``create_base`` must be there."""
    connection.execute(_STEPS)
    steps, all_steps, arcs, arcs_only, both_ways = connection.execute(_FIGURES).fetchall()[0]
    pairs = [_pair(*row) for row in connection.execute(_PAIRS.format(small=SMALL, most=MOST_PAIRS)).fetchall()]
    connection.execute("DROP TABLE process_ties")
    return Ties(steps=steps, all_steps=all_steps, arcs=arcs, arcs_only=arcs_only, both_ways=both_ways, pairs=pairs)


def _pair(source: str, target: str, events: int, backwards: int) -> Coincidence:
    shown = None if 0 < backwards < SMALL else backwards
    return Coincidence(source=source, target=target, events=events, reversed=shown)
