"""Owns the page for those who do the registration: what is seen, why it matters, and what to settle together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from logsyn.expectations.severity import gravity
from logsyn.reports import names
from logsyn.reports.views.agreed import AgreedSection, agreed_section
from logsyn.reports.views.finding import Card, card, sentence
from logsyn.reports.views.gaps import GapSection, gap_section
from logsyn.reports.views.horizon import HorizonSection, horizon_section
from logsyn.reports.views.labels import LabelSection, label_section
from logsyn.reports.views.lag import LagSection, lag_section
from logsyn.reports.views.limits import limit_told
from logsyn.reports.views.page import LARGEST, Coded, Page, anchors, coded, head, legend

if TYPE_CHECKING:
    from logsyn.reports.wording import Wording
    from logsyn.validator.record import Audit, Finding

LAG_CHECKS: Final = frozenset({
    "backdated-registration", "registered-before-event", "order-inversion", "batch-registration",
    "multi-registration", "registration-regime", "registration-rhythm",
})  # fmt: skip
LABEL_CHECKS: Final = frozenset({"overloaded-label"})
HORIZON_CHECKS: Final = frozenset({"far-future-end-date", "open-ended-period"})
TECHNICAL: Final = frozenset({
    "case-id-gap", "day-month-swap", "dst-ambiguous", "dst-gap", "inactive-period", "unmapped-timestamp", "utc-shift",
})  # fmt: skip
"""Checks that say something about the making of the extract and nothing about how people register."""


@dataclass(frozen=True)
class Examined:
    """A rule of a section that has nothing to discuss, and why: what it looked at is in order, or it could not be evaluated."""

    title: str
    outcome: Coded
    reason: str


@dataclass(frozen=True)
class PracticePage(Page):
    """Everything on practice.html."""

    practice: str
    legend: str
    lag: LagSection
    lag_cards: tuple[Card, ...]
    lag_examined: tuple[Examined, ...]
    agreed: AgreedSection
    labels: LabelSection
    label_cards: tuple[Card, ...]
    horizon: HorizonSection
    horizon_cards: tuple[Card, ...]
    horizon_examined: tuple[Examined, ...]
    gaps: GapSection
    other_cards: tuple[Card, ...]
    more_cards: str


def practice_page(audit: Audit, wording: Wording) -> PracticePage:
    """The page on registration practice of an audit."""
    others = [
        finding for finding in to_settle(audit) if finding.check not in LAG_CHECKS | LABEL_CHECKS | HORIZON_CHECKS
    ]
    return PracticePage(
        **head(audit, "practice", wording),
        practice=audit.registration.practice or "",
        legend=legend(audit, wording),
        lag=lag_section(audit, wording),
        lag_cards=_cards(audit, LAG_CHECKS, wording),
        lag_examined=_examined(audit, LAG_CHECKS, wording),
        agreed=agreed_section(audit, wording),
        labels=label_section(audit, wording),
        label_cards=_cards(audit, LABEL_CHECKS, wording),
        horizon=horizon_section(audit, wording),
        horizon_cards=_cards(audit, HORIZON_CHECKS, wording),
        horizon_examined=_examined(audit, HORIZON_CHECKS, wording),
        gaps=gap_section(audit, wording),
        other_cards=_made(audit, others[:LARGEST], wording),
        more_cards=wording.more(len(others) - LARGEST),
    )


def to_settle(audit: Audit) -> list[Finding]:
    """Failed findings that those who do the registration can say something about, gravest first."""
    failed = [finding for finding in audit.findings if finding.outcome == "failed" and finding.check not in TECHNICAL]
    return sorted(failed, key=lambda finding: gravity(finding.severity))


def _cards(audit: Audit, checks: frozenset[str], wording: Wording) -> tuple[Card, ...]:
    return _made(audit, [finding for finding in to_settle(audit) if finding.check in checks], wording)


def _made(audit: Audit, findings: list[Finding], wording: Wording) -> tuple[Card, ...]:
    rules = [finding.rule for finding in audit.findings]
    places = dict(zip(rules, anchors(rules), strict=True))
    return tuple(
        card(finding, places[finding.rule], audit.log, wording, limit_told(finding, audit, wording))
        for finding in findings
    )


def _examined(audit: Audit, checks: frozenset[str], wording: Wording) -> tuple[Examined, ...]:
    return tuple(
        Examined(
            wording.pick(finding.title),
            coded(names.OUTCOMES, finding.outcome, wording),
            wording.pick(finding.reason) if finding.reason else sentence(finding, wording, audit.log),
        )
        for finding in audit.findings
        if finding.check in checks and finding.outcome != "failed"
    )
