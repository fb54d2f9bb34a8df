"""Of columns that nobody says are times it is found out whether they hold some: so many of their values at least must look like times."""

import duckdb
import pytest

from logsyn.validator.derive.time_texts import create_time_texts


def found(values, formats=(), columns=("other",), *, wanted=True):
    connection = duckdb.connect()
    connection.execute("CREATE TABLE rows AS SELECT row_number() OVER () AS row_id, unnest(?::VARCHAR[]) AS other", [values])
    create_time_texts(connection, list(columns), list(formats), wanted=wanted)
    return connection.execute("FROM time_texts").fetchall()


@pytest.mark.parametrize(
    ("times", "texts", "read"),
    [(75, 25, 75), (74, 26, None), (3, 1, 3), (2, 1, None), (1, 0, 1), (0, 1, None), (0, 0, None)],
)
def test_three_of_four_values_must_look_like_times(times, texts, read):
    (told,) = found([f"0{1 + at % 9}-02-2023" for at in range(times)] + ["tekst"] * texts)
    assert told[2] == (read or 0)
    assert told[1] == (times + texts if read else None)


@pytest.mark.parametrize(
    ("values", "form"),
    [
        (["31-12-2022", "13-01-2023"], "%d-%m-%Y"),
        (["12/31/2022", "01/13/2023"], "%m/%d/%Y"),
        (["20221231", "20230113"], None),  # a plain number is no time
        ([" 31-12-2022 ", None], "%d-%m-%Y"),
    ],
)
def test_the_format_that_reads_most_is_told(values, form):
    (told,) = found(values)
    assert told[3] == form


def test_a_format_of_the_profile_is_tried_too_and_nothing_where_nobody_asks():
    assert found(["20221231"], ["%Y%m%d"]) == [("other", 1, 1, "%Y%m%d")]
    assert found(["20221231"], ["%Y%m%d"], wanted=False) == []
