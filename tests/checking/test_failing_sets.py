from types import SimpleNamespace

import duckdb
import pytest

from logsyn.validator.checking.result import RuleResult
from logsyn.validator.checking.violations import record_violations


@pytest.mark.parametrize("rules", [1, 60, 61, 150])
def test_rows_that_fail_many_rules_stand_once_for_each(rules):
    con = duckdb.connect()
    for view in range(0, rules, 60):
        flags = ", ".join(
            f"(range % {number + 1} <> 0)::TINYINT AS h{number}" for number in range(view, min(view + 60, rules))
        )
        con.execute(f"CREATE TABLE checked_{view} AS SELECT range::INTEGER AS row_id, {flags} FROM range(1, 400)")
    failed = {number: 399 // (number + 1) for number in range(rules)}
    judged = [
        RuleResult(n, "failed", 399, count, failing_rows="rows", judged_in=f"checked_{n - n % 60}")
        for n, count in failed.items()
    ]
    rule = SimpleNamespace(table="events", id="one")
    compiled = {n: SimpleNamespace(rule=rule, holds=f"h{n}") for n in failed}
    assert record_violations(con, compiled, judged) == ({n: count for n, count in failed.items() if count}, {})
    pairs = con.execute("SELECT count(*), count(DISTINCT (rule_no, row_id)) FROM violations").fetchone()
    assert pairs == (sum(failed.values()), sum(failed.values()))
