"""The project's own logs: the sample with its truth, faulty labels of forms that no check was tuned on, and overloading."""

from __future__ import annotations

import csv
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pandas as pd

from benchmarks.accuracy.scoring import Score, failing, score
from logsyn.expectations.practice import load_practice
from logsyn.validator.derive.rhythms import create_rhythms
from sample_logs.generator.names import (
    ADDITIONS,
    ALTERNATIVES,
    SECOND_NAMES,
    Named,
    with_a_name_of_its_own,
    with_additions,
    with_alternatives,
    with_second_names,
    with_slips,
)
from sample_logs.generator.rhythm import GATHERS, Slot, registrations
from sample_logs.generator.timing.injected import RULES, injected_log

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SAMPLES = Path(__file__).resolve().parents[2] / "sample_logs"
OF_GROUPS = ("a word more", "team behind a dash")
"""Forms that are a name only where a team or a time has it to itself; the second says itself that it is one."""


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


    for form, by in ((form, by) for form in OF_GROUPS for by in ("team", "time")):
        where = "of one team" if by == "team" else "from a day on"
        yield (
            "synonymous-label",
            f"{form}, {where}",
            _over(seeds, "synonymous-label", lambda seed, form=form, by=by: with_a_name_of_its_own(seed, form, by)),
        )


def alternative_scores(seeds: Sequence[int]) -> Iterator[tuple[tuple[str, str], int, int]]:
    """Two outcomes of one step, in how many events they are over all seeds, and how many of those are called synonyms."""
    for label, both in ALTERNATIVES.items():
        logs = [with_alternatives(seed, label) for seed in seeds]
        events = sum(event.activity in both for log in logs for event in log)
        yield both, events, sum(score_names(log, "synonymous-label").wrong for log in logs)


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


def rhythms_in(frame: pd.DataFrame) -> set[tuple[str, str]]:
    """The teams and slots that ``registration-rhythm`` would find with its default."""
    clocks = {
        f"{prefix}_has_time_of_day": frame[column] != frame[column].dt.normalize()
        for prefix, column in (("timestamp", "timestamp"), ("registered", "registered_at"))
    }
    with duckdb.connect() as connection:
        connection.register("frame", frame.assign(resource=pd.Series(None, index=frame.index, dtype="string"), **clocks))
        connection.execute("CREATE TABLE event_facts AS FROM frame; CREATE TABLE system_resources (resource VARCHAR)")
        create_rhythms(connection, registered=True, wanted=True)
        found = connection.execute(
            "SELECT team, concentrated_on FROM registration_rhythms WHERE difference >= 0.25 AND p_value < 0.01"
        )
        return set(found.fetchall())


def without_rhythm(teams: int, seeds: Sequence[int]) -> int:
    """In how many logs of teams with ordinary habits one is found nevertheless."""
    return sum(bool(rhythms_in(registrations(seed, teams))) for seed in seeds)


def with_rhythm(teams: int, slot: Slot, share: float, seeds: Sequence[int]) -> tuple[int, int]:
    """In how many logs the team that gathers its registrations is found, and how much else with it."""
    name = "friday" if slot[0] == "weekday" else f"{slot[1]:02}:00-{slot[1]:02}:59"
    found = [rhythms_in(registrations(seed, teams, slot, share)) for seed in seeds]
    return sum((GATHERS, name) in one for one in found), sum(len(one - {(GATHERS, name)}) for one in found)


__all__ = ["name_scores", "sample_scores", "score_names", "with_rhythm", "without_rhythm"]
