"""Measures of how suited a log is for process mining, counted in SQL over the derived tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from logsyn.validator.database.answers import record
from logsyn.validator.database.groups import in_groups
from logsyn.validator.database.sql import identifier
from logsyn.validator.record import rows_in
from logsyn.validator.record.suitability import Censored, FreeTextColumn, OutOf, Suitability

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

    from logsyn.validator.reading.extract import Reading

OF_CASES = """
SELECT count(*) AS cases, coalesce(sum(events), 0)::BIGINT AS events_of_cases, avg(events) AS mean_events, median(events) AS median_events,
  count(*) FILTER (WHERE steps > 0) AS cases_with_steps, coalesce(sum(steps), 0)::BIGINT AS steps
FROM cases"""

OF_VARIANTS = """
SELECT count(*) AS variants, count(*) FILTER (WHERE cases = 1) AS own
FROM (SELECT count(*) AS cases FROM cases WHERE steps > 0 GROUP BY variant)"""

OF_EVENTS = """
SELECT count(*) AS events, count(timestamp_has_time_of_day) AS times, count(*) FILTER (WHERE timestamp_has_time_of_day) AS with_clock
FROM event_facts"""

OF_LABELS = """
SELECT count(*) AS labels, count(*) FILTER (WHERE before < 0.95 * total) AS covering
FROM (SELECT sum(events) OVER () AS total,
  coalesce(sum(events) OVER (ORDER BY events DESC, activity ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS before FROM labels)"""

# A case that began before the period and lasted as long as the middle one was still running this long after the beginning;
# so a case seen first within that time cannot be told from one that began earlier. The same holds at the other end. In
# survival analysis these are left-truncated and right-censored observations; the manifesto calls such a log a snapshot.
CENSORED = """
WITH ends AS (
  SELECT cases.first_event < typical_start + to_seconds(median_duration_seconds) AS at_start,
    cases.last_event >= typical_end + INTERVAL 1 DAY - to_seconds(median_duration_seconds) AS at_end
  FROM cases, log WHERE cases.first_event IS NOT NULL)
SELECT count(*) AS cases, count(*) FILTER (WHERE at_start) AS at_start, count(*) FILTER (WHERE at_end) AS at_end,
  count(*) FILTER (WHERE at_start OR at_end) AS either,
  (SELECT round(median_duration_seconds / 86400) FROM log) AS within_days,
  (SELECT date_diff('day', typical_start, typical_end) + 1 FROM log) AS observed_days
FROM ends"""

FREE_TEXT_WORDS = 3
"""Values of a free-text column have so many words or more, in more than half of its filled rows."""

LOOKED_AT = 20_000
"""So many rows, spread over the log, are looked at to tell free text from codes and numbers."""


def measure_suitability(connection: duckdb.DuckDBPyConnection, reading: Reading) -> Suitability:
    """The measures of the log, without its maturity, which rests on the findings."""
    of_cases, variants = _row(connection, OF_CASES), _row(connection, OF_VARIANTS)
    events, labels, ends = _row(connection, OF_EVENTS), _row(connection, OF_LABELS), _row(connection, CENSORED)
    in_file = rows_in(reading.inputs, "rows_in_file") or 0
    return Suitability(
        cases=of_cases["cases"],
        events=events["events"],
        mean_events_per_case=_rounded(of_cases["mean_events"]),
        median_events_per_case=_rounded(of_cases["median_events"]),
        variants=OutOf(count=variants["variants"], of=of_cases["cases_with_steps"]),
        cases_of_own_variant=OutOf(count=variants["own"], of=of_cases["cases_with_steps"]),
        events_with_time_of_day=OutOf(count=events["with_clock"], of=events["times"]),
        rows_with_required_fields=OutOf(count=of_cases["steps"], of=events["events"]),
        rows_loaded=OutOf(count=rows_in(reading.inputs, "rows_loaded") or 0, of=in_file),
        labels_covering_95_percent=OutOf(count=labels["covering"], of=labels["labels"]),
        free_text_columns=_free_text(connection, reading, events["events"]),
        observed_days=ends["observed_days"],
        censored=_censored(ends),
    )


def _censored(ends: dict[str, Any]) -> Censored | None:
    if not ends["cases"] or ends["within_days"] is None:
        return None
    at = {name: OutOf(count=ends[name], of=ends["cases"]) for name in ("at_start", "at_end", "either")}
    return Censored(within_days=round(ends["within_days"], 3), **at)


def _free_text(connection: duckdb.DuckDBPyConnection, reading: Reading, rows: int) -> list[FreeTextColumn]:
    texts = [
        column for column in reading.columns if column.kind == "text" and column.name != "case_id" and column.filled
    ]
    if not texts:
        return []
    spoken = _spoken(connection, [column.name for column in texts], rows)
    return [
        FreeTextColumn(
            name=column.name,
            header=column.header,
            filled=OutOf(count=column.filled, of=column.filled + column.missing),
        )
        for column, wordy in zip(texts, spoken, strict=True)
        if wordy is not None and wordy > 0.5
    ]


def _spoken(connection: duckdb.DuckDBPyConnection, names: Sequence[str], rows: int) -> list[float | None]:
    """Of each column the share of its filled values that have ``FREE_TEXT_WORDS`` words, in every nth row."""
    step = max(rows // LOOKED_AT, 1)
    found: list[float | None] = []
    for group in in_groups(names):
        words = ", ".join(
            f"avg((len(string_split_regex(trim({identifier(name)}::VARCHAR), '\\s+')) >= {FREE_TEXT_WORDS})::INTEGER) "
            f"FILTER (WHERE {identifier(name)} IS NOT NULL)"
            for name in group
        )
        found += connection.execute(f"SELECT {words} FROM rows WHERE (row_id - 1) % {step} = 0").fetchall()[0]
    return found


def _row(connection: duckdb.DuckDBPyConnection, query: str) -> dict[str, Any]:
    return record(connection.execute(query))


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(float(value), 3)
