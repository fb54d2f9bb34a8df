"""The leader's page says the verdict, why, what next, for which questions, and what was examined."""

from __future__ import annotations

import audit_fixture
import pytest
from bs4 import BeautifulSoup

from logsyn.reports.render import render
from logsyn.validator.record import Obstacle


def plain(tag):
    return " ".join(tag.get_text(" ").split())


def section(parsed, anchor):
    return plain(parsed.find(id=anchor).find_parent("section"))


@pytest.mark.parametrize(
    ("overall", "da", "en"),
    [
        ("fit", "Egnet", "Fit"),
        ("fit_with_reservations", "Egnet med forbehold", "Fit with reservations"),
        ("not_fit", "Ikke egnet", "Not fit"),
    ],
)
def test_verdict_in_words(overall, da, en):
    audit = audit_fixture.realistic()
    audit = audit.model_copy(update={"verdict": audit.verdict.model_copy(update={"overall": overall})})
    for lang, words in (("da", da), ("en", en)):
        assert BeautifulSoup(render(audit, lang)["index.html"], "html.parser").find(id="verdict").text == words


def test_reasons_come_gravest_first_with_their_numbers(soup):
    reasons = [plain(item) for item in soup("realistic", "da", "index").find(class_="reasons").find_all("li")]
    assert reasons[0] == "Sagsnummer mangler Kritisk 12 af 96.088 registreringer (<0,1 %)."
    assert reasons[1].endswith(
        "19.204 af 96.010 registreringer (20,0 %) i 3.377 sager. Kravet er, at mindst 95 % er i orden."
    )
    assert reasons[3].endswith("1 af 54 aktivitetsnavne, der er undersøgt, brugt i 27.460 registreringer i 4.020 sager.")
    assert reasons[4].endswith("1 af 96.076 registreringer (<0,1 %) i 1 sag.")
    assert len(reasons) == 5


def test_rows_add_up_on_the_page(soup):
    assert "96.233 = 96.088 indlæst + 145 afvist" in section(soup("realistic", "da", "index"), "examined")
    assert "96,233 = 96,088 loaded + 145 rejected" in section(soup("realistic", "en", "index"), "examined")


def test_what_was_examined(soup):
    told = section(soup("realistic", "da", "index"), "examined")
    for fact in (
        "1. januar 2022 til 8. november 2023",
        "Sager 5.912",
        "Registreringer 96.088",
        "aktiviteter 54",
        "143 dage",
    ):
        assert fact in told


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2022-01-01 08:05:00", "2023-11-08 15:41:00", "mellem 10. januar 2022 og 1. november 2023 Sager"),
        (
            "0001-01-01 08:59:00",
            "9999-12-31 00:00:00",
            "mellem 10. januar 2022 og 1. november 2023 (den tidligste er dateret 1. januar 1",
        ),
    ],
)
def test_period_is_where_most_events_lie(start, end, words):
    audit = audit_fixture.realistic()
    typical = {"start": start, "end": end, "typical_start": "2022-01-10", "typical_end": "2023-11-01"}
    audit = audit.model_copy(update={"log": audit.log.model_copy(update=typical)})
    page = BeautifulSoup(render(audit, "da")["index.html"], "html.parser")
    assert f"De fleste hændelser ligger {words}" in section(page, "examined")


def asked(*obstacles):
    """The sentence of a question with these obstacles, on the Danish page of the leader."""
    audit = audit_fixture.realistic()
    questions = [audit.verdict.questions[0].model_copy(update={"obstacles": list(obstacles)})]
    verdict = audit.verdict.model_copy(update={"questions": questions})
    page = BeautifulSoup(render(audit.model_copy(update={"verdict": verdict}), "da")["index.html"], "html.parser")
    return plain(page.find(class_="questions").tbody.find_all("td")[1])


def obstacle(rule, makes="with_reservations", share=None):
    return Obstacle(rule=rule, makes=makes, share=share)


def test_obstacles_are_the_first_three_with_their_shares_and_the_rest_counted():
    told = asked(obstacle("job-goal-end", share=0.2759), *map(obstacle, "abcd"))
    assert told == "»Slutdato langt ude i fremtiden« (27,6 %), a, b og 2 andre."


def test_where_a_question_cannot_be_answered_only_what_makes_it_so_is_named():
    told = asked(obstacle("job-goal-end", "not_usable", 0.5), obstacle("backdated-registration", share=0.00001))
    assert told == "»Slutdato langt ude i fremtiden« (50 %) og 1 anden."


@pytest.mark.parametrize(
    ("rule", "share", "words"),
    [
        ("open-ended-period", None, "»Periode uden slutdato« (ikke vurderet)."),
        ("overloaded-label", 1 / 54, "»Aktivitetsnavn, der ser ud til at rumme flere betydninger« (1,9 % af navnene)."),
        ("backdated-registration", 0.00001, "»Registreret senere end aftalt« (<0,1 %)."),
    ],
)
def test_an_obstacle_in_words(rule, share, words):
    assert asked(obstacle(rule, share=share)) == words


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (
            0,
            "Gennemløbstid: Hvor lang tid tager en sag? Kan besvares med forbehold »Registreret senere end aftalt« (20,0 %)",
        ),
        (3, "Arbejdsmængde pr. team Kan besvares Intet"),
        (4, "Overholdelse af frister Kan ikke besvares »Registreret senere end aftalt« (20,0 %)."),
    ],
)
def test_questions(soup, row, words):
    rows = soup("realistic", "da", "index").find(class_="questions").tbody.find_all("tr")
    assert plain(rows[row]).startswith(words)


def test_questions_are_left_out_when_none_was_judged(soup):
    assert soup("empty", "da", "index").find(id="questions") is None


def test_what_could_not_be_evaluated_is_no_pass(soup):
    told = section(soup("realistic", "da", "index"), "not-evaluated")
    assert "er ikke bestået" in told
    assert "Periode uden slutdato (Ikke vurderet): Praksis siger ikke" in told
    assert "Tidspunkt uden klokkeslæt (Fejl under kørslen): Kolonnen kunne ikke beregnes." in told


def test_outcomes_are_counted(soup):
    told = plain(soup("realistic", "da", "index").find(class_="verdict"))
    assert "9 regler: 1 bestået, 6 ikke bestået, 1 kunne ikke vurderes og 1 kunne ikke køres." in told


def test_next_steps(soup):
    steps = [plain(item) for item in soup("realistic", "da", "index").find(class_="steps").find_all("li")]
    assert steps[0] == "Sagsnummer mangler. Bed leverandøren om at tage sagsnummeret med for alle rækker."
    assert "5 spørgsmål er klar" in steps[1]
    assert "145 rækker kunne ikke læses" in steps[2]
    assert soup("passing", "en", "index").find(class_="steps").li.strong.text == "Begin the analysis."


def test_many_findings_are_counted_not_listed(soup):
    page = soup("heavy", "da", "index")
    assert len(page.find(class_="reasons").find_all("li")) == 6
    assert "og 24 til" in section(page, "reasons")
    assert "og 28 til" in section(page, "not-evaluated")


def test_empty_audit_promises_nothing(soup):
    page = soup("empty", "da", "index")
    assert "Der var ingen regler, så intet er vurderet." in plain(page.find(class_="verdict"))
    assert "der kunne ikke læses nogen tidspunkter" in section(page, "examined")
    assert "anledning til forbehold" not in plain(page.main)


def test_the_finding_that_changes_most_for_the_analysis_is_told(soup):
    told = plain(soup("realistic", "da", "index").find("section", {"aria-labelledby": "reasons"}))
    assert "Det betyder mest for analysen: Registreret senere end aftalt . I 830 sager (14 %)" in told
