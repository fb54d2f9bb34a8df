"""The exit codes of the command: a contract."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from logsyn.expectations.severity import at_or_above

if TYPE_CHECKING:
    from logsyn.validator.record import Audit


class ExitCode(IntEnum):
    """What the end of a run means to the script that started it."""

    CLEAN = 0
    """No finding at or above ``--fail-on``."""
    FINDINGS = 1
    """At least one finding at or above ``--fail-on``."""
    USAGE = 2
    """The command was used wrongly."""
    NOT_AUDITED = 3
    """Unreadable input, faulty YAML, a fault of the engine, or a rule in ``error``."""


def exit_code(result: Audit, fail_on: str) -> ExitCode:
    """The exit code of a finished audit; what is accepted does not count, and a rule that looked at no row is no pass."""
    if any(finding.outcome == "error" for finding in result.findings):
        return ExitCode.NOT_AUDITED
    counting = () if fail_on == "never" else at_or_above(fail_on)
    found = any(
        (finding.still_fails or finding.outcome == "nothing_checked") and finding.severity in counting
        for finding in result.findings
    )
    return ExitCode.FINDINGS if found else ExitCode.CLEAN
