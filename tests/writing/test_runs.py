"""Runs beside and after each other: one place has one run, and what a killed run has left is removed by the next one, and nothing else."""

import hashlib
import os
import shutil
import subprocess
import sys

import pytest

from benchmarks.kills import kill
from logsyn.validator.errors import AuditError
from logsyn.validator.writing.holding import LOCK, take
from logsyn.validator.writing.output import staged, staged_file
from logsyn.validator.writing.scratch import scratch_folder, temporary_folder
from tests.commands.test_command import ROOT

pytestmark = pytest.mark.slow

RUN = """
import os, sys
from pathlib import Path
from logsyn.validator.commands.main import app, main
from logsyn.validator.writing.confidential import confidential_folder
from logsyn.validator.writing.output import staged
from logsyn.validator.writing.scratch import scratch_folder

os.umask(0)

@app.command()
def run():
    with staged(Path("out")) as folder, scratch_folder() as scratch:
        (scratch / "spill").mkdir()
        for path in (confidential_folder(folder) / "rejected.csv", scratch / "spill" / "rows", scratch / "unpacked.csv"):
            path.write_text(sys.argv[0])
        print("ready", flush=True)
        sys.stdin.readline()

sys.argv = ["logsyn", "run"]
main()
"""


def begin(folder):
    """A run that has written half of its result and waits for a line to end it."""
    process = subprocess.Popen(
        [sys.executable, "-c", RUN], cwd=folder, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(folder)},
    )  # fmt: skip
    return process, process.stdout.readline()


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_of_two_runs_one_wins_whole_and_the_other_says_so(tmp_path):
    first, ready = begin(tmp_path)
    assert ready == "ready\n"
    second, nothing = begin(tmp_path)
    told = second.communicate(timeout=20)[1]
    assert (second.returncode, nothing) == (3, "")
    assert told.startswith(f"logsyn: out: another run is writing there (process {first.pid})\n  Wait for its end")
    assert first.communicate("\n", timeout=20) == ("", "")
    assert (first.returncode, names(tmp_path), names(tmp_path / "out")) == (
        0,
        ["out"],
        [".logsyn-files.json", "confidential"],
    )


@pytest.fixture
def killed(tmp_path):
    """What a run that was killed with ``kill -9`` has left, with a umask of 000."""
    process, _ = begin(tmp_path)
    process.kill()
    process.communicate()
    return tmp_path


def test_what_a_killed_run_has_left_is_for_its_owner_only_and_removed_by_the_next_one(killed, monkeypatch):
    left = names(killed)
    assert [name[:15] for name in left] == [".logsyn-writing", "logsyn-scratch-"]
    assert [(killed / name).stat().st_mode & 0o777 for name in left] == [0o700, 0o700]
    monkeypatch.setenv("TMPDIR", str(killed))
    with staged(killed / "another"), scratch_folder():
        assert set(left).isdisjoint(names(killed))
    assert names(killed) == ["another"]


def looks_like_it(killed):
    """Folders that look like those of a dead run, and are not."""
    left = next(killed.glob("logsyn-scratch-*"))
    (killed / "elsewhere").mkdir()
    (killed / "elsewhere" / "mine").write_text("mine", encoding="utf-8")
    made = [
        killed / f"logsyn-scratch-{name}" for name in ("link", "no-lock", "foreign-lock", "linked-lock", "other-user")
    ]
    made[0].symlink_to(left)
    for folder in made[1:4]:
        shutil.copytree(killed / "elsewhere", folder)
    (made[2] / LOCK).write_text("my own lock", encoding="utf-8")
    (made[3] / LOCK).symlink_to(left / LOCK)
    if os.geteuid() != 0:  # only root can make a folder of another user
        return made[:4]
    shutil.copytree(left, made[4])
    os.chown(made[4], 12345, 12345)
    return made


def test_what_only_looks_like_it_stays(killed, monkeypatch):
    kept = looks_like_it(killed)
    monkeypatch.setenv("TMPDIR", str(killed))
    with scratch_folder() as alive:
        with scratch_folder():
            assert alive.exists()
        assert all(os.path.lexists(path) for path in kept)
        assert (killed / "elsewhere" / "mine").read_text(encoding="utf-8") == "mine"
    assert names(killed)[1:] == sorted(path.name for path in [killed / "elsewhere", *kept])


def test_a_place_that_somebody_elses_folder_is_beside_is_told(tmp_path):
    with staged(tmp_path / "r") as folder:
        name = folder.parent.name
    (tmp_path / "other").mkdir()
    (tmp_path / name).symlink_to(tmp_path / "other")
    with pytest.raises(AuditError, match="another run is writing there"), staged(tmp_path / "r"):
        pass
    assert names(tmp_path / "other") == []


def test_an_earlier_result_that_a_killed_run_had_moved_aside_comes_back(tmp_path):
    with staged(tmp_path / "r") as folder:
        staging = folder.parent
        (folder / "index.html").write_text("1", encoding="utf-8")
    staging.mkdir()
    os.close(take(staging, "r"))
    (tmp_path / "r").rename(staging / "old")  # and here it was killed
    with staged(tmp_path / "other"):
        pass
    assert (tmp_path / "r" / "index.html").read_text(encoding="utf-8") == "1"
    assert names(tmp_path) == ["other", "r"]


@pytest.mark.parametrize(
    ("value", "says"),
    [("nowhere", "there is no such folder"), ("file", "there is no such folder"), ("loop", "there is no such folder")],
)
def test_a_folder_for_temporary_files_that_cannot_be_used_is_told(tmp_path, monkeypatch, value, says):
    (tmp_path / "file").write_text("", encoding="utf-8")
    (tmp_path / "loop").symlink_to("loop")
    monkeypatch.setenv("TMPDIR", str(tmp_path / value))
    with pytest.raises(AuditError, match=f"TMPDIR={tmp_path / value}: .*{says}"), scratch_folder():
        pass


def test_the_working_folder_is_never_taken_for_temporary_files(tmp_path, monkeypatch):
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(AuditError, match="no folder for temporary files"):
        temporary_folder()


@pytest.mark.parametrize(
    ("command", "stop", "after"),
    [
        ("audit", "SIGKILL", 2.5), ("audit", "SIGTERM", 3.5), ("remedy", "SIGHUP", 3.0),
        ("remedy", "SIGKILL", 5.0), ("export", "SIGTERM", 0.9), ("export", "SIGKILL", 1.3),
    ],
)  # fmt: skip
def test_killed_at_any_moment_all_is_as_promised(tmp_path, command, stop, after):
    assert kill(command, stop, after, tmp_path).wrong == ()


def staging_of(place):
    """The folder that a result is written in, as docs/architecture.md has it: beside its place, named after it."""
    return place.parent / f".logsyn-writing-{hashlib.sha256(place.name.encode()).hexdigest()[:12]}"


IN_THE_WAY = {
    "a_file": {"mine.txt": "mine"},
    "a_folder": {"kept/mine.txt": "mine"},
    "an_empty_lock_and_a_file": {"logsyn.lock": "", "mine.txt": "mine"},
    "a_lock_of_somebody": {"logsyn.lock": "mine"},
}


@pytest.mark.parametrize("held", IN_THE_WAY)
def test_somebodys_own_folder_of_that_name_stays(tmp_path, monkeypatch, held):
    monkeypatch.setattr("logsyn.validator.writing.output._PATIENCE_SECONDS", 0)
    own = staging_of(tmp_path / "r")
    for name, text in IN_THE_WAY[held].items():
        (own / name).parent.mkdir(parents=True, exist_ok=True)
        (own / name).write_text(text, encoding="utf-8")
    with pytest.raises(AuditError, match="is in the way"), staged(tmp_path / "r"):
        pass
    left = {path.relative_to(own).as_posix(): path.read_text() for path in own.rglob("*") if path.is_file()}
    assert left == IN_THE_WAY[held]
    assert names(tmp_path) == [own.name]


def test_what_was_left_beside_another_place_goes_with_the_next_run_that_writes_there(killed, monkeypatch):
    left = next(killed.glob(".logsyn-writing-*"))
    monkeypatch.setenv("TMPDIR", str(killed))
    (killed / "sub").mkdir()
    left.rename(killed / "sub" / left.name)
    with staged(killed / "report"):
        assert names(killed / "sub") == [left.name]
    with staged_file(killed / "sub" / "db.duckdb", private=True) as file:
        file.write_text("tables", encoding="utf-8")
    assert names(killed / "sub") == ["db.duckdb"]
