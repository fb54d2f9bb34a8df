"""A fault that is put into more cases raises the measure of the questions concerned, and their answers fall; those of others stay."""

import pytest

from logsyn.expectations.catalogue import load_catalogue
from sample_logs.generator.hit.faults import FAULTS
from sample_logs.generator.hit.log import clean_log
from sample_logs.generator.hit.rows import saying
from tests.judging.hit import BY_THE_SAME, COMPUTABLE, OF_THE_WHOLE, audited, audited_by, groups

CASES = 120
CHECKS = load_catalogue()
AT_5 = {"small_reservations", "great_reservations"}
BY_SEVERITY = {"info": "can_be_answered", "warning": "small_reservations", "critical": "great_reservations"}


def rules_of(group):
    return [*group, *(other for check in group for other in BY_THE_SAME.get(check, ()))]


@pytest.fixture(scope="module", params=groups(), ids=" ".join)
def hit(request, tmp_path_factory):
    """The rules, and by share the audit of a log with the faults of the group and how many cases each has hit."""
    folder, group = tmp_path_factory.mktemp("hit"), request.param
    rules = rules_of(group)
    return rules, {
        share: audited(folder / str(share), dict.fromkeys(group, share), CASES, rules) for share in (0.05, 0.5)
    }


@pytest.fixture(scope="module")
def clean(tmp_path_factory):
    return audited(tmp_path_factory.mktemp("clean"), dict.fromkeys(FAULTS, 0), CASES)[0]


def test_every_check_has_a_fault():
    lacking = set(CHECKS) - set(FAULTS)
    assert not lacking, f"give each a fault that it finds in sample_logs/generator/hit/faults.py: {sorted(lacking)}"


def test_every_fault_is_put_into_one_log():
    listed = [rule for group in groups() for rule in rules_of(group)]
    assert sorted(listed) == sorted(COMPUTABLE)


def test_no_rule_finds_anything_in_the_clean_log(clean):
    assert {finding.rule: finding.outcome for finding in clean.findings} == dict.fromkeys(FAULTS, "passed")


def test_the_clean_log_answers_every_question_and_is_fit(clean):
    assert {one.answerability.answer for one in clean.verdict.questions} == {"can_be_answered"}
    assert {one.answerability.measure.count for one in clean.verdict.questions} == {0}
    assert clean.verdict.overall == "fit"


@pytest.mark.parametrize("share", [0.05, 0.5])
def test_the_cases_that_are_hit_are_in_doubt_for_each_question_concerned(hit, share):
    rules, told = hit
    audit, hits = told[share]
    of_fault = {other: hits[check] for check in hits for other in (check, *BY_THE_SAME.get(check, ()))}
    found = {
        one.rule: {doubt.question: doubt.cases.count for doubt in one.consequence.doubts} for one in audit.findings
    }
    assert found == {rule: dict.fromkeys(CHECKS[rule].questions, of_fault[rule]) for rule in rules}


@pytest.mark.parametrize(("share", "answers"), [(0.05, AT_5), (0.5, {"cannot_be_answered"})])
def test_answers_fall_where_a_question_is_concerned_and_stay_elsewhere(hit, share, answers):
    rules, told = hit
    concerned = {question for rule in rules for question in CHECKS[rule].questions}
    for one in told[share][0].verdict.questions:
        part = (
            (one.answerability.answer in answers)
            if one.question in concerned
            else one.answerability.answer == "can_be_answered"
        )
        assert part, one
        assert (one.answerability.measure.count > 0) == (one.question in concerned)


@pytest.mark.parametrize("check", OF_THE_WHOLE)
def test_what_concerns_the_log_as_a_whole_counts_by_its_severity(check, tmp_path):
    audit, _ = audited(tmp_path, {check: FAULTS[check].share}, CASES)
    (finding,) = audit.findings
    assert (finding.outcome, {doubt.cases for doubt in finding.consequence.doubts}) == (
        "failed",
        {None} if finding.questions else set(),
    )
    expected = {one.question: "can_be_answered" for one in audit.verdict.questions} | dict.fromkeys(
        finding.questions, BY_SEVERITY[finding.severity]
    )
    assert {one.question: one.answerability.answer for one in audit.verdict.questions} == expected


OTHER_TIMES = {
    "Slut": ("end_timestamp", {"throughput-time"}),
    "Planlagt start": ("planned_start", set()),
    "Planlagt slut": ("planned_end", {"throughput-time", "deadlines"}),
    "Registreret": ("registered_at", {"deadlines"}),
}


@pytest.mark.parametrize(("header", "column", "concerned"), [(header, *told) for header, told in OTHER_TIMES.items()])
@pytest.mark.parametrize(("check", "text"), [("unparseable-timestamp", "engang i maj"), ("default-date", "01-01-1900")])
def test_a_fault_of_another_time_concerns_what_that_is_for(check, text, header, column, concerned, tmp_path):
    log = clean_log(20)
    saying(header, text)(log[:10])
    audit = audited_by(tmp_path, log, [{"check": check, "id": check, "column": column}])
    counts = {one.question: one.answerability.measure.count for one in audit.verdict.questions}
    assert counts == {question: 10 if question in concerned else 0 for question in counts}
