"""Every page is one sound document: self-contained, in order, with names for what cannot be seen."""

from __future__ import annotations

import re
from itertools import pairwise, product

import audit_fixture
import pytest
from bs4 import BeautifulSoup

from logsyn.reports.render import PAGES, render
from logsyn.validator.record import Audit

NAMES = ("realistic", "accepted", "selected", "empty", "passing", "broken", "heavy", "crowded", "hostile")
MAY_BE_UNKNOWN = {
    "distinct", "day_month", "without_time_of_day", "case", "timestamp", "reason", "sql", "practice", "median_days",
    "p90_days", "agreed_days", "late", "buckets", "meaning", "share", "median_position", "divergence_bits",
    "yardstick_bits", "p_value", "without_end", "max_days", "allowed_days", "beyond", "before", "after", "status",
    "formats", "typical_days", "system",
    "acceptance", "suitability", "selection", "censored", "maturity", "observed_days",
}  # fmt: skip
EVERY = list(product(NAMES, ("da", "en"), ("index", "practice", "quality")))


def test_three_pages_and_the_same_bytes_again():
    again = render(audit_fixture.realistic(), "da")
    assert list(again) == list(PAGES) == ["index.html", "practice.html", "quality.html"]
    assert again == render(audit_fixture.realistic(), "da")


@pytest.mark.parametrize(("name", "lang", "page"), EVERY)
def test_nothing_is_fetched_and_nothing_runs(pages, soup, name, lang, page):
    html, parsed = pages(name, lang)[f"{page}.html"], soup(name, lang, page)
    assert "http:" not in html
    assert "https:" not in html
    assert not parsed.find_all(["script", "img", "iframe", "object", "form", "base"])
    assert [link["href"] for link in parsed.find_all("link")] == ["data:,"]
    assert not [tag for tag in parsed.find_all() if any(name.startswith("on") for name in tag.attrs)]


@pytest.mark.parametrize(("name", "lang", "page"), EVERY)
def test_head_and_landmarks(soup, name, lang, page):
    parsed = soup(name, lang, page)
    assert parsed.html["lang"] == lang
    assert parsed.title.text.endswith("logsyn")
    assert "default-src 'none'" in parsed.find("meta", {"http-equiv": "Content-Security-Policy"})["content"]
    assert [len(parsed.find_all(tag)) for tag in ("header", "main", "footer", "h1")] == [1, 1, 1, 1]
    assert parsed.find("a", class_="skip")["href"] == "#" + parsed.main["id"]


@pytest.mark.parametrize(("name", "lang", "page"), EVERY)
def test_headings_come_in_order(soup, name, lang, page):
    levels = [int(heading.name[1]) for heading in soup(name, lang, page).find_all(re.compile("^h[1-6]$"))]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize(("name", "lang", "page"), EVERY)
def test_tables_have_captions_scopes_and_even_rows(soup, name, lang, page):
    for table in soup(name, lang, page).find_all("table"):
        assert table.caption.text.strip()
        assert all(heading.get("scope") in {"col", "row"} for heading in table.find_all("th"))
        widths = {sum(int(c.get("colspan", 1)) for c in row.find_all(["th", "td"])) for row in table.find_all("tr")}
        assert len(widths) == 1, table.caption.text


@pytest.mark.parametrize(("name", "lang", "page"), EVERY)
def test_charts_have_names_and_regions_can_be_reached(soup, name, lang, page):
    parsed = soup(name, lang, page)
    drawn = [svg for svg in parsed.find_all("svg") if svg.get("aria-hidden") != "true"]
    assert all(svg["role"] == "img" and svg["aria-label"] for svg in drawn)
    regions = parsed.find_all(class_=["scroll", "sql"])
    assert all(region["tabindex"] == "0" and region["role"] == "region" and region["aria-label"] for region in regions)


@pytest.mark.parametrize(("name", "lang"), list(product(NAMES, ("da", "en"))))
def test_links_lead_somewhere(soup, name, lang):
    ids = {
        page: [tag["id"] for tag in soup(name, lang, page).find_all(id=True)]
        for page in ("index", "practice", "quality")
    }
    for page, anchors in ids.items():
        assert len(anchors) == len(set(anchors))
        for link in soup(name, lang, page).find_all("a"):
            file, _, anchor = link["href"].partition("#")
            target = file.removesuffix(".html") or page
            assert target in ids
            assert not anchor or anchor in ids[target]


@pytest.mark.parametrize(("name", "page"), list(product(NAMES, ("index", "practice", "quality"))))
def test_words_of_the_makers_stay_out_of_the_pages_of_others(soup, name, page):
    text = soup(name, "da", page).main.get_text(" ").lower()
    unwanted = [] if page == "quality" else ["event ", "assertion", "rule id", "sql"]
    assert not [word for word in [*unwanted, "none of", "nan "] if word in text]
    assert not re.search(r"\bNone\b", soup(name, "da", page).main.get_text(" "))


def bare(node):
    """An audit's content with everything that may be unknown left out, and every list cut to its first."""
    if isinstance(node, dict):
        return {key: bare(value) for key, value in node.items() if key not in MAY_BE_UNKNOWN}
    return [bare(item) for item in node[:1]] if isinstance(node, list) else node


def test_what_is_unknown_breaks_no_page():
    content = bare(audit_fixture.realistic().model_dump(by_alias=True))
    content["registration"]["lag_by_team"] = [{"events": 3}, {"events": None, "hidden": True}]
    content["registration"]["horizon_by_activity"] = [{"events": 3}]
    content["registration"]["two_clocks"] = None  # its readings are known, or there is none
    pages = render(Audit.model_validate(content), "en")
    assert all("None" not in BeautifulSoup(html, "html.parser").main.text.split() for html in pages.values())
