"""Times: given formats, formats found, the order of day and month, zones, precision, and what is no time."""

from __future__ import annotations

from datetime import datetime

import pytest

from logsyn.expectations.source import SourceProfile, Timestamps
from tests.reading.conftest import read_bytes


def read(*texts: str, formats=(), zone="Europe/Copenhagen", **more):
    profile = SourceProfile(source="x", timestamps=Timestamps(formats=list(formats), timezone=zone, **more))
    rows = "".join(f'1;a;"{text}"\n' for text in texts)
    return read_bytes(f"case;activity;timestamp\n{rows}".encode(), profile)


def time(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "form", "expected", "precision"),
    [
        ("2023-02-01", "%Y-%m-%d", "2023-02-01", 1),
        ("2023-02-01 09:05", "%Y-%m-%d %H:%M", "2023-02-01 09:05", 2),
        ("2023-02-01T09:05:06", "%Y-%m-%dT%H:%M:%S", "2023-02-01 09:05:06", 3),
        ("2023-02-01T09:05:06.5", "%Y-%m-%dT%H:%M:%S.%f", "2023-02-01 09:05:06.500", 4),
        ("2023-02-01 09:05:06,123", "%Y-%m-%d %H:%M:%S,%f", "2023-02-01 09:05:06.123", 4),
        ("2023-02-01T09:05:06.1234567", "%Y-%m-%dT%H:%M:%S.%f", "2023-02-01 09:05:06.123456", 4),
        ("2023-02-01T09:05:06.123456789Z", "%Y-%m-%dT%H:%M:%S.%f%z", "2023-02-01 10:05:06.123456", 4),
        ("9999-12-31T09:05:06.1234567", "%Y-%m-%dT%H:%M:%S.%f", "9999-12-31 09:05:06.123456", 4),
        ("2023-02-01T09:05:06Z", "%Y-%m-%dT%H:%M:%S%z", "2023-02-01 10:05:06", 3),
        ("2023-07-01T09:05:06Z", "%Y-%m-%dT%H:%M:%S%z", "2023-07-01 11:05:06", 3),
        ("2023-07-01T09:05+02:00", "%Y-%m-%dT%H:%M%z", "2023-07-01 09:05", 2),
        ("2023-07-01 09:05:06.25 +0000", "%Y-%m-%d %H:%M:%S.%f %z", "2023-07-01 11:05:06.250", 4),
        ("2023/02/01", "%Y/%m/%d", "2023-02-01", 1),
        ("20230201", "%Y%m%d", "2023-02-01", 1),
        ("20230201T090506", "%Y%m%dT%H%M%S", "2023-02-01 09:05:06", 3),
        ("13-02-2023", "%d-%m-%Y", "2023-02-13", 1),
        ("13.2.2023 9:05", "%d.%m.%Y %H:%M", "2023-02-13 09:05", 2),
        ("13.02.2023 kl. 09.05", "%d.%m.%Y kl. %H.%M", "2023-02-13 09:05", 2),
        ("2/13/2023 9:05", "%m/%d/%Y %H:%M", "2023-02-13 09:05", 2),
        ("02/13/2023 09:05 PM", "%m/%d/%Y %I:%M %p", "2023-02-13 21:05", 2),
        ("13-02-23", "%d-%m-%y", "2023-02-13", 1),
        (" 2023-02-01 ", "%Y-%m-%d", "2023-02-01", 1),
    ],
)
def test_formats_are_found(text, form, expected, precision):
    found = read(text)
    assert found.rows("timestamp, timestamp_text, timestamp_precision") == [(time(expected), None, precision)]
    assert found.column("timestamp").formats == {form: 1}


@pytest.mark.parametrize("text", ["0001-01-01", "1753-01-01", "1900-01-01", "2099-12-31", "9999-12-31", "0999-01-01"])
def test_all_years_are_kept(text):
    assert read(text).values("timestamp") == [time(text)]
    assert read(f"{text[8:]}-{text[5:7]}-{text[:4]}", formats=["%d-%m-%Y"]).values("timestamp") == [time(text)]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("31-02-2023", "%d-%m-%Y"),
        ("29-02-2023", "%d-%m-%Y"),
        ("01-02-23", "%d-%m-%Y"),
        ("01-02-23  ", "%d-%m-%Y"),
        ("01-02-2023x", "%d-%m-%Y"),
        ("01-02-2023 10:05:30", "%d-%m-%Y %H:%M"),
        ("01-02-2023 24:00", "%d-%m-%Y %H:%M"),
        ("2023112", "%Y%m%d"),
        ("infinity", "%d-%m-%y"),
        ("infinity", "%Y%m%d"),
        ("epoch", "%H:%M"),
        ("-infinity", "%Y-%m-%d"),
        ("now", "%Y-%m-%d"),
        ("i går", "%Y-%m-%d"),
    ],
)
def test_what_is_no_time_keeps_its_text(text, form):
    found = read("01-01-2023", text, formats=[form])
    assert found.rows("timestamp, timestamp_text, timestamp_precision")[1] == (None, text, None)
    assert found.column("timestamp").unparseable == 1 + (form != "%d-%m-%Y")


def test_given_formats_are_tried_in_order_and_counted():
    forms = ["%d-%m-%Y %H:%M", "%d-%m-%Y %H:%M:%S", "%Y-%m-%d %H:%M", "%d-%m-%Y"]
    found = read(
        "01-02-2023 10:05", "1-2-2023 9:05:33", "2023-02-01 10:05", "1-2-2023", "01-02-2023 11:05", formats=forms
    )
    assert found.column("timestamp").formats == dict(zip(forms, [2, 1, 1, 1], strict=True))
    assert found.values("timestamp_precision") == [2, 3, 2, 1, 2]
    assert found.values("timestamp")[1] == time("2023-02-01 09:05:33")
    assert found.column("timestamp").day_month == "given"


def test_a_column_may_have_formats_of_its_own():
    profile = SourceProfile(
        source="x", timestamps=Timestamps(formats=["%d-%m-%Y"], columns={"planned_end": ["%m-%d-%Y"]})
    )
    found = read_bytes(b"case;activity;timestamp;planned_end\n1;a;01-02-2023;01-02-2023\n", profile)
    assert found.rows("timestamp, planned_end") == [(time("2023-02-01"), time("2023-01-02"))]


def test_nanoseconds_are_cut_and_all_years_stay():
    form = "%Y-%m-%d %H:%M:%S.%n"
    found = read("9999-12-31 10:05:06.123456789", "2023-02-01 10:05:06.5", formats=[form])
    assert [moment.microsecond for moment in found.values("timestamp")] == [123_456, 500_000]
    assert found.column("timestamp").formats == {form: 2}


@pytest.mark.parametrize(
    ("last", "first", "decided"),
    [
        ("13-02-2023", "2023-02-01", "evidence"),
        ("02-13-2023", "2023-01-02", "evidence"),
        ("01-02-2023", "2023-02-01", "undecidable"),
    ],
)
def test_one_date_far_down_decides_the_order(last, first, decided):
    found = read(*["01-02-2023"] * 25_000, last)
    assert found.values("timestamp")[0] == time(first)
    assert found.column("timestamp").day_month == decided
    assert found.column("timestamp").unparseable == 0
    assert any("nothing tells" in remark.en for remark in found.reading.remarks) == (decided == "undecidable")


def test_evidence_for_both_orders_is_said_and_the_commoner_one_wins():
    found = read("13-02-2023", "14-02-2023", "02-13-2023", "01-02-2023")
    assert found.values("timestamp") == [time(day) for day in ("2023-02-13", "2023-02-14", "2023-02-13", "2023-02-01")]
    assert found.column("timestamp").formats == {"%d-%m-%Y": 3, "%m-%d-%Y": 1}
    assert found.column("timestamp").day_month == "undecidable"
    assert "2 dates can only be read day first and 1 only month first" in found.reading.remarks[-1].en


def test_each_separator_has_its_own_order():
    found = read("13-02-2023", "01-02-2023", "02/13/2023", "01/02/2023")
    assert found.values("timestamp")[1::2] == [time("2023-02-01"), time("2023-01-02")]
    assert found.column("timestamp").day_month == "evidence"


def test_a_form_that_stands_only_far_down_is_found():
    found = read(*["2023-02-01 10:00"] * 21_000, "13.02.2023", "2023-02-01T10:00:00Z")
    assert found.values("timestamp")[-2:] == [time("2023-02-13"), time("2023-02-01 11:00")]
    assert found.column("timestamp").formats["%Y-%m-%d %H:%M"] == 21_000


def test_offsets_follow_summer_time():
    found = read(
        "2023-03-26T00:59:00Z",
        "2023-03-26T01:00:00Z",
        "2023-10-29T00:30:00Z",
        "2023-10-29T01:30:00Z",
        "2023-10-29T02:30:00+01:00",
    )
    hours = [moment.strftime("%H:%M") for moment in found.values("timestamp")]
    assert hours == ["01:59", "03:00", "02:30", "02:30", "02:30"]


def test_an_offset_does_not_push_a_time_out_of_the_calendar():
    found = read("9999-12-31T23:30:00Z", "2023-01-01T00:00:00Z")
    assert found.values("timestamp")[0].year == 9999
    assert found.column("timestamp").unparseable == 0


def test_another_zone():
    assert read("2023-07-01T09:00:00Z", zone="America/New_York").values("timestamp") == [time("2023-07-01 05:00")]


def test_a_detected_profile_whose_formats_read_nothing_gives_way_to_the_data():
    found = read_bytes(b"SagsID;Aktivitet;Starttidspunkt;Oprettet\n1;a;2023-02-01T10:00:00;01-02-2023\n")
    assert found.reading.source == "momentum"
    assert found.rows("timestamp, registered_at") == [(time("2023-02-01 10:00"), time("2023-02-01"))]
    assert any("written differently" in remark.en for remark in found.reading.remarks)


def test_facts_of_a_time_column():
    column = read("2023-02-01", "2023-02-01 10:00", "", "ukendt", "hvad?").column("timestamp")
    assert (column.filled, column.missing, column.unparseable, column.without_time_of_day) == (3, 2, 1, 1)
    assert (column.kind, column.day_month) == ("time", "not_applicable")


@pytest.mark.parametrize(("days", "clocks"), [(3, 1), (1, 3), (4, 0), (0, 4)])
def test_times_without_a_time_of_day_are_counted(days, clocks):
    times = ["2023-01-02"] * days + ["2023-01-02 08:15"] * clocks
    content = "case;activity;timestamp\n" + "".join(f"1;a;{time}\n" for time in times)
    column = read_bytes(content.encode()).column("timestamp")
    assert (column.filled, column.without_time_of_day) == (4, days)
