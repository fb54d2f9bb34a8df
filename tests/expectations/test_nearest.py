"""Which name is meant by one that is not there."""

import pytest

from logsyn.expectations.nearest import Names


@pytest.mark.parametrize(
    ("written", "there", "meant"),
    [
        ("Jobmaal", ["Jobsamtale", "Jobmål"], "Jobmål"),
        (" jobMÅL", ["Jobmål"], "Jobmål"),
        ("LAE265 anmodet", ["LÆ265 modtaget", "LÆ265 anmodet"], "LÆ265 anmodet"),
        ("Mo\u0308de", ["Möde"], "Möde"),
        ("Møde", [], None),
        ("", ["Møde"], None),
        ("abcdefghij", ["abcdefgxyz"], "abcdefgxyz"),  # 14 of 20 letters
        ("abcdefghijk", ["abcdefgxyz"], None),  # 14 of 21
        ("aaab", ["aaac", "aaad"], "aaac"),
        ("x" * 300, ["x" * 299, "x" * 300], "x" * 300),
        ("x" * 301, ["x" * 300], None),
        ("x" * 300, ["x" * 301], None),
    ],
)
def test_the_name_that_is_most_like_it_is_meant(written, there, meant):
    assert Names(there).nearest(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [("statsu", "status"), ("statuss", "status"), ("Statu", "status"), ("statur", "status"), ("stasu", None), ("status", "status"), ("tem", None)],
)
def test_one_letter_amiss_is_a_slip_of_the_keyboard(written, meant):
    assert Names(["team", "status"]).slip_for(written) == meant
