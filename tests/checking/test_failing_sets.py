from types import SimpleNamespace

import duckdb
import pytest

from logsyn.validator.checking.judgement import Judgement
from logsyn.validator.checking.violations import record_violations


@pytest.mark.parametrize("rules", [1, 60, 61, 150])
def test_rows_that_fail_many_rules_stand_once_for_each(rules):
    con = duckdb.connect()
    for view in range(0, rules, 60):
        con.execute(f"CREATE TABLE checked_event_facts_{view} AS SELECT range::INTEGER AS row_id FROM range(1, 400)")
    failed = {number: 399 // (number + 1) for number in range(rules)}
    query = "SELECT row_id, it \nFROM checked_event_facts_{} \nWHERE row_id % {} = 0"
    judged = [
        Judgement(n, "failed", 399, count, failing_rows=query.format(n - n % 60, n + 1)) for n, count in failed.items()
    ]
    compiled = dict.fromkeys(failed, SimpleNamespace(rule=SimpleNamespace(table="events", id="one")))
    assert record_violations(con, compiled, judged) == ({n: count for n, count in failed.items() if count}, {})
    pairs = con.execute("SELECT count(*), count(DISTINCT (rule_no, row_id)) FROM violations").fetchone()
    assert pairs == (sum(failed.values()), sum(failed.values()))
