"""The table ``cases``: one row per case, with its times, counts and the fingerprint of its variant."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

# The sum of hashes of (position, activity) is the same for the same sequence and takes no sorting of texts. A sum of
# 128 bits makes two different variants of one fingerprint as good as impossible.
CASES = """
CREATE TABLE cases AS
SELECT case_id, totals.*
FROM (
  SELECT case_no, count(*)::INTEGER AS events,
    min(row_id) AS first_row_id, min(timestamp) AS first_event, max(timestamp) AS last_event,
    epoch(max(timestamp)) - epoch(min(timestamp)) - (utc_offset_seconds(max(timestamp)) - utc_offset_seconds(min(timestamp)))
      AS duration_seconds,
    count(position_in_case)::INTEGER AS steps,
    sum(hash(position_in_case, activity)::HUGEINT) FILTER (WHERE position_in_case IS NOT NULL) AS variant
  FROM event_facts WHERE case_no IS NOT NULL GROUP BY case_no
) AS totals JOIN case_numbers USING (case_no)"""


def create_cases(connection: duckdb.DuckDBPyConnection) -> None:
    """Create ``cases`` from ``events``."""
    connection.execute(CASES)
