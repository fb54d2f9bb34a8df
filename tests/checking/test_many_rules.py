"""Many rules of one suite: each finds its own rows, wherever it stands among those that are judged together."""

import time

import pytest
from ruamel.yaml import YAML

from logsyn.validator.checking.violations import BITS
from logsyn.validator.commands.audit import note_many_rules
from logsyn.validator.run.declared import request_of
from tests.auditing import audit_files

ROWS = [(f"c{number % 7}", f"L{number % 50}", "" if number % 3 else "x") for number in range(200)]
RULES = [
    {"check": "missing-value", "column": "note", "id": f"r{number}", "where": {"activity": f"L{number % 50}"}}
    for number in range(2 * BITS + 5)
]


def test_every_one_of_many_rules_finds_its_rows(tmp_path):
    extract = tmp_path / "extract.csv"
    lines = [f"{case};{label};2023-01-01 10:00;{note}" for case, label, note in ROWS]
    extract.write_text("\n".join(["case_id;activity;timestamp;note", *lines]) + "\n", encoding="utf-8")
    with (tmp_path / "suite.yaml").open("w", encoding="utf-8") as file:
        YAML().dump({"suite": "many", "rules": [*RULES, {"check": "missing-activity", "id": "whole"}]}, file)
    audited = audit_files(tmp_path, [extract], str(tmp_path / "suite.yaml"))
    expected = {
        rule["id"]: [
            at + 1 for at, (_, label, note) in enumerate(ROWS) if label == rule["where"]["activity"] and not note
        ]
        for rule in RULES
    }
    assert {rule: sorted(rows) for rule, rows in audited.failing.items()} == {k: v for k, v in expected.items() if v}
    assert {one.rule: one.failed for one in audited.audit.findings} == {k: len(v) for k, v in expected.items()} | {
        "whole": 0
    }


@pytest.mark.parametrize(("rules", "says"), [(499, ""), (500, "500 rules: judging them takes some 1 min"), (10_000, "10,000 rules: judging them takes some 3 min")])  # fmt: skip
def test_how_long_many_rules_take_is_said_beforehand(tmp_path, capsys, rules, says):
    path = tmp_path / "suite.yaml"
    lines = [f"- {{check: missing-activity, id: r{number}}}" for number in range(rules)]
    path.write_text("\n".join(["suite: many", "rules:", *lines]), encoding="utf-8")
    began = time.process_time()
    asked = request_of([], suite=str(path))
    assert time.process_time() - began < 5  # seconds, also for 10,000 rules
    assert len(asked.rules) == rules
    note_many_rules(asked)
    told = capsys.readouterr().err
    assert says in told
    assert bool(told) == bool(says)
