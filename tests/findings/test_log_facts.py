"""What is told of the log as a whole, against days and durations that are counted apart."""

from datetime import datetime, timedelta

import numpy as np
import pytest

from tests.auditing import audit_files

FIRST = datetime(2023, 1, 1, 8)


def audited(folder, cases, stray=()):
    """The facts of a log of cases that begin a day after each other, the n-th of them n hours long, and of stray events of one more case each."""
    rows = [f"{n};{name};{FIRST + timedelta(days=n, hours=n * at)}" for n in range(cases) for at, name in enumerate("AB")]
    rows += [f"s{n};C;{time}" for n, time in enumerate(stray)]
    (folder / "extract.csv").write_text("\n".join(["case_id;activity;timestamp", *rows]) + "\n", encoding="utf-8")
    (folder / "suite.yaml").write_text("suite: s\nrules:\n  - {check: missing-activity}\n", encoding="utf-8")
    days = np.sort([datetime.fromisoformat(row.split(";")[2]).date().isoformat() for row in rows])
    return audit_files(folder, [folder / "extract.csv"], str(folder / "suite.yaml"), consequence=False).audit.log, days


@pytest.mark.parametrize(("cases", "early", "late"), [(60, 0, 0), (300, 5, 5)])
def test_the_days_are_those_that_five_cases_reach_and_most_events_lie_between(tmp_path, cases, early, late):
    stray = [datetime(2000, 1, 1)] * early + [datetime(2099, 1, 1)] * late
    log, days = audited(tmp_path, cases, stray)
    assert (log.cases, log.events, log.activities, log.variants) == (cases + len(stray), len(days), 2 + (early > 0), 1 + (early > 0))
    begins = sorted([*[FIRST + timedelta(days=n) for n in range(cases)], *stray])
    ends = sorted([*[FIRST + timedelta(days=n, hours=n) for n in range(cases)], *stray])
    assert (log.start, log.end) == (begins[4].date().isoformat(), ends[-5].date().isoformat())
    first, last = days[int(0.01 * len(days))], days[int(np.ceil(0.99 * len(days))) - 1]
    assert (log.typical_start, log.typical_end) == (max(first, log.start), min(last, log.end))
    assert (log.typical_start == log.start, log.typical_end == log.end) == (early == 0, late == 0)


def test_durations_are_those_of_the_cases_and_no_single_case_is_told(tmp_path):
    log, _ = audited(tmp_path, 41)
    assert log.case_duration_seconds.mean == pytest.approx(3600 * np.mean(range(41)), abs=0.001)
    assert log.case_duration_seconds.median == pytest.approx(3600 * np.median(range(41)), abs=0.001)


def test_of_fewer_than_five_cases_neither_days_nor_durations_are_told(tmp_path):
    log, _ = audited(tmp_path, 4)
    facts = (log.start, log.end, log.typical_start, log.typical_end, log.case_duration_seconds.mean, log.case_duration_seconds.median)
    assert facts == (None,) * 6
    assert (log.cases, log.events) == (4, 8)
