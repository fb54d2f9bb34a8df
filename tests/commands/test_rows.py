"""``logsyn rows`` leads to the lines of the extract that fail a rule, from the report alone, and leaves everything as it was when it cannot."""

import csv
import shutil
import stat
from collections import Counter
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

import logsyn
from logsyn.validator.commands.main import app

LINES = [f"{number};A;2023-01-01 10:00" for number in range(50)] + ["7;A;2023-01-01 10:00"] * 2
EXTRACT = "case_id;activity;timestamp\n" + "\n".join([*LINES, ";B;2023-02-01 10:00"]) + "\n"
TWICE = {at + 2 for at, line in enumerate(LINES) if line in LINES[:at]}
"""The lines that stand in the extract for a second time, counted here."""

SUITE = """
suite: s
extends: [base]
rules:
  - {id: many, expect: expect_column_values_to_be_in_set, args: {column: activity, value_set: [B]}}
  - {id: whole, expect: expect_table_row_count_to_equal, args: {value: 1}}
  - {id: empty, expect: expect_column_values_to_be_in_set, args: {column: nowhere, value_set: [B]}}
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    (folder / "e.csv").write_text(EXTRACT, encoding="utf-8")
    (folder / "s.yaml").write_text(SUITE, encoding="utf-8")
    logsyn.audit(folder / "e.csv", suite=folder / "s.yaml", as_of="2023-11-30", consequence=False).save(folder / "report")
    (folder / "e.csv").unlink()
    return folder / "report"


@pytest.fixture
def report(made, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return shutil.copytree(made, tmp_path / "report")


def run(*arguments):
    done = CliRunner().invoke(app, ["rows", *map(str, arguments)])
    return done.exit_code, done.stdout, done.stderr


def test_it_shows_file_and_line(report):
    assert run(report, "duplicate-event") == (0, "duplicate-event: 2 rows\nfile   line\ne.csv    52\ne.csv    53\n", "")
    assert {52, 53} == TWICE


@pytest.mark.parametrize(("most", "shown"), [(None, 20), (1, 1), (51, 51), (52, 52), (900, 52)])
def test_it_says_how_many_more_there_are(report, most, shown):
    code, told, _ = run(report, "many", *(["--most", most] if most else []))
    assert (code, told.count("e.csv ")) == (0, shown)
    assert (f"… and {52 - shown} more: --most 52 shows all" in told) == (shown < 52)


def test_all_are_written_for_their_owner_only(report, tmp_path):
    code, told, _ = run(report, "many", "--out", "new/list.csv")
    path = tmp_path / "new" / "list.csv"
    assert (code, told) == (0, "many: 52 rows\nWritten: new/list.csv. Delete it when the rows have been looked at.\n")
    with path.open(encoding="utf-8", newline="") as file:
        written = [(int(row["row_id"]), row["file"], int(row["line"])) for row in csv.DictReader(file, delimiter=";")]
    assert written == [(at + 1, "e.csv", at + 2) for at in range(52)]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_rule_that_passed_has_no_rows_and_one_that_looked_at_nothing_is_no_pass(report, tmp_path):
    assert run(report, "missing-timestamp")[:2] == (0, "missing-timestamp: passed, no row fails\n")
    assert run(report, "whole")[:2] == (0, "whole: failed by the log as a whole, and not by single rows\n")
    assert run(report, "missing-timestamp", "--out", "list.csv")[0] == 0
    assert (tmp_path / "list.csv").read_text(encoding="utf-8") == '"row_id";"file";"line"\n'
    code, _, told = run(report, "empty")
    assert (code, "empty: not evaluated, so of no row it is known" in told) == (3, True)


def test_a_name_that_is_no_rule_is_told_with_those_that_have_rows(report):
    code, _, told = run(report, "duplicate-evnt")
    assert code == 2
    assert "the audit has no rule 'duplicate-evnt'. Did you mean duplicate-event?\nIts rules with failing rows:" in told
    names = [line.split() for line in told.splitlines() if line.startswith("  ")]
    assert {name: int(rows) for name, rows in names} == {"many": 52, "duplicate-event": 2, "missing-case-id": 1}
    assert "\x1b" not in run(report, "no\x1b[2Jrule")[2]


def damaged(report):
    (report / "confidential" / "violations.parquet").write_bytes(b"PAR1")


def without_columns(report):
    duckdb.sql("SELECT 'many' AS rule, 1 AS number").write_parquet(str(report / "confidential" / "violations.parquet"))


def of_another_audit(report):
    duckdb.sql("SELECT 1 AS row_id, 'e.csv' AS file, 2 AS line, 'many' AS rule").write_parquet(str(report / "confidential" / "violations.parquet"))


def passed_on(report):
    shutil.rmtree(report / "confidential")


def no_record(report):
    (report / "audit.json").write_text("{}", encoding="utf-8")


FAULTS = {
    damaged: "cannot be read as failing rows of an audit",
    without_columns: "cannot be read as failing rows of an audit",
    of_another_audit: "is of another audit: it has 1 rows of many, and 52 failed",
    passed_on: "violations.parquet is not there\n  A report is passed on without its folder confidential",
    no_record: "audit.json",
    shutil.rmtree: "report",
}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_what_cannot_be_listed_is_told_and_nothing_is_written(report, tmp_path, fault):
    fault(report)
    before = sorted(tmp_path.rglob("*"))
    code, told, why = run("report", "many", "--out", "list.csv")
    assert (code, told, FAULTS[fault] in why, "internal error" in why) == (3, "", True, False), why
    assert sorted(tmp_path.rglob("*")) == before


PLACES = ["mine.csv", "report/list.csv", "report/confidential/list.csv", "report/audit.json", "link.csv"]


@pytest.mark.parametrize("place", PLACES)
def test_a_list_takes_no_place_that_is_taken_and_none_in_a_report(report, tmp_path, place):
    (tmp_path / "mine.csv").write_text("mine", encoding="utf-8")
    (tmp_path / "link.csv").symlink_to("report/index.html")
    files = {path: path.read_bytes() for path in report.rglob("*") if path.is_file()}
    code, _, why = run("report", "many", "--out", place)
    assert (code, any(words in why for words in ("exists already", "would lie in"))) == (3, True), why
    assert {path: path.read_bytes() for path in report.rglob("*") if path.is_file()} == files
    assert (tmp_path / "mine.csv").read_text(encoding="utf-8") == "mine"


def test_a_disk_that_keeps_no_permissions_is_told(report, tmp_path, monkeypatch):
    made, result = Path.mkdir, logsyn.load_audit(report)
    with monkeypatch.context() as disk:
        disk.setattr(Path, "chmod", lambda *_: None)
        disk.setattr(Path, "mkdir", lambda path, mode=0o777, **how: made(path, **how))  # noqa: ARG005 - what such a disk does with it
        code, _, told = run(report, "many", "--out", "list.csv")
        with pytest.warns(UserWarning, match=r"saved/confidential: the disk keeps no permissions"):
            result.save(tmp_path / "saved")
    assert (code, "list.csv: the disk keeps no permissions, so others may read it" in told) == (0, True)


def test_all_or_the_first_but_not_both(report):
    assert run(report, "many", "--out", "list.csv", "--most", "2")[0] == 2


HOSTILE = ["=cmd.csv", "+1.csv", "-1.csv", "@x.csv", "\ta.csv", 'a";b\n.csv', "\x1b[31mred.csv", "070685-3597.csv"]


@pytest.mark.parametrize("name", HOSTILE)
def test_names_of_files_do_no_harm_on_a_terminal_and_in_a_spreadsheet(report, tmp_path, name):
    path = report / "confidential" / "violations.parquet"
    rows = pq.read_table(path)
    pq.write_table(rows.set_column(1, "file", [[name] * rows.num_rows]), path)
    code, told, _ = run(report, "duplicate-event")
    assert (code, len(told.splitlines()), "\x1b" in told, "070685-3597" in told) == (0, 4, False, False)
    assert run(report, "duplicate-event", "--out", "list.csv")[0] == 0
    with (tmp_path / "list.csv").open(encoding="utf-8", newline="") as file:
        cells = Counter(row["file"] for row in csv.DictReader(file, delimiter=";"))
    assert cells == {f"'{name}" if name[0] in "=+-@\t" else name: 2}


def test_a_remedied_log_has_the_rows_of_both_its_reports(report, tmp_path):
    kept_back = tmp_path / "m" / "confidential"
    shutil.copytree(report, tmp_path / "m" / "after")
    shutil.copytree(report, kept_back / "before")
    (tmp_path / "m" / "after" / "confidential").rename(kept_back / "after")
    for file in [*(kept_back / "before" / "confidential").iterdir()]:
        file.rename(kept_back / "before" / file.name)
    (kept_back / "before" / "confidential").rmdir()
    before = sorted(tmp_path.rglob("*"))
    assert run("m/confidential/before", "duplicate-event")[:2] == run(report, "duplicate-event")[:2]
    assert run("m/after", "many", "--out", "m/confidential/after/list.csv")[0] == 3
    assert sorted(tmp_path.rglob("*")) == before
