"""Values are quoted in errors as Python writes them, cut where they are long."""

import pytest

from logsyn.expectations.errors import MOST_SHOWN, shown


@pytest.mark.parametrize("long", [0, 1, 5, MOST_SHOWN, MOST_SHOWN + 17, MOST_SHOWN + 18])
def test_what_is_not_too_long_is_quoted_whole(long):
    assert shown("x" * long) == repr("x" * long)
    assert shown([int("1" * long)] if long else []) == (f"[{'1' * long}]" if long else "[]")


@pytest.mark.parametrize("long", [MOST_SHOWN + 19, MOST_SHOWN + 20, 10_000])
def test_what_is_too_long_is_cut_and_its_beginning_can_be_read(long):
    for value in ("x" * long, ["x" * long]):
        cut = shown(value)
        assert len(cut) <= MOST_SHOWN + 20
        assert cut.startswith(repr(value)[:30])
        assert cut != repr(value)
