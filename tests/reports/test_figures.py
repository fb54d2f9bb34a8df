"""Numbers, shares, days and dates are written as people write them, and no share is rounded into a lie."""

# ruff: noqa: RUF001 (what has no figure is shown as a dash)

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logsyn.reports.wording import Wording

DA, EN = Wording("da"), Wording("en")


@pytest.mark.parametrize(
    ("part", "whole", "da", "en"),
    [
        (1, 8, "12,5 %", "12.5%"),
        (0, 8, "0 %", "0%"),
        (8, 8, "100 %", "100%"),
        (1, 96_088, "<0,1 %", "<0.1%"),
        (4_009, 4_010, ">99,9 %", ">99.9%"),
        (1, 10**17, "<0,1 %", "<0.1%"),
        (10**17 - 1, 10**17, ">99,9 %", ">99.9%"),
        (999, 1000, "99,9 %", "99.9%"),
        (1, 4, "25 %", "25%"),
        (1, 3, "33,3 %", "33.3%"),
        (2, 3, "66,7 %", "66.7%"),
        (1, 0, "–", "–"),
        (None, 8, "–", "–"),
    ],
)
def test_share(part, whole, da, en):
    assert DA.share(part, whole).replace("\u00a0", " ") == da
    assert EN.share(part, whole) == en


@pytest.mark.parametrize(
    ("ratio", "told"),
    [(0, "0%"), (1, "100%"), (0.0009, "<0.1%"), (0.001, "0.1%"), (0.999, "99.9%"), (0.9991, ">99.9%"), (0.29, "29%"), (2 / 7, "28.6%"), (1.5, "150%"), (-0.25, "-25%"), (None, "–")],
)  # fmt: skip
def test_a_ratio_is_0_or_100_per_cent_only_where_it_is(ratio, told):
    assert EN.percent(ratio) == told


@pytest.mark.parametrize(("value", "told"), [(10**15 - 1, "999,999,999,999,999"), (10**15, "1E15"), (-(10**15), "-1E15"), (1.25e18, "1.25E18"), (-(10**15) + 1, "-999,999,999,999,999")])
def test_a_number_that_nobody_counts_is_a_power_of_ten(value, told):
    assert EN.number(value) == told


@pytest.mark.parametrize(
    ("text", "da", "en"),
    [("2023-04", "april 2023", "April 2023"), ("2023-Q2", "2. kvartal 2023", "2nd quarter 2023"), ("2023-Q4", "4. kvartal 2023", "4th quarter 2023"), ("2023-Q5", "2023-Q5", "2023-Q5"),
     ("-Q2", "-Q2", "-Q2"), ("2023", "2023", "2023"), ("2023-13", "2023-13", "2023-13"), ("0001-Q1", "1. kvartal 1", "1st quarter 1")],
)  # fmt: skip
def test_months_and_quarters_have_their_names_and_other_texts_stay(text, da, en):
    assert (DA.month(text), EN.month(text)) == (da, en)


@pytest.mark.parametrize("ratio", [0.9999, 0.00001, 0.95])
def test_required_share_keeps_all_its_decimals(ratio):
    assert float(EN.required(ratio).rstrip("%")) / 100 == pytest.approx(ratio, abs=1e-12)


@pytest.mark.parametrize(
    ("days", "da", "en"),
    [
        (0, "samme dag", "the same day"),
        (1, "1 dag", "1 day"),
        (1.0, "1 dag", "1 day"),
        (2, "2 dage", "2 days"),
        (6.5, "6,5 dage", "6.5 days"),
        (0.25, "6 timer", "6 hours"),
        (1 / 24, "1 time", "1 hour"),
        (0.001, "under en time", "under an hour"),
        (-1, "1 dag før", "1 day before"),
        (999.9, "999,9 dage", "999.9 days"),
        (1000, "2,7 år", "2.7 years"),
        (27_759, "76 år", "76 years"),
        (None, "–", "–"),
    ],
)
def test_days_in_words(days, da, en):
    assert (DA.days(days), EN.days(days)) == (da, en)


@pytest.mark.parametrize(
    ("hours", "da", "en"),
    [
        (0, "samme dag", "the same day"),
        (1 / 60, "inden for en time", "within an hour"),
        (1, "inden for en time", "within an hour"),
        (1 + 1 / 60, "inden for 2 timer", "within 2 hours"),
        (17.4, "inden for 18 timer", "within 18 hours"),
        (24, "inden for 1 dag", "within 1 day"),
        (48, "inden for 2 dage", "within 2 days"),
        (9 * 24 + 3.2, "inden for 9 dage 4 timer", "within 9 days 4 hours"),
        (10 * 24 + 1, "inden for 11 dage", "within 11 days"),
        (240, "inden for 10 dage", "within 10 days"),
        (999 * 24, "inden for 999 dage", "within 999 days"),
        (999 * 24 + 1, "inden for 2,8 år", "within 2.8 years"),  # 2.7 years would be 986 days
        (1000 * 24, "inden for 2,8 år", "within 2.8 years"),
        (1200.1 * 24, "inden for 3,3 år", "within 3.3 years"),
        (-30 * 24, "30 dage før", "30 days before"),
        (None, "–", "–"),
    ],
)
def test_within_what_something_was_done_is_rounded_up(hours, da, en):
    days = None if hours is None else round(hours / 24, 4)
    assert (DA.within(days), EN.within(days)) == (da, en)


@pytest.mark.parametrize(
    ("days", "da", "en"),
    [
        (-0.01, "14 minutter før", "14 minutes before"),
        (1 / 1440, "1 minut", "1 minute"),
        (0, "samme dag", "the same day"),
        (0.25, "6 timer", "6 hours"),
        (9.18, "9 dage 4 timer", "9 days 4 hours"),
        (-682.75, "683 dage før", "683 days before"),
        (21, "21 dage", "21 days"),
        (-44.9 * 365.25, "44,9 år før", "44.9 years before"),
        (None, "–", "–"),
    ],
)
def test_a_lag_is_told_as_people_tell_time(days, da, en):
    assert (DA.lag(days), EN.lag(days)) == (da, en)


@given(st.floats(0, 40_000, allow_nan=False))
def test_within_never_says_less_than_it_was(days):
    told = EN.within(days)
    units = {"hour": 1, "day": 24, "year": 24 * 365.25}
    said = sum(float(n.replace(",", "")) * units[unit] for n, unit in re.findall(r"([\d.,]+) (hour|day|year)", told))
    assert days == 0 or "within an hour" in told or said >= days * 24 - 0.01
    assert said <= max(days * 24 * 1.04 + 24, 2)


@pytest.mark.parametrize(
    ("text", "da", "en"),
    [
        ("2023-11-08", "8. nov. 2023", "8 Nov 2023"),
        ("2023-03-01T09:05:00", "1. mar. 2023 09.05", "1 Mar 2023 09:05"),
        ("2023-03-01T09:05:07", "1. mar. 2023 09.05.07", "1 Mar 2023 09:05:07"),
        ("9999-12-31", "31. dec. 9999", "31 Dec 9999"),
        ("31/02/22", "31/02/22", "31/02/22"),
        (None, "–", "–"),
    ],
)
def test_moments(text, da, en):
    assert (DA.moment(text), EN.moment(text)) == (da, en)


def test_day_in_danish_form():
    assert DA.day("2023-11-08") == "8. november 2023"
    assert EN.day("2023-11-08T15:00:00") == "8 November 2023"


@pytest.mark.parametrize(
    ("count", "da", "en"),
    [
        (0, "ingen sager", "no cases"),
        (1, "1 sag", "1 case"),
        (2, "2 sager", "2 cases"),
        (1234, "1.234 sager", "1,234 cases"),
    ],
)
def test_cases_are_counted_in_words(count, da, en):
    assert (DA.cases(count), EN.cases(count)) == (da, en)


@pytest.mark.parametrize(
    ("value", "da"), [(1234567, "1.234.567"), (0.618, "0,62"), (0.001, "<0,01"), (0, "0"), (13.0, "13"), (None, "–")]
)
def test_numbers(value, da):
    assert DA.number(value) == da


@pytest.mark.parametrize(
    ("words", "da"), [([], ""), (["a"], "a"), (["a", "b"], "a og b"), (["a", "b", "c"], "a, b og c")]
)
def test_lists(words, da):
    assert DA.listed(words) == da


@pytest.mark.parametrize("huge", [10**400, -(10**400), float("inf"), float("nan"), 1e308])
def test_a_figure_beyond_all_that_can_be_written_breaks_no_page(huge):
    told = [DA.number(huge), DA.percent(huge), DA.days(huge), DA.seconds(huge)]
    assert [one for one in told if one != "–" and "E" not in one] == []


@pytest.mark.parametrize(
    ("text", "shown"), [("31. juni", "31. juni"), ("2023-13-01", "2023-13-01"), ("", "–"), (None, "–")]
)
@pytest.mark.parametrize("wording", [DA, EN], ids=["da", "en"])
def test_what_is_no_date_is_shown_as_it_is_and_nothing_as_a_dash(wording, text, shown):
    assert (wording.day(text), wording.moment(text)) == (shown, shown)


@pytest.mark.parametrize(
    ("value", "digits", "da", "en"),
    [
        (0, 2, "0", "0"), (0.005, 2, "<0,01", "<0.01"), (0.0051, 2, "0,01", "0.01"), (0.004, 2, "<0,01", "<0.01"), (-0.003, 2, ">-0,01", ">-0.01"),
        (0.05, 1, "<0,1", "<0.1"), (0.04, 1, "<0,1", "<0.1"), (0.06, 1, "0,1", "0.1"), (2.96, 1, "3", "3"), (1234.56, 1, "1.234,6", "1,234.6"),
    ],
)  # fmt: skip
def test_a_number_is_0_only_where_it_is_0(value, digits, da, en):
    assert (DA.number(value, digits), EN.number(value, digits)) == (da, en)


@pytest.mark.parametrize(
    ("text", "days", "span"),
    [
        ("15..31", ("15 til 31 dage", "15 to 31 days"), ("15 til 31", "15 to 31")), ("3650..", ("3.650 dage eller mere", "3,650 days or more"), ("3.650 eller mere", "3,650 or more")),
        ("..0", ("under 0 dage", "less than 0 days"), ("under 0", "less than 0")), ("-7..0", ("-7 til 0 dage", "-7 to 0 days"), ("-7 til 0", "-7 to 0")), ("..", ("..", ".."), ("..", "..")),
        ("..-31", ("under -31 dage", "less than -31 days"), ("under -31", "less than -31")), ("1.5..2", ("1.5..2",) * 2, ("1.5..2",) * 2), ("friday", ("friday",) * 2, ("friday",) * 2),
    ],
)  # fmt: skip
def test_a_class_of_a_span_is_told_with_its_ends(text, days, span):
    assert (DA.days_class(text), EN.days_class(text)) == days
    assert (DA.span_class(text), EN.span_class(text)) == span


@pytest.mark.parametrize(
    ("days", "working", "da", "en"),
    [
        (None, 0, "samme arbejdsdag", "the same working day"), (3, 1, "1 arbejdsdag", "1 working day"), (None, 3, "3 arbejdsdage", "3 working days"), (None, 0.5, "0,5 arbejdsdage", "0.5 working days"),
        (0, None, "samme dag", "the same day"), (1, None, "1 dag", "1 day"), (None, None, "forskelligt", "varies"),
    ],
)  # fmt: skip
def test_what_is_agreed_in_days_or_working_days(days, working, da, en):
    assert (DA.agreed(days, working), EN.agreed(days, working)) == (da, en)


@pytest.mark.parametrize(("seconds", "told"), [(0, "no time at all"), (3600, "1 hour"), (86_400, "1 day"), (43_200, "12 hours"), (129_600, "1.5 days"), (60, "under an hour"), (None, "–"), (float("inf"), "–")])
def test_seconds_are_told_in_days_or_hours(seconds, told):
    assert EN.seconds(seconds) == told


@pytest.mark.parametrize(
    ("days", "told"),
    [(29.5 / 1440, "30 minutes"), (59.4 / 1440, "59 minutes"), (59.6 / 1440, "1 hour"), (0.2 / 1440, "under an hour"), (1.02, "1 day"), (1.03, "1 day 1 hour"), (9.99, "10 days"), (10.4, "10 days"),
     (10.6, "11 days"), (999, "999 days"), (1096, "3 years"), (-1 / 1440, "1 minute before")],
)  # fmt: skip
def test_a_lag_is_rounded_to_what_people_say(days, told):
    assert EN.lag(days) == told
