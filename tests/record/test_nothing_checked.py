"""A rule that looked at no row is never taken for one that passed, whoever reads the record."""

from pathlib import Path
from typing import get_args

import pytest

from logsyn.expectations.judgement import load_judgement
from logsyn.reports.names import OUTCOMES
from logsyn.validator.commands.exit_codes import exit_code
from logsyn.validator.commands.summary import summary
from logsyn.validator.comparing.change import change_of
from logsyn.validator.findings.verdict import judge
from logsyn.validator.handing_on.passed_audit import passed
from logsyn.validator.record import Outcome, Point
from tests.record.made import idle

DEFAULT = load_judgement("default")
IDLE = idle()


def test_no_question_and_no_log_is_fit_for_it():
    verdict = judge(IDLE.findings, DEFAULT)
    assert verdict.overall == "fit_with_reservations"
    asked = {name for one in IDLE.findings if one.severity != "info" for name in one.questions}
    assert {one.question for one in verdict.questions if one.usability == "with_reservations"} >= asked
    assert {one.fitness for one in verdict.dimensions} == {"not_evaluated"}
    assert sum(one.nothing_checked for one in verdict.dimensions) == len(IDLE.findings)
    assert sum(one.passed for one in verdict.dimensions) == 0


@pytest.mark.parametrize(
    ("severity", "overall"),
    [("critical", "fit_with_reservations"), ("warning", "fit_with_reservations"), ("info", "fit")],
)
def test_it_weighs_as_much_as_a_failure_of_its_severity_can_at_the_least(severity, overall):
    [*_, last] = IDLE.findings
    verdict = judge([last.model_copy(update={"severity": severity})], DEFAULT)
    assert verdict.overall == overall
    assert "found nothing to examine gives reservations" in verdict.rule_of_judgement.en


@pytest.mark.parametrize(("fail_on", "severity", "code"), [
    ("info", "info", 1), ("warning", "info", 0), ("critical", "critical", 1), ("critical", "warning", 0), ("never", "critical", 0),
])  # fmt: skip
def test_the_exit_code_tells_of_it_from_its_severity_on(fail_on, severity, code):
    findings = [finding.model_copy(update={"severity": severity}) for finding in IDLE.findings]
    assert exit_code(IDLE.model_copy(update={"findings": findings}), fail_on) == code


def test_the_summary_counts_and_names_it():
    told = summary(IDLE, Path("report"))
    assert f"Rules: 0 passed, 0 failed, 0 not evaluated, 0 in error, {len(IDLE.findings)} looked at no row" in told
    assert f"  no row    {IDLE.findings[0].rule}: it looked at no row" in told
    assert "looked at no row" not in summary(IDLE.model_copy(update={"findings": []}), Path("report"))


def test_a_comparison_has_no_figure_of_it():
    for outcome in ("passed", "failed"):
        judged, unknown = Point(outcome=outcome, checked=9, failed=3), Point(outcome="nothing_checked")
        assert {change_of(judged, unknown, counted=False), change_of(unknown, judged, counted=True)} == {
            "not_comparable"
        }


def test_what_is_handed_on_says_that_it_is_no_pass():
    assert (passed(IDLE).failed, passed(IDLE).not_evaluated) == ([], len(IDLE.findings))


def test_every_outcome_has_a_name():
    assert set(OUTCOMES) == set(get_args(Outcome))
