"""Outside `confidential/` a report has no case id, no employee, no free text and no personal number of its extract."""

import csv
import re

import pytest
from typer.testing import CliRunner

from logsyn.validator.commands.main import app
from tests.auditing import SAMPLES
from tests.disclosure.small_teams import small_teams

CPR = re.compile(r"(?<!\d)(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d{2}-?\d{4}(?!\d)")
NUMBERS = re.compile(r"[0-9a-f]{64}|\": -?\d+\.\d+")
"""Checksums, and figures with decimals, such as a mean of seconds."""
SAMPLE = {"case": "SagsID", "employee": "Sagsbehandler", "text": "Bemærkning"}
DRAWN = {"case": "case_id", "employee": "resource", "text": "note"}


def with_notes(seed):
    """A drawn log in which every row has a note of its own, some with a personal number."""
    head, *rows = small_teams(seed).splitlines()
    notes = [f"Ringede til borger nummer {at} igen{' 070685-3597' if at % 5 == 0 else ''}" for at in range(len(rows))]
    return "\n".join([f"{head};note", *(f"{row};{note}" for row, note in zip(rows, notes, strict=True))]) + "\n"


LOGS = {
    "sample": ((SAMPLES / "momentum.csv").read_bytes().decode("cp1252"), SAMPLE, ["--suite", "strict", "--practice", "jobcenter"]),
    "drawn": (with_notes(3), DRAWN, ["--suite", "base"]),
    "another": (with_notes(8), DRAWN, ["--suite", "strict"]),
}


def told(text, columns):
    """What each column of a text of rows holds that is not empty."""
    rows = list(csv.DictReader(text.splitlines(), delimiter=";"))
    return {kind: {row[column].strip() for row in rows if (row.get(column) or "").strip(" -?")} for kind, column in columns.items()}


@pytest.mark.parametrize("name", LOGS)
def test_no_file_that_is_passed_on_names_anybody(tmp_path, name):
    text, columns, options = LOGS[name]
    (tmp_path / "extract.csv").write_text(text, encoding="utf-8")
    out = tmp_path / "report"
    done = CliRunner().invoke(app, ["audit", str(tmp_path / "extract.csv"), *options, "--as-of", "2023-11-30", "--out", str(out), "--fail-on", "never"])
    assert done.exit_code == 0, done.output
    values = told(text, columns)
    assert all(len(of_kind) > 5 for of_kind in values.values())
    files = {path: path.read_text(encoding="utf-8") for path in out.rglob("*") if path.is_file() and "confidential" not in path.parts}
    assert {path.name for path in files} >= {"audit.json", "index.html", "quality.html", "practice.html"}
    for path, written in {**files, "terminal": done.output}.items():
        words = set(re.findall(r"[\w-]+", written))
        assert (path, words & values["case"], words & values["employee"]) == (path, set(), set())
        assert (path, [note for note in values["text"] if len(note) > 8 and note in written]) == (path, [])
        assert (path, CPR.findall(NUMBERS.sub("", written))) == (path, [])
