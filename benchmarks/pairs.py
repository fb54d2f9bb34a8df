"""``make pairs``: the default audit of an earlier commit and of this one, in turn on the same extract, with the phase that took the difference.

``python -m benchmarks.pairs COMMIT [--events N] [--times N]``
"""

from __future__ import annotations

import argparse
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.commits import program, worktree
from benchmarks.measure import FIGURES, ROOT, SETTING, WORK, extract_of, run

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.measure import Run

# Before there was a progress, stages were told by their words, and nothing of it had the name logsyn. An audit took a key of pseudonyms for long.
PHASES = """
import inspect, json, os, sys, time
from datetime import date
from itertools import pairwise
from pathlib import Path
told = Path("validator/progress.py").exists()
if told:
    from logsyn.expectations.practice import load_practice
    from logsyn.expectations.source import load_source
    from logsyn.expectations.suite import load_suite
    from logsyn.validator.checking.great_expectations import load
    from logsyn.validator.progress import Progress
    from logsyn.validator.request import Request
    from logsyn.validator.run.audit import run_audit
    load()
else:
    from expectations.practice import load_practice
    from expectations.source import load_source
    from expectations.suite import load_suite
    from validator.audit import Request, run_audit
    from validator.imports import import_beside
    import_beside().join()
key = {"pseudonym_key": b"k" * 32} if "pseudonym_key" in inspect.signature(Request).parameters else {}
request = Request([Path(sys.argv[1])], load_source("momentum"), load_suite("base"), load_practice("jobcenter"), date(2023, 11, 30), **key)
marks, folder = [], Path(sys.argv[2])
folder.mkdir(exist_ok=True)
tell = lambda step: marks.append((step.stage if told else step, time.process_time()))
run_audit(request, folder, Progress(tell) if told else tell)
marks.append(("end", time.process_time()))
spent = {}
for (step, begun), (_, ended) in pairwise(marks):
    phase = step if step in {"deriving", "checking", "gathering", "working out consequences", "writing"} else "reading"
    spent[phase] = spent.get(phase, 0.0) + ended - begun
Path(os.environ[sys.argv[3]]).write_text(json.dumps(spent))
"""


def audit(folder: Path, extract: Path) -> Run:
    """The default audit by the code of a folder."""
    options = (*SETTING, "--fail-on", "never", "--out", str(WORK / f"report-{folder.name}"))
    return run("-c", program(folder), "audit", str(extract), *options, folder=folder)


def phases(folder: Path, extract: Path) -> dict[str, float]:
    """CPU seconds of each phase of the default audit by the code of a folder, imports and pages apart."""
    return run("-c", PHASES, str(extract), str(WORK / "phases"), FIGURES, folder=folder).told


def main() -> None:
    """Measure, and print the medians and what each phase took."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pairs", description=__doc__)
    parser.add_argument("commit", help="what this one is measured against")
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=5)
    options = parser.parse_args()
    extract, both = extract_of(options.events).resolve(), (worktree(options.commit), ROOT)
    rounds = [[audit(folder, extract) for folder in both] for _ in range(options.times + 1)][1:]  # the first warms up
    for what, figure in (("seconds", "seconds"), ("CPU seconds", "cpu_seconds"), ("GB at the peak", "peak_gb")):
        before, now = ([getattr(one, figure) for one in of_one] for of_one in zip(*rounds, strict=True))
        ratio = median(after / earlier for earlier, after in zip(before, now, strict=True))
        print(f"{what}: {median(before):.2f} before, {median(now):.2f} now; pair by pair {ratio:.3f} times", flush=True)
    spent = [[phases(folder, extract) for folder in both] for _ in range(options.times)]
    for phase in spent[0][1]:
        before, now = ([one.get(phase, 0.0) for one in of_one] for of_one in zip(*spent, strict=True))
        print(f"  {phase}: {median(before):.2f} CPU s before, {median(now):.2f} now")


if __name__ == "__main__":
    main()
