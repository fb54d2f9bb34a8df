"""Of which activities the lengths of periods are told, and in which order those stand whose failing ends are not: by name, so that the place tells nothing."""

import pytest

from logsyn.validator.consequence.far_ends import withheld
from logsyn.validator.disclosure.cells import Cell
from logsyn.validator.record import CaseEnds, FarEnds, Lengths

FIGURES = {"median_days": 3.0, "mean_days": 4.0, "median_days_clipped": 2.0, "mean_days_clipped": 2.5, "median_days_open": 1.0, "mean_days_open": 1.5}


def ends(*activities):
    lengths = [Lengths(activity=name, events=90 - at, failing=9, **FIGURES) for at, name in enumerate(activities)]
    return FarEnds(lengths=lengths, case_ends=[CaseEnds(reading="registered", running=9, median_duration_seconds=1.0, mean_duration_seconds=2.0)])


def cell(activity, part="rows"):
    return Cell("lengths of periods", activity, part=part)


@pytest.mark.parametrize("order", ["abcd", "dcba", "bdac"])
def test_what_is_told_stands_first_and_the_rest_by_name(order):
    visible = {cell("d"), cell("d", "failing"), cell("b"), cell("c")}
    found = withheld(ends(*order), visible, few=False).lengths
    assert [one.activity for one in found] == ["d", "b", "c", "a"]
    assert [(one.failing, one.mean_days, one.median_days, one.hidden) for one in found] == [
        (9, 4.0, 3.0, False), (None, None, 3.0, False), (None, None, 3.0, False), (None, None, None, True),
    ]  # fmt: skip


def test_an_activity_without_a_name_stands_first_of_its_kind():
    found = withheld(ends("b", None, "a"), {cell("b"), cell(None), cell("a")}, few=False).lengths
    assert [one.activity for one in found] == [None, "a", "b"]


@pytest.mark.parametrize(("few", "mean"), [(True, None), (False, 2.0)])
def test_no_mean_is_told_of_few_cases(few, mean):
    (told,) = withheld(ends(), set(), few=few).case_ends
    assert (told.mean_duration_seconds, told.median_duration_seconds) == (mean, 1.0)
