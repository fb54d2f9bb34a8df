"""Tries one mutation in a copy of the last commit, and says what became of it."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.measure import ROOT
from benchmarks.mutate.measured import QUICK
from benchmarks.mutate.mutation import mutated
from benchmarks.mutate.order import chosen
from benchmarks.mutate.running import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.mutate.measured import Executed
    from benchmarks.mutate.mutation import Mutation

_SLOW_SECONDS = 300


@dataclass(frozen=True)
class Tried:
    """A mutation and what became of it: ``killed`` by the test ``by``, ``hung``, or ``survived``; and what was not run, since it takes too long."""

    mutation: Mutation
    outcome: str
    by: str = ""
    not_run: str = ""

    def __str__(self) -> str:
        return " ".join(
            (f"{self.outcome}: {self.mutation}", self.by, f"(not run: {self.not_run})" if self.not_run else "")
        ).strip()


def copy_of_commit(folder: Path) -> Path:
    """The last commit in a folder of its own; nothing is ever changed in the checkout."""
    folder.mkdir()
    with tempfile.TemporaryFile() as archive:
        subprocess.run(["git", "archive", "HEAD"], cwd=ROOT, stdout=archive, check=True)
        archive.seek(0)
        subprocess.run(["tar", "-x", "-C", str(folder)], stdin=archive, check=True)
    # Compiled files that are known by their source: a change within one second is seen, too.
    compiling = [sys.executable, "-m", "compileall", "-q", "--invalidation-mode", "checked-hash"]
    subprocess.run([*compiling, "logsyn", "validator", "expectations", "reports"], cwd=folder, check=True)
    return folder


def tried(copy: Path, mutation: Mutation, executed: Executed, most_seconds: float) -> Tried:
    """Put the mutation into the copy, run what can notice it until something does, and take it out again."""
    place, text = copy / mutation.file, mutated(ROOT, mutation)
    whole = place.read_bytes()
    try:
        place.write_text(text, encoding="utf-8")
        return _run(copy, mutation, executed, most_seconds)
    finally:
        place.write_bytes(whole)


def _run(copy: Path, mutation: Mutation, executed: Executed, most_seconds: float) -> Tried:
    """The quick tests that can notice it; then, if none does, the slow ones of the package."""
    quick = chosen(ROOT, mutation, executed, most_seconds)
    names = copy / "chosen.txt"
    names.write_text("\n".join(quick.tests), encoding="utf-8")
    not_run = f"{quick.left_out} quick tests" if quick.left_out else ""
    if quick.tests:
        files = list(dict.fromkeys(test.split("::")[0] for test in quick.tests))
        arguments = ["-x", "-m", QUICK, "-p", "benchmarks.mutate.chosen", *files]
        code, failed = pytest(copy, arguments, 60 + 5 * quick.seconds + 60 * len(executed.changed), CHOSEN=str(names))
        if code is None:
            return Tried(mutation, "hung", not_run=not_run)
        if code:
            return Tried(mutation, "killed", failed[0] if failed else "")
    slow = _slow_tests(copy, mutation)
    code, failed = pytest(copy, ["-x", "-m", "slow and not browser", *slow], _SLOW_SECONDS) if slow else (0, [])
    if code:
        return Tried(mutation, "killed", failed[0] if failed else "")
    if code is None:
        not_run = ", ".join(filter(None, (not_run, "some slow tests")))
    return Tried(mutation, "survived", not_run=not_run)


def _slow_tests(copy: Path, mutation: Mutation) -> list[str]:
    """The files of the package's folder that have slow tests."""
    folder = copy / "tests" / mutation.file.split("/")[1 if mutation.file.startswith("validator/") else 0]
    files = [file for file in sorted(folder.rglob("test_*.py")) if "mark.slow" in file.read_text(encoding="utf-8")]
    return [file.relative_to(copy).as_posix() for file in files]
