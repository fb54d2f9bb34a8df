"""Takes the failing rows of one rule for what they should be, so that the log can be set against itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from logsyn.expectations.catalogue import load_catalogue
from logsyn.expectations.question import AS_IF_OF_TABLE, InsteadOf
from logsyn.expectations.remedies import DropRows
from logsyn.validator.remedying.selection import select
from logsyn.validator.remedying.steps import do_step

if TYPE_CHECKING:
    from logsyn.expectations.question import AsIf
    from logsyn.expectations.remedies import Step
    from logsyn.validator.record import AsIfTaken, Finding
    from logsyn.validator.tables.overlay import Overlay

_MOVED = "SELECT row_id, {time} AS value, NULL AS precision FROM event_facts SEMI JOIN ({chosen}) USING (row_id) WHERE value IS NOT NULL"

_NAMED = """
SELECT row_id, {name} AS value FROM event_facts SEMI JOIN ({chosen}) USING (row_id)
JOIN labels ON labels.activity = event_facts.activity::VARCHAR WHERE {name} IS NOT NULL"""


def how_taken(finding: Finding, remedy: Step | None) -> AsIf:
    """How the rows that fail a rule are taken; what no remedy mends is not known."""
    check = load_catalogue().get(finding.check)
    if not finding.rows_affected:  # a figure of a whole column, say
        return "not-computable"
    if check is not None and check.other_time(finding.params):  # the time of the event is good, and nobody knows the other
        return "unknown"
    as_if = AS_IF_OF_TABLE[finding.table] if check is None else check.as_if
    return "unknown" if as_if == "mended" and remedy is None else as_if


def take(overlay: Overlay, finding: Finding, as_if: AsIf, remedy: Step | None) -> AsIfTaken:
    """Put into the overlay what the failing rows are taken for; nothing where nobody can tell, or the finding is about the whole log."""
    if isinstance(as_if, InsteadOf):
        chosen = select(overlay, DropRows(do="drop-rows", rule=finding.rule))
        if as_if.moved_to is not None:
            overlay.put("timestamp", _MOVED.format(time=as_if.moved_to, chosen=chosen))
            return "moved"
        overlay.put("activity", _NAMED.format(name=as_if.named, chosen=chosen))
        return "renamed"
    if as_if == "mended" and remedy is not None:
        do_step(overlay, remedy)
        return "mended"
    if as_if == "left-out":
        do_step(overlay, DropRows(do="drop-rows", rule=finding.rule))
        return "left_out"
    return "unknown" if as_if == "unknown" else "not_computable"
