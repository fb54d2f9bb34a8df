"""Rows of answers are read by the names of their columns."""

import duckdb
import pytest

from logsyn.validator.database.answers import record, records


@pytest.mark.parametrize(("query", "rows"), [("SELECT 1 AS a, NULL AS b", [{"a": 1, "b": None}]), ("SELECT 2 AS b, 1 AS a", [{"a": 1, "b": 2}]), ("SELECT 1 AS a WHERE false", []), ("FROM (VALUES (1), (2)) t(a)", [{"a": 1}, {"a": 2}])])
def test_rows_have_the_names_of_their_columns(query, rows):
    assert records(duckdb.connect().execute(query)) == rows
    assert record(duckdb.connect().execute(query)) == (rows[0] if rows else {"a": None})


def test_two_columns_of_one_name_are_refused():
    with pytest.raises(ValueError, match="columns of one name: a, a"):
        records(duckdb.connect().execute("SELECT 1 AS a, 2 AS a"))
