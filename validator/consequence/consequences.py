"""The consequence of every failed finding, in the order of the work: the base once, then each rule on what it touches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from logsyn.expectations.remedies import default_remedy
from logsyn.validator.consequence.answers import answers
from logsyn.validator.consequence.backdating import by_registration
from logsyn.validator.consequence.base import create_base, drop_base
from logsyn.validator.consequence.comparison import compare, drop_comparison
from logsyn.validator.consequence.far_ends import far_ends
from logsyn.validator.consequence.lost import lost_rows
from logsyn.validator.consequence.split import meaning_is_declared, split_label
from logsyn.validator.consequence.ties import ties
from logsyn.validator.database.answers import record
from logsyn.validator.record import Audit, Consequence
from logsyn.validator.remedying.steps import do_step
from logsyn.validator.tables.overlay import Overlay

if TYPE_CHECKING:
    import duckdb

    from logsyn.expectations.remedies import Step
    from logsyn.validator.record import Finding, ProcessFigures
    from logsyn.validator.tables.material import Material

MISSING = frozenset(
    {"missing-case-id", "missing-activity", "missing-timestamp", "missing-value", "unparseable-timestamp"}
)
CHAIN = frozenset({"case_id", "activity", "timestamp"})
"""Without these there is no process to compare."""


_ROWS = """
SELECT count(DISTINCT row_id) FILTER (name IS NOT NULL) AS rows_changed, count(DISTINCT row_id) FILTER (name IS NULL) AS rows_dropped
FROM remedy_changes"""


def with_consequences(connection: duckdb.DuckDBPyConnection, audit: Audit, material: Material) -> Audit:
    """The audit with what each failed finding does to the analysis.

    Args:
        connection: holds the tables of the audit; they stay as they are.
        audit: what was found.
        material: the columns and rules of the audit; no value is hashed.
    """
    if not material.mapped >= CHAIN or not any(finding.outcome == "failed" for finding in audit.findings):
        return audit
    base = create_base(connection)
    work = _Work(connection, material, base)
    findings = [
        finding.model_copy(update={"consequence": work.consequence(finding)})
        if finding.outcome == "failed"
        else finding
        for finding in audit.findings
    ]
    drop_comparison(connection)
    drop_base(connection)
    return audit.model_copy(update={"findings": findings})


class _Work:
    """What is shared between the findings of one audit."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, material: Material, base: ProcessFigures) -> None:
        self.connection = connection
        self.material = material
        self.base = base
        self.registered: Consequence | None = None

    def consequence(self, finding: Finding) -> Consequence:
        """What one failed finding does to the analysis, with a sentence for each question that it concerns."""
        known = finding.consequence
        if finding.check == "backdated-registration":
            known = self._by_registration(known)
        elif remedy := self._remedy(finding):
            known = self._remedied(finding, remedy, known)
        if finding.check in MISSING:
            known = known.model_copy(update={"lost": lost_rows(finding)})
        elif finding.check == "shared-timestamp":
            known = known.model_copy(update={"ties": ties(self.connection)})
        elif finding.check == "far-future-end-date":
            number = self.material.rules[finding.rule]
            known = known.model_copy(update={"far_ends": far_ends(self.connection, number, self.material.as_of)})
        return known.model_copy(update={"answers": answers(finding, known)})

    def _remedy(self, finding: Finding) -> Step | None:
        remedy = default_remedy(finding.check, finding.rule, self.material.mapped)
        if remedy is None or remedy.do != "relabel":
            return remedy
        if meaning_is_declared(self.connection, self.material.rules[finding.rule]):
            return remedy.model_copy(update={"by": "meaning"})
        return remedy if "team" in self.material.mapped else None

    def _by_registration(self, known: Consequence) -> Consequence:
        """By when things were registered; the same for every rule that asks for it, so worked out once."""
        if self.registered is None:
            comparison, backdating = by_registration(self.connection, self.base, by_team="team" in self.material.mapped)
            self.registered = Consequence(comparison=comparison, backdating=backdating)
        return self.registered.model_copy(update={"observed": known.observed})

    def _remedied(self, finding: Finding, remedy: Step, known: Consequence) -> Consequence:
        overlay = Overlay(self.connection, self.material.without_key())
        try:
            do_step(overlay, remedy)
            rows = record(self.connection.execute(_ROWS))
            comparison = compare(overlay, self.base)
            split = split_label(overlay, str(remedy.by), comparison) if remedy.do == "relabel" else None
        finally:
            overlay.close()
        return known.model_copy(
            update={
                "remedy": remedy.model_dump(mode="json", by_alias=True, exclude_defaults=True) | {"rule": finding.rule},
                **rows,
                "comparison": comparison,
                "split": split,
            }
        )
