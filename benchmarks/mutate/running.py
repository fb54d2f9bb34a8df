"""Runs tests in a copy of the last commit, and ends them when nobody waits any more."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_MOST_WALL_SECONDS = 1800
_RUNNING: set[subprocess.Popen[str]] = set()


def pytest(copy: Path, arguments: list[str], cpu_seconds: float, **surroundings: str) -> tuple[int | None, list[str]]:
    """The exit code of pytest in the copy, None when it takes longer, and the tests that failed; to have run none is no failure."""
    process = subprocess.Popen(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-o", "addopts=", "--hypothesis-seed=0", "-rfE", *arguments],
        cwd=copy, env={**os.environ, "PYTHONPATH": str(copy), **surroundings}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
    )  # fmt: skip
    _RUNNING.add(process)
    resource.prlimit(process.pid, resource.RLIMIT_CPU, (int(cpu_seconds), int(cpu_seconds)))
    try:
        said, _ = process.communicate(timeout=_MOST_WALL_SECONDS)
    except subprocess.TimeoutExpired:
        return None, []
    finally:
        _RUNNING.discard(process)
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
    code = process.returncode
    if code not in {0, 1, 2, 5} and code >= 0 and "ImportError while loading conftest" not in said:
        sys.exit(f"pytest did not run:\n{said}")
    ends = [
        line.split(" - ")[0].split(maxsplit=1)[1]
        for line in said.splitlines()
        if line.startswith(("FAILED ", "ERROR "))
    ]
    return (0 if code == 5 else code if code >= 0 else None), ends


def end_all() -> None:
    """End what runs in the copies."""
    for process in tuple(_RUNNING):
        os.killpg(process.pid, signal.SIGKILL)
