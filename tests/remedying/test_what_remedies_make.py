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
OPENED = {"do": "end-date", "set": "open", "rule": "far-future-end-date"}


def remedied(folder, *steps):
    """The audits before and after these steps."""
    extract = folder / "extract.csv"
    extract.write_text(ROWS, encoding="utf-8")
    (folder / "out").mkdir()
    request = Request([extract], PROFILE, load_suite("strict"), PRACTICE, AS_OF, KEY)
    remedies = Remedies.model_validate({"remedies": "test", "steps": list(steps)})
    return run_remedies(request, remedies, KEY, folder / "out")


def failed(audit, rule):
    return next(one.failed for one in audit.findings if one.rule == rule)


@pytest.mark.parametrize(
    ("step", "unknown", "late"), [(SPLIT, 0, 10), (MEANINGS, 0, 10), (CHOSEN, 10, 20)], ids=["by team", "by meaning", "a chosen name"]
)
def test_what_is_agreed_on_holds_for_the_names_that_a_remedy_made(tmp_path, step, unknown, late):
    done = remedied(tmp_path, step)
    assert [failed(audit, "unknown-activity") for audit in (done.before, done.after)] == [0, unknown]
    assert [failed(audit, "backdated-registration") for audit in (done.before, done.after)] == [10, late]


def test_a_label_that_is_all_gone_is_no_longer_asked_for(tmp_path):
    done = remedied(tmp_path, SPLIT)
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
    done = remedied(tmp_path, OPENED)
    page = render_remedy(done.before, done.after, lang)
    assert new in page
    for audit in (done.before, done.after):
        for verdict in audit.verdict.questions:
            count = verdict.answerability.measure.count
            assert not count or f"{count} {'af' if lang == 'da' else 'of'} 10" in page.replace("\u00a0", " ")
