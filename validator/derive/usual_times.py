"""Activities that always share their time: measured when a rule leaves them out, for the rows that share theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

    from logsyn.validator.derive.needs import Needs

# Of two activities the share of the rarer one's times in a case that are shared with the other one.
USUAL_TIMES = """
CREATE TABLE usual_times AS
WITH tied AS (SELECT DISTINCT case_no, timestamp, activity FROM event_facts WHERE activities_at_same_time > 1),
together AS (SELECT case_no, timestamp, a.activity AS activity, b.activity AS other
  FROM tied AS a JOIN tied AS b USING (case_no, timestamp) WHERE a.activity <> b.activity),
times AS (SELECT activity, count(*) AS times FROM (
  SELECT DISTINCT case_no, timestamp, activity FROM event_facts WHERE position_in_case IS NOT NULL) GROUP BY ALL),
shares AS (SELECT activity, other, count(*) / least(any_value(a.times), any_value(b.times)) AS share
  FROM together JOIN times AS a USING (activity) JOIN times AS b ON b.activity = other GROUP BY ALL)
SELECT case_no, timestamp, activity, min(share) AS share FROM together JOIN shares USING (activity, other) GROUP BY ALL"""

PUT_USUAL_TIMES = """
UPDATE event_facts_stored AS facts SET same_time_share = share FROM usual_times
WHERE facts.activities_at_same_time > 1 AND facts.case_no = usual_times.case_no AND facts.timestamp = usual_times.timestamp
  AND facts.activity = usual_times.activity"""


def measure_usual_times(connection: duckdb.DuckDBPyConnection, needs: Needs) -> None:
    """Fill ``same_time_share`` when it is needed, as by a rule that leaves out activities that usually share their time."""
    if "same_time_share" in needs.columns:
        connection.execute(USUAL_TIMES)
        connection.execute(PUT_USUAL_TIMES)
        connection.execute("DROP TABLE usual_times")
