"""The practice page shows how things are registered, hides small groups, and leaves room for a decision."""

# ruff: noqa: RUF001 (what has no figure is shown as a dash)

from __future__ import annotations

import audit_fixture
import pytest
from bs4 import BeautifulSoup

from logsyn.reports.render import render
from logsyn.reports.views.finding import WEEKDAYS, shown
from logsyn.reports.views.labels import label_section
from logsyn.reports.views.lag import within
from logsyn.reports.views.practice import to_settle
from logsyn.reports.wording import Wording
from logsyn.validator.derive import columns
from logsyn.validator.record import LagGroup, OverloadedLabel, Registration


def plain(tag):
    return " ".join(tag.get_text(" ").split())


def section(parsed, anchor):
    return parsed.find(id=anchor).find_parent("section")


def table(parsed, caption):
    return next(found for found in parsed.find_all("table") if plain(found.caption) == caption)


def row(found, name):
    line = next(line for line in found.tbody.find_all("tr") if plain(line.th) == name)
    return [plain(cell) for cell in line.find_all("td")]


@pytest.mark.parametrize(
    ("name", "value", "danish", "english"),
    [
        ("concentrated_on", "friday", "fredag", "Friday"), ("concentrated_on", "15:00-15:59", "15:00-15:59", "15:00-15:59"), ("time_column", "registered_at", "registreret", "registered"),
        ("share_of_team", 0.375, "37,5\N{NO-BREAK SPACE}%", "37.5%"), ("share_of_others", 0.0, "0\N{NO-BREAK SPACE}%", "0%"), ("share_of_events", None, "(tom)", "(empty)"),
    ],
)  # fmt: skip
def test_what_gathers_on_a_weekday_or_hour_is_told_in_words(name, value, danish, english):
    assert (shown(name, value, Wording("da")).value, shown(name, value, Wording("en")).value) == (danish, english)
    assert WEEKDAYS == columns.WEEKDAYS


def test_lag_overall(soup):
    told = plain(section(soup("realistic", "da", "practice"), "lag").find(class_="figures"))
    assert told == (
        "Halvdelen er registreret samme dag Ni ud af ti er registreret inden for 6 dage 12 timer "
        "Aftalt forskelligt Inden for det aftalte 80,0 %"
    )


def test_classes_of_lag_add_up(soup):
    found = table(soup("realistic", "en", "practice"), "Time until registration, 96,010 registrations with both times")
    counts = [int(plain(line.td).replace(",", "")) for line in found.tbody.find_all("tr")]
    assert len(counts) == 8
    assert sum(counts) == 96_010


@pytest.mark.parametrize(
    ("team", "cells"),
    [
        ("Jobklub", ["17.215", "", "inden for 4 dage", "inden for 21 dage", "2 dage", "55,2 %"]),
        ("Afklaring", ["17.325", "", "samme dag", "inden for 3 dage", "1 dag", "89,1 %"]),
        ("Ungeteam", ["< 5"]),
        ("(uden team)", ["216", "", "inden for 1 dag", "inden for 1 dag", "forskelligt", "97,2 %"]),
    ],
)
def test_lag_by_team(soup, team, cells):
    assert row(table(soup("realistic", "da", "practice"), "Tid til registrering, pr. team"), team) == cells


def test_bar_tells_its_shares_and_fills_its_width(soup):
    found = table(soup("realistic", "da", "practice"), "Tid til registrering, pr. team").find("svg")
    assert (
        found["aria-label"]
        .replace("\u00a0", " ")
        .startswith("Fordeling: registreret på forhånd 0,2 %; samme dag 71,0 %")
    )
    assert sum(float(part["width"].rstrip("%")) for part in found.find_all("rect")) == pytest.approx(100, abs=0.01)


def test_hidden_groups_come_with_a_note_and_without_figures(soup):
    page = soup("broken", "da", "practice")
    assert "»< 5« står, hvor der er færre end 5 registreringer, sager eller medarbejdere" in plain(page.main)
    assert plain(page.main).count("< 5") >= 1
    assert "Tiden til registrering kunne ikke opgøres." in plain(section(page, "lag"))


@pytest.mark.parametrize(
    ("way", "bits", "seen"),
    [("surroundings", "0,81 bit", "står to steder i forløbene"), ("groups", "2,31 bit", "Teamene bruger navnet så forskelligt")],
)  # fmt: skip
def test_a_label_with_several_meanings_tells_by_what_it_is_seen(way, bits, seen):
    measured = {"divergence_bits": 2.31, "yardstick_bits": 0.18, "use_bits": 0.81, "use_share": 0.25}
    label = OverloadedLabel(activity="Samtale", declared=False, found=True, events=90, way=way, **measured)
    practice = Registration(lag_overall=None, overloaded=[label])
    audit = audit_fixture.realistic().model_copy(update={"registration": practice})
    (told,) = label_section(audit, Wording("da")).labels
    assert seen in told.seen
    assert bits in told.measured.replace("\N{NO-BREAK SPACE}", " ")
    assert ("25" in told.measured) == (way == "surroundings")


def test_overloaded_label_by_team(soup):
    found = table(soup("realistic", "da", "practice"), "Sådan bruger teamene navnet i 27.460 registreringer")
    assert row(found, "Jobklub")[:3] == ["Borgeren har deltaget i jobklub", "ca. 12.818", "74,5 %"]
    assert row(found, "Jobklub")[4].startswith("Samtale (anden) 80,9 % sagens slutning 10 %")
    assert row(found, "Jobklub")[5] == "Afholdt >99,9 % (tom) <0,1 %"
    assert [row(found, team)[-1] for team in ("Jobklub", "Jobklar", "Sygedagpenge")] == [
        "sent i sagen",
        "midt i sagen",
        "tidligt i sagen",
    ]


def test_words_about_a_label_do_not_blame(soup):
    told = plain(section(soup("realistic", "da", "practice"), "labels")).lower()
    assert "ser ud til at rumme flere betydninger" in told
    assert not [word for word in ("forkert", "fejlagtig", "misbrug") if word in told]


def test_horizon_of_job_goals(soup):
    found = table(soup("realistic", "da", "practice"), "Hvor langt ude i fremtiden perioder slutter, pr. aktivitet")
    assert row(found, "Jobmål") == ["6.310", "", "402", "365 dage", "365 dage", "1.630"]
    assert row(found, "Virksomhedspraktik")[4:] == ["ikke aftalt", "–"]


def test_every_finding_to_settle_has_why_question_and_room(soup):
    cards = soup("realistic", "da", "practice").find_all(class_="card")
    assert len(cards) == len(to_settle(audit_fixture.realistic())) == 5
    for card in cards:
        assert "Derfor betyder det noget:" in plain(card)
        assert "Tal om det:" in plain(card)
    boxes = soup("realistic", "da", "practice").find_all(class_="decision")
    assert len([box for box in boxes if not box.find_parent(class_="gap")]) == 5


def test_examples_show_what_cases_have_in_common_and_no_way_back(soup):
    found = table(soup("realistic", "da", "practice"), "Eksempler: Registreret senere end aftalt")
    assert row(found, "Samtale (anden)") == [
        "marts 2022",
        "Jobklub",
        "registreret : marts 2022 tid til registrering : 15 til 31 dage tid ud over det aftalte : 365 dage eller mere",
    ]


@pytest.mark.parametrize(
    ("anchor", "words"),
    [
        ("lag", "Bed om kolonnen med registreringstidspunktet"),
        ("labels", "Bed om kolonnen med team"),
        ("periods", "»Slutdato«"),
    ],
)
def test_missing_columns_are_asked_for(soup, anchor, words):
    assert words in plain(section(soup("empty", "da", "practice"), anchor))


def test_only_the_largest_groups_are_shown_and_the_rest_is_counted(soup):
    page = soup("crowded", "da", "practice")
    found = table(page, "Tid til registrering, pr. aktivitet")
    names = [plain(line.th) for line in found.tbody.find_all("tr")]
    assert len(names) == 25
    assert names[0].startswith("Aktivitet-2976-")
    assert "De største er vist. 2.975 er ikke med her; alle står i audit.json." in plain(section(page, "lag"))


def test_not_evaluated_and_passed_rules_are_told_apart(soup):
    assert "Ikke vurderet Periode uden slutdato: Praksis siger ikke" in plain(
        section(soup("realistic", "da", "practice"), "periods")
    )
    told = plain(section(soup("passing", "da", "practice"), "lag"))
    assert "Bestået Registreret senere end aftalt: Alle 96.010 registreringer er i orden." in told


def test_extract_without_pairs_of_times():
    audit = audit_fixture.realistic()
    nothing = audit.registration.lag_overall.model_copy(update={"events": 0, "buckets": [0] * 8, "late": 0})
    registration = audit.registration.model_copy(update={"lag_overall": nothing})
    html = render(audit.model_copy(update={"registration": registration}), "en")["practice.html"]
    assert "No registration has both a time when it happened" in BeautifulSoup(html, "html.parser").main.text


def test_figures_stand_only_where_there_are_any(soup):
    """Of an activity in a team no classes of lag are told, so there is neither a column of bars nor a table of their numbers."""
    page = soup("realistic", "en", "practice")
    captions = {plain(one.caption) for one in page.find_all("table") if one.caption}
    by_pair = "Time until registration, by activity and team"
    assert by_pair in captions
    assert f"{by_pair}: numbers" not in captions
    for one in page.find_all("table"):
        if one.caption and plain(one.caption).endswith(": numbers"):
            assert all(len(line.find_all("td")) > 1 for line in one.tbody.find_all("tr"))


@pytest.mark.parametrize(("late", "said"), [(64, "about 86%"), (0, "100%"), (1, "about 99%"), (469, "about 1%"), (None, "< 5")])
def test_the_share_of_a_group_that_is_told_in_tens_is_told_roughly(late, said):
    group = LagGroup(activity="Samtale", events=470, in_tens=True, late=late)
    assert within(group, Wording("en")) == said
    assert within(group.model_copy(update={"in_tens": False, "late": 64}), Wording("en")) == "86.4%"
