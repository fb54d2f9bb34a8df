"""Severities have one order, the gravest first."""

import pytest

from logsyn.expectations.severity import SEVERITIES, at_or_above, gravity


def test_the_gravest_comes_first():
    assert sorted(["info", "critical", "warning"], key=gravity) == ["critical", "warning", "info"]


@pytest.mark.parametrize(("severity", "graver"), [("critical", 1), ("warning", 2), ("info", 3)])
def test_a_severity_and_all_that_are_graver(severity, graver):
    assert at_or_above(severity) == SEVERITIES[:graver]
