"""Spans of time: what each unit is in seconds, and how long one can be."""

import pytest

from logsyn.expectations.span import span_seconds

HOUR = 60 * 60
DAY = 24 * HOUR


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("1s", 1),
        ("1min", 60),
        ("1h", HOUR),
        ("1d", DAY),
        ("1w", 7 * DAY),
        ("2 w", 14 * DAY),
        ("1.5h", 1.5 * HOUR),
        (" 10d ", 10 * DAY),
        (2, 2 * DAY),
        (0.5, DAY / 2),
        (0, 0),
        ("36500d", 36_500 * DAY),
    ],
)
def test_a_span_is_so_many_seconds(written, seconds):
    assert span_seconds(written) == seconds


@pytest.mark.parametrize("written", ["36500.01d", "5215w", 36_500.1, 1e30])
def test_a_span_of_more_than_a_hundred_years_is_refused(written):
    with pytest.raises(ValueError, match="longer than a span can be"):
        span_seconds(written)


@pytest.mark.parametrize("written", ["1", "w", "1 month", "-1d", -1, True, "1,5h", "\u0661d", None, ""])
def test_what_is_no_span_is_refused_with_examples(written):
    with pytest.raises(ValueError, match="15min, 2h, 7d"):
        span_seconds(written)
