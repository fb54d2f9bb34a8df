"""Runs whole processes and measures them: wall time and the peak of resident memory."""

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

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
WORK = HERE / "work"

SETTING = ("--source", "momentum", "--practice", "jobcenter", "--as-of", "2023-11-30")
KEY = ("--key", str(WORK / "key"))


@dataclass(frozen=True)
class Run:
    """Wall time in seconds and the peak of resident memory in GB (10⁹ bytes) of one process, and what it printed."""

    seconds: float
    peak_gb: float
    printed: str = ""

    @property
    def told(self) -> dict[str, dict[str, float]]:
        """What it printed, as JSON."""
        return dict(json.loads(self.printed))


def run(*command: str) -> Run:
    """Run a process to its end.

    Raises:
        RuntimeError: it failed.
    """
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, *command], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    printed = process.stdout.read() if process.stdout else ""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{command} ended with {process.returncode}")
    return Run(time.perf_counter() - start, usage.ru_maxrss * 1024 / 1e9, printed)


def best(runs: list[Run]) -> Run:
    """The least time and the greatest memory of several runs."""
    return Run(min(one.seconds for one in runs), max(one.peak_gb for one in runs))


def in_turn(times: int, *commands: tuple[str, ...]) -> list[Run]:
    """The best runs of several commands, run in turn so that all meet the same machine."""
    rounds = [[run(*command) for command in commands] for _ in range(times)]
    return [best(list(of_one)) for of_one in zip(*rounds, strict=True)]


def logsyn(command: str, extract: Path, *options: str) -> tuple[str, ...]:
    """A command of logsyn on an extract, as a user gives it."""
    return ("-c", "from logsyn.validator.commands.main import main; main()", command, str(extract), *options)


def audit(extract: Path, *options: str) -> tuple[str, ...]:
    """The audit with all files and pages; the base suite unless ``options`` say otherwise."""
    return logsyn("audit", extract, *SETTING, *KEY, "--fail-on", "never", "--out", str(WORK / "report"), *options)


def plain_audit(extract: Path, *options: str) -> tuple[str, ...]:
    """The audit without the consequences of findings for the analysis."""
    return audit(extract, "--no-consequence", *options)


def bare_load(extract: Path) -> tuple[str, ...]:
    """DuckDB's load of a CSV file, and nothing else."""
    return ("-m", "benchmarks.bare_load", str(extract))


def extract_of(events: int) -> Path:
    """The extract of a size, made when it is not there; and the key of the pseudonyms."""
    WORK.mkdir(exist_ok=True)
    if not (WORK / "key").exists():
        (WORK / "key").touch(0o600)
        (WORK / "key").write_text(secrets.token_hex(32), encoding="ascii")
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
