"""The consequence of every failed finding, in the order of the work: the base once, then each rule on what it touches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from logsyn.expectations.remedies import default_remedy
from logsyn.validator.consequence.answers import answers
from logsyn.validator.consequence.as_if import how_taken, take
from logsyn.validator.consequence.base import create_base, drop_base, unit_of
from logsyn.validator.consequence.comparison import compare, drop_comparison, work_out
from logsyn.validator.consequence.doubts import Doubts
from logsyn.validator.consequence.far_ends import Failing, far_ends
from logsyn.validator.consequence.lost import lost_rows
from logsyn.validator.consequence.ranges import Ranges
from logsyn.validator.consequence.split import meaning_is_declared, split_label, teams_explain, teams_leave_one_use
from logsyn.validator.consequence.ties import ties
from logsyn.validator.consequence.two_clocks import two_clocks
from logsyn.validator.database.answers import record
from logsyn.validator.remedying.selection import failing_rows
from logsyn.validator.tables.overlay import Overlay

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import duckdb

    from logsyn.expectations.question import AsIf, Question
    from logsyn.expectations.remedies import Step
    from logsyn.validator.disclosure.cells import Cells
    from logsyn.validator.record import AnswerRange, Audit, Consequence, Finding, ProcessFigures
    from logsyn.validator.tables.material import Material

MISSING = frozenset(
    {"missing-case-id", "missing-activity", "missing-timestamp", "missing-value", "unparseable-timestamp"}
)
CHAIN = frozenset({"case_id", "activity", "timestamp"})
"""Without these there is no process to compare."""


_ROWS = """
SELECT count(DISTINCT row_id) FILTER (name IS NOT NULL) AS rows_changed, count(DISTINCT row_id) FILTER (name IS NULL) AS rows_dropped
FROM remedy_changes"""


@dataclass(frozen=True)
class QuestionMeasures:
    """What the questions are answered by: the cases in doubt of all rules, and the range of each answer."""

    doubts: Doubts
    ranges: Ranges

    def range_of(self, question: Question, rules: Sequence[str]) -> list[AnswerRange]:
        """The range of the answer to a question by the rules that count; worked out when it is asked for, since of what cannot be answered there is none."""
        return self.ranges.range_of(question, rules)

    def close(self) -> None:
        """Drop the tables."""
        self.doubts.drop()
        self.ranges.drop()
        drop_comparison(self.doubts.connection)
        drop_base(self.doubts.connection)


def with_consequences(
    connection: duckdb.DuckDBPyConnection, audit: Audit, material: Material, accepted: Mapping[str, str], cells: Cells
) -> tuple[Audit, QuestionMeasures | None]:
    """The audit with what each failed finding does to the analysis, and the measures of all of them together; None where there is no process.

    Args:
        connection: holds the tables of the audit; they stay as they are. Those of the measures stay until these are closed.
        audit: what was found.
        material: the columns and rules of the audit; no value is hashed.
        accepted: by rule, SQL of the failing rows that are accepted.
        cells: takes what is counted of groups.
    """
    if not material.mapped >= CHAIN:
        return audit, None
    work = _Work(connection, material, create_base(connection, unit_of(material.mapped)), accepted, cells)
    findings = [
        finding.model_copy(update={"consequence": work.consequence(finding)})
        if finding.outcome == "failed"
        else finding
        for finding in audit.findings
    ]
    registration = audit.registration
    if any(one.check == "backdated-registration" and one.outcome == "failed" for one in findings):
        clocks = two_clocks(connection, work.base, material.mapped, cells)
        registration = registration.model_copy(update={"two_clocks": clocks})
    return audit.model_copy(update={"findings": findings, "registration": registration}), QuestionMeasures(work.doubts, work.ranges)


def with_answers(audit: Audit) -> Audit:
    """The audit with a sentence for each question that a failed finding concerns, once small groups are withheld: no sentence tells more than is shown."""
    findings = [
        finding.model_copy(update={"consequence": _told(finding)}) if finding.consequence.as_if is not None else finding
        for finding in audit.findings
    ]
    return audit.model_copy(update={"findings": findings})


def _told(finding: Finding) -> Consequence:
    known = finding.consequence
    if finding.check in MISSING:
        known = known.model_copy(update={"lost": lost_rows(finding)})
    return known.model_copy(update={"answers": answers(finding, known)})


class _Work:
    """What is shared between the findings of one audit."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        material: Material,
        base: ProcessFigures,
        accepted: Mapping[str, str],
        cells: Cells,
    ) -> None:
        self.connection = connection
        self.material = material
        self.base = base
        self.accepted = accepted
        self.cells = cells
        self.unit = unit_of(material.mapped)
        self.doubts = Doubts.create(connection, material.rules)
        self.ranges = Ranges(connection, material, base, self.unit, accepted)

    def consequence(self, finding: Finding) -> Consequence:
        """What one failed finding does to the analysis."""
        remedy = self._remedy(finding)
        known = self._set_against(finding, how_taken(finding, remedy), remedy)
        if finding.check == "shared-timestamp":
            return known.model_copy(update={"ties": ties(self.connection, self._failing(finding).rows)})
        if finding.check == "far-future-end-date":
            ends = far_ends(self.connection, self._failing(finding), self.material.as_of, self.material.mapped, self.cells)
            return known.model_copy(update={"far_ends": ends})
        return known

    def _failing(self, finding: Finding) -> Failing:
        number = self.material.rules[finding.rule]
        return Failing(failing_rows(number, self.accepted.get(finding.rule)), failing_rows(number))

    def _remedy(self, finding: Finding) -> Step | None:
        remedy = default_remedy(finding.check, finding.rule, self.material.mapped, finding.params)
        if remedy is None or remedy.do != "relabel":
            return remedy
        if meaning_is_declared(self.connection, self.material.rules[finding.rule]):
            return remedy.model_copy(update={"by": "meaning"})
        rule = self.material.rules[finding.rule]
        by_team = "team" in self.material.mapped and teams_explain(self.connection, rule) and teams_leave_one_use(self.connection, rule)
        return remedy if by_team else None

    def _set_against(self, finding: Finding, as_if: AsIf, remedy: Step | None) -> Consequence:
        """The log as it is against the log with the failing rows taken for what they should be."""
        accepted = self.accepted.get(finding.rule)
        overlay = Overlay(self.connection, self.material, set_aside=accepted)
        try:
            taken = take(overlay, finding, as_if, remedy)
            touched = taken not in ("unknown", "not_computable") and work_out(overlay, self.unit)
            doubts = self.doubts.add(finding, taken, touched=touched, accepted=accepted)
            told = {"as_if": taken, "doubts": doubts, "remedy": _declared(finding, remedy)}
            known = finding.consequence.model_copy(update=told)
            told_apart = taken not in ("unknown", "not_computable")
            if finding.still_fails and finding.questions:
                self.ranges.gather(finding, doubts, overlay if told_apart else None)
            if not told_apart:
                return known
            rows = record(self.connection.execute(_ROWS))
            comparison = compare(overlay, self.base)
            split = (
                split_label(overlay, str(remedy.by), comparison, self.material.mapped, self.cells)
                if remedy is not None and remedy.do == "relabel" and taken == "mended"
                else None
            )
        finally:
            overlay.close()
        return known.model_copy(update={**rows, "comparison": comparison, "split": split})


def _declared(finding: Finding, remedy: Step | None) -> dict[str, object] | None:
    """The remedy that is proposed, as it would be declared."""
    if remedy is None:
        return None
    return remedy.model_dump(mode="json", by_alias=True, exclude_defaults=True) | {"rule": finding.rule}
