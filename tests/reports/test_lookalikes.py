"""Where a column was not read, the pages name those that look like it instead of saying that the extract has none."""

from __future__ import annotations

import audit_fixture
import pytest
from bs4 import BeautifulSoup
from test_practice import plain, section

from logsyn.reports.render import render
from logsyn.reports.views.lookalikes import lookalikes
from logsyn.validator.record import Column


def with_kept(*headers, findings=()):
    """An audit of an extract that keeps these columns under their own names and has none for registration."""
    audit = audit_fixture.empty()
    columns = [
        Column(name=header, header=header, mapped_by="kept", kind="text", filled=9, missing=0) for header in headers
    ]
    extract = audit.extract.model_copy(update={"columns": columns})
    return audit.model_copy(update={"extract": extract, "findings": list(findings)})


def told(audit, anchor, lang="en"):
    return plain(section(BeautifulSoup(render(audit, lang)["practice.html"], "html.parser"), anchor))


@pytest.mark.parametrize(
    ("column", "headers", "found"),
    [
        ("registered_at", ["opened_at", "sys_created_at", "sys_created_by"], ["sys_created_at"]),
        ("registered_at", ["Dato oprettet", "Oprettet af", "OPRETTET"], ["Dato oprettet", "OPRETTET"]),
        ("registered_at", ["Note", "Status", "created"], ["created"]),
        ("registered_at", [f"created_at_{number}" for number in range(9)], [f"created_at_{n}" for n in range(5)]),
        ("planned_end", ["Planlagt slutdato", "Afsluttet", "due-date"], ["Planlagt slutdato", "due-date"]),
        ("team", ["Steam", "assignment_group", "Afdelingsnavn"], ["assignment_group", "Afdelingsnavn"]),
        ("registered_at", [], []),
    ],
)
def test_columns_that_look_like_one_are_known_by_their_headers(column, headers, found):
    assert lookalikes(with_kept(*headers), column) == found


def test_a_column_that_was_read_as_something_is_not_proposed():
    audit = with_kept("sys_created_at")
    read = [audit.extract.columns[0].model_copy(update={"name": "timestamp", "mapped_by": "profile"})]
    extract = audit.extract.model_copy(update={"columns": read})
    assert lookalikes(audit.model_copy(update={"extract": extract}), "registered_at") == []


@pytest.mark.parametrize(
    ("anchor", "header", "said"),
    [
        ("lag", "sys_created_at", "It may be the column “sys_created_at”"),
        ("lag", "Bemærkning", "Ask for the column with the time of registration"),
        ("periods", "Slutdato", "It may be the column “Slutdato”"),
        ("labels", "Department", "It may be the column “Department”"),
    ],
)
def test_the_section_names_it_and_never_says_that_the_extract_lacks_it(anchor, header, said):
    section_text = told(with_kept(header), anchor)
    assert said in section_text
    assert "The extract does not" not in section_text
    assert "The extract has no" not in section_text


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        ("passed", "No activity name seems to carry several meanings."),
        ("nothing_checked", "It was not examined whether an activity name carries several meanings."),
        (None, "It was not examined whether an activity name carries several meanings."),
    ],
)
def test_names_that_were_not_examined_are_not_called_clear(outcome, said):
    known = next(f for f in audit_fixture.realistic().findings if f.check == "overloaded-label")
    found = known.model_copy(update={"outcome": outcome, "failed": 0, "reason": None, "evidence": []})
    assert said in told(with_kept(findings=[found] if outcome else []), "labels")


def test_a_hostile_header_is_only_text():
    html = render(with_kept("created_at<script>x</script>"), "da")["practice.html"]
    assert "<script>" not in html
    assert "created_at&lt;script&gt;" in html
