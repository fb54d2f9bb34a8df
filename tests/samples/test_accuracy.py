"""The real logs with injected errors, where they are at hand: what the checks must reach on them."""

import pytest

from benchmarks.accuracy import real
from benchmarks.accuracy.scoring import score

pytestmark = pytest.mark.slow

LEAST = {"distorted-label": 0.99, "polluted-label": 0.99, "synonymous-label": 0.95, "collateral-event": 0.95}
ASKED = [task for task in real.TASKS if set(task.rule) == {"check"} and task.rule["check"] in LEAST]
FORM_BASED = [task for task in real.TASKS if "usual" in task.rule]


@pytest.mark.parametrize("task", [*ASKED, *FORM_BASED], ids=lambda task: f"{task.log}: {task.asked}")
def test_the_targets_are_met(task):
    if not real.path_of(task).exists():
        pytest.skip(f"the log is not at hand ({real.PLACE} may say where it is)")
    assert real.measure(task).f1 >= LEAST.get(task.rule["check"], task.published)


def test_a_score_counts_rows():
    one = score({1, 2, 3}, {2, 3, 4, 5})
    assert (one.right, one.wrong, one.missed) == (2, 1, 2)
    assert (one.precision, one.recall, one.f1) == (2 / 3, 0.5, 4 / 7)
