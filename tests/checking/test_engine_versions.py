"""The oldest and the newest Great Expectations that may be installed are those that were tried."""

from importlib.metadata import version

import pytest
from packaging.requirements import Requirement

from benchmarks.engine_versions import NAME, declared, ends
from benchmarks.measure import ROOT

AVAILABLE = ["1.9.3", "1.24.0", "1.24.1", "1.25.0", "2.0.0rc1", "2.0.0", "0.18.22"]
ENDS = [
    ("x>=1.24,<2", ["1.24.0", "1.25.0"]), ("x>=1.24.1,<1.25", ["1.24.1"]), ("x", ["0.18.22", "2.0.0"]), ("x<1.10", ["0.18.22", "1.9.3"]),
]  # fmt: skip


@pytest.mark.parametrize(("allowed", "found"), ENDS)
def test_the_ends_of_a_range_are_the_oldest_and_the_newest_that_are_there(allowed, found):
    assert ends(Requirement(allowed), AVAILABLE) == found


def test_a_range_of_nothing_is_told():
    with pytest.raises(ValueError, match="no version of x>=3 is available"):
        ends(Requirement("x>=3"), AVAILABLE)


def test_both_ends_of_what_is_declared_were_tried():
    told = (ROOT / "benchmarks" / "README.md").read_text(encoding="utf-8")
    pinned = next(line for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines() if line.startswith(NAME))
    oldest = next(one.version for one in declared().specifier if one.operator == ">=")
    hint = "run make great-expectations and write into benchmarks/README.md what came of it"
    assert f"oldest allowed, {oldest}" in told, hint
    assert f"newest, {pinned.partition('==')[2]}" in told, hint
    assert declared().specifier.contains(version(NAME))
