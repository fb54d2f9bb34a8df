"""What the pages say of suitability, accepted findings, rules of one cause, and a selection of the rules."""

from __future__ import annotations

import audit_fixture
import pytest
from bs4 import BeautifulSoup
from judgement_fixture import selecting

from logsyn.reports.render import render


def plain(tag):
    return " ".join(tag.get_text(" ").split())


def section(parsed, anchor):
    return plain(parsed.find(id=anchor).find_parent("section"))


def lines(parsed, kind):
    return [
        [plain(cell) for cell in row.find_all(["th", "td"])] for row in parsed.find(class_=kind).tbody.find_all("tr")
    ]


MEASURED = {
    "Mængde": "96.088 registreringer i 5.912 sager",
    "Rækker med sag, aktivitet og tidspunkt": ">99,9 % (96.076 af 96.088)",
    "Registreringer med klokkeslæt": "67,5 % (64.884 af 96.088)",
    "Registreringer pr. sag": "halvdelen af sagerne har højst 14; gennemsnittet er 16,25",
    "Forskellige sagsforløb pr. sag": "0,81 (4.812 forløb i 5.912 sager)",
    "Sager med et forløb for sig selv": "78,7 % (4.655 af 5.912)",
    "Aktivitetsnavne, der dækker 95 procent af registreringerne": "31 af 54 aktivitetsnavne",
    "Kolonner med fritekst": "»Bemærkning«, udfyldt i <0,1 % af rækkerne",
    "Sager, der kan være begyndt før perioden": "Op til 23,7 % (1.402 af 5.912): ses første gang inden for 143 dage",
    "Sager, der kan fortsætte efter perioden": "Op til 32,6 % (1.930 af 5.912): ses sidste gang inden for 143 dage",
}


@pytest.mark.parametrize("name", MEASURED)
def test_a_measure_stands_with_its_value_and_what_it_means(soup, name):
    found = {row[0]: row[1:] for row in lines(soup("realistic", "da", "quality"), "measures")}
    value, meaning = found[name]
    assert value.startswith(MEASURED[name])
    assert len(meaning) > 60


def test_maturity_says_why_the_next_level_is_not_reached(soup):
    told = section(soup("realistic", "en", "index"), "suitability")
    assert "Level 2 of 5." in told
    assert "Not shown for level 3: registration follows the event." in told
    assert lines(soup("realistic", "en", "quality"), "maturity")[1] == [
        "Registration follows the event", "3", "Not met", "at most 10% not in order", "20% (Registered later than agreed)",
    ]  # fmt: skip


def test_what_nothing_shows_is_not_shown(soup):
    assert lines(soup("realistic", "en", "quality"), "maturity")[2][2:] == ["Not shown", "everything in order", "–"]  # noqa: RUF001


def test_suitability_is_left_out_when_it_was_not_measured(soup):
    assert soup("empty", "da", "index").find(id="suitability") is None
    assert soup("empty", "da", "quality").find(id="suitability") is None


def test_the_leader_sees_what_has_run_out_first(soup):
    told = [
        plain(item)
        for item in soup("accepted", "da", "index").find(id="accepted").find_parent("section").find_all("li")
    ]
    assert told[0].startswith("Accepten er udløbet Slutdato langt ude i fremtiden ( hele reglen ).")
    assert told[0].endswith(
        "Ledelsen af Jobklub , til og med 30. juni 2023. Accepten er udløbet, så fundet tæller igen."
    )
    assert len(told) == 3
    steps = plain(soup("accepted", "da", "index").find(class_="steps"))
    assert "Tag stilling til det, der hidtil var accepteret" in steps


ACCEPTED = {
    "Registreret senere end aftalt": [
        "Accepteret",
        "Team: Jobklub; Måned: januar 2023",
        "7.716",
        "11.488 er tilbage og tæller.",
    ],
    "Samme registrering flere gange": ["Accepteret", "hele reglen", "1", "Der er intet tilbage, der tæller."],
    "Slutdato langt ude i fremtiden": ["Accepten er udløbet", "hele reglen", "1.630", "så fundet tæller igen."],
    "CPR-nummer i tekst": ["Accepteret, men intet at acceptere", "hele reglen", "0", "intet tilbage, der tæller."],
    "Periode uden slutdato": ["Accepteret, men intet at acceptere", "hele reglen", "0", "intet, der kan accepteres."],
    "Sagsnummer mangler": ["Accepteret", "Team: (tom)", "< 5", "Resten tæller."],
}


@pytest.mark.parametrize("title", ACCEPTED)
def test_what_is_accepted_stands_with_all_that_is_said_of_it(soup, title):
    found = {row[0]: row[1:] for row in lines(soup("accepted", "da", "quality"), "accepted")}
    state, scope, failing, reason, owner, until = found[title]
    assert [state, scope, failing] == ACCEPTED[title][:3]
    assert reason.startswith("Fremmøde føres om fredagen for hele ugen.")
    assert reason.endswith(ACCEPTED[title][3])
    assert owner == "Ledelsen af Jobklub"
    assert until.endswith("2024") != ("udløbet" in state)


@pytest.mark.parametrize(
    ("rule", "mark"),
    [
        ("backdated-registration", "Delvis accepteret"),
        ("duplicate-event", "Accepteret"),
        ("job-goal-end", "Accepten er udløbet"),
        ("overloaded-label", None),
    ],
)
def test_a_rule_carries_its_mark_beside_its_outcome(soup, rule, mark):
    tags = [
        plain(tag)
        for tag in soup("accepted", "da", "quality")
        .find(id=f"rule-{rule}")
        .find_next(class_="tags")
        .find_all(class_="tag")
    ]
    assert tags == ["Ikke bestået", *([mark] if mark else [])]


def test_accepted_findings_are_counted_beside_the_outcomes(soup):
    assert "1 af dem, der ikke er bestået, er accepteret." in plain(
        soup("accepted", "da", "index").find(class_="verdict")
    )
    assert "accepteret" not in plain(soup("realistic", "da", "index").main)


def test_reasons_of_one_cause_stand_together(soup):
    reasons = [plain(item) for item in soup("accepted", "da", "index").find(class_="reasons").find_all("li")]
    (led,) = [reason for reason in reasons if "Registreret senere end aftalt" in reason]
    assert led.endswith("Formentlig samme årsag: Slutdato langt ude i fremtiden .")
    assert not [reason for reason in reasons if reason.startswith("Slutdato langt ude")]


def test_of_rules_with_one_cause_a_question_names_the_first_only(soup):
    rows = soup("accepted", "da", "index").find(class_="questions").tbody.find_all("tr")
    assert "»Registreret senere end aftalt« (190 sager). Halvdelen" in plain(rows[0])


def test_rules_that_fail_together_in_words_and_figures(soup):
    told = section(soup("accepted", "en", "quality"), "together")
    assert "1,600 of the 1,630 rows with “End date far in the future” have “Registered later than agreed”, too." in told
    row = lines(soup("accepted", "en", "quality"), "together")[0]
    assert row == ["End date far in the future", "Registered later than agreed", "1,600", "1,630 rows", "98.2%", "20%"]
    assert "No two rules" in section(soup("realistic", "en", "quality"), "together")


@pytest.mark.parametrize("page", ["index", "practice", "quality"])
def test_every_page_says_that_a_selection_was_made(soup, page):
    note = plain(soup("selected", "en", page).find(class_="selection"))
    assert note.startswith("Only 9 of the 11 rules were run, since a selection was made (warning).")
    assert soup("realistic", "en", page).find(class_="selection") is None


@pytest.mark.parametrize(
    ("overall", "words"),
    [("fit", "No reservations among the rules that were run"), ("fit_with_reservations", "Fit with reservations at best"), ("not_fit", "Not fit")],
)  # fmt: skip
def test_a_selection_that_passes_never_looks_like_the_whole_suite(overall, words):
    page = BeautifulSoup(render(selecting(audit_fixture.realistic(), overall), "en")["index.html"], "html.parser")
    assert page.find(id="verdict").text == words
    assert not page.find_all(class_=["verdict-fit", "tag-usable"])
    assert "can be used for process mining as it is" not in plain(page.main)
    assert "Run all the rules." in plain(page.find(class_="steps"))
    assert "Begin the analysis" not in plain(page.main)


@pytest.mark.parametrize("name", ["realistic", "accepted"])
def test_the_rule_of_judgement_is_stated_sentence_by_sentence(soup, name):
    for page in ("index", "quality"):
        heading = "rule-of-judgement" if page == "index" else "judgement"
        said = section(soup(name, "da", page), heading)
        assert "Ellers er det ikke egnet." in said


def test_a_level_of_registration_promises_no_answers(soup):
    told = section(soup("realistic", "da", "index"), "suitability")
    assert "Spørgsmål om frister kan dog ikke besvares med dette udtræk." in told


def flawless(cases):
    audit = audit_fixture.passing()
    return audit.model_copy(update={"suitability": audit.suitability.model_copy(update={"cases": cases})})


@pytest.mark.parametrize(
    ("cases", "said", "step"),
    [
        (29, "Det, der er registreret, er i orden. Der er for få sager til at sige noget generelt.", "Få et udtræk med flere sager."),
        (30, "Udtrækket kan bruges til process mining, som det er.", "Gå i gang med analysen."),
    ],
)
def test_a_flawless_extract_of_few_cases_carries_no_analysis(cases, said, step):
    page = BeautifulSoup(render(flawless(cases), "da")["index.html"], "html.parser")
    assert said in plain(page.find(class_="verdict"))
    assert plain(page.find(class_="steps").li.strong).replace(" .", ".") == step
