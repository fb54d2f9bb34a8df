"""A mean that a few far values decide is known as one."""

import pytest

from logsyn.validator.record.means import is_ruled


@pytest.mark.parametrize(
    ("mean", "median", "ruled"),
    [
        (44.9 * 365.25, 115.7, True),
        (28.5, 5.3, False),
        (1.4, 1, False),
        (1157.1, 115.7, True),
        (1156.9, 115.7, False),
        (9, 0, False),
        (11, 0, True),
        (-300, 2, True),
        (None, 5, False),
        (5, None, False),
    ],
)
def test_a_mean_that_a_few_values_decide_is_known(mean, median, ruled):
    assert is_ruled(mean, median) is ruled
