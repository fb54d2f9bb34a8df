"""A personal number in the name of a file or of a member of an archive is masked however the name is written, and one in a case id that looks like a pseudonym."""

import json
import os
import zipfile

import pytest

from logsyn.validator.personal.file_names import member_name, shown_name
from tests.reading.conftest import read_paths

LOG = b"case_id;activity;timestamp\n1;a;2023-01-01\n"
NUMBERS = [
    ("070685\u00a03597", "cp1252"),
    ("070685\u00a03597", "cp850"),
    ("070685\u00a03597", "mac_roman"),
    ("070685\u20133597", "cp1252"),
    ("070685\u20133597", "mac_roman"),
    ("070685\u20133597", "utf-8"),
    ("070685-3597", "cp1252"),
]


@pytest.mark.parametrize(("number", "encoding"), NUMBERS)
def test_a_number_in_the_name_of_a_file_is_masked_in_any_encoding(tmp_path, number, encoding):
    path = os.fsdecode(os.fsencode(tmp_path) + b"/" + f"Søren {number} é.csv".encode(encoding))
    with open(path, "wb") as file:  # noqa: PTH123 - a name that is no UTF-8
        file.write(LOG)
    (extract,) = read_paths([path]).reading.inputs
    assert "######-####" in extract.file
    assert "0706" not in extract.file
    json.dumps(extract.file).encode()


def archive_with(path, name):
    """An archive with one member under a name of any bytes, which does not say that they are UTF-8."""
    stand_in = "z" * len(name)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(stand_in, LOG)
    path.write_bytes(path.read_bytes().replace(stand_in.encode(), name))


@pytest.mark.parametrize(("number", "encoding"), NUMBERS)
def test_a_number_in_the_name_of_a_member_is_masked_in_any_encoding(tmp_path, number, encoding):
    archive_with(tmp_path / "log.zip", f"Søren {number} é.csv".encode(encoding))
    (extract,) = read_paths([tmp_path / "log.zip"]).reading.inputs
    assert "######-####" in extract.file
    assert "0706" not in extract.file


@pytest.mark.parametrize("encoding", ["utf-8", "cp850"])
def test_the_name_of_a_member_is_read_as_it_is_written_in_denmark(tmp_path, encoding):
    archive_with(tmp_path / "log.zip", "Møder på Ærø Øst.csv".encode(encoding))
    with zipfile.ZipFile(tmp_path / "log.zip") as archive:
        assert member_name(archive.infolist()[0]) == "Møder på Ærø Øst.csv"


@pytest.mark.parametrize("name", ["log.csv", "Møde.csv", "\U0001f600", "M\udcf8de", "a\udca0b 1234567890"[:4]])
def test_a_name_without_a_number_stands_as_it_is_with_its_bytes_written_out(name):
    assert shown_name(name) == os.fsencode(name).decode("utf-8", "backslashreplace")
