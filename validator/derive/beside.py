"""How near events of one case lie that belong together: rows of one base label, and activities that always share their time.

Both are measured only when a rule asks, and put into ``event_facts_stored`` for the rows that they are about.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from expectations.span import span_seconds

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

    from expectations.rule import Rule

# A row with an addition to its label (Afgørelse_kopi) tells more of a step that the case has as itself (Afgørelse): such a
# row is beside what is kept wherever it stands in the burst. Where the case does not have the step as itself, the first is kept.
SAME_LABEL = """
CREATE TABLE beside AS
WITH bases AS (
  SELECT pair_no, dense_rank() OVER (ORDER BY base_label) AS base_no, is_base_label
  FROM pairs JOIN name_facts ON name_facts.activity = pairs.activity::VARCHAR
), based AS (
  SELECT row_id, case_no, base_no, epoch(timestamp) AS moment, is_base_label
  FROM event_facts JOIN bases USING (pair_no) WHERE position_in_case IS NOT NULL AND timestamp_has_time_of_day
), gaps AS (
  SELECT row_id, is_base_label, moment - lag(moment) OVER near AS since, lead(moment) OVER near - moment AS until,
    moment - max(CASE WHEN is_base_label THEN moment END) OVER (near ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS since_base,
    bool_or(is_base_label) OVER (PARTITION BY case_no, base_no) AS has_base
  FROM based WINDOW near AS (PARTITION BY case_no, base_no ORDER BY moment, row_id)
)
SELECT row_id, since, CASE WHEN is_base_label THEN since_base WHEN has_base THEN least(since, until) ELSE since END AS beside_kept
FROM gaps WHERE least(since, until) <= {longest}"""

PUT_SAME_LABEL = """
UPDATE event_facts_stored SET seconds_since_same_label = since, seconds_beside_kept_label = beside_kept
FROM beside WHERE beside.row_id = event_facts_stored.row_id"""

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


def measure_same_label(connection: duckdb.DuckDBPyConnection, rules: Sequence[Rule]) -> None:
    """Fill the columns of collateral events as far as the longest window of the rules; ``name_facts`` must be there."""
    windows = [span_seconds(rule.given["window"]) for rule in rules if rule.check == "collateral-event"]
    if windows:
        connection.execute(SAME_LABEL.format(longest=max(windows)))
        connection.execute(PUT_SAME_LABEL)
        connection.execute("DROP TABLE beside")


def measure_usual_times(connection: duckdb.DuckDBPyConnection, rules: Sequence[Rule]) -> None:
    """Fill ``same_time_share`` when a rule leaves out activities that usually share their time."""
    if any(rule.given.get("usual") is not None for rule in rules if rule.check == "shared-timestamp"):
        connection.execute(USUAL_TIMES)
        connection.execute(PUT_USUAL_TIMES)
        connection.execute("DROP TABLE usual_times")
