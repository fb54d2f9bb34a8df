"""Signals end a process at once with 128 and their number, whatever it does, and nothing unfinished is left; streams that fail are told."""

import os
import signal
import subprocess
import sys
import time

import pytest

from tests.commands.test_command import ROOT

pytestmark = pytest.mark.slow

# What a run does when the signal comes: a query in the main thread, a query in another thread, an import that takes long.
BUSY = {
    "query": "duckdb.connect().execute(QUERY)",
    "query_that_is_caught": "[suppressed(lambda: duckdb.connect().execute(QUERY)) for _ in range(9)]",
    "thread": "list(ThreadPoolExecutor(2).map(lambda _: duckdb.connect().execute(QUERY), range(2)))",
    "sleep": "time.sleep(60)",
    "python": "[hash(str(n)) for n in range(10 ** 9)]",
}
RUN = """
import signal, sys, time
signal.signal(signal.SIGINT, signal.default_int_handler)  # it may be ignored where tests run in the background
signal.signal(signal.SIGHUP, signal.SIG_DFL)  # and so may this
import duckdb
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from logsyn.validator.commands.main import app, main
from logsyn.validator.writing.output import staged, staged_file
from logsyn.validator.writing.scratch import scratch_folder

QUERY = "SELECT sum(sqrt(a.range * b.range)) FROM range(1000000) a, range(1000000) b"

def suppressed(work):
    try:
        work()
    except BaseException:
        pass

@app.command()
def busy():
    with staged(Path("new/out")) as folder, scratch_folder() as scratch, staged_file(Path("kept.duckdb"), private=True) as file:
        for path in (folder / "index.html", scratch / "rows", file):
            path.write_text("half")
        print("ready", flush=True)
        {busy}

sys.argv = ["logsyn", "busy"]
main()
"""


STOPS = [("query", "SIGINT"), ("query", "SIGHUP"), *((name, "SIGTERM") for name in BUSY)]


@pytest.mark.parametrize(("busy", "stop"), STOPS)
def test_a_signal_ends_it_at_once_and_nothing_is_left(tmp_path, busy, stop):
    process = subprocess.Popen(
        [sys.executable, "-c", RUN.replace("{busy}", BUSY[busy])], cwd=tmp_path, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)},
    )  # fmt: skip
    assert process.stdout.readline() == "ready\n"
    time.sleep(0.1)
    process.send_signal(getattr(signal, stop))
    begun = time.monotonic()
    try:
        _, told = process.communicate(timeout=20)
    finally:
        process.kill()  # one that a signal did not end would be busy for hours
    assert (process.returncode, told) == (128 + getattr(signal, stop), f"logsyn: stopped by {stop}\n")
    assert time.monotonic() - begun < 3
    assert list(tmp_path.iterdir()) == []


STREAMS = {
    "stdout_has_no_reader": (["schema", "audit"], {"stdout": "gone"}, 3, "cannot be told on stdout: Broken pipe"),
    "help_has_no_reader": (["audit", "--help"], {"stdout": "gone"}, 3, "nobody reads what is told"),
    "wrong_use_has_no_reader": (["audit"], {"stderr": "gone"}, 2, ""),
    "a_fault_has_no_reader": (["audit", "none.csv"], {"stderr": "gone"}, 3, ""),
    "nobody_is_there": (["audit", "none.csv"], {"stdout": "gone", "stderr": "gone"}, 3, ""),
    "stdout_is_closed": (["schema", "suite"], {"close": 1}, 0, ""),
    "stderr_is_closed": (["audit", "none.csv"], {"close": 2}, 3, ""),
    "no_letters": (
        ["practice", "render", "bl\u00e5b\u00e6r", "--out", "x.html"],
        {"encoding": "ascii"},
        3,
        "no such file",
    ),
    "a_code_page": (
        ["practice", "render", "bl\u00e5b\u00e6r \u4e2d", "--out", "x.html"],
        {"encoding": "cp850"},
        3,
        "bl\u00e5b\u00e6r \\u4e2d: no such file",
    ),
}


@pytest.mark.parametrize("streams", STREAMS)
def test_streams_that_fail_end_it_as_promised(tmp_path, streams):
    arguments, how, code, says = STREAMS[streams]
    reader, gone = os.pipe()
    os.close(reader)
    begin = "import os, sys; sys.argv[0] = 'logsyn'; from logsyn.validator.commands.start import main; main()"
    done = subprocess.run(
        ["bash", "-c", f'exec "$@" {how["close"]}>&-', "bash", sys.executable, "-c", begin, *arguments] if "close" in how else [sys.executable, "-c", begin, *arguments],
        cwd=tmp_path, check=False, timeout=60,
        stdout=gone if how.get("stdout") else subprocess.PIPE, stderr=gone if how.get("stderr") else subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": how.get("encoding", "utf-8")},
    )  # fmt: skip
    os.close(gone)
    told = (done.stderr or b"").decode("cp850" if streams == "a_code_page" else "utf-8")
    assert (done.returncode, says in told, "Traceback" in told) == (code, True, False), told
