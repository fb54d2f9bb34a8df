"""Of the registrations by system users nothing is told that is of few rows: each is of a citizen's case."""

import pytest

from logsyn.validator.findings.registration import withheld_of_systems
from logsyn.validator.record import LagGroup


@pytest.mark.parametrize(
    ("events", "late", "buckets", "told"),
    [
        (4, 0, [4, 0], None), (1, 1, [0, 1], None),
        (5, 0, [5, 0], (5, 0, [5, 0])), (5, 5, [0, 5], (5, 5, [0, 5])),
        (9, 4, [9, 0], (9, None, [9, 0])), (9, 5, [9, 0], (9, None, [9, 0])), (10, 5, [5, 5], (10, 5, [5, 5])),
        (9, 0, [5, 4], (9, 0, None)), (9, 0, [9, None], (9, 0, [9, None])), (9, 9, [1, 8], (9, 9, None)),
    ],
)  # fmt: skip
def test_what_is_of_few_rows_is_hidden(events, late, buckets, told):
    found = withheld_of_systems(LagGroup(events=events, late=late, buckets=buckets, median_days=1.5))
    assert (found.events, found.late, found.buckets) == (told or (None, None, None))
    assert (found.hidden, found.median_days) == ((told is None), (None if told is None else 1.5))


@pytest.mark.parametrize("events", [None, 0, 5, 6])
def test_what_is_not_known_counts_as_none(events):
    found = withheld_of_systems(LagGroup(events=events))
    assert (found.events, found.late, found.buckets, found.hidden) == (events, 0, [], False)
