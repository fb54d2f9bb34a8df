"""The leader's page says the verdict, why, what next, for which questions, and what was examined."""

from __future__ import annotations

import audit_fixture
import pytest
from bs4 import BeautifulSoup

from logsyn.reports.render import render
from logsyn.validator.record import AnswerRange, Obstacle, OutOf


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
    assert reasons[3].endswith("1 af 54 aktivitetsnavne, der er undersøgt, brugt i 27.460 registreringer (28,6 %) i 4.020 sager (68,0 %).")
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
            "mellem 10. januar 2022 og 1. november 2023 (mindst fem sager begynder senest 1. januar 1",
        ),
    ],
)
def test_period_is_where_most_events_lie(start, end, words):
    audit = audit_fixture.realistic()
    typical = {"start": start, "end": end, "typical_start": "2022-01-10", "typical_end": "2023-11-01"}
    audit = audit.model_copy(update={"log": audit.log.model_copy(update=typical)})
    page = BeautifulSoup(render(audit, "da")["index.html"], "html.parser")
    assert f"De fleste hændelser ligger {words}" in section(page, "examined")


def asked(*obstacles, **answered):
    """The sentence of a question with these obstacles, on the Danish page of the leader."""
    audit = audit_fixture.realistic()
    first = audit.verdict.questions[0]
    how = first.answerability.model_copy(update={"measure": None, "ranges": [], **answered})
    questions = [first.model_copy(update={"obstacles": list(obstacles), "answerability": how})]
    verdict = audit.verdict.model_copy(update={"questions": questions})
    page = BeautifulSoup(render(audit.model_copy(update={"verdict": verdict}), "da")["index.html"], "html.parser")
    return plain(page.find(class_="questions").tbody.find_all("td")[1])


def obstacle(rule, cases=None, share=None):
    counted = None if cases is None else OutOf(count=cases, of=1000)
    return Obstacle(rule=rule, makes="with_reservations", share=share, cases=counted)


def test_obstacles_are_the_first_two_with_their_cases_and_the_rest_counted():
    told = asked(obstacle("job-goal-end", 276), *map(obstacle, "abcd"), measure=OutOf(count=300, of=1000))
    assert told == "I tvivl: 300 af 1.000 sager (30 %). »Slutdato langt ude i fremtiden« (276 sager), a og 3 andre."


@pytest.mark.parametrize(
    ("rule", "cases", "words"),
    [
        ("open-ended-period", None, "»Periode uden slutdato« (ikke vurderet)."),
        ("overloaded-label", 137, "»Aktivitetsnavn, der ser ud til at rumme flere betydninger« (137 sager)."),
        ("backdated-registration", None, "»Registreret senere end aftalt«."),
    ],
)
def test_an_obstacle_in_words(rule, cases, words):
    assert asked(obstacle(rule, cases, share=0.2)) == f"Det er ikke regnet ud. {words}"


def test_where_no_row_has_a_case_the_rows_of_an_obstacle_are_counted():
    of_rows = Obstacle(rule="backdated-registration", makes="not_usable", cases=OutOf(count=0, of=0))
    rows = next(one.rows_affected for one in audit_fixture.realistic().findings if one.rule == "backdated-registration")
    told = f"{rows:,}".replace(",", ".")
    assert asked(of_rows, measure=OutOf(count=0, of=0)).endswith(f"»Registreret senere end aftalt« ({told} registreringer).")


@pytest.mark.parametrize(
    ("answered", "words"),
    [
        ({"measure": OutOf(count=0, of=9), "answer": "can_be_answered"}, "Ingen sag er i tvivl."),
        ({"measure": OutOf(count=0, of=9), "uncounted": ["r"]}, "Det kan ikke tælles, hvilke sager der er i tvivl."),
        ({"measure": OutOf(count=2, of=10), "uncounted": ["r"]}, "I tvivl: mindst 2 af 10 sager (20 %)."),
        ({"missing": ["registered_at"], "answer": "cannot_be_answered"}, "Udtrækket mangler: registreret."),
        ({"missing": ["team|source"], "answer": "cannot_be_answered"}, "Udtrækket mangler: team eller kilde."),
        ({"measure": OutOf(count=1, of=10_000)}, "I tvivl: 1 af 10.000 sager (<0,1 %)."),
        ({"measure": OutOf(count=9_999, of=10_000)}, "I tvivl: 9.999 af 10.000 sager (>99,9 %)."),
    ],
)
def test_the_measure_in_words(answered, words):
    assert asked(**answered) == words


@pytest.mark.parametrize(
    ("ranges", "words"),
    [
        ([("median_duration_days", 116.0, 114.0, 115.0)], "Halvdelen af sagerne varer højst 114 dage til 116 dage."),
        ([("median_duration_days", 116.0, 116.0, 116.0), ("mean_duration_days", 16401.9, 277.9, 127.6)], "Gennemsnittet kan ikke bruges (127,6 dage til 44,9 år)."),
        ([("median_duration_days", 116.0, 116.0, 116.0), ("mean_duration_days", 16401.9, 16547.9, None)], "Gennemsnittet kan ikke bruges (44,9 år til 45,3 år)."),
        ([("median_duration_days", 14.0, 14.0, 14.0), ("mean_duration_days", 14.9, 17.7, None)], "Gennemsnittet er 14,9 dage til 17,7 dage."),
        ([("median_duration_to_end_days", 300.0, 240.0, 250.0), ("mean_duration_to_end_days", 16401.9, 277.9, 127.6)], "Regnes slutdatoerne med, varer halvdelen højst 240 dage til 300 dage. Gennemsnittet med slutdatoer kan ikke bruges (127,6 dage til 44,9 år)."),
        ([("median_lag_days", -2.0, -3.0, -2.0), ("p90_lag_days", 9.0, -1.0, 4.0)], "Ni ud af ti kommer inden for 0 dage til 9 dage."),
        ([("median_lag_days", 40 / 1440, 160 / 1440, 0.0)], "Halvdelen af registreringerne kommer inden for 0 minutter til 3 timer."),
        ([("median_lag_days", 1 / 1440, 59 / 1440, 0.01), ("p90_lag_days", 1.0, 0.0, 3.5)], "Halvdelen af registreringerne kommer inden for 1 minut til 59 minutter. Ni ud af ti kommer inden for 0 dage til 3 dage 12 timer."),
        ([("variants", 272.0, 272.0, 272.0)], ""),
        ([("variants", 272.0, None, None)], ""),
        ([("arcs", 592.0, 705.0, None), ("variants", 9.0, 8.0, 9.0)], "592 til 705 pile i proceskortet. 8 til 9 forskellige forløb."),
    ],
)  # fmt: skip
def test_the_range_in_words(ranges, words):
    given = [AnswerRange(figure=name, as_it_is=now, remedied=mended, left_out=without) for name, now, mended, without in ranges]
    assert asked(measure=OutOf(count=0, of=9), ranges=given) == f"Ingen sag er i tvivl. {words}".strip()


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (
            0,
            "Gennemløbstid: Hvor lang tid tager en sag? Kan besvares med små forbehold I tvivl: 290 af 5.912 sager (4,9 %). »Registreret",
        ),
        (3, "Arbejdsmængde pr. team Kan besvares Ingen sag er i tvivl."),
        (4, "Overholdelse af frister Kan ikke besvares I tvivl: 3.377 af 5.912 sager (57,1 %). »Registreret senere end aftalt« (3.377 sager)."),
    ],
)  # fmt: skip
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
    first, *steps = steps
    assert first.startswith("Sagsnummer mangler.")  # no question depends on it here
    assert steps[0].startswith("Registreret senere end aftalt. ")
    assert steps[0].endswith("Ledelsen; det kræver en aftale. Derefter kan spørgsmål om frister besvares. Derefter kan spørgsmål om rækkefølge (70 af 5.912 sager i tvivl) besvares med små forbehold.")
    assert steps[1].endswith("De fagligt ansvarlige; det kræver en aftale. Derefter kan spørgsmål om forekomst (50 af 5.912 sager i tvivl) besvares.")
    assert "5 spørgsmål er klar" in steps[2]
    assert "145 rækker kunne ikke læses" in steps[3]
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


def test_the_headline_is_told_with_the_cases_that_it_puts_in_doubt(soup):
    told = plain(soup("realistic", "da", "index").find("section", {"aria-labelledby": "reasons"}))
    assert "Det betyder mest: Registreret senere end aftalt . Sager i tvivl: Frister: 3.377 af 5.912 sager (57,1 %); Rækkefølge: 830 af 5.912 sager (14,0 %)" in told


def test_what_no_question_depends_on_has_a_place_among_the_reasons_and_comes_first_of_the_steps():
    audit = audit_fixture.heavy(30)
    beside = audit.findings[20].model_copy(update={"questions": [], "severity": "critical"})
    others = [one.model_copy(update={"questions": ["order"]}) for one in audit.findings if one.rule != beside.rule]
    reasons = [*(one.rule for one in others), beside.rule]
    judged = audit.model_copy(update={"findings": [*others, beside], "verdict": audit.verdict.model_copy(update={"reasons": reasons})})
    page = BeautifulSoup(render(judged, "da")["index.html"], "html.parser")
    shown = [plain(item) for item in page.find(class_="reasons").find_all("li")]
    assert len(shown) == 6
    assert shown[-1].startswith(beside.title.da)
    assert plain(page.find(class_="steps").li).startswith(f"{beside.title.da}")


def test_the_verdict_says_how_many_questions_can_be_answered(soup):
    assert "Udtrækket kan besvare 4 af de 5 spørgsmål, når man kender forbeholdene nedenfor." in plain(soup("realistic", "da", "index").find(class_="verdict"))
