"""A log in parts: whole cases in their order, no file beyond what it may hold, and no more files than are needed."""

import duckdb
import pytest

from logsyn.validator.errors import AuditError
from logsyn.validator.handing_on.layout import Field
from logsyn.validator.handing_on.parts import FileLimits, write_parts

TEXT = Field("Text", "text", None, "text", "text")


def written(folder, cases, limits, *, split=True, packed=False, factor=1.0):
    """The parts of a log of cases of so many events of 96 letters; a file has so many bytes of each event as are estimated, times ``factor``."""
    connection = duckdb.connect()
    connection.execute("CREATE TABLE outgoing (case_no INTEGER, text VARCHAR)")
    connection.execute("INSERT INTO outgoing SELECT c, repeat('x', 96) FROM (SELECT unnest(?::INTEGER[]) AS c)", [[case for case, events in enumerate(cases, 1) for _ in range(events)]])

    def write(part, number, count):
        assert 1 <= number <= count
        path = folder / f"{number}-{count}"
        path.write_bytes(b"x" * int(100 * part.events * factor))
        return path

    return write_parts(connection, [TEXT], limits, write, split=split, packed=packed)


def fewest(cases, most):
    """How many cases the fullest consecutive parts hold, one after the other."""
    parts, now, events = [], 0, 0
    for of_case in cases:
        if now and events + of_case > most:
            parts.append(now)
            now, events = 0, 0
        now, events = now + 1, events + of_case
    return [*parts, now]


@pytest.mark.parametrize("most", [5, 6, 7, 10, 14, 15])
@pytest.mark.parametrize("of", ["events", "bytes"])
def test_parts_are_whole_cases_each_as_full_as_allowed(tmp_path, most, of):
    cases = [3, 2, 1, 4, 5]
    limits = FileLimits(None, most) if of == "events" else FileLimits(100 * most, None)
    parts = [part for _, part in written(tmp_path, cases, limits)]
    assert [part.cases for part in parts] == fewest(cases, most)
    assert [(part.first, part.last) for part in parts] == [(sum(fewest(cases, most)[:at]) + 1, sum(fewest(cases, most)[: at + 1])) for at in range(len(parts))]
    assert sum(part.events for part in parts) == sum(cases)
    assert len(list(tmp_path.iterdir())) == len(parts)


@pytest.mark.parametrize("factor", [0.3, 1.0, 1.3, 2.5])
@pytest.mark.parametrize("packed", [True, False])
def test_where_files_become_larger_than_was_thought_they_are_written_anew_in_smaller_parts(tmp_path, factor, packed):
    done = written(tmp_path, [2] * 30, FileLimits(2000, None), packed=packed, factor=factor)
    assert all(path.stat().st_size <= 2000 for path, _ in done)
    assert sorted(tmp_path.iterdir()) == sorted(path for path, _ in done)
    assert sum(part.events for _, part in done) == 60
    assert packed is False or factor > 0.33 or len(done) == 1


@pytest.mark.parametrize("limits", [FileLimits(None, None), FileLimits(10**9, 10**9), FileLimits(None, 6)])
def test_what_fits_is_one_file(tmp_path, limits):
    ((path, part),) = written(tmp_path, [1, 2, 3], limits, split=False)
    assert (path.name, part.first, part.last, part.events) == ("1-1", 1, 3, 6)


def test_a_log_without_rows_is_one_file_too(tmp_path):
    ((path, part),) = written(tmp_path, [], FileLimits(10, 1))
    assert (path.name, part.events, part.cases) == ("1-1", 0, 0)


@pytest.mark.parametrize(
    ("cases", "limits", "factor", "says"),
    [
        ([3, 3], FileLimits(None, 5), 1, r"the log has 6 events, more than one file may hold \(5 events\)(?s:.*)some 2 files"), ([3, 3], FileLimits(500, 100), 1, r"\(500 bytes, 100 events\)"),
        ([6], FileLimits(None, 5), 1, r"a single case is larger than one file may be \(5 events\)"), ([6], FileLimits(500, None), 1, r"a single case is larger than one file may be \(500 bytes\)"),
    ],
)  # fmt: skip
def test_what_is_too_large_is_refused_with_what_one_file_may_hold(tmp_path, cases, limits, factor, says):
    with pytest.raises(AuditError, match=says):
        written(tmp_path, cases, limits, split=len(cases) == 1, factor=factor)
