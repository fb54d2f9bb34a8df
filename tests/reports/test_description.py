"""What is filled into the draft of a data description: small counts are not told, and what no audit knows is left empty."""

# ruff: noqa: RUF001 (what has no figure is shown as a dash)

from types import SimpleNamespace

import audit_fixture
import pytest

from logsyn.reports.views.description import description
from logsyn.reports.wording import Wording

EN = Wording("en")


def described(audit=None, **known):
    usual = {"source": "momentum", "as_of": "2023-11-30", "timezone": "Europe/Copenhagen", "start": "2022-01-03", "end": None, "cases": 300, "events": 4771, "activities": 67, "inputs": [], "columns": [], "personal": {}}
    return description(SimpleNamespace(**usual | known), audit, None, EN)


@pytest.mark.parametrize(("count", "told"), [(0, "0"), (1, "< 5"), (4, "< 5"), (5, "5"), (6, "6"), (4771, "4,771")])
def test_a_small_count_is_not_told(count, told):
    shown = described(cases=count, events=count)
    assert (shown["cases"], shown["events"]) == (told, told)


@pytest.mark.parametrize(("failed", "told"), [(0, ""), (1, "< 5"), (5, "5"), (1200, "1,200")])
def test_rows_with_cpr_numbers_are_told_where_there_are_any(failed, told):
    finding = next(one for one in audit_fixture.realistic().findings if one.outcome == "failed")
    of_numbers = finding.model_copy(update={"check": "cpr-number", "failed": failed, "outcome": "failed" if failed else "passed"})
    audit = audit_fixture.realistic().model_copy(update={"findings": [finding, of_numbers]})
    shown = described(audit)
    assert (shown["cpr_rows"], len(shown["failed"])) == (told, 2 if failed else 1)
    assert (shown["audited_as_of"], shown["suite"]) == (audit.as_of, audit.suite)


def test_what_no_audit_and_no_practice_knows_is_empty():
    shown = described()
    empty = ("verdict", "audited_as_of", "suite", "failed", "cpr_rows", "practice", "meanings")
    assert [shown[name] for name in empty] == ["", "", "", [], "", "", []]
    assert (shown["start"], shown["end"], shown["sensitive"]) == ("3 January 2022", "–", False)


@pytest.mark.parametrize(("answers", "sensitive"), [(["yes"], False), (["no", "sensitive"], True), (["criminal", "yes"], True), ([], False)])
def test_it_is_said_where_a_column_is_sensitive_or_criminal(answers, sensitive):
    personal = {str(at): SimpleNamespace(answer=answer) for at, answer in enumerate(answers)}
    assert described(personal=personal)["sensitive"] == sensitive
