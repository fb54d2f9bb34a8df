"""Runs whole processes and measures them: wall time, CPU time and the peak of resident memory; and takes the figures that they tell."""

from __future__ import annotations

import json
import os
import platform
import secrets
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
WORK = HERE / "work"

SETTING = ("--source", "momentum", "--practice", "jobcenter", "--as-of", "2023-11-30")

def with_key() -> tuple[str, str]:
    """The options for the key of the pseudonyms, which is made when it is not there."""
    path = WORK / "key"
    if not path.exists():
        WORK.mkdir(exist_ok=True)
        path.touch(0o600)
        path.write_text(secrets.token_hex(32), encoding="ascii")
    return ("--key", str(path))


FIGURES = "LOGSYN_BENCHMARK_FIGURES"
"""Names the file, in the environment of a process, to which its figures go: what is printed may be anything, such as the progress of a library."""


@dataclass(frozen=True)
class Run:
    """Wall and CPU seconds and the peak of resident memory in GB (10⁹ bytes) of one process, and the figures that it told."""

    seconds: float
    cpu_seconds: float
    peak_gb: float
    told: dict[str, Any]


def run(*command: str, folder: Path = ROOT) -> Run:
    """Run Python in a folder to its end; what it prints to stdout is nobody's.

    Raises:
        RuntimeError: it failed.
    """
    with TemporaryDirectory() as scratch:
        figures = Path(scratch) / "figures.json"
        surroundings = {**os.environ, FIGURES: str(figures)}
        start = time.perf_counter()
        process = subprocess.Popen([sys.executable, *command], cwd=folder, stdout=subprocess.DEVNULL, env=surroundings)
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise RuntimeError(f"{command} in {folder} ended with {process.returncode}")
        told = dict(json.loads(figures.read_text(encoding="utf-8"))) if figures.exists() else {}
    return Run(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024 / 1e9, told)


def tell(figures: dict[str, Any]) -> None:
    """Tell figures to whoever runs this process for them, or print them where nobody does."""
    text = json.dumps(figures)
    if FIGURES in os.environ:
        Path(os.environ[FIGURES]).write_text(text, encoding="utf-8")
    else:
        print(text)


def best(runs: list[Run]) -> Run:
    """The least times and the greatest memory of several runs; what they told is left out."""
    return Run(
        min(one.seconds for one in runs), min(one.cpu_seconds for one in runs), max(one.peak_gb for one in runs), {}
    )


def in_turn(times: int, *commands: tuple[str, ...]) -> list[Run]:
    """The best runs of several commands, run in turn so that all meet the same machine."""
    rounds = [[run(*command) for command in commands] for _ in range(times)]
    return [best(list(of_one)) for of_one in zip(*rounds, strict=True)]


def logsyn(command: str, extract: Path, *options: str) -> tuple[str, ...]:
    """A command of logsyn on an extract, as a user gives it."""
    return ("-c", "from logsyn.validator.commands.main import main; main()", command, str(extract), *options)


def audit(extract: Path, *options: str) -> tuple[str, ...]:
    """The audit with all files and pages; the base suite unless ``options`` say otherwise."""
    return logsyn("audit", extract, *SETTING, "--fail-on", "never", "--out", str(WORK / "report"), *options)


def plain_audit(extract: Path, *options: str) -> tuple[str, ...]:
    """The audit without the consequences of findings for the analysis."""
    return audit(extract, "--no-consequence", *options)


def bare_load(extract: Path) -> tuple[str, ...]:
    """DuckDB's load of a CSV file, and nothing else."""
    return ("-m", "benchmarks.bare_load", str(extract))


def extract_of(events: int) -> Path:
    """The extract of a size, made when it is not there."""
    WORK.mkdir(exist_ok=True)
    path = WORK / f"events_{events}.csv"
    if not path.exists():
        run("-m", "sample_logs.generate", "--events", str(events), "--out", str(path))
    return path


def machine() -> str:
    """Processor, cores and memory."""
    info = Path("/proc/cpuinfo").read_text(encoding="utf-8") if Path("/proc/cpuinfo").exists() else ""
    model = next(
        (line.split(":")[1].strip() for line in info.splitlines() if line.startswith("model name")), platform.machine()
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{model}, {os.cpu_count()} cores, {memory:.0f} GiB, Python {platform.python_version()}"
