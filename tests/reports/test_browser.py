"""In a browser: nothing is fetched or complained about, WCAG A and AA hold, every width fits, one page is one page."""

from __future__ import annotations

import re
import shutil
from itertools import product
from pathlib import Path

import axe_playwright_python
import guide_fixture
import pytest
from playwright.sync_api import sync_playwright

from logsyn.reports.render import render_guide

CHROMIUM = shutil.which("chromium")
pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")]

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = next(Path(axe_playwright_python.__file__).parent.glob("**/axe.min.js"))
EVERY = [
    *product(("realistic", "accepted", "scoped", "hostile", "empty"), ("da", "en"), ("index", "practice", "quality")),
    *product(("rich", "bare", "hostile"), ("da", "en"), ("guide",)),
]
WCAG = {
    "resultTypes": ["violations"],
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]},
}
OPEN_ALL = "document.querySelectorAll('details').forEach((part) => (part.open = true))"
TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def guide(name, lang):
    """The registration guide of a practice."""
    practice = (
        guide_fixture.hostile("<script>alert(1)</script>") if name == "hostile" else getattr(guide_fixture, name)()
    )
    return render_guide(practice, lang)


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def tab(browser):
    """One tab for all tests; scripts of the tests may run in spite of the pages' own policy."""
    context = browser.new_context(bypass_csp=True)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def written(pages, tmp_path_factory):
    """Writes a page to disk and gives its address."""
    folder = tmp_path_factory.mktemp("pages")

    def address(name, lang, page):
        target = folder / name / lang / f"{page}.html"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(guide(name, lang) if page == "guide" else pages(name, lang)[f"{page}.html"], encoding="utf-8")
        return target.as_uri()

    return address


@pytest.mark.parametrize(("name", "lang", "page"), EVERY)
def test_opens_quietly_and_alone(browser, written, name, lang, page):
    tab, told, asked = browser.new_page(), [], []
    tab.on("console", lambda message: told.append(message.text))
    tab.on("pageerror", lambda error: told.append(str(error)))
    tab.on("dialog", lambda dialog: told.append(dialog.message))
    tab.on("request", lambda request: asked.append(request.url))
    address = written(name, lang, page)
    tab.goto(address)
    tab.close()
    assert told == []
    assert [url for url in asked if url != "data:,"] == [address]


@pytest.mark.parametrize(("name", "lang", "page"), [case for case in EVERY if case[1] == "da" or case[2] == "index"])
def test_wcag_a_and_aa(tab, written, name, lang, page):
    tab.set_viewport_size({"width": 1280, "height": 900})
    tab.goto(written(name, lang, page))
    tab.evaluate(OPEN_ALL)
    tab.evaluate(AXE.read_text(encoding="utf-8"))
    result = tab.evaluate("(options) => axe.run(document, options)", WCAG)
    assert [(found["id"], node["html"]) for found in result["violations"] for node in found["nodes"]] == []
    assert result["passes"]


@pytest.mark.parametrize(("name", "lang", "page"), EVERY)
def test_no_page_is_wider_than_its_window(tab, written, name, lang, page):
    tab.goto(written(name, lang, page))
    tab.evaluate(OPEN_ALL)
    for width in (360, 768, 1280):
        tab.set_viewport_size({"width": width, "height": 900})
        assert not tab.evaluate(TOO_WIDE), width


@pytest.mark.parametrize(("name", "lang"), list(product(("realistic", "accepted", "scoped", "heavy"), ("da", "en"))))
def test_leaders_page_is_one_page_on_paper(tab, written, name, lang):
    tab.goto(written(name, lang, "index"))
    paper = tab.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1


def test_closed_details_are_open_on_paper(tab, written):
    tab.goto(written("realistic", "da", "quality"))
    seen = "document.querySelector('details pre').checkVisibility()"
    assert not tab.evaluate(seen)
    tab.emulate_media(media="print")
    assert tab.evaluate(seen)
    tab.emulate_media(media="screen")


def test_skip_link_comes_first_and_is_seen(tab, written):
    tab.goto(written("realistic", "da", "index"))
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "skip"
    assert tab.evaluate("document.activeElement.getBoundingClientRect().top >= 0")
    assert tab.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_an_activity_in_detail_keeps_its_name_on_paper(tab, written):
    tab.goto(written("realistic", "da", "practice"))
    tab.emulate_media(media="print")
    assert tab.evaluate("document.querySelector('details.close > summary').checkVisibility()")
    assert tab.evaluate("document.querySelector('details.close table').checkVisibility()")
    tab.emulate_media(media="screen")
