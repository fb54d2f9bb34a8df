"""A row is known by its number (``row_id``) in every table; the order in which rows stand is of no account."""

import duckdb
import pytest

from logsyn.expectations.remedies import Remedies
from logsyn.expectations.suite import load_suite
from logsyn.validator.errors import EngineError
from logsyn.validator.reading.load import number_rows, refuse_misplaced
from logsyn.validator.request import Request
from logsyn.validator.run import extract as running
from logsyn.validator.run.remedy import run_remedies
from tests.auditing import AS_OF, PROFILE, audit_files
from tests.derive.every_check import audited_once, write_every_check

FEW = "suite: few\nrules:\n  - {check: duplicate-event, columns: all}\n  - {check: missing-activity}\n  - {check: order-inversion}\n"
STEPS = [
    {"do": "keep-first", "same": "all"},
    {"do": "drop-rows", "where": {"team": "X", "activity": "Møde"}},
    {"do": "relabel", "rule": "missing-activity", "to": "Andet"},
    {"do": "relabel", "where": {"activity": "brev"}, "to": "Brev"},
]


def shuffled(connection):
    """The tables of rows, their rows in another order."""
    for table in ("rows", "row_lines"):
        connection.execute(f"CREATE TABLE shuffled AS FROM {table} ORDER BY hash(row_id)")
        connection.execute(f"DROP TABLE {table}")
        connection.execute(f"ALTER TABLE shuffled RENAME TO {table}")


@pytest.fixture
def disorder(monkeypatch):
    """From now on rows stand in no order once they are read."""
    read = running.read_part

    def read_and_shuffle(connection, *others):
        answer = read(connection, *others)
        shuffled(connection)
        return answer

    return lambda: monkeypatch.setattr(running, "read_part", read_and_shuffle)


def test_an_audit_gives_the_same_in_whatever_order_rows_stand(tmp_path, disorder):
    in_order, _ = audited_once()
    disorder()
    assert audit_files(tmp_path, *write_every_check(tmp_path)) == in_order


def files_of(folder, request, remedies):
    folder.mkdir()
    run_remedies(request, remedies, b"k" * 32, folder)
    tables = {path: duckdb.sql(f"FROM '{path}' ORDER BY ALL").fetchall() for path in sorted(folder.rglob("*.parquet"))}
    texts = {path: path.read_text() for path in sorted(folder.rglob("audit.json"))}
    return {str(path.relative_to(folder)): content for path, content in (tables | texts).items()}


def test_remedies_give_the_same_in_whatever_order_rows_stand(tmp_path, disorder):
    (extract,), _ = write_every_check(tmp_path)
    (tmp_path / "few.yaml").write_text(FEW)
    request = Request([extract], PROFILE, load_suite(str(tmp_path / "few.yaml")), None, AS_OF, consequence=False)
    remedies = Remedies.model_validate({"remedies": "test", "steps": STEPS})
    in_order = files_of(tmp_path / "in order", request, remedies)
    disorder()
    in_disorder = files_of(tmp_path / "in disorder", request, remedies)
    assert set(in_order) == {"confidential/before/audit.json", "confidential/before/violations.parquet", "after/audit.json", "confidential/after/violations.parquet",
                             "confidential/changes.parquet", "confidential/remedied.parquet"}  # fmt: skip
    assert [name for name, content in in_order.items() if in_disorder[name] != content] == []


@pytest.mark.parametrize("rows", [1, 2, 2048, 300_001])
def test_rows_are_numbered_in_the_order_in_which_they_were_inserted(rows):
    connection = duckdb.connect()
    connection.execute(f"CREATE TABLE rows AS SELECT i AS place FROM range({rows}) t(i)")
    number_rows(connection)
    assert connection.execute("SELECT count(*), bool_and(row_id = place + 1), any_value(typeof(row_id)) FROM rows").fetchall() == [(rows, True, "INTEGER")]


def test_rows_that_do_not_stand_in_their_places_are_told():
    connection = duckdb.connect()
    connection.execute("CREATE TABLE rows AS SELECT unnest([1, 3, 2, NULL, 5]) AS row_id")
    with pytest.raises(EngineError, match="3 rows do not have the number of their place"):
        refuse_misplaced(connection)
