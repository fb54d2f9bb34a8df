"""A rule that breaks is one rule in error, wherever it breaks: the others are judged as ever, and no value of the log is told."""

import json
from dataclasses import replace

import duckdb
import pytest
from typer.testing import CliRunner

from logsyn.expectations.suite import load_suite
from logsyn.validator.checking import check as checking
from logsyn.validator.checking import great_expectations, violations
from logsyn.validator.checking.broken import MayBreak, in_words
from logsyn.validator.commands.main import app
from logsyn.validator.errors import ShortageError
from tests import auditing
from tests.auditing import PROFILE, audit_files

HEAD = "case_id;activity;timestamp;team;Navn;Note\n"
ROWS = "".join(f"S{n};Start;2023-01-0{n} 08:00;Hus;Jens Hansen {n};010190123{n}\n" for n in range(1, 6))
GOOD = """
  - {check: missing-activity}
  - {id: team-known, expect: expect_column_values_to_be_in_set, args: {column: team, value_set: [Andet]}}
  - {id: named, expect: expect_column_values_to_not_be_null, args: {column: Navn}}
  - {id: sum, expect: expect_column_unique_value_count_to_be_between, args: {column: Navn, max_value: 9}}
"""
BROKEN = {
    "an amount that is text": "{id: bad, expect: expect_column_values_to_be_between, args: {column: Navn, max_value: 3}}",
    "a mean of text": "{id: bad, expect: expect_column_mean_to_be_between, args: {column: Navn, max_value: 3}}",
    "a pattern for a rule": "{id: bad, expect: expect_column_values_to_match_regex, args: {column: Navn, regex: LOOKBEHIND}}",
    "a pattern for a fact": "{id: bad, expect: expect_column_values_to_match_regex, args: {column: team, regex: LOOKBEHIND}}",
    "two patterns": "{id: bad, expect: expect_column_values_to_match_regex_list, args: {column: team, regex_list: [x, LOOKBEHIND]}}",
    "a format": "{id: bad, expect: expect_column_values_to_match_strftime_format, args: {column: Navn, strftime_format: '%d'}}",
    "a repetition": "{id: bad, expect: expect_column_values_to_match_regex, args: {column: Navn, regex: HUGE}}",
    "an escape": "{id: bad, expect: expect_column_values_to_match_like_pattern, args: {column: Navn, like_pattern: OPEN, escape: '!'}}",
}


# What a suite is refused for when it is read, and another engine, or another version, may still find when it runs.
AT_RUN_TIME = {"LOOKBEHIND": "(?<=a)b", "HUGE": "(x{1000}){1000}", "%d": "%Q", "OPEN": "J!"}


def load_with_faults(path):
    suite = load_suite(path)
    changed = [replace(rule, args={name: put(value) for name, value in rule.args.items()}) for rule in suite.rules]
    return replace(suite, rules=tuple(changed))


def put(value):
    return [put(one) for one in value] if isinstance(value, list) else AT_RUN_TIME.get(str(value), value)


@pytest.fixture
def audited(tmp_path, monkeypatch):
    monkeypatch.setattr(auditing, "load_suite", load_with_faults)

    def run(rules):
        extract, suite = tmp_path / "extract.csv", tmp_path / "suite.yaml"
        extract.write_text(HEAD + ROWS, encoding="utf-8")
        suite.write_text(f"suite: s\nrules:{rules}", encoding="utf-8")
        return audit_files(tmp_path, [extract], str(suite))

    return run


def outcomes(audited):
    return {finding.rule: finding.outcome for finding in audited.audit.findings}


OTHERS = {"missing-activity": "passed", "team-known": "failed", "named": "passed", "sum": "passed"}


def test_every_kind_of_break_is_one_rule_in_error_and_the_others_are_judged(audited):
    rules = "".join(f"  - {rule.replace('bad', f'bad-{n}')}\n" for n, rule in enumerate(BROKEN.values()))
    told = audited(GOOD + rules)
    bad = {f"bad-{n}": "error" for n in range(len(BROKEN))}
    assert outcomes(told) == OTHERS | bad
    assert told.failing == {"team-known": [1, 2, 3, 4, 5]}
    for n in range(len(BROKEN)):
        reason = told.finding(f"bad-{n}").reason
        assert f"(suite.yaml:{7 + n})" in reason.en
        assert "Jens" not in reason.en + reason.da


def test_a_rule_that_breaks_beside_the_engine_leaves_the_others(audited, monkeypatch):
    broken = iter([RuntimeError("KeyError of a result"), None, None])

    def judge(connection, number, *rest):
        if error := next(broken, None):
            raise error
        return original(connection, number, *rest)

    original = checking.judge_whole
    monkeypatch.setattr(checking, "judge_whole", judge)
    told = audited(GOOD)
    assert outcomes(told) == OTHERS | {"sum": "error"}
    assert "RuntimeError" in told.finding("sum").reason.da


@pytest.mark.parametrize("where", ["_expectation", "_result"])
def test_a_fault_of_the_engine_with_one_rule_is_that_rule_in_error(audited, monkeypatch, where):
    owner = great_expectations.Engine if where == "_expectation" else great_expectations
    original = getattr(owner, where)

    def fails(*args):
        rule = args[-1]
        number = getattr(rule, "number", None)
        number = rule.expectation_config.meta[great_expectations.RULE] if number is None else number
        if number == 2:
            raise KeyError("element_count")
        return original(*args)

    monkeypatch.setattr(owner, where, fails)
    told = audited(GOOD)
    assert outcomes(told) == OTHERS | {"named": "error"}
    assert "KeyError" in told.finding("named").reason.en


def test_failing_rows_that_cannot_be_found_are_one_rule_in_error(audited, monkeypatch):
    monkeypatch.setattr(violations, "_insert_in_one_scan", lambda *_: 1 / 0)
    assert outcomes(audited(GOOD)) == OTHERS  # found one by one instead


def test_rows_that_are_not_as_many_as_were_counted_are_an_error_and_leave_nothing(audited, monkeypatch):
    name = "_insert_in_one_scan"
    original = getattr(violations, name)

    def lose(connection, *together):
        original(connection, *together)
        connection.execute("DELETE FROM violations WHERE row_id = 3")

    monkeypatch.setattr(violations, name, lose)
    told = audited(GOOD)
    assert outcomes(told) == OTHERS | {"team-known": "error"}
    assert "5 failing rows were counted and 4 were found" in told.finding("team-known").reason.en
    assert told.failing == {}


def test_an_interruption_is_no_fault_of_a_rule():
    with pytest.raises(duckdb.InterruptException), MayBreak(1):
        raise duckdb.InterruptException("INTERRUPT Error: Interrupted!")
    with pytest.raises(SystemExit), MayBreak(1):
        raise SystemExit(143)


TOLD = [
    (duckdb.ConversionException("Conversion Error: Could not convert string 'Jens Hansen' to DOUBLE"), "cannot be read as"),
    ("(duckdb.duckdb.OutOfRangeException) Out of Range Error: Overflow in addition of 0101901234 + 1", "too great"),
    (duckdb.OutOfMemoryException("Out of Memory Error: failed to allocate"), "--rule"),
    (MemoryError(), "--rule"),
    (duckdb.InvalidInputException('Invalid Input Error: Malformed JSON. Input: "Jens Hansen"'), "Malformed JSON. Input: …"),
    (duckdb.InvalidInputException("Invalid Input Error: strange `Jens Hansen` here"), "Invalid Input Error: strange …"),
    (duckdb.BinderException("Binder Error: No function matches sum(ENUM('Jens Hansen', 'x'))"), "No function matches sum( …"),
    (duckdb.BinderException('Binder Error: Referenced column "x" not found'), 'Referenced column "x" not found'),
    (duckdb.Error("Some Error: 0101901234 and 010190-1234 are odd"), "… and …-… are odd"),
    (KeyError("Jens Hansen"), "KeyError: …"),
    (ValueError("could not convert string to float: 'Jens Hansen'"), "cannot be read as"),
    (ZeroDivisionError("division by zero"), "divided by zero"),
    (ValueError(""), "ValueError"),
]  # fmt: skip


@pytest.mark.parametrize(("error", "says"), TOLD, ids=[str(error)[:30] for error, _ in TOLD])
def test_what_is_told_of_a_fault_holds_no_value(error, says):
    text = in_words(error)
    assert says in text.en
    assert not [value for value in ("Jens", "Hansen", "010190") if value in text.en + text.da]


def test_the_command_tells_which_rule_and_where_and_ends_with_3(tmp_path):
    (tmp_path / "extract.csv").write_text(HEAD + ROWS, encoding="utf-8")
    bad = BROKEN["an amount that is text"]
    (tmp_path / "suite.yaml").write_text(f"suite: s\nrules:{GOOD}  - {bad}\n", encoding="utf-8")
    source = {"source": "x", "columns": PROFILE.columns, "timestamps": {"formats": ["%Y-%m-%d %H:%M"]}}
    (tmp_path / "source.yaml").write_text(json.dumps(source), encoding="utf-8")
    asked = ["audit", "extract.csv", "--suite", "suite.yaml", "--source", "source.yaml", "--out", "out"]
    done = CliRunner().invoke(
        app, [str(tmp_path / one) if (tmp_path / one).exists() or one == "out" else one for one in asked]
    )
    assert done.exit_code == 3, done.output
    assert "bad: The rule (suite.yaml:7) could not be run" in done.output
    pages = [(tmp_path / "out" / name).read_text(encoding="utf-8") for name in ("quality.html", "audit.json")]
    assert all("suite.yaml:7" in page for page in pages)


def test_the_suite_of_these_tests_is_valid(tmp_path):
    (tmp_path / "suite.yaml").write_text(f"suite: s\nrules:{GOOD}", encoding="utf-8")
    assert len(load_suite(str(tmp_path / "suite.yaml")).rules) == 4


def test_one_rule_that_wants_too_much_memory_is_in_error(audited, monkeypatch):
    def starve(*_):
        raise duckdb.OutOfMemoryException("Out of Memory Error: failed to allocate")

    monkeypatch.setattr(checking, "judge_whole", starve)
    assert outcomes(audited(GOOD)) == OTHERS | {"sum": "error"}


def test_when_no_rule_can_be_judged_for_want_of_memory_the_audit_says_so(audited, monkeypatch):
    def starve(*_):
        raise duckdb.OutOfMemoryException("Out of Memory Error: failed to allocate")

    monkeypatch.setattr(checking, "judge_whole", starve)
    with pytest.raises(ShortageError, match="memory does not suffice"):
        audited("\n  - {expect: expect_column_unique_value_count_to_be_between, args: {column: Navn, max_value: 9}}\n")
