"""What each test executes and how long it takes, measured once for the code of a commit and kept in ``build/mutate``."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from benchmarks.measure import ROOT
from benchmarks.mutate.running import pytest

QUICK = "not slow and not browser"
_KEPT = ROOT / "build" / "mutate"


@dataclass(frozen=True)
class Executed:
    """Test → CPU seconds (those of the tracer included), and file → line → tests.

    ``shared``: test → what is made for it and others together (a fixture, a kept answer, the import of its file), ``costs``: the seconds of that.
    ``changed``: files of tests written or changed since.
    """

    seconds: dict[str, float]
    lines: dict[str, dict[int, list[str]]]
    shared: dict[str, list[str]] = field(default_factory=dict)
    costs: dict[str, float] = field(default_factory=dict)
    changed: tuple[str, ...] = ()

    def tests(self, places: set[tuple[str, int]]) -> list[str]:
        """The tests that execute one of the lines, the quickest first."""
        found = {test for file, line in places for test in self.lines.get(file, {}).get(line, ())}
        return sorted(found, key=lambda test: (self.seconds[test], test))


def measured(copy: Path) -> Executed:
    """What the quick tests of the last commit execute; measured in ``copy`` unless it was for the same code.

    Tests that have changed since are told: what they execute is not known.
    """
    trees = [_git("rev-parse", f"HEAD:{package}") for package in ("validator", "expectations", "reports")]
    kept = _KEPT / f"{sha256(' '.join(trees).encode()).hexdigest()[:16]}.json"
    if not kept.exists():
        told = {"commit": _git("rev-parse", "HEAD"), **_measure(copy)}
        _KEPT.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(told), encoding="utf-8")
    told = json.loads(kept.read_text(encoding="utf-8"))
    since = _git("diff", "--name-only", "--diff-filter=d", told["commit"], "HEAD", "--", "tests").splitlines()
    tests, broken = list(told["seconds"]), set(told["failed"])
    lines = {
        file: {int(line): [tests[at] for at in numbers if tests[at] not in broken] for line, numbers in by_line.items()}
        for file, by_line in told["lines"].items()
    }
    seconds = {test: told["seconds"][test] for test in tests if test not in broken}
    changed = tuple(file for file in since if file.rpartition("/")[2].startswith("test_") and file.endswith(".py"))
    return Executed(seconds, lines, told["shared"], told["costs"], changed)


def _measure(copy: Path) -> dict[str, Any]:
    """Run the quick tests, two side by side, each writing down what it executes. Those that fail, also when nobody measures, can notice nothing."""
    with tempfile.TemporaryDirectory() as folder:
        run = [sys.executable, "-m", "pytest", "-p", "benchmarks.mutate.executed", "-p", "no:cacheprovider", "-q", "--tb=no", "-n", "2", "-m", QUICK]  # fmt: skip
        code = subprocess.run(
            run, cwd=copy, env={**os.environ, "PYTHONPATH": str(copy), "EXECUTED": folder}, check=False
        ).returncode
        if code not in {0, 1}:
            sys.exit(f"the tests could not be measured: pytest ended with {code}")
        told = together([json.loads(path.read_text(encoding="utf-8")) for path in sorted(Path(folder).glob("*.json"))])
    return {**told, "failed": pytest(copy, told["failed"], 3600)[1] if told["failed"] else []}


def together(parts: list[dict[str, Any]]) -> dict[str, Any]:
    """What several workers wrote down, as one."""
    seconds: dict[str, float] = {}
    shared: dict[str, list[str]] = {}
    costs: dict[str, float] = {}
    lines: dict[str, dict[str, list[int]]] = {}
    for part in parts:
        first = len(seconds)
        seconds |= part["seconds"]
        shared |= part["shared"]
        costs |= {name: max(cost, costs.get(name, 0)) for name, cost in part["costs"].items()}
        for file, by_line in part["lines"].items():
            for line, numbers in by_line.items():
                lines.setdefault(file, {}).setdefault(line, []).extend(first + number for number in numbers)
    failed = [test for part in parts for test in part["failed"]]
    return {"seconds": seconds, "lines": lines, "failed": failed, "shared": shared, "costs": costs}


def _git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
