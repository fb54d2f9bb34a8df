"""Owns the leader's page: the verdict, what it rests on, what to do next, and what was examined."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from logsyn.reports import names
from logsyn.reports.language import N_
from logsyn.reports.names_of_judgement import FITNESS_OF_SELECTION
from logsyn.reports.views.acceptance import Accepted, accepted
from logsyn.reports.views.causes import Ruled, along_with
from logsyn.reports.views.facts import Fact, facts
from logsyn.reports.views.finding import sentence
from logsyn.reports.views.fitness import fitness
from logsyn.reports.views.lacking import AllLacking, all_lacking
from logsyn.reports.views.page import Coded, Page, anchors, coded, head
from logsyn.reports.views.questions import Question, in_doubt, questions
from logsyn.reports.views.steps import MOST_BESIDE, NextStep, next_steps
from logsyn.reports.views.suitability import Brief, brief, has_few_cases

if TYPE_CHECKING:
    from collections.abc import Mapping

    from logsyn.reports.wording import Wording
    from logsyn.validator.record import Audit, Finding, LogFacts, Outcome, QuestionVerdict

MOST_REASONS: Final = 6
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
    cumulative: bool
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
        meaning=_meaning(audit, wording),
        rules=_rules(audit.findings, wording),
        reasons=tuple(_reason(known[rule], led[rule], places, audit.log, wording) for rule in _told(list(led), known)),
        leading=_leading(audit, known, places, wording),
        more_reasons=_more(len(led) - MOST_REASONS, wording),
        steps=next_steps(audit, known, wording),
        cumulative=bool(audit.verdict.improvements),
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
    if _nothing_known(audit):
        return Coded("not_evaluated", wording.gettext("Nothing is known of the extract"))
    if audit.selection is None:
        return fitness(audit.verdict, wording)
    code = "not_evaluated" if overall == "fit" else overall
    return Coded(code, wording.name(FITNESS_OF_SELECTION, overall))


def _nothing_known(audit: Audit) -> bool:
    """Whether there were rules and none of them has looked at anything."""
    return bool(audit.findings) and not any(finding.is_judged for finding in audit.findings)


def _meaning(audit: Audit, wording: Wording) -> str:
    if _nothing_known(audit):
        return wording.gettext("No rule has found anything to look at, so nothing was examined.")
    if audit.selection is not None:
        return ""
    if audit.verdict.nothing_known:
        return wording.gettext("Of no question it is known whether the extract can answer it; why stands with each of them.")
    if audit.verdict.overall == "fit" and has_few_cases(audit):
        return wording.gettext("What is registered is in order. There are too few cases to say anything in general.")
    answered = sum(one.usability != "not_usable" and not _is_unknown(one) for one in audit.verdict.questions)
    if audit.verdict.overall == "fit_with_reservations" and 0 < answered < len(audit.verdict.questions):
        return wording.gettext(
            "The extract can answer %(some)s of the %(all)s questions, for those who know the reservations below.",
            some=wording.number(answered), all=wording.number(len(audit.verdict.questions)),
        )  # fmt: skip
    return wording.name(names.FITNESS_MEANS, audit.verdict.overall)


def _told(rules: list[str], known: Mapping[str, Finding]) -> list[str]:
    """The reasons that the page has room for: what puts most cases in doubt, and at the end what no question depends on, such as personal numbers."""
    beside = [rule for rule in rules[MOST_REASONS:] if not known[rule].questions][:MOST_BESIDE]
    return [*rules[: MOST_REASONS - len(beside)], *beside]


def _is_unknown(verdict: QuestionVerdict) -> bool:
    return verdict.answerability is not None and verdict.answerability.answer == "not_known"


def _expired_first(one: Accepted) -> bool:
    return one.mark.code != "expired"


def _leading(audit: Audit, known: Mapping[str, Finding], places: dict[str, str], wording: Wording) -> Leading | None:
    """The headline of the verdict, with the cases that it puts in doubt by question, most first."""
    finding = known.get(audit.verdict.headline or "")
    if finding is None:
        return None
    doubts = sorted(audit.verdict.in_doubt_by(finding.rule).items(), key=lambda one: -one[1].count)
    told = [f"{wording.name(names.QUESTIONS_IN_SHORT, question)}: {in_doubt(cases, wording)}" for question, cases in doubts]
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


def _not_evaluated(finding: Finding, anchor: str, wording: Wording) -> NotEvaluated:
    reason = wording.pick(finding.reason) if finding.reason else sentence(finding, wording)
    outcome = coded(names.OUTCOMES, finding.outcome, wording)
    return NotEvaluated(anchor, wording.pick(finding.title), outcome, reason, all_lacking(finding, wording))


def _more(left_out: int, wording: Wording) -> str:
    if left_out <= 0:
        return ""
    return wording.gettext("and %(n)s more", n=wording.number(left_out))
