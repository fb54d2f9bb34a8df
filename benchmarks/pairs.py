"""``make pairs``: the default audit of an earlier commit and of this one, in turn on the same extract, with the phase that took the difference.

``python -m benchmarks.pairs COMMIT [--events N] [--times N]``
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.commits import program, worktree
from benchmarks.measure import KEY, ROOT, SETTING, WORK, extract_of

if TYPE_CHECKING:
    from pathlib import Path

# Before there was a progress, stages were told by their words, and nothing of it had the name logsyn.
PHASES = """
import json, sys, time
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
request = Request([Path(sys.argv[1])], load_source("momentum"), load_suite("base"), load_practice("jobcenter"), date(2023, 11, 30), b"k" * 32)
marks, folder = [], Path(sys.argv[2])
folder.mkdir(exist_ok=True)
tell = lambda step: marks.append((step.stage if told else step, time.process_time()))
run_audit(request, folder, Progress(tell) if told else tell)
marks.append(("end", time.process_time()))
spent = {}
for (step, begun), (_, ended) in pairwise(marks):
    phase = step if step in {"deriving", "checking", "gathering", "working out consequences", "writing"} else "reading"
    spent[phase] = spent.get(phase, 0.0) + ended - begun
print(json.dumps(spent))
"""


def audit(folder: Path, extract: Path) -> tuple[float, float, float]:
    """Wall seconds, CPU seconds and peak memory in GB of the default audit by the code of a folder."""
    options = (*SETTING, *KEY, "--fail-on", "never", "--out", str(WORK / f"report-{folder.name}"))
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", program(folder), "audit", str(extract), *options], cwd=folder, stdout=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"the audit in {folder} ended with {process.returncode}")
    return time.perf_counter() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024 / 1e9


def phases(folder: Path, extract: Path) -> dict[str, float]:
    """CPU seconds of each phase of the default audit, imports and pages apart."""
    command = [sys.executable, "-c", PHASES, str(extract), str(WORK / "phases")]
    told = subprocess.run(command, cwd=folder, check=True, stdout=subprocess.PIPE, text=True).stdout
    return dict(json.loads(told))


def main() -> None:
    """Measure, and print the medians and what each phase took."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pairs", description=__doc__)
    parser.add_argument("commit", help="what this one is measured against")
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=5)
    options = parser.parse_args()
    extract, both = extract_of(options.events).resolve(), (worktree(options.commit), ROOT)
    rounds = [[audit(folder, extract) for folder in both] for _ in range(options.times + 1)][1:]  # the first warms up
    for at, what in enumerate(("seconds", "CPU seconds", "GB at the peak")):
        before, now = (median(one[which][at] for one in rounds) for which in (0, 1))
        ratio = median(one[1][at] / one[0][at] for one in rounds)
        print(f"{what}: {before:.2f} before, {now:.2f} now; pair by pair {ratio:.3f} times")
    before, now = (phases(folder, extract) for folder in both)
    for phase, spent in now.items():
        print(f"  {phase}: {before.get(phase, 0.0):.2f} CPU s before, {spent:.2f} now")


if __name__ == "__main__":
    main()
