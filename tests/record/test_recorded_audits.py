"""An audit.json that is none, was changed, or holds what no audit can, is told in one line, and nothing is waited for."""

import json
import os

import pytest
from typer.testing import CliRunner

from logsyn.validator.commands.main import app
from logsyn.validator.errors import AuditError
from logsyn.validator.record import load, written
from logsyn.validator.record.load import MOST_BYTES
from logsyn.validator.record.written import id_of
from logsyn.validator.recorded import load_audit
from tests.record.made import EXTRACT, FIRST

NO_AUDITS = {
    "nested lists": b"[" * 100_000,
    "nested mappings": b'{"inputs":' * 100_000,
    "nested where it may be": b'{"schema": "logsyn/audit/1", "findings": ' + b"[" * 5_000 + b"]" * 5_000 + b"}",
    "nested a little": b'{"schema": "logsyn/audit/1", "findings": ' + b"[" * 100 + b"]" * 100 + b"}",
    "many digits": b'{"schema": ' + b"9" * 100_000 + b"}",
    "many values": b"[" + b"[]," * 10_000_001 + b"[]]",
    "half of a pair": b'{"schema": "\\ud800"}',
    "no UTF-8": b'{"schema": "\xe6"}',
    "no mapping": b'["logsyn/audit/1"]',
    "a later version": b'{"schema": "logsyn/audit/3"}',
    "a long name": b'{"schema": "' + b"x" * 10_000_000 + b'"}',
    "no id": b'{"schema": "logsyn/audit/2"}',
    "NUL": b"\0" * 1000,
    "empty": b"",
    "no number": b'{"schema": NaN}',
    "no number within": b'{"schema": "logsyn/audit/1", "log": {"events": Infinity}}',
}


def told_of(path):
    """What is said of a file that is no audit: one line, and one that says what to do."""
    with pytest.raises(AuditError) as told:
        load_audit(path)
    first, *hint = str(told.value).splitlines()
    assert len(first) < 600 + len(str(path))
    assert len(hint) <= 1
    return first


@pytest.mark.parametrize("name", NO_AUDITS)
def test_what_is_no_audit_is_told_in_one_line(tmp_path, name):
    (tmp_path / "audit.json").write_bytes(NO_AUDITS[name])
    assert str(tmp_path) in told_of(tmp_path)


def changed(path, value):
    """The record of version 1 with another value at a path."""
    record = json.loads(FIRST.read_bytes())
    *above, last = path
    part = record
    for step in above:
        part = part[step]
    part[last] = value
    return record


WRONG = {
    "a count beyond all machines": (["log", "events"], 10**400),
    "a count beyond an engine": (["log", "events"], 2**127),
    "a negative count": (["findings", 0, "failed"], -1),
    "a negative row": (["inputs", 0, "rows_loaded"], -(10**400)),
    "a number beyond what is shown": (["findings", 0, "params"], {"limit": 10**60}),
    "text for a count": (["log", "cases"], "24"),
    "a share for a count": (["log", "cases"], 24.0),
    "a truth value for a count": (["log", "cases"], True),
    "no mapping of versions": (["versions"], 7),
    "a list for a mapping": (["versions"], ["0.2.0"]),
    "a day that does not exist": (["as_of"], "2023-02-30"),
    "a week for a day": (["as_of"], "2023-W48-4"),
    "an outcome that is none": (["findings", 0, "outcome"], "fine"),
    "a key too many": (["log", "verdict"], "fit"),
    "half of a letter": (["suite"], "\ud800"),
    "half of a letter in what is free": (["findings", 0, "params"], {"column": "\ud800"}),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_no_audit_can_hold_is_told_in_one_line(tmp_path, name):
    record = changed(*WRONG[name])
    (tmp_path / "audit.json").write_text(json.dumps(record), encoding="utf-8")
    assert "is no audit of this version of logsyn" in told_of(tmp_path)


@pytest.mark.parametrize("literal", ["1e999", "-1e999"])
def test_a_number_that_overflows_is_told_in_one_line(tmp_path, literal):
    text = json.dumps(changed(["findings", 0, "required_share"], 0.123)).replace("0.123", literal)
    (tmp_path / "audit.json").write_text(text, encoding="utf-8")
    assert "beyond all that can be counted" in told_of(tmp_path)


@pytest.mark.parametrize("path", [["verdict", "overall"], ["id"], ["suite"], ["findings", 0, "failed"]])
def test_a_record_that_was_changed_is_refused(tmp_path, path):
    record = json.loads(written(load(FIRST)))
    *above, last = path
    part = record
    for step in above:
        part = part[step]
    part[last] = {"overall": "fit", "failed": 0}.get(last, "0" * 64)
    (tmp_path / "audit.json").write_text(json.dumps(record), encoding="utf-8")
    assert "was changed after logsyn wrote it" in told_of(tmp_path)
    record["id"] = id_of(record)  # then it is another record, and none that was changed
    (tmp_path / "audit.json").write_text(json.dumps(record, indent=4, sort_keys=True), encoding="utf-8")
    assert load(tmp_path).id == record["id"]


SPECIAL = {
    "pipe": os.mkfifo,
    "device": lambda path: path.symlink_to("/dev/zero"),
    "terminal": lambda path: path.symlink_to("/dev/tty"),
    "folder": lambda path: path.mkdir(),
    "loop of links": lambda path: path.symlink_to(path.name),
    "link to nothing": lambda path: path.symlink_to("gone"),
    "nothing": lambda path: path.with_name("other").touch(),
    "gigabytes": lambda path: (path.touch(), os.truncate(path, 5 * MOST_BYTES)),
}


@pytest.mark.parametrize("name", SPECIAL)
@pytest.mark.parametrize("command", ["suggest", "export", "describe", "compare"])
def test_only_files_of_a_size_are_read_and_nothing_is_waited_for(tmp_path, name, command):
    SPECIAL[name](tmp_path / "audit.json")
    options = {
        "compare": [str(FIRST), str(tmp_path)],
        "export": [str(EXTRACT), "--to", "csv", "--audit", str(tmp_path / "audit.json")],
    }
    asked = options.get(command, [str(EXTRACT), "--audit", str(tmp_path / "audit.json")])
    done = CliRunner().invoke(app, [command, *asked, "--out", str(tmp_path / "out")])
    assert done.exit_code == 3, done.output
    assert "cannot be read" in done.output
    assert "internal error" not in done.output
    assert not (tmp_path / "out").exists()
