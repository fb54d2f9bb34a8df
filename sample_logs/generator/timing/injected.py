"""The injected log with its truth: made on demand, the same for the same seed."""

from __future__ import annotations

import csv
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from logsyn.expectations.practice import Practice
from logsyn.expectations.source import SourceProfile
from sample_logs.generator.timing.defects import put_in
from sample_logs.generator.timing.log import COLUMNS, LAST, STATUSES, clean_log

if TYPE_CHECKING:
    from pathlib import Path

CASES = 300
RULES = (
    {"check": "batch-registration"},
    {"check": "multi-registration", "by": "resource", "within": "2s"},
    {"check": "zero-duration"},
    {"check": "duration-outlier", "activity": [LAST]},
    {"check": "day-month-swap"},
    {"check": "dst-gap"},
    {"check": "dst-ambiguous"},
    {"check": "overlap"},
    {"check": "resource-inconsistency", "instance": "Udførelse"},
    {"check": "value-range", "column": "Beløb", "min": 0, "max": 10000},
    {"check": "allowed-values", "column": "status", "values": list(STATUSES)},
    {"check": "contact-detail"},
)
"""The rules for which the log has a truth, as a suite has them."""

PROFILE = SourceProfile.model_validate({
    "source": "timing",
    "columns": {
        "case_id": "SagsID", "activity": "Aktivitet", "timestamp": "Start", "end_timestamp": "Slut", "registered_at": "Registreret",
        "resource": "Medarbejder", "team": "Team", "status": "Status", "text": "Bemærkning",
    },
    "timestamps": {"formats": ["%d-%m-%Y %H:%M:%S"], "timezone": "Europe/Copenhagen"},
})  # fmt: skip
PRACTICE = Practice.model_validate({"practice": "timing", "default": {"register_within_days": 1}})


class Injected(NamedTuple):
    """An extract, how to read it, and the lines that each check of ``RULES`` is to find."""

    path: Path
    profile: SourceProfile
    practice: Practice
    truth: dict[str, set[int]]


def injected_log(folder: Path, seed: int) -> Injected:
    """Write ``timing.csv`` into ``folder``; lines count from the header, which is 1."""
    rng = Random(seed)
    cases = clean_log(rng, CASES)
    found = put_in(cases, rng)
    return Injected(*_write(cases, folder / "timing.csv", found))


def clean_timing_log(folder: Path, seed: int) -> Injected:
    """The same log before anything was put in: no check finds anything."""
    return Injected(*_write(clean_log(Random(seed), CASES), folder / "timing-clean.csv", {}))


def _write(
    cases: list[list], path: Path, found: dict[str, list]
) -> tuple[Path, SourceProfile, Practice, dict[str, set[int]]]:
    rows = [row for case in cases for row in case]
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(COLUMNS)
        writer.writerows(row.cells() for row in rows)
    lines = {id(row): line for line, row in enumerate(rows, 2)}
    truth = {str(rule["check"]): {lines[id(row)] for row in found.get(str(rule["check"]), [])} for rule in RULES}
    return path, PROFILE, PRACTICE, truth
