"""What remedies themselves bring about: names that the practice does not know, rows that fail another rule, and what the questions become."""

import pytest

from logsyn.expectations.practice import Practice
from logsyn.expectations.remedies import Remedies
from logsyn.expectations.suite import load_suite
from logsyn.reports.render import render_remedy
from logsyn.validator.request import Request
from logsyn.validator.run.remedy import run_remedies
from tests.auditing import AS_OF, PROFILE

KEY = b"k" * 32
HEAD = "case_id;activity;timestamp;registered_at;team;planned_end\n"
ROWS = HEAD + "".join(
    f"c{case};{label};2023-01-0{day} 10:00:00;2023-01-2{day} 10:00:00;{'NS'[case % 2]};{end}\n"
    for case in range(10)
    for day, label, end in ((1, "Opkald", ""), (2, "Samtale", ""), (3, "Forløb", "2099-12-31 00:00:00" if case < 6 else "2023-06-01 00:00:00"))
)  # fmt: skip
PRACTICE = Practice.model_validate(
    {
        "practice": "own",
        "activities": {
            "Opkald": {"register_within_days": 30},
            "Samtale": {"register_within_days": 30, "meaning": {"N": "første", "S": "anden"}},
            "Forløb": {"period": True, "register_within_days": 5},
        },
    }
)
SPLIT = {"do": "relabel", "by": "team", "where": {"activity": "Samtale"}}
MEANINGS = {"do": "relabel", "by": "meaning", "where": {"activity": "Samtale"}}
CHOSEN = {"do": "relabel", "to": "Samtal", "where": {"activity": "Samtale"}}
MERGED = {"do": "merge-rows", "where": {"activity": ["Opkald", "Samtale (N)", "Samtale"]}}
OPENED = {"do": "end-date", "set": "open", "rule": "far-future-end-date"}


AGREED = "suite: agreed\nrules: [{check: unknown-activity}, {check: backdated-registration}]\n"
"""The two rules that ask what is agreed on for an activity."""


def remedied(folder, *steps, rows=ROWS, suite="strict", practice=PRACTICE, consequence=False):
    """The audits before and after these steps, by a suite of this name or text."""
    if "\n" in suite:
        (folder / "suite.yaml").write_text(suite, encoding="utf-8")
        suite = str(folder / "suite.yaml")
    extract = folder / "extract.csv"
    extract.write_text(rows, encoding="utf-8")
    (folder / "out").mkdir()
    request = Request([extract], PROFILE, load_suite(suite), practice, AS_OF, consequence=consequence)
    remedies = Remedies.model_validate({"remedies": "test", "steps": list(steps)})
    return run_remedies(request, remedies, KEY, folder / "out")


def failed(audit, rule):
    return next(one.failed for one in audit.findings if one.rule == rule)


@pytest.mark.parametrize(
    ("step", "unknown", "late"), [(SPLIT, 0, 10), (MEANINGS, 0, 10), (CHOSEN, 10, 20)], ids=["by team", "by meaning", "a chosen name"]
)
def test_what_is_agreed_on_holds_for_the_names_that_a_remedy_made(tmp_path, step, unknown, late):
    done = remedied(tmp_path, step, suite=AGREED)
    assert [failed(audit, "unknown-activity") for audit in (done.before, done.after)] == [0, unknown]
    assert [failed(audit, "backdated-registration") for audit in (done.before, done.after)] == [10, late]


def test_a_label_that_is_all_gone_is_no_longer_asked_for(tmp_path):
    done = remedied(tmp_path, SPLIT, suite=AGREED)
    before, after = ({(one.kind, one.activity) for one in audit.agreed.gaps} for audit in (done.before, done.after))
    assert ("several_meanings", "Samtale") in before
    told = {"several_meanings", "activity_not_used", "activity_not_in_practice", "no_agreed_days"}
    assert not [one for one in after if one[0] in told]


def test_rows_that_a_remedy_made_fail_are_told_by_rule(tmp_path):
    done = remedied(tmp_path, OPENED)
    assert [failed(audit, "open-ended-period") for audit in (done.before, done.after)] == [0, 6]
    assert {one.rule: one.rows for one in done.after.remedied.failing_anew} == {"open-ended-period": 6}


def test_rows_that_failed_before_are_not_new_when_others_are_left_out(tmp_path):
    done = remedied(tmp_path, {"do": "drop-rows", "where": {"activity": "Opkald"}})
    assert failed(done.after, "backdated-registration") == failed(done.before, "backdated-registration") == 10
    assert done.after.remedied.failing_anew == []


@pytest.mark.parametrize(("lang", "new"), [("da", "Nye rækker"), ("en", "New rows")])
def test_the_page_tells_new_rows_and_the_questions_before_and_after(tmp_path, lang, new):
    done = remedied(tmp_path, OPENED, consequence=True)
    page = render_remedy(done.before, done.after, lang)
    assert new in page
    for audit in (done.before, done.after):
        for verdict in audit.verdict.questions:
            count = verdict.answerability.measure.count
            assert not count or f"{count} {'af' if lang == 'da' else 'of'} 10" in page.replace("\u00a0", " ")


AT_ONCE = HEAD + "".join(
    f"c{case};{label};2023-01-01 10:00:00;2023-01-21 10:00:00;N;\n" for case in range(10) for label in ("Opkald", "Samtale", "Nyt")[: 2 + (case == 0)]
)


@pytest.mark.parametrize(("steps", "unknown"), [([MERGED], 1), ([SPLIT, MERGED], 1), ([SPLIT, {"do": "merge-rows"}], 1)])
def test_a_name_merged_of_known_ones_is_known_and_one_of_an_unknown_is_not(tmp_path, steps, unknown):
    done = remedied(tmp_path, *steps, rows=AT_ONCE, suite=AGREED)
    assert [failed(audit, "unknown-activity") for audit in (done.before, done.after)] == [1, unknown]


@pytest.mark.parametrize("other", ["Brev + svar", "Brev (kopi)", "A + B + C"])
def test_a_label_that_looks_like_a_made_one_is_merged_as_what_it_is(tmp_path, other):
    practice = PRACTICE.model_copy(update={"activities": PRACTICE.activities | {other: PRACTICE.activities["Opkald"]}})
    done = remedied(tmp_path, {"do": "merge-rows"}, rows=AT_ONCE.replace("Nyt", other), practice=practice, suite=AGREED)
    assert [failed(audit, "unknown-activity") for audit in (done.before, done.after)] == [0, 0]


OWN = """suite: own
extends: [base]
rules:
  - {check: backdated-registration, id: talks, max_days: 3, where: {activity: Samtale}}
  - {check: backdated-registration, id: others, max_days: 3, where: {activity: {not: [Samtale, Opkald]}}}
"""


def test_a_condition_on_an_activity_holds_for_the_names_made_of_it(tmp_path):
    done = remedied(tmp_path, SPLIT, suite=OWN)
    for rule in ("talks", "others"):
        before, after = (next(one for one in audit.findings if one.rule == rule) for audit in (done.before, done.after))
        assert (before.failed, before.checked, before.unmatched) == (after.failed, after.checked, after.unmatched) == (10, 10, [])
