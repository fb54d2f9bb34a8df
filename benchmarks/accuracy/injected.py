"""The project's own logs: the sample with its truth, faulty labels of forms that no check was tuned on, and overloading."""

from __future__ import annotations

import csv
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.accuracy.scoring import Score, failing, score
from logsyn.expectations.practice import load_practice
from sample_logs.generator.names import ADDITIONS, SECOND_NAMES, Named, with_additions, with_second_names, with_slips
from sample_logs.generator.timing.injected import RULES, injected_log

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SAMPLES = Path(__file__).resolve().parents[2] / "sample_logs"


def sample_scores() -> dict[str, Score]:
    """Each check with a truth on sample_logs/momentum.csv, by the lines of the file."""
    truth: dict[str, set[int]] = defaultdict(set)
    with (SAMPLES / "momentum.truth.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter=";"):
            truth[row["defect"]].add(int(row["line"]))
    found = failing(SAMPLES / "momentum.csv", "base", by="line", source=None, practice=load_practice("jobcenter"))
    found["missing-value"] = found.pop("missing-team")
    return {check: score(found[check], lines) for check, lines in sorted(truth.items()) if check in found}


def timing_scores(seed: int) -> dict[str, Score]:
    """Each check of times, registrations and values on a log with end times, instances and employees, by line."""
    with tempfile.TemporaryDirectory() as folder:
        log = injected_log(Path(folder), seed)
        rules = [dict(rule) for rule in RULES]
        found = failing(log.path, rules, by="line", source=log.profile, practice=log.practice)
    return {check: score(found[check], lines) for check, lines in sorted(log.truth.items())}


def name_scores(seeds: Sequence[int]) -> Iterator[tuple[str, str, Score]]:
    """Check, form of the fault, and score over all seeds."""
    yield "distorted-label", "slips of the keyboard", _over(seeds, "distorted-label", with_slips)
    for form in ADDITIONS:
        yield "polluted-label", form, _over(seeds, "polluted-label", lambda seed, form=form: with_additions(seed, form))
    for form in SECOND_NAMES:
        yield (
            "synonymous-label",
            form,
            _over(seeds, "synonymous-label", lambda seed, form=form: with_second_names(seed, form)),
        )


def _over(seeds: Sequence[int], check: str, log_of: object) -> Score:
    scores = [score_names(log_of(seed), check) for seed in seeds]  # type: ignore[operator]
    return Score(*(sum(getattr(one, part) for one in scores) for part in ("right", "wrong", "missed")))


def score_names(log: list[Named], check: str) -> Score:
    """Score a check of labels on a log of which the faulty rows are known."""
    with tempfile.TemporaryDirectory() as scratch:
        extract = Path(scratch) / "log.csv"
        with extract.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["case_id", "activity", "timestamp", "team"])
            writer.writerows(event[:4] for event in log)
        (found,) = failing(extract, [{"check": check}]).values()
    return score(found, {at for at, event in enumerate(log, 1) if event.is_faulty})


__all__ = ["name_scores", "sample_scores", "score_names"]
