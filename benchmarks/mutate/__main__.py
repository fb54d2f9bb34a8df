"""Draws mutations, runs the tests that concern each, and says which nobody noticed: ``python -m benchmarks.mutate --help``."""

from __future__ import annotations

import argparse
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.measure import ROOT
from benchmarks.mutate.concerned import concerned
from benchmarks.mutate.mutation import Mutation, all_mutations, draw, mutated

_CPU_SECONDS = 900
_SECONDS = 1800
"""A run of tests that takes longer hangs; CPU seconds, since others may keep the machine busy."""


@dataclass(frozen=True)
class Tried:
    """A mutation and what became of it: ``killed`` by the test ``by``, ``hung``, or ``survived``."""

    mutation: Mutation
    outcome: str
    by: str = ""


def main() -> None:
    """Draw, try, and print what is written down in ``benchmarks/README.md``."""
    options = _options()
    if _git("status", "--porcelain", "--untracked-files=no"):
        sys.exit("commit first: what is mutated is a copy of the last commit, and your changes are not in it")
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _end)
    drawn = draw(all_mutations(ROOT), options.mutations, options.seed)[options.skip :]
    begun, tried = time.monotonic(), []
    with tempfile.TemporaryDirectory(prefix="logsyn-mutants-") as folder:
        copy = _copy(Path(folder))
        for mutation in drawn:
            if options.minutes and time.monotonic() - begun > options.minutes * 60:
                break
            tried.append(_try(copy, mutation))
            print(f"{len(tried)} {tried[-1].outcome}: {mutation} {tried[-1].by}", file=sys.stderr, flush=True)
        wrong = _fail_anyway(copy, sorted({one.by for one in tried if one.by}))
    print(_report(options, tried, wrong))
    share = sum(one.outcome != "survived" for one in tried) / max(len(tried), 1)
    sys.exit(bool(wrong) or share < 0.9)


def _end(number: int, _frame: object) -> None:
    """End in good order, so that the copy is removed; a second signal does not end that."""
    signal.signal(number, signal.SIG_IGN)
    sys.exit(128 + number)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mutate", description=__doc__)
    parser.add_argument("--mutations", type=int, default=150, help="how many are drawn (150)")
    parser.add_argument("--seed", type=int, default=1, help="what they are drawn by (1)")
    parser.add_argument("--skip", type=int, default=0, help="how many of them were tried before, at this very commit (0)")
    parser.add_argument(
        "--minutes", type=float, default=0, help="begin no further one after so many minutes (no limit)"
    )
    return parser.parse_args()


def _git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()


def _copy(folder: Path) -> Path:
    """The last commit in a folder of its own; nothing is ever changed in the checkout."""
    with tempfile.TemporaryFile() as archive:
        subprocess.run(["git", "archive", "HEAD"], cwd=ROOT, stdout=archive, check=True)
        archive.seek(0)
        subprocess.run(["tar", "-x", "-C", str(folder)], stdin=archive, check=True)
    # Compiled files that are known by their source: a change within one second is seen, too.
    compiling = [
        sys.executable,
        "-m",
        "compileall",
        "-q",
        "--invalidation-mode",
        "checked-hash",
        "logsyn",
        "validator",
        "expectations",
        "reports",
    ]
    subprocess.run(compiling, cwd=folder, check=True)
    return folder


def _try(copy: Path, mutation: Mutation) -> Tried:
    place, text = copy / mutation.file, mutated(ROOT, mutation)
    whole = place.read_bytes()
    try:
        place.write_text(text, encoding="utf-8")
        outcome, by = _run(copy, concerned(ROOT, mutation.file))
    finally:
        place.write_bytes(whole)
    return Tried(mutation, outcome, by)


def _run(copy: Path, tests: list[str]) -> tuple[str, str]:
    """The outcome of the tests, run until the first fails, and which one failed."""
    code, failed = _pytest(copy, ["-x", "-m", "not slow and not browser", *tests])
    if code is None:
        return "hung", ""
    return ("survived", "") if code == 0 else ("killed", failed[0] if failed else "")


def _fail_anyway(copy: Path, tests: list[str]) -> list[str]:
    """Those of the tests that fail in the unchanged copy: what they noticed is no mutation."""
    return _pytest(copy, tests)[1] if tests else []


def _pytest(copy: Path, arguments: list[str]) -> tuple[int | None, list[str]]:
    """The exit code of pytest in the copy, None when it does not end, and the tests that failed."""
    process = subprocess.Popen(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--hypothesis-seed=0", "-rfE", *arguments],
        cwd=copy, env={**os.environ, "PYTHONPATH": str(copy)}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
    )  # fmt: skip
    resource.prlimit(process.pid, resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
    try:
        said, _ = process.communicate(timeout=_SECONDS)
    except subprocess.TimeoutExpired:
        return None, []
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
    if (
        process.returncode not in {0, 1, 2}
        and process.returncode >= 0
        and "ImportError while loading conftest" not in said
    ):
        sys.exit(f"pytest did not run:\n{said}")
    ends = [
        line.split(" - ")[0].split(maxsplit=1)[1]
        for line in said.splitlines()
        if line.startswith(("FAILED ", "ERROR "))
    ]
    return (process.returncode if process.returncode >= 0 else None), ends


def _report(options: argparse.Namespace, tried: list[Tried], wrong: list[str]) -> str:
    told = Counter(one.outcome for one in tried)
    lines = [
        f"{datetime.now(UTC).date()}, commit {_git('rev-parse', '--short', 'HEAD')}, seed {options.seed}: {len(tried)} of {options.mutations} drawn mutations tried, "
        f"{told['killed']} killed, {told['hung']} hung, {told['survived']} survived.",
        *(f"- {one.mutation}" for one in tried if one.outcome == "survived"),
        *(f"Fails without any mutation: {test}" for test in wrong),
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
