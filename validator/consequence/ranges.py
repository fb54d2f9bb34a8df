"""The range of each answer: the figures of the log as it is, with the failing rows as they should be, and without them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from logsyn.validator.consequence.comparison import ENDS, figures_after, work_out
from logsyn.validator.database.answers import record, records
from logsyn.validator.database.sql import literal
from logsyn.validator.disclosure.middle import middle
from logsyn.validator.findings.lag_counts import MINUTES
from logsyn.validator.findings.lag_figures import QUANTILES
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

_TIMES = ("timestamp", *ENDS)
_CREATE = (
    "CREATE OR REPLACE TABLE taken_dropped (row_id INTEGER, place USMALLINT)",
    "CREATE OR REPLACE TABLE taken_activity (row_id INTEGER, place USMALLINT, value VARCHAR)",
    *(f"CREATE OR REPLACE TABLE taken_{time} (row_id INTEGER, place USMALLINT, value TIMESTAMP)" for time in _TIMES),
)

# A case fails with all its rows; of a label and of an event the violations name every row.
_OF_CASES = "SELECT row_id FROM event_facts WHERE case_no IN (SELECT case_no FROM event_facts SEMI JOIN ({failing}) USING (row_id))"

_DROPPED = "SELECT DISTINCT row_id FROM taken_dropped WHERE place IN (SELECT unnest({places}::USMALLINT[]))"

_NEW = """
SELECT row_id, arg_min_null(value, place) AS value, NULL AS precision FROM taken_{column} WHERE place IN (SELECT unnest({places}::USMALLINT[])) GROUP BY row_id"""

_COUNTED = """
SELECT count(*) AS events, count(DISTINCT case_no) AS cases FROM (SELECT row_id, case_no FROM event_facts WHERE position_in_case IS NOT NULL)
ANTI JOIN ({dropped}) AS dropped USING (row_id)"""

# The rows of the base with the times that they have in a reading.
_EVENTS = """
SELECT case_no, {timestamp} AS timestamp, greatest({timestamp}, {end_timestamp}, {planned_end}) AS last, registered_at,
  timestamp_has_time_of_day AND registered_has_time_of_day AS has_times_of_day
FROM (FROM event_facts WHERE position_in_case IS NOT NULL) AS facts {joins} ANTI JOIN ({dropped}) AS dropped USING (row_id)"""

_MOVED = "LEFT JOIN (SELECT row_id, value AS new_{time}, true AS has_new_{time} FROM ({new})) AS of_{time} USING (row_id)"

_NO_ROW = "SELECT NULL::INTEGER AS row_id WHERE false"

_DURATIONS = """
SELECT {middle} AS median_duration, avg(seconds) AS mean_duration,
  {middle_to_end} AS median_duration_to_end, avg(seconds_to_end) AS mean_duration_to_end FROM {cases}"""

_CASES = """(
  SELECT epoch(max(timestamp)) - epoch(min(timestamp)) - (utc_offset_seconds(max(timestamp)) - utc_offset_seconds(min(timestamp))) AS seconds,
    epoch(max(last)) - epoch(min(timestamp)) - (utc_offset_seconds(max(last)) - utc_offset_seconds(min(timestamp))) AS seconds_to_end
  FROM ({events}) GROUP BY case_no)"""

# The lag is that of every other figure on registration: whole calendar days where a time of day lacks, else elapsed time, told in whole minutes.
_LAGS = f"""
SELECT true AS overall, {MINUTES} AS minutes, count(*) AS events FROM (
  SELECT CASE WHEN has_times_of_day THEN (epoch(registered_at) - epoch(timestamp)
    - (utc_offset_seconds(registered_at) - utc_offset_seconds(timestamp))) / {DAY} ELSE date_diff('day', timestamp, registered_at) END AS registration_lag_days
  FROM ({{events}}) WHERE registered_at IS NOT NULL) GROUP BY ALL"""
_SHARED_LAGS = "SELECT 60 * median_minutes AS median_lag, 60 * p90_minutes AS p90_lag FROM ({quantiles})"


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
        for column in ("activity", *_TIMES):
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
        as_it_is = self._as_it_is(question)
        remedied, without = (self._remedied(question, bear), self._without(question, bear)) if bear else ({}, {})
        return [
            AnswerRange(figure=name, as_it_is=value, remedied=remedied.get(name), left_out=without.get(name))
            for name, value in as_it_is.items()
        ]

    def drop(self) -> None:
        """Drop what was gathered."""
        for name in ("dropped", "activity", *_TIMES):
            self.connection.execute(f"DROP TABLE IF EXISTS taken_{name}")

    def _remedied(self, question: Question, bear: Sequence[tuple[int, Finding]]) -> Figures:
        places = literal([place for place, _ in bear])
        changed = {column: _NEW.format(column=column, places=places) for column in ("activity", *_TIMES)}
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
                return self._durations(_CASES.format(events=_events(dropped, changed)))
            case "deadlines":
                counted = _LAGS.format(events=_events(dropped, changed))
                quantiles = QUANTILES.format(keys="overall", counted=counted)
                found = next(iter(records(self.connection.execute(_SHARED_LAGS.format(quantiles=quantiles)))), {})
                return {f"{name}_days": _days(value) for name, value in found.items()}
            case "order":
                return self._of_order(dropped, changed)
            case "occurrence" | "workload":
                found = record(self.connection.execute(_COUNTED.format(dropped=dropped)))
                return _of_counts(question, found["events"], found["cases"])

    def _as_it_is(self, question: Question) -> Figures:
        if question == "throughput-time":
            return self._durations("process_cases")  # the base has counted them
        if question == "deadlines":
            return self._figures(question, _NO_ROW, {})
        return _of_process(question, self.base)

    def _durations(self, cases: str) -> Figures:
        """The durations of cases (``seconds``, ``seconds_to_end``); to the last end only where the extract has ends."""
        with_ends = not self.material.mapped.isdisjoint(ENDS)
        found = record(self.connection.execute(_DURATIONS.format(cases=cases, middle=middle("seconds"), middle_to_end=middle("seconds_to_end"))))
        return {f"{name}_days": _days(value) for name, value in found.items() if with_ends or not name.endswith("to_end")}

    def _of_order(self, dropped: str, changed: dict[str, str]) -> Figures:
        overlay = Overlay(self.connection, self.material)
        try:
            overlay.drop(dropped)
            for column in ("activity", "timestamp"):
                if new := changed.get(column):
                    overlay.put(column, f"SELECT * FROM ({new}) ANTI JOIN remedy_dropped USING (row_id)")
            after = figures_after(self.connection) if work_out(overlay, self.unit) else self.base
        finally:
            overlay.close()
        return _of_process("order", after)


def _events(dropped: str, changed: Mapping[str, str]) -> str:
    """SQL of the base without these rows, with the new values of the times."""
    times = {time: f"CASE WHEN has_new_{time} THEN new_{time} ELSE facts.{time} END" if time in changed else f"facts.{time}" for time in _TIMES}
    joins = " ".join(_MOVED.format(time=time, new=changed[time]) for time in _TIMES if time in changed)
    return _EVENTS.format(joins=joins, dropped=dropped, **times)


def _of_process(question: Question, one: ProcessFigures) -> Figures:
    """The figures that stand for the answer to a question about steps, by name."""
    if question == "order":
        counts = {"variants": one.variants, "arcs": one.arcs}
        return {name: float(count) if one.events else None for name, count in counts.items()}
    return _of_counts(question, one.events, one.cases)


def _of_counts(question: Question, events: int, cases: int) -> Figures:
    if question == "occurrence":
        return {"events_per_case": round(events / cases, 3) if cases else None}
    return {"events": float(events) if events else None} if question == "workload" else {}


def _days(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds / DAY, 4)
