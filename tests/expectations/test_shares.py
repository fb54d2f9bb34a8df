"""What a check takes as a share is one: at most the whole."""

import pytest

from logsyn.expectations.errors import DeclarationError
from logsyn.expectations.suite import load_suite

SHARES = [
    ("free-text-label", "share"), ("infrequent-order", "share"), ("mixed-precision", "share"), ("overloaded-label", "share"),
    ("registration-rhythm", "min_difference"), ("shared-timestamp", "usual"),
]  # fmt: skip


@pytest.mark.parametrize(("check", "parameter"), SHARES)
def test_a_share_is_at_most_the_whole(tmp_path, check, parameter):
    suite = tmp_path / "suite.yaml"
    for value, taken in ((0.5, True), (1, True), (1.01, False), (2, False)):
        suite.write_text(f"suite: s\nrules: [{{check: {check}, {parameter}: {value}}}]\n", encoding="utf-8")
        if taken:
            assert len(load_suite(str(suite)).rules) == 1
        else:
            with pytest.raises(DeclarationError):
                load_suite(str(suite))
