"""Owns the leader's page: the verdict, what it rests on, what to do next, and what was examined."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from logsyn.reports import names
from logsyn.reports.language import N_
from logsyn.reports.names_of_judgement import ANSWERS_IN_SHORT, FITNESS_OF_SELECTION, TAKES, WHO
from logsyn.reports.views.acceptance import Accepted, accepted
from logsyn.reports.views.causes import Ruled, along_with
from logsyn.reports.views.facts import Fact, facts
from logsyn.reports.views.finding import sentence
from logsyn.reports.views.lacking import AllLacking, all_lacking
from logsyn.reports.views.page import Coded, Page, anchors, coded, head
from logsyn.reports.views.practice import to_settle
from logsyn.reports.views.questions import Question, in_doubt, questions
from logsyn.reports.views.suitability import Brief, brief
from logsyn.validator.record import AnswerAfter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from logsyn.reports.wording import Wording
    from logsyn.validator.record import Audit, Finding, Improvement, LogFacts, Outcome

MOST_REASONS: Final = 6
MOST_STEPS: Final = 4
MOST_NOT_EVALUATED: Final = 3
MOST_ACCEPTED: Final = 3
"""So much fits one A4 page; the rest is counted and linked to."""

OUTCOMES_TOLD: Final[dict[Outcome, str]] = {
    "passed": N_("%(n)s passed"),
    "failed": N_("%(n)s failed"),
    "not_evaluated": N_("%(n)s could not be evaluated"),
    "nothing_checked": N_("%(n)s found nothing to examine"),
    "error": N_("%(n)s could not be run"),
}


@dataclass(frozen=True)
class Reason:
    """One finding behind the verdict, in one sentence, and those that probably have the same cause."""

    anchor: str
    title: str
    severity: Coded
    sentence: str
    same_cause: tuple[Ruled, ...]


@dataclass(frozen=True)
class Leading:
    """The finding that puts most cases in doubt, and for which questions how many."""

    anchor: str
    title: str
    sentence: str


@dataclass(frozen=True)
class NextStep:
    """One thing to do; ``link`` is the page where it can be done, or empty."""

    title: str
    text: str
    link: str


@dataclass(frozen=True)
class NotEvaluated:
    """A rule that could not be judged, and why."""

    anchor: str
    title: str
    outcome: Coded
    reason: str
    lacking: AllLacking


@dataclass(frozen=True)
class IndexPage(Page):
    """Everything on index.html."""

    verdict: Coded
    meaning: str
    rules: str
    reasons: tuple[Reason, ...]
    more_reasons: str
    leading: Leading | None
    steps: tuple[NextStep, ...]
    questions: tuple[Question, ...]
    facts: tuple[Fact, ...]
    accepted: tuple[Accepted, ...]
    more_accepted: str
    suitability: Brief | None
    judged_by: tuple[str, ...]
    not_evaluated: tuple[NotEvaluated, ...]
    more_not_evaluated: str


def index_page(audit: Audit, wording: Wording) -> IndexPage:
    """The leader's page of an audit."""
    places = dict(zip((f.rule for f in audit.findings), anchors([f.rule for f in audit.findings]), strict=True))
    known = {finding.rule: finding for finding in audit.findings}
    reasons = [known[rule] for rule in audit.verdict.reasons if rule in known]
    led = along_with(audit, reasons)
    taken = [one for finding in audit.findings for one in accepted(finding, places[finding.rule], wording)]
    open_rules = sorted(
        (finding for finding in audit.findings if not finding.is_judged), key=lambda one: not one.asks_in_vain
    )
    return IndexPage(
        **head(audit, "index", wording),
        verdict=_verdict(audit, wording),
        meaning="" if audit.selection else wording.name(names.FITNESS_MEANS, audit.verdict.overall),
        rules=_rules(audit.findings, wording),
        reasons=tuple(_reason(known[rule], led[rule], places, audit.log, wording) for rule in list(led)[:MOST_REASONS]),
        leading=_leading(audit, known, places, wording),
        more_reasons=_more(len(led) - MOST_REASONS, wording),
        steps=_steps(audit, known, wording),
        questions=questions(audit, known, wording),
        facts=facts(audit, wording),
        accepted=tuple(sorted(taken, key=_expired_first)[:MOST_ACCEPTED]),
        more_accepted=_more(len(taken) - MOST_ACCEPTED, wording),
        suitability=brief(audit, wording),
        judged_by=tuple(wording.pick(audit.verdict.rule_of_judgement).splitlines()),
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
    told = wording.gettext(
        "%(rules)s: %(outcomes)s.", rules=wording.rules(len(findings)), outcomes=wording.listed(parts)
    )
    taken = sum(finding.outcome == "failed" and not finding.still_fails for finding in findings)
    if not taken:
        return told
    said = wording.ngettext(
        "%(n)s of those that failed is accepted.",
        "%(n)s of those that failed are accepted.",
        taken,
        n=wording.number(taken),
    )
    return f"{told} {said}"


def _verdict(audit: Audit, wording: Wording) -> Coded:
    """The verdict in words; from a selection of the rules nothing can be said to be fit."""
    overall = audit.verdict.overall
    if audit.selection is None:
        return coded(names.FITNESS, overall, wording)
    code = "not_evaluated" if overall == "fit" else overall
    return Coded(code, wording.name(FITNESS_OF_SELECTION, overall))


def _expired_first(one: Accepted) -> bool:
    return one.mark.code != "expired"


def _leading(audit: Audit, known: Mapping[str, Finding], places: dict[str, str], wording: Wording) -> Leading | None:
    """The headline of the verdict, with the cases that it puts in doubt by question, most first."""
    finding = known.get(audit.verdict.headline or "")
    if finding is None:
        return None
    told = [
        f"{wording.name(names.QUESTIONS_IN_SHORT, doubt.question)}: {in_doubt(doubt.cases, wording)}"
        for doubt in sorted(finding.consequence.doubts, key=lambda one: -one.cases.count if one.cases else 0)
        if doubt.cases is not None and doubt.cases.count
    ]
    sentence = wording.gettext("Cases in doubt: %(questions)s.", questions="; ".join(told))
    return Leading(places[finding.rule], wording.pick(finding.title), sentence)


def _reason(finding: Finding, others: list[Finding], places: dict[str, str], log: LogFacts, wording: Wording) -> Reason:
    said = sentence(finding, wording, log)
    if not finding.is_judged and finding.reason:
        said = f"{said} {wording.pick(finding.reason)}"
    if finding.acceptance and finding.acceptance.accepted:
        said = f"{said} {_accepted_of(finding.acceptance.accepted, wording)}"
    return Reason(
        places[finding.rule],
        wording.pick(finding.title),
        coded(names.SEVERITIES, finding.severity, wording),
        said,
        tuple(Ruled(places[other.rule], wording.pick(other.title)) for other in others),
    )


def _accepted_of(count: int, wording: Wording) -> str:
    return wording.ngettext("%(n)s of them is accepted.", "%(n)s of them are accepted.", count, n=wording.number(count))


def _steps(audit: Audit, known: Mapping[str, Finding], wording: Wording) -> tuple[NextStep, ...]:
    """What to do, each on top of what comes before it, and then what is to be done with every extract."""
    before = {
        verdict.question: AnswerAfter(question=verdict.question, answer=answered.answer, measure=answered.measure)
        for verdict in audit.verdict.questions
        if (answered := verdict.answerability)
    }
    steps = []
    for step in audit.verdict.improvements[:MOST_STEPS]:
        if (finding := known.get(step.rule)) is not None:
            text = f"{wording.pick(finding.mend)} {_worth(step, before, wording)}"
            steps.append(NextStep(wording.pick(finding.title), text, ""))
        before = {after.question: after for after in step.answers}
    return (*steps, *_common_steps(audit, wording))


def _worth(step: Improvement, before: Mapping[str, AnswerAfter], wording: Wording) -> str:
    """Who can do it, what it takes, and what becomes of the question that gains most."""
    who = wording.gettext("%(who)s; it takes %(what)s.", who=wording.name(WHO, step.who), what=wording.name(TAKES, step.takes))  # fmt: skip
    gained = [
        (was.answer != after.answer, was.measure.count - after.measure.count, after)
        for after in step.answers
        if (was := before.get(after.question)) is not None and was.measure is not None and after.measure is not None
    ]
    better, fewer, most = max(gained, key=lambda one: one[:2], default=(False, 0, None))
    if most is None or most.measure is None or not (better or fewer):
        return who
    becomes = wording.gettext(
        "Then %(question)s: %(answer)s, %(cases)s in doubt.",
        question=wording.name(names.QUESTIONS_IN_SHORT, most.question).lower(),
        answer=wording.name(ANSWERS_IN_SHORT, most.answer),
        cases=in_doubt(most.measure, wording),
    )
    return f"{who} {becomes}"


def _common_steps(audit: Audit, wording: Wording) -> list[NextStep]:
    steps = []
    if audit.verdict.overall == "fit" and audit.selection is None:
        steps.append(NextStep(wording.gettext("Begin the analysis"), wording.gettext("The extract can carry it."), ""))
    asked = len(to_settle(audit))
    rejected = sum(file.rows_rejected for file in audit.inputs)
    run_out = sum(part.expired for finding in audit.findings if finding.acceptance for part in finding.acceptance.parts)
    errors = sum(finding.outcome == "error" for finding in audit.findings)
    silent = sum(finding.outcome == "not_evaluated" for finding in audit.findings)
    idle = sum(finding.outcome == "nothing_checked" for finding in audit.findings)
    if asked:
        text = wording.ngettext(
            "%(n)s question is ready to be settled with those who do the registration.",
            "%(n)s questions are ready to be settled with those who do the registration.",
            asked,
            n=wording.number(asked),
        )
        steps.append(NextStep(wording.gettext("Agree on how to register"), text, "practice.html"))
    if rejected:
        text = wording.ngettext(
            "%(rows)s could not be read and is not part of what was examined.",
            "%(rows)s could not be read and are not part of what was examined.",
            rejected,
            rows=wording.rows(rejected),
        )
        steps.append(NextStep(wording.gettext("Have unreadable rows corrected"), text, "quality.html#rows"))
    if run_out:
        text = wording.gettext("What was accepted counts again, until it is settled or accepted anew.")
        steps.append(NextStep(wording.gettext("Decide on what was accepted until now"), text, "#accepted"))
    if audit.selection is not None:
        text = wording.gettext("The verdict of the whole suite is not known.")
        steps.append(NextStep(wording.gettext("Run all the rules"), text, ""))
    if silent:
        text = wording.gettext("%(rules)s could not be evaluated without it.", rules=wording.rules(silent))
        steps.append(NextStep(wording.gettext("Get hold of what was missing"), text, "#not-evaluated"))
    if idle:
        text = wording.gettext(
            "%(rules)s found no rows to look at. See whether names and conditions are written as in the extract.",
            rules=wording.rules(idle),
        )
        steps.append(NextStep(wording.gettext("Look at the rules that concern no row"), text, "#not-evaluated"))
    if errors:
        text = wording.gettext("%(rules)s could not be run. It is a technical matter.", rules=wording.rules(errors))
        steps.append(NextStep(wording.gettext("Ask the BI consultant to look at the error"), text, "quality.html"))
    text = wording.gettext("The verdict holds for this extract only.")
    return [*steps, NextStep(wording.gettext("Examine the next extract in the same way"), text, "")]


def _not_evaluated(finding: Finding, anchor: str, wording: Wording) -> NotEvaluated:
    reason = wording.pick(finding.reason) if finding.reason else sentence(finding, wording)
    outcome = coded(names.OUTCOMES, finding.outcome, wording)
    return NotEvaluated(anchor, wording.pick(finding.title), outcome, reason, all_lacking(finding, wording))


def _more(left_out: int, wording: Wording) -> str:
    if left_out <= 0:
        return ""
    return wording.gettext("and %(n)s more", n=wording.number(left_out))
