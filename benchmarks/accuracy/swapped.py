"""Dates with day and month swapped in logs of cases of several shapes: what ``day-month-swap`` finds of them."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.accuracy.scoring import Score, failing, score
from logsyn.expectations.source import SourceProfile
from sample_logs.generator.timing.swapped import SHAPES, log_with_swaps

if TYPE_CHECKING:
    from collections.abc import Iterator

SEEDS = range(20, 25)
SHARES = (0, 0.05, 0.1, 0.3)
DAY_FIRST = SourceProfile.model_validate({
    "source": "day-first",
    "columns": {name: name for name in ("case_id", "activity", "timestamp")},
    "timestamps": {"formats": ["%d-%m-%Y %H:%M"]},
})  # fmt: skip


def table() -> Iterator[str]:
    """The table, line by line."""
    yield from (
        "",
        "## Dates with day and month swapped",
        "",
        f"Logs of 300 cases, {len(SEEDS)} seeds for each line; a date counts when it lies outside the days of the others in its case only as it is written.",
        "",
        "| shape of the cases | swapped in | such dates | found | wrongly found |",
        "|---|---:|---:|---:|---:|",
    )
    for shape in SHAPES:
        for share in SHARES:
            scores = [_score(seed, shape, share) for seed in SEEDS]
            right, wrong, missed = (sum(getattr(one, part) for one in scores) for part in ("right", "wrong", "missed"))
            yield f"| {shape} | {share:.0%} of the cases | {right + missed} | {right} | {wrong} |"


def _score(seed: int, shape: str, share: float) -> Score:
    events, swapped = log_with_swaps(seed, shape, share)
    with tempfile.TemporaryDirectory() as folder:
        extract = Path(folder) / "log.csv"
        rows = [f"{case},a,{moment:%d-%m-%Y %H:%M}" for case, moment in events]
        extract.write_text("\n".join(["case_id,activity,timestamp", *rows]), encoding="utf-8")
        (found,) = failing(extract, [{"check": "day-month-swap"}], source=DAY_FIRST).values()
    return score(found, swapped)
