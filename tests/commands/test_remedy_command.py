"""``logsyn remedy``: the sample passes when all its defects are answered; whole or not at all; the same bytes."""

import csv
import json
import shutil
from pathlib import Path

import duckdb
import pytest
from bs4 import BeautifulSoup
from typer.testing import CliRunner

from logsyn.validator.commands.main import app
from logsyn.validator.writing.ours import MANIFEST
from tests.commands.test_command import CLEAN, FIXED, ROOT, SAMPLE, digests, logsyn

REMEDIES = ROOT / "tests" / "samples" / "remedies.yaml"
HOW = ["--practice", "jobcenter", *FIXED, "--remedies", REMEDIES, "--fail-on", "info"]
SOUND = ("unparseable-registered-at", "unparseable-planned-start", "unparseable-planned-end", "batch-registration", "default-registered-at")


@pytest.fixture(scope="module")
def remedied(tmp_path_factory):
    folder = tmp_path_factory.mktemp("remedied")
    done = logsyn("remedy", SAMPLE, *HOW, "--out", "out", cwd=folder)
    return done, folder / "out"


def record(folder):
    return json.loads((folder / "audit.json").read_text(encoding="utf-8"))


def test_the_remedied_sample_passes_the_base_suite(remedied):
    done, folder = remedied
    fine = {f["rule"]: f["outcome"] for f in record(folder / "confidential" / "before")["findings"] if f["outcome"] != "failed"}
    assert fine == dict.fromkeys(
        SOUND, "passed"
    )  # the sample has each other defect
    failed = [f["rule"] for f in record(folder / "after")["findings"] if f["outcome"] != "passed"]
    assert failed == []
    assert done.returncode == 0, done.stderr


def test_every_row_is_accounted_for(remedied):
    account = record(remedied[1] / "after")["remedied"]
    dropped = sum(step["rows_dropped"] for step in account["steps"])
    assert account["rows_in"] == 4771 == account["rows_out"] + dropped
    left = duckdb.execute(
        "SELECT count(*), count(DISTINCT row) FROM read_parquet(?)", [str(remedied[1] / "confidential" / "remedied.parquet")]
    )
    assert left.fetchone() == (account["rows_out"],) * 2


def test_what_may_be_passed_on_has_no_value_that_leads_to_a_case(remedied):
    with SAMPLE.open(encoding="cp1252", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    raw = {row["SagsID"] for row in rows} | {row["Bemærkning"] for row in rows} - {"", None}
    files = [path for path in remedied[1].rglob("*") if path.is_file()]
    kept = {path for path in files if "confidential" in path.parts}
    assert {path.suffix for path in set(files) - kept} == {".html", ".json"}
    assert {path.name for path in kept} == {
        "README.txt", MANIFEST, "rejected.csv", "violations.parquet", "changes.parquet", "remedied.parquet", "accounts.json",
        "audit.json", "run.json", "index.html", "practice.html", "quality.html",
    }  # fmt: skip
    told = {path: path.read_text(encoding="utf-8") for path in set(files) - kept}
    assert [(path.name, value) for value in raw if len(value or "") > 5 for path, text in told.items() if value in text] == []


def test_changes_name_every_dropped_row_once(remedied):
    changes, left = (str(remedied[1] / "confidential" / f"{name}.parquet") for name in ("changes", "remedied"))
    query = "SELECT count(*), count(DISTINCT c.row) FROM read_parquet(?) AS c WHERE c.column IS NULL"
    account = record(remedied[1] / "after")["remedied"]
    assert duckdb.execute(query, [changes]).fetchone() == (account["rows_in"] - account["rows_out"],) * 2
    both = "SELECT count(*) FROM read_parquet(?) AS c JOIN read_parquet(?) AS l ON l.row = c.row WHERE c.column IS NULL"
    assert duckdb.execute(both, [changes, left]).fetchone() == (0,)


def test_nothing_that_is_not_declared_has_changed(remedied):
    lines = SAMPLE.read_bytes().decode("cp1252").split("\r\n")
    query = "SELECT file, line, case_id, team FROM read_parquet(?) WHERE text IS NULL"
    rows = duckdb.execute(query, [str(remedied[1] / "confidential" / "remedied.parquet")]).fetchall()
    raw = SAMPLE.read_bytes().decode("cp1252").splitlines()
    assert len(rows) > 1000
    assert len(lines) > 1000
    assert all(raw[line - 1].split(";")[0] == case_id and team in raw[line - 1] for _, line, case_id, team in rows)


def test_no_value_stands_in_the_changes(remedied):
    content = (remedied[1] / "confidential" / "changes.parquet").read_bytes()
    assert b"Samtale" not in content
    columns = duckdb.execute("DESCRIBE FROM read_parquet(?)", [str(remedied[1] / "confidential" / "changes.parquet")]).fetchall()
    assert [name for name, *_ in columns] == ["row", "file", "line", "remedy", "column", "hash_before", "hash_after"]


def test_both_audits_stand_side_by_side(remedied):
    page = BeautifulSoup((remedied[1] / "remedy.html").read_text(encoding="utf-8"), "html.parser")
    (rules,) = [table for table in page.find_all("table") if "De to syn side om side" in table.caption.text]
    cells = [
        [cell.get_text(" ", strip=True) for cell in row.find_all(["th", "td"])] for row in rules.tbody.find_all("tr")
    ]
    assert len(cells) == 20 + len(SOUND)
    assert {row[3] for row in cells} == {"Bestået"}
    assert next(row for row in cells if "duplicate-event" in row[0])[1:] == ["Ikke bestået", "41", "Bestået", "0", "0"]


def test_two_runs_give_the_same_bytes(remedied, tmp_path):
    shutil.copytree(remedied[1].parent / ".logsyn", tmp_path / ".logsyn")  # the key of the pseudonyms
    assert logsyn("remedy", SAMPLE, *HOW, "--out", "out", cwd=tmp_path).returncode == 0
    for part in ("", "confidential/before", "after"):
        tells_of_run = {"run.json", MANIFEST}  # seconds, and the checksum of what tells them
        names = [path for path in (remedied[1] / part).iterdir() if path.is_file() and path.name not in tells_of_run]
        assert names
        assert all(path.read_bytes() == (tmp_path / "out" / part / path.name).read_bytes() for path in names)


def test_a_dry_run_writes_nothing(tmp_path):
    done = logsyn("remedy", SAMPLE, *HOW, "--dry-run", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "drop-rows:missing-case-id" in done.stdout
    assert "4,771 in" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_done_writes_nothing(tmp_path):
    (tmp_path / "bad.yaml").write_text("remedies: x\nsteps: [{do: drop-rows, rule: nonsense}]\n", encoding="utf-8")
    done = logsyn("remedy", CLEAN, *FIXED, "--remedies", "bad.yaml", "--out", "out", cwd=tmp_path)
    assert done.returncode == 3
    assert "has run no rule 'nonsense'" in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == [".logsyn", "bad.yaml"]


def test_consequences_can_be_left_out(tmp_path):
    rules = ["--rule", "cpr-number", "--rule", "backdated-registration"]
    assert logsyn("audit", SAMPLE, *FIXED, *rules, "--no-consequence", cwd=tmp_path).returncode == 1
    found = record(tmp_path / "logsyn-report")["findings"]
    assert [f["outcome"] for f in found] == ["failed", "failed"]
    assert {json.dumps(f["consequence"]["answers"]) for f in found} == {"[]"}
    assert digests(tmp_path / "logsyn-report")


def test_a_column_that_is_removed_is_asked_about_no_more(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("e.csv").write_text("SagsID;Aktivitet;Starttidspunkt;Sluttidspunkt\n1;a;2022-01-01;2022-01-02\n")
    Path("r.yaml").write_text("remedies: r\nsteps:\n  - {do: remove-column, columns: [end_timestamp]}\n")
    done = CliRunner().invoke(app, ["remedy", "e.csv", "--remedies", "r.yaml", "--out", "out", "--lang", "en"])
    assert done.exit_code == 0, done.output
    page = BeautifulSoup(Path("out/remedy.html").read_text(encoding="utf-8"), "html.parser")
    (row,) = [row for row in page.find_all("tr") if "unparseable-end-timestamp" in row.get_text()]
    assert [cell.get_text(" ", strip=True) for cell in row.find_all("td")][:3] == ["Passed", "0", "Not evaluated"]
