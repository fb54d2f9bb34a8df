"""What is agreed about memory is kept, and a lack of memory or disk is told as one, with what to do."""

import csv
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pytest
from sqlalchemy.exc import OperationalError
from typer.testing import CliRunner

from logsyn.validator.commands.main import app
from logsyn.validator.database import memory, ordered
from logsyn.validator.database.connection import open_database, open_plain_database
from logsyn.validator.database.memory import GB, MB, Agreement, agreement, machine_memory, size_of, written
from logsyn.validator.errors import ShortageError
from logsyn.validator.reading.extract import read_extract
from tests.auditing import audit_files

LITTLE = Agreement(memory.OF_PYTHON + 60 * MB, given=True)
TOO_MUCH = "CREATE TABLE numbers AS SELECT list(n) AS all_of_them FROM range(60_000_000) AS r(n)"


@pytest.mark.parametrize(
    ("text", "size"),
    [("4GB", 4 * GB), ("800MB", 800 * MB), ("2GiB", 2 << 30), (" 1.5 gb ", 1500 * MB), ("1,5GB", 1500 * MB),
     ("700MiB", 700 << 20), ("2TB", 2000 * GB), ("1TiB", 1 << 40), ("600MB", 600 * MB), ("3TB", 3000 * GB)],
)  # fmt: skip
def test_sizes_are_read_as_people_write_them(monkeypatch, text, size):
    monkeypatch.setattr(memory, "machine_memory", lambda: 3000 * GB)
    assert size_of(text) == size


@pytest.mark.parametrize(
    ("text", "told"),
    [("4", "4GB, 800MB or 2GiB"), ("4 apples", "4GB"), ("-4GB", "4GB"), ("9999kB", "4GB"), ("", "4GB"), ("1e9GB", "4GB"),
     ("0GB", "least that works is 600 MB"), ("599MB", "least that works"), ("9GB", "lets a run have 8.0 GB")],
)  # fmt: skip
def test_a_size_that_cannot_be_kept_is_refused_with_what_can(monkeypatch, text, told):
    monkeypatch.setattr(memory, "machine_memory", lambda: 8 * GB)
    with pytest.raises(ValueError, match=told):
        size_of(text)


@pytest.mark.parametrize(
    "command",
    [["audit"], ["remedy", "--remedies", "r.yaml"], ["export", "--to", "csv"], ["suggest"], ["describe"]],
    ids=lambda command: command[0],
)
def test_every_command_that_reads_an_extract_takes_memory(command):
    told = CliRunner().invoke(app, [command[0], "extract.csv", *command[1:], "--memory", "10MB"])
    assert told.exit_code == 2
    assert "600 MB" in re.sub(r"[\s│]+", " ", told.output)


@pytest.mark.parametrize(
    ("groups", "limits", "expected"),
    [
        ("0::/user/job\n", {"user/memory.max": "2000000000", "user/job/memory.max": "max"}, 2 * GB),
        ("0::/\n", {"memory.max": "1000000000"}, 1 * GB),
        ("4:cpu:/x\n3:memory:/not/here\n", {"memory/memory.limit_in_bytes": "3000000000"}, 3 * GB),
        ("3:memory,hugetlb:/a\n", {"memory/a/memory.limit_in_bytes": "9223372036854771712"}, 16 * GB),
        ("", {}, 16 * GB),
    ],
)
def test_the_limit_of_a_cgroup_is_respected(monkeypatch, tmp_path, groups, limits, expected):
    monkeypatch.setattr(memory, "_physical", lambda: 16 * GB)
    for name, text in {
        "proc/self/cgroup": groups,
        **{f"sys/fs/cgroup/{key}": text for key, text in limits.items()},
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text if name.startswith("proc") else text + "\n")
    assert machine_memory(tmp_path) == expected


@pytest.mark.parametrize(("there", "total"), [(16 * GB, 8 * GB), (1 * GB, memory.LEAST)])
def test_half_of_what_there_is_may_be_used_unless_more_is_said(monkeypatch, there, total):
    monkeypatch.setattr(memory, "machine_memory", lambda: there)
    assert agreement() == Agreement(total)


def test_a_sort_of_more_than_was_agreed_keeps_to_it(tmp_path):
    program = f"""
import re
from pathlib import Path
from logsyn.validator.database.connection import open_plain_database
from logsyn.validator.database.memory import LEAST, Agreement
with open_plain_database(Path({str(tmp_path)!r}), Agreement(LEAST)) as connection:
    connection.execute("SET enable_progress_bar = false")
    connection.execute("CREATE TABLE t AS SELECT hash(n) AS h, n, n::VARCHAR AS text FROM range(4_000_000) AS r(n) ORDER BY h")
print(re.search(r"VmHWM:\\s+([0-9]+)", Path("/proc/self/status").read_text())[1])"""
    # Not ru_maxrss, which a new process inherits from the one that starts it.
    peak = 1024 * int(
        subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, timeout=120).stdout
    )
    assert peak <= memory.LEAST - 150 * MB  # what Great Expectations needs is kept free, too


@pytest.mark.parametrize("opened", [open_database, open_plain_database])
def test_what_does_not_fit_into_memory_is_told_with_what_to_do(tmp_path, opened):
    with pytest.raises(ShortageError, match="510 MB were agreed") as told, opened(tmp_path, LITTLE) as database:
        getattr(database, "connection", database).execute(TOO_MUCH)
    assert "--memory 1.2GB" in told.value.hint


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        duckdb.OutOfMemoryException("Out of Memory Error: could not allocate block"),
        OperationalError("SELECT 1", {}, duckdb.OutOfMemoryException("Out of Memory Error: could not allocate block")),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_lack_of_memory_is_told_alike_whoever_met_it(tmp_path, error):
    with pytest.raises(ShortageError, match="memory does not suffice"), open_plain_database(tmp_path, LITTLE):
        raise error


def test_a_disk_that_cannot_hold_what_is_spilled_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    told = re.escape(f"where temporary files go ({tmp_path.parent}), does not suffice") + "(?s:.*)TMPDIR"
    with pytest.raises(ShortageError, match=told), open_plain_database(tmp_path, LITTLE) as connection:
        connection.execute(
            "SET max_temp_directory_size = '1MB';CREATE TABLE t AS SELECT hash(n), n, n::VARCHAR FROM range(9_000_000) AS r(n)"
        )


def test_other_errors_are_left_as_they_are(tmp_path):
    with pytest.raises(duckdb.CatalogException), open_plain_database(tmp_path, LITTLE) as connection:
        connection.execute("FROM nowhere")


@pytest.mark.parametrize("most", [1, 2, 7, 1000])
def test_pieces_in_turn_are_the_whole_in_order(most):
    connection = duckdb.connect()
    connection.execute(
        "CREATE TABLE t AS SELECT (n * 7919 % 5)::USMALLINT AS g, (n * 104729 % 401 + 1)::INTEGER AS row_id FROM range(300) AS r(n)"
    )
    cut = [f"FROM t WHERE {piece} ORDER BY g, row_id" for piece in ordered.pieces(connection, "t", "g", most)]
    found = [connection.execute(query).fetchall() for query in cut]
    assert [row for rows in found for row in rows] == connection.execute("FROM t ORDER BY g, row_id").fetchall()
    assert max(map(len, found)) <= max(most, 1)


def test_files_in_order_are_the_same_when_memory_holds_a_piece_only(tmp_path, monkeypatch):
    for name, part in (
        ("a.csv", "1;x;\n1;x;31-12-9999\n;y;2023-01-01\n"),
        ("b.csv", "2;x\n\n2;x;2030-01-01;4\n2;z;2029-01-01\n"),
    ):
        (tmp_path / name).write_text("case_id;activity;timestamp\n" + 9 * part)
    files = [tmp_path / "b.csv", tmp_path / "a.csv"]
    written = []
    for most in (ordered.AT_ONCE, 3):
        monkeypatch.setattr(ordered, "AT_ONCE", most)
        folder = tmp_path / str(most)
        folder.mkdir()
        audit_files(folder, files)
        rejected = (folder / "out" / "confidential" / "rejected.csv").read_bytes()
        written.append((rejected, duckdb.read_parquet(str(folder / "out" / "confidential" / "violations.parquet")).fetchall()))
    assert written[0] == written[1]
    rows = list(csv.reader(written[0][0].decode().splitlines(), delimiter=";"))[1:]
    assert [(file, int(line)) for file, line, *_ in rows] == sorted((file, int(line)) for file, line, *_ in rows)


def test_a_disk_that_clearly_cannot_hold_an_extract_is_told_before_it_is_loaded(tmp_path, monkeypatch):
    (tmp_path / "extract.csv").write_text("case_id;activity;timestamp\n" + "1;a;2023-01-01\n" * 400_000)
    monkeypatch.setattr("shutil.disk_usage", lambda _path: SimpleNamespace(free=100_000))
    with open_plain_database(tmp_path, LITTLE) as connection:
        connection.execute("SET memory_limit = '10MB'")
        with pytest.raises(
            ShortageError, match=r"an extract of 6 MB wants some 14 MB for temporary files, and 100 kB are free"
        ):
            read_extract(connection, [tmp_path / "extract.csv"], None, tmp_path)


def test_an_extract_that_fits_into_memory_wants_no_disk(tmp_path, monkeypatch):
    (tmp_path / "extract.csv").write_text("case_id;activity;timestamp\n1;a;2023-01-01\n")
    monkeypatch.setattr("shutil.disk_usage", lambda _path: SimpleNamespace(free=0))
    with open_plain_database(tmp_path, LITTLE) as connection:
        assert read_extract(connection, [tmp_path / "extract.csv"], None, tmp_path).inputs[0].rows_loaded == 1


@pytest.mark.parametrize(
    ("size", "told"),
    [(999, "1 kB"), (100_000, "100 kB"), (999_999, "1000 kB"), (MB, "1 MB"), (600 * MB, "600 MB"), (GB, "1.0 GB"), (9.96 * GB, "10.0 GB"), (10 * GB, "10 GB"), (16.4 * GB, "16 GB"), (1000 * GB, "1.0 TB"), (0, "0 kB")],
)
def test_bytes_are_told_as_people_read_them(size, told):
    assert written(size) == told


@pytest.mark.parametrize(
    ("total", "asked", "there", "threads"),
    [(8 * GB, None, 4, 4), (8 * GB, 2, 4, 2), (8 * GB, 9, 4, 4), (600 * MB, None, 4, 1), (450 * MB + 240 * MB, None, 4, 3), (450 * MB + 240 * MB - 10, None, 4, 2), (450 * MB, None, 4, 1), (450 * MB, 3, 1, 1)],
)
def test_threads_are_as_many_as_asked_for_there_and_fed(monkeypatch, total, asked, there, threads):
    monkeypatch.setattr(memory, "cores", lambda: there)
    agreed = Agreement(total, asked_threads=asked)
    assert agreed.threads == threads
    assert agreed.of_duckdb == pytest.approx((total - 450 * MB) * 0.8, abs=1)


@pytest.mark.parametrize(("allowed", "machine", "cores"), [({0, 3}, 8, 2), (None, 8, 8), (None, None, 1)])
def test_cores_are_those_that_the_process_may_use(monkeypatch, allowed, machine, cores):
    monkeypatch.setattr("os.cpu_count", lambda: machine)
    if allowed is None:
        monkeypatch.delattr("os.sched_getaffinity")
    else:
        monkeypatch.setattr("os.sched_getaffinity", lambda _process: allowed)
    assert memory.cores() == cores


def _refuse(_name):
    raise ValueError


def test_where_the_system_does_not_tell_its_memory_duckdb_does(monkeypatch):
    known = memory.machine_memory(Path("/nowhere"))
    monkeypatch.setattr("os.sysconf", _refuse)
    assert memory.machine_memory(Path("/nowhere")) == pytest.approx(known, rel=0.3)


@pytest.mark.parametrize(("asked", "given"), [(None, False), (2 * GB, True)])
def test_what_was_asked_for_is_agreed(asked, given):
    assert (agreement(asked, 3).given, agreement(asked, 3).asked_threads) == (given, 3)
    assert asked is None or agreement(asked).total == asked


@pytest.mark.parametrize("text", ["600MB", "4 GB", "0,6GB", "600.000mb"])
def test_the_least_that_works_and_all_there_is_may_be_asked_for(monkeypatch, text):
    monkeypatch.setattr(memory, "machine_memory", lambda: 4 * GB)
    assert memory.LEAST <= size_of(text) <= 4 * GB
