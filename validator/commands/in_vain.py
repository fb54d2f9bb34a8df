"""How the terminal tells of rules that looked at nothing, and of names in a suite that the extract does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from logsyn.validator.commands.exit_codes import looked_at_nothing
from logsyn.validator.commands.telling import note
from logsyn.validator.findings.asked import HIDDEN
from logsyn.validator.findings.gravity import gravest_first
from logsyn.validator.personal.terminal import in_one_line

if TYPE_CHECKING:
    from logsyn.validator.record import Audit, Finding, Unmatched

_MOST = 12
_MOST_NAMES = 3


def note_nothing_known(audit: Audit) -> None:
    """Say that nothing is known of the log, where no rule looked at anything."""
    if looked_at_nothing(audit):
        note(f"no rule of the suite {audit.suite} looked at anything, so nothing is known of this log; see quality.html")


def not_judged(audit: Audit) -> list[str]:
    """The rules that are not known to have passed or failed: the user's own each with what to do, the others by name."""
    findings = gravest_first(audit.findings)
    others = [finding for finding in findings if not finding.asks_in_vain]
    silent = [finding.rule for finding in others if finding.outcome == "not_evaluated"]
    idle = [finding.rule for finding in others if finding.outcome == "nothing_checked"]
    return [
        *in_vain(audit),
        *([f"  not evaluated, since what they need is missing or they do not apply: {', '.join(silent)}"] if silent else []),
        *([f"  looked at nothing, since the log has nothing of the kind: {', '.join(idle)}"] if idle else []),
    ]


def in_vain(audit: Audit) -> list[str]:
    """The rules of the user's own that looked at nothing, and those that name something that is not there; each with what was probably meant."""
    findings = gravest_first(audit.findings)
    told = [f"  nothing   {finding.rule}: {_why(finding)}" for finding in findings if finding.asks_in_vain]
    judged = [finding for finding in findings if finding.own and finding.is_judged]
    told += [f"  remark    {finding.rule}: {_names(finding)}" for finding in judged if _names(finding)]
    return [*told[:_MOST], *([f"  … and {len(told) - _MOST} more"] if len(told) > _MOST else [])]


def _why(finding: Finding) -> str:
    return _names(finding) or (finding.reason.en if finding.reason else "")


def _names(finding: Finding) -> str:
    """What a rule names and the extract does not have, with what was probably meant; what is only missing is told by the reason."""
    told = [one for one in finding.unmatched if one.value is not None or one.near is not None]
    said = [_lacking(one) for one in told[:_MOST_NAMES]]
    return " ".join([*said, *([f"And {len(told) - _MOST_NAMES} more."] if len(told) > _MOST_NAMES else [])])


def _lacking(one: Unmatched) -> str:
    column, value = in_one_line(one.column), in_one_line(one.value or "")
    if one.value is None:
        said = f'"{column}" is no column that rules can look at here.'
    elif one.value == HIDDEN:
        said = f"A value that it names does not occur in {column}."
    elif one.operator is not None:
        said = f'No value of {column} meets {one.operator}: "{value}".'
    else:
        said = f'"{value}" does not occur in {column}.'
    return said + (f' Did you mean "{in_one_line(one.near)}"?' if one.near is not None else "")
