"""The summary on the terminal: answers to the questions, what matters most, and the findings in the order of the verdict."""

from pathlib import Path

import pytest

from logsyn.validator.commands.summary import summary
from tests.auditing import SAMPLES, audit_files

CAME_LATE = (
    "case_id;activity;timestamp;registered_at\n"
    + "".join(f"{case};A;2023-01-01 10:00:00;2023-03-0{1 + case % 9} 10:00:00\n{case};B;2023-01-02 10:00:00;2023-01-02 11:00:00\n" for case in range(20))
    + "0;C;;2023-01-02 11:00:00\n"
)  # fmt: skip


@pytest.fixture
def audited(tmp_path):
    (tmp_path / "extract.csv").write_text(CAME_LATE, encoding="utf-8")
    return audit_files(tmp_path, [tmp_path / "extract.csv"], "base").audit


def test_it_tells_each_question_and_what_matters_most(audited):
    told = summary(audited, Path("report")).splitlines()
    assert "  deadlines: cannot be answered, 20 of 20 cases in doubt (100.0 %)" in told
    assert "  order: cannot be answered, 20 of 20 cases in doubt (100.0 %)" in told
    assert "  workload: cannot be answered, the extract lacks team or source" in told
    assert "Matters most: backdated-registration, 20 of 20 cases in doubt (100.0 %) for throughput-time" in told


def test_it_ends_with_where_the_report_is_and_what_of_it_is_kept_back(audited):
    told = summary(audited, Path("report")).splitlines()[-2:]
    assert told == ["Report: report/index.html", "Not to be passed on: report/confidential (see README.txt there); the rest may be"]


def test_findings_come_in_the_order_of_the_verdict_and_not_of_their_severity(audited):
    told = summary(audited, Path("report")).splitlines()
    late, missing = (next(at for at, line in enumerate(told) if rule in line and line.startswith("  ")) for rule in ("backdated-registration:", "missing-timestamp:"))  # fmt: skip
    severity = {one.rule: one.severity for one in audited.findings}
    assert (severity["backdated-registration"], severity["missing-timestamp"]) == ("warning", "critical")
    assert late < missing


def test_where_nothing_was_worked_out_nothing_is_told_to_matter(tmp_path):
    told = summary(audit_files(tmp_path, [SAMPLES / "clean.csv"], "base", profile=None, consequence=False).audit, Path("report"))
    assert "Matters most" not in told
    assert "  order: not known\n" in told
