"""The command line: exit codes, files whole or not at all, the same bytes for the same input, nothing sent anywhere."""

import hashlib
import json
import os
import subprocess
import sys
from contextlib import chdir
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from logsyn.validator.commands.main import app
from logsyn.validator.record import Audit, load
from logsyn.validator.writing.ours import MANIFEST
from logsyn.validator.writing.output import FILES

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "sample_logs" / "momentum.csv"
CLEAN = ROOT / "sample_logs" / "clean.csv"
FIXED = ["--as-of", "2023-11-30"]


def logsyn(*arguments, cwd):
    """Run a command in this process: what it says and how it ends, without the seconds that its imports take."""
    with chdir(cwd):
        done = CliRunner().invoke(app, [*map(str, arguments)], catch_exceptions=False)
    return subprocess.CompletedProcess(arguments, done.exit_code, done.stdout, done.stderr)


IN_TURN = """
import json, sys
from logsyn.validator.commands.main import main
*first, last = json.loads(sys.argv[1])
for sys.argv[1:] in first:
    try:
        main()
    except SystemExit as end:
        assert not end.code, end.code
sys.argv[1:] = last
main()
"""


def as_process(*commands, cwd, before=""):
    """Run commands as people do, one after the other in a process of their own: what only that can show."""
    asked = json.dumps([[*map(str, command)] for command in commands])
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", before + IN_TURN, asked]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, env=environment)


def digests(folder):
    """The checksums of a result; of a report without what tells of the run: run.json, and the list of checksums with its own."""
    of_the_run = {"run.json", MANIFEST} if (folder / "run.json").exists() else set()
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.name not in of_the_run]
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture(scope="module")
def reported(tmp_path_factory):
    folder = tmp_path_factory.mktemp("reported")
    done = as_process(["audit", SAMPLE, "--practice", "jobcenter", *FIXED, "--database", "tables.duckdb"], cwd=folder)
    return done, folder


def test_findings_give_exit_code_1_and_all_files(reported):
    done, folder = reported
    assert done.returncode == 1, done.stderr
    assert {path.name for path in (folder / "logsyn-report").iterdir()} == set(FILES)
    assert "Verdict: fit with reservations" in done.stdout


def test_the_record_is_valid_by_its_own_schema_and_adds_up(reported):
    record = json.loads((reported[1] / "logsyn-report" / "audit.json").read_text(encoding="utf-8"))
    audit = Audit.model_validate(record)
    assert all(one.rows_in_file == one.rows_loaded + one.rows_rejected for one in audit.inputs)
    assert sum(one.rows_loaded for one in audit.inputs) == audit.log.events


def test_the_sql_of_the_report_gives_its_figures(reported):
    audit = load(reported[1] / "logsyn-report")
    tables = duckdb.connect(str(reported[1] / "tables.duckdb"), read_only=True)
    asked = [finding for finding in audit.findings if finding.sql]
    assert len(asked) > 10
    for finding in asked:
        assert len(tables.execute(finding.sql).fetchall()) == finding.failed, finding.rule


def test_the_same_input_gives_the_same_bytes(reported, tmp_path):
    logsyn("audit", SAMPLE, "--practice", "jobcenter", *FIXED, cwd=tmp_path)
    assert digests(tmp_path / "logsyn-report") == digests(reported[1] / "logsyn-report")


WATCHED = """
import atexit, socket, sys
def refuse(*_):
    raise AssertionError("a connection was tried")
socket.socket.connect = socket.socket.connect_ex = refuse
socket.getaddrinfo = socket.create_connection = refuse
atexit.register(lambda: print(*sorted(sys.modules)))
"""


@pytest.fixture(scope="module")
def watched(tmp_path_factory):
    """The audit of a clean log in a process that can reach nobody, and that names in its last line what it has imported."""
    asked = ["audit", CLEAN, "--practice", "jobcenter", *FIXED, "--fail-on", "info"]
    return as_process(asked, cwd=tmp_path_factory.mktemp("watched"), before=WATCHED)


def test_a_clean_log_gives_exit_code_0(watched):
    assert (watched.returncode, watched.stderr.count("Traceback")) == (0, 0)
    assert "Verdict: fit\n" in watched.stdout


def test_nothing_is_sent_anywhere(watched):
    assert watched.returncode == 0, watched.stderr
    assert "a connection was tried" not in watched.stderr + watched.stdout


def test_what_is_needed_for_distributions_only_is_not_imported_by_an_audit(watched):
    imported = watched.stdout.splitlines()[-1].split()
    assert "great_expectations" in imported, watched.stderr
    assert [name for name in imported if name.startswith(("altair.", "scipy.stats."))] == []


@pytest.mark.parametrize(
    ("rule", "fail_on", "code"),  # a critical finding, a warning, an information
    [
        ("cpr-number", "never", 0), ("cpr-number", "critical", 1), ("backdated-registration", "critical", 0),
        ("backdated-registration", "warning", 1), ("imprecise-timestamp", "warning", 0), ("imprecise-timestamp", "info", 1),
    ],
)  # fmt: skip
def test_fail_on_decides_the_exit_code(tmp_path, rule, fail_on, code):
    done = logsyn("audit", SAMPLE, *FIXED, "--rule", rule, "--no-consequence", "--fail-on", fail_on, cwd=tmp_path)
    assert (done.returncode, f"  {rule}: " in done.stdout) == (code, True), done.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["audit"], 2, "Missing argument"),
        (["audit", "x.csv", "--lang", "de"], 2, "'de'"),
        (["audit", "nothing.csv"], 3, "nothing.csv"),
        (["audit", str(SAMPLE), "--suite", "bse"], 3, "Did you mean base"),
        (["audit", str(SAMPLE), "--practice", "nothing.yaml"], 3, "nothing.yaml"),
        (["audit", str(SAMPLE), "--out", "taken"], 3, "not of a report"),
        (["audit", str(SAMPLE), "--rule", "cpr-nummer"], 2, "Did you mean cpr-number?"),
        (["audit", str(SAMPLE), "--table", "cases"], 2, "Its rules (id, table, severity, dimension):"),
        (["audit", str(SAMPLE), "--dimension", "beauty"], 2, "'beauty'"),
        (["audit", str(SAMPLE), "--judgement", "defalt"], 3, "Did you mean default"),
        (["audit", str(SAMPLE), "--accepted", "nothing.yaml"], 3, "nothing.yaml"),
    ],
)
def test_wrong_use_and_bad_input_are_told_and_leave_everything(tmp_path, arguments, code, says):
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "my notes.txt").write_text("keep", encoding="utf-8")
    done = logsyn(*arguments, cwd=tmp_path)
    assert (done.returncode, "Traceback" in done.stderr) == (code, False)
    assert says in done.stderr
    assert [path.name for path in (tmp_path / "taken").iterdir()] == ["my notes.txt"]
    assert not list(tmp_path.glob("*logsyn-*"))


def test_what_is_accepted_does_not_count_in_the_exit_code_until_it_expires(tmp_path):
    accepted = tmp_path / "accepted.yaml"
    accepted.write_text(
        "accepted:\n  - {rule: cpr-number, reason: r, owner: Systemejer, expires: 2023-11-30}\n", encoding="utf-8"
    )
    asked = ["audit", SAMPLE, "--rule", "cpr-number", "--accepted", accepted, "--as-of"]
    on_the_day = logsyn(*asked, "2023-11-30", cwd=tmp_path)
    day_after = logsyn(*asked, "2023-12-01", cwd=tmp_path)
    assert (on_the_day.returncode, day_after.returncode) == (0, 1)
    assert "accepted  cpr-number" in on_the_day.stdout
    assert "the acceptance of cpr-number ended on 2023-11-30" in day_after.stdout


@pytest.mark.parametrize("of", ["suite", "practice", "source", "judgement", "accepted", "remedies", "scope", "audit"])
def test_everything_declared_has_a_schema(tmp_path, of):
    assert json.loads(logsyn("schema", of, cwd=tmp_path).stdout)["type"] == "object"


def test_a_rule_in_error_gives_exit_code_3_and_a_report(tmp_path):
    suite = tmp_path / "suite.yaml"
    suite.write_text(
        "suite: s\nrules:\n  - expect: expect_column_values_to_be_between\n    args: {column: activity, max_value: 3}\n",
        encoding="utf-8",
    )
    done = logsyn("audit", CLEAN, "--suite", suite, *FIXED, cwd=tmp_path)
    assert done.returncode == 3
    assert "expect_column_values_to_be_between" in done.stdout
    assert (tmp_path / "logsyn-report" / "index.html").exists()


def test_no_case_id_and_no_free_text_in_a_report(reported):
    with SAMPLE.open(encoding="cp1252") as file:
        ids = {line.split(";")[0] for line in file if line.startswith("S-")}
    assert len(ids) > 200
    for name in ("index.html", "practice.html", "quality.html", "audit.json"):
        text = (reported[1] / "logsyn-report" / name).read_text(encoding="utf-8")
        assert [case_id for case_id in ids if case_id in text] == []
        assert "søge to stillinger om ugen" not in text


