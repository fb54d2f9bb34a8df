"""The clean log has nothing wrong with it, with a practice or without."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from judged_apart import LOG_CHECKS, ROW_CHECKS, SAMPLES, judge, lateness, read

ALWAYS_FILLED = (
    "SagsID", "Aktivitet", "Starttidspunkt", "Oprettet", "Team", "Sagsbehandler", "DataSource", "Status", "Målgruppe",
)  # fmt: skip


@pytest.fixture(scope="module")
def clean():
    return read(SAMPLES / "clean.csv", "utf-8-sig")


def test_no_row_fails_a_check(clean):
    judged = judge(clean[0])
    assert set(judged) == {*ROW_CHECKS, *LOG_CHECKS}
    assert {check: lines for check, lines in judged.items() if lines} == {}


def test_it_is_large_enough_and_every_record_is_whole(clean):
    rows, rejected = clean
    assert len(rows) > 1000
    assert rejected == []
    assert (SAMPLES / "clean.csv").read_bytes().startswith(b"\xef\xbb\xbfSagsID;")


@pytest.mark.parametrize("column", ALWAYS_FILLED)
def test_no_value_is_missing(column, clean):
    assert all(row.text(column) for row in clean[0])


def test_nothing_is_registered_ahead_or_after_a_day_whatever_the_practice(clean):
    assert all(timedelta() <= lateness(row) <= timedelta(days=1) for row in clean[0])


def test_no_week_is_without_events_and_no_end_is_far_without_a_practice(clean):
    moments = sorted(row.moment("Starttidspunkt") for row in clean[0])
    assert max(later - earlier for earlier, later in pairwise(moments)) < timedelta(days=7)
    ends = [row.day("Slutdato") - row.day("Starttidspunkt") for row in clean[0] if row.day("Slutdato")]
    assert timedelta() < min(ends) <= max(ends) < timedelta(days=730)


def test_no_label_has_two_meanings(clean):
    assert "Samtale (anden)" not in {row.cells["Aktivitet"] for row in clean[0]}
