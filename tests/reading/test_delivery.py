"""Files: packed, several, missing, damaged, locked, too large; and their names."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import random
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from logsyn.validator.errors import ExtractError, ShortageError
from logsyn.validator.reading import delivery
from tests.reading.conftest import read_paths

LOG = b"case;activity;timestamp\n1;a;2023-01-01\n2;b;2023-01-02\n"
OTHER = b"timestamp,note,case,activity\n2023-01-03,x,3,c\n"


@pytest.fixture
def archive(tmp_path):
    def to_zip(**members: bytes):
        path = tmp_path / "all.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
            for name, content in members.items():
                packed.writestr(name.replace("__", "/").replace("_", "."), content)
        return path

    return to_zip


def test_gzip_is_unpacked_and_the_checksum_is_of_the_delivered_file(write):
    path = write("log.csv.gz", gzip.compress(LOG, mtime=0))
    read = read_paths([path])
    (one,) = read.reading.inputs
    assert (one.file, one.rows_loaded) == ("log.csv.gz", 2)
    assert one.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_all_csv_files_of_an_archive_are_one_log(archive):
    read = read_paths([archive(a_csv=LOG, in__b_csv=OTHER, readme_md=b"no")])
    assert read.rows("file::VARCHAR, line, case_id") == [
        ("all.zip/a.csv", 2, "1"),
        ("all.zip/a.csv", 3, "2"),
        ("all.zip/b.csv", 2, "3"),
    ]
    assert [one.delimiter for one in read.reading.inputs] == [";", ","]


def test_columns_of_several_files_are_united_by_name(write):
    read = read_paths(
        [
            write("a.csv", LOG),
            write("b.csv", OTHER),
            write("c.csv", b"Note;CASE;Activity;timestamp\ny;4;d;2023-01-04\n"),
        ]
    )
    assert read.rows("case_id, activity, text") == [
        ("1", "a", None),
        ("2", "b", None),
        ("3", "c", "x"),
        ("4", "d", "y"),
    ]
    assert any("note / Note is not in a.csv" in remark.en for remark in read.reading.remarks)


def test_kept_doubles_are_matched_by_their_order(write):
    first = write("a.csv", b"case;activity;timestamp;k;K\n1;a;2023-01-01;x;y\n")
    second = write("b.csv", b"K;case;activity;timestamp;k;k\np;1;a;2023-01-01;q;r\n")
    assert read_paths([first, second]).rows('"k", "K (2)", "k (3)"') == [("x", "y", None), ("p", "q", "r")]


def test_broken_records_and_lines_are_of_their_file(write):
    read = read_paths([write("a.csv", LOG), write("b.csv", LOG + b"bad\n\n3;c;2023-01-03\n"), write("c.csv", LOG)])
    assert read.rejected("file, line") == [("b.csv", 4)]
    assert read.rows("file::VARCHAR, line")[4:] == [("b.csv", 6), ("c.csv", 2), ("c.csv", 3)]
    assert [(one.rows_in_file, one.rows_rejected, one.blank_lines) for one in read.reading.inputs] == [
        (2, 0, 0),
        (4, 1, 1),
        (2, 0, 0),
    ]


def test_files_of_one_name_are_told_apart(write):
    read = read_paths([write("jan/log.csv", LOG), write("feb/log.csv", LOG), write("feb/other.csv", LOG)])
    assert [one.file for one in read.reading.inputs] == ["jan/log.csv", "feb/log.csv", "other.csv"]
    assert [file for (file,) in read.rows("file::VARCHAR")] == [
        one.file for one in read.reading.inputs for _ in range(2)
    ]


def test_a_file_without_rows_beside_others_is_fine(write):
    read = read_paths([write("a.csv", b"case;activity;timestamp\n"), write("b.csv", LOG)])
    assert [one.rows_in_file for one in read.reading.inputs] == [0, 2]


@pytest.mark.parametrize("name", ["a[1].csv", "x*y.csv", "what?.csv", "it's.csv", "k=v/log.csv", "blå; bær.csv"])
def test_any_file_name_will_do(write, name):
    assert read_paths([write(name, LOG)]).values("line") == [2, 3]


@pytest.mark.parametrize(("name", "neighbour"), [("a[1].csv", "a1.csv"), ("x*y.csv", "xzy.csv"), ("w?.csv", "wo.csv")])
def test_a_file_name_is_no_pattern(write, name, neighbour):
    write(neighbour, LOG + LOG)
    assert read_paths([write(name, LOG)]).values("line") == [2, 3]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("log.csv.gz", gzip.compress(LOG, mtime=0)[:-9], "damaged gzip"),
        ("log.csv.gz", b"\x1f\x8b" + b"x" * 50, "damaged gzip"),
        ("log.zip", b"PK\x03\x04" + b"x" * 50, "damaged zip"),
        ("log.csv.gz", gzip.compress(b"", mtime=0), "empty"),
    ],
)
def test_damaged_files_are_refused(write, name, content, words):
    with pytest.raises(ExtractError, match=words):
        read_paths([write(name, content)])


def test_archives_that_hold_no_csv_are_refused(archive):
    with pytest.raises(ExtractError, match=r"no CSV file in it \(found: readme.md\)"):
        read_paths([archive(readme_md=b"x")])
    with pytest.raises(ExtractError, match="Excel workbook"):
        read_paths([archive(xl__workbook_xml=b"<x/>")])


def test_a_locked_archive_is_refused(archive):
    path = archive(a_csv=LOG)
    content = path.read_bytes()
    local, central = content.index(b"PK\x03\x04"), content.index(b"PK\x01\x02")
    flagged = bytearray(content)
    flagged[local + 6] |= 1
    flagged[central + 8] |= 1
    path.write_bytes(bytes(flagged))
    with pytest.raises(ExtractError, match="locked with a password"):
        read_paths([path])


def test_a_file_that_grows_beyond_measure_is_refused(write, monkeypatch):
    monkeypatch.setattr(delivery, "GROWTH_FLOOR", 1 << 20)
    with pytest.raises(ExtractError, match="unpacks to more than"):
        read_paths([write("bomb.csv.gz", gzip.compress(b"a;b;c\n" * 5_000_000, mtime=0))])


@pytest.mark.parametrize("several", ["members", "archives", "gzip"])
def test_the_limit_of_unpacking_is_one_for_all_that_is_delivered(archive, write, monkeypatch, several):
    monkeypatch.setattr(delivery, "GROWTH_FLOOR", 1 << 20)
    monkeypatch.setattr(delivery, "GROWTH_LIMIT", 20)
    text = b"case_id;activity;timestamp\n" + b"1;a;2023-01-01\n" * 30_000  # 450 kB, 1.5 kB when packed
    if several == "members":
        paths = [archive(a_csv=text, b_csv=text, c_csv=text)]
    elif several == "gzip":
        paths = [write(f"{name}.csv.gz", gzip.compress(text, mtime=0)) for name in "abc"]
    else:
        paths = [archive(a_csv=text), write("b.csv.gz", gzip.compress(text)), write("c.csv.gz", gzip.compress(text))]
    with pytest.raises(ExtractError, match="what was delivered unpacks to more than 1,048,576 bytes"):
        read_paths(paths)


def test_an_archive_that_the_disk_cannot_hold_is_refused_with_what_it_wants(archive, monkeypatch):
    monkeypatch.setattr("shutil.disk_usage", lambda _path: SimpleNamespace(free=10_000_000))
    path = archive(a_csv=LOG)
    declared = path.read_bytes().replace(len(LOG).to_bytes(4, "little"), (2_000_000_000).to_bytes(4, "little"))
    path.write_bytes(declared)
    with pytest.raises(ShortageError, match=r"2\.0 GB of disk are wanted to unpack it, and 10 MB are free"):
        read_paths([path])


@pytest.mark.parametrize(
    ("make", "words"), [(lambda path: path / "none.csv", "no such file"), (lambda path: path, "is a folder")]
)
def test_paths_that_are_no_files_are_refused(tmp_path, make, words):
    with pytest.raises(ExtractError, match=words):
        read_paths([make(tmp_path)])


def test_nothing_and_the_same_file_twice_are_refused(write):
    path = write("a.csv", LOG)
    with pytest.raises(ExtractError, match="given more than once"):
        read_paths([path, path.parent / "." / "a.csv"])
    with pytest.raises(ExtractError, match="no file was given"):
        read_paths([])


def test_any_wrong_byte_in_an_archive_is_read_or_told(write, tmp_path):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", LOG * 9)
        archive.writestr("b.csv", LOG * 9)
    sound, chance, told = packed.getvalue(), random.Random(9), []
    for number in range(len(sound)):
        wrong = bytearray(sound)
        wrong[number] ^= chance.choice([0x01, 0x80, 0xFF])
        try:
            delivery.deliver([write("log.zip", bytes(wrong))], tmp_path / f"work-{number}")
        except ExtractError as error:
            told.append(str(error))
    assert len(told) > len(sound) // 3
    assert all(words.startswith("log.zip") for words in told)


def test_an_archive_that_points_outside_itself_is_damaged(archive):
    path = archive(a_csv=LOG)
    content = bytearray(path.read_bytes())
    end = content.rindex(b"PK\x05\x06")
    content[end + 16 : end + 20] = b"\xff\xff\xff\x7f"  # where the list of members is said to begin
    path.write_bytes(bytes(content))
    with pytest.raises(ExtractError, match=r"all.zip: damaged zip archive"):
        read_paths([path])


def test_a_folder_is_refused_by_whatever_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("", ".", "..", "/", "./", str(tmp_path)):
        with pytest.raises(ExtractError, match="is a folder"):
            read_paths([Path(name)])
    with pytest.raises(ExtractError, match="given more than once"):
        read_paths([Path(), tmp_path])


def test_what_cannot_be_reached_or_read_is_told(tmp_path):
    (tmp_path / "loop.csv").symlink_to(tmp_path / "other.csv")
    (tmp_path / "other.csv").symlink_to(tmp_path / "loop.csv")
    os.mkfifo(tmp_path / "pipe.csv")
    for path, says in [
        (tmp_path / "loop.csv", "cannot be reached"),
        (tmp_path / ("x" * 300), "cannot be reached"),
        (tmp_path / "loop.csv" / "a.csv", "cannot be reached"),
        (tmp_path / "pipe.csv", "not a regular file"),
        (Path("/dev/null"), "not a regular file"),
        (Path("/proc/self/mem"), "cannot be read"),
    ]:
        with pytest.raises(ExtractError, match=says):
            read_paths([path])


@pytest.mark.parametrize("broken", [b"", b"bad\n"])
def test_a_name_in_latin_1_is_read_and_written_out(tmp_path, broken):
    folder = tmp_path / os.fsdecode(b"sager \xe6\xf8\xe5")
    folder.mkdir()
    (folder / os.fsdecode(b"udtr\xe6k.csv")).write_bytes(LOG + broken)
    read = read_paths([folder / os.fsdecode(b"udtr\xe6k.csv")])
    assert read.reading.inputs[0].file == r"udtr\xe6k.csv"
    assert read.reading.inputs[0].sha256 == hashlib.sha256(LOG + broken).hexdigest()
    assert read.values("case_id") == ["1", "2"]
