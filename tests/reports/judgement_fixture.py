"""Hand-made suitability, accepted findings, rules of one cause, and a selection. All figures are made up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from findings_fixture import text

from logsyn.validator.record import (
    Acceptance,
    AcceptedPart,
    Audit,
    Censored,
    CoOccurrence,
    CriterionResult,
    FreeTextColumn,
    Maturity,
    OutOf,
    RulePair,
    Selection,
    SharedCause,
    Suitability,
)

if TYPE_CHECKING:
    from typing import Any


def criterion(level: int, outcome: Any, da: str, en: str, **how: Any) -> CriterionResult:
    """One criterion of maturity; without ``rules`` it is one of a measure."""
    measure = {} if "rules" in how else {"measure": "rows_loaded"}
    return CriterionResult(level=level, outcome=outcome, title=text(da, en), **{"required": 0.95, **measure, **how})


def suitability() -> Suitability:
    """An employment log: nearly every case goes its own way, half of the cases may be cut off."""
    return Suitability(
        cases=5_912,
        events=96_088,
        mean_events_per_case=16.253,
        median_events_per_case=14.0,
        variants=OutOf(count=4_812, of=5_912),
        cases_of_own_variant=OutOf(count=4_655, of=5_912),
        events_with_time_of_day=OutOf(count=64_884, of=96_088),
        rows_with_required_fields=OutOf(count=96_076, of=96_088),
        rows_loaded=OutOf(count=96_088, of=96_233),
        labels_covering_95_percent=OutOf(count=31, of=54),
        free_text_columns=[FreeTextColumn(name="text", header="Bemærkning", filled=OutOf(count=1, of=96_088))],
        observed_days=661,
        censored=Censored(
            within_days=143.0,
            at_start=OutOf(count=1_402, of=5_912),
            at_end=OutOf(count=1_930, of=5_912),
            either=OutOf(count=3_001, of=5_912),
        ),
        maturity=Maturity(
            level=2,
            criteria=[
                criterion(2, "met", "Rækkerne kan læses", "The rows can be read", share=0.9985),
                criterion(
                    3,
                    "not_met",
                    "Der registreres, når det sker",
                    "Registration follows the event",
                    rules=["backdated-registration"],
                    required=0.1,
                    share=0.2,
                ),
                criterion(
                    5,
                    "not_evaluated",
                    "Alle aktiviteter er beskrevet",
                    "Every activity is described",
                    rules=[],
                    required=0.0,
                ),
            ],
        ),
    )


def part(expires: str, *, expired: bool = False, **how: Any) -> AcceptedPart:
    """One acceptance, of the leaders of the job club."""
    reason = "Fremmøde føres om fredagen for hele ugen."
    return AcceptedPart(**{"reason": reason, "owner": "Ledelsen af Jobklub", **how}, expires=expires, expired=expired)


ACCEPTANCES = {
    "backdated-registration": Acceptance(
        parts=[part("2024-06-30", scope={"team": ["Jobklub"], "month": ["2023-01"]}, failed=7_716)],
        accepted=7_716,
        remaining=11_488,
        counts=True,
    ),
    "duplicate-event": Acceptance(parts=[part("2024-06-30", failed=1)], accepted=1, remaining=0, counts=False),
    "job-goal-end": Acceptance(
        parts=[part("2023-06-30", expired=True, failed=1_630)], accepted=0, remaining=1_630, counts=True
    ),
    "cpr-number": Acceptance(parts=[part("2024-06-30", failed=0)], accepted=0, remaining=0, counts=False),
    "open-ended-period": Acceptance(parts=[part("2024-06-30", failed=0)], accepted=0, remaining=0, counts=True),
    "missing-case-id": Acceptance(
        parts=[part("2024-06-30", scope={"team": [None]}, hidden=True)],
        accepted=None,
        remaining=None,
        counts=True,
        hidden=True,
    ),
}

TOGETHER = CoOccurrence(
    pairs=[
        RulePair(
            first="backdated-registration", second="job-goal-end", unit="rows", first_failed=19_204,
            second_failed=1_630, together=1_600, jaccard=0.083, containment=0.982, by_chance=0.2,
        ),
        RulePair(
            first="overloaded-label", second="missing-case-id", unit="rows", first_failed=27_460, second_failed=12,
            together=12, jaccard=0.001, containment=1.0, by_chance=0.286,
        ),
    ],
    shared_causes=[SharedCause(rules=["backdated-registration", "job-goal-end"])],
)  # fmt: skip


def accepting(audit: Audit) -> Audit:
    """The audit with acceptances of every kind, and two rules of one cause."""
    findings = [finding.model_copy(update={"acceptance": ACCEPTANCES.get(finding.rule)}) for finding in audit.findings]
    return audit.model_copy(update={"findings": findings, "co_occurrence": TOGETHER})


def selecting(audit: Audit, overall: str) -> Audit:
    """The audit as one of a selection, with this verdict."""
    chosen = Selection(severities=["warning"], left_out=["unknown-activity", "end-before-start"])
    measured = audit.suitability.model_copy(update={"maturity": None}) if audit.suitability else None
    judged = audit.verdict.model_copy(update={"overall": overall})
    return audit.model_copy(update={"selection": chosen, "verdict": judged, "suitability": measured})
