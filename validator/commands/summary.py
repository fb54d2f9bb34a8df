"""The one-screen summary at the end of an audit, for stdout."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from logsyn.validator.commands.in_vain import not_judged
from logsyn.validator.commands.telling import kept_back
from logsyn.validator.findings.gravity import gravest_first
from logsyn.validator.record import Outcome, rows_in
from logsyn.validator.writing.confidential import ACCOUNTS, CONFIDENTIAL

if TYPE_CHECKING:
    from pathlib import Path

    from logsyn.validator.record import Answerability, Audit, Finding, LogFacts, OutOf

_VERDICT = {"fit": "fit", "fit_with_reservations": "fit with reservations", "not_fit": "not fit"}
_ANSWERS = {
    "can_be_answered": "can be answered",
    "small_reservations": "small reservations",
    "great_reservations": "great reservations",
    "cannot_be_answered": "cannot be answered",
    "not_known": "not known",
}
_MOST = 12


def summary(audit: Audit, out: Path) -> str:
    """Verdict, accounting, answers and what stands in their way, in plain text of at most some thirty lines."""
    rejected = sum(one.rows_rejected for one in audit.inputs)
    failed = _in_order(audit)
    accepted = [finding for finding in audit.findings if finding.outcome == "failed" and not finding.still_fails]
    count = {outcome: sum(finding.outcome == outcome for finding in audit.findings) for outcome in
             get_args(Outcome)}  # fmt: skip
    lines = [
        f"Verdict: {_verdict(audit)}{_selected(audit)}",
        _rows(audit, rejected),
        *_scoped(audit),
        f"Log: {audit.log.cases:,} cases, {audit.log.events:,} events, {audit.log.activities:,} activities, source {audit.extract.source}",
        f"Rules: {count['passed']} passed, {count['failed']} failed, {count['not_evaluated']} not evaluated, {count['error']} in error"
        + (f", {count['nothing_checked']} looked at nothing" if count["nothing_checked"] else ""),
        *_questions(audit),
        *_headline(audit),
        *not_judged(audit),
        *(_line(finding, audit.log) for finding in failed[:_MOST]),
        *([f"  … and {len(failed) - _MOST} more"] if len(failed) > _MOST else []),
        *(f"  accepted  {finding.rule}" for finding in accepted),
        *(f"  expired   the acceptance of {finding.rule} ended on {part.expires}: it counts again"
          for finding in audit.findings if finding.acceptance for part in finding.acceptance.parts if part.expired),
        *(f"  error     {finding.rule}: {finding.reason.en if finding.reason else ''}" for finding in audit.findings if finding.outcome == "error"),
        f"Report: {out / 'index.html'}",
        kept_back(out),
    ]  # fmt: skip
    return "\n".join(lines)


def _rows(audit: Audit, rejected: int) -> str:
    rows = rows_in(audit.inputs, "rows_in_file")
    told = f"{rows:,} in {len(audit.inputs)} file(s) = {rows - rejected:,} loaded" if rows is not None else f"those loaded ({CONFIDENTIAL}/{ACCOUNTS})"
    return f"Rows: {told} + {rejected:,} rejected"


def _verdict(audit: Audit) -> str:
    if audit.findings and not any(finding.is_judged for finding in audit.findings):
        return "nothing is known, since no rule found anything to look at"
    if audit.verdict.nothing_known and audit.selection is None:
        return "it is not known what the extract can answer"
    return _VERDICT[audit.verdict.overall]


def _in_order(audit: Audit) -> list[Finding]:
    """What still fails, in the order of the reasons of the verdict; what is no reason after that, the gravest first."""
    place = {rule: at for at, rule in enumerate(audit.verdict.reasons)}
    failed = [finding for finding in gravest_first(audit.findings) if finding.still_fails]
    return sorted(failed, key=lambda one: place.get(one.rule, len(place)))


def _questions(audit: Audit) -> list[str]:
    """One line a question: its answer and the cases in doubt, or the columns that it lacks."""
    return [f"  {verdict.question}: {_ANSWERS[answered.answer]}{_why(answered)}" for verdict in audit.verdict.questions if (answered := verdict.answerability)]


def _why(answered: Answerability) -> str:
    if answered.missing:
        return f", the extract lacks {', '.join(need.replace('|', ' or ') for need in answered.missing)}"
    if answered.measure is not None and answered.measure.count:
        return f", {'at least ' if answered.uncounted else ''}{_in_doubt(answered.measure)}"
    return ", which cases are in doubt cannot be counted" if answered.uncounted else ""


def _in_doubt(cases: OutOf) -> str:
    return f"{cases.count:,} of {cases.of:,} cases in doubt ({_per_cent(cases.count, cases.of)})"


def _headline(audit: Audit) -> list[str]:
    """The finding that matters most, and the question for which it puts most cases in doubt."""
    rule = audit.verdict.headline
    doubts = audit.verdict.in_doubt_by(rule) if rule is not None else {}
    if not doubts:
        return []
    question, cases = max(doubts.items(), key=lambda one: one[1].count)
    return [f"Matters most: {rule}, {_in_doubt(cases)} for {question}"]


def _line(finding: Finding, log: LogFacts) -> str:
    counted = f"{finding.failed:,} of {finding.checked:,} {_unit(finding)}"
    told = {
        "log": f"{finding.failed:,} found",
        "labels": f"{counted}, {_used(finding, log)}",
    }.get(finding.table, f"{counted} ({share(finding)})")
    return f"  {finding.severity:<9} {finding.rule}: {told}"


def _used(finding: Finding, log: LogFacts) -> str:
    """How much of the log bears the names that were found: one of thirty may be half of it."""
    rows, cases = finding.rows_affected, finding.cases_affected
    return f"used in {rows:,} rows ({_per_cent(rows, log.events)}) in {cases:,} cases ({_per_cent(cases, log.cases)})"


def _selected(audit: Audit) -> str:
    if audit.selection is None:
        return ""
    run, left_out = len(audit.findings), len(audit.selection.left_out)
    return f", by {run} of {run + left_out} rules only: a selection was made"


def _scoped(audit: Audit) -> list[str]:
    scope = audit.scope
    if scope is None:
        return []
    rows, loaded, cases, all_cases = scope.rows_in_scope, scope.rows_loaded, scope.cases_in_scope, scope.cases_loaded
    if rows is None or loaded is None or cases is None or all_cases is None:
        return [f"Scope {scope.scope}: it left out few, so how much stands in {CONFIDENTIAL}/{ACCOUNTS} only"]
    return [
        f"Scope {scope.scope}: {rows:,} of {loaded:,} rows ({_per_cent(rows, loaded)}), "
        f"{cases:,} of {all_cases:,} cases ({_per_cent(cases, all_cases)})"
    ]


def _unit(finding: Finding) -> str:
    return {"events": "rows", "cases": "cases", "labels": "names examined", "log": "found"}[finding.table]


def share(finding: Finding) -> str:
    """The failed share in per cent; never 0 or 100 when it is not."""
    if not finding.checked:
        return "none checked"
    return _per_cent(finding.failed, finding.checked)


def _per_cent(part: int, whole: int) -> str:
    per_cent = 100 * part / whole if whole else 0.0
    if 0 < per_cent < 0.1:
        return "<0.1 %"
    if 99.9 < per_cent < 100:
        return ">99.9 %"
    return f"{per_cent:.1f} %"
