"""The quality page accounts for every row and lets every number be counted again."""

# ruff: noqa: RUF001 (what has no figure is shown as a dash)

from __future__ import annotations

from datetime import date, datetime

import audit_fixture
import pytest
from bs4 import BeautifulSoup
from findings_fixture import text

from logsyn.reports.render import render
from logsyn.reports.views.consequence import reordered
from logsyn.reports.views.rule import values
from logsyn.reports.wording import Wording
from logsyn.validator.record import Acceptance, AcceptedPart, Breakdowns, Consequence, Evidence, Group, Unmatched


def plain(tag):
    return " ".join(tag.get_text(" ").split())


def table(parsed, caption):
    by_caption = {plain(found.caption): found for found in parsed.find_all("table") if found.caption}
    assert caption in by_caption, sorted(by_caption)
    return by_caption[caption]


def cells(line):
    return [plain(cell) for cell in line.find_all(["th", "td"])]


def article(parsed, anchor):
    return parsed.find("h3", id=anchor).find_parent("article")


def test_account_of_rows_per_file_and_in_all(soup):
    found = table(soup("realistic", "da", "quality"), "Regnskab over rækker pr. fil")
    assert cells(found.tbody.tr)[1:] == ["cp1252", ";", "51.233", "51.088", "145", "3", "2"]
    assert "sha256 " + "9f2c" * 16 in plain(found.tbody.tr)
    assert cells(found.tfoot.tr) == ["2 filer", "96.233", "96.088", "145", "3", "2"]


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("SagsID", "case_id angivet i kildeprofilen tekst 96.076 12 <0,1 % – 5.912"),
        ("Oprettet", "registered_at angivet i kildeprofilen tid 96.010 61 <0,1 % 17 – %d-%m-%Y %H:%M 96.010"),
        ("Slutdato", "planned_end genkendt på overskriften tid 6.310 89.778 93,4 % 0"),
        ("Målgruppe", "Målgruppe beholdt under eget navn kategori"),
    ],
)
def test_columns(soup, header, words):
    found = table(soup("realistic", "da", "quality"), "Sådan er udtrækkets kolonner forstået")
    line = next(line for line in found.tbody.find_all("tr") if plain(line.th) == header)
    assert plain(line).startswith(f"{header} {words}")


def test_a_rule_that_found_nothing_does_not_stand_under_the_name_of_what_it_looked_for(soup):
    failed, passed = (soup(name, "da", "quality").find(id="rule-backdated-registration") for name in ("realistic", "passing"))
    assert (plain(failed), plain(passed)) == (
        "Registreret senere end aftalt",
        "Undersøgt: Registreret senere end aftalt",
    )


def test_overview_lists_every_rule_failed_ones_first(soup):
    lines = table(soup("realistic", "da", "quality"), "Alle regler med dem, der ikke er bestået, først").tbody.find_all(
        "tr"
    )
    assert [cells(line)[1] for line in lines] == ["Ikke bestået"] * 6 + [
        "Fejl under kørslen",
        "Ikke vurderet",
        "Bestået",
    ]
    assert cells(lines[0])[1:] == ["Ikke bestået", "Kritisk", "Fuldstændighed", "96.088", "12", "<0,1 %", "0"]
    assert cells(lines[-2])[4:] == ["–"] * 4


@pytest.mark.parametrize("way", [1, -1])
def test_rules_of_an_outcome_stand_by_severity_and_then_as_in_the_suite(way):
    audit = audit_fixture.realistic()
    findings = audit.findings[::way]
    page = render(audit.model_copy(update={"findings": findings}), "en", audit_fixture.run())["quality.html"]
    shown = [head["id"].removeprefix("rule-") for head in BeautifulSoup(page, "html.parser").find_all("h3", id=True) if head["id"].startswith("rule-")]
    failed = [one for one in findings if one.outcome == "failed"]
    expected = [one.rule for severity in ("critical", "warning", "info") for one in failed if one.severity == severity]
    assert [name for name in shown if name in expected] == expected


@pytest.mark.parametrize("patterns", [[], ["I1", "I6"]])
def test_known_patterns_are_told_where_there_are_any(patterns):
    audit = audit_fixture.realistic()
    findings = [one.model_copy(update={"patterns": patterns}) for one in audit.findings]
    page = render(audit.model_copy(update={"findings": findings}), "en", audit_fixture.run())["quality.html"]
    told = [plain(term.parent) for term in BeautifulSoup(page, "html.parser").find_all("dt", string="Known patterns")]
    assert told == [f"Known patterns {', '.join(patterns)}"] * (len(findings) if patterns else 0)


@pytest.mark.parametrize("name", ["accepted", "realistic"])
def test_what_is_accepted_of_a_rule_stands_with_the_rule(soup, name):
    page = soup(name, "en", "quality")
    findings = {"accepted": audit_fixture.accepted, "realistic": audit_fixture.realistic}[name]().findings
    parts = [(finding.rule, part) for finding in findings if finding.acceptance for part in finding.acceptance.parts]
    assert bool(parts) == (name == "accepted")
    for rule, part in parts:
        (told,) = [plain(line) for line in article(page, f"rule-{rule}").select("ul.open > li") if part.reason in plain(line)]
        assert part.owner in told
    assert [plain(found.parent) for found in page.find_all("ul") if not found.find("li")] == []


def test_four_outcomes_have_four_words_and_four_symbols(soup):
    tags = soup("realistic", "da", "quality").find(class_="overview").find_all(class_="tag")
    assert len({tag.text.strip() for tag in tags}) == 4
    assert len({str(tag.svg) for tag in tags}) == 4


def test_rule_can_be_reproduced(soup):
    found = article(soup("realistic", "da", "quality"), "rule-backdated-registration")
    assert found.pre.text == (
        'SELECT row_id\nFROM events\nWHERE "registration_overrun_days" > 0\n  AND "registration_lag_days" IS NOT NULL'
    )
    told = plain(found.find_all("details")[-1])
    assert "Forventning expect_column_values_to_be_between(registration_overrun_days, max_value=0)" in told
    assert 'where {"activity": ["Samtale (anden)", "CV-samtale"]}' in told


def test_figures_of_a_rule(soup):
    told = plain(article(soup("realistic", "da", "quality"), "rule-backdated-registration"))
    for figures in (
        "Undersøgt 96.010",
        "Ikke i orden 19.204",
        "Andel 20,0 %",
        "Krav til andel i orden 95 %",
        "sager 3.377",
    ):
        assert figures in told


def test_breakdowns(soup):
    page = article(soup("realistic", "da", "quality"), "rule-backdated-registration")
    teams = table(page, "Team: undersøgt og ikke i orden").tbody.find_all("tr")
    months = table(page, "Måned: undersøgt og ikke i orden").tbody.find_all("tr")
    assert cells(teams[1])[:4] == ["Jobklub", "17.215", "7.716", "44,8 %"]
    assert cells(teams[3]) == ["Ungeteam", "< 5"]
    assert [cells(month)[3] for month in months] == ["48,5 %", "<0,1 %", ">99,9 %"]


@pytest.mark.parametrize(
    ("anchor", "words"),
    [
        ("rule-open-ended-period", "Kunne ikke vurderes. Praksis siger ikke, hvilke aktiviteter der er perioder."),
        ("rule-imprecise-timestamp", "Noget gik galt, så resultatet er ukendt. Kolonnen kunne ikke beregnes."),
        ("rule-cpr-number", "Alle 96.088 registreringer er i orden."),
        ("rule-inactive-period", "2 fund i udtrækket."),
    ],
)
def test_what_came_of_a_rule(soup, anchor, words):
    assert words in plain(article(soup("realistic", "da", "quality"), anchor))


def test_run_can_be_named(soup):
    told = plain(soup("realistic", "en", "quality").find("dl"))
    assert told == (
        "Suite momentum-jobklub Source momentum As of 8 November 2023 Time zone Europe/Copenhagen Engine duckdb "
        "Versions duckdb 1.5.6, great_expectations 1.24.0, logsyn 0.1.0"
    )


def test_dimensions_and_remarks(soup):
    page = soup("realistic", "da", "quality")
    lines = [cells(line) for line in table(page, "Regler efter dimension (ISO/IEC 25012)").tbody.find_all("tr")]
    assert lines[1] == ["Fuldstændighed", "Ikke egnet", "1", "1", "0", "0"]
    assert "58.211 datoer kan kun læses sådan" in plain(page.main)


def test_suite_without_rules_is_said(soup):
    assert "Der var ingen regler, så intet er vurderet." in plain(soup("empty", "da", "quality").main)


@pytest.mark.parametrize("day", [date(2023, 1, 31), datetime(2023, 1, 31, 10, 30)])
@pytest.mark.parametrize(
    "wrap", [lambda day: day, lambda day: [day, "x"], lambda day: {"a": {"ge": day}}, lambda day: [{"not": [day]}]]
)
def test_a_day_that_was_declared_is_shown_as_it_was_written(day, wrap):
    (shown,) = values({"where": wrap(day)}, Wording("da"))
    assert str(day) in shown.value


@pytest.mark.parametrize(("lang", "name"), [("da", "Intet undersøgt"), ("en", "Nothing examined")])
def test_rules_that_looked_at_no_row_stand_apart_and_are_no_pass(soup, lang, name):
    page, first = soup("idle", lang, "quality"), soup("idle", lang, "index").get_text()
    group = page.find(id="outcome-nothing_checked")
    assert group.get_text(strip=True) == name
    assert not page.find_all(id=["outcome-passed", "outcome-failed"])
    assert {cell.get_text(strip=True) for cell in page.select(".tag-nothing_checked")} == {name}
    assert name in [cell.get_text(strip=True) for cell in page.find_all("th")]
    assert name not in soup("realistic", lang, "quality").get_text()
    assert ("fandt intet at undersøge" if lang == "da" else "found nothing to examine") in first
    assert ("Gå i gang med analysen" if lang == "da" else "Begin the analysis") not in first


@pytest.mark.parametrize(("arcs", "da", "en"), [(1, "1 pil i proceskortet findes kun", "1 arc of the process map exists only"), (2, "2 pile i proceskortet findes kun", "2 arcs of the process map exist only")])
def test_one_arc_of_the_other_clock_is_told_in_the_singular(arcs, da, en):
    audit = audit_fixture.realistic()
    clocks = audit.registration.two_clocks
    clocks = clocks.model_copy(update={"comparison": clocks.comparison.model_copy(update={"arcs_lost": arcs})})
    audit = audit.model_copy(update={"registration": audit.registration.model_copy(update={"two_clocks": clocks})})
    assert da in reordered(audit, Wording("da"))
    assert en in reordered(audit, Wording("en"))


FULL = next(one for one in audit_fixture.realistic().findings if one.rule == "backdated-registration")
BARE = {
    "acceptance": None, "reason": None, "unmatched": [], "questions": [], "consequence": Consequence(), "breakdowns": Breakdowns(), "evidence": [], "params": {}, "patterns": [], "sql": None, "told": {},
}  # fmt: skip
PARTS = [
    ("acceptance", Acceptance(parts=[AcceptedPart(owner="Afdelingen", reason="Nytaarsfri", expires="2023-06-30", expired=False, failed=5)], counts=True), "Nytaarsfri"),
    ("reason", text("Fordi det mangler.", "Since it lacks."), "Fordi det mangler."), ("questions", ["order"], "Vedrører Rækkefølge"), ("consequence", Consequence(observed="0,75 udfyldt"), "0,75 udfyldt"),
    ("breakdowns", Breakdowns(team=[Group(key="Team Vest", checked=100, failed=40)]), "Team Vest"), ("evidence", [Evidence(activity="Rundvisning")], "Rundvisning"), ("params", {"max_days": 17}, "max_days 17"),
    ("patterns", ["collateral events"], "Kendte fejlmønstre"), ("sql", "SELECT 4711", "SELECT 4711"), ("unmatched", [Unmatched(key="where", column="team", value="Oest", near="Øst")], "Oest"), ("breakdowns", Breakdowns(hidden=["team"]), "for små"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value", "words"), PARTS, ids=[f"{name} {words}" for name, _, words in PARTS])
def test_each_part_of_a_rule_stands_where_it_has_something_to_say(name, value, words):
    audit = audit_fixture.realistic()
    told = []
    for given in (value, BARE[name]):
        rule = FULL.model_copy(update={**BARE, name: given})
        page = BeautifulSoup(render(audit.model_copy(update={"findings": [rule]}), "da")["quality.html"], "html.parser")
        told.append(plain(article(page, "rule-backdated-registration")))
    assert [words in one for one in told] == [True, False]
