"""A limit that is exactly met is met, whatever its decimals; told by whole numbers alone."""

import pytest

from logsyn.expectations.judgement import QuestionLimits, Thresholds
from logsyn.expectations.limit import exceeds, reaches

WHOLES = (100, 300, 700, 1000, 10_000_000)


@pytest.mark.parametrize("hundredths", [(first, first + 9) for first in range(1, 100, 9)])
def test_so_many_hundredths_are_reached_by_so_many_and_exceeded_by_one_more(hundredths):
    for n in range(*hundredths):
        for whole in WHOLES:
            met, share = n * whole // 100, float(f"0.{n:02}")
            assert [reaches(part, whole, share) for part in (met - 1, met, met + 1)] == [False, True, True], (n, whole)
            assert [exceeds(part, whole, share) for part in (met - 1, met, met + 1)] == [False, False, True], (n, whole)


def test_of_nothing_there_is_no_share():
    assert (reaches(0, 0, 0.0), exceeds(0, 0, 0.0)) == (False, False)


@pytest.mark.parametrize(("whole", "parts"), [(100, (7, 14, 28, 55, 56)), (300, (21, 42, 51, 84, 102, 217)), (1000, (7, 35, 70, 581))])
def test_the_answer_falls_and_a_rule_counts_from_the_very_case_that_meets_the_limit(whole, parts):
    for part in parts:
        share = part / whole
        limits, terms = QuestionLimits(great_from=share), Thresholds(unusable_from=share)
        assert [limits.answer(cases, whole) for cases in (part - 1, part)] == ["can_be_answered", "great_reservations"]
        assert [terms.effect(failed, whole) for failed in (part - 1, part)] == ["nothing", "unusable"]
