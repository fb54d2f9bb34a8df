"""A rule whose name speaks of an agreement says by what it went where nothing is agreed."""

from __future__ import annotations

import audit_fixture
import pytest
from bs4 import BeautifulSoup
from test_practice import plain

from logsyn.expectations.catalogue import load_catalogue
from logsyn.reports.render import render
from logsyn.reports.views.limits import COMMON_DAYS, limit_told
from logsyn.reports.wording import Wording


def late(**params):
    known = audit_fixture.realistic().findings
    return next(one for one in known if one.check == "backdated-registration").model_copy(update={"params": params})


@pytest.mark.parametrize("check", COMMON_DAYS)
def test_the_days_are_those_of_the_catalogue(check):
    assert f", {COMMON_DAYS[check]})" in load_catalogue()[check].value


@pytest.mark.parametrize(
    ("agreed", "finding", "said"),
    [
        (False, late(), "Nothing is agreed on this, so the rule goes by 1 day."),
        (False, late(max_days=3), ""),
        (False, late().model_copy(update={"outcome": "not_evaluated"}), ""),
        (False, late().model_copy(update={"check": "missing-value"}), ""),
        (True, late(), ""),
    ],
)
def test_the_limit_is_told_where_nobody_has_given_one(agreed, finding, said):
    audit = audit_fixture.realistic()
    audit = audit if agreed else audit.model_copy(update={"agreed": None})
    assert limit_told(finding, audit, Wording("en")) == said


@pytest.mark.parametrize("page", ["practice", "quality"])
def test_it_stands_beside_what_was_counted(page):
    audit = audit_fixture.realistic().model_copy(update={"agreed": None})
    soup = BeautifulSoup(render(audit, "da")[f"{page}.html"], "html.parser")
    found = soup.find("h3", id="rule-backdated-registration").find_parent("article")
    assert "Det er der ikke aftalt noget om, så reglen går efter 1 dag." in plain(found.find(class_="seen"))
