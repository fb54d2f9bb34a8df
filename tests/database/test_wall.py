"""Once the extract is read, the database reaches nothing but its spill and the folders of the result; tried, not looked up."""

from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from typer.testing import CliRunner

from logsyn.expectations.suite import load_suite
from logsyn.validator.checking.great_expectations import Engine
from logsyn.validator.commands.main import app
from logsyn.validator.database import wall
from logsyn.validator.progress import Progress
from logsyn.validator.request import Request
from logsyn.validator.run.extract import opened
from tests.auditing import AS_OF, PROFILE

LOG = "case_id;activity;timestamp\n1;a;2023-01-01 10:00\n1;b;2023-01-02 10:00\n2;a;2023-01-03 10:00\n"
ATTEMPTS = {
    "read a file": "SELECT * FROM read_text('/etc/passwd')",
    "read as CSV": "SELECT * FROM read_csv('/etc/passwd', header=false)",
    "read by name": "SELECT * FROM '/etc/passwd'",
    "read the extract": "SELECT * FROM read_text('{tmp}/extract.csv')",
    "look into a folder": "SELECT * FROM glob('{tmp}/*')",
    "climb out": "SELECT * FROM read_text('{tmp}/out/../extract.csv')",
    "follow a link": "SELECT * FROM read_text('{tmp}/out/link/extract.csv')",
    "write elsewhere": "COPY rows TO '{tmp}/elsewhere.csv'",
    "write above": "COPY rows TO '{tmp}/out/../elsewhere.csv'",
    "write to stdout": "COPY rows TO '/dev/stdout'",
    "export all": "EXPORT DATABASE '{tmp}/all'",
    "attach": "ATTACH '{tmp}/other.duckdb' AS other",
    "reach out": "SELECT * FROM read_csv('https://example.org/x.csv')",
    "install": "INSTALL httpfs",
    "load": "LOAD httpfs",
    "keep a secret": "CREATE PERSISTENT SECRET s (TYPE http, BEARER_TOKEN 'x')",
    "open again": "SET enable_external_access = true",
    "unlock": "SET lock_configuration = false",
    "allow more": "SET allowed_directories = ['/']",
    "allow a file": "SET allowed_paths = ['/etc/passwd']",
    "spill elsewhere": "SET temp_directory = '{tmp}'",
    "take more memory": "SET memory_limit = '100GB'",
    "find frames again": "SET python_enable_replacements = true",
    "take a frame by its name": "SELECT * FROM frame",
}  # fmt: skip


@pytest.fixture(scope="module")
def walled(tmp_path_factory):
    tmp = tmp_path_factory.mktemp("walled")
    (tmp / "extract.csv").write_text(LOG)
    (tmp / "out").mkdir()
    (tmp / "out" / "link").symlink_to(tmp)
    request = Request([tmp / "extract.csv"], PROFILE, load_suite("base"), None, AS_OF)
    with opened(request, Progress(), [tmp / "out"]) as extract:
        yield extract, tmp


@pytest.mark.parametrize("attempt", ATTEMPTS)
@pytest.mark.parametrize("other_connection", [False, True], ids=["own", "other"])
def test_what_a_query_may_try_is_refused(walled, attempt, other_connection):
    extract, tmp = walled
    frame = pd.DataFrame({"a": [1]})
    connection = extract.connection.cursor() if other_connection else extract.connection
    with pytest.raises(
        duckdb.Error,
        match=r"^(Permission Error|Invalid Input Error: Cannot change conf|Invalid Input Error: Persistent secrets are disabled|Catalog Error: Table with name)",
    ):
        connection.execute(ATTEMPTS[attempt].format(tmp=tmp)).fetchall()
    assert sorted(path.name for path in tmp.iterdir()) == ["extract.csv", "out"]
    assert len(frame) == 1


def test_what_an_audit_needs_works_behind_the_wall(walled):
    extract, tmp = walled
    connection = extract.connection
    connection.execute(f"COPY rows TO '{tmp}/out/rows.parquet'")
    connection.register("frame_given", pd.DataFrame({"a": [1, 2]}))
    assert connection.execute("SELECT count(*) FROM frame_given").fetchall() == [(2,)]
    connection.execute(f"ATTACH '{tmp}/out/kept.duckdb' AS kept; CREATE TABLE kept.rows AS FROM rows; DETACH kept")
    with duckdb.connect(str(tmp / "out" / "kept.duckdb"), read_only=True) as kept:
        assert kept.execute("SELECT count(*) FROM rows").fetchall() == [(3,)]
    Engine(extract.database).close()  # finds the same database


def test_what_does_not_fit_into_memory_is_still_spilled(tmp_path):
    from logsyn.validator.database.connection import open_plain_database  # noqa: PLC0415
    from logsyn.validator.database.memory import MB, OF_PYTHON, Agreement  # noqa: PLC0415

    with open_plain_database(tmp_path, Agreement(OF_PYTHON + 60 * MB)) as connection:
        wall.wall_in(connection)
        connection.execute("CREATE TABLE t AS SELECT hash(n), n::VARCHAR FROM range(5_000_000) AS r(n)")
        spilled = connection.execute("SELECT sum(size) FROM duckdb_temporary_files()").fetchall()[0][0]
    assert spilled > MB
    assert (tmp_path / "spill").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    ("command", "reached"),
    [
        (["audit", "--out", "OUT", "--database", "TMP/kept.duckdb", "--fail-on", "never"], 2),
        (["remedy", "--remedies", "TMP/r.yaml", "--out", "OUT", "--fail-on", "never"], 1),
        (["export", "--to", "csv", "--out", "OUT"], 1),
        (["export", "--to", "parquet", "--out", "OUT", "--remedies", "TMP/r.yaml"], 1),
        (["suggest", "--out", "OUT"], 0),
        (["describe", "--out", "OUT.html"], 0),
    ],
    ids=lambda value: " ".join(value[:3:2]) if isinstance(value, list) else None,
)
def test_every_command_builds_the_wall(tmp_path, monkeypatch, command, reached):
    (tmp_path / "extract.csv").write_text(LOG)
    (tmp_path / "r.yaml").write_text("remedies: r\nsteps: [{do: drop-rows, why: x, where: {activity: b}}]\n")
    built, real = [], wall.wall_in
    for module in ("logsyn.validator.run.extract", "logsyn.validator.suggesting.suggest", "logsyn.validator.database.wall"):
        monkeypatch.setattr(
            f"{module}.wall_in", lambda connection, folders=(): built.append(folders) or real(connection, folders)
        )
    given = [part.replace("OUT", str(tmp_path / "out")).replace("TMP", str(tmp_path)) for part in command]
    monkeypatch.chdir(tmp_path)
    told = CliRunner().invoke(app, [given[0], "extract.csv", *given[1:], "--as-of", str(date(2023, 11, 30))])
    assert told.exit_code == 0, told.output
    assert [len(folders) for folders in built] == [reached]
    assert all(".logsyn-writing-" in str(folder) for folders in built for folder in folders)
    assert not list(Path(tmp_path).glob(".logsyn-writing-*"))
