"""Owns how accepted findings are shown: what is accepted, why, by whom, until when, and what is left that counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from logsyn.reports import names_of_judgement as names
from logsyn.reports.views.page import Coded, coded

if TYPE_CHECKING:
    from logsyn.reports.wording import Wording
    from logsyn.validator.record import Acceptance, AcceptedPart, Finding


@dataclass(frozen=True)
class Accepted:
    """One acceptance of one finding."""

    anchor: str
    title: str
    mark: Coded
    scope: str
    rows: str
    reason: str
    owner: str
    until: str
    left: str


def mark(finding: Finding, wording: Wording) -> Coded | None:
    """What is written beside the outcome of a finding of which something is accepted; None when nothing ever was."""
    acceptance = finding.acceptance
    if acceptance is None:
        return None
    if all(part.expired for part in acceptance.parts):
        code = "expired"
    elif finding.outcome != "failed":
        code = "unused"
    else:
        code = "partly_accepted" if acceptance.counts else "accepted"
    return coded(names.ACCEPTANCE, code, wording)


def accepted(finding: Finding, anchor: str, wording: Wording) -> tuple[Accepted, ...]:
    """Everything that was accepted of a finding, in the order of the file."""
    if finding.acceptance is None:
        return ()
    return tuple(_accepted(finding, finding.acceptance, part, anchor, wording) for part in finding.acceptance.parts)


def _accepted(finding: Finding, acceptance: Acceptance, part: AcceptedPart, anchor: str, wording: Wording) -> Accepted:
    code = "expired" if part.expired else "unused" if part.failed == 0 else "accepted"
    return Accepted(
        anchor=anchor,
        title=wording.pick(finding.title),
        mark=coded(names.ACCEPTANCE, code, wording),
        scope=_scope(part, wording),
        rows=wording.unless_small(None) if part.hidden else wording.number(part.failed),
        reason=part.reason,
        owner=part.owner,
        until=wording.day(part.expires),
        left=_left(finding, acceptance, part, wording),
    )


def _scope(part: AcceptedPart, wording: Wording) -> str:
    if not part.scope:
        return wording.gettext("the whole rule")
    return "; ".join(
        f"{wording.name(names.SCOPES, column)}: {', '.join(_value(column, value, wording) for value in values)}"
        for column, values in part.scope.items()
    )


def _value(column: str, value: str | None, wording: Wording) -> str:
    if value is None:
        return wording.gettext("(empty)")
    return wording.month(value) if column == "month" else value


def _left(finding: Finding, acceptance: Acceptance, part: AcceptedPart, wording: Wording) -> str:
    if part.expired:
        return wording.gettext("The acceptance has run out, so it counts again.")
    if not finding.is_judged:
        return wording.gettext("The result is unknown, so there is nothing that can be accepted.")
    if acceptance.hidden:
        return (
            wording.gettext("The rest counts.")
            if acceptance.counts
            else wording.gettext("The rest is within what is required.")
        )
    if not acceptance.remaining:
        return wording.gettext("Nothing is left that counts.")
    left = wording.number(acceptance.remaining)
    if acceptance.counts:
        return wording.gettext("%(left)s are left and count.", left=left)
    return wording.gettext("%(left)s are left, which is within what is required.", left=left)
