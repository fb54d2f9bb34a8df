"""Records that are no rows: their line, how many lines they take, why, and their text; and the lines of all others."""

from __future__ import annotations

import pytest

from logsyn.validator.reading import records
from tests.reading.conftest import read_bytes

HEADER = b"case;activity;timestamp;note\n"
GOOD = b"9;z;2023-01-01;last\n"

CASES = {
    "too few": (b"1;a;x\n", [(2, 1, "too_few_fields: 3 instead of 4", "1;a;x")], [3]),
    "too many": (b"1;a;x;y;z\n", [(2, 1, "too_many_fields: 5 instead of 4", "1;a;x;y;z")], [3]),
    "text behind a quote": (b'1;"a"b;x;y\n', [(2, 1, "other: text behind a closing quote", '1;"a"b;x;y')], [3]),
    "zero byte": (b"1;a\0b;x;y\n", [(2, 1, "bad_bytes: no UTF-8, or a zero byte", "1;a\\x00b;x;y")], [3]),
    "lone carriage return": (
        b"1;a\rb;x;y\n",
        [(2, 1, "other: a carriage return alone outside quotes", "1;a\rb;x;y")],
        [3],
    ),
    "quote closed lines below": (
        b'1;"a;x;y\n2;b;x;y\n3;"c";x;y\n',
        [
            (
                2,
                3,
                "unclosed_quote: the next quote closes nothing, 2 more lines belong to it",
                '1;"a;x;y\n2;b;x;y\n3;"c";x;y',
            )
        ],
        [5],
    ),
    "several lines, too few fields": (b'1;"a\nb";x\n', [(2, 2, "too_few_fields: 3 instead of 4", '1;"a\nb";x')], [4]),
    "surplus empty fields are no fault": (b'1;a;x;y;;""\n', [], [2, 3]),
    "surplus empty fields, beside a blank line": (b'\n1;a;x;y;;""\n', [], [3, 4]),
    "stray quotes are text": (b'1;5" r\xc3\xb8r;x"y";z""\n', [], [2, 3]),
    "several lines": (b'1;"a\r\nb\n\nc";x;y\n2;b;x;y\n', [], [2, 6, 7]),
    "blank lines": (b"\n1;a;x;y\n\r\n  \n2;b;x;y\n", [], [3, 6, 7]),
    "all mixed": (
        b'\n1;"a\nb";x;y\n2;b\n\n3;c;x;y\r\n4;"d"d;"x\n5;e;"x\ny";z\n',
        [(5, 1, "too_few_fields: 2 instead of 4", "2;b"), (8, 1, "other: text behind a closing quote", '4;"d"d;"x')],
        [3, 7, 9, 11],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_lines_and_reasons(name):
    body, rejected, lines = CASES[name]
    read = read_bytes(HEADER + body + GOOD)
    assert read.rejected() == rejected
    assert read.values("line") == lines
    assert read.values("case_id")[-1] == "9"


def test_a_quote_that_is_closed_nowhere_takes_the_rest_and_says_so():
    read = read_bytes(HEADER + b'1;a;2023-01-01;x\n2;"b;2023-01-01;y\n3;c;2023-01-01;y\n')
    assert read.rejected("line, lines, reason") == [
        (3, 2, "unclosed_quote: no closing quote follows, 1 more lines belong to it")
    ]
    assert "2 lines became one row" in read.reading.remarks[-1].en
    assert "linje 3" in read.reading.remarks[-1].da


def test_the_rows_of_a_file_are_loaded_or_rejected():
    body, rejected, lines = CASES["all mixed"]
    (one,) = read_bytes(HEADER + body + GOOD).reading.inputs
    assert (one.rows_in_file, one.rows_loaded, one.rows_rejected, one.blank_lines) == (6, len(lines), len(rejected), 2)


@pytest.mark.parametrize(("window", "forgotten", "at_once"), [(None, None, None), (1 << 14, 1, 2), (1 << 12, 1 << 13, 1)])
def test_lines_of_a_long_file_with_a_bit_of_everything(monkeypatch, window, forgotten, at_once):
    for name, value in {"_WINDOW": window, "_FORGET_EVERY": forgotten, "_REJECTED_AT_ONCE": at_once}.items():
        monkeypatch.setattr(records, name, value or getattr(records, name))  # how much is looked at in one go changes nothing
    parts, lines, bad, line = [HEADER], [], [], 2
    for number in range(60_000 if window is None else 3000):
        kind = number % 1000
        text = {1: b'%d;"a\nb";x;y\n', 2: b"%d;a\n", 3: b"\n%d;a;x;y\r\n", 4: b'%d;5" b;x;y\n'}.get(
            kind, b"%d;a;x;y\n"
        ) % number
        (bad if kind == 2 else lines).append(line + (kind == 3))
        parts.append(text)
        line += text.count(b"\n")
    read = read_bytes(b"".join(parts))
    assert read.values("line") == lines
    assert [one for (one,) in read.rejected("line")] == bad


@pytest.mark.parametrize(
    ("body", "lines", "blank"),
    [
        (b'1;5" a;x;y\n2;"p\nq\nr";x;y\n3;5" b;x;y\n', [2, 3, 6], 0),
        (b'1;5" a;x;y\n2;5" a;x;y\n3;b;x;y\n\n', [2, 3, 4], 1),
        (b'1; "p\nq" ;x;y\n2;a;x;y\n', [2, 4], 0),
        (b'1;"p""\n""q";x;y\n2;"";x;""\n', [2, 4], 0),
        (b'1;a;x;"\n\n"\n\n2;a;x;y\n', [2, 6], 1),
    ],
)
def test_quotes_that_balance_by_chance_do_not_shift_lines(body, lines, blank):
    read = read_bytes(HEADER + body)
    assert (read.values("line"), read.reading.inputs[0].blank_lines) == (lines, blank)


def test_line_breaks_in_quotes_are_kept_and_those_of_records_are_not():
    record = b'%d;"a\r\nb\nc";x;"y"\r\n'
    body = b"".join(record % number for number in range(3000))
    read = read_bytes(HEADER.replace(b"\n", b"\r\n") + body + b"bad\r\n" + body)
    assert set(read.rows("activity, text")) == {("a\r\nb\nc", "y")}
    assert read.values("line") == [*range(2, 9002, 3), *range(9003, 18003, 3)]


def test_a_record_beyond_every_limit_is_rejected():
    read = read_bytes(HEADER + b'1;a;x;"' + b"y\n" * (1 << 24) + b'"\n' + GOOD)
    assert read.rejected("line, lines, left(reason, 18), strlen(raw)") == [
        (2, 16_777_217, "other: longer than", 1 << 15)
    ]
    assert read.rows("line, case_id") == [(16_777_219, "9")]
