"""What a column is judged to be, by its header and what the database has gathered of its content, each reason at its edge."""

import pytest

from logsyn.validator.personal import reasons
from logsyn.validator.personal.columns import FEWEST_CASES, ColumnContent, judge
from logsyn.validator.personal.special import TERMS
from logsyn.validator.record import Column


def term(matter):
    return next(one for one in TERMS if one.matter == matter)


def judged(header="Andet", name=None, *, mapped_by="kept", filled=100, missing=0, persons=None, **content):
    column = Column(name=name or header, header=header, mapped_by=mapped_by, kind="text", filled=filled, missing=missing, persons=persons)
    found = judge(column, ColumnContent(**content))
    return found.answer, [reason.en for reason in found.reasons]


def told(*texts):
    return [text.en for text in texts]


@pytest.mark.parametrize("name", ["activity", "timestamp", "end_timestamp", "registered_at", "planned_start", "planned_end", "team", "source", "status"])
def test_what_stands_for_a_canonical_column_tells_of_the_case(name):
    assert judged("X", name, mapped_by="profile", distinct=3) == ("yes", told(reasons.OF_CASE[name]))
    assert judged("X", name, mapped_by="profile", filled=0, distinct=0) == ("yes", told(reasons.EMPTY))
    assert judged("X", name, mapped_by="kept", distinct=3) == ("yes", told(reasons.ABOUT_CASE))  # its own header only


@pytest.mark.parametrize(
    ("how", "reason"),
    [
        ({"name": "case_id", "mapped_by": "profile"}, reasons.CASE),
        ({"name": "resource", "mapped_by": "synonym"}, reasons.EMPLOYEES),
        ({"name": "text", "mapped_by": "profile"}, reasons.FREE_TEXT),
        ({"persons": "employees"}, reasons.LIKE_EMPLOYEES),
        ({"persons": "employees", "header": "Sagsbehandler"}, reasons.EMPLOYEES),
        ({"persons": "citizens"}, reasons.LIKE_PERSONS),
        ({"persons": "citizens", "header": "Borgers navn"}, reasons.CITIZENS),
        ({"cpr": True}, reasons.CPR),
        ({"contacts": True}, reasons.CONTACTS),
        ({"addresses": True}, reasons.ADDRESSES),
    ],
)
def test_what_leads_to_a_person_is_the_only_reason(how, reason):
    assert judged(**how, distinct=90) == ("yes", told(reason))


@pytest.mark.parametrize(
    ("matter", "answer"), [("health", "sensitive"), ("crime", "criminal"), ("children", "yes")]
)
def test_special_matters_in_values_are_told_as_values_or_as_activities(matter, answer):
    words = term(matter).en
    for name, mapped_by, what in (("activity", "profile", "activities"), ("activity", "kept", "values"), ("status", "profile", "values"), ("x", "kept", "values")):
        found, (first, *_) = judged("X", name, mapped_by=mapped_by, distinct=3, terms=(term(matter),))
        assert (found, first.startswith(f"The {what} speak of {words}")) == (answer, True), first


def test_of_both_articles_the_weightier_is_the_answer_and_stands_first():
    answer, (first, *_) = judged(distinct=3, terms=(term("children"), term("crime"), term("health")))
    places = [first.index(term(matter).en) for matter in ("health", "crime", "children")]
    assert (answer, places) == ("sensitive", sorted(places))


@pytest.mark.parametrize(
    ("filled", "missing", "distinct", "expected"),
    [
        (100, 0, 50, [reasons.ABOUT_CASE]), (100, 0, 51, [reasons.MANY_VALUES, reasons.ABOUT_CASE]),
        (100, 0, 1, [reasons.OF_EVERYBODY]), (100, 1, 1, [reasons.ABOUT_CASE]), (100, 0, 2, [reasons.ABOUT_CASE]),
        (1, 0, 1, [reasons.OF_EVERYBODY]), (2, 0, 2, [reasons.MANY_VALUES, reasons.ABOUT_CASE]), (0, 100, 0, [reasons.EMPTY]),
    ],
)  # fmt: skip
def test_an_unknown_column_is_judged_by_how_many_values_it_has(filled, missing, distinct, expected):
    assert judged(filled=filled, missing=missing, distinct=distinct) == ("yes", told(*expected))


@pytest.mark.parametrize(
    ("header", "filled", "content", "reason"),
    [
        ("Løbenr", FEWEST_CASES, {"counts_rows": True}, reasons.ROW_NUMBER),
        ("Løbenr", FEWEST_CASES - 1, {"counts_rows": True}, None),
        ("Løbenr", 100, {"counts_rows": False}, None),
        ("Alder", 100, {"counts_rows": True}, None),
        ("Systemversion", 100, {"distinct": 1, "fewest_cases": FEWEST_CASES}, reasons.SAME_SYSTEM),
        ("Systemversion", 100, {"distinct": 1, "fewest_cases": FEWEST_CASES - 1}, None),
        ("Systemversion", 100, {"distinct": 2, "fewest_cases": FEWEST_CASES, "technical": True}, reasons.OF_THE_SYSTEM),
        ("Systemversion", 100, {"distinct": 2, "fewest_cases": FEWEST_CASES, "technical": False}, None),
        ("Andet", 100, {"distinct": 1, "fewest_cases": FEWEST_CASES, "technical": True}, None),
        ("Systemversion", 100, {"distinct": 1, "fewest_cases": FEWEST_CASES, "cpr": True}, None),
    ],
)
def test_only_what_is_about_the_system_by_header_and_content_is_harmless(header, filled, content, reason):
    answer, why = judged(header, filled=filled, **content)
    assert answer == ("yes" if reason is None else "no")
    assert reason is None or why == told(reason)


SYSTEM = """Version; Systemversion; Programversion; Appversion; build; Release; Udtræksdato; extract id; Eksport; Batch; Kørsel; schema; ETL; load; Loaded; Indlæst den; Filnavn; file name; filename;
System; Kildesystem; Fagsystem; it system; itsystem; Systemnavn; System navn; System id; Kildesystemkode; Fagsystem kode; source; Source system; SourceSystem; tenant; Database; environment; lifecycle:transition;
Kommune; Kommunenavn; Kommune nr; kommunekode; municipality; Municipality code; municipalityname; Myndighed; Myndighedsnavn; CVR; cvr-nummer"""
NO_SYSTEM = """Conversion; Systemfejl; Kommunikation; Source of income; Kommune tilflyttet; Fraflytningskommune; Builder; Payload; Loading; Myndighedsafgørelse; Relation; Resourcesystem tid; Alder"""
ROWS = "Løbenr; Løbenummer; Rækkenr; række; linje; Linje nummer; post id; record number; row; Row id; rowindex; line no; seq; sequence; Sekvensnr; index; #; Nr; No; order; Record index; rækkeorder"
NO_ROWS = "Ordrenr; Nr på vej; Rowdy kode; Indeks; Underordnet; Aldersnr; Nordisk; 7"


@pytest.mark.parametrize(("headers", "harmless"), [(SYSTEM, True), (NO_SYSTEM, False)])
def test_which_headers_are_about_the_system_the_extract_or_the_authority(headers, harmless):
    listed = [header.strip() for header in headers.split(";")]
    found = {header: judged(header, filled=100, distinct=1, fewest_cases=FEWEST_CASES)[0] for header in listed}
    assert found == dict.fromkeys(listed, "no" if harmless else "yes")


@pytest.mark.parametrize(("headers", "harmless"), [(ROWS, True), (NO_ROWS, False)])
def test_which_headers_are_of_numbers_of_rows(headers, harmless):
    listed = [header.strip() for header in headers.split(";")]
    found = {header: judged(header, filled=100, distinct=100, counts_rows=True)[0] for header in listed}
    assert found == dict.fromkeys(listed, "no" if harmless else "yes")
