"""Where a table begins, and what is between its columns: by what the lines below agree on, and by what headers look like."""

import pytest

from logsyn.validator.reading.beginning import (
    find_beginning,
    looks_like_a_record,
    looks_like_a_title,
    records_below,
    skip_blank,
)
from logsyn.validator.reading.dialect import Dialect
from logsyn.validator.reading.grammar import Grammar

KNOWN = {"case_id": frozenset({"case"}), "activity": frozenset({"activity"}), "timestamp": frozenset({"timestamp"})}
ROWS = "1;a;2023-01-01\n2;b;2023-01-02\n"
BODY = "q;w;e\nr;t;y\n"


@pytest.mark.parametrize(
    ("head", "header", "delimiter", "fields", "above", "blank"),
    [
        ("case;activity;timestamp\n" + ROWS, 0, ";", 3, 0, 0), ("case,activity,timestamp\n1,a;b,2\n", 0, ",", 3, 0, 0), ("case\tactivity\ttimestamp\n1\ta\t2\n", 0, "\t", 3, 0, 0), ("case|activity|timestamp\n1|a|2\n", 0, "|", 3, 0, 0),
        ("Title\ncase;activity;timestamp\n" + ROWS, 1, ";", 3, 1, 0), ("Title\n\nmore\ncase;activity;timestamp\n" + ROWS, 3, ";", 3, 2, 1), ("Title\n" * 30 + "case;activity;timestamp\n" + ROWS, 30, ";", 3, 30, 0),
        ("Title\n" * 31 + "case;activity;timestamp\n" + ROWS, 0, None, 1, 0, 0), ("X;Y;Z\n" + BODY, 0, ";", 3, 0, 0), ("Title;;\nX;Y;Z\n" + BODY, 1, ";", 3, 1, 0), ("Title;of;it\nX;Y;Z\n" + BODY, 0, ";", 3, 0, 0),
        ("Title\nX;Y;X\n" + BODY, 0, None, 1, 0, 0), ("Title\nX;Y;3\n" + BODY, 0, None, 1, 0, 0), ("Title\nX;Y;2023-01-01\nA;B;C\n" + BODY, 0, None, 1, 0, 0), ("Title\nX;Y\nq;w\n", 0, None, 1, 0, 0),
        ("Title\nlong " + 25 * "text " + ";Y;Z\nA;B;C\n" + BODY, 0, None, 1, 0, 0), ("Title;;;\nA;B;;\nC;D;E;F\nq;w;e;r\n", 2, ";", 4, 2, 0),
        ("a^b^c\n1^2^3\n", 0, "^", 3, 0, 0), ("a b c\n1 2 3\n", 0, " ", 3, 0, 0), ("a b c\n1 2 3 4\n", 0, None, 1, 0, 0), ("case||activity||timestamp\n1||a||2\n", 0, "||", 3, 0, 0), ("a~~b~~c\n1~~2~~3\n", 0, "~~", 3, 0, 0),
        ("case;activity;timestamp;a,b\n1,2;3,4;5,6;7,8\n", 0, ";", 4, 0, 0),
    ],
)  # fmt: skip
def test_the_header_is_the_first_line_unless_it_plainly_is_none(head, header, delimiter, fields, above, blank):
    found = find_beginning(head.encode(), 0, KNOWN, Dialect(b";"))
    assert head.encode()[: found.start].count(b"\n") == header
    assert (found.fields, found.preamble_lines, found.blank_lines) == (fields, above, blank)
    assert delimiter is None or found.dialect.delimiter == delimiter.encode()


@pytest.mark.parametrize(
    ("text", "at", "lines"), [(b"a\n", 0, 0), (b"\na", 1, 1), (b"\r\n  \n\na", 6, 3), (b"\n\n", 2, 2), (b"", 0, 0), (b" \ta\n", 0, 0)]
)
def test_blank_lines_are_skipped_and_counted(text, at, lines):
    assert skip_blank(text, 0) == (at, lines)


@pytest.mark.parametrize(("most", "lines"), [(0, []), (1, ["a;b"]), (2, ["a;b", "c;d"]), (9, ["a;b", "c;d", "e"])])
def test_records_below_a_place_are_without_blank_lines(most, lines):
    text = b"a;b\n\nc;d\n \ne"
    found = records_below(text, 0, Grammar(Dialect(b";")), most)
    assert [text[one.start : one.end].strip().decode() for one in found] == lines


@pytest.mark.parametrize(
    ("head", "is_one"),
    [
        ("case;activity;timestamp\n" + ROWS, False), ("1;a;2023-01-01\n" + ROWS, True), ("x;a;10:30\n" + BODY, True), ("q;W;E\n" + BODY, True), ("X;Y;Z\nX;Y;Z\n" + BODY, False), (";;\n;;\n", False),
        ("one two three four five six;b;c\n" + BODY, False), ("one two three four five six seven;b;c\n" + BODY, True), ("Nr 1;b;c\n" + BODY, False), ("-12,5;b;c\n" + BODY, True),
    ],
)  # fmt: skip
def test_a_header_that_holds_values_is_a_record(head, is_one):
    grammar = Grammar(Dialect(b";"))
    assert looks_like_a_record(head.encode(), grammar.walk(head.encode(), 0), grammar) is is_one


@pytest.mark.parametrize(
    ("head", "columns"),
    [("Title\n" + BODY, 3), ("Title\nq,w,e,r\n", 4), ("a;b\n" + BODY, None), ("Title\na;b\nc;d\n", None), ("Title\na;b;c\nd;e\n", 3), ("Title\na;b;c\nd;e\nf;g\n", None), ("Title\n", None)],
)
def test_a_title_has_one_column_and_the_lines_below_agree_on_more(head, columns):
    assert looks_like_a_title(head.encode(), 0) == columns
