"""One audit with the seconds of each of its phases, Great Expectations being imported already.

``python -m benchmarks.audit_phases EXTRACT FOLDER``
"""

from __future__ import annotations

import sys
import time
from datetime import date
from itertools import pairwise
from pathlib import Path

from benchmarks.measure import tell
from logsyn.expectations.practice import load_practice
from logsyn.expectations.source import load_source
from logsyn.expectations.suite import load_suite
from logsyn.validator.checking import great_expectations
from logsyn.validator.progress import Progress
from logsyn.validator.request import Request
from logsyn.validator.run.audit import run_audit


def main() -> None:
    """Audit, and tell the rows that fail each rule and the seconds by phase."""
    great_expectations.load()
    practice, source = load_practice("jobcenter"), load_source("momentum")
    request = Request(
        [Path(sys.argv[1])], source, load_suite("base"), practice, date(2023, 11, 30), None, consequence=False
    )
    marks: list[tuple[str, float]] = []
    folder = Path(sys.argv[2])
    folder.mkdir(exist_ok=True)
    audit = run_audit(request, folder, Progress(lambda step: marks.append((step.stage, time.perf_counter()))))
    marks.append(("end", time.perf_counter()))
    seconds: dict[str, float] = {}
    for (step, begun), (_, ended) in pairwise(marks):
        seconds[step] = seconds.get(step, 0.0) + ended - begun
    failed = {one.rule: one.rows_affected or one.failed for one in audit.findings}
    tell({"failed": failed, "seconds": seconds})


if __name__ == "__main__":
    main()
