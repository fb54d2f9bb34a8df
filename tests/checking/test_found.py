"""Checks that need a look around, against plain counting by brute force on random logs."""

import time
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from logsyn.expectations.catalogue import load_catalogue
from logsyn.expectations.rule import rule_from_check
from logsyn.validator.checking.compiled import compile_rule
from logsyn.validator.derive import tables
from logsyn.validator.derive.agreements import create_pairs
from logsyn.validator.derive.zone import create_clock_changes, offset_macro
from logsyn.validator.reading.kept import Readings
from tests.auditing import audit_case

DAY = datetime(2023, 5, 1)
COLUMNS = ("case_no", "resource", "activity", "timestamp", "end_timestamp", "registered_at")
MINUTES = st.integers(0, 40).map(lambda minute: DAY + timedelta(minutes=minute))
ROWS = st.lists(
    st.tuples(st.integers(1, 4), st.sampled_from("RS"), st.sampled_from("ab"), MINUTES, MINUTES, MINUTES), max_size=40
)
FEW = settings(deadline=None, max_examples=60)


def found(check, asked, rows):
    con = duckdb.connect()
    con.execute("CREATE TABLE event_facts (row_id INTEGER, case_no INTEGER, resource VARCHAR, activity VARCHAR, "
                "timestamp TIMESTAMP, end_timestamp TIMESTAMP, registered_at TIMESTAMP, registered_has_time_of_day BOOLEAN DEFAULT true)")  # fmt: skip
    con.execute("CREATE TABLE system_resources (resource VARCHAR)")
    for number, row in enumerate(rows, 1):
        con.execute("INSERT INTO event_facts VALUES (?, ?, ?, ?, ?, ?, ?, DEFAULT)", [number, *row])
    rule = rule_from_check(load_catalogue()[check], check, asked, {})
    compiled = compile_rule(0, rule, {"events": frozenset({"case_id", *COLUMNS})}, Readings(con))
    answer = con.execute(compiled.finds).fetchall()
    assert len({row[0] for row in answer}) == len(answer)
    return {row[0] for row in answer}


@FEW
@given(ROWS, st.integers(0, 5), st.integers(1, 6), st.integers(1, 4))
def test_batches_are_those_of_every_window(rows, window, min_events, min_cases):
    expected = set()
    for resource in "RS":
        own = [(number, row[0], row[5]) for number, row in enumerate(rows, 1) if row[1] == resource]
        for _, _, first in own:
            inside = [one for one in own if first <= one[2] <= first + timedelta(minutes=window)]
            if len(inside) >= min_events and len({case for _, case, _ in inside}) >= min_cases:
                expected |= {number for number, _, _ in inside}
    asked = {"window": f"{window}min", "min_events": min_events, "min_cases": min_cases}
    assert found("batch-registration", asked, rows) == expected


@FEW
@given(ROWS, st.sampled_from(["case", "resource"]))
def test_overlaps_are_those_of_every_pair(rows, by):
    at = {"case": 0, "resource": 1}[by]
    expected = {
        one
        for one, first in enumerate(rows, 1)
        for other, second in enumerate(rows, 1)
        if one != other and first[at] == second[at] and first[3] < first[4] and second[3] < second[4]
        and min(first[4], second[4]) > max(first[3], second[3])
    }  # fmt: skip
    assert found("overlap", {"by": by}, rows) == expected


@FEW
@given(ROWS, st.integers(0, 4))
def test_registrations_right_after_one_another(rows, within):
    expected = set()
    for case in range(1, 5):
        own = sorted((row[5], number) for number, row in enumerate(rows, 1) if row[0] == case)
        for (earlier, one), (later, other) in pairwise(own):
            if later - earlier <= timedelta(minutes=within):
                expected |= {one, other}
    assert found("multi-registration", {"by": "case", "within": f"{within}min"}, rows) == expected


@pytest.mark.parametrize("zone", ["Europe/Copenhagen", "America/New_York", "Africa/Casablanca", "Australia/Lord_Howe"])
def test_clock_changes_of_far_years_are_those_that_the_zone_has_then(zone):
    years = [1969, 1970, 2037, 2087, 2100, 2101, 2128, 5000, 9996, 9998]
    con = duckdb.connect()
    create_clock_changes(con, zone, years)
    found = con.execute("SELECT from_local FROM clock_changes ORDER BY 1").fetchall()
    expected = []
    for day in (datetime(year, 1, 1) + timedelta(days=day) for year in years[1:] for day in range(365)):
        moments = (moment.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)) for moment in (day, day + timedelta(days=1)))
        before, after = (moment.utcoffset() for moment in moments)
        if before != after:
            expected.append(day + min(before, after))
    assert all(day < start <= day + timedelta(days=1) for (start,), day in zip(found, expected, strict=True))


def test_nine_thousand_years_of_clock_changes_cost_little():
    begun = time.process_time()
    create_clock_changes(duckdb.connect(), "Europe/Copenhagen", list(range(1, 10_000)))
    assert time.process_time() - begun < 4  # 13 before


@pytest.mark.parametrize("zone", ["Europe/Copenhagen", "America/Nuuk", "Australia/Lord_Howe", "UTC"])
def test_clock_changes_are_those_of_the_zone(zone):
    # A local time that does not exist comes back as another one; one that exists twice has two offsets and comes back.
    con = duckdb.connect()
    con.execute(offset_macro(zone, [2023]))
    create_clock_changes(con, zone, [2023])
    spans = con.execute("SELECT * FROM clock_changes").fetchall()
    utc = ZoneInfo("UTC")
    for quarter in range(365 * 96):
        local = datetime(2023, 1, 1) + timedelta(minutes=15 * quarter)
        both = [local.replace(tzinfo=ZoneInfo(zone), fold=fold) for fold in (0, 1)]
        exists = both[0].astimezone(utc).astimezone(ZoneInfo(zone)).replace(tzinfo=None) == local
        twice = both[0].utcoffset() != both[1].utcoffset()
        kind = None if not twice else "ambiguous" if exists else "gap"
        assert next((name for name, start, end in spans if start <= local < end), None) == kind


BATCH = """case_id;activity;timestamp;registered_at;resource
A;Brev;2023-01-02 08:00;2023-01-03 08:00;RPA
B;Brev;2023-01-02 08:00;2023-01-03 08:00;RPA
A;Brev;2023-01-02 08:00;2023-01-03 08:00;R1
B;Brev;2023-01-02 08:00;2023-01-03 08:00;R1
"""


def test_what_systems_register_is_told_apart(tmp_path, monkeypatch):
    def with_a_robot(connection, practice):
        create_pairs(connection, practice)
        connection.execute("INSERT INTO system_resources VALUES ('RPA')")

    monkeypatch.setattr(tables, "create_pairs", with_a_robot)
    rule = {"check": "batch-registration", "id": "rule", "min_events": 2, "min_cases": 2}
    audited = audit_case(tmp_path, {"rows": BATCH, "rule": rule})
    finding = audited.finding("rule")
    assert (finding.checked, finding.failed, audited.failing["rule"]) == (2, 2, [3, 4])
    assert finding.told["rows_in_batches_by_systems"] == 2
    assert [row["by_system"] for row in audited.told["rule"]] == [False, False]


def test_the_evidence_names_no_employee(tmp_path):
    rule = {"check": "batch-registration", "id": "rule", "min_events": 2, "min_cases": 2}
    audited = audit_case(tmp_path, {"rows": BATCH, "rule": rule})
    assert len(audited.told["rule"]) == 4
    assert "RPA" not in str(audited.told) + audited.finding("rule").model_dump_json(exclude={"sql"})


def test_a_choice_that_nobody_made_is_named(tmp_path):
    rule = {"check": "multi-registration", "id": "rule", "by": "case", "within": "1min"}
    finding = audit_case(tmp_path, {"rows": BATCH, "rule": rule}).finding("rule")
    assert finding.params["timestamp"] == "registered_at"


@pytest.mark.parametrize(
    ("columns", "clock", "words", "danish"),
    [
        (
            "timestamp;registered_at;end_timestamp",
            "registered_at",
            "the time of registration",
            "registreringstidspunktet",
        ),
        ("timestamp;end_timestamp", "end", "the end time", "sluttidspunktet"),
        ("timestamp", "start", "the time of the event", "tidspunktet for hændelsen"),
    ],
)
@pytest.mark.parametrize("check", ["batch-registration", "multi-registration"])
def test_the_clock_that_was_used_is_named(tmp_path, check, columns, clock, words, danish):
    times = ";".join(["2023-01-02 08:00"] * len(columns.split(";")))
    rows = f"case_id;activity;resource;{columns}\n" + "".join(f"c{case};a;R1;{times}\n" for case in range(10))
    asked = {"by": "resource", "within": "1min"} if check == "multi-registration" else {}
    finding = audit_case(tmp_path, {"rows": rows, "rule": {"check": check, "id": "rule", **asked}}).finding("rule")
    assert (finding.failed, finding.params["timestamp"]) == (10, clock)
    assert (f"by {words}" in finding.fails_when.en, f"målt på {danish}" in finding.fails_when.da) == (True, True)


def test_one_employee_ticks_off_113_cases_in_a_minute_in_a_log_with_one_time(tmp_path):
    # 226 events of 113 cases between 13:07:00 and 13:07:59, and a day's work of two other events an hour before and after.
    events = [(case, f"2023-03-01 13:07:{(case * 7 + step * 13) % 60:02}") for case in range(113) for step in range(2)]
    others = [(200 + day, f"2023-02-{day:02} 0{hour}:30:00") for day in range(1, 21) for hour in (8, 9)]
    rows = "case_id;activity;timestamp;resource\n" + "".join(f"{case};a;{at};R1\n" for case, at in events + others)
    audited = audit_case(tmp_path, {"rows": rows, "rule": {"check": "batch-registration", "id": "rule"}})
    finding = audited.finding("rule")
    assert (finding.checked, finding.failed, finding.cases_affected) == (266, 226, 113)
    assert audited.failing["rule"] == list(range(1, 227))
