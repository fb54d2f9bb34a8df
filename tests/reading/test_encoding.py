"""What is written in another encoding than the rest of a file, or than it is taken for, is said with its place, and nothing of it is lost."""

import pytest

from logsyn.validator.errors import ExtractError
from logsyn.validator.reading import encoding as encodings
from logsyn.validator.reading.encoding import Doubt, Encoding, find_encoding, judge, recode
from tests.reading.conftest import read_bytes

HEADER = b"case_id;activity;timestamp\n"
DANISH = "Møde på gård, æble, Ærø, Øst, Århus, også på kø"


def records(count, text, encoding):
    return b"".join(f"{number};{text};2023-01-01\n".encode(encoding) for number in range(count))


def told(read):
    return [remark.en for remark in read.reading.remarks if "UTF-8" in remark.en]


@pytest.mark.parametrize("before", [0, 1, 40, 30_000])
@pytest.mark.parametrize(("byte", "after"), [(b"\xf8", 1), (b"\xe6", 100), (b"\x96", 3)])
def test_a_sign_that_is_no_utf_8_in_a_file_that_is_does_not_change_the_others(before, byte, after):
    sound = records(before, "ø", "utf-8"), records(after, "Møde", "utf-8")
    read = read_bytes(HEADER + sound[0] + b"x;M" + byte + b"de;2023-01-02\n" + sound[1])
    (extract,) = read.reading.inputs
    assert (extract.encoding, extract.rows_loaded, extract.rows_rejected) == ("utf-8", before + after, 1)
    assert set(read.values("activity")) == {*(["ø"] if before else []), "Møde"}
    assert read.rejected("line, raw") == [(before + 2, f"x;M\\x{byte[0]:02x}de;2023-01-02")]
    assert told(read) == [
        f"log.csv: the file is UTF-8, but 1 signs are written otherwise, the first in line {before + 2}."
        " Their records stand in rejected.csv and count as rejected. Ask for the whole extract in UTF-8."
    ]


def test_a_sign_of_utf_8_in_a_file_of_windows_is_said_with_its_line():
    read = read_bytes(
        HEADER + records(30, DANISH, "cp1252") + b"x;b\xc3\xa5d;2023-01-02\n" + records(3, DANISH, "cp1252")
    )
    (extract,) = read.reading.inputs
    assert (extract.encoding, extract.rows_loaded) == ("windows-1252", 34)
    assert read.values("activity").count(DANISH) == 33
    assert "1 signs are written in UTF-8, the first in line 32." in told(read)[0]


@pytest.mark.parametrize("encoding", ["cp850", "cp865", "mac_roman"])
def test_a_file_of_dos_or_an_old_mac_is_said_to_have_other_letters(encoding):
    read = read_bytes(HEADER + records(20, DANISH, encoding))
    assert read.reading.inputs[0].rows_loaded == 20
    assert "may come from DOS (CP850) or an old Mac" in told(read)[0]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(DANISH, "utf-8"), (DANISH, "cp1252"), (DANISH, "iso8859-15"), ("50 € \u2013 “net”…", "cp1252"), ("§ 5\u00a0a", "latin-1"), ("a", "ascii"), ("\ufffd", "utf-8")],
)  # fmt: skip
def test_a_file_in_one_usual_encoding_is_no_matter_for_doubt(text, encoding):
    assert told(read_bytes(HEADER + records(20, text, encoding))) == []


def written(folder, content):
    path = folder / "x.csv"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "encoding", "mark"),
    [
        (b"\xef\xbb\xbfa;b", "utf-8", 3), (b"\xff\xfea\0;\0", "utf-16-le", 2), (b"\xfe\xff\0a\0;", "utf-16-be", 2), (b"\xff\xfe\0\0a\0\0\0", "utf-32-le", 4), ("a;b\n1;2".encode("utf-16-le"), "utf-16-le", 0),
        ("a;b\n1;2".encode("utf-16-be"), "utf-16-be", 0), (b"a;b", "utf-8", 0), ("ø".encode(), "utf-8", 0), (b"\xf8\xe6\xe5", "cp1252", 0), (b"\xf8\xe6\x81", "latin-1", 0),
        (b"a;b\0" + 16 * b"x", "utf-8", 0), (b"a" * (encodings.HEAD - 1) + "ø".encode(), "utf-8", 0), (b"a" * (encodings.HEAD - 1) + b"\xf8;", "cp1252", 0),
    ],
)  # fmt: skip
def test_an_encoding_is_known_by_its_mark_its_zero_bytes_or_its_signs(tmp_path, content, encoding, mark):
    found = find_encoding(written(tmp_path, content), "x.csv")
    assert (found.name, found.mark) == (encoding, mark)
    assert found.is_wide is encoding.startswith(("utf-16", "utf-32"))


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"", "the file is empty"), (b"PNG" + bytes(range(1, 9)) + b"abc", "is not a text file"), (b"\0\0\0\0abc", "is not a text file"), (4 * b"\0a" + 4 * b"b\0", "is not a text file"), (b"\x01\x02\x03\x04\x05", "is not a text file")],
)
def test_what_is_no_text_is_refused(tmp_path, content, says):
    with pytest.raises(ExtractError, match=says):
        find_encoding(written(tmp_path, content), "x.csv")


@pytest.mark.parametrize("controls", [b"\x01\x02\x03\x04", b"\t\n\r\x0c\x1a" * 9, b"\x01" * 9 + b"a" * 91])
def test_a_few_control_characters_are_text_all_the_same(tmp_path, controls):
    assert find_encoding(written(tmp_path, controls + b"ab"), "x.csv").name == "utf-8"


@pytest.mark.parametrize("block", [1, 2, 3, 7, 1 << 22])
@pytest.mark.parametrize(
    ("content", "encoding", "newline", "expected"),
    [
        ("aø\r\nb\r\n".encode("utf-16-le"), "utf-16-le", b"\n", "aø\r\nb\r\n".encode()), (b"a\xf8\rb\r", "cp1252", b"\r", "aø\nb\n".encode()), (b"a\x81b\n", "cp1252", b"\n", b"a\xffb\n"),
        ("aø\u2028b".encode(), "utf-8", "\u2028".encode(), "aø\nb".encode()), ("aø\u2028b\u2029".encode("utf-16-be"), "utf-16-be", "\u2028".encode(), "aø\nb\u2029".encode()), (b"\xef\xbb\xbfab", "utf-8", b"\n", b"\xef\xbb\xbfab"),
    ],
)  # fmt: skip
def test_a_file_is_made_utf_8_whatever_the_size_of_its_pieces(tmp_path, monkeypatch, block, content, encoding, newline, expected):
    monkeypatch.setattr(encodings, "BLOCK", block)
    target = recode(written(tmp_path, content), Encoding(encoding), tmp_path / "y.csv", newline=newline)
    assert target.read_bytes() == expected


@pytest.mark.parametrize("block", [1, 3, 1 << 22])
@pytest.mark.parametrize(
    ("content", "name", "doubt"),
    [
        ("ø\nø\n".encode() + b"\n\xf8\n", "utf-8", Doubt("mixed", 1, 4)), (b"a\n" + "ø".encode() + b"\xf8", "utf-8", Doubt("mixed", 1, 2)), (b"\xf8\n\xf8\n\xf8\n" + "øø\n".encode(), "cp1252", Doubt("mixed", 2, 4)),
        ("\ufffd".encode() + b"\xf8\xf8", "cp1252", None), (b"\xf8\x9b\x9b", "cp1252", None), (b"\xf8\x9b\x9b\x9b", "cp1252", Doubt("letters", 3)), (b"\x96\x94\xa0\xf8", "cp1252", None), (b"\x9b", "cp1252", Doubt("letters", 1)),
    ],
)  # fmt: skip
def test_the_commoner_reading_wins_and_what_speaks_against_it_is_said_with_its_line(tmp_path, monkeypatch, block, content, name, doubt):
    monkeypatch.setattr(encodings, "BLOCK", block)
    found = judge(written(tmp_path, content))
    assert (found.name, found.doubt) == (name, doubt)
