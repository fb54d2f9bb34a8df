"""The front door for Python: the same figures as the command, nothing left behind, safe in threads, and ended when asked."""

import gc
import hashlib
import json
import re
import secrets
import subprocess
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import pytest
from typer.testing import CliRunner

import logsyn
from logsyn.validator.commands.main import app

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "sample_logs" / "momentum.csv"
CLEAN = ROOT / "sample_logs" / "clean.csv"
KEY = hashlib.sha256(b"a key for tests").digest()
ASKED = {"as_of": "2023-11-30"}
SMALL = "case_id;activity;timestamp\n1;A;2023-01-01 10:00\n1;A;2023-01-01 10:00\n2;B;2023-01-02 11:00\n"


@pytest.fixture(autouse=True)
def temporary(tmp_path, monkeypatch):
    """A folder of its own for temporary files, and an empty working folder."""
    folder, here = tmp_path / "temporary", tmp_path / "here"
    folder.mkdir()
    here.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.chdir(here)
    (tmp_path / "small.csv").write_text(SMALL, encoding="utf-8")
    return folder


def test_it_finds_what_the_command_finds(tmp_path):
    options = ["--as-of", "2023-11-30", "--out", str(tmp_path / "told"), "--fail-on", "never"]
    assert CliRunner().invoke(app, ["audit", str(SAMPLE), *options]).exit_code == 0
    logsyn.audit(SAMPLE, **ASKED).save(tmp_path / "saved")
    for name in ("audit.json", "confidential/violations.parquet", "confidential/rejected.csv", "confidential/README.txt", "index.html", "practice.html"):
        assert (tmp_path / "saved" / name).read_bytes() == (tmp_path / "told" / name).read_bytes()


def test_a_second_audit_of_an_open_log_is_not_told_by_the_first(tmp_path):
    part = tmp_path / "part.csv"
    part.write_bytes(b"".join(SAMPLE.read_bytes().splitlines(keepends=True)[:150]))
    with logsyn.open(part, source="momentum", key=KEY) as log:
        log.audit(suite="strict", practice="jobcenter", **ASKED)
        again = log.audit(**ASKED)
        one = log.audit(rules=["duplicate-event"], **ASKED)
    alone = logsyn.audit(part, source="momentum", **ASKED)
    assert again.record == alone.record
    assert [finding.failed for finding in one] == [alone["duplicate-event"].failed]


def test_failing_rows_lead_to_their_lines(tmp_path):
    result = logsyn.audit(tmp_path / "small.csv", **ASKED)
    assert result.failing("duplicate-event").to_pylist() == [{"row_id": 2, "file": "small.csv", "line": 3}]
    assert result.failing("missing-case-id").num_rows == 0


def test_what_is_temporary_is_gone_with_the_last_result(temporary, tmp_path):
    result = logsyn.audit(tmp_path / "small.csv", **ASKED)
    assert len(list(temporary.iterdir())) == 1
    assert result.failing("duplicate-event").num_rows == 1
    del result
    gc.collect()
    assert list(temporary.iterdir()) == []
    assert list(Path.cwd().iterdir()) == []


def test_no_report_shows_a_pseudonym_of_an_export(tmp_path):
    with logsyn.open(tmp_path / "small.csv", key=secrets.token_bytes(32)) as log:
        log.export("csv", tmp_path / "out", **ASKED)
        log.audit(**ASKED).save(tmp_path / "report")
    labels = set(re.findall("sag-[0-9a-f]{20}", (tmp_path / "out" / "log.csv").read_text(encoding="utf-8")))
    shown = "".join(file.read_text(encoding="utf-8") for file in (tmp_path / "report").iterdir() if file.suffix in (".json", ".html"))
    assert labels
    assert not [label for label in labels if label[:14] in shown]


@pytest.mark.parametrize("key", [b"short", b""])
def test_a_short_key_is_refused(key):
    with pytest.raises(ValueError, match=r"has [05] bytes, and needs 32"):
        logsyn.open(CLEAN, key=key)


def test_a_report_is_put_in_no_place_that_is_not_its_own(tmp_path):
    result = logsyn.audit(tmp_path / "small.csv", **ASKED)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(logsyn.AuditError, match=r"holds what is not of a report: notes\.txt"):
        result.save(tmp_path / "mine")
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["notes.txt"]


def test_a_saved_audit_is_loaded_and_saved_again(tmp_path):
    logsyn.audit(tmp_path / "small.csv", **ASKED).save(tmp_path / "one")
    loaded = logsyn.load_audit(tmp_path / "one")
    assert loaded.failing("duplicate-event").num_rows == 1
    loaded.save(tmp_path / "two", lang="en")
    assert (tmp_path / "two" / "audit.json").read_bytes() == (tmp_path / "one" / "audit.json").read_bytes()
    (tmp_path / "bare").mkdir()
    (tmp_path / "bare" / "audit.json").write_bytes((tmp_path / "one" / "audit.json").read_bytes())
    bare = logsyn.load_audit(tmp_path / "bare")
    with pytest.raises(logsyn.AuditError, match=r"violations\.parquet is not there"):
        bare.failing("duplicate-event")


def test_a_rule_that_is_not_there_is_told_with_its_neighbours(tmp_path):
    result = logsyn.audit(tmp_path / "small.csv", **ASKED)
    with pytest.raises(KeyError, match="no rule 'duplicate-evnt'; there is duplicate-event"):
        result.failing("duplicate-evnt")
    with logsyn.open(CLEAN) as log, pytest.raises(KeyError, match="no target 'xls'"):
        log.export("xls", tmp_path / "x")


@pytest.mark.parametrize(
    ("extract", "asked", "error"),
    [
        ("nowhere.csv", {}, logsyn.AuditError),
        (CLEAN, {"suite": "nowhere"}, logsyn.DeclarationError),
        (CLEAN, {"practice": "nowhere"}, logsyn.DeclarationError),
        (CLEAN, {"memory": "1MB"}, ValueError),
        (CLEAN, {"as_of": "30-11-2023"}, ValueError),
    ],
)
def test_what_cannot_be_done_is_an_error_that_leaves_nothing(temporary, extract, asked, error):
    with pytest.raises(error):
        logsyn.audit(extract, **asked)
    gc.collect()
    assert list(temporary.iterdir()) == []


def test_a_notebook_shows_the_first_page_by_itself(tmp_path):
    extract = tmp_path / "<script>alert(1)<.csv"
    extract.write_text(SMALL, encoding="utf-8")
    shown = logsyn.audit(extract, **ASKED)._repr_html_()
    assert shown.startswith("<iframe srcdoc=")
    assert 'sandbox=""' in shown
    assert "<script" not in shown


def test_steps_are_told_as_data_and_end_near_the_whole(tmp_path):
    steps = []
    logsyn.audit(tmp_path / "small.csv", progress=logsyn.Progress(steps.append), **ASKED)
    shares = [step.share for step in steps]
    assert shares == sorted(shares)
    assert shares[0] == 0
    assert 0.9 < shares[-2] < 1 == shares[-1]
    assert [str(stage) for stage in dict.fromkeys(step.stage for step in steps)] == [
        "reading", "deriving", "checking", "gathering", "working out consequences", "writing",
    ]  # fmt: skip


@cache
def small_alone():
    """The audit of the small extract by itself."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "small.csv").write_text(SMALL, encoding="utf-8")
        return logsyn.audit(Path(folder) / "small.csv", **ASKED).record


STAGES = ["reading", "deriving", "checking", "gathering", "working out consequences", "writing"]


@pytest.mark.parametrize("stage", STAGES)
def test_a_cancelled_audit_leaves_nothing_and_the_log_can_be_used_again(temporary, tmp_path, stage):
    progress = logsyn.Progress(lambda step: progress.cancel() if step.stage == stage else None)
    with logsyn.open(tmp_path / "small.csv", key=KEY) as log:
        with pytest.raises(logsyn.CancelledError):
            log.audit(progress=progress, **ASKED)
        assert log.audit(**ASKED).record == small_alone()
    gc.collect()
    assert list(temporary.iterdir()) == []


def test_a_query_is_ended_where_it_is():
    progress, begun = logsyn.Progress(), threading.Event()
    import duckdb  # noqa: PLC0415 - not of the interface

    def endless():
        with duckdb.connect() as connection, progress.ending(connection):
            begun.set()
            connection.execute("SELECT count(*) FROM range(10000000000) a, range(10000000000) b").fetchall()

    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(endless)
        begun.wait(5)
        progress.cancel()
        with pytest.raises(logsyn.CancelledError):
            done.result(timeout=20)


def test_four_audits_in_four_threads_give_what_they_give_alone(tmp_path):
    part = tmp_path / "part.csv"
    part.write_bytes(b"".join(SAMPLE.read_bytes().splitlines(keepends=True)[:60]))
    asked = [
        (part, {"source": "momentum"}),
        (tmp_path / "small.csv", {"suite": "strict", "consequence": False}),
        (tmp_path / "small.csv", {}),
        (CLEAN, {"practice": "jobcenter"}),
    ]
    alone = [logsyn.audit(extract, **ASKED, **how).record for extract, how in asked]
    with ThreadPoolExecutor(len(asked)) as pool:
        together = list(pool.map(lambda one: logsyn.audit(one[0], **ASKED, **one[1]).record, asked))
    assert together == alone


def test_one_log_may_be_used_by_two_threads():
    with logsyn.open(CLEAN, key=KEY) as log, ThreadPoolExecutor(2) as pool:
        suites = ["base", "strict"]
        found = list(pool.map(lambda suite: log.audit(suite=suite, **ASKED).record.suite, suites))
    assert found == suites


LEVEL = """
import gc, sys, psutil, logsyn
held = []
for _ in range(12):
    logsyn.audit(sys.argv[1], as_of="2023-11-30", rules="duplicate-event", consequence=False)
    gc.collect()  # what waits for the collector is no leak
    held.append(psutil.Process().memory_info().rss)
print(held[-1] - held[3], psutil.Process().num_fds())
"""


def test_memory_stays_level_over_audits(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", LEVEL, str(tmp_path / "small.csv")], capture_output=True, text=True, check=True
    )
    grown, files = map(int, done.stdout.split())
    assert grown < 10e6  # bytes
    assert files < 12


def test_the_package_is_light_until_it_is_used():
    heavy = "great_expectations duckdb pandas numpy sqlalchemy jinja2 pyarrow pydantic".split()
    code = f"import logsyn, sys; print([name for name in {heavy} if name in sys.modules], 'open' in dir(logsyn))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[] True"


def test_a_remedied_log_is_saved_whole(tmp_path):
    steps, steps_told = "remedies: repeated\nsteps:\n- do: keep-first\n  why: delivered twice\n", []
    (tmp_path / "remedies.yaml").write_text(steps, encoding="utf-8")
    with logsyn.open(tmp_path / "small.csv", key=KEY) as log:
        done = log.remedy(tmp_path / "remedies.yaml", progress=logsyn.Progress(steps_told.append), **ASKED)
    shares = [step.share for step in steps_told]
    assert shares == sorted(shares)
    assert 0 == shares[0] < 0.9 < shares[-2] < shares[-1] == 1
    assert (done.account.rows_in, done.account.rows_out, done.changes().num_rows, done.rows().num_rows) == (3, 2, 1, 2)
    done.save(tmp_path / "remedied")
    names = {path.name for path in (tmp_path / "remedied").iterdir()}
    assert names == {"after", "confidential", "remedy.html", ".logsyn-files.json"}
    assert {path.name for path in (tmp_path / "remedied" / "confidential").iterdir()} == {
        "before", "after", "changes.parquet", "remedied.parquet", "README.txt", ".logsyn-files.json",
    }
    assert logsyn.load_audit(tmp_path / "remedied" / "confidential" / "before").failing("duplicate-event").num_rows == 1
    assert json.loads((tmp_path / "remedied" / "after" / "audit.json").read_bytes())["remedied"]["rows_out"] == 2


def test_an_export_goes_into_no_folder_of_the_extract(tmp_path):
    with logsyn.open(tmp_path / "small.csv") as log:
        with pytest.raises(logsyn.AuditError):
            log.export("csv", tmp_path, **ASKED)
        assert log.export("csv", tmp_path / "out", **ASKED).cases == 2
    assert (tmp_path / "small.csv").read_text(encoding="utf-8") == SMALL
