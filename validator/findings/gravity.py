"""How grave a finding is: its severity, and the share of what its rule looked at that failed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from logsyn.expectations.severity import gravity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from logsyn.validator.record import Finding


def failed_of_checked(finding: Finding) -> tuple[int, int]:
    """How many failed of how many; a finding about the log as a whole is 1 of 1 when it failed."""
    return _of_checked(finding.failed, finding)


def counted_of_checked(finding: Finding) -> tuple[int, int]:
    """As ``failed_of_checked``, of what is not accepted."""
    left = finding.acceptance.remaining if finding.acceptance else None
    return _of_checked(finding.failed if left is None else left, finding)


def counted_share(finding: Finding) -> float:
    """What failed and is not accepted as a share of what was checked."""
    failed, checked = counted_of_checked(finding)
    return failed / checked


def gravest_first(findings: Sequence[Finding]) -> list[Finding]:
    """By severity, then by the share of rows that fail, then by name."""
    return sorted(findings, key=by_gravity)


def by_gravity(finding: Finding) -> tuple[int, float, str]:
    """To sort by: the gravest first."""
    return gravity(finding.severity), -counted_share(finding), finding.rule


def _of_checked(failed: int, finding: Finding) -> tuple[int, int]:
    if not failed or not finding.checked or finding.table == "log":
        return int(bool(failed)), 1
    return min(failed, finding.checked), finding.checked
