"""What is said of logs with one fault: the cause and not what follows from it, nothing of what nobody looked at, nothing of times that are no times."""

import pytest
from bs4 import BeautifulSoup

from logsyn.expectations.judgement import Judgement
from logsyn.reports.render import render
from logsyn.validator.commands.summary import summary
from tests.auditing import audit_files

HEAD = "case_id;activity;timestamp;registered_at;resource\n"
STEPS = ("Modtaget", "Vurderet", "Svaret", "Lukket")


def log(times=None, registered=None, cases=60, resource=""):
    """A flawless log of four steps a case; ``times`` and ``registered`` give other texts by case and step, or None."""
    rows = []
    for case in range(cases):
        for step, label in enumerate(STEPS):
            start = f"2023-{1 + case % 9:02}-{3 + 6 * step:02} {8 + case % 9:02}:{case:02}:00"
            came = f"{start[:14]}{(case + 1) % 60:02}:30" if case % 60 != 59 else f"{start[:11]}23:00:00"
            when = (times and times(case, step)) or start
            then = came if registered is None or registered(case, step) is None else registered(case, step)
            rows.append(f"c{case};{label};{when};{then};{resource}")
    return HEAD + "\n".join(rows) + "\n"


def put(text, steps=range(4), cases=range(60)):
    """This text in these steps of these cases."""
    return lambda case, step: text if case in cases and step in steps else None


def audited(folder, text, suite="base", **how):
    (folder / "extract.csv").write_text(text, encoding="utf-8")
    return audit_files(folder, [folder / "extract.csv"], suite, **how).audit


def answers(audit):
    return {one.question: (one.answerability.answer, one.answerability.measure.count if one.answerability.measure else None) for one in audit.verdict.questions}


def test_the_flawless_log_is_fit_for_all_but_what_it_has_no_team_for(tmp_path):
    audit = audited(tmp_path, log())
    assert audit.verdict.overall == "fit"
    assert {question: answer for question, (answer, _) in answers(audit).items() if answer != "can_be_answered"} == {"workload": "cannot_be_answered"}


@pytest.mark.parametrize(
    ("empty", "said"),
    [(put(""), ("cannot_be_answered", 60)), (put("", [1], range(3)), ("great_reservations", 3))],
    ids=["all", "some"],
)
def test_deadlines_cannot_be_answered_by_times_of_registration_that_are_not_filled_in(tmp_path, empty, said):
    told = answers(audited(tmp_path, log(registered=empty)))
    assert told["deadlines"] == said
    assert {told[question][0] for question in ("throughput-time", "order", "occurrence")} == {"can_be_answered"}


def test_default_dates_are_told_and_not_the_late_registration_that_follows_from_them(tmp_path):
    audit = audited(tmp_path, log(times=put("1900-01-01 00:00:00", [1], range(20))))
    assert audit.verdict.headline == "default-date"
    first = audit.verdict.improvements[0]
    assert (first.rule, first.along) == ("default-date", ["backdated-registration"])


def test_late_registration_with_a_few_default_dates_among_it_is_told_as_such(tmp_path):
    audit = audited(tmp_path, log(put("1900-01-01 00:00:00", [2], range(6)), put("2023-11-29 10:00:00", [2], range(40))))
    assert audit.verdict.headline == "backdated-registration"


def test_a_registration_that_has_not_come_yet_moves_no_event(tmp_path):
    audit = audited(tmp_path, log(registered=put("2099-12-31 10:00:00", [1], range(20))))
    told = answers(audit)
    assert (told["throughput-time"], told["order"]) == (("can_be_answered", 0), ("can_be_answered", 0))
    assert told["deadlines"][1] == 20


def test_default_dates_of_registration_are_told_and_not_that_it_came_before_the_event(tmp_path):
    audit = audited(tmp_path, log(registered=put("1900-01-01 00:00:00", [1], range(20))))
    assert audit.verdict.headline == "default-registered-at"


def test_a_mass_registration_is_seen_with_one_time_column(tmp_path):
    text = log(put("2023-06-01 09:00:10", [2, 3]), put(""), resource="R1")
    audit = audited(tmp_path, text.replace(";registered_at", ";other"))
    batch = next(one for one in audit.findings if one.rule == "batch-registration")
    assert (batch.outcome, batch.failed) == ("failed", 120)


OWN_RULE = "suite: own\nrules:\n  - {expect: expect_column_values_to_be_in_set, args: {column: resource, value_set: [ok]}, id: own, severity: warning, title: {da: E, en: E}}\n"
COUNTS = {name: {"small_from": 0.01, "great_from": 0.1, "counts": ["own"]} for name in ("throughput-time", "order", "deadlines")}


@pytest.mark.parametrize(
    ("step", "cases", "expected"),
    [(1, 12, {"throughput-time": 0, "order": 12, "deadlines": 12}), (3, 6, {"throughput-time": 6, "order": 6, "deadlines": 6})],
)
def test_a_rule_of_ones_own_is_measured_for_the_questions_for_which_the_judgement_lets_it_count(tmp_path, step, cases, expected):
    (tmp_path / "own.yaml").write_text(OWN_RULE, encoding="utf-8")
    rows = [row[:-2] + "no" if row.startswith(tuple(f"c{n};{STEPS[step]};" for n in range(cases))) else row for row in log(resource="ok").splitlines()]
    judgement = Judgement.model_validate({"judgement": "mine", "overall": {}, "questions": COUNTS})
    audit = audited(tmp_path, "\n".join(rows) + "\n", str(tmp_path / "own.yaml"), judgement=judgement)
    told = {question: measure for question, (answer, measure) in answers(audit).items() if answer not in ("cannot_be_answered", "not_known")}
    assert (audit.findings[0].consequence.as_if, told) == ("left_out", expected)
    assert answers(audit)["order"][0] == "great_reservations"


@pytest.mark.parametrize(("labels", "said"), [(lambda case, step: f"note {case} {step}", "It cannot be counted which cases are in doubt."), (lambda _, step: STEPS[step], "No case is in doubt.")])
def test_where_it_cannot_be_counted_which_cases_are_in_doubt_none_is_said_to_be_in_none(tmp_path, labels, said):
    head, *rows = log().splitlines()
    told = [row.replace(f";{STEPS[at % 4]};", f";{labels(at // 4, at % 4)};") for at, row in enumerate(rows)]
    (tmp_path / "own.yaml").write_text("suite: own\nextends: [base]\nrules:\n  - {check: free-text-label}\n", encoding="utf-8")
    audit = audited(tmp_path, "\n".join([head, *told]) + "\n", str(tmp_path / "own.yaml"))
    page = BeautifulSoup(render(audit, "en")["index.html"], "html.parser").find(class_="questions").tbody.find_all("tr")
    assert [said in row.get_text(" ") for row in page] == [True, True, True, False, said.startswith("No")]


NOBODY = "suite: own\nrules:\n  - {check: missing-value, column: Teams}\n"


def test_of_a_log_at_which_no_rule_looked_nothing_is_said_to_be_usable(tmp_path):
    (tmp_path / "own.yaml").write_text(NOBODY, encoding="utf-8")
    audit = audited(tmp_path, log(), str(tmp_path / "own.yaml"))
    page = render(audit, "en")["index.html"]
    assert "Nothing is known of the extract" in page
    assert "can be used" not in page
    assert "No case is in doubt" not in page
    assert summary(audit, tmp_path).startswith("Verdict: nothing is known")


def test_without_consequences_what_lacks_a_column_is_no_reason(tmp_path):
    audit = audited(tmp_path, log(), consequence=False)
    assert next(one.outcome for one in audit.findings if one.rule == "end-before-start") == "not_evaluated"
    assert audit.verdict.reasons == []
    assert "It is not known what the extract can answer" in render(audit, "en")["index.html"]
    assert summary(audit, tmp_path).startswith("Verdict: it is not known what the extract can answer\n")


def test_a_level_that_nothing_speaks_against_is_the_least(tmp_path):
    page = render(audited(tmp_path, log()), "en")["index.html"]
    assert "At least level" in page
    assert "neither systematically nor completely" not in page


def test_the_steps_of_one_case_are_no_free_text(tmp_path):
    audit = audited(tmp_path, log(cases=1), "strict")
    assert next(one.outcome for one in audit.findings if one.check == "free-text-label") == "passed"
