"""Great Expectations judges flags: what it counts and says is what its own expectation would, in threads and audit after audit."""

import gc
from concurrent.futures import ThreadPoolExecutor

import duckdb
import pytest

from logsyn.validator.checking import great_expectations as engine
from logsyn.validator.checking.fails import BETWEEN, NOT_NULL, fails_of
from logsyn.validator.database.connection import open_database
from logsyn.validator.database.memory import agreement
from tests.auditing import audit_files

SUITE = """suite: s
rules:
  - {check: missing-activity}
  - {check: duplicate-event}
  - {id: not-odd, expect: expect_column_values_to_not_be_in_set, args: {column: activity, value_set: [A1, A3]}}
  - {check: related-activities, antecedent: [A0], consequent: [A1], mostly: 0.5}
"""
FLAGS = {
    "all": "1", "none": "NULL::TINYINT", "fails": "0", "half": "range % 2", "some": "CASE WHEN range % 3 > 0 THEN (range % 5 > 0)::TINYINT END",
    "last": "(range < 39)::TINYINT",
}  # fmt: skip


@pytest.fixture
def flags(tmp_path):
    """A batch of flags, as Great Expectations looks at it."""
    with open_database(tmp_path, agreement(None)) as database:
        columns = ", ".join(f"{sql} AS {name}_flag" for name, sql in FLAGS.items())
        database.connection.execute(f"CREATE TABLE flags AS SELECT {columns} FROM range(40)")
        judge = engine.Engine(database)
        yield database.connection, judge.batch("flags")
        judge.close()


@pytest.mark.parametrize("mostly", [1.0, 0.9, 0.5])
def test_great_expectations_says_of_a_flag_what_its_own_expectation_says(flags, mostly):
    connection, batch = flags
    for name in FLAGS:
        asked = {"column": f"{name}_flag", "min_value": 1, "mostly": mostly}
        ours = batch.validate(engine.rows_hold()(**asked), result_format="BASIC")
        theirs = batch.validate(
            engine.load().expectations.ExpectColumnValuesToBeBetween(**asked), result_format="BASIC"
        )
        assert ours.success == theirs.success
        counts = [
            tuple(one.result[key] for key in ("element_count", "missing_count", "unexpected_count"))
            for one in (ours, theirs)
        ]
        counted = connection.execute(
            f"SELECT count(*), count(*) - count({name}_flag), count(*) FILTER ({name}_flag = 0) FROM flags"
        )
        assert counts == [counted.fetchone()] * 2


CONDITIONS = [
    (BETWEEN, {"max_value": 0}, [1, 0, 0, None]), (BETWEEN, {"min_value": 1}, [0, 1, 1, None]), (NOT_NULL, {}, [1, 1, 1, 0]),
    (BETWEEN, {"min_value": 0, "max_value": 1}, [0, 1, 0, None]), (BETWEEN, {"max_value": -1.5}, [1, 0, 0, None]),
]  # fmt: skip


@pytest.mark.parametrize(("expect", "args", "holds"), CONDITIONS)
def test_a_condition_is_a_flag_that_is_null_only_where_nothing_is_checked(expect, args, holds):
    condition = fails_of(expect, {"column": "v", **args})
    rows = "(VALUES (0, -2.0), (1, 1.0), (2, 'nan'::DOUBLE), (3, NULL)) AS t(n, v)"
    found = duckdb.execute(f"SELECT {condition.holds}, {condition.fails} FROM {rows} ORDER BY n").fetchall()
    assert found == [(one, one == 0) for one in holds]


def audit(folder, number):
    """The record, the failing rows and what examples are made of, of a small log; each number is another log."""
    folder.mkdir()
    (folder / "suite.yaml").write_text(SUITE, encoding="utf-8")
    rows = [f"c{n % 7};A{n % (number + 2)};2023-01-{1 + n % 9:02} 10:00" for n in range(40 + number)]
    (folder / "log.csv").write_text("\n".join(["case_id;activity;timestamp", *rows]) + "\n", encoding="utf-8")
    told = audit_files(folder, [folder / "log.csv"], str(folder / "suite.yaml"))
    return [finding.model_dump_json() for finding in told.audit.findings], told.failing, told.told


def test_audits_in_threads_give_what_they_give_alone(tmp_path, monkeypatch):
    monkeypatch.setattr(duckdb, "execute", None)  # all threads would share one connection, and its answers
    alone = [audit(tmp_path / f"alone{number}", number) for number in range(4)]
    with ThreadPoolExecutor(4) as pool:
        beside = list(pool.map(lambda number: audit(tmp_path / f"beside{number}", number), range(4)))
    assert beside == alone
    assert len({str(failing) for _, failing, _ in alone}) == 4


def test_audit_after_audit_leaves_nothing_in_great_expectations(tmp_path):
    def held(number):
        audit(tmp_path / f"log{number}", 2)
        gc.collect()
        return sum(
            str(type(one).__module__).startswith(("great_expectations", "sqlalchemy", "logsyn")) for one in gc.get_objects()
        )

    assert held(0) > 0
    assert held(1) == held(2)
    assert len(engine.context().data_sources.all()) == 0


def test_the_configuration_of_great_expectations_is_not_written_for_every_table(tmp_path, monkeypatch):
    monkeypatch.setattr(engine.load().data_context.types.base.DataContextConfig, "to_yaml_str", lambda *_: 1 / 0)
    assert audit(tmp_path / "log", 1)


def test_a_data_source_goes_where_the_audit_breaks_off(tmp_path, monkeypatch):
    monkeypatch.setattr(engine.Engine, "judge", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        audit(tmp_path / "log", 1)
    assert len(engine.context().data_sources.all()) == 0
