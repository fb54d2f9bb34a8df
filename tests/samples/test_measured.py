"""The measures of three logs, the answers, the steps and the ranges equal what pandas works out from the definitions in the documentation."""

from __future__ import annotations

import csv
from itertools import product
from pathlib import Path

import pandas as pd
import pytest
from judged_apart import AS_OF, PRACTICE, SAMPLES, read
from measured_apart import Log, answer, base, log_of, steps
from measured_audit import SEVERITIES, answers_as_defined, cases_as_defined, measured_from, ranges_as_defined

from logsyn.expectations.practice import load_practice
from logsyn.expectations.source import load_source
from sample_logs.generator.logs import write_momentum

SEPSIS = Path(__file__).parents[3] / "shared" / "real" / "sepsis.csv.gz"
TEXTS = {"case_id": "SagsID", "activity": "Aktivitet", "team": "Team", "source": "DataSource"}
TIMES = {"timestamp": "Starttidspunkt", "registered_at": "Oprettet", "planned_end": "Slutdato"}
MEANINGS = {
    label: said["meaning"] for label, said in PRACTICE.items() if said and isinstance(said.get("meaning"), dict)
}
OF_JOB_CENTRE = {"profile": load_source("momentum"), "practice": load_practice("jobcenter"), "as_of": AS_OF}


def job_centre(rows, without=()):
    columns = {name: [row.text(header) for row in rows] for name, header in TEXTS.items() if name not in without}
    columns |= {name: [row.moment(header) for row in rows] for name, header in TIMES.items() if name not in without}
    return Log(log_of([row.line for row in rows], **columns), set(columns), MEANINGS)


def of_sample(folder):
    log = job_centre(read(SAMPLES / "momentum.csv")[0])
    return measured_from(folder, log, SAMPLES / "momentum.csv", "momentum-jobklub", **OF_JOB_CENTRE)


def of_generated(folder):
    """A generated log that says neither who works nor when it was registered."""
    write_momentum(folder, cases=60, seed=3)
    rows, _ = read(folder / "momentum.csv")
    kept = [header for header in rows[0].cells if header not in {"Oprettet", "Team"}]
    with (folder / "cut.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter=";")
        writer.writerows([kept, *([row.cells[header] for header in kept] for row in rows)])
    log = job_centre(read(folder / "cut.csv", "utf-8")[0], without={"team", "registered_at"})
    return measured_from(folder, log, folder / "cut.csv", "strict", **OF_JOB_CENTRE)


def of_sepsis(folder):
    rows = pd.read_csv(SEPSIS, sep=";", dtype=str, keep_default_na=False)
    columns = {
        "case_id": rows["Case ID"],
        "activity": rows["Activity"],
        "timestamp": [moment.to_pydatetime() for moment in pd.to_datetime(rows["Complete Timestamp"])],
        "team": [group or None for group in rows["org:group"]],
    }
    return measured_from(
        folder, Log(log_of(range(2, len(rows) + 2), **columns), set(columns)), SEPSIS, "strict", profile=None
    )


AT_HAND = pytest.mark.skipif(
    not SEPSIS.exists(), reason="the real logs are not at hand on this machine (../shared/real)"
)
LOGS = [of_sample, of_generated, pytest.param(of_sepsis, marks=[AT_HAND, pytest.mark.slow])]


@pytest.fixture(scope="module", params=LOGS)
def measured(request, tmp_path_factory):
    return request.param(tmp_path_factory.mktemp("measured"))


def test_the_cases_that_each_rule_puts_in_doubt(measured):
    found, expected = cases_as_defined(measured)
    assert found == expected
    assert all(0 <= count <= measured.log.cases for count in found.values())


def test_the_measure_and_the_answer_of_each_question(measured):
    found, expected = answers_as_defined(measured)
    assert found == expected


def test_the_steps_come_by_the_largest_measure_and_each_on_top_of_those_before_it(measured):
    severity = {one.rule: SEVERITIES.index(one.severity) for one in measured.audit.findings}
    remaining = {question: dict(of_rule) for question, of_rule in measured.sets.items()}
    largest = []
    for step in measured.audit.verdict.improvements:
        alone = [of_rule.pop(step.rule) for question, of_rule in remaining.items() if step.rule in of_rule]
        for rule, of_rule in product(step.along, remaining.values()):
            of_rule.pop(rule, None)
        largest.append((-max(measured.log.measure([cases]) for cases in alone), severity[step.rule]))
        for after in step.answers:
            count = measured.log.measure(remaining[after.question].values())
            assert after.answer == answer(after.question, count, measured.log.cases, measured.log.mapped)
            assert after.measure is None or after.measure.count == count
    assert largest == sorted(largest)
    assert not any(cases for of_rule in remaining.values() for cases in of_rule.values())


def test_the_range_of_each_answer(measured):
    found, expected = ranges_as_defined(measured)
    assert found == pytest.approx(expected, rel=1e-5, abs=1e-3)


def arcs(frame):
    return {step[3:] for step in steps(frame)}


@pytest.mark.parametrize("measured", [of_sample], indirect=True)
@pytest.mark.parametrize(
    ("rule", "cases", "new"), [("conversations-registered", 28, 8), ("backdated-registration", 97, 107)]
)
def test_rows_that_were_registered_late_are_moved_and_no_others(measured, rule, cases, new):
    frame, finding = measured.log.frame, next(one for one in measured.failed if one.rule == rule)
    moved = measured.log.taken(finding.check, finding.table, measured.lines[rule]).of(frame)
    assert len(arcs(moved) - arcs(frame)) == finding.consequence.comparison.arcs_gained == new
    assert len(measured.sets["order"][rule]) == cases


@pytest.mark.parametrize("measured", [of_sample], indirect=True)
def test_the_whole_log_by_two_clocks(measured):
    frame = measured.log.frame
    by_registration = frame.assign(
        timestamp=frame["registered_at"].where(frame["registered_at"].notna(), frame["timestamp"])
    )
    by_registration = by_registration[frame["timestamp"].notna()]
    orders = [base(one).reset_index().groupby("case_id")["line"].agg(tuple) for one in (frame, by_registration)]
    clocks = measured.audit.registration.two_clocks
    assert (orders[0] != orders[1]).sum() == clocks.backdating.cases_reordered == 162
    assert len(arcs(by_registration) - arcs(frame)) == clocks.comparison.arcs_lost == 151
