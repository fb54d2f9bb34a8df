"""Checks on cases and on the log: their SQL runs on the kept tables, suites run whole, and no report shows what could identify."""

import json
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from logsyn.expectations.practice import load_practice
from tests.auditing import audit_files

SAMPLE = Path(__file__).parents[2] / "sample_logs" / "momentum.csv"
RULES = """suite: s
extends: [strict]
rules:
  - {check: unexpected-start, activities: [Tilmelding som ledig]}
  - {check: unexpected-end, activities: [Sag afsluttet]}
  - {check: conditional-activity, where: {Målgruppe: "6.1"}, activities: [Jobmål]}
  - {check: related-activities, antecedent: LÆ265 anmodet, consequent: LÆ265 modtaget - original, within: 20d}
  - {check: activity-order, order: [Tilmelding som ledig, Visitation, Jobsamtale, Sag afsluttet]}
  - {check: activity-frequency, max: {Jobsamtale: 2}}
  - {check: incomplete-case, activities: [Jobmål]}
  - {check: unique-combination, columns: [team, status, resource, Målgruppe], max: 3}
"""


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kept")
    suite = folder / "suite.yaml"
    suite.write_text(RULES, encoding="utf-8")
    how = {"profile": None, "practice": load_practice("jobcenter"), "as_of": date(2023, 11, 30)}
    audited = audit_files(folder, [SAMPLE], str(suite), database=folder / "tables.duckdb", **how)
    with duckdb.connect(str(folder / "tables.duckdb"), read_only=True) as tables:
        yield audited, tables, (folder / "out" / "audit.json").read_text(encoding="utf-8")


def test_nothing_breaks(kept):
    assert [finding.rule for finding in kept[0].audit.findings if finding.outcome == "error"] == []


def test_the_sql_of_cases_gives_as_many_rows_on_the_kept_tables(kept):
    failed = [finding for finding in kept[0].audit.findings if finding.table == "cases" and finding.failed]
    assert len(failed) >= 7
    for finding in failed:
        assert len(kept[1].execute(finding.sql).fetchall()) == finding.failed, finding.rule


@pytest.mark.parametrize("rule", ["mixed-precision", "unique-combination"])
def test_the_sql_of_the_log_gives_what_was_found(kept, rule):
    finding = kept[0].finding(rule)
    found = kept[1].execute(finding.sql).fetchall()
    assert finding.failed > 0
    assert len(found) == (finding.checked if rule == "unique-combination" else finding.failed)


def test_the_sample_has_no_quiet_period_since_wrong_years_are_none(kept):
    # Its events of the years 1 to 1970 are of default-date; within its own period no two days with events lie more than seven apart.
    assert [kept[0].finding(rule).outcome for rule in ("inactive-period", "inactive-arrivals")] == ["passed", "passed"]


def test_the_sql_of_a_quiet_period_gives_it(tmp_path):
    days = [date(2023, 1, 1) + timedelta(day) for day in range(90) if day not in range(20, 50)]
    extract, suite = tmp_path / "extract.csv", tmp_path / "suite.yaml"
    extract.write_text("\n".join(["case_id,activity,timestamp", *(f"{day},a,{day}" for day in days)]), encoding="utf-8")
    suite.write_text("suite: s\nrules: [{check: inactive-period}]\n", encoding="utf-8")
    finding = audit_files(tmp_path, [extract], str(suite), database=tmp_path / "t.duckdb").finding("inactive-period")
    with duckdb.connect(str(tmp_path / "t.duckdb"), read_only=True) as tables:
        assert [row[2] for row in tables.execute(finding.sql).fetchall()] == [31.0]


def test_what_the_queries_call_is_kept_beside_the_tables(kept):
    called = kept[1].execute("SELECT utc_offset_seconds(TIMESTAMP '2023-07-01'), as_of_end()::VARCHAR").fetchone()
    assert called == (7200, "2023-12-01 00:00:00")


def test_no_caseworker_and_no_value_of_few_cases_is_shown(kept):
    assert '"JK1' not in kept[2]
    for piece in json.loads(kept[2])["findings"]:
        values = [one["values"] for one in piece["evidence"] if piece["check"] == "unique-combination"]
        assert all(one["status"] is None for one in values if one["combination_cases"] < 5)
        assert not values or any(one["status"] for one in values)
        assert all(one["resource"] is None or one["resource"].startswith("xx") for one in values)


FASIT = """CaseID;Activity;StartTimestamp
A;LÆ125 anmodet;02-01-2023 08:00
A;LÆ125 modtaget - original;16-01-2023 15:00
B;LÆ125 anmodet;02-01-2023 08:00
B;LÆ125 modtaget - original;17-01-2023 08:00
C;LÆ285 anmodet;02-01-2023 08:00
C;LÆ285 modtaget;09-01-2023 08:00
D;LÆ265 modtaget - original;02-01-2023 08:00
D;LÆ265 anmodet;03-01-2023 08:00
"""
FAILING = {"LAE125-answered": [3], "LAE285-answered": [5], "LAE265-requested": [7], "LAE265-answered": [7]}


def test_the_fasit_suite_finds_late_early_and_unasked_certificates(tmp_path):
    extract = tmp_path / "fasit.csv"
    extract.write_text(FASIT, encoding="utf-8")
    audited = audit_files(tmp_path, [extract], "fasit", profile=None)
    assert {rule: rows for rule, rows in audited.failing.items() if rule.startswith("LAE")} == FAILING
