"""Stock expectations on cases, labels, the log, typed and derived columns, and columns with hostile names."""

import json

import pytest
from ruamel.yaml import YAML

from tests.auditing import audit_files

HOSTILE = "A 'b' {x} <i>\"c\""
HEAD = ["case_id", "activity", "timestamp", "registered_at", "resource", HOSTILE]
ROWS = [
    ["A", "Start", "2023-01-02 08:00", "2023-01-02 09:00", "Jens Hansen", "1,5"],
    ["A", "Slut", "2023-01-05 08:00", "2023-01-07 08:00", "Mette Olsen", "tre"],
    ["B", "Start", "2023-02-02 08:00", "2023-02-02 09:00", "Jens Hansen", "2"],
    ["B", "start", "2023-03-02 00:00", "", "Mette Olsen", "2"],
    ["C", "Slut", "2023-03-02 00:00", "2023-03-01 00:00", "", "4"],
]
C = "expect_column_"
RULES = [
    ("cases", C + "values_to_be_between", {"column": "events", "max_value": 1}, "failed", 2),
    ("cases", C + "values_to_be_unique", {"column": "events"}, "failed", 2),
    ("cases", C + "sum_to_be_between", {"column": "events", "min_value": 5, "max_value": 5}, "passed", 0),
    ("labels", C + "values_to_match_regex", {"column": "activity", "regex": "^[A-Z]"}, "failed", 1),
    ("labels", "expect_table_row_count_to_equal", {"value": 3}, "passed", 0),
    ("log", C + "max_to_be_between", {"column": "events", "max_value": 4}, "failed", 1),
    ("log", C + "values_to_be_between", {"column": "cases", "max_value": 3}, "passed", 0),
    ("events", C + "values_to_be_between", {"column": "timestamp", "min_value": "2023-01-03", "max_value": "2023-03-01"}, "failed", 3),
    ("events", C + "values_to_be_in_set", {"column": "timestamp", "value_set": ["2023-03-02"]}, "failed", 3),
    ("events", C + "values_to_be_in_set", {"column": "timestamp", "value_set": ["i går"]}, "error", 0),
    ("events", C + "values_to_be_of_type", {"column": "timestamp", "type_": "TIMESTAMP"}, "passed", 0),
    ("events", C + "values_to_be_of_type", {"column": "timestamp", "type_": "DATE"}, "failed", 3),
    ("events", C + "values_to_be_increasing", {"column": "timestamp", "strictly": True}, "failed", 1),
    ("events", C + "min_to_be_between", {"column": "registered_at", "min_value": "2023-01-02"}, "passed", 0),
    ("events", "expect_column_pair_values_a_to_be_greater_than_b",
     {"column_A": "registered_at", "column_B": "timestamp", "ignore_row_if": "either_value_is_missing"}, "failed", 1),
    ("events", C + "values_to_be_between", {"column": "registration_lag_days", "max_value": 1}, "failed", 1),
    ("events", C + "values_to_be_in_set", {"column": "registration_lag_days", "value_set": ["x"]}, "error", 0),
    ("events", C + "values_to_match_like_pattern", {"column": "activity", "like_pattern": "S%"}, "failed", 1),
    ("events", C + "distinct_values_to_be_in_set", {"column": "resource", "value_set": ["x"]}, "failed", 1),
    ("events", C + "most_common_value_to_be_in_set", {"column": "resource", "value_set": ["x"]}, "failed", 1),
    ("events", C + "values_to_be_between", {"column": HOSTILE, "max_value": 3}, "error", 0),
    ("events", C + "mean_to_be_between", {"column": HOSTILE, "max_value": 3}, "error", 0),
    ("events", C + "values_to_be_unique", {"column": HOSTILE}, "failed", 2),
    ("events", C + "values_to_be_of_type", {"column": HOSTILE, "type_": "FLOAT"}, "failed", 1),
]  # fmt: skip


@pytest.fixture(scope="module")
def audited(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tables")
    quoted = [[f'"{value.replace(chr(34), chr(34) * 2)}"' for value in row] for row in (HEAD, *ROWS)]
    (folder / "extract.csv").write_text("".join(";".join(row) + "\n" for row in quoted), encoding="utf-8")
    rules = [
        {"id": f"r{n}", "table": table, "expect": expect, "args": args}
        for n, (table, expect, args, *_) in enumerate(RULES)
    ]
    with (folder / "suite.yaml").open("w", encoding="utf-8") as file:
        YAML().dump({"suite": "s", "rules": rules}, file)
    return audit_files(folder, [folder / "extract.csv"], str(folder / "suite.yaml"))


@pytest.mark.parametrize("number", range(len(RULES)), ids=[f"{one[0]}: {one[1]}" for one in RULES])
def test_a_rule_on_any_table_and_column(audited, number):
    finding = audited.finding(f"r{number}")
    *_, outcome, failed = RULES[number]
    assert (finding.outcome, finding.failed) == (outcome, failed), finding.reason


def test_nothing_that_is_told_of_a_column_as_a_whole_names_anybody(audited):
    record = json.dumps([finding.model_dump(mode="json") for finding in audited.audit.findings], ensure_ascii=False)
    assert not [name for name in ("Jens", "Hansen", "Mette", "tre") if f"{name} " in record or f'"{name}' in record]
