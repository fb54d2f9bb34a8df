"""Encodings, delimiters, line breaks, quoting: the same table comes out, with the line of every record."""

from __future__ import annotations

import itertools

import pytest

from logsyn.validator.errors import ExtractError
from tests.reading.conftest import read_bytes

HEADERS = ["SagsID", "Aktivitet", "Tidspunkt", "Årsag"]
ROWS = [
    ["1", "Møde", "01-02-2023 10:00", "én"],
    ["2", " Jobmål  x", "13-02-2023 11:30", 'sagt "ja"'],
    ["NA", "Ønske", "28-02-2023 12:00", "a b"],
]
ENCODINGS = {
    "utf-8": "utf-8",
    "utf-8-sig": "utf-8",
    "utf-16": "utf-16-le",
    "utf-16-be": "utf-16-be",
    "utf-16-le": "utf-16-le",
    "cp1252": "windows-1252",
}


def table(delimiter: str, newline: str) -> str:
    def field(text: str) -> str:
        return '"' + text.replace('"', '""') + '"' if '"' in text or delimiter in text else text

    return newline.join(delimiter.join(map(field, row)) for row in [HEADERS, *ROWS]) + newline


@pytest.mark.parametrize(
    ("encoding", "delimiter", "newline"), list(itertools.product(ENCODINGS, ";,\t|", ["\n", "\r\n"]))
)
def test_every_form_gives_the_same_table(encoding, delimiter, newline):
    read = read_bytes(table(delimiter, newline).encode(encoding))
    assert read.rows('line, case_id, activity, "Årsag"') == [
        (2, "1", "Møde", "én"), (3, "2", " Jobmål  x", 'sagt "ja"'), (4, "NA", "Ønske", "a b")
    ]  # fmt: skip
    (one,) = read.reading.inputs
    assert (one.encoding, one.delimiter, one.rows_in_file, one.blank_lines) == (ENCODINGS[encoding], delimiter, 3, 0)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_carriage_returns_alone_end_lines_in_files_of_old_systems(encoding):
    read = read_bytes(table(";", "\r").encode(encoding))
    assert read.values("line") == [2, 3, 4]
    assert read.values("activity") == ["Møde", " Jobmål  x", "Ønske"]


@pytest.mark.parametrize("end", ["", "\n", "\r\n", "\n\n  \n"])
def test_the_last_line_may_end_anyhow(end):
    read = read_bytes(f"case;activity;timestamp\n1;a;2023-01-01\n2;b;2023-01-02{end}".encode())
    assert read.values("case_id") == ["1", "2"]
    assert read.reading.inputs[0].blank_lines == max(end.count("\n") - 1, 0)


def test_a_one_byte_encoding_is_found_far_behind_the_head():
    lines = b"".join(b"%d;a;2023-01-01;plain\n" % number for number in range(20_000))
    read = read_bytes(b"case;activity;timestamp;note\n" + lines + b"x;a;2023-01-01;S\xf8ren \x96 \xe6\xe5\n")
    assert read.reading.inputs[0].encoding == "windows-1252"
    assert read.values("text")[-1] == "Søren \u2013 æå"
    assert read.values("line")[-1] == 20_002


def test_bytes_that_windows_1252_has_not_make_it_latin_1():
    read = read_bytes("case;activity;timestamp\n1;blå\x81;2023-01-01\n".encode("latin-1"))
    assert (read.reading.inputs[0].encoding, read.values("activity")) == ("latin-1", ["blå\x81"])


def test_a_few_bad_bytes_in_utf_8_are_rejected_records_and_no_other_encoding():
    good = "".join(f"{number};æøå;2023-01-01\n" for number in range(50)).encode()
    read = read_bytes(b"case;activity;timestamp\n" + good + b"51;\xe6;2023-01-01\n52;x;2023-01-01\n")
    assert read.reading.inputs[0].encoding == "utf-8"
    assert read.rejected("line, lines, raw") == [(52, 1, "51;\\xe6;2023-01-01")]
    assert read.rows("line, case_id")[-1] == (53, "52")


def test_the_separator_line_of_spreadsheets_is_heeded():
    read = read_bytes(b"sep=,\nSagsID,Aktivitet,Tidspunkt\n1,a;b,2023-01-01\n")
    assert read.rows("line, activity") == [(3, "a;b")]


def test_a_delimiter_in_quotes_is_not_counted():
    read = read_bytes(b'"a,b,c,d,e";case;activity;timestamp\n"1,5";1;a;2023-01-01\n"2,5";2;b;2023-01-02\n')
    assert (read.reading.inputs[0].delimiter, read.values("a,b,c,d,e")) == (";", ["1,5", "2,5"])


def test_nothing_is_read_as_a_number_or_a_truth():
    read = read_bytes(b"case;activity;timestamp;a;b;c\n007;6.10;2023-01-01;1e5;true;0101701234\n")
    assert read.rows("case_id, activity, a, b, c") == [("007", "6.10", "1e5", "true", "0101701234")]


def test_a_record_longer_than_two_megabytes_is_read():
    read = read_bytes(b'case;activity;timestamp;note\n1;a;2023-01-01;"' + b"x" * 3_000_000 + b'"\n2;b;2023-01-01;y\n')
    assert read.rows("line, case_id, strlen(text)") == [(2, "1", 3_000_000), (3, "2", 1)]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\n\n \n", "blank lines"),
        (b"\xef\xbb\xbf", "blank lines"),
        (b"case;activity;timestamp\n", "no rows"),
        (b"case\n1\n2\n", "only one column"),
        (b"case;activity;timestamp\n1;2\n3\n", "none of the 2 rows"),
        (b'case;"activity;timestamp\n1;2;3\n', "header cannot be read"),
        (bytes(range(256)) * 8, "not a text file"),
        (b"PAR1" + b"x" * 50, "Parquet"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 50, "Excel"),
    ],
)
def test_what_is_no_extract_is_refused_in_words(content, words):
    with pytest.raises(ExtractError, match=words):
        read_bytes(content)
