"""Each mapped time column that could not be read is a finding of its own, and a column that is not there is none."""

import pytest

from logsyn.expectations.suite import load_suite
from tests.auditing import audit_files

RULES = {
    "timestamp": "unparseable-timestamp",
    "end_timestamp": "unparseable-end-timestamp",
    "registered_at": "unparseable-registered-at",
    "planned_start": "unparseable-planned-start",
    "planned_end": "unparseable-planned-end",
}
TEXTS = ["2023-03-01 10:00", "31-02-2023", "snarest", "", "2023-03-01", "-"]
UNREAD = 2


def audited(folder, columns, unread):
    extract = folder / "extract.csv"
    rows = [
        ";".join([f"S{at}", "a", *(text if name in unread else TEXTS[0] for name in columns)])
        for at, text in enumerate(TEXTS)
    ]
    extract.write_text("\n".join([f"case_id;activity;{';'.join(columns)}", *rows]) + "\n", encoding="utf-8")
    return audit_files(folder, [extract])


@pytest.mark.parametrize("column", [name for name in RULES if name != "timestamp"])
def test_a_column_that_cannot_be_read_is_one_finding_and_no_other(tmp_path, column):
    audit = audited(tmp_path, ["timestamp", column], [column]).audit
    found = {finding.rule: finding.failed for finding in audit.findings if finding.check == "unparseable-timestamp"}
    assert found == {"unparseable-timestamp": 0, RULES[column]: UNREAD}
    assert next(f for f in audit.findings if f.rule == RULES[column]).checked == len(TEXTS) - 2


def test_all_columns_that_cannot_be_read_are_findings_with_their_rows(tmp_path):
    failing = audited(tmp_path, list(RULES), list(RULES)).failing
    assert {rule: rows for rule, rows in failing.items() if rule in RULES.values()} == {
        rule: [2, 3] for rule in RULES.values()
    }


def test_every_suite_that_comes_with_logsyn_looks_at_every_time_column():
    for suite in ("base", "momentum", "momentum-jobklub", "fasit", "servicedesk", "strict"):
        rules = load_suite(suite).rules
        assert {rule.given["column"] for rule in rules if rule.check == "unparseable-timestamp"} == set(RULES), suite
