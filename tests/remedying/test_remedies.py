"""Remedies: each kind on a few rows, every row and value accounted for, only what is declared."""

from __future__ import annotations

import hashlib
import hmac
import time
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from ruamel.yaml import YAML

from logsyn.expectations.errors import DeclarationError
from logsyn.expectations.remedies import Remedies, default_remedy, load_remedies
from logsyn.expectations.suite import load_suite
from logsyn.validator.errors import AuditError, EngineError
from logsyn.validator.progress import Progress
from logsyn.validator.remedying.apply import apply_remedies
from logsyn.validator.request import Request
from logsyn.validator.run.examine import examine
from logsyn.validator.run.extract import opened
from logsyn.validator.run.remedy import done_beside, run_remedies, write_remedied
from logsyn.validator.tables.rebuild import lead_back, number_anew
from tests.auditing import AS_OF, PROFILE

CASES = YAML(typ="safe").load((Path(__file__).parent / "cases-of-remedies.yaml").read_text(encoding="utf-8"))
KEY = b"k" * 32


def remedied(folder, rows, steps, columns="*", **how):
    """What remedies leave of some rows, as tuples of texts, and what they did."""
    extract = folder / "extract.csv"
    extract.write_text(rows, encoding="utf-8")
    request = Request([extract], PROFILE, load_suite("base"), None, AS_OF, consequence=False)
    remedies = Remedies.model_validate({"remedies": "test", "steps": steps})
    with opened(request, Progress(), [folder]) as extract:
        _, material = examine(extract, request, Progress())
        applied = apply_remedies(
            extract.connection, remedies, replace(material, key=KEY), changes=folder / "changes.parquet", **how
        )
        query = f"SELECT columns(c -> c IN ({columns}))::VARCHAR FROM rows ORDER BY row_id"
        left = extract.connection.execute(query).fetchall()
    return left, applied


def remedied_tables(folder, rows, steps):
    """The tables of remedies that are there when all is done."""
    (folder / "extract.csv").write_text(rows, encoding="utf-8")
    request = Request([folder / "extract.csv"], PROFILE, load_suite("base"), None, AS_OF, consequence=False)
    remedies = Remedies.model_validate({"remedies": "test", "steps": steps})
    with opened(request, Progress()) as extract:
        _, material = examine(extract, request, Progress())
        apply_remedies(extract.connection, remedies, replace(material, key=KEY))
        tables = extract.connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()
    return {name for (name,) in tables if name.startswith("remed")}


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: case["name"])
def test_a_remedy(tmp_path, case):
    head = case["rows"].splitlines()[0].split(";")
    columns = ", ".join(f"'{name}'" for name in head)
    left, applied = remedied(tmp_path, case["rows"], case["steps"], columns)
    assert [";".join("" if value is None else value for value in row) for row in left] == case["left"].splitlines()
    assert [effect.rows_changed for effect in applied.effects] == case["changed"]
    assert [effect.rows_dropped for effect in applied.effects] == case["dropped"]


ROWS = "case_id;activity;timestamp;text\n" + "".join(
    f"c{case};{label};2023-01-0{day} 10:00;t{day}\n"
    for case in (1, 2, 3)
    for day, label in ((1, "A"), (2, "B"), (2, "C"))
)


def test_rows_in_are_rows_out_and_rows_dropped(tmp_path):
    steps = [
        {"do": "drop-rows", "where": {"text": "t1"}},
        {"do": "drop-cases", "where": {"case_id": "c2"}},
        {"do": "merge-rows"},
    ]
    left, applied = remedied(tmp_path, ROWS, steps, "'case_id'")
    assert (applied.rows_in, applied.rows_out, len(left)) == (9, 2, 2)
    assert [effect.rows_dropped for effect in applied.effects] == [3, 2, 2]


def test_changes_lead_back_and_keep_no_value(tmp_path):
    remedied(tmp_path, ROWS, [{"do": "relabel", "where": {"activity": "B"}, "to": "Ny"}], "'activity'")
    changes = duckdb.execute("FROM read_parquet(?) ORDER BY 1", [str(tmp_path / "changes.parquet")]).fetchall()
    hashed = [hmac.new(KEY, f"activity\x01{word}".encode(), hashlib.sha256).hexdigest()[:32] for word in ("B", "Ny")]
    assert changes == [(row, "extract.csv", row + 1, "relabel", "activity", *hashed) for row in (2, 5, 8)]


def test_a_dry_run_counts_the_same_and_changes_nothing(tmp_path):
    steps = [{"do": "drop-rows", "where": {"text": "t1"}}, {"do": "relabel", "where": {"activity": "B"}, "to": "D"}]
    left, tried = remedied(tmp_path, ROWS, steps, "'activity'", dry_run=True)
    assert [label for (label,) in left] == ["A", "B", "C"] * 3
    assert not (tmp_path / "changes.parquet").exists()
    assert tried.effects == remedied(tmp_path, ROWS, steps, "'activity'")[1].effects


def test_a_pseudonym_is_that_of_the_reports_and_longer(tmp_path):
    digest = hmac.new(KEY, b"c1", hashlib.sha256).hexdigest()
    left, _ = remedied(tmp_path, ROWS, [{"do": "pseudonymise", "columns": ["case_id"]}], "'case_id'")
    assert left[0] == (f"sag-{digest[:4]}-{digest[4:8]}-{digest[8:12]}-{digest[12:16]}",)


@pytest.mark.parametrize(
    ("step", "told"),
    [
        ({"do": "drop-rows", "rule": "no-such"}, "has run no rule 'no-such'"),
        ({"do": "drop-rows", "rule": "backdated-registration"}, "has run no rule"),
        ({"do": "blank", "columns": ["team"], "rule": "duplicate-event"}, "no column 'team'"),
        ({"do": "relabel", "by": "team", "where": {"activity": "A"}}, "no column 'team'"),
        ({"do": "drop-rows", "where": {"nothing": 1}}, "no column 'nothing'"),
        ({"do": "mask-cpr", "columns": ["case_id"]}, "cannot be masked"),
    ],
)
def test_what_cannot_be_done_is_refused(tmp_path, step, told):
    with pytest.raises(AuditError, match=told):
        remedied(tmp_path, ROWS, [step], "'activity'")


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        ("- {do: drop-rows}", ":3: .*say which rows"),
        ("- {do: drop-rows, rule: a}\n- {do: paint}", ":4: .*does not match any of the expected tags"),
        ("- do: relabel\n  where: {activity: A}\n  tos: B", ":5: .*tos"),
        ("- {do: relabel, rule: a, to: x, by: team}", "either `to`"),
        ("- {do: remove-column, columns: activity}", "cannot be removed"),
        ("- {do: keep-first, rule: a}", "by itself"),
        ("- {do: drop-rows, where: {a: {over: 3}}}", "no operator 'over'"),
    ],
)
def test_an_error_says_where(tmp_path, steps, told):
    path = tmp_path / "remedies.yaml"
    path.write_text(f"remedies: x\nsteps:\n{steps}\n", encoding="utf-8")
    with pytest.raises(DeclarationError, match=told):
        load_remedies(path)


def test_steps_have_names_of_their_own():
    steps = [{"do": "drop-rows", "rule": "a"}, {"do": "drop-rows", "rule": "a"}, {"do": "keep-first", "id": "once"}]
    assert Remedies.model_validate({"remedies": "x", "steps": steps}).names() == [
        "drop-rows:a",
        "drop-rows:a-2",
        "once",
    ]


def test_a_default_remedy_speaks_of_columns_that_are_there():
    columns = frozenset({"planned_end"})
    assert default_remedy("end-before-start", "r", columns).columns == ["planned_end"]
    assert default_remedy("end-before-start", "r", frozenset()) is None
    assert default_remedy("imprecise-timestamp", "r", columns) is None


@pytest.mark.parametrize("check", ["default-date", "unparseable-timestamp"])
def test_no_row_is_proposed_to_go_for_another_time_than_that_of_the_event(check):
    assert default_remedy(check, "r", frozenset({"registered_at"}), {"column": "timestamp"}).do == "drop-rows"
    assert default_remedy(check, "r", frozenset({"registered_at"}), {"column": "registered_at"}) is None


@pytest.mark.parametrize("left", [[1, 3, 4], [4, 1, 3], [3, 4, 1]])
def test_rows_are_numbered_anew_by_their_old_numbers_however_they_stand(left):
    connection = duckdb.connect()
    connection.execute("CREATE TABLE row_lines AS SELECT * FROM (VALUES (4, 9), (2, 5), (1, 2), (3, 7)) AS lines(row_id, line)")
    number_anew(connection, f"SELECT unnest({left}::INTEGER[]) AS row_id")
    lead_back(connection)
    assert connection.execute("FROM row_origins ORDER BY 1").fetchall() == [(1, 1), (2, 3), (3, 4)]
    assert connection.execute("FROM row_lines ORDER BY 1").fetchall() == [(1, 2), (2, 7), (3, 9)]


@pytest.mark.parametrize("disorder", ["rows", "row_lines", "row_origins"])
def test_remedied_rows_that_do_not_stand_beside_their_origins_are_not_written(tmp_path, disorder):
    connection = duckdb.connect()
    for table in ("rows", "row_lines", "row_origins"):
        order = "DESC" if table == disorder else ""
        connection.execute(f"CREATE TABLE {table} AS SELECT i AS row_id, i AS line, i AS original_row_id FROM range(3) t(i) ORDER BY i {order}")
    with pytest.raises(EngineError, match="2 remedied rows do not stand beside their origins"):
        write_remedied(connection, None, tmp_path / "remedied.parquet")


def test_nothing_is_left_of_what_remedies_have_looked_at(tmp_path):
    steps = [{"do": "mask-cpr", "where": {"activity": "A"}}, {"do": "relabel", "where": {"activity": "B"}, "to": "C"}]
    assert remedied_tables(tmp_path, ROWS, steps) == set()


def test_what_is_done_beside_the_audit_has_ended_or_failed_loudly_afterwards():
    connection = duckdb.connect()
    with done_beside(connection, lambda other: other.execute("CREATE TABLE made AS SELECT 1 AS one")):
        pass
    assert connection.execute("FROM made").fetchall() == [(1,)]
    with (
        pytest.raises(duckdb.Error, match="nowhere"),
        done_beside(connection, lambda other: other.execute("FROM nowhere")),
    ):
        pass


def test_what_is_done_beside_the_audit_stops_when_the_audit_fails():
    endless = "SELECT sum(sqrt(a.i + b.i)) FROM range(1000000) AS a(i), range(1000000) AS b(i)"

    def fail():
        with done_beside(duckdb.connect(), lambda other: other.execute(endless)):
            time.sleep(0.2)
            raise AuditError("broken", "")

    with pytest.raises(AuditError, match="broken"):
        fail()


@pytest.mark.parametrize(
    ("where", "left"),
    [({"gap_seconds": {"lt": 60}}, ["a", "c"]), ({"duration_seconds": {"gt": 3600}}, ["a", "b"]), ({"identical_rank": {"gt": 1}}, ["a", "b", "c"]),
     ({"timestamp_latest": {"ge": "2023-01-01 10:00:30"}}, ["a"])],
)  # fmt: skip
def test_a_remedy_may_ask_for_what_no_rule_looks_at(tmp_path, where, left):
    rows = "case_id;activity;timestamp;end_timestamp\n1;a;2023-01-01 10:00;\n1;b;2023-01-01 10:00:30;\n1;c;2023-01-01 11:30;2023-01-01 12:31\n"
    (tmp_path / "extract.csv").write_text(rows, encoding="utf-8")
    (tmp_path / "suite.yaml").write_text("suite: s\nrules:\n  - check: missing-activity\n", encoding="utf-8")
    suite = load_suite(str(tmp_path / "suite.yaml"))
    request = Request([tmp_path / "extract.csv"], PROFILE, suite, None, AS_OF, consequence=False)
    steps = [{"do": "drop-rows", "why": "x", "where": where}]
    run_remedies(request, Remedies.model_validate({"remedies": "test", "steps": steps}), KEY, tmp_path)
    kept = duckdb.sql(f"SELECT activity FROM '{tmp_path}/confidential/remedied.parquet'").fetchall()
    assert [label for (label,) in kept] == left
