"""The chain of each case: the table ``steps``, one row per event in the order of the extract, and the view ``events``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.derive.columns import IN_VIEW
from validator.errors import EngineError
from validator.sql import identifier

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

CASE_NUMBERS = """
CREATE TABLE case_numbers AS
SELECT case_id, (row_number() OVER (ORDER BY case_id))::INTEGER AS case_no
FROM (SELECT DISTINCT case_id FROM rows WHERE case_id IS NOT NULL)"""

# Only events that have case, activity and time have a place in a chain; mining tools leave out the others, too.
NUMBERED = """
CREATE TABLE numbered AS
SELECT (rows.rowid + 1)::INTEGER AS row_id, case_no, pair_no, rows.activity, rows.timestamp,
  case_no IS NOT NULL AND rows.activity IS NOT NULL AND rows.timestamp IS NOT NULL AS in_chain
FROM rows
LEFT JOIN case_numbers USING (case_id)
LEFT JOIN pairs ON pairs.activity IS NOT DISTINCT FROM rows.activity AND pairs.team IS NOT DISTINCT FROM rows.team"""

CHAIN = """
CREATE TABLE chain AS
SELECT row_id, case_no, pair_no, activity, timestamp, in_chain,
  CASE WHEN in_chain THEN (row_number() OVER by_time)::INTEGER END AS position_in_case,
  CASE WHEN in_chain THEN lag(activity) OVER by_time END AS previous_activity,
  CASE WHEN in_chain THEN lead(activity) OVER by_time END AS next_activity,
  in_chain AND coalesce(lag(timestamp) OVER by_time = timestamp OR lead(timestamp) OVER by_time = timestamp, false) AS is_tied
FROM numbered
WINDOW by_time AS (PARTITION BY CASE WHEN in_chain THEN case_no END ORDER BY timestamp, row_id)"""

TIES = """
CREATE TABLE ties AS
SELECT row_id, (row_number() OVER (PARTITION BY case_no, timestamp, activity ORDER BY row_id))::INTEGER AS duplicate_rank, activities
FROM chain
JOIN (SELECT case_no, timestamp, count(*)::INTEGER AS activities
  FROM (SELECT DISTINCT case_no, timestamp, activity FROM chain WHERE is_tied) GROUP BY ALL)
USING (case_no, timestamp)
WHERE is_tied"""

STEPS = """
CREATE TABLE steps AS
SELECT chain.row_id, case_no, chain.pair_no, position_in_case, previous_activity, next_activity,
  CASE WHEN in_chain THEN coalesce(ties.activities, 1) END AS activities_at_same_time,
  CASE WHEN in_chain THEN coalesce(ties.duplicate_rank, 1) END AS duplicate_rank,
  {identical_rank} AS identical_rank,
  cpr_number_columns, in_practice, is_planned, is_period, agreed_registration_days, agreed_period_days
FROM chain
LEFT JOIN ties USING (row_id)
LEFT JOIN cpr_numbers USING (row_id)
LEFT JOIN agreements ON agreements.pair_no = chain.pair_no
{identical_join}
ORDER BY chain.row_id"""


def create_steps(connection: duckdb.DuckDBPyConnection, *, identical: bool) -> None:
    """Create ``steps``; ``cpr_numbers`` and ``pairs`` must be there. ``identical``: rank rows equal in every column, too.

    Raises:
        EngineError: ``steps`` is not row by row beside ``rows``.
    """
    for statement in (CASE_NUMBERS, NUMBERED, CHAIN):
        connection.execute(statement)
    connection.execute("DROP TABLE numbered")
    connection.execute(TIES)
    if identical:
        _rank_identical(connection)
    connection.execute(
        STEPS.format(
            identical_rank="identical.rank" if identical else "NULL::INTEGER",
            identical_join="LEFT JOIN identical USING (row_id)" if identical else "",
        )
    )
    connection.execute("DROP TABLE chain")
    connection.execute("DROP TABLE ties")
    misplaced = connection.execute(
        "SELECT count(*) FROM rows POSITIONAL JOIN steps WHERE rows.rowid + 1 IS DISTINCT FROM steps.row_id"
    ).fetchone()
    if misplaced != (0,):
        raise EngineError(f"{misplaced} derived rows do not stand beside their events", "Please report this.")


def create_events_view(connection: duckdb.DuckDBPyConnection) -> None:
    """Create ``events``: what was read, the columns of ``steps``, and the columns that are cheap enough to compute anew."""
    connection.execute(f"CREATE VIEW events AS SELECT {_columns()} FROM rows POSITIONAL JOIN steps")


def some_events(row_ids: Sequence[int]) -> str:
    """SQL of the rows of ``events`` with these numbers, found by their place and not by reading all."""
    places = ", ".join(str(int(row_id) - 1) for row_id in row_ids) or "-1"
    numbers = ", ".join(str(int(row_id)) for row_id in row_ids) or "0"
    return (
        f"SELECT {_columns()} FROM (SELECT rowid + 1 AS place, * FROM rows WHERE rowid IN ({places})) AS rows "
        f"JOIN (SELECT * FROM steps WHERE row_id IN ({numbers})) AS steps ON place = steps.row_id"
    )


def _columns() -> str:
    return ", ".join(["steps.*", "rows.*", *(f"{column.sql} AS {identifier(column.name)}" for column in IN_VIEW)])


def _rank_identical(connection: duckdb.DuckDBPyConnection) -> None:
    described = connection.execute("SELECT column_name FROM (DESCRIBE rows)").fetchall()
    same = ", ".join(identifier(name) for (name,) in described if name not in ("file", "line"))
    connection.execute(
        f"CREATE TABLE identical AS SELECT (rowid + 1)::INTEGER AS row_id, "
        f"(row_number() OVER (PARTITION BY {same} ORDER BY rowid))::INTEGER AS rank FROM rows"
    )
