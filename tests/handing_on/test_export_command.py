"""The command: the audit that it names, the same bytes, whole or not at all, and a round trip through a second audit."""

import shutil

import duckdb
import pandas as pd
import pytest

from logsyn.expectations.source import load_source
from logsyn.validator.reading.extract import read_extract
from tests.auditing import audit_files
from tests.commands.test_command import CLEAN, SAMPLE, as_process, digests, logsyn
from tests.handing_on.exporting import export_file

FIXED = ["--as-of", "2023-11-30"]
TARGETS = ["apromore", "power-automate", "xes", "parquet", "csv"]


@pytest.fixture(scope="module")
def apart(tmp_path_factory):
    """Exports to every target, made in a process of its own."""
    folder = tmp_path_factory.mktemp("apart")
    done = as_process(*(["export", SAMPLE, "--to", target, *FIXED, "--out", target] for target in TARGETS), cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.parametrize("target", TARGETS)
def test_the_same_input_gives_the_same_bytes(apart, tmp_path, target):
    shutil.copytree(apart / ".logsyn", tmp_path / ".logsyn")  # the key of the pseudonyms
    done = logsyn("export", SAMPLE, "--to", target, *FIXED, "--out", "here", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert digests(tmp_path / "here") == digests(apart / target)


def test_a_readme_names_the_audit_of_these_very_files(tmp_path, audited_sample):
    report = audited_sample[1]
    done = logsyn("export", SAMPLE, "--to", "csv", "--audit", report, *FIXED, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    danish = (tmp_path / "logsyn-export-csv" / "README.da.md").read_text(encoding="utf-8")
    english = (tmp_path / "logsyn-export-csv" / "README.en.md").read_text(encoding="utf-8")
    assert "**egnet med forbehold**" in danish
    assert "**fit with reservations**" in english
    other = logsyn("export", CLEAN, "--to", "csv", "--audit", report, "--out", "other", cwd=tmp_path)
    assert (other.returncode, "not of this extract" in other.stderr) == (3, True)
    assert not (tmp_path / "other").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["export", str(CLEAN)], 2, "--to"),
        (["export", str(CLEAN), "--to", "celonis"], 2, "celonis"),
        (["export", "nothing.csv", "--to", "csv"], 3, "nothing.csv"),
        (["export", str(CLEAN), "--to", "csv", "--out", "taken"], 3, "not of an export"),
        (["export", str(CLEAN), "--to", "csv", "--audit", "taken"], 3, "audit.json"),
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


def directly_follows(path, case, activity, time):
    """Arcs with their counts, variants and events, computed with pandas."""
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    frame = frame.sort_values([case, time], kind="stable")
    same = frame[case] == frame[case].shift(-1)
    arcs = pd.Series(list(zip(frame[activity], frame[activity].shift(-1), strict=True)))[same.to_numpy()].value_counts()
    return dict(arcs), frame.groupby(case)[activity].agg(tuple).value_counts().to_dict(), len(frame)


def rows_of(extract, path, profile):
    """What can be handed on of an extract, as text, read once more by the reader alone."""
    connection = duckdb.connect()
    read_extract(connection, [extract], profile, path.parent / "work")
    connection.execute(
        "COPY (SELECT case_id, activity, strftime(timestamp, '%Y-%m-%d %H:%M:%S.%g') AS at FROM rows WHERE case_id IS NOT NULL "
        f"AND activity IS NOT NULL AND timestamp IS NOT NULL ORDER BY rows.row_id) TO '{path}' (HEADER)"
    )


def test_the_log_that_is_handed_on_is_the_log(tmp_path):
    profile = load_source("momentum")
    (tmp_path / "work").mkdir()
    rows_of(SAMPLE, tmp_path / "rows.csv", profile)
    exported = export_file(tmp_path / "out", SAMPLE, "csv", profile)
    before = directly_follows(tmp_path / "rows.csv", "case_id", "activity", "at")
    assert directly_follows(exported.log, "Case ID", "Activity", "Start timestamp") == before


@pytest.mark.parametrize("target", ["apromore", "power-automate", "csv"])
def test_an_audit_of_the_export_finds_the_same_log(tmp_path, target):
    exported = export_file(tmp_path / "exported", CLEAN, target, load_source("momentum"))
    logs = []
    for number, (file, source) in enumerate([(CLEAN, "momentum"), (exported.log, "logsyn")]):
        folder = tmp_path / str(number)
        folder.mkdir()
        logs.append(audit_files(folder, [file], profile=load_source(source)).audit.log)
    assert logs[0] == logs[1]


REMEDIES = """
remedies: ours
steps:
  - {do: drop-rows, rule: missing-case-id}
  - {do: keep-first, same: [case_id, activity, timestamp]}
  - {do: map-labels, tidy: true}
"""
REMEDIED = ["--source", "momentum", "--practice", "jobcenter", "--remedies", "remedies.yaml", *FIXED]


@pytest.fixture(scope="module")
def mended(tmp_path_factory):
    """A folder with remedies, and in ``mended`` the sample after them."""
    folder = tmp_path_factory.mktemp("mended")
    (folder / "remedies.yaml").write_text(REMEDIES, encoding="utf-8")
    done = logsyn("remedy", SAMPLE, *REMEDIED, "--out", "mended", "--fail-on", "never", "--no-consequence", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder


def test_a_remedied_log_is_handed_on_with_the_audit_that_it_passed(mended, tmp_path):
    how = ["--to", "parquet", "--audit", "mended/after", "--out", tmp_path / "out"]
    done = logsyn("export", SAMPLE, *REMEDIED, *how, cwd=mended)
    assert done.returncode == 0, done.stderr
    log = pd.read_parquet(tmp_path / "out" / "log.parquet")
    rows = pd.read_parquet(mended / "mended" / "confidential" / "remedied.parquet")
    whole = rows.dropna(subset=["case_id", "activity", "timestamp"])
    assert len(log) == len(whole)
    assert sorted(log["Activity"].unique()) == sorted(whole["activity"].unique())
    dropped = done.stdout.split(" dropped by remedies")[0].split()[-1]
    assert int(dropped) == 4771 - len(rows)
    assert "efter afhjælpning (`ours`)" in (tmp_path / "out" / "README.da.md").read_text(encoding="utf-8")


def test_the_audit_of_a_remedied_log_is_not_that_of_the_extract(mended, tmp_path):
    how = ["--source", "momentum", "--to", "csv", "--audit", "mended/after", "--out", tmp_path / "out"]
    done = logsyn("export", SAMPLE, *how, *FIXED, cwd=mended)
    assert (done.returncode, "these are 4,771" in done.stderr) == (3, True)
    assert not (tmp_path / "out").exists()
