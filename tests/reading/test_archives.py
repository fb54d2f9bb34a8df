"""Archives that hold more than plain CSV files: nothing in them is left out without a word, and each is told in a line what to do."""

import gzip
import io
import zipfile

import pytest

from logsyn.validator.errors import ExtractError
from tests.reading.conftest import read_paths

LOG = b"case_id;activity;timestamp\n1;a;2023-01-01\n"


def zipped(**members):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def locked():
    content = bytearray(zipped(**{"x.csv": LOG}))
    content[6] |= 1
    content[content.find(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


ZIP, GZ = zipped(**{"x.csv": LOG}), gzip.compress(LOG)
REFUSED = {
    "a zip in a zip": ("a.zip", zipped(**{"in.zip": ZIP}), "a.zip: holds what is packed once more (in.zip)"),
    "a zip beside a file": ("a.zip", zipped(**{"in.ZIP": ZIP, "x.csv": LOG}), "packed once more (in.ZIP)"),
    "gzip in a zip": ("a.zip", zipped(**{"d/x.csv.gz": GZ}), "packed once more (d/x.csv.gz)"),
    "gzip beside a file": ("a.zip", zipped(**{"x.csv.gz": GZ, "y.csv": LOG}), "packed once more (x.csv.gz)"),
    "many": ("a.zip", zipped(**{f"{n}.rar": b"" for n in range(12)}), "7.rar, 8.rar, 9.rar and 2 more)"),
    "a zip called csv": ("a.zip", zipped(**{"in.csv": ZIP}), "in.csv: is packed twice, for what comes out of it is zip"),
    "gzip called csv": ("a.zip", zipped(**{"in.csv": GZ}), "in.csv: is packed twice, for what comes out of it is gzip"),
    "gzip twice": ("x.csv.gz", gzip.compress(GZ), "x.csv.gz: is packed twice, for what comes out of it is gzip again"),
    "a zip in gzip": ("x.gz", gzip.compress(ZIP), "x.gz: is packed twice, for what comes out of it is zip again"),
    "a Parquet file in gzip": ("x.gz", gzip.compress(b"PAR1xxxx"), "x.gz: is a Parquet file, not CSV"),
    "a password": ("a.zip", locked(), "a.zip/x.csv: is locked with a password"),
    "no log": ("a.zip", zipped(**{"readme.docx": b""}), "has no CSV file in it (found: readme.docx)"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_an_archive_that_cannot_be_read_whole_is_refused_with_what_to_do(tmp_path, case):
    name, content, words = REFUSED[case]
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ExtractError) as fault:
        read_paths([tmp_path / name])
    assert words in str(fault.value)
    assert "\n" not in str(fault.value).removesuffix(f"\n  {fault.value.hint}")
    assert fault.value.hint


@pytest.mark.parametrize("path", ["../../etc/x.csv", "/etc/x.csv", "./x.csv", "a/../x.csv", "c:/x.csv"])
def test_a_path_that_leads_out_of_an_archive_is_only_a_name(tmp_path, path):
    (tmp_path / "a.zip").write_bytes(zipped(**{path: LOG, ".hidden/y.csv": LOG, "__MACOSX/x.csv": b"\0"}))
    read = read_paths([tmp_path / "a.zip"])
    assert [(extract.file, extract.rows_loaded) for extract in read.reading.inputs] == [("a.zip/x.csv", 1)]
    assert [file.name for file in tmp_path.iterdir()] == ["a.zip"]
