"""A rule that looked at no row is never taken for one that passed, whoever reads the record."""

from pathlib import Path
from typing import get_args

import pytest

from logsyn.expectations.judgement import load_judgement
from logsyn.reports.names import OUTCOMES
from logsyn.validator.commands.exit_codes import exit_code
from logsyn.validator.commands.summary import summary
from logsyn.validator.comparing.change import change_of
from logsyn.validator.handing_on.passed_audit import passed
from logsyn.validator.judging.verdict import judge
from logsyn.validator.record import Outcome, Point, Unmatched
from tests.judging.measured import ALL, measured
from tests.record.made import idle

DEFAULT = load_judgement("default")
OWN, BUILT_IN = idle(own=True), idle(own=False)
PASSED = OWN.findings[0].model_copy(update={"rule": "passed", "outcome": "passed", "checked": 9})


def beside_a_pass(audit, **update):
    """The audit in which the last rule is as it was, or as it is updated, and the only other one has passed."""
    return audit.model_copy(update={"findings": [PASSED, audit.findings[-1].model_copy(update=update)]})


@pytest.mark.parametrize("audit", [OWN, BUILT_IN], ids=["own", "built in"])
def test_no_question_and_no_log_is_fit_for_it(audit):
    verdict = judge(audit.findings, DEFAULT, ALL, measured())
    assert verdict.overall == "fit_with_reservations"
    asked = {name for one in audit.findings if one.severity != "info" for name in one.questions}
    assert {one.question for one in verdict.questions if one.usability == "with_reservations"} >= asked
    assert {one.fitness for one in verdict.dimensions} == {"not_evaluated"}
    assert sum(one.nothing_checked for one in verdict.dimensions) == len(audit.findings)
    assert sum(one.passed for one in verdict.dimensions) == 0


@pytest.mark.parametrize(
    ("severity", "overall"),
    [("critical", "fit_with_reservations"), ("warning", "fit_with_reservations"), ("info", "fit")],
)
@pytest.mark.parametrize("how", [{}, {"outcome": "not_evaluated", "unmatched": [Unmatched(key="column", column="Teams")]}])
def test_of_the_users_it_weighs_as_much_as_a_failure_of_its_severity_can_at_the_least(severity, overall, how):
    verdict = judge(beside_a_pass(OWN, severity=severity, **how).findings, DEFAULT, ALL, measured())
    assert verdict.overall == overall
    assert "of your own found nothing to examine, it gives small reservations" in verdict.rule_of_judgement.en
    assert judge(beside_a_pass(BUILT_IN, severity=severity).findings, DEFAULT, ALL, measured()).overall == "fit"


@pytest.mark.parametrize("severity", ["info", "critical"])
@pytest.mark.parametrize(("fail_on", "code"), [("info", 1), ("critical", 1), ("never", 0)])
def test_one_of_the_users_counts_whatever_its_severity_and_a_built_in_one_never(fail_on, severity, code):
    assert exit_code(beside_a_pass(OWN, severity=severity), fail_on) == code
    assert exit_code(beside_a_pass(BUILT_IN, severity=severity), fail_on) == 0


@pytest.mark.parametrize(
    ("unmatched", "code"),
    [([], 0), ([Unmatched(key="where", column="team", value="x")], 0), ([Unmatched(key="column", column="Teams")], 1)],
)
def test_one_that_was_not_evaluated_counts_when_it_names_a_column_that_is_not_there(unmatched, code):
    assert exit_code(beside_a_pass(OWN, outcome="not_evaluated", unmatched=unmatched), "critical") == code
    assert exit_code(beside_a_pass(BUILT_IN, outcome="not_evaluated", unmatched=unmatched), "critical") == 0


@pytest.mark.parametrize("outcome", ["not_evaluated", "nothing_checked"])
@pytest.mark.parametrize("fail_on", ["critical", "never"])
def test_on_demand_every_rule_that_is_not_known_to_have_passed_or_failed_counts(fail_on, outcome):
    assert exit_code(beside_a_pass(BUILT_IN, outcome=outcome), fail_on, fail_on_not_evaluated=True) == 1
    assert exit_code(beside_a_pass(BUILT_IN, outcome="passed"), fail_on, fail_on_not_evaluated=True) == 0


@pytest.mark.parametrize("fail_on", ["critical", "never"])
@pytest.mark.parametrize("audit", [OWN, BUILT_IN, OWN.model_copy(update={"findings": []})])
def test_when_no_rule_looked_at_anything_the_log_was_not_audited(audit, fail_on):
    assert exit_code(audit, fail_on) == 3


def test_the_summary_counts_and_names_it():
    named = [Unmatched(key="column", column="Teams", near="team"), Unmatched(key="where", column="activity", value="a\nb")]
    told = summary(beside_a_pass(OWN, unmatched=named), Path("report"))
    rule = OWN.findings[-1].rule
    assert "Rules: 1 passed, 0 failed, 0 not evaluated, 0 in error, 1 looked at nothing" in told
    assert f'  nothing   {rule}: "Teams" is no column that rules can look at here. Did you mean "team"? "a\\nb" does not' in told
    assert f"looked at nothing, since the log has nothing of the kind: {rule}" in summary(
        beside_a_pass(BUILT_IN), Path("report")
    )
    assert "looked at nothing" not in summary(OWN.model_copy(update={"findings": [PASSED]}), Path("report"))


def test_a_comparison_has_no_figure_of_it():
    for outcome in ("passed", "failed"):
        judged, unknown = Point(outcome=outcome, checked=9, failed=3), Point(outcome="nothing_checked")
        assert {change_of(judged, unknown, counted=False), change_of(unknown, judged, counted=True)} == {
            "not_comparable"
        }


def test_what_is_handed_on_says_that_it_is_no_pass():
    assert (passed(OWN).failed, passed(OWN).not_evaluated) == ([], len(OWN.findings))


def test_every_outcome_has_a_name():
    assert set(OUTCOMES) == set(get_args(Outcome))
