"""Runs tests in a copy of the last commit, and ends them when nobody waits any more."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_RUNNING: set[subprocess.Popen[str]] = set()
_ENDING = threading.Event()


@cache
def _ready(copy: Path) -> subprocess.Popen[str]:
    """The process that the runs in a copy are forked from."""
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.mutate.ready"], cwd=copy, env={**os.environ, "PYTHONPATH": str(copy)}, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    _RUNNING.add(process)
    return process


def pytest(copy: Path, arguments: list[str], cpu_seconds: float, **surroundings: str) -> tuple[int | None, list[str]]:
    """The exit code of pytest in the copy, None when it takes longer, and the tests that failed; to have run none is no failure."""
    process, said = _ready(copy), copy / "said.txt"
    usual = ["-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-o", "addopts=", "--hypothesis-seed=0", "-rfE"]
    asked = {"arguments": [*usual, *arguments], "cpu_seconds": cpu_seconds, "environment": surroundings, "said": str(said)}
    print(json.dumps(asked), file=process.stdin, flush=True)
    answer = process.stdout.readline() if process.stdout else ""
    if _ENDING.is_set() or not answer:
        raise InterruptedError("the process that runs the tests was ended")
    code, told = int(answer), said.read_text(encoding="utf-8", errors="replace")
    if code not in {0, 1, 2, 5} and code >= 0 and "ImportError while loading conftest" not in told:
        sys.exit(f"pytest did not run:\n{told}")
    ends = [
        line.split(" - ")[0].split(maxsplit=1)[1]
        for line in told.splitlines()
        if line.startswith(("FAILED ", "ERROR "))
    ]
    return (0 if code == 5 else code if code >= 0 else None), ends


def end_all() -> None:
    """End what runs in the copies."""
    _ENDING.set()
    for process in tuple(_RUNNING):
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    _RUNNING.clear()
