"""Why a rule was not judged, in both languages, and nothing where it was."""

from types import SimpleNamespace

import pytest

from logsyn.expectations.text import Text
from logsyn.validator.findings.reasons import reason_of

NO_TEAMS = SimpleNamespace(da="Der er ingen team.", en="There are no teams.")


def asked(outcome, *, inapplicable=None, where=None, fault=None, place=None):
    rule = SimpleNamespace(inapplicable=inapplicable, where=where, place=place)
    return reason_of(SimpleNamespace(missing=None, rule=rule, result=outcome and SimpleNamespace(outcome=outcome, fault=fault)))


@pytest.mark.parametrize("outcome", [None, "passed", "failed"])
def test_what_was_judged_has_no_reason(outcome):
    assert asked(outcome, inapplicable=NO_TEAMS) is None


def test_what_a_check_says_where_it_does_not_apply_is_the_reason():
    assert asked("not_evaluated", inapplicable=NO_TEAMS) == Text(da=NO_TEAMS.da, en=NO_TEAMS.en)
    assert asked("not_evaluated") is None


def test_nothing_checked_says_whether_a_condition_left_it_out():
    bare, conditional = asked("nothing_checked"), asked("nothing_checked", where={"team": "A"})
    assert conditional.en.startswith(bare.en.rstrip("."))
    assert len(conditional.en) > len(bare.en)


@pytest.mark.parametrize(("place", "shown"), [(None, False), ("suite.yaml, line 3", True)])
def test_a_rule_that_broke_says_how_and_where_it_stands(place, shown):
    told = asked("error", fault=Text(da="gik i stykker", en="it broke"), place=place)
    assert "it broke" in told.en
    assert "gik i stykker" in told.da
    assert ("(suite.yaml, line 3)" in told.en) == shown
