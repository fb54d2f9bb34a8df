"""Every table of a run is in the registry, with the columns that it has; what is kept and what is forgotten comes from there."""

import re
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from logsyn.validator.commands.main import app
from logsyn.validator.tables.registry import KEPT, TABLES, drop_all_but, table_of
from tests.derive.every_check import audited_once, columns_in, watching, write_every_check

VALIDATOR = Path(__file__).parents[2] / "validator"
FEW = "suite: few\nrules:\n  - {check: shared-timestamp}\n  - {check: missing-activity}\n"
REMEDIES = """remedies: test
steps:
  - {do: keep-first, same: all, why: x}
  - {do: relabel, where: {activity: brev}, to: Brev, why: x}
  - {do: merge-rows, rule: shared-timestamp, why: x}
"""
SCOPE = "scope: test\nsteps:\n  - {keep: cases, where: {activity: Start}}\n"


@pytest.fixture(scope="module")
def seen(tmp_path_factory):
    """What stands in the databases of audits, remedies, an export of remedied rows, and drafts, each at its end."""
    folder = tmp_path_factory.mktemp("tables")
    (extract,), _ = write_every_check(folder)
    for name, text in {"few.yaml": FEW, "remedies.yaml": REMEDIES, "scope.yaml": SCOPE}.items():
        (folder / name).write_text(text)
    how = ["--source", "generic", "--as-of", "2023-11-30"]
    suite, scope, remedies = (["--" + name, folder / f"{file}.yaml"] for name, file in (("suite", "few"), ("scope", "scope"), ("remedies", "remedies")))
    with pytest.MonkeyPatch.context() as patch, watching() as found:
        patch.chdir(folder)
        for asked in (
            ["audit", extract, *how, *suite, "--practice", "jobcenter", *scope, "--database", folder / "kept.duckdb", "--out", folder / "a"],
            ["remedy", extract, *how, *suite, *remedies, "--out", folder / "r"],
            ["export", extract, *how, *suite, *remedies, "--to", "csv", "--columns", "default,resource", "--out", folder / "x"],
            ["suggest", extract, "--out", folder / "s"],
        ):  # fmt: skip
            done = CliRunner().invoke(app, [str(one) for one in asked])
            assert done.exit_code in (0, 1), done.output
    return folder, [audited_once()[1], *found]


def test_every_table_is_registered_with_the_columns_that_it_has(seen):
    tables = [(name, columns) for database in seen[1] for name, columns in database.items()]
    assert len(seen[1]) == 5
    assert sorted({name for name, _ in tables if table_of(name) is None}) == []
    assert {name: misfit for name, columns in tables if (misfit := table_of(name).misfit(columns))} == {}


def test_every_table_that_is_registered_and_outlives_its_step_is_made_by_a_command(seen):
    there = {table_of(name).name for database in seen[1] for name in database}
    lasting = {table.name for table in TABLES if table.life in ("extract", "audit", "export")}
    rare = {"checked_events", "checked_events_N", "checked_event_facts_N", "checked_rows_N", "checked_cases_N", "checked_labels_N", "checked_log_N"}
    assert lasting - rare - there == set()
    assert {table_of(name).life for database in seen[1] for name in database} <= {"extract", "audit", "export"}


def test_what_is_kept_is_what_the_registry_says(seen):
    with duckdb.connect(str(seen[0] / "kept.duckdb"), read_only=True) as connection:
        kept = columns_in(connection)
    assert set(kept) == {table.name for table in KEPT}
    assert {name: misfit for name, columns in kept.items() if (misfit := table_of(name).misfit(columns))} == {}


def test_every_table_that_the_code_makes_is_registered_with_its_maker():
    makes = re.compile(r"CREATE (?:OR REPLACE )?(?:TEMP )?(?:TABLE|VIEW) ([a-z_]+)(?![\w.{])")
    made = {(name, str(path.relative_to(VALIDATOR))) for path in VALIDATOR.rglob("*.py") for name in makes.findall(path.read_text())}
    assert [one for one in sorted(made) if table_of(one[0]) is None or table_of(one[0]).maker != one[1]] == []
    assert len(made) > 50


def test_the_makers_are_modules():
    assert [table.name for table in TABLES if not (VALIDATOR / table.maker).is_file()] == []


def test_what_is_forgotten_is_what_was_derived_and_what_nobody_has_told_of():
    connection = duckdb.connect()
    for name in ("rows", "out_of_scope", "remedy_dropped", "cases", "found_12", "unheard_of"):
        connection.execute(f"CREATE TABLE {name} (row_id INTEGER)")
    connection.execute("CREATE VIEW events AS FROM rows")
    drop_all_but(connection, "extract", "remedies")
    assert set(columns_in(connection)) == {"rows", "out_of_scope", "remedy_dropped"}


@pytest.mark.parametrize(("name", "columns", "misfit"), [("row_lines", "row_id line", set()), ("row_lines", "row_id", {"line"}), ("row_lines", "row_id line x", {"x"}), ("rows", "row_id", None), ("found_3", "a b", set())])
def test_a_misfit_is_a_column_too_many_or_too_few(name, columns, misfit):
    found = table_of(name).misfit(set(columns.split()))
    assert found == misfit if misfit is not None else "case_id" in found


@pytest.mark.parametrize("name", ["found_", "found_x", "found_1_2", "rowss", "xrows", "checked_", "checked_rows_"])
def test_a_name_that_only_looks_like_one_is_unknown(name):
    assert table_of(name) is None
