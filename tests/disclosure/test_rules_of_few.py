"""A rule that asks about a small group tells nothing of it: no figure, no outcome, nothing that follows; the rows are kept back."""

import json

import pytest
from typer.testing import CliRunner

from logsyn.validator.commands.main import app

HEAD = "case_id;activity;timestamp;team;resource;status\n"
RULES = {
    "three rows": "{check: missing-value, column: status, where: {team: X}}",
    "one employee": "{check: missing-value, column: status, where: {team: Z}}",
    "two cases": "{check: missing-value, column: status, where: {team: V}}",
    "cases with an activity": "{check: related-activities, antecedent: [Klage], consequent: [Svar]}",
    "cases that meet a condition": "{check: conditional-activity, where: {team: X}, activities: [Svar]}",
    "a column as a whole": "{expect: expect_column_distinct_values_to_be_in_set, args: {column: status, value_set: [ny]}, where: {team: X}}",
}
LARGE = {
    "a team": "{check: missing-value, column: status, where: {team: A}}",
    "all rows": "{check: missing-value, column: status}",
}


@pytest.fixture
def audit(tmp_path, monkeypatch):
    """Forty cases of team A; three rows of team X with two complaints, thirty of one employee of Z, nine of two cases of V; every third lacks a status."""
    monkeypatch.chdir(tmp_path)
    rows = [f"C{at};{label};2023-01-{1 + at % 28:02} 1{day}:00;A;R{at % 7};{'' if at % 3 else 'ny'}" for at in range(40) for day, label in enumerate(("Start", "Slut"))]
    rows += [f"C{at};Klage;2023-02-0{at + 1} 10:00;X;R{at};" for at in range(3)]
    rows += [f"C{at};Brev;2023-03-{at % 28 + 1:02} 10:00;Z;R9;" for at in range(30)]
    rows += [f"C{at % 2};Brev;2023-04-{at + 1:02} 10:00;V;R{at};" for at in range(9)]
    (tmp_path / "log.csv").write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")

    def run(rule):
        (tmp_path / "suite.yaml").write_text(f"suite: s\nrules:\n- {{check: missing-activity, id: other}}\n- {rule[:-1]}, id: asked, severity: critical}}\n", encoding="utf-8")
        done = CliRunner().invoke(app, ["audit", "log.csv", "--suite", "suite.yaml", "--out", "r", "--as-of", "2023-11-30", "--lang", "en", "--no-consequence"])
        assert done.exit_code in (0, 1), done.output
        record = json.loads((tmp_path / "r" / "audit.json").read_text(encoding="utf-8"))
        return record, next(one for one in record["findings"] if one["rule"] == "asked"), done.output

    return run


@pytest.mark.parametrize("which", RULES)
def test_nothing_is_told_of_a_small_group(audit, which):
    record, finding, said = audit(RULES[which])
    assert (finding["of_few"], finding["outcome"], finding["checked"], finding["failed"], finding["rows_affected"]) == (True, "not_evaluated", 0, 0, 0)
    assert (finding["evidence"], finding["breakdowns"]["team"], finding["consequence"]["observed"]) == ([], [], None)
    assert "asked" not in json.dumps([record["verdict"], record["co_occurrence"]])
    assert "fewer than 5" in finding["reason"]["en"]
    assert "asked" not in [line.split(":")[0].split()[-1] for line in said.splitlines() if line.startswith("  critical")]
    if which != "a column as a whole":
        rows = CliRunner().invoke(app, ["rows", "r", "asked"])
        assert (rows.exit_code, "log.csv" in rows.output) == (0, True), rows.output


@pytest.mark.parametrize("which", LARGE)
def test_a_large_group_is_told(audit, which):
    _, finding, _ = audit(LARGE[which])
    assert (finding["of_few"], finding["outcome"], finding["checked"] > 70) == (False, "failed", True)
