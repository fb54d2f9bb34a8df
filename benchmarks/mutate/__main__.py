"""Draws mutations, runs the tests that can notice each, and says which nobody noticed: ``python -m benchmarks.mutate --help``."""

from __future__ import annotations

import argparse
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from queue import Queue

from benchmarks.measure import ROOT
from benchmarks.mutate.measured import Executed, measured
from benchmarks.mutate.mutation import Mutation, all_mutations, draw
from benchmarks.mutate.running import end_all, pytest
from benchmarks.mutate.trial import Tried, copy_of_commit, tried

_SIDE_BY_SIDE = 2


def main() -> None:
    """Draw, try, and print what is written down in ``benchmarks/README.md``."""
    options = _options()
    if _git("status", "--porcelain", "--untracked-files=no"):
        sys.exit("commit first: what is mutated is a copy of the last commit, and your changes are not in it")
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _end)
    drawn = draw(all_mutations(ROOT), options.mutations, options.seed)
    with tempfile.TemporaryDirectory(prefix="logsyn-mutants-") as folder:
        copies = [copy_of_commit(Path(folder) / str(number)) for number in range(_SIDE_BY_SIDE)]
        told = _all(copies, _asked(drawn, options), measured(copies[0]), options)
        wrong = _fail_anyway(copies[0], sorted({one.by for one in told if one.by}))
        end_all()
    print(_report(options, told, wrong))
    share = sum(one.outcome != "survived" for one in told) / max(len(told), 1)
    sys.exit(bool(wrong) or share < 0.9)


def _end(number: int, _frame: object) -> None:
    """End in good order, so that the copies are removed; a second signal does not end that."""
    signal.signal(number, signal.SIG_IGN)
    end_all()
    sys.exit(128 + number)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mutate", description=__doc__)
    parser.add_argument("--mutations", type=int, default=150, help="how many are drawn (150)")
    parser.add_argument("--seed", type=int, default=1, help="what they are drawn by (1)")
    parser.add_argument("--skip", type=int, default=0, help="how many of them were tried before, at this code (0)")
    parser.add_argument("--only", type=int, nargs="+", help="numbers of those drawn, from 1: only these are tried")
    parser.add_argument("--seconds", type=float, default=120, help="of quick tests for a mutation, at most (120)")
    parser.add_argument(
        "--minutes", type=float, default=0, help="begin no further one after so many minutes (no limit)"
    )
    return parser.parse_args()


def _asked(drawn: list[Mutation], options: argparse.Namespace) -> list[tuple[int, Mutation]]:
    """The mutations that are tried, each with its number among those drawn."""
    numbered = list(enumerate(drawn, 1))[options.skip :]
    return [one for one in numbered if options.only is None or one[0] in options.only]


def _all(
    copies: list[Path], drawn: list[tuple[int, Mutation]], executed: Executed, options: argparse.Namespace
) -> list[Tried]:
    """Try each, as many side by side as there are copies; what nobody began in time is left out."""
    begun, free = time.monotonic(), Queue[Path]()
    for copy in copies:
        free.put(copy)

    def one(numbered: tuple[int, Mutation]) -> Tried | None:
        if options.minutes and time.monotonic() - begun > options.minutes * 60:
            return None
        copy = free.get()
        try:
            told = tried(copy, numbered[1], executed, options.seconds)
        finally:
            free.put(copy)
        print(numbered[0], told, file=sys.stderr, flush=True)
        return told

    pool = ThreadPoolExecutor(len(copies))
    try:
        return [told for told in pool.map(one, drawn) if told]
    finally:
        pool.shutdown(cancel_futures=True)


def _git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()


def _fail_anyway(copy: Path, tests: list[str]) -> list[str]:
    """Those of the tests that fail in the unchanged copy: what they noticed is no mutation."""
    return pytest(copy, tests, 3600)[1] if tests else []


def _report(options: argparse.Namespace, told: list[Tried], wrong: list[str]) -> str:
    outcomes = Counter(one.outcome for one in told)
    lines = [
        f"{datetime.now(UTC).date()}, commit {_git('rev-parse', '--short', 'HEAD')}, seed {options.seed}: {len(told)} of {options.mutations} drawn mutations tried, "
        f"{outcomes['killed']} killed, {outcomes['hung']} hung, {outcomes['survived']} survived.",
        *(f"- {one}" for one in told if one.outcome != "killed"),
        *(
            f"Fails without any mutation: {test}, which killed {[str(one.mutation) for one in told if one.by == test]}"
            for test in wrong
        ),
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
