"""The checks on times, registrations and values find exactly what was put into a log, whatever the seed."""

import duckdb
import pytest
from ruamel.yaml import YAML

from sample_logs.generator.timing.injected import RULES, clean_timing_log, injected_log
from tests.auditing import audit_files

CHECKS = [rule["check"] for rule in RULES]


def audited(folder, log):
    suite = folder / "suite.yaml"
    with suite.open("w", encoding="utf-8") as file:
        YAML().dump({"suite": "timing", "rules": [dict(rule) for rule in RULES]}, file)
    return audit_files(folder, [log.path], str(suite), profile=log.profile, practice=log.practice)


def found_lines(folder):
    query = "SELECT rule, line FROM read_parquet(?)"
    found = duckdb.execute(query, [str(folder / "out" / "confidential" / "violations.parquet")]).fetchall()
    return {check: {line for rule, line in found if rule == check} for check in CHECKS}


@pytest.fixture(scope="module", params=[1, 2, 3])
def injected(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("timing")
    log = injected_log(folder, request.param)
    audited(folder, log)
    return log.truth, found_lines(folder)


@pytest.mark.parametrize("check", CHECKS)
def test_a_check_finds_exactly_what_was_put_in(injected, check):
    truth, found = injected
    assert truth[check], f"nothing was put in for {check}"
    assert found[check] == truth[check]


def test_the_log_before_anything_was_put_in_has_nothing(tmp_path):
    done = audited(tmp_path, clean_timing_log(tmp_path, 1))
    assert {finding.rule: finding.outcome for finding in done.audit.findings} == dict.fromkeys(CHECKS, "passed")


def test_the_same_seed_gives_the_same_log(tmp_path):
    one, other = injected_log(tmp_path / "one", 5), injected_log(tmp_path / "other", 5)
    assert (one.path.read_bytes(), one.truth) == (other.path.read_bytes(), other.truth)
