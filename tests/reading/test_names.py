"""Column names: doubles, empty ones, those that are taken, and those that look like code."""

from __future__ import annotations

import pytest

from tests.reading.conftest import read_bytes

FIRST = "SagsID;Aktivitet;Tidspunkt"


def names(*headers: str, **options) -> list[str]:
    head = ";".join('"' + header.replace('"', '""') + '"' for header in headers)
    row = ";".join(f"v{number}" for number in range(len(headers)))
    read = read_bytes(f"{FIRST};{head}\n1;a;2023-01-01;{row}\n".encode(), **options)
    kept = [column for column in read.reading.columns if column.mapped_by == "kept"]
    assert [read.values(column.name) for column in kept] == [[f"v{number}"] for number in range(len(headers))]
    assert [column.header for column in kept] == list(headers)
    return [column.name for column in kept]


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        (["category", "category", "category"], ["category", "category (2)", "category (3)"]),
        (["Sag", "sag", " SAG "], ["Sag", "sag (2)", "SAG (3)"]),
        (["", "x", " "], ["column 4", "x", "column 6"]),
        (["x (2)", "x", "x"], ["x (2)", "x", "x (3)"]),
        (["file", "LINE", "row_id"], ["file (extract)", "LINE (extract)", "row_id (extract)"]),
        (
            ["end_timestamp_text", "timestamp_precision"],
            ["end_timestamp_text (extract)", "timestamp_precision (extract)"],
        ),
        (["order", "select", "rowid x", 'a"b', "rule'x", "{x}", ";", "Årsag til afslutning", "a;b", "%", "$1", "?"],)
        * 2,
    ],
)
def test_kept_columns_keep_their_names(headers, expected):
    assert names(*headers) == expected


def test_names_can_be_reserved():
    assert names("gap_seconds", "x", reserved=("gap_seconds",)) == ["gap_seconds (extract)", "x"]


def test_doubles_of_a_canonical_column_are_kept_beside_it():
    read = read_bytes(b"SagsID;Aktivitet;Tidspunkt;Team;team\n1;a;2023-01-01;A;B\n")
    kept = read.reading.columns[-1]
    assert (read.values("team"), kept.name, read.values(kept.name)) == (["A"], "team (extract)", ["B"])


def test_all_canonical_columns_are_there_and_empty_where_the_extract_has_none():
    read = read_bytes(b"SagsID;Aktivitet;Tidspunkt\n1;a;2023-01-01\n")
    types = dict(read.connection.execute("SELECT column_name, column_type FROM (DESCRIBE rows)").fetchall())
    for name in ("end_timestamp", "registered_at", "planned_start", "planned_end"):
        assert (types[name], types[f"{name}_text"], types[f"{name}_precision"]) == ("TIMESTAMP", "VARCHAR", "UTINYINT")
        assert read.rows(f"{name}, {name}_text, {name}_precision") == [(None, None, None)]
    assert read.rows("resource, team, source, status, text") == [(None,) * 5]
    assert read.reading.canonical == {"case_id", "activity", "timestamp"}


NFD = "A\u030arsag"


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        (["Line", "LINE", "line"], ["Line (extract)", "LINE (extract) (2)", "line (extract) (3)"]),
        (["ROW_ID", "rowid", "RowID "], ["ROW_ID (extract)", "rowid (extract)", "RowID (extract) (2)"]),
        (["Timestamp_Text", "Reading Strays"], ["Timestamp_Text (extract)", "Reading Strays (extract)"]),
        (["\u00c5rsag", NFD, NFD.upper()], ["\u00c5rsag", "\u00c5rsag (2)", "\u00c5RSAG (3)"]),
        ([NFD, "\u00c5rsag"], ["\u00c5rsag", "\u00c5rsag (2)"]),
        (["x", " x", "X\u00a0", "x (2)"], ["x", "x (2)", "X (3)", "x (2) (2)"]),
        (["Row_ID (extract)", "row_id"], ["Row_ID (extract)", "row_id (extract) (2)"]),
        (["\u00c9", "\u00e9", "Stra\u00dfe", "STRASSE"], ["\u00c9", "\u00e9 (2)", "Stra\u00dfe", "STRASSE (2)"]),
        (["Registration_Lag_Days", "In_Practice"], ["Registration_Lag_Days (extract)", "In_Practice (extract)"]),
    ],
)
def test_headers_that_are_spelt_like_others_are_told_apart(headers, expected):
    assert names(*headers, reserved=("registration_lag_days", "in_practice")) == expected


def test_a_header_that_is_taken_for_a_canonical_column_has_its_name_in_any_spelling():
    read = read_bytes(b"Case_ID;ACTIVITY;Timestamp; Status \n1;a;2023-01-01;x\n")
    assert [column.name for column in read.reading.columns] == ["case_id", "activity", "timestamp", "status"]


def test_of_two_headers_that_could_be_a_canonical_column_none_is_and_neither_is_called_so():
    read = read_bytes(b"case_id;activity;timestamp;Status;STATUS\n1;a;2023-01-01;x;y\n")
    names = ["Status (extract)", "STATUS (extract) (2)"]
    assert [column.name for column in read.reading.columns][3:] == names
    assert [read.values(name) for name in names] == [["x"], ["y"]]
