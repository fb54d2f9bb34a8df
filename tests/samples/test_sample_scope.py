"""A scope as people take it on the sample: every figure, row number and line equals what pandas finds by the definitions alone."""

from __future__ import annotations

import json
from dataclasses import replace

import duckdb
import pytest
from judged_apart import AS_OF, SAMPLES
from reckoned_apart import chains, table, variants

from logsyn.expectations.remedies import Remedies
from logsyn.expectations.scope import Scope
from logsyn.expectations.source import load_source
from logsyn.expectations.suite import load_suite
from logsyn.validator.errors import AuditError
from logsyn.validator.request import Request
from logsyn.validator.run.audit import run_audit
from logsyn.validator.run.remedy import run_remedies

KEY = b"k" * 32
SCOPE = Scope.model_validate(
    {
        "scope": "jobmaal",
        "steps": [
            {"keep": "cases", "contain": "Jobmål"},
            {"keep": "cases", "start_between": ["2022-01-01", "2022-12-31"]},
            {"keep": "rows", "from": {"first": "Jobmål"}, "to": "end"},
            {"drop": "rows", "where": {"source": ["Markeringer", "Opgaver"]}},
        ],
    }
)
REQUEST = Request(
    [SAMPLES / "momentum.csv"], load_source("momentum"), load_suite("momentum"), None, AS_OF, scope=SCOPE
)


@pytest.fixture(scope="module")
def audited(tmp_path_factory):
    folder = tmp_path_factory.mktemp("scoped")
    return run_audit(REQUEST, folder), folder


@pytest.fixture(scope="module")
def failing(audited):
    return duckdb.execute("FROM read_parquet(?)", [str(audited[1] / "confidential" / "violations.parquet")]).df()


@pytest.fixture(scope="module")
def parts(momentum):
    """The rows before the first step and after each."""
    rows = table(momentum[0])
    rows = rows.assign(source=[row.text("DataSource") for row in momentum[0]], row_id=range(1, len(rows) + 1))
    left = [rows]
    goals = rows[rows["activity"] == "Jobmål"]
    left.append(rows[rows["case"].isin(goals["case"].dropna())])
    first = left[-1][left[-1]["time"].notna()].groupby("case")["time"].agg(min)
    started = [case for case, time in first.items() if time.year == 2022]
    left.append(left[-1][left[-1]["case"].isin(started)])
    placed = left[-1][left[-1]["time"].notna()].sort_values(["case", "time", "row_id"])
    reached = (placed["activity"] == "Jobmål").groupby(placed["case"]).cummax()
    left.append(placed[reached].sort_values("row_id"))
    left.append(left[-1][~left[-1]["source"].isin(["Markeringer", "Opgaver"])])
    return left


def test_every_step_is_that_of_pandas(audited, parts):
    steps = audited[0].scope.steps
    counted = [(len(rows), rows["case"].nunique()) for rows in parts]
    assert [(step.rows_before, step.cases_before) for step in steps] == counted[:-1]
    assert [(step.rows_after, step.cases_after) for step in steps] == counted[1:]
    assert all(step.rows_before > step.rows_after for step in steps)
    assert steps[0].without_case_id == parts[0]["case"].isna().sum()
    assert steps[2].without_time == parts[2]["time"].isna().sum() > 0


def test_the_part_is_audited_and_all_is_accounted_for(audited, parts, momentum):
    audit, rows = audited[0], parts[-1]
    assert (audit.log.events, audit.log.cases) == (len(rows), rows["case"].nunique())
    assert audit.log.activities == rows["activity"].nunique()
    assert audit.log.variants == len(set(variants(chains(rows)).values()))
    assert [(file.rows_loaded, file.rows_rejected) for file in audit.inputs] == [tuple(map(len, momentum))]


def test_failing_rows_are_those_of_the_extract(failing, parts):
    rows = parts[-1]
    lacking = failing[failing["rule"] == "missing-activity"]
    expected = rows[rows["activity"].isna()][["row_id", "line"]]
    assert len(expected)
    assert lacking[["row_id", "line"]].to_numpy().tolist() == expected.to_numpy().tolist()
    lines = dict(zip(rows["row_id"], rows["line"], strict=True))
    assert all(lines[row] == line for row, line in zip(failing["row_id"], failing["line"], strict=True))


def test_tables_that_are_kept_lead_back(tmp_path, parts):
    run_audit(replace(REQUEST, database=tmp_path / "kept.duckdb", consequence=False), tmp_path)
    with duckdb.connect(str(tmp_path / "kept.duckdb"), read_only=True) as kept:
        left = kept.execute("SELECT original_row_id FROM row_origins ORDER BY row_id").fetchall()
        out = kept.execute("SELECT row_id, line, step FROM out_of_scope ORDER BY row_id").fetchall()
    assert [row for (row,) in left] == list(parts[-1]["row_id"])
    step = {row: number for number in range(4, 0, -1) for row in set(parts[number - 1]["row_id"]) - set(parts[number]["row_id"])}  # fmt: skip
    every = zip(parts[0]["row_id"], parts[0]["line"], strict=True)
    assert out == [(row, line, step[row]) for row, line in every if row in step]


def test_the_same_scope_gives_the_same_bytes(tmp_path, audited):
    run_audit(REQUEST, tmp_path)
    for name in ("audit.json", "confidential/violations.parquet", "confidential/rejected.csv"):
        assert (tmp_path / name).read_bytes() == (audited[1] / name).read_bytes()


def test_audit_json_adds_up(audited):
    told = json.loads((audited[1] / "audit.json").read_text(encoding="utf-8"))["scope"]
    out = sum(step["rows_before"] - step["rows_after"] for step in told["steps"])
    assert told["rows_loaded"] == told["rows_in_scope"] + out


def test_rules_are_evaluated_as_on_the_whole_extract(audited, tmp_path):
    whole = run_audit(replace(REQUEST, scope=None, consequence=False), tmp_path)
    silent_ones = [{f.rule for f in audit.findings if f.outcome == "not_evaluated"} for audit in (whole, audited[0])]
    assert silent_ones[0] == silent_ones[1]


def test_remedies_come_after_the_scope(tmp_path, parts):
    remedies = Remedies.model_validate({"remedies": "r", "steps": [{"do": "drop-rows", "rule": "missing-activity"}]})
    run_remedies(replace(REQUEST, consequence=False), remedies, KEY, tmp_path)
    changed, left = (
        duckdb.execute("SELECT row, line FROM read_parquet(?) ORDER BY row", [str(tmp_path / "confidential" / f"{name}.parquet")]).fetchall()
        for name in ("changes", "remedied")
    )  # fmt: skip
    known = parts[-1][["row_id", "line"]][parts[-1]["activity"].notna()]
    gone = parts[-1][["row_id", "line"]][parts[-1]["activity"].isna()]
    assert changed == list(map(tuple, gone.to_numpy().tolist()))
    assert left == list(map(tuple, known.to_numpy().tolist()))
    first, then = (json.loads((tmp_path / "confidential" / part / "accounts.json").read_text()) for part in ("before", "after"))
    assert first["scope"] == then["scope"]
    assert then["remedied"]["rows_in"] == then["scope"]["rows_in_scope"] == len(parts[-1])
    after = duckdb.execute("SELECT DISTINCT row_id, line FROM read_parquet(?)", [str(tmp_path / "confidential" / "after" / "violations.parquet")])  # fmt: skip
    assert set(after.fetchall()) <= set(left)


def test_a_header_is_told_by_the_name_that_it_has_here(tmp_path):
    scope = Scope.model_validate({"scope": "s", "steps": [{"drop": "rows", "where": {"DataSource": "Opgaver"}}]})
    with pytest.raises(
        AuditError, match=r"step 1: the extract has no column 'DataSource'\n  It is called 'source' here"
    ):
        run_audit(replace(REQUEST, scope=scope), tmp_path)
