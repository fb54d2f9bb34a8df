"""What is written in another encoding than the rest of a file, or than it is taken for, is said with its place, and nothing of it is lost."""

import pytest

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
