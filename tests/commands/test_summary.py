"""The summary on the terminal: answers to the questions, what matters most, and the findings in the order of the verdict."""

from pathlib import Path

import pytest

from logsyn.validator.commands.summary import summary
from logsyn.validator.record import (
    Acceptance,
    AcceptedPart,
    Answerability,
    OutOf,
    QuestionVerdict,
    ScopeAccount,
    Selection,
    Text,
    load,
)
from tests.auditing import SAMPLES, audit_files
from tests.record.made import FIRST

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


RECORDED = load(FIRST)
BLANK = RECORDED.findings[0].model_copy(update={"table": "events", "severity": "info", "acceptance": None, "own": False})


def failing(rule, failed, checked, **more):
    return BLANK.model_copy(update={"rule": rule, "outcome": "failed", "failed": failed, "checked": checked, **more})


def lines_of(*findings, **more):
    return summary(RECORDED.model_copy(update={"findings": list(findings), **more}), Path("r")).splitlines()


@pytest.mark.parametrize(
    ("finding", "told"),
    [
        (failing("r", 1, 2000), "1 of 2,000 rows (<0.1 %)"), (failing("r", 1, 1000), "1 of 1,000 rows (0.1 %)"), (failing("r", 1999, 2000), "1,999 of 2,000 rows (>99.9 %)"),
        (failing("r", 999, 1000), "999 of 1,000 rows (99.9 %)"), (failing("r", 9, 9), "9 of 9 rows (100.0 %)"), (failing("r", 3, 0), "3 of 0 rows (none checked)"),
        (failing("r", 5, 8, table="cases"), "5 of 8 cases (62.5 %)"), (failing("r", 1, 1, table="log"), "1 found"),
        (failing("r", 2, 30, table="labels", rows_affected=53, cases_affected=6), "2 of 30 names examined, used in 53 rows (50.0 %) in 6 cases (25.0 %)"),
    ],
)  # fmt: skip
def test_a_finding_is_told_in_the_unit_of_what_it_looks_at(finding, told):
    assert f"  info      r: {told}" in lines_of(finding)


@pytest.mark.parametrize("many", [11, 12, 13, 30])
def test_of_many_findings_twelve_are_told_and_the_others_counted(many):
    told = lines_of(*[failing(f"r{n:02}", 50, 100) for n in range(many)])
    assert sum(line.startswith("  info ") for line in told) == min(many, 12)
    assert [line for line in told if line.endswith(" more")] == ([f"  … and {many - 12} more"] if many > 12 else [])


@pytest.mark.parametrize(("counts", "expired", "told"), [(False, False, ["accepted"]), (True, False, ["info"]), (True, True, ["info", "expired"])])
def test_what_is_accepted_is_no_failure_until_that_has_ended(counts, expired, told):
    part = AcceptedPart(owner="o", reason="x", expires="2023-06-30", expired=expired)
    lines = lines_of(failing("r", 5, 10, acceptance=Acceptance(parts=[part], accepted=0 if expired else 5, remaining=5 if expired else 0, counts=counts)))
    assert [line.split()[0] for line in lines if line.startswith("  ") and "r" in line.split("  ")[-1]] == told
    assert ("  expired   the acceptance of r ended on 2023-06-30: it counts again" in lines) is expired


@pytest.mark.parametrize(
    ("scope", "told"),
    [
        ((40, 80, 6, 24), "Scope s: 40 of 80 rows (50.0 %), 6 of 24 cases (25.0 %)"), ((0, 0, 0, 0), "Scope s: 0 of 0 rows (0.0 %), 0 of 0 cases (0.0 %)"),
        *(((*[7] * at, None, *[7] * (3 - at)), "Scope s: it left out few, so how much stands in confidential/accounts.json only") for at in range(4)),
    ],
)  # fmt: skip
def test_a_scope_is_told_with_how_much_is_left_unless_that_tells_of_few(scope, told):
    rows, loaded, cases, all_cases = scope
    account = ScopeAccount(scope="s", rows_in_scope=rows, rows_loaded=loaded, cases_in_scope=cases, cases_loaded=all_cases, steps=[])
    assert told in lines_of(scope=account)
    assert not [line for line in lines_of(scope=None) if line.startswith("Scope")]


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ({"missing": ["team|source", "resource"]}, ", the extract lacks team or source, resource"), ({"measure": OutOf(count=6, of=24)}, ", 6 of 24 cases in doubt (25.0 %)"),
        ({"measure": OutOf(count=6, of=24), "uncounted": ["r"]}, ", at least 6 of 24 cases in doubt (25.0 %)"), ({"measure": OutOf(count=0, of=24)}, ""),
        ({"measure": OutOf(count=0, of=24), "uncounted": ["r"]}, ", which cases are in doubt cannot be counted"), ({}, ""),
    ],
)  # fmt: skip
def test_a_question_is_told_with_its_cases_in_doubt(answer, told):
    answered = Answerability(answer="great_reservations", **answer)
    questions = [QuestionVerdict(question="order", usability="usable", answerability=answered)]
    lines = lines_of(verdict=RECORDED.verdict.model_copy(update={"questions": questions}))
    assert f"  order: great reservations{told}" in lines


@pytest.mark.parametrize(
    ("findings", "selection", "told"),
    [
        ([failing("r", 1, 2)], Selection(rules=["r"], left_out=["a", "b"]), "fit, by 1 of 3 rules only: a selection was made"), ([failing("r", 1, 2)], None, "fit"),
        ([BLANK.model_copy(update={"outcome": "nothing_checked"})], None, "nothing is known, since no rule found anything to look at"),
    ],
)  # fmt: skip
def test_a_verdict_says_on_what_it_rests(findings, selection, told):
    verdict = RECORDED.verdict.model_copy(update={"overall": "fit"})
    assert f"Verdict: {told}" in lines_of(*findings, selection=selection, verdict=verdict)


def test_a_rule_that_broke_is_told_with_why():
    broke = BLANK.model_copy(update={"rule": "r", "outcome": "error", "reason": Text(da="hvorfor", en="why")})
    lines = lines_of(broke, BLANK.model_copy(update={"outcome": "nothing_checked", "rule": "n"}))
    assert "  error     r: why" in lines
    assert "Rules: 0 passed, 0 failed, 0 not evaluated, 1 in error, 1 looked at nothing" in lines
