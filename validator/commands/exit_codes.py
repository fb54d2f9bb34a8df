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
    """At least one finding at or above ``--fail-on``; or a rule of the user's own looked at nothing."""
    USAGE = 2
    """The command was used wrongly."""
    NOT_AUDITED = 3
    """Unreadable input, faulty YAML, a fault of the engine, a rule in ``error``, or no rule that looked at anything."""


def exit_code(result: Audit, fail_on: str, *, fail_on_not_evaluated: bool = False) -> ExitCode:
    """The exit code of a finished audit; what is accepted does not count.

    Args:
        result: the audit.
        fail_on: the least severity of which a failed rule counts, or ``never``.
        fail_on_not_evaluated: a rule that was not evaluated, or looked at nothing, counts whatever its severity and origin.
    """
    if any(finding.outcome == "error" for finding in result.findings) or looked_at_nothing(result):
        return ExitCode.NOT_AUDITED
    if fail_on_not_evaluated and not all(finding.is_judged for finding in result.findings):
        return ExitCode.FINDINGS
    if fail_on == "never":
        return ExitCode.CLEAN
    counting = at_or_above(fail_on)
    found = any(
        finding.asks_in_vain or (finding.still_fails and finding.severity in counting) for finding in result.findings
    )
    return ExitCode.FINDINGS if found else ExitCode.CLEAN


def looked_at_nothing(result: Audit) -> bool:
    """Whether no rule found anything to look at, so that nothing is known of the log."""
    return all(finding.outcome in ("not_evaluated", "nothing_checked") for finding in result.findings)
