"""What no report may show: small groups, case ids, CPR numbers, free text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.findings.model import Group
from validator.findings.pseudonyms import pseudonym, shape
from validator.findings.small_groups import SMALL, protect
from validator.personal.masking import masked

GROUPS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)).map(sorted), max_size=8)


def hidden(groups):
    return protect([Group(key=str(at), checked=checked, failed=failed) for at, (failed, checked) in enumerate(groups)])


@given(GROUPS)
def test_no_small_figure_is_shown(counts):
    for group in hidden(counts):
        assert group.checked is None or group.checked == 0 or group.checked >= SMALL
        assert group.failed is None or group.failed == 0 or group.failed >= SMALL


@given(GROUPS)
def test_a_hidden_figure_cannot_be_computed_from_the_total(counts):
    shown = hidden(counts)
    for figure, at in (("failed", 0), ("checked", 1)):
        missing = [count[at] for group, count in zip(shown, counts, strict=True) if getattr(group, figure) is None]
        others_not_zero = [count[at] for count in counts if count[at]]
        assert len(missing) != 1 or len(others_not_zero) <= 1


def test_large_groups_are_shown_as_they_are():
    groups = [Group(key="a", checked=100, failed=50), Group(key="b", checked=70, failed=0)]
    assert protect(groups) == groups


def test_a_pseudonym_is_stable_and_needs_the_key():
    assert pseudonym("S-1", b"k") == pseudonym("S-1", b"k")
    assert pseudonym("S-1", b"k") != pseudonym("S-1", b"other")
    assert "S-1" not in pseudonym("S-1", b"k")


@pytest.mark.parametrize("text", ["010180-1234", "ring 0101801234!", "a010180-1234b"])
def test_cpr_numbers_are_masked(text):
    assert "0180" not in masked(text)


def test_a_shape_keeps_no_letter():
    assert shape("Ærø den 31. februar") == "xxx xxx 31. xxxxxxx"
