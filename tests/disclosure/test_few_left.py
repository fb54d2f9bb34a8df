"""Where few failing rows are left that are not accepted, nothing tells how many they are: no consequence, no measure, no sentence."""

import pytest
import yaml

from logsyn.expectations.accepted import load_accepted
from logsyn.expectations.suite import load_suite
from tests.auditing import audit_files

HEAD = "case_id;activity;timestamp;registered_at;team;resource"


def extract(left):
    """In team A 30 of 60 registrations are late, in team B as many as are ``left``; each in a case of its own."""
    rows = [
        f"{team}{at};{label};2023-01-0{day} 10:00;2023-01-0{day + (4 if day == 2 and at < late else 0)} 10:05;{team};{team}{at % 7}"
        for team, late in (("A", 30), ("B", left))
        for at in range(60)
        for day, label in ((2, "Brev"), (3, "Svar"))
    ]
    return "\n".join([HEAD, *rows]) + "\n"


@pytest.mark.parametrize(("left", "told"), [(2, False), (4, False), (20, True)])
def test_what_few_rows_do_is_not_told(tmp_path, left, told):
    (tmp_path / "extract.csv").write_text(extract(left), encoding="utf-8")
    entry = {"rule": "backdated-registration", "reason": "x", "owner": "y", "expires": "2030-01-01", "scope": {"team": ["A"]}}
    (tmp_path / "accepted.yaml").write_text(yaml.safe_dump({"accepted": [entry]}), encoding="utf-8")
    audited = audit_files(tmp_path, [tmp_path / "extract.csv"], accepted=load_accepted(tmp_path / "accepted.yaml", load_suite("base")))
    finding = audited.finding("backdated-registration")
    assert (finding.failed, finding.acceptance.remaining) == (30 + left, left if told else None)
    assert any(one.cases and one.cases.count for one in finding.consequence.doubts) == told
    in_the_way = [one for question in audited.audit.verdict.questions for one in question.obstacles if one.rule == finding.rule]
    assert any(one.share or one.cases for one in in_the_way) == told
    assert (finding.consequence.comparison is not None, finding.consequence.rows_changed) == (told, left if told else None)
