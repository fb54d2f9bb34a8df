"""The simulated logs with injected errors of LLM-Event-Log-Quality (MIT): their truth stands in ``label`` and is no input."""

from __future__ import annotations

import csv
import gzip
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.accuracy.scoring import Score, failing, score

ROOT = Path(__file__).resolve().parents[2]
PLACE = "LOGSYN_LABEL_LOGS"
HINT = ":homonymous"
"""Stands in the activity of the homonymous logs and gives the answer away, so it is taken off."""


@dataclass(frozen=True)
class Task:
    """A log, the rule that is to find what is wrong with it, the best published F1, and what is known of wrong finds."""

    log: str
    rule: dict[str, Any]
    published: float | None
    remark: str = ""

    @property
    def asked(self) -> str:
        """The rule in words: the check, and parameters that are not the defaults."""
        return ", ".join(str(value) if name == "check" else f"{name}: {value}" for name, value in self.rule.items())


COLLATERAL = "by the rule that the event with the plain label is kept; wrong: three pairs of the end event within two seconds, which the simulation made itself"
FIRST = "as defined word for word, the first of each burst is kept, and so is one event of each injected burst"
ALWAYS = "wrong: the start event and the first step, or the first two of a parallel part, which the simulation always dates alike"
USUAL = "steps that share their time in nine of ten cases or more are left out; wrong (Pub): two steps of a parallel part that do so now and then"
SAME = "missed: rows whose label was not changed by the injection, or only in its digits, which makes another label by definition"
SEEN = "by its surroundings; the truth calls all events of the label homonymous"
NOT_THERE = "nothing to find: without the hint the one label that was renamed keeps its own name, so all its events mean what they meant before"
USUAL_RULE = {"check": "shared-timestamp", "usual": 0.9}
TASKS = (
    Task("Credit-Distorted", {"check": "distorted-label"}, 0.97, SAME),
    Task("Pub-Distorted", {"check": "distorted-label"}, 0.97, SAME),
    Task("Credit-Polluted", {"check": "polluted-label"}, 0.47),
    Task("Pub-Polluted", {"check": "polluted-label"}, 0.46),
    Task("Credit-Synonymous", {"check": "synonymous-label"}, 1.0),
    Task("Pub-Synonymous", {"check": "synonymous-label"}, 1.0),
    Task("Credit-Collateral", {"check": "collateral-event"}, 0.74, COLLATERAL),
    Task("Credit-Collateral", {"check": "collateral-event", "keep": "first"}, 0.74, FIRST),
    Task("Credit-Formbased", {"check": "shared-timestamp"}, 0.28, ALWAYS),
    Task("Pub-Formbased", {"check": "shared-timestamp"}, 0.43, ALWAYS),
    Task("Credit-Formbased", USUAL_RULE, 0.28, USUAL),
    Task("Pub-Formbased", USUAL_RULE, 0.43, USUAL),
    Task("Credit-Homonymous", {"check": "overloaded-label"}, None, SEEN),
    Task("Pub-Homonymous", {"check": "overloaded-label"}, None, NOT_THERE),
)  # fmt: skip


def folder() -> Path:
    """Where the logs are: the environment variable LOGSYN_LABEL_LOGS, else ../shared/real/labels beside the project."""
    return Path(os.environ.get(PLACE, ROOT.parent / "shared" / "real" / "labels"))


def path_of(task: Task) -> Path:
    """The file of a task's log."""
    return folder() / f"{task.log}.csv.gz"


def measure(task: Task) -> Score:
    """Score a task: the log without its truth is audited, and the failing rows are held against the truth."""
    with gzip.open(path_of(task), "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    faulty = {at for at, row in enumerate(rows, 1) if row["label"]}
    columns = ["Case", "Activity", "Timestamp", "Resource"]
    with tempfile.TemporaryDirectory() as scratch:
        extract = Path(scratch) / "log.csv"
        with extract.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(columns)
            writer.writerows(
                [row[name].replace(HINT, "") if name == "Activity" else row[name] for name in columns] for row in rows
            )
        (found,) = failing(extract, [task.rule]).values()
    return score(found, faulty)
