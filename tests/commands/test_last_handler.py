"""Whatever goes wrong in any command ends it with 3 and one line that says what to do: never with 1, never with a traceback."""

import os
import stat

import duckdb
import pytest
import typer
from typer.testing import CliRunner

from logsyn.expectations.errors import DeclarationError
from logsyn.validator.commands.faults import TRACE
from logsyn.validator.commands.main import app
from logsyn.validator.errors import AuditError, EngineError
from tests.commands.test_command import CLEAN

PERSONAL = "Sygemelding 010190-1234"


def deep(*given, **named):
    return deep(*given, **named)


def raising(error):
    def fail(*_given, **_named):
        raise error

    return fail


def run(monkeypatch, error, command="describe"):
    """Every command reads an extract, an audit, a model or a practice; there it goes wrong."""
    where = {
        "audit": ("logsyn.validator.run.audit.run_audit", ["audit", str(CLEAN)]),
        "describe": ("logsyn.validator.run.extract.read_extract", ["describe", str(CLEAN)]),
        "suggest": ("logsyn.validator.suggesting.suggest.suggest", ["suggest", str(CLEAN)]),
        "compare": ("logsyn.validator.comparing.compare.compare", ["compare", "one", "two"]),
        "schema": ("logsyn.validator.commands.schema._model", ["schema", "suite"]),
        "practice": ("logsyn.expectations.practice.load_practice", ["practice", "render", "jobcenter"]),
        "export": ("logsyn.validator.run.extract.read_part", ["export", str(CLEAN), "--to", "csv", "--show-case-ids", "--show-resources"]),
        "remedy": ("logsyn.expectations.remedies.load_remedies", ["remedy", str(CLEAN), "--remedies", "r.yaml"]),
    }  # fmt: skip
    place, arguments = where[command]
    monkeypatch.setattr(place, error if callable(error) else raising(error))
    return CliRunner().invoke(app, arguments)


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (MemoryError(), "memory does not suffice"),
        (duckdb.OutOfMemoryException("could not allocate block"), "memory does not suffice"),
        (deep, "internal error, RecursionError in"),
        (duckdb.ConversionException(PERSONAL), "internal error, ConversionException in"),
        (duckdb.FatalException(PERSONAL), "internal error, FatalException in"),
        (RuntimeError(PERSONAL), "Please report it"),
        (UnicodeEncodeError("utf-8", PERSONAL, 0, 1, "no"), "internal error, UnicodeEncodeError"),
        (KeyError(PERSONAL), "internal error, KeyError"),
        (EOFError(), "internal error, EOFError"),
        (typer.Abort(), "internal error, Abort"),
        (ModuleNotFoundError("no", name="numpy"), "numpy is missing or broken"),
        (OSError(5, "Input/output error", b"/x/\xe6.csv"), "/x/\\xe6.csv: Input/output error"),
        (OSError(5, "Input/output error"), "internal error, OSError"),
        (OSError(28, "No space left on device"), "a disk is full"),
        (duckdb.IOException("Could not write: No space left on device"), "a disk is full"),
        (BrokenPipeError(32, "Broken pipe"), "nobody reads what is told"),
        (SystemExit(1), "nobody reads what is told"),
        (AuditError("no\nsuch \x1b[31mfile", "Look."), "no\\nsuch \\x1b[31mfile\n  Look.\n"),
        (EngineError("3 rows became 4", "Please report it."), "3 rows became 4"),
        (DeclarationError("bad\x07", path="a\u202eb.yaml", hint="Mend it."), "a\\u202eb.yaml: bad\\x07\n  Mend it."),
    ],
)  # fmt: skip
def test_every_fault_is_told_in_a_line(monkeypatch, tmp_path, error, says):
    done = run(monkeypatch, error)
    assert (done.exit_code, done.stdout) == (3, "")
    assert says in done.stderr
    assert done.stderr.startswith("logsyn: ")
    assert len(done.stderr.splitlines()) == 1 + ("\n  " in done.stderr)
    assert PERSONAL not in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["audit", "suggest", "compare", "schema", "practice", "export", "remedy"])
def test_every_command_has_the_handler(monkeypatch, command):
    done = run(monkeypatch, RuntimeError(PERSONAL), command)
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (3, "", 1)
    assert "internal error, RuntimeError in test_last_handler.py" not in done.stderr
    assert TRACE in done.stderr


def test_the_trace_is_kept_only_where_it_is_asked_for_and_for_its_owner_only(monkeypatch, tmp_path):
    monkeypatch.setenv(TRACE, "trace.txt")
    before = os.umask(0)
    done = run(monkeypatch, RuntimeError(PERSONAL))
    os.umask(before)
    assert "The details are in trace.txt; they may hold personal data." in done.stderr
    text = (tmp_path / "trace.txt").read_text(encoding="utf-8")
    assert (text.startswith("It may hold personal data"), PERSONAL in text) == (True, True)
    assert stat.S_IMODE((tmp_path / "trace.txt").stat().st_mode) == 0o600


def test_a_trace_replaces_nothing(monkeypatch, tmp_path):
    monkeypatch.setenv(TRACE, "mine.txt")
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    done = run(monkeypatch, RuntimeError(PERSONAL))
    assert (done.exit_code, "could not be written to mine.txt: File exists" in done.stderr) == (3, True)
    assert (tmp_path / "mine.txt").read_text(encoding="utf-8") == "mine"


def test_what_goes_wrong_in_the_thread_that_imports_is_told(monkeypatch, capfd):
    monkeypatch.setattr(
        "logsyn.validator.checking.great_expectations.load", raising(ImportError("no", name="great_expectations"))
    )
    done = CliRunner().invoke(app, ["audit", str(CLEAN)])
    assert (done.exit_code, done.stderr) == (
        3,
        "logsyn: great_expectations is missing or broken: install logsyn anew\n",
    )
    assert "Traceback" not in capfd.readouterr().err


def test_a_hint_of_several_lines_is_told_in_as_many(tmp_path):
    (tmp_path / "odd.csv").write_text("a;b;c\n1;2;3\n")
    done = CliRunner().invoke(app, ["audit", str(tmp_path / "odd.csv")])
    assert done.exit_code == 3
    assert "\\n" not in done.output
    assert [line.strip() for line in done.output.splitlines()].count("columns:") == 1
