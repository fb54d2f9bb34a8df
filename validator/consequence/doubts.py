"""The measure of a finding for each question: the cases whose part in the answer is in doubt, kept by case so that rules can be taken together.

A case is in doubt for a question when, with the failing rows taken for what they should be, what the question asks of it changes:

* throughput time: its duration moves by more than 5 %, from its first to its last event, or to the last end of an event;
* order: a direct succession of two events comes or goes, or one of the two is called otherwise;
* occurrence: it has an activity more or fewer times;
* workload: it has more or fewer events with a team (or source) in a month;
* deadlines: one of its events fails the rule, so that what was kept is broken or the other way round, or cannot be told.

Where nobody can tell what the failing rows should be, each of their cases is in doubt. A row without a case may belong to any case, and counts
as one of its own (a negative number in ``doubts``); no more cases are counted than there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from logsyn.expectations.question import Question
from logsyn.validator.database.answers import record, records
from logsyn.validator.database.sql import identifier
from logsyn.validator.record import CasesInDoubt, OutOf
from logsyn.validator.remedying.selection import failing_rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import duckdb

    from logsyn.validator.record import AsIfTaken, Finding

MOVED = 0.05
"""A duration that moves by more than this share of itself is another one."""

QUESTIONS: tuple[Question, ...] = get_args(Question)

_CREATE = f"CREATE OR REPLACE TABLE doubts (rule_no USMALLINT, case_no BIGINT, {', '.join(f'{identifier(name)} BOOLEAN' for name in QUESTIONS)})"

_MOVES = f"coalesce(abs(after.{{seconds}} - before.{{seconds}}) > {MOVED} * before.{{seconds}}, after.{{seconds}} IS DISTINCT FROM before.{{seconds}})"

_DIFFERS: Mapping[Question, str] = {
    "throughput-time": f"({_MOVES.format(seconds='seconds')} OR {_MOVES.format(seconds='seconds_to_end')})",
    "order": "after.successions IS DISTINCT FROM before.successions",
    "occurrence": "after.activities IS DISTINCT FROM before.activities",
    "workload": "after.months IS DISTINCT FROM before.months",
    "deadlines": "true",
}

_FAILING = "(SELECT DISTINCT coalesce(case_no::BIGINT, -row_id::BIGINT) AS case_no FROM event_facts SEMI JOIN ({rows}) USING (row_id)) AS failing"

_ADD = "INSERT INTO doubts SELECT * FROM (SELECT {rule}, case_no, {flags} FROM {failing}) AS found (rule_no, case_no, {names}) WHERE {any}"

_ADD_DIFFERENT = """
INSERT INTO doubts SELECT * FROM (
  SELECT {rule}, failing.case_no, {flags} FROM {failing} LEFT JOIN process_touched USING (case_no)
  LEFT JOIN process_cases AS before USING (case_no) LEFT JOIN process_cases_after AS after USING (case_no)) AS found (rule_no, case_no, {names})
WHERE {any}"""

_OF_RULE = "SELECT {counts} FROM doubts WHERE rule_no = {rule}"

_LAST = """
SELECT last, count(*) AS cases FROM (SELECT max(place) AS last FROM doubts JOIN process_order USING (rule_no) WHERE {question} GROUP BY case_no)
GROUP BY last ORDER BY last"""


@dataclass(frozen=True)
class Doubts:
    """The table ``doubts`` of one audit: which rule puts which case in doubt for which question.

    ``cases``: how many there are in the log. ``rules``: number by id.
    """

    connection: duckdb.DuckDBPyConnection
    cases: int
    rules: Mapping[str, int]

    @classmethod
    def create(cls, connection: duckdb.DuckDBPyConnection, rules: Mapping[str, int]) -> Doubts:
        """An empty table."""
        connection.execute(_CREATE)
        cases = record(connection.execute("SELECT cases FROM log"))["cases"]
        return cls(connection, cases, rules)

    def add(self, finding: Finding, taken: AsIfTaken, *, touched: bool, accepted: str | None) -> list[CasesInDoubt]:
        """Tell the cases that a finding puts in doubt, and count them for each of its questions.

        Args:
            finding: has failed.
            taken: what its failing rows were taken for; ``process_cases_after`` holds what that gives.
            touched: whether that changes any case.
            accepted: SQL of the failing rows, in ``event_facts``, that are accepted: they put nothing in doubt.
        """
        if taken == "not_computable":
            return [CasesInDoubt(question=name, cases=None) for name in finding.questions]
        number = self.rules[finding.rule]
        failing = _FAILING.format(rows=failing_rows(number, accepted))
        names = ", ".join(map(identifier, QUESTIONS))
        flags = [self._flag(name, finding, taken, touched=touched) for name in QUESTIONS]
        insert = _ADD_DIFFERENT if touched else _ADD
        self.connection.execute(
            insert.format(
                rule=number, failing=failing, flags=", ".join(flags), names=names, any=names.replace(", ", " OR ")
            )
        )
        counts = ", ".join(f"count(*) FILTER ({identifier(name)}) AS {identifier(name)}" for name in QUESTIONS)
        found = record(self.connection.execute(_OF_RULE.format(counts=counts, rule=number)))
        return [CasesInDoubt(question=name, cases=self._of_all(found[name])) for name in finding.questions]

    def _flag(self, question: Question, finding: Finding, taken: AsIfTaken, *, touched: bool) -> str:
        if question not in finding.questions:
            return "false"
        if taken == "unknown" or question == "deadlines":
            return "true"
        return f"process_touched.case_no IS NOT NULL AND {_DIFFERS[question]}" if touched else "false"

    def remaining(self, question: Question, rules: Sequence[str]) -> list[OutOf]:
        """The cases in doubt for a question by these rules together, and when the first of them no longer fail, one after the other.

        Returns:
            One more than there are rules: with all of them, without the first, without the first two, …, with none.
        """
        if not rules:
            return [self._of_all(0)]
        places = ", ".join(f"({self.rules[rule]}, {place})" for place, rule in enumerate(rules, 1))
        self.connection.execute(
            f"CREATE OR REPLACE TABLE process_order AS SELECT * FROM (VALUES {places}) AS given (rule_no, place)"
        )
        found = records(self.connection.execute(_LAST.format(question=identifier(question))))
        self.connection.execute("DROP TABLE process_order")
        last = {row["last"]: row["cases"] for row in found}
        left = [sum(cases for place, cases in last.items() if place > done) for done in range(len(rules) + 1)]
        return [self._of_all(count) for count in left]

    def drop(self) -> None:
        """Drop the table."""
        self.connection.execute("DROP TABLE IF EXISTS doubts")

    def _of_all(self, count: int) -> OutOf:
        return OutOf(count=min(count, self.cases), of=self.cases)
