"""The practice page holds what is agreed against what is done, apart for robots, and says what is still to be agreed."""

from __future__ import annotations

import audit_fixture
import pytest
from bs4 import BeautifulSoup
from test_practice import plain, row, section, table

from logsyn.reports.render import render
from logsyn.reports.views.agreed import change_months
from logsyn.reports.views.gaps import QUESTIONS
from logsyn.validator.record import GapKind


def with_regime(months):
    """The audit in which the way of writing registration times has changed."""
    audit = audit_fixture.realistic()
    return audit.model_copy(update={"registration": audit.registration.model_copy(update={"changed_months": months})})


def page_of(audit, lang="da"):
    return BeautifulSoup(render(audit, lang)["practice.html"], "html.parser")


@pytest.mark.parametrize(
    ("team", "cells"),
    [
        ("Jobklub", ["17.215", "forskelligt", "55,2 %", "", "inden for en time", "inden for 4 dage 4 timer"]),
        ("Jobklar", ["35.054", "1 dag", "84,2 %", "", "inden for en time", "inden for 4 dage 4 timer"]),
        ("Ungeteam", ["< 5"]),
    ],
)
def test_agreed_and_actual_by_team(soup, team, cells):
    assert row(table(soup("realistic", "da", "practice"), "Registreret som aftalt, pr. team"), team) == cells


def test_bars_stand_beside_their_numbers(soup):
    found = table(soup("realistic", "da", "practice"), "Registreret som aftalt, pr. aktivitet og team")
    widths = [bar.find_all("rect")[1]["width"] for bar in found.find_all("svg")]
    assert widths == ["45.779%", "85.108%"]
    assert all(bar["aria-hidden"] == "true" for bar in found.find_all("svg"))


def test_weekdays_and_months(soup):
    page = soup("realistic", "da", "practice")
    weekdays = table(page, "Fordelt på den ugedag, det skete")
    assert [plain(line.th) for line in weekdays.tbody.find_all("tr")] == [
        "mandag", "tirsdag", "onsdag", "torsdag", "fredag til søndag",
    ]  # fmt: skip
    assert row(weekdays, "mandag")[:2] == ["18.000", "82,2 %"]
    assert row(weekdays, "torsdag") == ["< 5"]
    assert row(table(page, "Fordelt på den måned, det skete"), "januar 2023")[0] == "15.000"
    assert "15.000 registreringer uden for perioden er ikke vist" in plain(section(page, "agreed"))


def test_an_activity_in_detail_sets_the_teams_side_by_side(soup):
    found = table(soup("realistic", "da", "practice"), "Inden for det aftalte, efter ugedag")
    assert [plain(cell) for cell in found.thead.find_all("th")] == ["Ugedag", "Jobklub", "Jobklar"]
    assert row(found, "mandag") == ["45,8 % af 2.563", "85,1 % af 1.772"]
    assert row(found, "torsdag") == ["< 5", "< 5"]


def test_robots_are_told_of_apart(soup):
    told = plain(section(soup("realistic", "da", "practice"), "lag"))
    assert "Systembrugere (robotter) er talt for sig" in told
    assert "De har lavet 4.020 registreringer: halvdelen inden for en time, ni ud af ti inden for 17 timer." in told


def test_months_across_a_change_stand_apart_and_no_development_is_shown():
    page = page_of(with_regime(["2023-02"]))
    captions = [plain(found.caption) for found in section(page, "agreed").find_all("table")]
    assert "Fordelt på den måned, det skete" not in captions
    before, after = [name for name in captions if name.startswith("Fordelt på den måned, det skete: ")]
    assert before.endswith("december 2022 til januar 2023")
    assert after.endswith("februar 2023 til april 2023")
    assert "Fra februar 2023 er registreringstidspunktet skrevet på en anden måde" in plain(section(page, "agreed"))
    assert len([name for name in captions if name.startswith("Inden for det aftalte, efter måned: ")]) == 2


def test_changes_come_from_the_record():
    assert change_months(with_regime(["2022-11", "2023-03"])) == ["2022-11", "2023-03"]


def test_every_kind_of_gap_has_a_question_and_room(soup):
    found = soup("realistic", "da", "practice").find_all(class_="gap")
    assert list(QUESTIONS) == list(GapKind.__args__)
    assert len(found) == len(QUESTIONS)
    assert all("Tal om det:" in plain(gap) and gap.find(class_="decision") for gap in found)


@pytest.mark.parametrize(
    "told",
    [
        "Cafemøde 17 registreringer",
        "partshøring < 5",
        "Samtale (anden) · Jobklub 45,8 % af 12.818 registreringer er lavet inden for 2 dage. Halvdelen er registreret inden for 5 dage.",
        "Sygemelding · Jobklar Af 300 registreringer er ni ud af ti registreret inden for 1 dag 12 timer. Aftalt er 14 dage.",
        "31 af aktiviteterne i den aftalte praksis",
        "Voksenlærling",
        "Integration",
        "RPA02",
    ],
)
def test_gaps_are_told(soup, told):
    assert told in [plain(item) for item in soup("realistic", "da", "practice").select(".gaps li")]


def test_without_a_practice_both_sections_say_so(soup):
    page = soup("empty", "da", "practice")
    assert "Skriv ned, hvad I har aftalt" in plain(section(page, "agreed"))
    assert "Begynd med de aktiviteter, I bruger mest." in plain(section(page, "gaps"))


def test_words_about_lateness_do_not_blame(soup):
    told = " ".join(plain(section(soup("realistic", "da", "practice"), part)).lower() for part in ("agreed", "gaps"))
    assert "kan det skyldes systemet" in told
    assert not [
        word
        for word in ("forkert", "fejl i", "skyld", "for dårlig", "overtræd", "synder")
        if word in told.replace("skyldes", "")
    ]
