"""What a README says of the audit that an extract has been through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from logsyn.validator.handing_on.record import PassedAudit

if TYPE_CHECKING:
    from logsyn.validator.record import Audit


def passed(audit: Audit) -> PassedAudit:
    """What a README says of an audit."""
    return PassedAudit(
        verdict=audit.verdict.overall,
        suite=audit.suite,
        as_of=audit.as_of,
        failed=[finding.rule for finding in audit.findings if finding.outcome == "failed"],
        remedied=None if audit.remedied is None else audit.remedied.remedies,
        not_evaluated=sum(not finding.is_judged for finding in audit.findings),
    )
