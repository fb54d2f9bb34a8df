"""Owns the leader's page: the verdict, what it rests on, what to do next, and what was examined."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reports import names
from reports.figures import parsed
from reports.language import N_
from reports.views.consequence import changed_cases, leading_sentence
from reports.views.finding import sentence
from reports.views.page import Coded, Page, anchors, coded, head
from reports.views.practice import TECHNICAL, to_settle

if TYPE_CHECKING:
    from reports.wording import Wording
    from validator.findings.model import Audit, Finding, LogFacts, Outcome

MOST_REASONS: Final = 6
MOST_MENDED: Final = 3
MOST_NOT_EVALUATED: Final = 3
MOST_OBSTACLES: Final = 4
"""So much fits one A4 page; the rest is counted and linked to."""

DAYS_A_YEAR: Final = 366

OUTCOMES_TOLD: Final[dict[Outcome, str]] = {
    "passed": N_("%(n)s passed"),
    "failed": N_("%(n)s failed"),
    "not_evaluated": N_("%(n)s could not be evaluated"),
    "error": N_("%(n)s could not be run"),
}


@dataclass(frozen=True)
class Reason:
    """One finding behind the verdict, in one sentence."""

    anchor: str
    title: str
    severity: Coded
    sentence: str


@dataclass(frozen=True)
class Leading:
    """The finding that changes most for the analysis, and its one sentence."""

    anchor: str
    title: str
    sentence: str


@dataclass(frozen=True)
class Step:
    """One thing to do; ``link`` is the page where it can be done, or empty."""

    title: str
    text: str
    link: str


@dataclass(frozen=True)
class Question:
    """Whether an analysis can answer one question, and what stands in the way."""

    name: str
    usability: Coded
    obstacles: str


@dataclass(frozen=True)
class NotEvaluated:
    """A rule that could not be judged, and why."""

    anchor: str
    title: str
    outcome: Coded
    reason: str


@dataclass(frozen=True)
class Fact:
    """One fact about what was examined."""

    name: str
    value: str


@dataclass(frozen=True)
class IndexPage(Page):
    """Everything on index.html."""

    verdict: Coded
    meaning: str
    rules: str
    reasons: tuple[Reason, ...]
    more_reasons: str
    leading: Leading | None
    steps: tuple[Step, ...]
    questions: tuple[Question, ...]
    facts: tuple[Fact, ...]
    rule_of_judgement: str
    not_evaluated: tuple[NotEvaluated, ...]
    more_not_evaluated: str


def index_page(audit: Audit, wording: Wording) -> IndexPage:
    """The leader's page of an audit."""
    places = dict(zip((f.rule for f in audit.findings), anchors([f.rule for f in audit.findings]), strict=True))
    known = {finding.rule: finding for finding in audit.findings}
    reasons = [known[rule] for rule in audit.verdict.reasons if rule in known]
    open_rules = [finding for finding in audit.findings if finding.outcome in {"not_evaluated", "error"}]
    return IndexPage(
        **head(audit, "index", wording),
        verdict=coded(names.FITNESS, audit.verdict.overall, wording),
        meaning=wording.name(names.FITNESS_MEANS, audit.verdict.overall),
        rules=_rules(audit.findings, wording),
        reasons=tuple(_reason(finding, places[finding.rule], wording) for finding in reasons[:MOST_REASONS]),
        leading=_leading(reasons, places, wording),
        more_reasons=_more(len(reasons) - MOST_REASONS, wording),
        steps=_steps(audit, reasons, wording),
        questions=_questions(audit, known, wording),
        facts=_facts(audit, wording),
        rule_of_judgement=wording.pick(audit.verdict.rule_of_judgement),
        not_evaluated=tuple(
            _not_evaluated(finding, places[finding.rule], wording) for finding in open_rules[:MOST_NOT_EVALUATED]
        ),
        more_not_evaluated=_more(len(open_rules) - MOST_NOT_EVALUATED, wording),
    )


def _rules(findings: list[Finding], wording: Wording) -> str:
    if not findings:
        return wording.gettext("There were no rules, so nothing was judged.")
    count = Counter(finding.outcome for finding in findings)
    parts = [
        wording.gettext(message, n=wording.number(count[outcome]))
        for outcome, message in OUTCOMES_TOLD.items()
        if count[outcome]
    ]
    return wording.gettext(
        "%(rules)s: %(outcomes)s.", rules=wording.rules(len(findings)), outcomes=wording.listed(parts)
    )


def _leading(reasons: list[Finding], places: dict[str, str], wording: Wording) -> Leading | None:
    """The reason that gives most cases another course; the gravest of equals."""
    known = [finding for finding in reasons if changed_cases(finding) and leading_sentence(finding, wording)]
    if not known:
        return None
    most = max(known, key=changed_cases)
    return Leading(places[most.rule], wording.pick(most.title), leading_sentence(most, wording))


def _reason(finding: Finding, anchor: str, wording: Wording) -> Reason:
    said = sentence(finding, wording)
    if finding.outcome in {"error", "not_evaluated"} and finding.reason:
        said = f"{said} {wording.pick(finding.reason)}"
    return Reason(anchor, wording.pick(finding.title), coded(names.SEVERITIES, finding.severity, wording), said)


def _steps(audit: Audit, reasons: list[Finding], wording: Wording) -> tuple[Step, ...]:
    to_mend = [
        finding
        for finding in reasons
        if finding.outcome == "failed" and (finding.severity == "critical" or finding.check in TECHNICAL)
    ]
    steps = [Step(wording.pick(finding.title), wording.pick(finding.mend), "") for finding in to_mend[:MOST_MENDED]]
    return (*steps, *_common_steps(audit, wording))


def _common_steps(audit: Audit, wording: Wording) -> list[Step]:
    steps = []
    if audit.verdict.overall == "fit":
        steps.append(Step(wording.gettext("Begin the analysis"), wording.gettext("The extract can carry it."), ""))
    asked = len(to_settle(audit))
    rejected = sum(file.rows_rejected for file in audit.inputs)
    errors = sum(finding.outcome == "error" for finding in audit.findings)
    silent = sum(finding.outcome == "not_evaluated" for finding in audit.findings)
    if asked:
        text = wording.ngettext(
            "%(n)s question is ready to be settled with those who do the registration.",
            "%(n)s questions are ready to be settled with those who do the registration.",
            asked,
            n=wording.number(asked),
        )
        steps.append(Step(wording.gettext("Agree on how to register"), text, "practice.html"))
    if rejected:
        text = wording.ngettext(
            "%(rows)s could not be read and is not part of what was examined.",
            "%(rows)s could not be read and are not part of what was examined.",
            rejected,
            rows=wording.rows(rejected),
        )
        steps.append(Step(wording.gettext("Have unreadable rows corrected"), text, "quality.html#rows"))
    if silent:
        text = wording.gettext("%(rules)s could not be evaluated without it.", rules=wording.rules(silent))
        steps.append(Step(wording.gettext("Get hold of what was missing"), text, "#not-evaluated"))
    if errors:
        text = wording.gettext("%(rules)s could not be run. It is a technical matter.", rules=wording.rules(errors))
        steps.append(Step(wording.gettext("Ask the BI consultant to look at the error"), text, "quality.html"))
    text = wording.gettext("The verdict holds for this extract only.")
    return [*steps, Step(wording.gettext("Examine the next extract in the same way"), text, "")]


def _questions(audit: Audit, known: dict[str, Finding], wording: Wording) -> tuple[Question, ...]:
    return tuple(
        Question(
            wording.name(names.QUESTIONS, verdict.question),
            coded(names.USABILITY, verdict.usability, wording),
            _obstacles([wording.pick(known[rule].title) if rule in known else rule for rule in verdict.rules], wording),
        )
        for verdict in audit.verdict.questions
    )


def _obstacles(titles: list[str], wording: Wording) -> str:
    """The gravest, which come first; the rest is counted."""
    left_out = len(titles) - MOST_OBSTACLES
    told = "; ".join(titles[:MOST_OBSTACLES])
    if left_out <= 0:
        return told
    others = wording.ngettext("and %(n)s other", "and %(n)s others", left_out, n=wording.number(left_out))
    return f"{told} {others}"


def _facts(audit: Audit, wording: Wording) -> tuple[Fact, ...]:
    log = audit.log
    duration = log.case_duration_seconds.median
    facts = [
        Fact(wording.gettext("Extract"), audit.extract.source),
        Fact(wording.gettext("Examined as of"), wording.day(audit.as_of)),
        Fact(wording.gettext("Period"), _period(log, wording)),
        Fact(wording.gettext("Cases"), wording.number(log.cases)),
        Fact(wording.gettext("Registrations"), wording.number(log.events)),
        Fact(wording.gettext("Different activities"), wording.number(log.activities)),
        Fact(wording.gettext("Different courses of a case"), wording.number(log.variants)),
    ]
    if duration is not None:
        facts.append(Fact(wording.gettext("Half of the cases last less than"), wording.seconds(duration)))
    return (*facts, *_row_facts(audit, wording))


def _period(log: LogFacts, wording: Wording) -> str:
    """The days between which most events lie, when they are known, so that a wrong year does not hide them."""
    if not log.start:
        return wording.gettext("no times could be read")
    first, last = wording.day(log.start), wording.day(log.end)
    if not (log.typical_start and log.typical_end):
        return wording.gettext("%(first)s to %(last)s", first=first, last=last)
    typical = wording.gettext(
        "Most events lie between %(first)s and %(last)s",
        first=wording.day(log.typical_start),
        last=wording.day(log.typical_end),
    )
    if not (_far_apart(log.start, log.typical_start) or _far_apart(log.end, log.typical_end)):
        return typical
    extremes = wording.gettext("the earliest on %(first)s and the latest on %(last)s", first=first, last=last)
    return f"{typical} ({extremes})"


def _far_apart(extreme: str | None, typical: str) -> bool:
    """Whether two ISO dates or times lie more than a year apart."""
    one, other = parsed(extreme), parsed(typical)
    return one is not None and other is not None and abs(one.toordinal() - other.toordinal()) > DAYS_A_YEAR


def _row_facts(audit: Audit, wording: Wording) -> tuple[Fact, ...]:
    in_file = sum(file.rows_in_file for file in audit.inputs)
    loaded = sum(file.rows_loaded for file in audit.inputs)
    rejected = sum(file.rows_rejected for file in audit.inputs)
    title = wording.gettext("Rows in %(files)s", files=wording.files(len(audit.inputs)))
    account = wording.gettext(
        "%(in_file)s = %(loaded)s loaded + %(rejected)s rejected",
        in_file=wording.number(in_file),
        loaded=wording.number(loaded),
        rejected=wording.number(rejected),
    )
    return (Fact(title, account),)


def _not_evaluated(finding: Finding, anchor: str, wording: Wording) -> NotEvaluated:
    reason = wording.pick(finding.reason) if finding.reason else sentence(finding, wording)
    outcome = coded(names.OUTCOMES, finding.outcome, wording)
    return NotEvaluated(anchor, wording.pick(finding.title), outcome, reason)


def _more(left_out: int, wording: Wording) -> str:
    if left_out <= 0:
        return ""
    return wording.gettext("and %(n)s more", n=wording.number(left_out))
