"""The time until registration is one and the same in every figure: whole calendar days where a time of day lacks, else elapsed time in whole minutes."""

from datetime import datetime, timedelta
from math import ceil

import pytest

from tests.auditing import audit_files
from tests.quantiles import shared_rank

FIRST = datetime(2023, 3, 1, 9, 0, 20)


def rows_of(kind, rows=60):
    """Times of events and of their registration, with and without a time of day; six are registered after nine days."""
    for n in range(rows):
        when = FIRST + timedelta(days=n)
        then = when + timedelta(days=9 if n % 10 == 7 else 0, minutes=40 + 7 * n, seconds=13 * (n % 3))
        yield when, then, kind == "times" or (kind == "both" and n % 3 > 0)


def minutes(when, then, by_clock):
    if not by_clock:
        return (then.date() - when.date()).days * 1440
    return ceil((then - when).total_seconds() / 60)


@pytest.mark.parametrize("kind", ["dates", "times", "both"])
def test_half_and_nine_of_ten_registrations_come_within_one_time_wherever_it_is_told(tmp_path, kind):
    rows = list(rows_of(kind))
    lines = [f"c{n // 3};x{n % 3};{when if by_clock else when.date()};{then}" for n, (when, then, by_clock) in enumerate(rows)]
    (tmp_path / "log.csv").write_text("\n".join(["case_id;activity;timestamp;registered_at", *lines]) + "\n", encoding="utf-8")
    audit = audit_files(tmp_path, [tmp_path / "log.csv"]).audit
    lags = sorted(minutes(*row) for row in rows)
    expected = [round(shared_rank(lags, share) / 1440, 4) for share in (0.5, 0.9)]
    deadlines = next(one.answerability for one in audit.verdict.questions if one.question == "deadlines")
    overall = audit.registration.lag_overall
    assert [one.as_it_is for one in deadlines.ranges] == expected == [overall.median_days, overall.p90_days]
