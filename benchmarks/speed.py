"""``make bench``: times whole processes in turn, at three sizes, and writes the table of benchmarks/README.md."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
WORK = HERE / "work"
SIZES = (100_000, 1_000_000, 10_000_000)
BEGIN, END = "<!-- measured -->", "<!-- end -->"


@dataclass(frozen=True)
class Run:
    """Wall time in seconds and the peak of resident memory in MB of one process, and what it printed."""

    seconds: float
    peak_mb: float
    printed: str = ""

    @property
    def told(self) -> dict[str, dict[str, float]]:
        """What it printed, as JSON."""
        return dict(json.loads(self.printed))


def run(*command: str) -> Run:
    """Run a process to its end; any exit code up to 1 is fine.

    Raises:
        RuntimeError: it failed.
    """
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, *command], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    printed = process.stdout.read() if process.stdout else ""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode > 1:
        raise RuntimeError(f"{command} ended with {process.returncode}")
    return Run(time.perf_counter() - start, usage.ru_maxrss / 1024, printed)


def best(runs: list[Run]) -> Run:
    """The least time and the greatest memory of several runs."""
    return Run(min(one.seconds for one in runs), max(one.peak_mb for one in runs))


def audit_command(extract: Path) -> tuple[str, ...]:
    """The whole audit with the base suite: all files, all pages."""
    code = "from validator.main import main; main()"
    options = ["--source", "momentum", "--practice", "jobcenter", "--as-of", "2023-11-30", "--fail-on", "never"]
    return ("-c", code, "audit", str(extract), *options, "--out", str(WORK / "report"), "--key", str(WORK / "key"))


def extract_of(events: int) -> Path:
    """The extract of a size, made when it is not there."""
    path = WORK / f"events_{events}.csv"
    if not path.exists():
        run("-m", "sample_logs.generate", "--events", str(events), "--out", str(path))
    return path


def measure(events: int, times: int) -> tuple[Run, Run]:
    """Bare load and audit of one size, in turn, so that both meet the same machine."""
    extract = extract_of(events)
    pairs = [(run("-m", "benchmarks.bare_load", str(extract)), run(*audit_command(extract))) for _ in range(times)]
    return best([bare for bare, _ in pairs]), best([audit for _, audit in pairs])


def against_pandas(audit: Run) -> list[str]:
    """Great Expectations on pandas and the audit, at 1 million events: whole processes, and the rules alone.

    Raises:
        RuntimeError: they do not find the same rows.
    """
    extract, violations = str(extract_of(SIZES[1])), str(WORK / "pandas.parquet")
    phases = run("-m", "benchmarks.audit_phases", extract, str(WORK / "phases")).told
    ours = sum(phases["seconds"][phase] for phase in ("deriving", "checking", "writing"))
    lines = []
    for way, about in (("named", "`unexpected_index_column_names: [row_id]`"), ("index", "the frame's own index")):
        pandas = run("-m", "benchmarks.pandas_engine", extract, violations, way)
        if pandas.told["failed"] != phases["failed"]:
            raise RuntimeError(f"pandas finds {pandas.told['failed']}, the audit {phases['failed']}")
        theirs = sum(pandas.told["seconds"][phase] for phase in ("derive", "judge", "failing rows"))
        lines.append(
            f"| {about} | {pandas.seconds:.1f} s, {pandas.peak_mb:,.0f} MB | {audit.seconds:.1f} s | {pandas.seconds / audit.seconds:.1f} "
            f"| {theirs:.1f} s | {ours:.1f} s | {theirs / ours:.1f} |"
        )
    return [
        "| failing rows on pandas by | pandas, whole process | audit, whole process | ratio | pandas, rules only | audit, rules only | ratio |",
        "|---|---:|---:|---:|---:|---:|---:|",
        *lines,
    ]


def machine() -> str:
    """Processor, cores and memory."""
    info = Path("/proc/cpuinfo").read_text(encoding="utf-8") if Path("/proc/cpuinfo").exists() else ""
    model = next(
        (line.split(":")[1].strip() for line in info.splitlines() if line.startswith("model name")), platform.machine()
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{model}, {os.cpu_count()} cores, {memory:.0f} GiB, Python {platform.python_version()}"


def main() -> None:
    """Measure everything and put the table into the README."""
    WORK.mkdir(exist_ok=True)
    lines = [
        f"Measured on {machine()}; the best of two runs (one at 10 million), bare load and audit in turn.",
        "",
        "| events | file | bare load | audit | ratio | peak memory of the audit |",
        "|---:|---:|---:|---:|---:|---:|",
    ]
    audits: dict[int, Run] = {}
    for events in SIZES:
        bare, audits[events] = measure(events, 1 if events == SIZES[-1] else 2)
        size = extract_of(events).stat().st_size / 1e6
        ratio = audits[events].seconds / bare.seconds
        lines.append(
            f"| {events:,} | {size:,.0f} MB | {bare.seconds:.1f} s | {audits[events].seconds:.1f} s | {ratio:.1f} | {audits[events].peak_mb:,.0f} MB |"
        )
        print(lines[-1], flush=True)
    growth = audits[SIZES[2]].seconds / audits[SIZES[1]].seconds
    typer = best([run("-c", "import typer") for _ in range(5)])
    shown = best([run("-c", "from validator.main import main; main()", "--help") for _ in range(5)])
    lines += [
        "",
        f"- From 1 to 10 million events the time grows {growth:.1f} times.",
        f"- `logsyn --help`: {shown.seconds:.2f} s; a bare `import typer`: {typer.seconds:.2f} s; {shown.seconds / typer.seconds:.1f} times.",
        "",
        "Against Great Expectations' own pandas engine, the same 19 rules, 1 million events:",
        "",
        *against_pandas(audits[SIZES[1]]),
    ]
    readme = HERE / "README.md"
    before, rest = readme.read_text(encoding="utf-8").split(BEGIN)
    readme.write_text(before + BEGIN + "\n" + "\n".join(lines) + "\n" + END + rest.split(END)[1], encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
