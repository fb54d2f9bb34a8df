"""``--scope`` on the command line: audit, remedy and export speak of the same part, and say so."""

from __future__ import annotations

import csv
import json

import pytest

from tests.commands.test_command import SAMPLE, logsyn

FIXED = ["--as-of", "2023-11-30"]
SCOPE = """scope: jobmaal
title: {da: Efter jobmål, en: After the job goal}
steps:
  - {keep: cases, contain: Jobmål}
  - {keep: rows, from: {first: Jobmål}, to: end}
"""


@pytest.fixture(scope="module")
def scoped(tmp_path_factory):
    """An audit and an export of one scope, in one folder."""
    folder = tmp_path_factory.mktemp("scoped")
    (folder / "scope.yaml").write_text(SCOPE, encoding="utf-8")
    audit = logsyn("audit", SAMPLE, "--scope", "scope.yaml", *FIXED, "--no-consequence", cwd=folder)
    asked = ["--to", "csv", "--audit", "logsyn-report", "--scope", "scope.yaml", "--out", "handed"]
    return folder, audit, logsyn("export", SAMPLE, *asked, *FIXED, cwd=folder)


def test_the_summary_and_the_pages_say_what_was_audited(scoped):
    folder, audit, _ = scoped
    told = json.loads((folder / "logsyn-report" / "audit.json").read_bytes())["scope"]
    inside, loaded = told["rows_in_scope"], told["rows_loaded"]
    assert f"Scope jobmaal: {inside:,} of {loaded:,} rows" in audit.stdout
    for name in ("index", "practice", "quality"):
        page = (folder / "logsyn-report" / f"{name}.html").read_text(encoding="utf-8")
        assert 'Kun udsnittet »<bdi class="log">Efter jobmål</bdi>« er undersøgt' in page
        assert f"{inside:,}".replace(",", ".") in page


def test_an_export_of_a_scope_accounts_for_every_row(scoped):
    folder, _, export = scoped
    assert export.returncode == 0, export.stderr
    record = json.loads((folder / "handed" / "export.json").read_bytes())
    rows, scope = record["rows"], record["scope"]
    assert scope == json.loads((folder / "logsyn-report" / "audit.json").read_bytes())["scope"]
    assert rows["left_out"]["out_of_scope"] == scope["rows_loaded"] - scope["rows_in_scope"] > 0
    assert rows["in_files"] == rows["handed_on"] + sum(rows["left_out"].values())
    assert rows["removed_before"] == 0
    with (folder / "handed" / "left-out.csv").open(encoding="utf-8") as file:
        reasons = [row["reason"] for row in csv.DictReader(file, delimiter=";")]
    assert reasons.count("out_of_scope") == rows["left_out"]["out_of_scope"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("README.da.md", ["Mappen har et udsnit", "`Efter jobmål`", "Synet gælder det samme udsnit", "Uden for udsnittet"]),
        ("README.en.md", ["a part of the extract", "`After the job goal`", "of the same scope", "Out of scope"]),
    ],
)  # fmt: skip
def test_the_readme_says_that_it_is_a_part(scoped, name, said):
    text = (scoped[0] / "handed" / name).read_text(encoding="utf-8")
    assert [words for words in said if words not in text] == []


def test_an_audit_of_another_part_is_refused(scoped):
    asked = ["export", SAMPLE, "--to", "csv", "--audit", "logsyn-report", "--out", "other", *FIXED]
    done = logsyn(*asked, cwd=scoped[0])
    assert done.returncode == 3
    assert "the audit is of the scope jobmaal, and the whole extract is to be handed on" in done.stderr
    assert not (scoped[0] / "other").exists()


def test_a_dry_run_of_remedies_is_of_the_scope(scoped):
    folder = scoped[0]
    (folder / "r.yaml").write_text(
        "remedies: r\nsteps:\n  - {do: drop-rows, rule: missing-activity}\n", encoding="utf-8"
    )
    asked = ["remedy", SAMPLE, "--remedies", "r.yaml", "--scope", "scope.yaml", "--dry-run", *FIXED]
    inside = json.loads((folder / "logsyn-report" / "audit.json").read_bytes())["scope"]["rows_in_scope"]
    assert f"Rows: {inside:,} in" in logsyn(*asked, cwd=folder).stdout


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("scope: s\nsteps:\n  - {keep: everything}\n", "scope.yaml:3"),
        ("scope: s\nsteps:\n  - {keep: cases, contain: Jobmaal}\n", "no row is left after step 1"),
    ],
)
def test_what_cannot_be_used_leaves_everything(tmp_path, text, says):
    (tmp_path / "scope.yaml").write_text(text, encoding="utf-8")
    for command in (["audit"], ["export", "--to", "csv"]):
        done = logsyn(*command, SAMPLE, "--scope", "scope.yaml", *FIXED, "--out", "out", cwd=tmp_path)
        assert (done.returncode, "Traceback" in done.stderr) == (3, False)
        assert says in done.stderr
        assert not (tmp_path / "out").exists()
