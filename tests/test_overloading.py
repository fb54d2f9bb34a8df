"""Overloaded labels among teams: those that only work otherwise overload nothing, and a second meaning is found."""

import pytest

from benchmarks.accuracy.injected import detected, found_overloaded
from sample_logs.generator.teams import KINDS, log_of_teams

SEEDS = range(1, 6)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "skipped"])
def test_teams_that_work_otherwise_overload_nothing(kind):
    assert [found_overloaded(log_of_teams(seed, kind)) for seed in SEEDS] == [set()] * len(SEEDS)


@pytest.mark.parametrize("kind", ["alike", "inserted", "swapped"])
def test_a_second_meaning_in_a_third_of_the_events_of_a_team_is_found(kind):
    right, of, others = detected(kind, 0.3, SEEDS)
    assert of > 0
    assert right >= of - 1
    assert others <= 1
