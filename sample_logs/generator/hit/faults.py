"""Of each check of the catalogue one fault that it is to find, and the rule that finds it and finds nothing in the clean log."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from sample_logs.generator.hit import labels, registrations, rows, times, whole_log
from sample_logs.generator.hit.log import COURSE, FIRST, LAST, LETTER, OFFER, SCREENING, STATUSES, TALK, clean_log, copy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sample_logs.generator.hit.log import Case
    from sample_logs.generator.hit.rows import PutIn

A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Fault:
    """What is put into each case that is hit, and the parameters of the rule.

    ``share``: of the cases that are hit for a fault of the log as a whole, which does not show in single cases.
    """

    put_in: PutIn
    params: Mapping[str, Any] = field(default_factory=dict)
    share: float = 0.5


FAULTS: dict[str, Fault] = {
    "activity-frequency": Fault(rows.twice(TALK, A_DAY), {"max": {TALK: 1}}),
    "activity-order": Fault(times.changing_places(SCREENING, TALK), {"order": list(COURSE)}),
    "allowed-values": Fault(rows.saying("Status", "Ved ikke", LETTER), {"column": "status", "values": list(STATUSES)}),
    "attribute-dependency": Fault(
        rows.saying("Status", "Udeblevet"), {"where": {"activity": TALK}, "then": {"status": "Afholdt"}}
    ),
    "backdated-registration": Fault(registrations.ten_days_after_the_last),
    "batch-registration": Fault(registrations.in_one_go, {"min_events": 4, "min_cases": 2}),
    "case-id-gap": Fault(whole_log.deleted, share=0.2),
    "collateral-event": Fault(rows.with_a_copy),
    "conditional-activity": Fault(rows.without(LAST), {"where": {"activity": SCREENING}, "activities": [LAST]}),
    "contact-detail": Fault(rows.saying("Bemærkning", "Ring 20 30 40 50, tak")),
    "cpr-number": Fault(rows.saying("Bemærkning", "Borger 010180-1234 ringede")),
    "day-month-swap": Fault(times.day_and_month_swapped),
    "default-date": Fault(times.at(TALK, datetime.fromisoformat("1900-01-01"))),
    "distorted-label": Fault(labels.mistyped),
    "dst-ambiguous": Fault(times.in_the_hour_that_came_twice),
    "dst-gap": Fault(times.in_the_hour_that_never_came),
    "duplicate-event": Fault(rows.twice(TALK, timedelta(0))),
    "duration-outlier": Fault(times.never_closed, {"max": "30d"}),
    "end-before-start": Fault(times.over_before_it_began),
    "far-future-end-date": Fault(times.until_the_end_of_time),
    "free-text-label": Fault(labels.unlike_any_other),
    "future-timestamp": Fault(times.at(LAST, datetime.fromisoformat("2024-03-01 10:00"))),
    "imprecise-timestamp": Fault(times.without_a_time_of_day),
    "inactive-period": Fault(whole_log.paused, share=1),
    "incomplete-case": Fault(rows.without(LAST), {"activities": [SCREENING, LAST]}),
    "infrequent-order": Fault(times.neighbours_changing_places, {"share": 0.85}),
    "missing-activity": Fault(rows.saying("Aktivitet", "", LETTER)),
    "missing-case-id": Fault(rows.saying("SagsID", "", SCREENING)),
    "missing-timestamp": Fault(rows.saying("Start", "")),
    "missing-value": Fault(rows.saying("Team", ""), {"column": "team"}),
    "mixed-precision": Fault(whole_log.to_the_day),
    "multi-registration": Fault(registrations.right_after_the_one_before, {"by": "case", "within": "1min"}),
    "open-ended-period": Fault(rows.without_an_end),
    "order-inversion": Fault(registrations.after_the_next),
    "overlap": Fault(times.longer_than_the_next),
    "overloaded-label": Fault(labels.of_two_meanings),
    "polluted-label": Fault(labels.numbered),
    "registered-before-event": Fault(registrations.before_it_happened),
    "registration-regime": Fault(whole_log.registered_otherwise),
    "registration-rhythm": Fault(whole_log.registered_on_fridays, share=1),
    "related-activities": Fault(rows.without(LAST), {"antecedent": SCREENING, "consequent": LAST}),
    "resource-inconsistency": Fault(rows.of_two_employees, {"instance": "Udførelse"}),
    "shared-timestamp": Fault(times.at_one_time),
    "synonymous-label": Fault(rows.saying("Aktivitet", f"{LETTER} - Team Nord", LETTER)),
    "unexpected-end": Fault(rows.without(LAST), {"activities": [LAST]}),
    "unexpected-start": Fault(rows.without(FIRST), {"activities": [FIRST]}),
    "unique-combination": Fault(rows.saying("Status", "Ved ikke"), {"columns": ["status"], "max": len(STATUSES)}),
    "unknown-activity": Fault(rows.saying("Aktivitet", "Udgået kode"), {"activities": list(COURSE)}),
    "unmapped-timestamp": Fault(whole_log.dated_amounts, share=1),
    "unparseable-timestamp": Fault(rows.saying("Start", "engang i maj", OFFER)),
    "untidy-label": Fault(rows.saying("Aktivitet", OFFER.replace(" ", "  "), OFFER)),
    "utc-shift": Fault(whole_log.dated_in_utc),
    "value-range": Fault(rows.saying("Beløb", "-5,00"), {"column": "Beløb", "min": 0, "max": 10000}),
    "zero-duration": Fault(times.begun_when_it_ended),
}
"""By check; a new check needs one, too."""


def rule_of(check: str) -> dict[str, Any]:
    """The rule, as a suite has it."""
    return {"check": check, "id": check, **FAULTS[check].params}


def log_with(faults: Mapping[str, float], cases: int, seed: int = 1) -> tuple[list[Case], dict[str, int]]:
    """A clean log with faults, and how many cases each has hit.

    Args:
        faults: by check, the share of the cases that are hit; those of a greater share are those of a smaller one and others.
        cases: how many there are.
        seed: of the log, and of which cases are hit.
    """
    log = [copy(case) for case in clean_log(cases, seed)]
    hits = {}
    for check, share in faults.items():
        hit = Random(f"{seed} {check}").sample(log, cases)[: round(share * cases)]
        FAULTS[check].put_in(hit)
        hits[check] = len(hit)
    return [case for case in log if case], hits
