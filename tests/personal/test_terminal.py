"""Nothing that an extract, a name or a declaration holds reaches a terminal as anything but text on its own line."""

import json
import re
import sys
import zipfile
from pathlib import Path

import pytest
from rich.text import Text
from typer.testing import CliRunner

from logsyn.expectations.errors import DeclarationError, shown
from logsyn.expectations.selection import SelectionError
from logsyn.validator import errors
from logsyn.validator.commands import progress
from logsyn.validator.commands.faults import told
from logsyn.validator.commands.main import app
from logsyn.validator.commands.schema import SchemaOf
from logsyn.validator.personal.terminal import in_one_line, printable
from logsyn.validator.writing.disks import DiskFullError

HOSTILE = "a\x1b[31mb\x1b]0;title\x07\rc\u202ed\u2066e\u061c\x9bf\u2028g\x00h\x7f[red]070685-3597[/red]"
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f]")


def harmless(text, lines):
    assert not OBEYED.search(text), ascii(text)
    assert "070685" not in text
    assert text.count("\n") <= lines, text


def kinds(of):
    return [kind for sub in of.__subclasses__() for kind in [sub, *kinds(sub)]]


@pytest.mark.parametrize("kind", [errors.AuditError, *kinds(errors.AuditError)])
def test_every_error_is_told_on_its_lines(kind):
    first = Path(HOSTILE.replace("\0", "")) if kind is DiskFullError else f"{HOSTILE}\nlogsyn: all is well"
    harmless(told(kind(first, HOSTILE)), 1)


@pytest.mark.parametrize(
    "fault",
    [
        DeclarationError(HOSTILE, path=HOSTILE, line=3, hint=HOSTILE), SelectionError(HOSTILE), OSError(5, "Input/output error", HOSTILE),
        ModuleNotFoundError("no", name=HOSTILE), RuntimeError(HOSTILE), ValueError(HOSTILE), KeyError(HOSTILE),
    ],
    ids=lambda fault: type(fault).__name__,
)  # fmt: skip
def test_every_other_fault_is_told_on_its_lines(fault):
    harmless(told(fault), 1)


def test_progress_shows_markup_and_numbers_as_text(monkeypatch):
    seen = []
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("rich.status.Status.update", lambda _status, step: seen.append(Text.from_markup(step)))
    with progress.shown() as told_of:
        told_of(HOSTILE)
    assert "[red]######-####[/red]" in seen[0].plain
    assert seen[0].spans == []
    harmless(seen[0].plain, 0)


@pytest.mark.parametrize("of", SchemaOf)
def test_schemas_are_printed_as_they_are(of):
    done = CliRunner().invoke(app, ["schema", of.value])
    assert json.loads(done.stdout)
    assert "##" not in done.stdout


@pytest.mark.parametrize("text", [HOSTILE, "x" * 10 + HOSTILE])
def test_what_is_obeyed_is_written_out(text):
    harmless(in_one_line(text + "\n\t"), 0)
    harmless(printable(text), 0)


PARTED = [f"Borger 010190{sign}1234" for sign in "\u00a0\u200b\u2007\u202f\u2060\t\u061c\u3000"] + [
    "Borger 01\u200b01\u00ad90\u20121234"
]


@pytest.mark.parametrize("text", PARTED)
@pytest.mark.parametrize("written", [repr, ascii, json.dumps, lambda text: repr(repr(text)), lambda text: repr([text])])
def test_escapes_do_not_undo_a_mask(text, written):
    assert "######-####" in in_one_line(written(text))
    assert "######-####" in printable(f"{written(text)} \\U99999999")


@pytest.mark.parametrize("text", ["C:\\tlf\\x41.csv", "'a\\x1b[31m'", "'30.12.2023\\t08:00'"])
def test_escapes_stand_where_nothing_is_masked(text):
    assert in_one_line(text) == text


@pytest.mark.parametrize("option", [["--lang", PARTED[0]], ["--no-such-" + PARTED[0]], ["x", PARTED[0], PARTED[1]]])
def test_wrong_usage_is_told_without_numbers(option):
    assert "1234" not in CliRunner().invoke(app, ["audit", "x.csv", *option]).output


@pytest.mark.parametrize(
    "personal", ["010190-1234", *PARTED, "Tlf 12 34 56 78", "anna.hansen@kommune.dk", ["010190\u00a01234"]]
)
@pytest.mark.parametrize("before", range(30, 80))
def test_no_cut_leaves_a_part_of_a_number(personal, before):
    text = "x" * before + " "
    quoted = shown(text + personal) if isinstance(personal, str) else shown([text, *personal])
    seen = printable(quoted)
    assert not re.search(r"010190|\b01|12 34|anna|@(?!xxx)", seen), seen
    assert len(seen) < 120


def zipped(folder, name, content):
    with zipfile.ZipFile(folder / "log.zip", "w") as archive:
        archive.writestr(name, content)


NAME = f"{HOSTILE.replace(chr(0), '')}.csv"
HEAD = f"Sag{HOSTILE};Aktivitet{HOSTILE};Tid"
CASES = {
    "a member that is no log": (NAME, "abc"),
    "a member with nothing in it": (NAME, ""),
    "a member with other columns": (NAME, f"{HEAD}\n1;2;3\n"),
    "a member that is another kind of file": (NAME, "PAR1 and so on"),
    "no member that is a log": (NAME.replace(".csv", ".exe"), "MZ"),
    "two columns for one": (NAME, f"case_id;activity;Aktivitet{HOSTILE};activity ;timestamp\n1;2;3;4;5\n"),
}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("command", ["audit", "describe", "suggest"])
def test_an_extract_that_is_refused_says_nothing_to_the_terminal(tmp_path, monkeypatch, case, command):
    monkeypatch.chdir(tmp_path)
    zipped(tmp_path, *CASES[case])
    done = CliRunner().invoke(
        app, [command, "log.zip", "--source", "fasit"] if "other" in case else [command, "log.zip"]
    )
    assert done.exit_code == 3, done.output
    harmless(done.output, 40)


@pytest.mark.parametrize(
    "arguments",
    [
        ["audit", HOSTILE.replace("\x00", "")], ["audit", "x.csv", "--suite", HOSTILE], ["audit", "x.csv", "--source", HOSTILE],
        ["audit", "x.csv", "--practice", HOSTILE], ["audit", "x.csv", "--rule", HOSTILE], ["export", "x.csv", "--to", "csv", "--key", HOSTILE.replace("\x00", "")],
        ["compare", HOSTILE.replace("\x00", ""), "y"], ["practice", "render", HOSTILE], ["audit", "x.csv", "--lang", HOSTILE],
        ["audit", "x.csv", f"--{HOSTILE}"], [HOSTILE], ["audit", "x.csv", "--as-of", HOSTILE], ["export", "x.csv", "--to", HOSTILE],
    ],
)  # fmt: skip
def test_what_stands_on_the_command_line_says_nothing_to_the_terminal(tmp_path, monkeypatch, arguments):
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code in (2, 3)
    harmless(done.output, 40)
