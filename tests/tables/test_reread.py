"""The columns of a log that rows were taken out of, counted again: what a reading of the rows that are left would say."""

from dataclasses import replace

import duckdb
import pytest

from logsyn.validator.reading.extract import read_extract
from logsyn.validator.tables.reread import reread
from tests.auditing import PROFILE

ROWS = ["a;A;2023-01-02;N;x", "b;B;2023-01-02 10:00;N;", "c;A;some day;S;y", ";A;2023-01-03;;x", "d;B;2023-01-04;S;x", "e;A;;N;z"]


def facts(reading):
    return {one.name: (one.filled, one.missing, one.unparseable, one.distinct, one.without_time_of_day) for one in reading.columns}


def read(folder, rows):
    connection, path = duckdb.connect(), folder / f"x{len(rows)}.csv"
    path.write_text("\n".join(["case_id;activity;timestamp;team;status", *rows]) + "\n", encoding="utf-8")
    return connection, read_extract(connection, [path], PROFILE, folder)


@pytest.mark.parametrize("left", [[1, 2, 3], [3], [4, 6], [1, 2, 3, 4, 5, 6], [2, 5]])
def test_columns_are_counted_as_if_only_the_rows_that_are_left_had_been_read(tmp_path, left):
    connection, whole = read(tmp_path, ROWS)
    connection.execute(f"DELETE FROM rows WHERE row_id NOT IN ({', '.join(map(str, left))})")
    own = [ROWS[number - 1].split(";") for number in left]
    found = facts(reread(connection, whole))
    for at, name in enumerate(("case_id", "activity", "timestamp", "team", "status")):
        values = [row[at] for row in own if row[at]]
        unread = values.count("some day") if name == "timestamp" else 0
        assert found[name][:3] == (len(values), len(own) - len(values), unread), name
    assert found["timestamp"][4] == sum(len(row[2]) == len("2023-01-02") for row in own)
    assert found["status"][3] == len({row[4] for row in own if row[4]})


def test_columns_that_were_removed_are_no_longer_there_and_formats_are_kept_where_they_still_hold(tmp_path):
    connection, whole = read(tmp_path, ROWS)
    again = reread(connection, whole, removed=frozenset({"team"}), changed=frozenset({"timestamp"}))
    assert [one.name for one in again.columns] == [one.name for one in whole.columns if one.name != "team"]
    assert (again.canonical, again.remarks) == (whole.canonical - {"team"}, whole.remarks)
    formats = next(one.formats for one in whole.columns if one.name == "timestamp")
    assert next(one.formats for one in again.columns if one.name == "timestamp") == formats != {}
    connection.execute("DELETE FROM rows WHERE row_id = 1")
    assert next(one.formats for one in reread(connection, whole).columns if one.name == "timestamp") == formats
    assert next(one.formats for one in reread(connection, whole, changed=frozenset({"timestamp"})).columns if one.name == "timestamp") == {}
    assert facts(reread(connection, replace(whole, columns=[])))  == {}
