"""A value of any SQL type can stand in the record of an audit and on its pages."""

import json

import duckdb
import pytest

from logsyn.reports.views.finding import shown
from logsyn.reports.wording import Wording
from logsyn.validator.findings.plain import plain
from logsyn.validator.record import Evidence
from tests.auditing import audit_files

EN = Wording("en")
LATE = "\n".join(
    ["case_id;activity;timestamp;registered_at;resource"]
    + [f"c{number};a;2023-01-01 10:00;2023-03-01 10:00;K1" for number in range(21)]
)


@pytest.mark.parametrize(
    ("sql", "value", "on_page"),
    [
        ("true", True, "yes"),
        ("false", False, "no"),
        ("NULL", None, "(empty)"),
        ("DATE '9999-12-31'", "9999-12-31", "9999-12-31"),
        ("TIMESTAMP '0001-01-01 00:00:01'", "0001-01-01 00:00:01", "0001-01-01 00:00:01"),
        ("TIME '10:30:00'", "10:30:00", "10:30:00"),
        ("INTERVAL 3 DAY + INTERVAL 90 MINUTE", "3 01:30:00", "3 01:30:00"),
        ("INTERVAL (-90) MINUTE", "-0 01:30:00", "-0 01:30:00"),
        ("1.50::DECIMAL(9, 2)", 1.5, "1.5"),
        ("2.00::DECIMAL(9, 2)", 2, "2"),
        ("170141183460469231731687303715884105727::HUGEINT", 2**127 - 1, "1.701E38"),
        ("1e300::DOUBLE", 1e300, "1E300"),
        ("'nan'::DOUBLE", None, "(empty)"),
        ("'infinity'::DOUBLE", None, "(empty)"),
        ("[DATE '2023-01-01', NULL]", "2023-01-01, -", "2023-01-01, -"),
        ("{'a': 1, 'b': [true]}", "a: 1, b: true", "a: 1, b: true"),
        ("'abc'::BLOB", "3 bytes", "3 bytes"),
        ("'010180-1234'", "######-####", "######-####"),
        ("['010180-1234']", "######-####", "######-####"),
    ],
)
def test_value_of_every_sql_type_is_plain_and_can_be_shown(sql, value, on_page):
    (raw,) = duckdb.sql(f"SELECT {sql}").fetchone()
    evidence = Evidence.model_validate(
        json.loads(json.dumps(Evidence(values={"x": plain(raw)}).model_dump(), allow_nan=False))
    )
    assert evidence.values["x"] == value
    assert type(evidence.values["x"]) is type(value)
    assert shown("x", evidence.values["x"], EN).value == on_page


def test_who_registers_in_batches_is_told_as_yes_or_no(tmp_path):
    extract = tmp_path / "extract.csv"
    extract.write_text(LATE + "\n", encoding="utf-8")
    audited = audit_files(tmp_path, [extract], "registration-practice")
    finding = audited.finding("batch-registration")
    assert (finding.failed, finding.evidence) == (21, [])  # they are all of one employee
    assert {shown("by_system", row["by_system"], Wording("da")).value for row in audited.told["batch-registration"]} == {"nej"}
