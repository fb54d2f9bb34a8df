"""How grave a finding is: its severity, and the share of what its rule looked at that failed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from logsyn.expectations.severity import gravity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from logsyn.validator.record import Finding


def failed_share(finding: Finding) -> float:
    """What failed as a share of what was checked, at most 1; a finding about the log as a whole is 1 when it failed."""
    return _share(finding.failed, finding)


def counted_share(finding: Finding) -> float:
    """As ``failed_share``, of what is not accepted."""
    left = finding.acceptance.remaining if finding.acceptance else None
    return _share(finding.failed if left is None else left, finding)


def gravest_first(findings: Sequence[Finding]) -> list[Finding]:
    """By severity, then by the share of rows that fail, then by name."""
    return sorted(findings, key=by_gravity)


def by_gravity(finding: Finding) -> tuple[int, float, str]:
    """To sort by: the gravest first."""
    return gravity(finding.severity), -counted_share(finding), finding.rule


def _share(failed: int, finding: Finding) -> float:
    if not failed or not finding.checked:
        return float(bool(failed))
    return 1.0 if finding.table == "log" else min(failed / finding.checked, 1.0)
