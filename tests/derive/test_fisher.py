"""Fisher's exact test against SciPy's, and where floats end."""

from fractions import Fraction
from math import comb

import pytest
from scipy.stats import fisher_exact

from logsyn.validator.derive.fisher import as_many_together


@pytest.mark.parametrize(
    ("events", "one", "other", "both"),
    [(10, 4, 5, 3), (20, 10, 10, 10), (30, 12, 9, 0), (500, 60, 40, 25), (8, 8, 3, 3), (9, 0, 4, 0), (1, 1, 1, 1)],
)
def test_it_is_the_upper_tail_of_the_hypergeometric_distribution(events, one, other, both):
    table = [[both, one - both], [other - both, events - one - other + both]]
    expected = fisher_exact(table, alternative="greater").pvalue
    assert float(as_many_together(events, one, other, both)) == pytest.approx(expected, rel=1e-9)


def test_what_is_too_small_for_a_float_is_not_nothing():
    by_chance = as_many_together(2000, 1000, 1000, 1000)
    assert by_chance == Fraction(1, comb(2000, 1000))
    assert by_chance * comb(2000, 1000) == 1
