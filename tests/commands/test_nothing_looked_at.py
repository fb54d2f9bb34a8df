"""The command says which rules looked at nothing, and ends accordingly; what stands in a suite is shown as text, and masked."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from ruamel.yaml import YAML
from typer.testing import CliRunner

from logsyn.validator.commands.main import app

EXTRACT = "case_id;activity;timestamp\nA;Start;2023-01-02\nA;Slut;2023-01-03\n"
PRESENT = {"check": "missing-activity"}
HOSTILE = ["<script>alert(1)</script>", "Fru 010190-1234", "a\nReport: /elsewhere", "\u202eabc", "{{ 7 * 7 }}", "x" * 900]
IN_VAIN = [
    {"check": "missing-value", "column": "activity", "id": "values", "where": {"activity": HOSTILE}},
    {"check": "missing-value", "id": "column", "column": '<img src=x onerror="alert(1)">'},
]


def audit(folder, rules, *options):
    (folder / "extract.csv").write_text(EXTRACT, encoding="utf-8")
    with (folder / "suite.yaml").open("w", encoding="utf-8") as file:
        YAML().dump({"suite": "mine", "rules": rules}, file)
    named = ["--suite", str(folder / "suite.yaml"), "--out", str(folder / "report"), "--no-consequence"]
    return CliRunner().invoke(app, ["audit", str(folder / "extract.csv"), *named, *options])


def test_what_a_suite_names_in_vain_is_text_and_masked_wherever_it_is_told(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # no path is told, which may have any digits
    done = audit(Path(), [*IN_VAIN, PRESENT])
    assert (done.exit_code, done.stdout.count("\nReport: "), "\u202e" in done.stdout) == (1, 1, False)
    pages = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "report").glob("*.html")}
    told = [done.output, *pages.values(), (tmp_path / "report" / "audit.json").read_text(encoding="utf-8")]
    assert not [text for text in told if "1234" in text]
    for page in pages.values():
        parsed = BeautifulSoup(page, "html.parser")
        assert not parsed.find_all(["script", "img"])
    assert "alert(1)" in pages["quality.html"]
    assert "alert(1)" in pages["index.html"]


@pytest.mark.parametrize("fail_on", ["critical", "never"])
def test_when_nothing_of_a_suite_was_looked_at_that_is_said_in_one_line(tmp_path, fail_on):
    done = audit(tmp_path, IN_VAIN[1:], "--fail-on", fail_on)
    assert (done.exit_code, done.stderr.count("\n")) == (3, 1)
    assert "no rule of the suite mine looked at anything" in done.stderr
    assert (tmp_path / "report" / "index.html").is_file()


@pytest.mark.parametrize(("options", "code"), [([], 0), (["--fail-on-not-evaluated"], 1)])
def test_a_rule_that_lacks_what_it_needs_counts_on_demand_only_and_is_named(tmp_path, options, code):
    done = audit(tmp_path, [PRESENT, {"check": "far-future-end-date"}], *options)
    assert done.exit_code == code
    assert "not evaluated, since what they need is missing or they do not apply: far-future-end-date" in done.stdout
