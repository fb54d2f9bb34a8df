"""Whole runs over thousands of drawn extracts: ``python -m tests.whole_runs.fuzz --help``; ``make fuzz`` runs it.

The seed is printed; with it the same extracts are drawn again. A run that fails is kept in a folder with its extract, its declarations and
``why.txt``, and the others go on.
"""

from __future__ import annotations

import argparse
import collections
import random
import shutil
import sys
import tempfile
import time
import traceback
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil
from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.whole_runs.drawn import LATER, Drawn, scene_runs, wild_runs
from tests.whole_runs.runners import as_command, in_process
from tests.whole_runs.steps import run_all

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLE = Path(__file__).parents[2] / "sample_logs" / "clean.csv"
TOLD_EVERY = 50
MEGABYTE = 2**20


def tell(text: str) -> None:
    """Tell how far it is, at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


@dataclass
class Tally:
    """What was run. ``ran``: by command how often; ``memory``: resident MB after every fifty runs; ``failed``: folders."""

    done: int = 0
    ran: collections.Counter[str] = field(default_factory=collections.Counter)
    memory: list[int] = field(default_factory=list)
    failed: list[Path] = field(default_factory=list)


def other_report(folder: Path, run: Callable[..., Any]) -> Path:
    """The report of a clean log, with which others are compared."""
    done = run(["audit", str(SAMPLE), "--as-of", "2023-11-30", "--out", str(folder / "other")], folder)
    assert done.code == 0, done.stderr
    return folder / "other"


def fuzz(number: int, start: int, run: Callable[..., Any], kept: Path, every: tuple[str, ...] | None = None) -> Tally:
    """Draw ``number`` runs from the seed ``start`` and run them; what fails is kept in ``kept``."""
    tally = Tally()
    work = Path(tempfile.mkdtemp(prefix="logsyn-fuzz-"))
    other = other_report(work, run)

    try:
        for at in range(number):
            _run(draw(start + at, every), work / "run", run, other, tally, kept)
    finally:
        shutil.rmtree(work)
    return tally


def draw(start: int, every: tuple[str, ...] | None) -> Drawn:
    """One run, an even seed of a known outcome, an odd one of any; each from a seed of its own, so that no two are variations of each other and any of them can be drawn again alone."""
    drawn: list[Drawn] = []

    @settings(
        max_examples=2, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
    )
    @seed(start)
    @given((scene_runs, wild_runs)[start % 2](every=every))
    def take(one: Drawn) -> None:
        drawn.append(one)

    take()
    return drawn[-1]  # the first one is the simplest, whatever the seed


def _run(drawn: Drawn, folder: Path, run: Callable[..., Any], other: Path, tally: Tally, kept: Path) -> None:
    folder.mkdir()
    try:
        run_all(drawn, folder, run, other)
    except (Exception, SystemExit) as fault:  # noqa: BLE001 - whatever goes wrong is what is looked for
        place = kept / f"{tally.done:05}"
        shutil.copytree(folder, place, dirs_exist_ok=True)
        why = "".join(traceback.format_exception(fault))
        (place / "why.txt").write_text(
            f"{drawn.about}\nas of {drawn.as_of}, {drawn.lang}, then {', '.join(drawn.later)} ({drawn.target})\n\n{why}",
            encoding="utf-8",
            errors="backslashreplace",
        )
        tally.failed.append(place)
        tell(f"failed: {place}: {str(fault)[-300:]!r}")
    finally:
        shutil.rmtree(folder)
    tally.done += 1
    tally.ran.update(["audit", *drawn.later])
    if tally.done % TOLD_EVERY == 0:
        tally.memory.append(psutil.Process().memory_info().rss // MEGABYTE)
        tell(f"{tally.done} runs, {len(tally.failed)} failed, {tally.memory[-1]} MB")


def main() -> int:
    """The command line: exit code 1 when a run has failed."""
    parser = argparse.ArgumentParser(description="Whole runs over drawn extracts.")
    parser.add_argument("--extracts", type=int, default=2000, help="runs in one process (2000)")
    parser.add_argument(
        "--commands", type=int, default=40, help="runs as commands, each with all that can follow an audit (40)"
    )
    parser.add_argument("--seed", type=int, default=None, help="what is drawn; another one every time unless given")
    parser.add_argument("--keep", type=Path, default=Path("fuzz-failed"), help="where runs that fail are kept")
    asked = parser.parse_args()
    start = random.SystemRandom().randrange(10**6) if asked.seed is None else asked.seed
    failed = 0
    for name, number, run, every in (
        ("in one process", asked.extracts, in_process, None),
        ("as commands", asked.commands, as_command, LATER),
    ):
        if not number:
            continue
        tell(f"{number} extracts {name}, seed {start}")
        began = time.perf_counter()
        tally = fuzz(number, start, run, asked.keep / name.replace(" ", "-"), every)
        seconds = time.perf_counter() - began
        commands = ", ".join(f"{command} {count}" for command, count in tally.ran.items())
        tell(
            f"{tally.done} {name} in {seconds:.0f} s ({seconds / max(tally.done, 1):.2f} s each): {commands}; failed: {len(tally.failed)}; resident MB: {tally.memory}"
        )
        failed += len(tally.failed)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
