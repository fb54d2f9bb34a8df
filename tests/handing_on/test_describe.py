"""The draft of a data description: the five headings, what is known, gaps for the rest, no personal data, hostile texts inert."""

import re

import pytest
from bs4 import BeautifulSoup

from tests.commands.test_command import CLEAN, SAMPLE, logsyn

FIXED = ["--as-of", "2023-11-30"]
HEADINGS = {
    "da": ["Formål og generel beskrivelse", "Definitioner", "Databehandling", "Videregivelse af oplysninger", "Opbevaring af data"],
    "en": ["Purpose and general description", "Definitions", "Data processing", "Disclosure of data", "Storage of data"],
}  # fmt: skip


def draft(folder, *arguments, name="draft.html"):
    done = logsyn("describe", *arguments, *FIXED, "--out", name, cwd=folder)
    assert done.returncode == 0, done.stderr
    return BeautifulSoup((folder / name).read_text(encoding="utf-8"), "html.parser")


@pytest.mark.parametrize("lang", ["da", "en"])
def test_it_has_the_five_headings_and_a_gap_under_each(tmp_path, lang):
    page = draft(tmp_path, CLEAN, "--lang", lang)
    headings = page.find_all("h2")
    assert [heading.text for heading in headings] == HEADINGS[lang]
    assert all(heading.find_next("mark") for heading in headings)
    assert page.html["lang"] == lang
    assert not re.search("CPR-numre i|CPR numbers in", page.text)  # none are there


def test_it_tells_what_extract_practice_and_audit_know(tmp_path, audited_sample):
    page = draft(tmp_path, SAMPLE, "--practice", "jobcenter", "--audit", audited_sample[1])
    text = " ".join(page.text.split())
    assert "Egnet med forbehold" in text
    assert "Borgeren har deltaget i jobklub" in text
    assert "CPR-numre i" in text
    assert {"SagsID", "Aktivitet", "Bemærkning"} <= {cell.text for cell in page.find_all("td")}


def test_it_shows_no_citizen_and_no_employee(tmp_path):
    text = draft(tmp_path, SAMPLE).text
    assert not re.search(r"S-20\d\d-|\bJK\d{4}|Telefonnotat", text)


def test_a_hostile_header_is_shown_as_it_is(tmp_path):
    extract = tmp_path / "x.csv"
    extract.write_text(
        "case id,activity,timestamp,<script>alert(1)</script>\nS-1,a,2022-01-03 08:00,1\n", encoding="utf-8"
    )
    page = draft(tmp_path, extract)
    assert page.find("script") is None
    assert "<script>alert(1)</script>" in page.text


def test_what_people_have_written_is_not_overwritten(tmp_path):
    (tmp_path / "databeskrivelse.html").write_text("mine", encoding="utf-8")
    done = logsyn("describe", CLEAN, cwd=tmp_path)
    assert (done.returncode, "exists already" in done.stderr) == (3, True)
    assert (tmp_path / "databeskrivelse.html").read_text(encoding="utf-8") == "mine"
