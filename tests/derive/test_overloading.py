"""Overloaded labels among teams: those that only work otherwise overload nothing, and a second meaning is found."""

import tracemalloc

import numpy as np
import pandas as pd
import pytest
from scipy.stats import fisher_exact

from benchmarks.accuracy.overloading import KINDS, detected, found_overloaded
from logsyn.validator.derive import overload
from logsyn.validator.derive.overload import measure_overload
from logsyn.validator.derive.strangeness import Sides, together
from sample_logs.generator.teams import log_of_teams, overloaded

SEEDS = range(1, 6)


@pytest.mark.parametrize("kind", KINDS)
def test_teams_that_work_otherwise_overload_nothing(kind):
    assert [found_overloaded(log_of_teams(seed, kind)) for seed in SEEDS] == [set()] * len(SEEDS)


@pytest.mark.parametrize(("share", "least"), [(0.05, 2), (0.1, 3), (0.3, 5), (0.5, 5)])
def test_a_second_meaning_is_found_where_teams_work_alike(share, least):
    right, of, others = detected("alike", share, SEEDS)
    assert of == len(SEEDS)
    assert right >= least
    assert others == 0


def test_a_second_meaning_is_found_where_processes_differ():
    right, of, others = detected("own", 0.3, SEEDS)
    assert (of, others) == (len(SEEDS), 0)
    assert right >= 4


@pytest.mark.parametrize(
    ("before", "behind", "both"), [(9, 9, 9), (40, 50, 20), (40, 50, 28), (40, 50, 10), (100, 16, 16), (3, 4, 1)]
)
def test_whether_sides_belong_together_is_fishers_exact_test(before, behind, both):
    events = 100
    strange_before = np.arange(events) < before
    strange_behind = (np.arange(events) >= before - both) & (np.arange(events) < before - both + behind)
    sides = Sides(*(flags[np.newaxis] for flags in (strange_before, strange_behind, strange_before & strange_behind)))
    table = [[both, before - both], [behind - both, events - before - behind + both]]
    expected = fisher_exact(table, alternative="greater").pvalue
    told = together(np.zeros(events, dtype=int), sides)
    assert told.p_value == pytest.approx(expected)
    assert told.part == pytest.approx(max(0, 1 - before * behind / events / both))


def test_free_text_takes_no_memory_and_carries_no_second_meaning():
    rng = np.random.default_rng(5)
    events = 20_000
    labels = np.array([f"note {number}" for number in range(5_000)] + ["Møde", "Brev"])
    chosen = labels[
        np.where(rng.random(events) < 0.5, rng.integers(5_000, 5_002, events), rng.integers(0, 5_000, events))
    ]
    contexts = pd.DataFrame({"activity": chosen, "previous": np.roll(chosen, 1), "next": np.roll(chosen, -1)})
    contexts["team"] = rng.choice([f"team {number}" for number in range(20)], events)
    contexts["events"] = 1
    tracemalloc.start()
    measured = measure_overload(contexts.sort_values(list(contexts.columns)), [])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert {one.activity for one in measured} == {"Møde", "Brev"}
    assert not any(one.p_value < 0.01 and one.excess_bits > one.outlier_limit_bits for one in measured)
    assert all(0 <= one.p_value <= 1 for one in measured)
    assert peak < 500e6


def test_the_labels_that_stand_out_are_those_of_dealing_all_out_most_often(monkeypatch):
    made = [overloaded(log_of_teams(seed, kind), seed, 0.3) for seed in SEEDS for kind in ("alike", "own")]
    logs = [log for log, _ in made]
    found = [found_overloaded(log) for log in logs]
    monkeypatch.setattr(overload, "FIRST_DEALS", overload.DEALS)
    assert found == [found_overloaded(log) for log in logs]
    assert sum(map(len, found)) >= 5


def test_the_first_of_the_names_is_told_from_those_that_are_one_name_together(monkeypatch):
    monkeypatch.setattr(overload, "MOST_NEIGHBOURS", 2)
    rows = [("X", "Nord", "A", "A", 40), *(("X", "Syd", f"C{at}", f"C{at}", 1) for at in range(40))]
    rows += [("Y", team, "B", "B", 40) for team in ("Nord", "Syd")]
    contexts = pd.DataFrame(rows, columns=["activity", "team", "previous", "next", "events"])
    measured = measure_overload(contexts.sort_values(["activity", "team", "previous", "next"]), [])
    assert {one.activity: one.excess_bits for one in measured} == {"X": 1.0, "Y": 0.0}
