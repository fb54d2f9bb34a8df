"""What consequences are worked out with is gone when they are: nothing of it takes memory while pages are made."""

from types import SimpleNamespace

import duckdb

from logsyn.validator.consequence import base, comparison
from logsyn.validator.consequence.consequences import QuestionMeasures


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
