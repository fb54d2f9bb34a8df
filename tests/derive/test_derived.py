"""Derived facts against independent judges: zoneinfo, python-stdnum, and plain counting."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import duckdb
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.dk import cpr
from stdnum.exceptions import ValidationError

from logsyn.validator.derive.cpr import create_cpr_numbers
from logsyn.validator.derive.overload import measure_overload
from logsyn.validator.derive.zone import offset_macro

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


@pytest.mark.parametrize("zone", ["Europe/Copenhagen", "America/Nuuk", "UTC", "Australia/Lord_Howe"])
@settings(deadline=None, max_examples=30)
@given(moments=st.lists(st.datetimes(datetime(2015, 1, 1), datetime(2029, 12, 31)), min_size=1, max_size=50))
def test_offsets_are_those_of_the_zone(zone, moments):
    con = duckdb.connect()
    con.execute(offset_macro(zone, list(range(2015, 2030))))
    got = [con.execute("SELECT utc_offset_seconds(?::TIMESTAMP)", [moment]).fetchone()[0] for moment in moments]
    assert got == [moment.replace(tzinfo=ZoneInfo(zone), fold=0).utcoffset().total_seconds() for moment in moments]


def test_every_hour_around_the_changes_of_2023():
    con = duckdb.connect()
    con.execute(offset_macro("Europe/Copenhagen", [2023]))
    for start in (datetime(2023, 3, 25, 22), datetime(2023, 10, 28, 22)):
        for quarter in range(40):
            moment = start + timedelta(minutes=15 * quarter)
            got = con.execute("SELECT utc_offset_seconds(?::TIMESTAMP)", [moment]).fetchone()[0]
            assert got == moment.replace(tzinfo=COPENHAGEN).utcoffset().total_seconds()


def stdnum_date(digits):
    try:
        return cpr.get_birth_date(digits) is not None
    except ValidationError:
        return False


@settings(deadline=None, max_examples=20)
@given(st.lists(st.from_regex(r"[0-6][0-9][01][0-9]{7}", fullmatch=True), min_size=1, max_size=200))
def test_cpr_numbers_are_those_of_stdnum(numbers):
    con = duckdb.connect()
    con.execute("CREATE TABLE rows AS SELECT text, row_id::INTEGER AS row_id FROM unnest(?::VARCHAR[]) WITH ORDINALITY AS texts(text, row_id)", [numbers])
    create_cpr_numbers(con, ["text"])
    found = {row for (row,) in con.execute("SELECT row_id FROM cpr_numbers").fetchall()}
    expected = {at for at, number in enumerate(numbers, 1) if number[:2] <= "60" and stdnum_date(number)}
    assert {row for row in found if numbers[row - 1][:2] <= "60"} == expected


def contexts(use):
    rows = [
        (activity, team, at, at + 10, count)
        for (activity, team), counts in use.items()
        for at, count in enumerate(counts)
        if count
    ]
    return pd.DataFrame(rows, columns=["activity", "team", "previous", "next", "events"]).sort_values(
        ["activity", "team", "previous", "next"]
    )


def test_a_label_that_one_team_uses_otherwise_stands_out():
    alike = {(label, team): [50, 30, 10, 10] for label in "abcdefg" for team in ("X", "Y")}
    measured = measure_overload(contexts({**alike, ("z", "X"): [100, 0, 0, 0], ("z", "Y"): [0, 0, 50, 50]}), [])
    standing_out = [
        label.activity for label in measured if label.p_value < 0.01 and label.excess_bits > label.outlier_limit_bits
    ]
    assert standing_out == ["z"]
    assert next(label for label in measured if label.activity == "z").excess_bits == pytest.approx(1, abs=0.02)


def test_teams_that_differ_in_everything_overload_nothing():
    use = {
        (label, team): ([40, 30, 20, 10] if team == "X" else [10, 20, 30, 40])
        for label in "abcdefgh"
        for team in ("X", "Y")
    }
    measured = measure_overload(contexts(use), [])
    assert all(label.yardstick_bits > 0.1 for label in measured)
    assert [label.activity for label in measured if label.excess_bits > label.outlier_limit_bits] == []
