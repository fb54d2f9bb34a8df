"""The registration guide says what the practice says, and marks what it leaves open."""

from __future__ import annotations

import re
from datetime import date

import guide_fixture
import pytest
from bs4 import BeautifulSoup
from test_hostile import LABELS
from test_practice import plain as spaced

from logsyn.expectations.practice import Limit, Practice
from logsyn.reports.render import render_guide
from logsyn.reports.views.due import due, example, weekend_example
from logsyn.reports.wording import Wording

PRACTICES = ("rich", "bare", "short")


def plain(tag):
    """The text of a tag as it is read: no space before a sign or behind a bracket."""
    return re.sub(r" ([:;.,)])|(\() ", r"\1\2", spaced(tag))


def page(name, lang="da"):
    return BeautifulSoup(render_guide(getattr(guide_fixture, name)(), lang), "html.parser")


def entry(parsed, activity):
    return next(found for found in parsed.find_all(class_="entry") if plain(found.h3).startswith(activity))


def test_all_activities_stand_in_their_chapter_and_in_the_index():
    parsed, practice = page("rich"), guide_fixture.rich()
    entries = [found.h3.find("bdi").get_text() for found in parsed.find_all(class_="entry")]
    assert entries == list(practice.activities)
    found = {link.get_text(): link["href"] for link in parsed.select(".find a")}
    assert {name: parsed.find(id=href[1:]).bdi.get_text() for name, href in found.items()} == {n: n for n in entries}
    assert next(plain(h) for h in parsed.select(".chapter > h2")) == "Samtaler"


def test_the_index_is_in_danish_order():
    assert [plain(link) for link in page("bare").select(".find a")] == ["Jobmål", "Ærinde", "Åben rådgivning"]


def test_an_activity_with_a_team_of_its_own():
    told = plain(entry(page("rich"), "Samtale (anden)"))
    assert "Jobklub: Borgeren har deltaget i jobklub Andre teams: En samtale, der ikke passer" in told
    assert "Jobklub: Senest 2 dage efter Et møde mandag kl. 10 registreres senest onsdag kl. 10." in told
    assert "Hvem Borgerens sagsbehandler (Jobklub: Jobklubbens underviser)" in told


@pytest.mark.parametrize(
    ("activity", "says"),
    [
        ("Planlagt samtale", "Registreres på forhånd"),
        ("Planlagt samtale", "Når det bliver aftalt, altså før det finder sted"),
        ("Jobmål", "Slutdato Altid, og højst 365 dage frem"),
        ("CV godkendt", "Registreres også af en robot: RPA01"),
        ("Besøg på arbejdsplads", "Hvem Virksomhedskonsulenten"),
        ("Journalnotat", "Ikke beskrevet endnu"),
    ],
)
def test_what_is_said_of_an_activity(activity, says):
    assert says in plain(entry(page("rich"), activity))


def test_rules_of_thumb_have_days():
    told = [plain(item) for item in page("rich").select(".thumbs li")]
    assert told[0].startswith("Registrér senest dagen efter. Et møde mandag kl. 10 registreres senest tirsdag kl. 10.")
    assert "Det, der sker fredag kl. 10, har frist lørdag kl. 10." in told[1]
    assert "Samtale (anden) (i Jobklub: senest 2 dage efter)" in told[2]


def test_which_guide_it_is():
    told = plain(page("rich").find(class_="facts"))
    assert "Gælder fra 1. januar 2022 Version 1.0 Ansvarlig Afdelingslederen i jobcentret" in told
    assert "Tages op igen senest 30. juni 2027" in told


def test_what_is_not_decided_is_marked_and_asked():
    parsed = page("bare")
    asked = {
        plain(found.h3): [plain(a) for a in found.find_all("a")] for found in parsed.find_all(class_="open-question")
    }
    assert asked["Hvad betyder det?"] == ["Åben rådgivning", "Jobmål", "Ærinde"]
    assert asked["Hvor langt frem må det slutte?"] == ["Jobmål"]
    assert {"Hvornår skal det være registreret?", "Hvem registrerer det?", "Hvem spørger man?"} <= set(asked)
    marks = [plain(found) for found in entry(parsed, "Jobmål").find_all(class_="undecided")]
    assert marks == [
        "Ikke beskrevet endnu", "Ikke aftalt endnu", "Ikke aftalt endnu",
        "Altid, men det er ikke aftalt, hvor langt frem den må ligge",
    ]  # fmt: skip


def test_the_same_practice_gives_the_same_bytes_in_both_languages():
    assert render_guide(guide_fixture.rich(), "da") == render_guide(guide_fixture.rich(), "da")
    assert "Registering the cases of insured unemployed" in plain(page("rich", "en"))


@pytest.mark.parametrize("name", PRACTICES)
def test_the_guide_is_one_sound_document(name):
    parsed = page(name)
    assert [len(parsed.find_all(tag)) for tag in ("header", "main", "footer", "h1")] == [1, 1, 1, 1]
    assert not parsed.find_all(["script", "img", "iframe", "form"])
    assert "http" not in re.sub(r"http-equiv", "", str(parsed))
    ids = [tag["id"] for tag in parsed.find_all(id=True)]
    assert len(ids) == len(set(ids))
    assert {link["href"][1:] for link in parsed.select("a[href^='#']")} <= set(ids)
    assert all(found.caption.text.strip() for found in parsed.find_all("table"))


@pytest.mark.parametrize("label", LABELS, ids=lambda label: label[:12])
def test_a_text_of_the_practice_is_text_and_nothing_else(label):
    parsed = BeautifulSoup(render_guide(guide_fixture.hostile(label), "da"), "html.parser")
    assert len([tag for tag in parsed.find_all("bdi") if label in tag.get_text()]) > 8
    assert not parsed.find_all(["script", "img"])
    assert len(parsed.find_all("style")) == len(parsed.find_all("title")) == 1


@pytest.mark.parametrize(
    ("days", "says", "shows"),
    [
        (0, "Med det samme", ""),
        (0.5, "Inden for 12 timer", "Et møde mandag kl. 10 registreres senest mandag kl. 22."),
        (1, "Senest dagen efter", "Et møde mandag kl. 10 registreres senest tirsdag kl. 10."),
        (2.5, "Senest 2,5 dage efter", "Et møde mandag kl. 10 registreres senest onsdag kl. 22."),
        (14, "Senest 14 dage efter", "Det, der sker den 1., registreres senest den 15."),
        (90, "Senest 90 dage efter", ""),
    ],
)
def test_days_are_said_with_an_example(days, says, shows):
    limit = Limit(days)
    assert (due(limit, Wording("da")), example(limit, Wording("da"))) == (says, shows)


@pytest.mark.parametrize(
    ("days", "lang", "shows"),
    [
        (0.1, "da", "Et møde mandag kl. 10 registreres senest mandag kl. 12.24."),
        (0.1, "en", "A meeting on Monday at 10 is registered by Monday at 12:24 at the latest."),
        (2.5, "en", "A meeting on Monday at 10 is registered by Wednesday at 22 at the latest."),
        (7, "en", "What happens on the 1st is registered by the 8th at the latest."),
        (11, "en", "What happens on the 1st is registered by the 12th at the latest."),
        (21, "en", "What happens on the 1st is registered by the 22nd at the latest."),
    ],
)
def test_clocks_and_days_are_written_as_in_each_language(days, lang, shows):
    assert example(Limit(days), Wording(lang)) == shows


@pytest.mark.parametrize(
    ("days", "says", "shows"),
    [
        (0, "Inden næste arbejdsdag", ""),
        (1, "Senest næste arbejdsdag", "Det, der sker en fredag, registreres senest mandag."),
        (3, "Senest 3 arbejdsdage efter", "Det, der sker en fredag, registreres senest onsdag."),
        (10, "Senest 10 arbejdsdage efter", ""),
    ],
)
def test_working_days_are_said_with_an_example(days, says, shows):
    limit = Limit(days, working=True)
    assert (due(limit, Wording("da")), example(limit, Wording("da"))) == (says, shows)
    assert weekend_example(limit, Wording("da")) == ""


WORKING = {
    "practice": "p", "default": {"register_within_working_days": 2}, "days_off": ["12-24", date(2023, 5, 19)],
    "activities": {"Brev": {"register_within_days": {"Nord": 3}}, "Samtale": {"register_within_working_days": {"Syd": 1, "*": 2}}, "Notat": {}},
}  # fmt: skip


@pytest.mark.parametrize(
    ("lang", "says"),
    [
        ("da", ["Registrér senest 2 arbejdsdage efter", "Weekender og helligdage er ikke arbejdsdage", "Disse dage er også fridage: 24. december og 19. maj 2023",
                "i Nord: senest 3 dage efter", "i Syd: senest næste arbejdsdag", "Det, der sker en fredag, registreres senest mandag."]),
        ("en", ["Register at the latest 2 working days after", "These days are days off, too: 24 December and 19 May 2023", "in Syd: at the latest the next working day"]),
    ],
)  # fmt: skip
def test_the_guide_says_working_days_and_days_off(lang, says):
    text = plain(BeautifulSoup(render_guide(Practice.model_validate(WORKING), lang), "html.parser"))
    assert [words for words in says if words not in text] == []
    assert "Hvornår skal det være registreret?" not in text
    assert "When must it be registered?" not in text


@pytest.mark.parametrize(("days", "told"), [(0, False), (0.5, False), (1, True), (2, True), (3, False), (8, False)])
def test_a_weekend_that_counts_is_told(days, told):
    assert bool(weekend_example(Limit(days), Wording("da"))) is told


def test_a_robot_without_a_description_is_marked():
    practice = Practice.model_validate(
        {"practice": "p", "activities": {"A": {}}, "resources": {"RPA09": {"system": True}}}
    )
    parsed = BeautifulSoup(render_guide(practice, "da"), "html.parser")
    assert plain(parsed.find("table").tbody) == "RPA09 Ikke beskrevet endnu Ikke beskrevet endnu"


@pytest.mark.parametrize("robots", [["RPA01"], ["RPA01", "RPA02"], ["RPA01", "RPA02", "RPA03"]])
@pytest.mark.parametrize(("lang", "says"), [("da", "Registreres også af en robot: "), ("en", "Also registered by a robot: ")])
def test_robots_of_an_activity_stand_with_a_comma_between(robots, lang, says):
    resources = {name: {"system": True, "activities": ["A"]} for name in robots}
    practice = Practice.model_validate({"practice": "p", "activities": {"A": {}, "B": {}}, "resources": resources})
    parsed = BeautifulSoup(render_guide(practice, lang), "html.parser")
    assert says + ", ".join(robots) in [plain(found) for found in entry(parsed, "A").find_all(class_="small")]
    assert says not in plain(entry(parsed, "B"))
