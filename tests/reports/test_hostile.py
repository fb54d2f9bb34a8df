"""A text from a log is shown as text, whatever is in it."""

from __future__ import annotations

import audit_fixture
import pytest
from bs4 import BeautifulSoup

from logsyn.reports.labels import must_break, visible
from logsyn.reports.render import render

LABELS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style></title><svg onload=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    "%(name)s %s 100%",
    "&amp;lt;b&gt;",
    "x" * 3000,
    "Møde 😀 e\u0301",
    "javascript:alert(1)//'`",
]


@pytest.mark.parametrize("label", LABELS, ids=lambda label: label[:12])
@pytest.mark.parametrize("page", ["index.html", "practice.html", "quality.html"])
def test_label_is_text_and_nothing_else(label, page):
    parsed = BeautifulSoup(render(audit_fixture.hostile(label), "da")[page], "html.parser")
    shown = [tag for tag in parsed.find_all("bdi") if label in tag.get_text()]
    assert shown
    assert not parsed.find_all(["script", "img"])
    assert not [name for tag in parsed.find_all() for name in tag.attrs if name.startswith("on")]
    assert len(parsed.find_all("style")) == len(parsed.find_all("title")) == 1


def test_label_stands_nowhere_but_in_bdi_title_and_sql():
    label = "GENKENDELIG"
    for html in render(audit_fixture.hostile(label), "en").values():
        parsed = BeautifulSoup(html, "html.parser")
        for tag in parsed.find_all(["bdi", "title", "pre"]):
            tag.decompose()
        assert label not in str(parsed)


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("Samtale (anden)", "Samtale (anden)"),
        (" Samtale", "␣Samtale"),
        ("Samtale  ", "Samtale␣␣"),
        ("To  mellemrum", "To ␣mellemrum"),
        ("Fanen\tog\nlinjen", "Fanen␉og␊linjen"),
        ("\u202eenatlaS", "[U+202E]enatlaS"),
        ("nul\u200bbredde", "nul[U+200B]bredde"),
        ("haardt\u00a0mellemrum", "haardt⍽mellemrum"),
        ("\ufeffMøde\u200e\u200f", "[U+FEFF]Møde[U+200E][U+200F]"),
        ("a\u202ab\u202ec\u202f", "a[U+202A]b[U+202E]c\u202f"),
        ("\u2065a\u2066b\u2069c\u206a", "\u2065a[U+2066]b[U+2069]c\u206a"),
        ("\x00\x1f\x7f\x80\x9f", "␀␟␡[U+0080][U+009F]"),
    ],
)
def test_what_cannot_be_seen_is_made_visible(label, shown):
    assert visible(label) == shown


def test_direction_override_does_not_reach_the_page():
    html = "".join(render(audit_fixture.hostile("\u202eenatlaS\u2066"), "da").values())
    assert "\u202e" not in html
    assert "\u2066" not in html


@pytest.mark.parametrize(
    ("label", "breaks"),
    [
        ("Uddannelsesrettet tilbud", False),
        ("Samtale-" * 9, False),
        ("x" * 24, False),
        ("x" * 25, True),
        ("a " + "b" * 99, True),
    ],
)
def test_only_endless_words_are_broken(label, breaks):
    assert must_break(label) is breaks
