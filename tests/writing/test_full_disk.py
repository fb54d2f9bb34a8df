"""Whatever is written, it is written whole or not at all on a full disk, and the message names the disk: tried on one of 100 kB."""

import gzip
import os
import secrets
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from logsyn.validator.commands.main import app
from logsyn.validator.database.connection import open_plain_database
from logsyn.validator.database.memory import agreement
from logsyn.validator.errors import ShortageError
from logsyn.validator.writing.disks import is_about_full_disk
from logsyn.validator.writing.scratch import scratch_folder
from tests.commands.test_command import CLEAN, SAMPLE
from tests.comparing.test_compare import report_in
from tests.writing.test_output import everything, put

pytestmark = pytest.mark.slow

KILOBYTE = 1024
REMEDIES = "remedies: r\nsteps: [{do: map-labels, tidy: true}]\n"


@pytest.fixture(scope="module")
def small_disk(tmp_path_factory):
    """A disk of 100 kB. Only root can make one: CI must be able to, elsewhere these tests are skipped and say so."""
    place = tmp_path_factory.mktemp("disk")
    command = ["mount", "-t", "tmpfs", "-o", "size=100k", "tmpfs", str(place)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        assert not os.environ.get("LOGSYN_CI"), f"CI cannot make a small disk: {done.stderr}"
        pytest.skip(f"only root can make a small disk: {done.stderr.strip()}")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.fixture
def disk(small_disk, tmp_path, monkeypatch):
    """The disk with nothing on it, and a folder to work in on another one."""
    for path in small_disk.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    monkeypatch.chdir(tmp_path)
    (tmp_path / "r.yaml").write_text(REMEDIES, encoding="utf-8")
    (tmp_path / ".logsyn").mkdir()
    (tmp_path / ".logsyn" / "pseudonym.key").write_text(secrets.token_hex(32), encoding="ascii")
    (tmp_path / ".logsyn" / "pseudonym.key").chmod(0o600)
    (tmp_path / "packed.csv.gz").write_bytes(gzip.compress(SAMPLE.read_bytes()))
    return small_disk


def fill(disk, room):
    """Leave so many kilobytes of room."""
    free = shutil.disk_usage(disk).free
    (disk / "filler").write_bytes(bytes(max(0, free - room * KILOBYTE)))


WRITERS = [
    ("audit {clean} --no-consequence --out {disk}/out", 0),
    ("audit {clean} --no-consequence --out {disk}/out", 90),
    ("audit {clean} --no-consequence --database {disk}/tables.duckdb", 90),
    ("remedy {clean} --remedies r.yaml --no-consequence --out {disk}/out", 90),
    *((f"export {{sample}} --to {target} --out {{disk}}/out", 20) for target in ("csv", "parquet", "xes", "apromore", "power-automate")),
    ("export {sample} --to csv --out {disk}/out", 0),
    ("describe {clean} --out {disk}/draft.html", 0),
    ("describe {clean} --out {disk}/new/draft.html", 4),
    ("suggest {clean} --out {disk}/out", 4),
    ("compare {first} {second} --out {disk}/out", 8),
    ("rows {first} backdated-registration --out {disk}/list.csv", 0),
    ("practice render jobcenter --out {disk}/guide.html", 4),
]  # fmt: skip


@pytest.fixture(scope="module")
def audits(tmp_path_factory):
    """The folders of two audits, for what is made from audits."""
    here = tmp_path_factory.mktemp("audits")
    return {name: report_in(here / name, late) for name, late in (("first", 20), ("second", 90))}


@pytest.mark.parametrize(("command", "room"), WRITERS)
def test_what_is_written_is_written_whole_or_not_at_all(disk, audits, command, room):
    if "{disk}/out" in command and "audit" in command:
        put(disk / "out", {"index.html": "earlier"})
    fill(disk, room)
    before = everything(disk)
    done = CliRunner().invoke(app, command.format(disk=disk, sample=SAMPLE, clean=CLEAN, **audits).split())
    assert done.exit_code == 3
    assert f"the disk at {disk} is full" in done.stderr, done.stderr
    assert len(done.stderr.splitlines()) == 2
    assert everything(disk) == before


@pytest.mark.parametrize("command", ["describe packed.csv.gz", "audit packed.csv.gz", "export packed.csv.gz --to csv"])
def test_temporary_files_find_no_room(disk, tmp_path, monkeypatch, command):
    monkeypatch.setenv("TMPDIR", str(disk))
    fill(disk, 20)
    done = CliRunner().invoke(app, command.split())
    assert (done.exit_code, f"the disk at {disk} is full" in done.stderr, "TMPDIR=FOLDER" in done.stderr) == (
        3,
        True,
        True,
    )
    assert [path.name for path in disk.iterdir()] == ["filler"]
    assert {path.name for path in tmp_path.iterdir()} <= {"r.yaml", "packed.csv.gz", ".logsyn"}


def test_tables_that_are_spilled_find_no_room(disk, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(disk))

    def spill():
        with scratch_folder() as scratch, open_plain_database(scratch, agreement()) as connection:
            connection.execute("SET memory_limit = '20MB'")
            connection.execute("CREATE TABLE t AS SELECT random() AS r, uuid() AS u FROM range(3000000) ORDER BY r")

    with pytest.raises(ShortageError, match=f"the disk at {disk}, where temporary files go"):
        spill()
    assert list(disk.iterdir()) == []


def test_what_is_told_finds_no_room():
    command = [sys.executable, "-c", "from logsyn.validator.commands.main import main; main()", "schema", "suite"]
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 3
    assert "cannot be told on stdout: No space left on device" in done.stderr


@pytest.mark.parametrize(
    "error",
    [OSError(122, "Disk quota exceeded"), OSError(27, "File too large"), RuntimeError("No space left on device")],
)
def test_full_is_known_by_number_or_words_wherever_it_began(error):
    later = KeyError("x")
    later.__cause__ = error
    assert is_about_full_disk(later)
    assert not is_about_full_disk(OSError(5, "Input/output error"))
