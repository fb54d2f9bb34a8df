"""What holds raw values lies apart, for its owner only, with a text that says what it is; whatever was there before, whoever may read the rest."""

import errno
import hashlib
import json
import os
import shutil
import stat
from pathlib import Path

import pytest

from logsyn.validator.errors import AuditError
from logsyn.validator.writing.confidential import confidential_file, confidential_folder
from logsyn.validator.writing.output import refuse_foreign_folder, staged, staged_file
from logsyn.validator.writing.permissions import open_to_others
from tests.writing.test_output import everything, put

REPORT = {"index.html": "<p>1", "confidential/rejected.csv": "raw", "confidential/violations.parquet": "PAR1"}


def modes(folder):
    return {path.relative_to(folder).as_posix(): stat.S_IMODE(path.stat().st_mode) for path in folder.rglob("*")}


def put_remedied(out):
    with staged(out, "remedied log") as folder:
        (folder / "before").mkdir()
        for path in (folder / "remedy.html", folder / "before" / "index.html", confidential_folder(folder) / "remedied.parquet",
                     confidential_folder(folder, "before") / "rejected.csv"):  # fmt: skip
            path.write_text("text", encoding="utf-8")


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_it_is_for_its_owner_only_whatever_the_umask(tmp_path, umask):
    before = os.umask(umask)
    try:
        put_remedied(tmp_path / "r")
    finally:
        os.umask(before)
    shared, found = 0o666 & ~umask, modes(tmp_path / "r")
    assert found.pop("before") == 0o777 & ~umask
    assert found == {
        "remedy.html": shared, "before/index.html": shared, ".logsyn-files.json": shared, "confidential": 0o700, "confidential/before": 0o700,
        "confidential/README.txt": 0o600, "confidential/.logsyn-files.json": 0o600, "confidential/remedied.parquet": 0o600, "confidential/before/rejected.csv": 0o600,
    }  # fmt: skip


def test_an_earlier_folder_with_loose_permissions_does_not_open_the_new_one(tmp_path):
    put(tmp_path / "r", REPORT)
    for path in (tmp_path / "r", *(tmp_path / "r").rglob("*")):
        path.chmod(0o777)
    put(tmp_path / "r", REPORT)
    assert (modes(tmp_path)["r"], modes(tmp_path / "r")["confidential"]) == (0o777, 0o700)
    assert modes(tmp_path / "r")["confidential/rejected.csv"] == 0o600


def a_link(report):
    for path in (report / "confidential").iterdir():
        path.rename(report.parent / path.name)
    (report / "confidential").rmdir()
    (report / "confidential").symlink_to(report.parent)


def a_file(report):
    for path in (report / "confidential").iterdir():
        path.unlink()
    (report / "confidential").rmdir()
    (report / "confidential").write_text("mine", encoding="utf-8")


def a_worklist(report):
    (report / "confidential" / "worklist.csv").write_text("mine", encoding="utf-8")


def a_text(report):
    (report / "confidential" / "README.txt").write_text("mine", encoding="utf-8")


def a_list(report):
    (report / "confidential" / ".logsyn-files.json").write_text("[1]", encoding="utf-8")


def a_changed_value(report):
    (report / "confidential" / "rejected.csv").write_text("mine", encoding="utf-8")


CHANGES = {
    a_link: "confidential",
    a_file: "confidential",
    a_worklist: "confidential/worklist.csv",
    a_text: "confidential/README.txt, which was changed",
    a_list: "confidential/.logsyn-files.json, confidential/README.txt",
    a_changed_value: "confidential/rejected.csv, which was changed",
}


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_what_people_have_put_there_stays(tmp_path, change):
    put(tmp_path / "r", REPORT)
    change(tmp_path / "r")
    before = everything(tmp_path)
    with pytest.raises(AuditError, match=f"holds what is not of a report: {CHANGES[change]}"):
        put(tmp_path / "r", REPORT)
    assert everything(tmp_path) == before


def test_what_may_not_be_looked_into_is_not_taken_for_ours(tmp_path, monkeypatch):
    put(tmp_path / "r", REPORT)
    scan = os.scandir

    def closed(place):
        if Path(place).name == "confidential":
            raise PermissionError(errno.EACCES, "Permission denied", str(place))
        return scan(place)

    monkeypatch.setattr(os, "scandir", closed)  # root, who runs these tests in CI, may look into everything
    with pytest.raises(AuditError, match="holds what is not of a report: confidential/"):
        refuse_foreign_folder(tmp_path / "r")


def test_a_report_of_an_earlier_version_is_replaced_whole(tmp_path):
    put(tmp_path / "r", {"index.html": "1", "rejected.csv": "raw", "violations.parquet": "PAR1"})
    put(tmp_path / "r", REPORT)
    assert everything(tmp_path / "r").keys() == {
        *REPORT, "confidential", "confidential/README.txt", "confidential/.logsyn-files.json", ".logsyn-files.json",
    }  # fmt: skip


def test_a_file_is_found_where_this_and_earlier_versions_put_it(tmp_path, monkeypatch):
    places = [tmp_path / "before" / "confidential", tmp_path / "confidential" / "before", tmp_path / "before"]
    assert confidential_file(places[2], "x.csv") == places[0] / "x.csv"
    for place in reversed(places):
        place.mkdir(parents=True, exist_ok=True)
        (place / "x.csv").write_text("1", encoding="utf-8")
        assert confidential_file(places[2], "x.csv") == place / "x.csv"
    monkeypatch.chdir(places[2])
    (places[0] / "x.csv").unlink()
    assert confidential_file(Path(), "x.csv") == places[1] / "x.csv"


def test_the_text_names_what_lies_there_and_nothing_else(tmp_path):
    put(tmp_path / "r", REPORT)
    put_remedied(tmp_path / "m")
    report, remedied = ((tmp_path / name / "confidential" / "README.txt").read_text(encoding="utf-8") for name in "rm")
    told = {name: (report.count(f"  {name}\n"), remedied.count(f"  {name}\n")) for name in ("rejected.csv", "violations.parquet", "remedied.parquet", "before/", "after/")}
    assert told == {"rejected.csv": (2, 0), "violations.parquet": (2, 0), "remedied.parquet": (0, 2), "before/": (0, 2), "after/": (0, 0)}
    assert [line for line in (report + remedied).splitlines() if len(line) > 80] == []
    assert "\nSend ikke denne mappe videre" in report
    assert "\nDo not pass this folder on" in report


def test_what_is_passed_on_has_no_checksum_by_which_a_value_could_be_tried(tmp_path):
    put(tmp_path / "r", REPORT | {"confidential/rejected.csv": "the one value"})
    rest = [path.read_text(encoding="utf-8") for path in (tmp_path / "r").iterdir() if path.is_file()]
    assert not any(hashlib.sha256(b"the one value").hexdigest() in text for text in rest)
    shutil.rmtree(tmp_path / "r" / "confidential")
    put(tmp_path / "r", REPORT)  # what is kept back may be deleted, and the report is still ours


def test_the_list_of_an_earlier_version_is_known(tmp_path):
    put(tmp_path / "r", REPORT)
    of_all, of_kept = (tmp_path / "r" / place / ".logsyn-files.json" for place in ("", "confidential"))
    record, kept = (json.loads(path.read_bytes()) for path in (of_all, of_kept))
    of_all.write_text(json.dumps(record | {"files": record["files"] | kept["files"]}), encoding="utf-8")
    of_kept.unlink()
    put(tmp_path / "r", REPORT)


def test_a_result_with_nothing_confidential_has_no_such_folder(tmp_path):
    put(tmp_path / "r", {"index.html": "1"})
    assert everything(tmp_path / "r").keys() == {"index.html", ".logsyn-files.json"}


@pytest.mark.parametrize("number", [errno.EPERM, errno.EOPNOTSUPP])
def test_a_disk_that_keeps_no_permissions_loses_no_result_and_is_told(tmp_path, monkeypatch, number):
    def refused(path, *_args, **_how):
        raise OSError(number, os.strerror(number), str(path))

    made = Path.mkdir
    with monkeypatch.context() as disk:
        disk.setattr(Path, "chmod", refused)
        disk.setattr(Path, "mkdir", lambda path, mode=0o777, **how: made(path, **how))  # noqa: ARG005 - what such a disk does with it
        put(tmp_path / "r", REPORT)
        with staged_file(tmp_path / "list.csv", private=True) as file:
            file.write_text("raw", encoding="utf-8")
    assert open_to_others(tmp_path / "r") == tmp_path / "r" / "confidential"
    assert open_to_others(tmp_path / "list.csv") == tmp_path / "list.csv"
    put(tmp_path / "r", REPORT)
    assert open_to_others(tmp_path / "r") is None


def test_another_fault_of_permissions_is_one(tmp_path, monkeypatch):
    monkeypatch.setattr(Path, "chmod", lambda *_: (_ for _ in ()).throw(OSError(errno.EIO, "Input/output error")))
    with pytest.raises(OSError, match="Input/output error"):
        put(tmp_path / "r", REPORT)
    assert list(tmp_path.iterdir()) == []
