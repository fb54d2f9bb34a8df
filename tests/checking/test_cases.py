"""Every check against the rows that must fail it: tests/cases/*.yaml."""

from pathlib import Path

import pytest

from logsyn.expectations.catalogue import load_catalogue
from tests.auditing import audit_case, load_cases

CASES = sorted((Path(__file__).parents[1] / "cases").glob("*.yaml"))
ALL = [pytest.param(case, id=f"{path.stem}: {case['name']}") for path in CASES for case in load_cases(path)]


@pytest.mark.parametrize("case", ALL)
def test_case(case, tmp_path):
    audited = audit_case(tmp_path, case, consequence=False)  # of the same rows, whole runs work it out
    finding = audited.audit.findings[0]
    outcome = case.get("outcome", "failed" if case.get("fails") else "passed")
    assert finding.outcome == outcome, finding.reason
    if outcome in ("passed", "failed"):
        failed = case.get("failed", len(case["fails"]))
        assert (finding.checked, finding.failed) == (case["checked"], failed)
        assert audited.failing.get(finding.rule, []) == case["fails"]
    rows = audited.told.get(finding.rule, [])
    for name, values in case.get("evidence", {}).items():
        told = {key for row in rows for key in row}
        assert not rows or name in told, f"it tells of {sorted(told)}; activity, team and time stand in every example"
        assert [row[name] for row in rows] == values


def test_every_check_has_a_case_that_fails_and_is_documented_by_it():
    failing = {path.stem for path in CASES for case in load_cases(path) if case.get("fails") or case.get("failed")}
    missing = sorted(set(load_catalogue()) - failing)
    assert not missing, f"write tests/cases/NAME.yaml with a case in which rows fail (`fails: [2]`) for {missing}"
