"""Forms of files that are not the usual one: titles above the header, other delimiters, quotes, escapes and line breaks; and the books of each."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from logsyn.expectations.source import SourceProfile
from logsyn.validator.errors import ExtractError
from tests.reading.conftest import read_bytes

TABLE = "Sagsnummer;Aktivitet;Tidspunkt;Note\n1;Møde;2023-01-01;x|y\n2;Samtale;2023-01-02;a, b\n"
ROWS = [("1", "Møde", "x|y"), ("2", "Samtale", "a, b")]
SLOW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def books(read) -> tuple[int, ...]:
    (one,) = read.reading.inputs
    assert one.rows_in_file == one.rows_loaded + one.rows_rejected
    return one.rows_loaded, one.rows_rejected, one.preamble_lines, one.blank_lines


def said(read) -> str:
    return " ".join(remark.en for remark in read.reading.remarks)


@pytest.mark.parametrize(
    ("above", "preamble", "blank"),
    [
        ("Udtræk dannet 26-11-2026;\n", 1, 0),
        ("Udtræk af 2025-01-06\n", 1, 0),
        ("Rapport over sager\nDato: 01-01-2023\n\n  \n", 2, 2),
        ("\nRapport, sager, 2023\n", 1, 1),
        ("Rapport;;;\n;;;\nJobcenter;Aalborg;;\n", 3, 0),
        ("Rapport;Periode;Kommune;Side\n", 1, 0),  # as many names as the header, but none that an event log needs
        ('"Titel\nover to linjer"\n', 2, 0),
        ("5\" rør's rapport\n", 1, 0),
        ("sep=;\n", 1, 0),
        ("sep=;\nUdtræk\n", 2, 0),
        ("\n".join(f"Linje {number}" for number in range(30)) + "\n", 30, 0),
        ("", 0, 0),
    ],
)
def test_lines_above_the_header_are_counted_apart(above, preamble, blank):
    read = read_bytes((above + TABLE).encode())
    first = above.count("\n") + 2
    assert read.rows("line, case_id, activity, text") == [
        (first, *ROWS[0]), (first + 1, *ROWS[1])
    ]  # fmt: skip
    assert books(read) == (2, 0, preamble, blank)
    assert ("above it" in said(read)) == bool(preamble)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\r\r\n"])
def test_a_title_is_found_in_every_encoding_and_with_every_line_break(encoding, newline):
    read = read_bytes(("Udtræk\n" + TABLE + "bad\n").replace("\n", newline).encode(encoding))
    assert read.rows("line, case_id, activity, text") == [(3, *ROWS[0]), (4, *ROWS[1])]
    assert (books(read), read.rejected("line, raw")) == ((2, 1, 1, 0), [(5, "bad")])


@pytest.mark.parametrize(
    ("title", "da", "en"),
    [
        ("Udtræk\n", "1 linje over den hører ikke til", "in line 2. 1 line above it does not belong"),
        ("Udtræk\nog mere\n", "2 linjer over den hører ikke til", "in line 3. 2 lines above it do not belong"),
    ],
)
def test_one_line_above_the_header_is_told_as_one_and_two_as_two(title, da, en):
    (remark,) = [one for one in read_bytes((title + TABLE).encode()).reading.remarks if "above" in one.en]
    assert (da in remark.da, en in remark.en) == (True, True), remark


def test_a_title_is_not_repeated_on_the_pages():
    read = read_bytes(("Jens Hansen 010190-1234\n" + TABLE).encode())
    assert "Jens" not in "".join(remark.da + remark.en for remark in read.reading.remarks)


def test_a_header_that_only_the_profile_knows_is_found_under_a_title():
    profile = SourceProfile(source="x", columns={"case_id": ["A1"], "activity": ["B2"], "timestamp": ["C3"]})
    read = read_bytes(b"Title;of;it\nA1;B2;C3\n1;a;2023-01-01\n", profile)
    assert (read.values("line"), books(read)) == ([3], (1, 0, 1, 0))


@pytest.mark.parametrize(
    ("content", "hint"),
    [
        (b"Titel\n1;a;2023-01-01\n2;b;2023-01-02\n", "have 3 columns, but none"),
        (b"case activity timestamp\n1 a 2023-01-01 10:00\n2 b c 2023-01-02 11:00\n", "must stand in quotes"),
        (b"case;activity;timestamp\r1;a;2023-01-01\n2;b;2023-01-02\n", "one kind of line break"),
        (b"case;activity;timestamp\n", "once more"),
        (b"Titel\n\ncase;activity;timestamp\n", "once more"),
        (b"Titel\nX;Y;Z\nq;w;e\nr;t;y\n", "source profile"),
    ],
)
def test_what_is_refused_is_told_what_to_do(content, hint):
    with pytest.raises(ExtractError) as refused:
        read_bytes(content)
    assert hint in refused.value.hint


QUOTED = {
    "apostrophes": ("case,activity,timestamp,note\n1,'a, b',2023-01-01,'it''s'\n2,'c',2023-01-02,'don't, ok'\n3,d's,2023-01-03,''\n",
                    [("a, b", "it's"), ("c", "don't, ok"), ("d's", None)], "between '"),
    "apostrophes around all": ("'case';'activity';'timestamp';'note'\n'1';'a';'2023-01-01';'b \"x\"'\n'2';'it's';'2023-01-02';'\"'\n",
                    [("a", 'b "x"'), ("it's", '"')], "between '"),
    "apostrophes around one column": ("case;activity;timestamp;note\n1;'a';2023-01-01;x\n2;'b';2023-01-02;y\n",
                    [("a", "x"), ("b", "y")], "between '"),
    "backticks": ("case;activity;timestamp;note\n1;`a;b`;2023-01-01;x\n2;`b``c`;2023-01-02;y\n",
                    [("a;b", "x"), ("b`c", "y")], "between `"),
    "line breaks between apostrophes": ("case;activity;timestamp;note\n1;'a';2023-01-01;'x\ny;z'\n2;'b';2023-01-02;'z'\n",
                    [("a", "x\ny;z"), ("b", "z")], "between '"),
    "backslashes": ('case;activity;timestamp;note\n1;"a \\"x\\"";2023-01-01;"c:\\\\d"\n2;b;2023-01-02;"say \\"hi\\"; ok"\n3;b;2023-01-03;"a ""q"" \\z"\n4;b;2023-01-04;"\\"\\""\n',
                    [('a "x"', "c:\\d"), ("b", 'say "hi"; ok'), ("b", 'a "q" \\z'), ("b", '""')], "backslash"),
}  # fmt: skip


@pytest.mark.parametrize("name", QUOTED)
def test_other_quotes_are_read_and_said(name):
    content, expected, words = QUOTED[name]
    read = read_bytes(content.encode())
    assert read.rows("activity, text") == expected
    assert books(read) == (len(expected), 0, 0, 0)
    assert words in said(read)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("case;activity;timestamp\n'01;a;2023-01-01\n'02;b;2023-01-02\n", [("'01", "a"), ("'02", "b")]),
        ("case;activity;timestamp\n1;'a' og 'b';2023-01-01\n2;b';2023-01-02\n", [("1", "'a' og 'b'"), ("2", "b'")]),
        ('case;activity;timestamp\n1;"\'a\'";2023-01-01\n2;"b";2023-01-02\n', [("1", "'a'"), ("2", "b")]),
        ('case;activity;timestamp\n1;"c:\\d\\";2023-01-01\n2;b;2023-01-02\n', [("1", "c:\\d\\"), ("2", "b")]),
        ("case;;;activity;timestamp\n1;;;a;2023-01-01\n", [("1", "a")]),
        ("case, activity;activity name;timestamp\nx;a, b;2023-01-01\n", [("x", "a, b")]),
    ],
)
def test_what_only_looks_like_another_form_is_read_as_before(content, expected):
    profile = SourceProfile(
        source="x", columns={"case_id": ["case", "case, activity"], "activity": ["activity", "activity name"]}
    )
    read = read_bytes(content.encode(), profile)
    assert read.rows("case_id, activity") == expected
    assert not said(read).replace("Columns recognised", "").count("log.csv")


def test_a_broken_record_between_apostrophes_is_rejected_as_it_stands():
    body = "".join(f"{number};'a; b';2023-01-01\n" for number in range(20))
    read = read_bytes(f"case;activity;timestamp\n{body}20;'a';b;2023\n\n21;'it's';2023-01-01\n".encode())
    assert read.rejected() == [(22, 1, "too_many_fields: 4 instead of 3", "20;'a';b;2023")]
    assert (books(read), read.rows("line, activity")[-1]) == ((21, 1, 0, 1), (24, "it's"))


@pytest.mark.parametrize("delimiter", ["||", "~|~", "::", "^", " ", ", ", "; ", " | "])
def test_other_delimiters_are_read_and_said(delimiter):
    lines = [["case", "activity", "timestamp", "team"], ["1", '"a b"', "2023-01-01", "x"], ["2", "c", "2023-01-02", ""]]
    read = read_bytes("".join(delimiter.join(line) + "\n" for line in lines).encode())
    assert read.rows("case_id, activity, team") == [("1", "a b", "x"), ("2", "c", None)]
    assert books(read) == (2, 0, 0, 0)
    assert "between the columns" in said(read) or "a space follows" in said(read)


def test_spaces_that_only_some_values_begin_with_are_their_own():
    read = read_bytes(b"case, activity, timestamp\n1, a, 2023-01-01\n2,b, 2023-01-02\n")
    assert read.values("activity") == [" a", "b"]


@pytest.mark.parametrize("content", [b"\xef\xbb\xbf\xef\xbb\xbfcase;activity;timestamp\n1;a;2023-01-01\n",
                                     b"sep=;\n\xef\xbb\xbfcase;activity;timestamp\n1;a;2023-01-01\n"])  # fmt: skip
def test_byte_order_marks_before_the_header_are_no_part_of_it(content):
    assert read_bytes(content).rows("case_id, activity") == [("1", "a")]


def test_mixed_line_breaks_and_none_at_the_end():
    read = read_bytes(b"case;activity;timestamp\r\n1;a;2023-01-01\n2;b;2023-01-02\r\n3;c;2023-01-03")
    assert read.rows("line, activity") == [(2, "a"), (3, "b"), (4, "c")]


def test_double_carriage_returns_over_many_blocks(monkeypatch):
    monkeypatch.setattr("logsyn.validator.reading.encoding.BLOCK", 7)
    body = b"".join(b"%d;a;2023-01-01\r\r\n" % number for number in range(200))
    read = read_bytes(b"case;activity;timestamp\r\r\n" + body)
    assert read.values("line") == list(range(2, 202))


TEXT = st.text(st.sampled_from("ab æ'\";,\n|\\`^"), max_size=8)


@SLOW
@given(
    rows=st.lists(st.tuples(TEXT, TEXT), min_size=2, max_size=8),
    title=st.sampled_from(["", "Udtræk\n", "a;b\n\n"]),
    delimiter=st.sampled_from(";,\t|"),
)
@example(rows=[("'", ";'"), ("';", "''")], title="", delimiter=";")
@example(rows=[("a\n'", "\n"), ("b", "c")], title="Udtræk\n", delimiter=",")
@example(rows=[("|", ";;"), ("", ";;")], title="", delimiter="|")
@example(rows=[("", "|"), (";", ";;")], title="", delimiter="|")
def test_what_is_written_with_apostrophes_is_read_back(rows, title, delimiter):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n", quoting=csv.QUOTE_ALL, quotechar="'")
    writer.writerows(
        [("case_id", "activity", "timestamp", "note"), *(("1", "a", "2023", "n" + a + "n" + b + "n") for a, b in rows)]
    )
    profile = SourceProfile(
        source="x",
        placeholders=[],
        columns={"case_id": ["case_id"], "activity": ["activity"], "timestamp": ["timestamp"]},
    )
    read = read_bytes((title + out.getvalue()).encode(), profile)
    assert read.values("note") == ["n" + a + "n" + b + "n" for a, b in rows]
    assert books(read)[:2] == (len(rows), 0)
