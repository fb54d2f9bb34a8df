"""No command replaces what it uses, or what somebody else has written: it says so in a line, and everything stays as it was."""

import hashlib
import os
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from typer.testing import CliRunner

from logsyn.validator.commands.main import app
from logsyn.validator.errors import AuditError
from logsyn.validator.writing.output import staged
from tests.commands.test_command import CLEAN
from tests.comparing.test_compare import report_in
from tests.writing.test_output import everything, of_version_0_2_0, put

SUITE = "suite: s\nextends: [base]\nrules: []\n"
REMEDIES = "remedies: r\nsteps: [{do: map-labels, tidy: true}]\n"


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shutil.copy(CLEAN, tmp_path / "e.csv")
    put(tmp_path / ".logsyn", {"pseudonym.key": hashlib.sha256(b"of these tests").hexdigest()})
    (tmp_path / ".logsyn" / "pseudonym.key").chmod(0o600)  # the one with which the remedied log below was made
    for name, text in (("s.yaml", SUITE), ("r.yaml", REMEDIES), ("p.html", "practice: p")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    log = CLEAN.read_text(encoding="utf-8")
    put(tmp_path / "own", {"rejected.csv": log, "suite.yaml": SUITE, "remedies.yaml": REMEDIES, "key": "00" * 32})
    put(tmp_path / "exported", {"log.csv": log}, "export")
    put(tmp_path / "drafts", {"suite.yaml": SUITE}, "folder of drafts")
    put(tmp_path / "compared", {"audit.json": "{}"}, "comparison")
    of_version_0_2_0(tmp_path / "remedied", "remedied log")
    for folder, name in (("bare", "log.csv"), ("site", "index.html"), ("remedied", "before/notes.txt")):
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / name).write_text(log, encoding="utf-8")
    (tmp_path / "link.csv").symlink_to("exported/log.csv")
    (tmp_path / "hard.csv").hardlink_to(tmp_path / "exported" / "log.csv")
    return tmp_path


USED = [
    "audit e.csv --out e.csv",
    "audit own/rejected.csv --out own",
    "audit e.csv --suite own/suite.yaml --out own",
    "audit e.csv --practice own/suite.yaml --out own",
    "audit e.csv --source own/suite.yaml --out own",
    "audit e.csv --judgement own/suite.yaml --out own",
    "audit e.csv --scope own/suite.yaml --out own",
    "audit e.csv --accepted own/suite.yaml --out own",
    "export e.csv --to csv --key new/key --out new",
    "audit e.csv --out .logsyn",
    "audit e.csv --database own/tables.duckdb --out own",
    "audit e.csv --database new/tables.duckdb --out new",
    "export exported/log.csv --to csv --out exported",
    "export link.csv --to csv --out exported",
    "export hard.csv --to csv --out ./exported/../exported",
    "export bare/log.csv --to csv --out bare",
    "export e.csv --to csv --remedies r.yaml --suite own/suite.yaml --out own",
    "export e.csv --to csv --remedies own/remedies.yaml --out own",
    "export e.csv --to csv --audit own --out own",
    "export e.csv --to csv --key own/key --out own",
    "remedy e.csv --remedies own/remedies.yaml --out own",
    "remedy own/rejected.csv --remedies r.yaml --out own",
    "suggest e.csv --against drafts/suite.yaml --out drafts",
    "suggest e.csv --audit own --out own",
    "suggest drafts/suite.yaml --out drafts",
    "compare compared own --out compared",
]
SOMEBODYS = [
    "audit e.csv --out site",
    "audit e.csv --out bare",
    "audit e.csv --out exported",
    "audit e.csv --out s.yaml",
    "audit e.csv --database s.yaml",
    "export e.csv --to csv --out site",
    "export e.csv --to csv --out own",
    "remedy e.csv --remedies r.yaml --out remedied",
    "suggest e.csv --out site",
    "compare own own --out site",
    "practice render jobcenter --out p.html",
    "practice render jobcenter --out s.yaml",
    "describe e.csv --out e.csv",
    "describe e.csv --out p.html",
]


@pytest.mark.parametrize("command", USED)
def test_what_a_command_uses_is_not_replaced(here, command):
    before = everything(here)
    done = CliRunner().invoke(app, command.split())
    assert (done.exit_code, "would lie in" in done.stderr) == (3, True), done.stderr
    assert everything(here) == before


@pytest.mark.parametrize("command", SOMEBODYS)
def test_what_somebody_else_has_written_is_not_replaced(here, command):
    before = everything(here)
    done = CliRunner().invoke(app, command.split())
    words = (
        "holds what is not of",
        "is a file; the",
        "exists already",
        "not a page as logsyn",
        "is no place for a page",
    )
    assert (done.exit_code, any(one in done.stderr for one in words)) == (3, True), done.stderr
    assert everything(here) == before


LATIN_1 = os.fsdecode(b"sager \xe6\xf8\xe5")
NAMES = {
    "a_result": ["audit", "e.csv", "--out", f"{LATIN_1}/r"],
    "a_result_of_that_name": ["export", "e.csv", "--to", "csv", "--out", LATIN_1],
    "tables": ["audit", "e.csv", "--database", f"{LATIN_1}/tables.duckdb"],
}


@pytest.mark.parametrize("name", NAMES)
def test_a_place_that_duckdb_cannot_name_is_told(here, name):
    (here / LATIN_1).mkdir()
    done = CliRunner().invoke(app, NAMES[name])
    assert (done.exit_code, r"sager \xe6\xf8\xe5" in done.stderr, "is not UTF-8" in done.stderr) == (3, True, True)
    assert list((here / LATIN_1).iterdir()) == []


def test_names_in_latin_1_may_stand_in_what_is_written(here):
    first, second = (report_in(here / name, late) for name, late in (("x", 20), ("y", 90)))
    (here / LATIN_1).mkdir()
    command = ["compare", str(first), str(second.rename(here / LATIN_1 / LATIN_1)), "--out", "c"]
    assert CliRunner().invoke(app, command).exit_code == 0
    assert r"sager \\xe6" in (here / "c" / "compare.json").read_text(encoding="utf-8")
    shutil.copy(here / "s.yaml", here / f"{LATIN_1}.yaml")
    done = CliRunner().invoke(app, ["suggest", "e.csv", "--against", f"{LATIN_1}.yaml", "--out", "d"])
    assert (done.exit_code, r"sager \xe6" in (here / "d" / "against.md").read_text(encoding="utf-8")) == (0, True)


def test_of_many_runs_at_once_one_has_the_place(tmp_path, monkeypatch):
    monkeypatch.setattr("logsyn.validator.writing.output._PATIENCE_SECONDS", 0.1)
    others_have_tried = threading.Semaphore(0)

    def run(number):
        try:
            with staged(tmp_path / "out") as folder:
                (folder / "index.html").write_text(str(number), encoding="utf-8")
                for _ in range(7):
                    assert others_have_tried.acquire(timeout=20)
                return number
        except AuditError:
            others_have_tried.release()

    with ThreadPoolExecutor(8) as pool:
        (winner,) = [number for number in pool.map(run, range(8)) if number is not None]
    assert (tmp_path / "out" / "index.html").read_text(encoding="utf-8") == str(winner)
