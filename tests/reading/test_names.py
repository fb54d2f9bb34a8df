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
