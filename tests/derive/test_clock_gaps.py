"""Local times that do not exist are found to the second, also where clocks were put to another standard time at midnight."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from logsyn.validator.derive.zone import clock_gaps


@pytest.mark.parametrize(("zone", "year", "begin", "end"), [
    ("Europe/Copenhagen", 2023, "2023-03-26T02:00:00", "2023-03-26T03:00:00"),
    ("Europe/Copenhagen", 1894, "1894-01-01T00:00:00", "1894-01-01T00:09:40"),
    ("Asia/Kathmandu", 1986, "1986-01-01T00:00:00", "1986-01-01T00:15:00"),
    ("Europe/Copenhagen", 9998, "9998-03-29T02:00:00", "9998-03-29T03:00:00"),
])  # fmt: skip
def test_a_gap_is_where_no_moment_has_the_local_time(zone, year, begin, end):
    gap = datetime.fromisoformat(begin), datetime.fromisoformat(end)
    assert clock_gaps(zone, [year]) == [gap]
    second, tz = timedelta(seconds=1), ZoneInfo(zone)
    exist = [time.replace(tzinfo=tz).astimezone(UTC).astimezone(tz).replace(tzinfo=None) == time
             for time in (gap[0] - second, gap[0], gap[1] - second, gap[1])]  # fmt: skip
    assert exist == [True, False, False, True]


@pytest.mark.parametrize(("zone", "years"), [("UTC", [2023]), ("Europe/Copenhagen", [1, 9999]), ("Europe/Copenhagen", [])])
def test_where_clocks_are_not_changed_there_is_no_gap(zone, years):
    assert clock_gaps(zone, years) == []
