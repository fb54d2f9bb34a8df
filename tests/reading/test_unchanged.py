"""A file that changes while it is read is told to have changed, wherever the reading stands; no memory is mapped that others can make shorter."""

import os

import pytest

from logsyn.validator.errors import ExtractError
from logsyn.validator.reading import accounts, extract, records
from logsyn.validator.reading.unchanged import unchanged
from tests.reading.conftest import read_paths

PLAIN = b"case;activity;timestamp\n" + b"".join(b"%d;a;2023-01-01\n" % n for n in range(3_000))
BROKEN = PLAIN.replace(b"\n2000;a;", b"\n2000;a;b;", 1) + b'1;"b\n'

CHANGES = {
    "truncated": (lambda path: os.truncate(path, 100), "changed"),
    "emptied": (lambda path: os.truncate(path, 0), "changed"),
    "appended_to": (lambda path: path.write_bytes(path.read_bytes() + b"x;b;2023-01-02\n" * 9), "changed"),
    "replaced": (lambda path: (path.parent / "other").replace(path), "changed"),
    "removed": (lambda path: path.unlink(), "was removed"),
}
MOMENTS = [
    (extract, "make_plan", PLAIN),
    (extract, "load_part", PLAIN),
    (accounts.Accounts, "balance", PLAIN),
    (records, "_Splitter", BROKEN),  # made when the file is mapped
]


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("moment", range(len(MOMENTS)))
def test_a_change_is_told_as_one(write, monkeypatch, change, moment):
    (where, name, content), (make, says) = MOMENTS[moment], CHANGES[change]
    path = write("log.csv", content)
    write("other", content)
    original = getattr(where, name)

    def changing(*given, **named):
        result = original(*given, **named) if name == "_Splitter" else None
        if path.exists() and path.stat().st_size == len(content):
            make(path)
        return result or original(*given, **named)

    monkeypatch.setattr(where, name, changing)
    with pytest.raises(ExtractError, match=rf"log.csv: {says}.* while it was read"):
        read_paths([path])


def test_what_stays_as_it_is_is_read(write):
    assert read_paths([write("log.csv", BROKEN)]).reading.inputs[0].rows_loaded == 2_999


def test_what_has_changed_is_told_with_the_size_that_it_had_and_that_it_has(tmp_path):
    path = tmp_path / "log.csv"
    path.write_bytes(b"x" * 2000)
    with pytest.raises(ExtractError, match=r"it had 2,000 bytes, and has 1,234\)"), unchanged([path]):
        path.write_bytes(b"x" * 1234)
