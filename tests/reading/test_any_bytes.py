"""Whatever the bytes of a file are: a clear error or balanced books; and what Python writes is read back exactly."""

from __future__ import annotations

import csv
import io

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from logsyn.validator.errors import ExtractError
from tests.reading.conftest import read_bytes

HEADER = b"case;activity;timestamp;note\n"
PIECES = [b'"', b'""', b";", b"\n", b"\r\n", b"\r", b" ", b"a", b"1", b"01-02-2023", b"\xc3\xa6", b"\xe6", b"\0", b",",
          b"\t", b"x;y;z;w\n", b"\xff", b"\n\n", b'"a\nb"', b"'", b"1;a;01-02-2023;t\n"]  # fmt: skip
SLOW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def accounts_balance(content: bytes) -> None:
    try:
        read = read_bytes(content)
    except ExtractError:
        return
    (one,) = read.reading.inputs
    rejected = read.rejected("line, lines")
    assert one.rows_in_file == one.rows_loaded + one.rows_rejected
    assert (one.rows_loaded, one.rows_rejected) == (len(read.rows("line")), len(rejected))
    starts = [line for (line,) in read.rows("line")] + [line for line, _ in rejected]
    assert len(set(starts)) == len(starts)


@SLOW
@given(st.binary(max_size=200))
@example(b"\xff\xfe")
@example(b"\0" * 50)
@example(b"`")
@example(b"\xef\xbb\xbf ")
@example(b"'a';'")
@example(b"'\n'")
def test_any_bytes_are_an_error_or_accounted_for(content):
    accounts_balance(content)


@SLOW
@given(st.lists(st.sampled_from(PIECES), max_size=12).map(b"".join))
@example(b"Titel\n")
def test_any_lines_above_a_header_are_an_error_or_accounted_for(above):
    accounts_balance(above + HEADER + b"1;'a';01-02-2023;t\n2;b;01-02-2023;'\n")


@SLOW
@given(st.lists(st.sampled_from(PIECES), max_size=40).map(b"".join))
@example(b'1;"')
@example(b'"\r\n')
@example(b'1; "a;b" ;c;d\n')
@example(b'1;2;3;"x"\ry\n')
def test_any_records_behind_a_header_are_accounted_for(body):
    accounts_balance(HEADER + b"1;a;01-02-2023;t\n" + body)


@SLOW
@given(st.lists(st.sampled_from(PIECES), max_size=40).map(b"".join))
@example(b'1;5" x;3;4\n')
@example(b'1; "a" ;3;4\n')
def test_both_ways_of_reading_agree(body):
    content = HEADER + b"1;a;01-02-2023;t\n" + body
    as_it_is, split = read_bytes(content), read_bytes(b"\n" + content)  # a blank line on top: the file is split
    columns = "case_id, activity, timestamp, timestamp_text, text"
    assert as_it_is.rows(columns) == split.rows(columns)
    assert as_it_is.values("line") == [line - 1 for line in split.values("line")]
    assert [line for line, *_ in as_it_is.rejected()] == [line - 1 for line, *_ in split.rejected()]


TEXT = st.text(
    st.characters(codec="cp1252", exclude_characters="\0\x81\x8d\x8f\x90\x9d", exclude_categories=("Cc", "Cs"))
    | st.sampled_from("\";,\t|\n '"),
    max_size=12,
)


@SLOW
@given(
    rows=st.lists(st.tuples(TEXT, TEXT, TEXT), min_size=1, max_size=12),
    delimiter=st.sampled_from(";,\t|"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]),
    newline=st.sampled_from(["\n", "\r\n"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_what_python_writes_is_read_back(rows, delimiter, encoding, newline, quoting):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=newline, quoting=quoting)
    lines = []
    for row in [
        ("case_id", "activity", "timestamp", "ærø"),
        *(("c" + one, "a" + two, "2023-01-02", "n" + other + "æ") for one, two, other in rows),
    ]:
        lines.append(out.getvalue().count("\n") + 1)
        writer.writerow(row)
    try:
        read = read_bytes(out.getvalue().encode(encoding))
    except UnicodeEncodeError:
        return
    expected = [("c" + one, "a" + two, "n" + other + "æ") for one, two, other in rows]
    assert read.rows('case_id, activity, "ærø"') == expected
    assert read.values("line") == lines[1:]
    assert read.rejected() == []
