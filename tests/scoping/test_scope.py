"""Scope: each kind of step on a few rows, the account of every row, and faults with their line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from logsyn.expectations.errors import DeclarationError
from logsyn.expectations.scope import Scope, load_scope
from logsyn.expectations.suite import load_suite
from logsyn.validator.errors import AuditError
from logsyn.validator.progress import Progress
from logsyn.validator.request import Request
from logsyn.validator.run.audit import run_audit
from logsyn.validator.run.extract import opened
from logsyn.validator.scoping.apply import apply_scope
from logsyn.validator.tables.origins import ORIGINS, OUT_OF_SCOPE, is_there
from tests.auditing import AS_OF, PROFILE

CASES = YAML(typ="safe").load((Path(__file__).parent / "cases-of-scope.yaml").read_text(encoding="utf-8"))


def of_rows(folder, rows, steps):
    extract = folder / "extract.csv"
    extract.write_text(rows + "\n", encoding="utf-8")
    scope = Scope.model_validate({"scope": "test", "steps": steps})
    return Request([extract], PROFILE, load_suite("base"), None, AS_OF, consequence=False, scope=scope)


def left_of(connection):
    """The numbers in the extract of the rows that are left."""
    table = ORIGINS if is_there(connection, ORIGINS) else "(SELECT row_id AS original_row_id FROM rows)"
    return [row for (row,) in connection.execute(f"SELECT original_row_id FROM {table} ORDER BY 1").fetchall()]


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: case["name"])
def test_a_step(tmp_path, case):
    with opened(of_rows(tmp_path, case["rows"], case["steps"]), Progress()) as extract:
        left, steps = left_of(extract.connection), extract.scope.steps
        out = extract.connection.execute(f"SELECT row_id, line FROM {OUT_OF_SCOPE} ORDER BY 1").fetchall()
        by_step = dict(extract.connection.execute(f"SELECT step, count(*) FROM {OUT_OF_SCOPE} GROUP BY 1").fetchall())
        numbers = extract.connection.execute("SELECT row_id FROM rows ORDER BY ALL").fetchall()
    assert left == case["left"]
    assert [step.rows_before - step.rows_after for step in steps] == case["out"]
    assert [step.without_case_id for step in steps] == case["without_case_id"]
    assert [step.without_time for step in steps] == case.get("without_time", [0] * len(steps))
    everything = range(1, len(case["rows"].splitlines()))
    assert out == [(row, row + 1) for row in everything if row not in left]
    assert by_step == {number: rows for number, rows in enumerate(case["out"], 1) if rows}
    assert numbers == [(row,) for row in range(1, len(left) + 1)]


@pytest.mark.parametrize("steps", [[{"keep": "cases", "contain": "A"}], [{"drop": "rows", "where": {"activity": "Z"}}]])
def test_a_scope_that_leaves_nothing_out_leaves_the_rows_as_they_were_read(tmp_path, steps):
    with opened(of_rows(tmp_path, "case_id;activity;timestamp\na;A;2022-01-01\na;B;", steps), Progress()) as extract:
        assert (extract.scope.rows_loaded, extract.scope.rows_in_scope) == (2, 2)
        assert not is_there(extract.connection, ORIGINS)
        assert extract.connection.execute(f"SELECT count(*) FROM {OUT_OF_SCOPE}").fetchall() == [(0,)]


@pytest.mark.parametrize(
    ("sizes", "robots", "few"),
    [
        ([(5, 5), (6, 6)], [], (False, False, False)),
        ([(4, 4), (6, 6)], [], (True, False, False)),  # of four cases
        ([(6, 6), (6, 4)], [], (False, True, False)),  # of four employees
        ([(5, 5), (5, 5)], ["e0"], (True, False, False)),  # of whom one is none
        ([(5, 1), (5, 5)], [], (True, False, False)),
        ([(5, 1), (5, 5)], ["e0"], (False, False, False)),  # of no employee at all
        ([(2, 2), (2, 2)], [], (True, True, True)),
        ([(3, 3), (3, 3)], [], (True, True, False)),
        ([(0, 0), (5, 5)], [], (False, False, False)),
    ],
)
def test_whether_a_step_leaves_out_a_small_group_is_known_of_each_and_of_all_together(tmp_path, sizes, robots, few):
    rows = [f"{step}c{n};{step};2022-01-0{1 + n};e{3 * step + n % people}" for step, (cases, people) in enumerate(sizes) for n in range(cases)]
    request = of_rows(tmp_path, "\n".join(["case_id;activity;timestamp;resource", *rows, "k;K;2022-01-01;e9"]), [{"keep": "cases", "contain": "K"}])
    declared = Scope.model_validate({"scope": "s", "steps": [{"drop": "rows", "where": {"activity": str(step)}} for step in (0, 1)]})
    told = []
    with opened(replace(request, scope=None), Progress()) as extract:
        found = apply_scope(extract.connection, extract.reading, declared, told.append, robots)
    assert found.few == few
    assert told == ["scope, step 1", "scope, step 2"]


@pytest.mark.parametrize("fault", CASES["faults"], ids=lambda fault: fault["name"])
def test_a_fault_is_told_with_its_line(tmp_path, fault):
    path = tmp_path / "scope.yaml"
    path.write_text(fault["text"], encoding="utf-8")
    with pytest.raises(DeclarationError, match=fault["says"]) as told:
        load_scope(path)
    assert f"scope.yaml:{fault['line']}:" in str(told.value)


def test_a_scope_that_leaves_nothing_says_after_which_step(tmp_path):
    rows = "case_id;activity;timestamp\na;A;2022-01-01"
    request = of_rows(tmp_path, rows, [{"keep": "cases", "contain": "A"}, {"keep": "cases", "contain": "Jobmaal"}])
    with pytest.raises(AuditError, match=r"no row is left after step 2 .*“Jobmaal”.*1 rows of 1 cases"):
        run_audit(request, tmp_path)


def test_a_column_that_is_not_there_is_told_before_anything_is_done(tmp_path):
    rows = "case_id;activity;timestamp\na;A;2022-01-01"
    request = of_rows(tmp_path, rows, [{"keep": "cases", "contain": "Z"}, {"drop": "rows", "where": {"unit": "x"}}])
    with pytest.raises(AuditError, match="scope test, step 2: the extract has no column 'unit'"):
        run_audit(request, tmp_path)


def test_values_of_persons_are_in_no_title(tmp_path):
    steps = [
        {"keep": "rows", "where": {"case_id": "S-2021-000031"}},
        {"drop": "rows", "where": {"text": {"contains": "Olga"}}},
    ]
    with opened(
        of_rows(tmp_path, "case_id;activity;timestamp;text\nS-2021-000031;A;2022-01-01;x", steps), Progress()
    ) as extract:
        told = extract.scope.model_dump_json()
    assert "S-2021" not in told
    assert "Olga" not in told
