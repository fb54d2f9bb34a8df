"""The geometry of a distribution: each segment begins where the one before ends."""

import pytest

from logsyn.reports.charts import classes, distribution
from logsyn.reports.names import LAGS
from logsyn.reports.wording import Wording


@pytest.mark.parametrize(
    ("counts", "segments"),
    [
        ([1, 0, 3], [(0, "0.000%", "25.000%"), (2, "25.000%", "75.000%")]),
        ([0, 5], [(1, "0.000%", "100.000%")]),
        ([1, 1, 1], [(0, "0.000%", "33.333%"), (1, "33.333%", "33.333%"), (2, "66.667%", "33.333%")]),
    ],
)
def test_each_segment_begins_where_the_one_before_ends(counts, segments):
    bar = distribution(counts, LAGS, Wording("en"))
    assert [(one.fill, one.offset, one.width) for one in bar.segments] == segments


def test_nothing_counted_is_no_bar_and_classes_without_events_have_no_length():
    assert distribution([0, 0], LAGS, Wording("en")) is None
    assert [(one.fill, one.count, one.length) for one in classes([0, 0], LAGS, Wording("en"))] == [
        (0, "0", "0.000%"),
        (1, "0", "0.000%"),
    ]
