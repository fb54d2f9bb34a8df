"""A mean that a few default dates decide is told once, as what they do; elsewhere the median is told."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from statistics import mean, median

import pytest
from bs4 import BeautifulSoup

from logsyn.expectations.selection import RuleSelection
from logsyn.reports.render import render
from tests.auditing import audit_files

FIRST = datetime(2023, 1, 2, 9)
CASES = 40
DEFAULT = (3, 11, 17, 19, 25, 33)
FEW = RuleSelection(rules=("default-date", "future-timestamp", "duplicate-event"))


def cases(default):
    """Forty cases of 5 to 12 days; of every eighth the first event is repeated, and six begin on a default date or never do."""
    for number in range(CASES):
        begins, days = FIRST + timedelta(number), 5 + number % 8
        first = datetime(1900, 1, 1, 9) if default and number in DEFAULT else begins
        yield number, first, begins + timedelta(days), number % 8 == 0
    # Not yet happened: leaving it out shortens these cases.
    for number in range(5):
        yield CASES + number, FIRST, FIRST + timedelta(400), False


def said(folder, *, default):
    drawn = list(cases(default))
    lines = [f"{number},{name},{at}" for number, first, last, twice in drawn
             for name, at in (("Begin", first), *([("Begin", first)] if twice else []), ("End", last))]  # fmt: skip
    (folder / "extract.csv").write_text("\n".join(["case_id,activity,timestamp", *lines]) + "\n", encoding="utf-8")
    audit = audit_files(folder, [folder / "extract.csv"], selection=FEW).audit
    html = render(audit, "en")
    pages = [
        BeautifulSoup(html[f"{name}.html"], "html.parser").find("main").get_text(" ")
        for name in ("practice", "quality")
    ]
    return pages, [(last - first) / timedelta(days=1) for _, first, last, _ in drawn]


def test_a_mean_that_default_dates_decide_is_told_once_as_what_they_do(tmp_path):
    pages, days = said(tmp_path, default=True)
    assert mean(days) > 10 * median(days)
    ordinary = [one for one in days if one < 1000]
    years = f"{mean(days) / 365.25:.1f} years"
    for page in pages:
        assert page.count(years) == 1
        assert f"The mean, {years}, says nothing of the cases: these few dates decide it" in page
        told = re.search(r"without them it is ([\d.]+) days", page)
        # Left out, the six cases keep their last event and have no duration.
        assert float(told[1]) == pytest.approx(mean([*ordinary, *[0] * len(DEFAULT)]), abs=0.06)
        assert "(mean " not in page


def test_a_mean_that_no_date_decides_is_told_beside_the_median(tmp_path):
    pages, days = said(tmp_path, default=False)
    for page in pages:
        assert f"half of the cases last less than {median(days):g} days (mean {round(mean(days), 1):g} days)" in page
        assert "these few dates decide it" not in page
