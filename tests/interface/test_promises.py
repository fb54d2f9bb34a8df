"""What the front door promises, tried by hard eyes: types, what lies beside a record, forks, waiting, and what changes under an open log."""

import gc
import multiprocessing
import shutil
import threading
import time
from datetime import datetime
from pathlib import Path

import pytest

import logsyn
from logsyn.expectations.suite import load_suite
from tests.interface.test_log import ASKED, CLEAN, KEY, SAMPLE, SMALL

OTHER = "case_id;activity;timestamp\n" + "1;A;2023-01-01 10:00\n" * 5


@pytest.fixture(autouse=True)
def temporary(tmp_path, monkeypatch):
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "small.csv").write_text(SMALL, encoding="utf-8")
    (tmp_path / "other.csv").write_text(OTHER, encoding="utf-8")
    return folder


def files_in(folder):
    return sorted(
        path.name for path in folder.rglob("*") if path.is_file() and not path.name.startswith((".", "logsyn.lock"))
    )


@pytest.mark.parametrize(
    ("asked", "error", "says"),
    [
        ({"scope": {"scope": "s", "steps": []}}, TypeError, "is no Scope"),
        ({"practice": {"practice": "x"}}, TypeError, "is no Practice"),
        ({"practice": 123}, TypeError, "is no Practice"),
        ({"suite": ["base"]}, TypeError, "is no Suite"),
        ({"judgement": load_suite("base")}, TypeError, "is no Judgement"),
        ({"source": ["momentum"]}, TypeError, "is no SourceProfile"),
        ({"as_of": "30-11-2023"}, ValueError, "write it as 2023-11-30"),
        ({"as_of": 20231130}, TypeError, "is no day"),
        ({"threads": 0}, ValueError, "at least one"),
        ({"memory": 1}, ValueError, "the least that works"),
        ({"memory": 0}, ValueError, "the least that works"),
        ({"progress": print}, TypeError, "logsyn.Progress"),
        ({"rules": ["missing-caseid"]}, logsyn.SelectionError, "missing-case-id"),
    ],
)
def test_what_cannot_be_meant_is_refused_before_anything_is_read(asked, error, says):
    with pytest.raises(error, match=says):
        logsyn.audit("small.csv", **{**ASKED, **asked})


def test_one_rule_and_a_moment_of_the_day_are_taken_as_they_are_meant():
    result = logsyn.audit("small.csv", rules="duplicate-event", as_of=datetime(2023, 11, 30, 12))
    assert ([one.rule for one in result], result.record.as_of) == (["duplicate-event"], "2023-11-30")


def test_the_same_is_hidden_however_threads_take_turns(tmp_path):
    part = SAMPLE.read_bytes().splitlines()[:600]
    (tmp_path / "part.csv").write_bytes(b"\n".join(part) + b"\n")
    asked = {"practice": "jobcenter", "rules": "missing-case-id", "consequence": False, **ASKED}
    with logsyn.open("part.csv", source="momentum", key=KEY, threads=4) as log:
        assert len({log.audit(**asked).record.id for _ in range(6)}) == 1


def test_nothing_that_lies_beside_a_record_is_taken_for_its_report(tmp_path):
    logsyn.audit("small.csv", **ASKED).save("report")
    (tmp_path / "work").mkdir()
    shutil.copy("report/audit.json", "work/audit.json")
    (tmp_path / "work" / "pseudonym.key").write_text("secret", encoding="utf-8")
    (tmp_path / "work" / "link").symlink_to(tmp_path / "small.csv")
    logsyn.load_audit("work/audit.json").save("again")
    assert files_in(tmp_path / "again") == ["audit.json", "index.html", "practice.html", "quality.html"]


def test_failing_rows_of_another_audit_are_refused():
    logsyn.audit("small.csv", **ASKED).save("one")
    logsyn.audit("other.csv", **ASKED).save("two")
    shutil.copy("two/confidential/violations.parquet", "one/confidential/violations.parquet")
    with pytest.raises(logsyn.AuditError, match="is of another audit: it has 4 rows of duplicate-event, and 1 failed"):
        logsyn.load_audit("one").failing("duplicate-event")
    Path("one/confidential/violations.parquet").write_bytes(b"PAR1")
    with pytest.raises(logsyn.AuditError, match="cannot be read"):
        logsyn.load_audit("one").failing("duplicate-event")


def test_a_report_of_an_earlier_version_is_saved_with_its_raw_values_apart(tmp_path):
    logsyn.audit("small.csv", **ASKED).save("one")
    for name in ("violations.parquet", "rejected.csv"):
        Path("one/confidential", name).rename(Path("one", name))
    shutil.rmtree("one/confidential")
    loaded = logsyn.load_audit("one")
    loaded.save("two")
    assert loaded.failing("duplicate-event") == logsyn.load_audit("two").failing("duplicate-event")
    assert not {"violations.parquet", "rejected.csv"} & {path.name for path in (tmp_path / "two").iterdir()}


def test_failing_rows_are_as_many_as_the_finding_says():
    rules = ["untidy-label", "missing-case-id", "backdated-registration", "inactive-period"]
    asked = {"practice": "jobcenter", "suite": "strict", "consequence": False, **ASKED}
    result = logsyn.audit(SAMPLE, source="momentum", rules=rules, **asked)
    assert [result.failing(rule).num_rows for rule in rules] == [result[rule].rows_affected for rule in rules]


def test_results_that_nobody_holds_take_no_room(temporary):
    with logsyn.open("small.csv") as log:
        for _ in range(4):
            log.audit(consequence=False, **ASKED)
        gc.collect()
        assert files_in(temporary) == []


def test_a_run_that_was_ended_leaves_no_file_in_an_open_log(temporary, tmp_path):
    (tmp_path / "steps.yaml").write_text("remedies: r\nsteps:\n- do: keep-first\n  why: x\n", encoding="utf-8")
    progress = logsyn.Progress(lambda step: progress.cancel() if step.stage == "remedying" else None)
    with logsyn.open("small.csv") as log:
        with pytest.raises(logsyn.CancelledError):
            log.remedy("steps.yaml", progress=progress, **ASKED)
        assert files_in(temporary) == []


def test_a_fork_removes_nothing_of_its_parent():
    result = logsyn.audit("small.csv", **ASKED)
    child = multiprocessing.get_context("fork").Process(target=len, args=(result,))
    child.start()
    child.join(60)
    assert child.exitcode == 0
    assert result.failing("duplicate-event").num_rows == 1


def test_an_extract_that_changes_under_an_open_log_is_told(tmp_path):
    (tmp_path / "steps.yaml").write_text("remedies: r\nsteps:\n- do: keep-first\n  why: x\n", encoding="utf-8")
    with logsyn.open("small.csv") as log:
        log.audit(**ASKED)
        (tmp_path / "small.csv").write_text(OTHER, encoding="utf-8")
        for ask in (lambda: log.remedy("steps.yaml", **ASKED), lambda: log.export("csv", "out", **ASKED)):
            with pytest.raises(logsyn.AuditError, match="the extract has changed since it was first read"):
                ask()
    assert not (tmp_path / "out").exists()


def test_a_log_is_found_again_from_another_folder(tmp_path, monkeypatch):
    with logsyn.open("small.csv") as log:
        monkeypatch.chdir("/")
        assert log.export("csv", tmp_path / "out", **ASKED).cases == 2


def test_one_who_waits_for_a_log_can_give_up():
    begun, go_on = threading.Event(), threading.Event()
    held = logsyn.Progress(lambda step: (begun.set(), go_on.wait(30)) if step.stage == "deriving" else None)
    with logsyn.open("small.csv") as log:
        first = threading.Thread(target=log.audit, kwargs={"progress": held, **ASKED})
        first.start()
        begun.wait(30)
        waiting = logsyn.Progress()
        threading.Timer(0.2, waiting.cancel).start()
        started = time.monotonic()
        with pytest.raises(logsyn.CancelledError):
            log.audit(progress=waiting, **ASKED)
        assert time.monotonic() - started < 20
        go_on.set()
        first.join()


def test_a_log_is_not_closed_by_the_run_that_uses_it():
    with logsyn.open("small.csv") as log:
        with pytest.raises(logsyn.AuditError, match="in use by the run that tells its progress"):
            log.audit(progress=logsyn.Progress(lambda _step: log.close()), **ASKED)
        assert log.audit(**ASKED)["duplicate-event"].failed == 1


def test_a_closed_log_says_so(tmp_path):
    log = logsyn.open(CLEAN)
    log.close()
    for ask in (lambda: log.audit(**ASKED), lambda: log.export("csv", tmp_path / "out", **ASKED), log.__enter__):
        with pytest.raises(logsyn.AuditError, match="the log is closed"):
            ask()


@pytest.mark.parametrize("name", ["validator", "expectations", "reports"])
def test_the_house_is_reached_from_the_door(name):
    assert getattr(logsyn, name).__name__ == f"logsyn.{name}"


def test_deliveries_are_called_by_their_folders():
    for name in ("october", "november"):
        logsyn.audit("small.csv", **ASKED).save(name)
    compared = logsyn.compare(["october/audit.json", logsyn.load_audit("november")])
    assert {one.name for one in compared.record.deliveries} == {"october", "november"}
    with pytest.raises(TypeError, match="give a list"):
        logsyn.compare("october")


def test_a_progress_that_is_used_again_tells_of_the_latest_run_only():
    progress = logsyn.Progress()
    with logsyn.open("small.csv") as log:
        log.audit(consequence=False, progress=progress, **ASKED)
        time.sleep(1)
        log.audit(consequence=False, progress=progress, **ASKED)
    assert "reading" not in progress.seconds  # the log was open already
    assert progress.seconds["writing"] < 1
