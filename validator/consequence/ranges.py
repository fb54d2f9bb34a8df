"""The range of each answer: the figures of the log as it is, with the failing rows as they should be, and without them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from logsyn.validator.consequence.comparison import figures_after, work_out
from logsyn.validator.database.answers import record
from logsyn.validator.database.sql import literal
from logsyn.validator.record import AnswerRange
from logsyn.validator.remedying.selection import failing_rows
from logsyn.validator.tables.overlay import Overlay

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import duckdb

    from logsyn.expectations.question import Question
    from logsyn.validator.record import CasesInDoubt, Finding, ProcessFigures
    from logsyn.validator.tables.material import Material

    Figures = dict[str, float | None]

DAY = 86_400

_CREATE = (
    "CREATE OR REPLACE TABLE taken_dropped (row_id INTEGER, place USMALLINT)",
    "CREATE OR REPLACE TABLE taken_activity (row_id INTEGER, place USMALLINT, value VARCHAR)",
    "CREATE OR REPLACE TABLE taken_timestamp (row_id INTEGER, place USMALLINT, value TIMESTAMP)",
)

# A case fails with all its rows; of a label and of an event the violations name every row.
_OF_CASES = "SELECT row_id FROM event_facts WHERE case_no IN (SELECT case_no FROM event_facts SEMI JOIN ({failing}) USING (row_id))"

_DROPPED = "SELECT DISTINCT row_id FROM taken_dropped WHERE place IN (SELECT unnest({places}::USMALLINT[]))"

_NEW = """
SELECT row_id, arg_min(value, place) AS value, NULL AS precision FROM taken_{column} WHERE place IN (SELECT unnest({places}::USMALLINT[])) GROUP BY row_id"""

_COUNTED = """
SELECT count(*) AS events, count(DISTINCT case_no) AS cases FROM (SELECT row_id, case_no FROM event_facts WHERE position_in_case IS NOT NULL)
ANTI JOIN ({dropped}) AS dropped USING (row_id)"""

_DURATIONS = """
SELECT median(seconds) AS median_seconds, avg(seconds) AS mean_seconds FROM (
  SELECT epoch(max(time)) - epoch(min(time)) - (utc_offset_seconds(max(time)) - utc_offset_seconds(min(time))) AS seconds
  FROM (SELECT row_id, case_no, coalesce(value, timestamp) AS time FROM event_facts LEFT JOIN ({moved}) AS moved USING (row_id)
    WHERE position_in_case IS NOT NULL) ANTI JOIN ({dropped}) AS dropped USING (row_id)
  GROUP BY case_no)"""

_NOTHING_MOVED = "SELECT NULL::INTEGER AS row_id, NULL::TIMESTAMP AS value WHERE false"


@dataclass
class Ranges:
    """What the failing rows of all rules were taken for, gathered rule by rule, so that all that bears on a question can be applied at once.

    Where two rules take one row for different things, the first of them counts. ``accepted``: by rule, SQL of the failing rows that are accepted.
    """

    connection: duckdb.DuckDBPyConnection
    material: Material
    base: ProcessFigures
    unit: str
    accepted: Mapping[str, str]
    gathered: list[tuple[Finding, list[CasesInDoubt]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        for statement in _CREATE:
            self.connection.execute(statement)

    def gather(self, finding: Finding, doubts: list[CasesInDoubt], overlay: Overlay | None) -> None:
        """Remember what the overlay of one rule does; None: nobody can tell what its rows should be."""
        self.gathered.append((finding, doubts))
        place = len(self.gathered)
        if overlay is None:
            return
        self.connection.execute(f"INSERT INTO taken_dropped SELECT row_id, {place} FROM remedy_dropped")
        for column in ("activity", "timestamp"):
            if table := overlay.changed.get(column):
                self.connection.execute(f"INSERT INTO taken_{column} SELECT row_id, {place}, value FROM {table}")

    def range_of(self, question: Question, rules: Sequence[str]) -> list[AnswerRange]:
        """The figures of a question; one reading only where none of these rules puts a case in doubt for it."""
        bear = [
            (place, finding)
            for place, (finding, doubts) in enumerate(self.gathered, 1)
            if finding.rule in rules
            and any(one.question == question and one.cases is not None and one.cases.count for one in doubts)
        ]
        as_it_is = _of_process(question, self.base)
        remedied, without = (self._remedied(question, bear), self._without(question, bear)) if bear else ({}, {})
        return [
            AnswerRange(figure=name, as_it_is=value, remedied=remedied.get(name), left_out=without.get(name))
            for name, value in as_it_is.items()
        ]

    def drop(self) -> None:
        """Drop what was gathered."""
        for name in ("dropped", "activity", "timestamp"):
            self.connection.execute(f"DROP TABLE IF EXISTS taken_{name}")

    def _remedied(self, question: Question, bear: Sequence[tuple[int, Finding]]) -> Figures:
        places = literal([place for place, _ in bear])
        moved = _NEW.format(column="timestamp", places=places)
        changed = {"activity": _NEW.format(column="activity", places=places), "timestamp": moved}
        return self._figures(question, _DROPPED.format(places=places), changed)

    def _without(self, question: Question, bear: Sequence[tuple[int, Finding]]) -> Figures:
        queries = []
        for _, finding in bear:
            failing = failing_rows(self.material.rules[finding.rule], self.accepted.get(finding.rule))
            queries.append(_OF_CASES.format(failing=failing) if finding.table == "cases" else failing)
        return self._figures(question, " UNION ".join(f"({query})" for query in queries), {})

    def _figures(self, question: Question, dropped: str, changed: dict[str, str]) -> Figures:
        """The figures of a question without these rows, and with these new values."""
        match question:
            case "throughput-time":
                moved = changed.get("timestamp", _NOTHING_MOVED)
                found = record(self.connection.execute(_DURATIONS.format(moved=moved, dropped=dropped)))
                return {
                    "median_duration_days": _days(found["median_seconds"]),
                    "mean_duration_days": _days(found["mean_seconds"]),
                }
            case "order":
                return self._of_order(dropped, changed)
            case "occurrence" | "workload":
                found = record(self.connection.execute(_COUNTED.format(dropped=dropped)))
                return _of_counts(question, found["events"], found["cases"])
        return {}

    def _of_order(self, dropped: str, changed: dict[str, str]) -> Figures:
        overlay = Overlay(self.connection, self.material.without_key())
        try:
            overlay.drop(dropped)
            for column, new in changed.items():
                overlay.put(column, f"SELECT * FROM ({new}) ANTI JOIN remedy_dropped USING (row_id)")
            after = figures_after(self.connection) if work_out(overlay, self.unit) else self.base
        finally:
            overlay.close()
        return _of_process("order", after)


def _of_process(question: Question, one: ProcessFigures) -> Figures:
    """The figures that stand for the answer to a question, by name."""
    match question:
        case "throughput-time":
            return {
                "median_duration_days": _days(one.median_duration_seconds),
                "mean_duration_days": _days(one.mean_duration_seconds),
            }
        case "order":
            counts = {"variants": one.variants, "arcs": one.arcs}
            return {name: float(count) if one.events else None for name, count in counts.items()}
    return _of_counts(question, one.events, one.cases)


def _of_counts(question: Question, events: int, cases: int) -> Figures:
    if question == "occurrence":
        return {"events_per_case": round(events / cases, 3) if cases else None}
    return {"events": float(events) if events else None} if question == "workload" else {}


def _days(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds / DAY, 4)
