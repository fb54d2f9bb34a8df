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

from benchmarks.measure import KEY, ROOT, SETTING, WORK, extract_of

if TYPE_CHECKING:
    from pathlib import Path

# The same in both commits: what it imports and gives has been there since 0.1.0.
PHASES = """
import json, sys, time
from datetime import date
from itertools import pairwise
from pathlib import Path
from logsyn.expectations.practice import load_practice
from logsyn.expectations.source import load_source
from logsyn.expectations.suite import load_suite
from logsyn.validator.run.audit import Request, run_audit
from logsyn.validator.run.imports import import_beside
import_beside().join()
request = Request([Path(sys.argv[1])], load_source("momentum"), load_suite("base"), load_practice("jobcenter"), date(2023, 11, 30), b"k" * 32)
marks, folder = [], Path(sys.argv[2])
folder.mkdir(exist_ok=True)
run_audit(request, folder, lambda step: marks.append((step, time.process_time())))
marks.append(("end", time.process_time()))
spent = {}
for (step, begun), (_, ended) in pairwise(marks):
    phase = step if step in {"deriving", "checking", "gathering", "working out consequences", "writing"} else "reading"
    spent[phase] = spent.get(phase, 0.0) + ended - begun
print(json.dumps(spent))
"""


def worktree(commit: str) -> Path:
    """The files of a commit, beside the extracts of the benchmarks."""
    folder = WORK / f"at-{commit}"
    if not folder.exists():
        subprocess.run(["git", "worktree", "add", "--detach", str(folder), commit], cwd=ROOT, check=True)
    return folder


def audit(folder: Path, extract: Path) -> tuple[float, float, float]:
    """Wall seconds, CPU seconds and peak memory in GB of the default audit by the code of a folder."""
    program = "from logsyn.validator.commands.main import main; main()"
    options = (*SETTING, *KEY, "--fail-on", "never", "--out", str(WORK / f"report-{folder.name}"))
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", program, "audit", str(extract), *options], cwd=folder, stdout=subprocess.DEVNULL
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
