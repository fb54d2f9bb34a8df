"""Of each check of the catalogue an extract that makes it fail, and one that it passes.

What fails comes from the cases of the check (``tests/cases/NAME.yaml``): rows that must fail it, with its parameters. What passes is a
calm log, in which every case takes its course, with the parameters of ``CALM``.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from logsyn.expectations.catalogue import load_catalogue
from tests.auditing import load_cases

FOLDER = Path(__file__).parents[1] / "cases"
COURSE = ("Start", "Møde", "Brev", "Slut")

CALM: dict[str, dict[str, Any] | None] = {
    "activity-frequency": {"max": {"Start": 1}},
    "activity-order": {"order": list(COURSE)},
    "allowed-values": {"column": "status", "values": ["Afholdt"]},
    "attribute-dependency": {"where": {"activity": "Møde"}, "then": {"status": "Afholdt"}},
    "conditional-activity": {"where": {"activity": "Start"}, "activities": ["Slut"]},
    "incomplete-case": {"activities": list(COURSE)},
    "missing-value": {"column": "team"},
    "multi-registration": {"by": "case", "within": "1s"},
    "related-activities": {"antecedent": "Start", "consequent": "Slut", "within": "30d"},
    "resource-inconsistency": {"instance": "activity"},
    "unexpected-end": {"activities": ["Slut"]},
    "unexpected-start": {"activities": ["Start"]},
    "unique-combination": {"columns": ["case_id", "activity"]},
    "unknown-activity": {"activities": list(COURSE)},
    "value-range": {"column": "Beløb", "min": 0, "max": 1000},
    "backdated-registration": {},
    "batch-registration": {},
    "case-id-gap": {},
    "collateral-event": {},
    "contact-detail": {},
    "cpr-number": {},
    "day-month-swap": {},
    "default-date": {},
    "distorted-label": {},
    "dst-ambiguous": {},
    "dst-gap": {},
    "duplicate-event": {},
    "duration-outlier": {},
    "end-before-start": {},
    "far-future-end-date": {},
    "free-text-label": {},
    "future-timestamp": {},
    "imprecise-timestamp": {},
    "inactive-period": {},
    "infrequent-order": {},
    "missing-activity": {},
    "missing-case-id": {},
    "missing-timestamp": {},
    "mixed-precision": {},
    "open-ended-period": {},
    "order-inversion": {},
    "overlap": {},
    "overloaded-label": {},
    "polluted-label": {},
    "registered-before-event": {},
    "registration-regime": {},
    "registration-rhythm": {},
    "shared-timestamp": {},
    "synonymous-label": {},
    "unmapped-timestamp": {},
    "unparseable-timestamp": {},
    "untidy-label": {},
    "utc-shift": {},
    "zero-duration": {},
}
"""By check the parameters with which a calm log passes it."""


@dataclass(frozen=True)
class Scene:
    """An extract that a check fails or passes: its header and rows, the rule, and what else the check looks at.

    ``outcomes``: those that are promised of the rule.
    """

    check: str
    outcomes: tuple[str, ...]
    header: list[str]
    rows: list[list[str]]
    rule: dict[str, Any]
    practice: dict[str, Any] | None = None
    as_of: str = "2023-11-30"
    times: dict[str, Any] = field(default_factory=dict)


def without_generator() -> list[str]:
    """The checks of the catalogue of which nothing is generated, each with what to do."""
    return [
        f"{name}: give {FOLDER.name}/{name}.yaml a case that fails, and CALM in {Path(__file__).name} the parameters with which a calm log passes it"
        for name in load_catalogue()
        if name not in CALM or not failing_cases(name)
    ]


@cache
def failing_cases(check: str) -> list[dict[str, Any]]:
    """The cases of a check in which something fails it."""
    path = FOLDER / f"{check}.yaml"
    cases = load_cases(path) if path.exists() else []
    return [
        case for case in cases if (case.get("fails") or case.get("failed")) and case.get("outcome") in (None, "failed")
    ]


def failing(check: str, number: int) -> Scene:
    """The rows of one of the cases of a check, which must fail it; ``number`` chooses one of them."""
    cases = failing_cases(check)
    case = cases[number % len(cases)]
    lines = case["rows"].splitlines() + [case.get("repeat", {}).get("row", "")] * case.get("repeat", {}).get("rows", 0)
    header, *rows = csv.reader(lines, delimiter=";")
    times = (
        {"formats": case["formats"], "timezone": case.get("timezone", "Europe/Copenhagen")} if "formats" in case else {}
    )
    rule = {**case["rule"], "id": "scene"}
    return Scene(
        check, ("failed",), header, rows, rule, case.get("practice"), str(case.get("as_of", "2023-11-30")), times
    )


def calm(check: str, cases: int, team: str) -> Scene:
    """A log in which every case takes the same course, and which a check passes, or has nothing to look at in."""
    header = [
        "case_id",
        "activity",
        "timestamp",
        "end_timestamp",
        "registered_at",
        "planned_end",
        "team",
        "resource",
        "status",
        "Beløb",
    ]
    rows = [
        [f"{case:05}", activity, f"{day} {hour:02}:{minute:02}:17", f"{day} {hour:02}:{minute + 9:02}:17", f"{day} {hour:02}:{minute + 9:02}:47", f"2023-02-{20 + step}", team, f"Zwansat{case}", "Afholdt", f"{100 + case}"]
        for case in range(cases)
        for step, activity in enumerate(COURSE)
        for day, hour, minute in [(f"2023-01-{16 + step:02}", 9 + case % 5, (case * 7 + step * 11) % 45)]
    ]  # fmt: skip
    rule = {"check": check, "id": "scene", **(CALM[check] or {})}
    return Scene(check, ("passed", "not_evaluated", "nothing_checked"), header, rows, rule)
