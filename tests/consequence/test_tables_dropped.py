"""What consequences are worked out with is gone when they are: nothing of it takes memory while pages are made."""

from types import SimpleNamespace

import duckdb

from logsyn.validator.consequence import base, comparison
from logsyn.validator.consequence.consequences import QuestionMeasures
from logsyn.validator.consequence.doubts import Doubts


def test_closing_drops_every_table_and_may_be_done_twice():
    connection, dropped = duckdb.connect(), []
    for table in ("events", *comparison.TABLES, *base.TABLES):
        connection.execute(f"CREATE TABLE {table} (a INTEGER)")
    doubts = SimpleNamespace(connection=connection, drop=lambda: dropped.append("doubts"))
    ranges = SimpleNamespace(drop=lambda: dropped.append("ranges"))
    measures = QuestionMeasures(doubts, ranges)
    measures.close()
    measures.close()
    assert connection.execute("SELECT table_name FROM duckdb_tables()").fetchall() == [("events",)]
    assert dropped == ["doubts", "ranges"] * 2


def test_the_cases_in_doubt_are_gone_when_they_are_dropped():
    connection = duckdb.connect()
    connection.execute("CREATE TABLE log AS SELECT 3 AS cases")
    doubts = Doubts.create(connection, {"r": 1})
    assert connection.execute("SELECT count(*) FROM doubts").fetchall() == [(0,)]
    doubts.drop()
    doubts.drop()
    assert connection.execute("SELECT table_name FROM duckdb_tables()").fetchall() == [("log",)]
