"""How exactly an example tells a time, a span, a text: the classes of spans at their edges, in SQL as in words."""

import itertools
from datetime import date, datetime

import duckdb
import pytest

from logsyn.validator.findings.details import bounds_of, class_of, detail, kind_of, told_as

DAYS = ["..-365", "-365..-90", "-90..-30", "-30..-7", "-7..-1", "-1..0", "0..1", "1..3", "3..7", "7..15", "15..31", "31..90", "90..365", "365..3650", "3650.."]  # fmt: skip
SECONDS = ["..-60", "-60..-10", "-10..-1", "-1..0", "0..1", "1..10", "10..60", "60..600", "600..3600", "3600..86400", "86400.."]  # fmt: skip
COARSE = {"lag_days": ["..0", "0..31", "31..365", "365.."], "lag_seconds": ["..0", "0..60", "60.."]}


def edges(classes):
    """Values at, and a little before, where each class begins, with the class that they belong to."""
    for before, own in itertools.pairwise(classes):
        first = int(own.split("..")[0])
        yield from ((first, own), (first + 0.01, own), (first - 0.01, before))


SPANS = [
    (name, level, value, own)
    for name, exact in (("lag_days", DAYS), ("lag_seconds", SECONDS))
    for level, classes in enumerate((exact, COARSE[name]))
    for value, own in edges(classes)
]


@pytest.mark.parametrize(("name", "level", "value", "own"), SPANS)
def test_a_span_belongs_to_the_class_that_begins_with_it_or_before(name, level, value, own):
    assert class_of(value, bounds_of(name)[level]) == own
    assert told_as(value, "span", level, name) == own


@pytest.mark.parametrize("name", ["lag_days", "lag_seconds"])
@pytest.mark.parametrize("level", [0, 1])
def test_the_classes_of_sql_are_those_that_are_told(name, level):
    values = [value for one, other, value, _ in SPANS if (one, other) == (name, level)]
    sql = detail(name, "DOUBLE", (1, 2)).levels[level]
    found = duckdb.execute(f"SELECT {sql} FROM (SELECT unnest(?) AS {name}) AS compared", [values]).fetchall()
    told = [told_as(value, "span", level, name) for value in values]
    number = {own: at for at, own in enumerate((DAYS if name == "lag_days" else SECONDS) if level == 0 else COARSE[name])}
    assert [one for (one,) in found] == [number[own] for own in told]


@pytest.mark.parametrize(
    ("name", "sql_type", "kind"),
    [
        ("timestamp", "TIMESTAMP", "time"), ("day", "DATE", "time"), ("agreed_period_days", "DOUBLE", "value"), ("lag_days", "BIGINT", "span"),
        ("days_before", "BIGINT", "span"), ("seconds_after", "INTEGER", "span"), ("events", "BIGINT", "value"), ("share", "DOUBLE", "span"),
        ("timestamp_text", "VARCHAR", "text"), ("activity", "VARCHAR", "value"), ("is_open", "BOOLEAN", "value"),
    ],
)  # fmt: skip
def test_a_column_is_made_less_exact_by_its_name_and_type(name, sql_type, kind):
    assert kind_of(name, sql_type) == kind


@pytest.mark.parametrize(("level", "told"), [(0, "0987-04-02"), (1, "0987-04"), (2, "0987")])
def test_a_time_is_told_as_a_day_a_month_or_a_year_also_of_long_ago(level, told):
    for value in (date(987, 4, 2), datetime(987, 4, 2, 23, 59)):
        assert told_as(value, "time", level, "timestamp") == told
    assert told_as(None, "time", level, "timestamp") is None
