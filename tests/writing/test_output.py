"""Results are put in their place whole, for the readers they are for; nothing that is not as logsyn wrote it is replaced."""

import hashlib
import json
import os
import stat
from pathlib import Path

import pytest

from logsyn.validator.errors import AuditError
from logsyn.validator.writing.output import refuse_foreign_folder, staged, staged_file
from logsyn.validator.writing.protected import refuse_inside

REPORT = {"index.html": "<p>1", "audit.json": "{}", "rejected.csv": "raw", "violations.parquet": "PAR1"}


def put(out, files, what="report"):
    with staged(out, what) as folder:
        for name, text in files.items():
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")


def everything(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") if path.is_file() else None
        for path in folder.rglob("*")
    }


def test_an_earlier_result_of_the_same_kind_is_replaced(tmp_path):
    put(tmp_path / "r", REPORT)
    put(tmp_path / "r", {"index.html": "<p>2"})
    assert everything(tmp_path / "r").keys() == {"index.html", ".logsyn-files.json"}
    assert [path.name for path in tmp_path.iterdir()] == ["r"]


def write(name, text="mine"):
    def change(folder):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")

    return change


def link(folder):
    (folder / "index.html").unlink()
    (folder / "index.html").symlink_to(folder.parent / "elsewhere.html")


CHANGES = {
    "added": (write("notes.txt"), "notes.txt"),
    "added_below": (write("before/notes.txt"), "before/notes.txt"),
    "added_under_a_known_name": (write("practice.html"), "practice.html"),
    "changed": (write("index.html"), "index.html, which was changed"),
    "replaced_by_a_link": (link, "index.html, which was changed"),
    "a_link_to_a_folder": (lambda folder: (folder / "more").symlink_to(folder.parent), "more"),
    "an_empty_folder": (lambda folder: (folder / "kept").mkdir(), "kept/"),
    "no_list_of_files": (lambda folder: (folder / ".logsyn-files.json").unlink(), "audit.json, index.html"),
    "a_list_that_is_none": (write(".logsyn-files.json", "[1]"), ".logsyn-files.json, audit.json"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_people_have_put_or_changed_there_stays(tmp_path, change):
    make, says = CHANGES[change]
    put(tmp_path / "r", REPORT)
    make(tmp_path / "r")
    before = everything(tmp_path)
    with pytest.raises(AuditError, match=f"holds what is not of a report: {says}"):
        refuse_foreign_folder(tmp_path / "r")
    with pytest.raises(AuditError, match="holds what is not of a report"):
        put(tmp_path / "r", REPORT)  # also when it came there while the command ran
    assert everything(tmp_path) == before


@pytest.mark.parametrize("what", ["export", "comparison", "folder of drafts", "remedied log"])
def test_a_result_of_another_kind_stays(tmp_path, what):
    put(tmp_path / "r", REPORT)
    with pytest.raises(AuditError, match=f"is not of an? {what}: it is a report"):
        refuse_foreign_folder(tmp_path / "r", what)


def of_version_0_2_0(folder, what):
    """The files of that version, which wrote no list of them: as small as they can be and still be themselves."""
    page, table = '<!DOCTYPE html>\n<p class="brand">logsyn', "PAR1 DuckDB PAR1"
    report = dict.fromkeys(("index.html", "practice.html", "quality.html"), page) | {
        "audit.json": '{"schema": "logsyn/audit/1"}', "violations.parquet": table, "rejected.csv": "file;line;reason;raw\n",
    }  # fmt: skip
    log = "case,activity\n"
    digest = hashlib.sha256(log.encode()).hexdigest()
    export = {"schema": "logsyn/export/1", "files": [{"name": "log.csv", "sha256": digest}]}
    files = {
        "report": report,
        "remedied log": {f"{part}/{name}": text for part in ("before", "after") for name, text in report.items()}
        | {"remedy.html": page, "changes.parquet": table, "remedied.parquet": table},
        "comparison": {"compare.html": page, "compare.json": '{"schema": "logsyn/compare/1"}'},
        "export": {
            "log.csv": log, "export.json": json.dumps(export), "left-out.csv": "file;line;reason\n",
            "README.da.md": "# Log, logsyn", "README.en.md": "# Log, logsyn",
        },
    }[what]  # fmt: skip
    for name, text in files.items():
        write(name, text)(folder)
    return files


@pytest.mark.parametrize("what", ["report", "remedied log", "comparison", "export"])
def test_a_result_of_version_0_2_0_is_known_by_its_content(tmp_path, what):
    files = of_version_0_2_0(tmp_path / "r", what)
    refuse_foreign_folder(tmp_path / "r", what)
    for name, text in files.items():
        write(name, "somebody's own")(tmp_path / "r")
        with pytest.raises(AuditError, match=name.replace(".", "[.]")):
            refuse_foreign_folder(tmp_path / "r", what)
        write(name, text)(tmp_path / "r")
    write("notes.txt")(tmp_path / "r")
    with pytest.raises(AuditError, match=r"notes\.txt"):
        refuse_foreign_folder(tmp_path / "r", what)


@pytest.mark.parametrize("made", [os.mkfifo, lambda path: path.write_bytes(b"[" * 100_000)], ids=["pipe", "nested"])
@pytest.mark.parametrize("name", ["audit.json", ".logsyn-files.json"])
def test_a_folder_whose_papers_are_none_stays_and_is_not_waited_for(tmp_path, made, name):
    write("index.html", "somebody's own")(tmp_path / "r")
    made(tmp_path / "r" / name)
    with pytest.raises(AuditError, match="holds what is not of a report"):
        refuse_foreign_folder(tmp_path / "r", "report")


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_the_folder_respects_the_umask_and_raw_values_are_for_their_owner(tmp_path, umask):
    before = os.umask(umask)
    try:
        put(tmp_path / "r", REPORT | {"run.json": "{}", "against.md": "labels", "README.da.md": "#"})
        with staged_file(tmp_path / "tables.duckdb", private=True) as file:
            file.write_text("raw", encoding="utf-8")
            assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    finally:
        os.umask(before)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.rglob("*")}
    shared = dict.fromkeys(("index.html", "audit.json", "run.json", "README.da.md", ".logsyn-files.json"), 0o666 & ~umask)
    private = dict.fromkeys(("rejected.csv", "violations.parquet", "against.md", "tables.duckdb"), 0o600)
    assert modes == {"r": 0o777 & ~umask, **shared, **private}


@pytest.mark.parametrize("mode", [0o700, 0o750, 0o2770])
def test_the_permissions_of_an_earlier_folder_stay(tmp_path, mode):
    put(tmp_path / "r", REPORT)
    (tmp_path / "r").chmod(mode)
    put(tmp_path / "r", REPORT)
    assert stat.S_IMODE((tmp_path / "r").stat().st_mode) == mode


def test_a_file_that_came_there_meanwhile_stays(tmp_path):
    def write_while_somebody_else_does():
        with staged_file(tmp_path / "draft.html", private=True) as file:
            file.write_text("ours", encoding="utf-8")
            (tmp_path / "draft.html").write_text("theirs", encoding="utf-8")

    with pytest.raises(AuditError, match="exists already"):
        write_while_somebody_else_does()
    assert everything(tmp_path) == {"draft.html": "theirs"}


def test_folders_that_were_made_for_nothing_are_gone(tmp_path):
    with pytest.raises(RuntimeError), staged(tmp_path / "a" / "b" / "r"):
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []


def test_where_folders_cannot_be_exchanged_at_once_it_is_replaced_all_the_same(tmp_path, monkeypatch):
    monkeypatch.setattr("logsyn.validator.writing.output._exchange", lambda *_: False)
    for text in ("1", "2"):
        put(tmp_path / "r", {"index.html": text})
    assert everything(tmp_path / "r")["index.html"] == "2"
    assert [path.name for path in tmp_path.iterdir()] == ["r"]


PLACES = {
    "in_it": lambda here: here / "r" / "log.csv",
    "itself": lambda here: here / "r",
    "below": lambda here: here / "r" / "before" / "x.csv",
    "by_a_way_around": lambda here: here / "r" / ".." / "r" / "log.csv",
    "a_link_into_it": lambda here: here / "link.csv",
    "a_link_in_it": lambda here: here / "r" / "outward.csv",
    "through_a_linked_folder": lambda here: here / "linked" / "log.csv",
    "the_same_file_by_another_name": lambda here: here / "hard.csv",
}


@pytest.fixture
def used(tmp_path):
    (tmp_path / "r" / "before").mkdir(parents=True)
    for name in ("r/log.csv", "r/before/x.csv", "elsewhere.csv"):
        (tmp_path / name).write_text("1", encoding="utf-8")
    (tmp_path / "link.csv").symlink_to("r/log.csv")
    (tmp_path / "r" / "outward.csv").symlink_to(tmp_path / "elsewhere.csv")
    (tmp_path / "linked").symlink_to("r")
    (tmp_path / "hard.csv").hardlink_to(tmp_path / "r" / "log.csv")
    return tmp_path


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("out", ["r", "linked", "./r/", "../{here}/r"])
def test_what_is_used_may_not_lie_in_what_is_replaced(used, monkeypatch, place, out):
    monkeypatch.chdir(used)
    path = PLACES[place](Path())
    with pytest.raises(AuditError, match=r"the extract would lie in"):
        refuse_inside(Path(out.format(here=used.name)), [("extract", path)])


def test_what_is_not_there_yet_is_found_in_whatever_case(tmp_path):
    for name in ("r/key", "R/Key", "r/deeper/key"):
        with pytest.raises(AuditError, match="the key would lie in"):
            refuse_inside(tmp_path / "r", [("key", tmp_path / name)])
    (tmp_path / "r").mkdir()
    (tmp_path / "R").mkdir()
    refuse_inside(tmp_path / "r", [("key", tmp_path / "R" / "key"), ("suite", "base"), ("practice", None)])
