"""The sample log: every deterministic check finds exactly what the generator put there, and the clean log has nothing."""

import csv
from collections import defaultdict
from datetime import date

import duckdb
import pytest

from logsyn.expectations.practice import load_practice
from sample_logs.generator.logs import write_momentum
from tests.auditing import SAMPLES, audit_files

PER_ROW = (
    "missing-case-id missing-activity missing-timestamp unparseable-timestamp backdated-registration registered-before-event "
    "far-future-end-date open-ended-period end-before-start future-timestamp default-date duplicate-event shared-timestamp "
    "imprecise-timestamp unknown-activity untidy-label cpr-number"
).split()
NAMED_OTHERWISE = {"missing-team": "missing-value"}


@pytest.fixture(scope="module")
def sample(audited_sample):
    return audited_sample


def read_truth(path):
    lines = defaultdict(set)
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter=";"):
            lines[row["defect"]].add(int(row["line"]))
    return lines


@pytest.fixture(scope="module")
def truth():
    return read_truth(SAMPLES / "momentum.truth.csv")


def found_lines(folder, rule):
    query = "SELECT line FROM read_parquet(?) WHERE rule = ?"
    return {line for (line,) in duckdb.execute(query, [str(folder / "confidential" / "violations.parquet"), rule]).fetchall()}


@pytest.mark.parametrize("rule", [*PER_ROW, *NAMED_OTHERWISE])
def test_a_check_finds_exactly_the_truth(sample, truth, rule):
    expected = truth[NAMED_OTHERWISE.get(rule, rule)]
    assert expected, f"the sample has no {rule}"
    assert found_lines(sample[1], rule) == expected


def test_the_overloaded_label_is_found_and_no_other(sample):
    (label,) = sample[0].audit.registration.overloaded
    assert label.activity == "Samtale (anden)"
    assert label.found
    assert label.declared


def test_it_is_found_without_anybody_declaring_it(tmp_path):
    audited = audit_files(tmp_path, [SAMPLES / "momentum.csv"], profile=None)
    assert [label.activity for label in audited.audit.registration.overloaded] == ["Samtale (anden)"]


def test_every_record_is_accounted_for(sample, truth):
    (read,) = sample[0].audit.inputs
    assert read.rows_in_file == read.rows_loaded + read.rows_rejected
    assert read.rows_rejected == len(truth["rejected"])
    with (sample[1] / "confidential" / "rejected.csv").open(encoding="utf-8-sig") as file:
        assert {int(row["line"]) for row in csv.DictReader(file, delimiter=";")} == truth["rejected"]


def test_the_clean_log_has_nothing(tmp_path):
    how = {"profile": None, "practice": load_practice("jobcenter"), "as_of": date(2023, 11, 30)}
    audited = audit_files(tmp_path, [SAMPLES / "clean.csv"], **how)
    assert {finding.outcome for finding in audited.audit.findings} == {"passed"}
    assert audited.audit.verdict.overall == "fit"
    assert audited.failing == {}


def test_the_base_suite_without_a_practice_finds_nothing_in_the_clean_log(tmp_path):
    audited = audit_files(tmp_path, [SAMPLES / "clean.csv"], profile=None)
    assert [finding.rule for finding in audited.audit.findings if finding.outcome in ("failed", "error")] == []


def test_the_full_log_line_by_line(tmp_path):
    # Large enough to be read in parallel: rows out of file order would show as wrong lines.
    write_momentum(tmp_path, 5_900, 7)
    how = {"profile": None, "practice": load_practice("jobcenter"), "as_of": date(2023, 11, 30)}
    audited = audit_files(tmp_path, [tmp_path / "momentum.csv"], **how)
    expected = read_truth(tmp_path / "momentum.truth.csv")
    assert audited.audit.log.cases == 5_900
    for rule in PER_ROW:
        assert found_lines(tmp_path / "out", rule) == expected[rule], rule
    assert [label.activity for label in audited.audit.registration.overloaded] == ["Samtale (anden)"]
