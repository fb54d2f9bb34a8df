"""Values: placeholders become NULL and nothing else does; facts of text columns."""

from __future__ import annotations

import pytest

from logsyn.expectations.source import SourceProfile
from tests.reading.conftest import read_bytes

GENERIC = SourceProfile(source="x")


def read(column: str, *values: str, profile: SourceProfile = GENERIC):
    rows = "".join(f'c{number};a;2023-01-01;"{value}"\n' for number, value in enumerate(values))
    return read_bytes(f"case;activity;timestamp;{column}\n{rows}".encode(), profile).values(column)


@pytest.mark.parametrize("column", ["team", "text", "other"])
@pytest.mark.parametrize(
    "value",
    [
        "",
        " ",
        "-",
        " ? ",
        "ukendt",
        "UKENDT",
        " Ingen\t",
        "N/A",
        "null",
        "\u00a0-\u00a0",
        "-" + " " * 50,
        " " * 50 + "ukendt",
    ],
)
def test_placeholders_are_nothing(column, value):
    assert read(column, value, "x") == [None, "x"]


@pytest.mark.parametrize("column", ["team", "text", "other"])
@pytest.mark.parametrize(
    "value", ["NA", "0", "false", " x  y ", "--", "none", "ukendt?", "ÆØÅ", "'", "NaN", "x" + " " * 50]
)
def test_everything_else_is_kept_as_it_is(column, value):
    assert read(column, value, "x") == [value, "x"]


def test_a_column_of_many_values_loses_its_placeholders_too():
    values = ["-", *(f"value {number}" for number in range(3000)), "Ukendt "]
    assert read("other", *values) == [None, *values[1:-1], None]


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("NA", "NA"),
        ("NULL", "NULL"),
        ("0", "0"),
        ("ukendt", "ukendt"),
        ("n/a", "n/a"),
        ("-", None),
        (" ? ", None),
        ("", None),
    ],
)
def test_case_ids_have_placeholders_of_their_own(value, kept):
    assert read_bytes(f"case;activity;timestamp\n{value};a;2023-01-01\n2;b;2023-01-01\n".encode()).values(
        "case_id"
    ) == [kept, "2"]


def test_a_profile_has_its_own_placeholders():
    profile = SourceProfile(source="x", placeholders=["tom"], case_id_placeholders=["NA"])
    assert read("team", "Tom ", "-", "", profile=profile) == [None, "-", None]
    assert read_bytes(b"case;activity;timestamp\nna;a;2023-01-01\n?;b;2023-01-01\n", profile).values("case_id") == [
        None,
        "?",
    ]


def test_few_values_are_an_enumeration_and_many_are_text():
    rows = "".join(f"c{number};a{number % 7};2023-01-01;n{number}\n" for number in range(3000))
    found = read_bytes(f"case;activity;timestamp;other\n{rows}".encode())
    types = dict(found.connection.execute("SELECT column_name, column_type FROM (DESCRIBE rows)").fetchall())
    assert types["activity"] == "ENUM('a0', 'a1', 'a2', 'a3', 'a4', 'a5', 'a6')"
    assert (types["other"], types["case_id"]) == ("VARCHAR", "VARCHAR")
    assert [(found.column(name).kind, found.column(name).distinct) for name in ("activity", "other")] == [
        ("category", 7),
        ("text", 3000),
    ]


def test_values_that_may_point_to_someone_are_no_category():
    found = read_bytes(
        b"case;activity;timestamp;who;kind\n"
        + b"1;a;2023-01-01;x;k\n2;a;2023-01-01;y;k\n" * 4
        + b"3;a;2023-01-01;z;k\n"
    )
    assert (found.column("who").kind, found.column("kind").kind) == ("text", "category")


def test_facts_of_a_text_column():
    column = read_bytes(b"case;activity;timestamp;Team\n1;a;2023-01-01;A\n2;b;2023-01-01;-\n3;c;2023-01-01;A\n").column(
        "team"
    )
    assert (column.filled, column.missing, column.distinct, column.header) == (2, 1, 1, "Team")


@pytest.mark.parametrize(
    ("early", "late", "expected", "stored"),
    [
        ("B", ["A", "C", "-", ""], ["A", "C", None, None], "ENUM('A', 'B', 'C')"),  # values that the sample has not
        ("B", ["B", " ukendt "], ["B", None], "ENUM('B')"),
        ("", ["A", "-", "C"], ["A", None, "C"], "ENUM('A', 'C')"),  # the sample has none
        ("-", [" - ", "A"], [None, "A"], "ENUM('A')"),
    ],
)
def test_a_category_has_values_that_come_late(early, late, expected, stored):
    read_values = read("team", *[early] * 25_000, *late)
    assert read_values[25_000:] == expected
    assert set(read_values[:25_000]) == {None if early in ("", "-") else early}
    assert column_type(early, late) == stored


def test_a_column_that_turns_out_to_have_too_many_values_is_text():
    late = [f"Team of the {number}th" for number in range(50_001)]
    read_values = read("team", *["B"] * 20_000, *late, "-")
    assert read_values[20_000:] == [*late, None]
    assert read_values[:20_000] == ["B"] * 20_000


def column_type(early, late) -> str:
    rows = "".join(f"c{number};a;2023-01-01;{value}\n" for number, value in enumerate([*[early] * 25_000, *late]))
    found = read_bytes(f"case;activity;timestamp;team\n{rows}".encode(), GENERIC)
    return found.connection.execute("SELECT typeof(team) FROM rows LIMIT 1").fetchall()[0][0]
