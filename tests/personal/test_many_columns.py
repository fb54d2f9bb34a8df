"""Every column of an extract is judged, with a reason, and nobody whom a column names is read in anything that is made of it."""

import re
from datetime import date

import duckdb
import pytest
from bs4 import BeautifulSoup
from ruamel.yaml import YAML
from typer.testing import CliRunner

from logsyn.reports.render import render
from logsyn.validator.commands.main import app
from logsyn.validator.findings.persons import may_list_values, names_persons, personal_data
from logsyn.validator.reading.extract import read_extract
from logsyn.validator.suggesting.suggest import DraftRequest, suggest
from tests.auditing import audit_files
from tests.handing_on.exporting import export_file
from tests.personal.many_columns import COLUMNS, EMPLOYEES, NOBODY_SHALL_READ, many_columns


@pytest.fixture(scope="module")
def extract(tmp_path_factory):
    path = tmp_path_factory.mktemp("columns") / "extract.csv"
    path.write_text(many_columns(), encoding="utf-8")
    return path


def judged(folder, text, profile=None):
    """The columns of an extract, and the judgement of each by its header."""
    path = folder / "judged.csv"
    path.write_text(text, encoding="utf-8")
    connection = duckdb.connect()
    columns = read_extract(connection, [path], profile, folder).columns
    found = personal_data(connection, columns)
    return columns, {column.header: found[column.name] for column in columns}


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    return judged(tmp_path_factory.mktemp("whole"), many_columns())


def named(texts):
    return {word for word in NOBODY_SHALL_READ for text in texts if word in text.replace("Zwickby", "")}


def test_each_column_is_judged_as_a_data_protection_officer_would(whole):
    _, found = whole
    assert len(COLUMNS) >= 40
    assert {header: one.answer for header, one in found.items()} == COLUMNS


def test_each_judgement_has_a_reason_in_two_languages_and_no_value(whole):
    _, found = whole
    reasons = [text for one in found.values() for reason in one.reasons for text in (reason.da, reason.en)]
    assert all(one.reasons for one in found.values())
    assert all(re.fullmatch(r"[A-ZÆØÅ][^{}]+[.]", reason) for reason in reasons)
    assert not named(reasons)


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("Aktivitet", "sygemelding"),
        ("Attest", "lægeattest"),
        ("Målgruppe", "målgrupper for sygdom"),
        ("Årsag til afslutning", "førtidspension"),
        ("FAGFORENING", "fagforening"),
        ("Forhold", "artikel 10"),
        ("Hjemmeboende børn", "børn"),
        ("Note 2", "CPR"),
        ("Ring til", "telefonnumre"),
        ("Hjemsted", "adresser"),
        ("Tom", "Tom i dette udtræk"),
        ("Ydelse", "gælder hver borger"),
    ],
)
def test_the_reason_is_what_was_seen(whole, header, words):
    assert words in " ".join(reason.da for reason in whole[1][header].reasons)


def test_employees_are_known_by_header_or_by_what_stands_there(whole):
    columns, _ = whole
    assert {column.header for column in columns if column.mapped_by == "kept" and names_persons(column)} == set(EMPLOYEES)
    assert {column.header for column in columns if column.persons == "citizens"} == {"Navn", "Hjemsted", "Ring til"}
    assert not any(may_list_values(column) for column in columns if column.header in EMPLOYEES)


@pytest.mark.parametrize(("cases", "rows"), [(1, 1), (1, 40)])
def test_of_few_cases_no_column_is_said_to_hold_none(tmp_path, cases, rows):
    _, found = judged(tmp_path, many_columns(cases, rows))
    assert {header for header, one in found.items() if one.answer == "no"} <= ({"Løbenr."} if rows > 5 else set())
    assert all(one.reasons for one in found.values())


@pytest.mark.parametrize("value", ["QZX", "qzx1234", "qzx@kommunen.example.dk", "Mette Zwickquist", ""])
def test_one_employee_or_an_empty_column_is_never_no(tmp_path, value):
    rows = [f"S{case};Brev;2023-01-0{1 + step} 10:00;{value};{value}" for case in range(9) for step in range(3)]
    columns, found = judged(tmp_path, "\n".join(["Sagsnr;Aktivitet;Tidspunkt;Felt 9;Kilde system", *rows]) + "\n")
    assert {found["Felt 9"].answer, found["Kilde system"].answer} == {"yes"}
    assert not value or [column.persons for column in columns[3:]] == ["employees", "employees"]


@pytest.mark.parametrize("values", [("JA", "NEJ"), ("DKK",), ("6.1", "6.2"), ("Nord", "Syd"), ("Jobcenter Nord", "Team Syd"), ("OPEN", "DONE"), ("SYG", "RASK"), ("2021", "2022")])
def test_what_only_looks_like_persons_is_a_category(tmp_path, values):
    rows = [f"S{case};Brev;2023-01-01 10:00;{values[case % len(values)]};4711" for case in range(30)]
    columns, _ = judged(tmp_path, "\n".join(["Sagsnr;Aktivitet;Tidspunkt;Felt 9;Sagsbehandler", *rows]) + "\n")
    assert [column.persons for column in columns if column.header == "Felt 9"] == [None]


@pytest.mark.parametrize("lang", ["da", "en"])
def test_the_description_leaves_no_answer_blank(tmp_path, extract, lang):
    out = tmp_path / "draft.html"
    done = CliRunner().invoke(app, ["describe", str(extract), "--lang", lang, "--out", str(out)])
    assert done.exit_code == 0, done.output
    page = BeautifulSoup(out.read_text(encoding="utf-8"), "html.parser")
    rows = [[cell.text for cell in row.find_all("td")] for row in page.find_all("tr")]
    told = {row[0]: row[4].split(".")[0] for row in rows if len(row) == 5}
    answers = {"da": ("Nej", "Ja", "artikel 9", "artikel 10"), "en": ("No", "Yes", "article 9", "article 10")}[lang]
    expected = {header: dict(zip(("no", "yes", "sensitive", "criminal"), answers, strict=True))[answer] for header, answer in COLUMNS.items()}
    assert told.keys() == expected.keys()
    assert [header for header in told if expected[header] not in told[header]] == []
    assert page.find("script") is None
    assert not named([page.text])


def test_no_draft_lists_whom_a_column_names(tmp_path, extract):
    (tmp_path / "drafts").mkdir()
    suggest(DraftRequest([extract], None, None, date(2023, 11, 30), "da"), tmp_path / "drafts", lambda _step: None)
    texts = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "drafts").iterdir()}
    assert not named(texts.values())
    assert len(re.findall("(?:Ja|Nej)[.,]", texts["source.yaml"])) == len(COLUMNS)
    assert "known-maalgruppe" in texts["suite.yaml"]


def test_an_export_treats_every_column_of_employees_as_the_first(tmp_path, extract):
    exported = export_file(tmp_path / "default", extract, "csv", profile=None)
    assert not named(path.read_text(encoding="utf-8") for path in exported.folder.iterdir())
    assert {one.extract_header for one in exported.record.columns_left_out if one.reason == "person"} == {"Sagsbehandler", *EMPLOYEES}
    assert all(column.personal for column in exported.record.columns if column.extract_header)
    assert "artikel 9" in (exported.folder / "README.da.md").read_text(encoding="utf-8")
    asked = export_file(tmp_path / "asked", extract, "csv", profile=None, columns=["default", *EMPLOYEES])
    assert not named(path.read_text(encoding="utf-8") for path in asked.folder.iterdir())
    assert {asked.column(header).treatment for header in EMPLOYEES} == {"pseudonym"}


def test_no_page_and_no_record_of_an_audit_names_whom_a_column_names(tmp_path):
    unforeseen = ("Felt 7", "Hvem", "senest_rettetAf")
    extract, suite = tmp_path / "extract.csv", tmp_path / "suite.yaml"
    extract.write_text(many_columns(only=("Sagsnr", "Aktivitet", "Tidspunkt", *unforeseen)), encoding="utf-8")
    rules = [{"check": "allowed-values", "id": f"r{at}", "column": header, "values": ["nobody", "QZX"]} for at, header in enumerate(unforeseen)]
    YAML().dump({"suite": "own", "rules": rules}, suite)
    audited = audit_files(tmp_path, [extract], str(suite), profile=None, consequence=False)
    assert all(audited.finding(rule["id"]).failed for rule in rules)
    pages = [page for lang in ("da", "en") for page in render(audited.audit, lang).values()]
    assert not named([audited.audit.model_dump_json(), *pages])
