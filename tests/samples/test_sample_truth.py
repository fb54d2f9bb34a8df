"""The truth beside the sample says what the definitions of the checks say, judged apart from the generator."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from random import Random

import pytest
from judged_apart import LOG_CHECKS, ROW_CHECKS, judge, lateness, read, read_truth
from stdnum.dk import cpr

from sample_logs.generator.defects.identity import invented_number
from sample_logs.generator.logs import write_momentum

CHECKS = (*ROW_CHECKS, *LOG_CHECKS, "rejected")


@pytest.mark.parametrize("check", CHECKS)
def test_the_lines_that_fail_a_check_are_the_lines_of_the_truth(check, judged, truth):
    assert sorted(judged[check]) == sorted(truth[check])
    assert len(truth[check]) >= 3


def test_the_truth_names_no_other_defect_and_none_twice(truth):
    assert set(truth) == set(CHECKS)
    assert all(count == 1 for lines in truth.values() for count in Counter(lines).values())


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_truth_holds_for_other_seeds_and_sizes(seed, tmp_path):
    write_momentum(tmp_path, cases=40 * seed, seed=seed)
    rows, rejected = read(tmp_path / "momentum.csv")
    judged = judge(rows) | {"rejected": rejected}
    truth = read_truth(tmp_path / "momentum.truth.csv")
    assert {check: sorted(lines) for check, lines in judged.items()} == {
        check: sorted(truth[check]) for check in CHECKS
    }


@pytest.mark.parametrize(("days", "minutes"), [(1, -1), (1, 0), (1, 1), (2, -1), (2, 0), (2, 1)])
def test_registrations_lie_on_and_around_the_limit(days, minutes, momentum):
    assert timedelta(days=days, minutes=minutes) in {lateness(row) for row in momentum[0]}


@pytest.mark.parametrize("text", ["320199-1234", "12345678901", "290201-1234", "S-2022-000123"])
def test_there_are_numbers_that_only_look_like_cpr_numbers(text, momentum):
    assert any(text in row.cells["Bemærkning"] for row in momentum[0])


def test_a_case_is_called_na_and_is_a_case(momentum):
    assert sum(row.text("SagsID") == "NA" for row in momentum[0]) >= 3


def test_planned_talks_lie_ahead_of_registration_and_audit_without_being_wrong(momentum, truth):
    planned = [row for row in momentum[0] if row.cells["Aktivitet"] == "Planlagt samtale"]
    lines = {row.line for row in planned}
    assert any(row.moment("Starttidspunkt").year == 2024 or row.moment("Starttidspunkt").month == 12 for row in planned)
    assert not lines & set(truth["future-timestamp"] + truth["registered-before-event"])


def test_invented_numbers_can_belong_to_nobody():
    for number in {invented_number(Random(seed)) for seed in range(200)}:
        assert cpr.get_birth_date(number).year < 2007
        assert (
            sum(int(digit) * weight for digit, weight in zip(number, (4, 3, 2, 7, 6, 5, 4, 3, 2, 1), strict=True)) % 11
        )
