"""The classes of both distributions, and what is late or beyond, at their edges: one activity for each number of days."""

from datetime import date, datetime, time, timedelta

import pytest

from logsyn.expectations.practice import Practice
from logsyn.reports import names
from logsyn.validator.record import HORIZON_BUCKETS, LAG_BUCKETS
from tests.auditing import audit_files

HEAD = "case_id,activity,timestamp,registered_at,planned_end"
DAY = date(2020, 3, 2)
LAGS = {
    -2: "before", -1: "before", 0: "same_day", 1: "1", 2: "2-3", 3: "2-3", 4: "4-7", 7: "4-7",
    8: "8-14", 14: "8-14", 15: "15-30", 30: "15-30", 31: "over_30", 400: "over_30",
}  # fmt: skip
PERIODS = {
    -1: "past", 0: "to_90_days", 90: "to_90_days", 91: "to_1_year", 365: "to_1_year", 366: "to_2_years", 730: "to_2_years",
    731: "to_5_years", 1825: "to_5_years", 1826: "to_5_years", 1827: "over_5_years", 9000: "over_5_years",
}  # fmt: skip
YEAR = {"period": True, "planned_end_within_days": 365}
AGREED = 3
EVENTS = 6


def audited(folder, rows, practice=None):
    extract = folder / "extract.csv"
    extract.write_text("\n".join([HEAD, *(f"c{n}{row[1:]}" for row in rows for n in range(EVENTS))]) + "\n", encoding="utf-8")
    declared = Practice.model_validate(practice) if practice else None
    return audit_files(folder, [extract], "registration-practice", practice=declared, as_of=date(2049, 1, 1)).audit


@pytest.fixture(scope="module")
def lags(tmp_path_factory):
    rows = [f"c,{days},{DAY} 10:00,{DAY + timedelta(days)} 09:59," for days in LAGS]
    found = audited(tmp_path_factory.mktemp("lags"), rows).registration.lag_by_activity
    return {int(group.activity): group for group in found}


@pytest.mark.parametrize(("days", "name"), LAGS.items())
def test_a_lag_of_so_many_days_is_in_its_class(lags, days, name):
    assert dict(zip(LAG_BUCKETS, lags[days].buckets, strict=True)) == dict.fromkeys(LAG_BUCKETS, 0) | {name: EVENTS}


@pytest.fixture(scope="module")
def horizons(tmp_path_factory):
    rows = [f"c,{days},{DAY} 10:00,{DAY} 11:00,{DAY + timedelta(days)}" for days in PERIODS]
    rows += [
        f"c,{label},{DAY} 10:00,{DAY} 11:00,{end}" for label, end in ((12, "9999-12-31"), (13, ""), (14, "9999-12-31"))
    ]
    agreed = {"practice": "p", "activities": {"365": YEAR, "366": YEAR, "14": YEAR}}
    found = audited(tmp_path_factory.mktemp("horizons"), rows, agreed).registration.horizon_by_activity
    return {int(group.activity): group for group in found}


@pytest.mark.parametrize(("days", "name"), [*PERIODS.items(), (12, "sentinel")])
def test_an_end_so_many_days_ahead_is_in_its_class(horizons, days, name):
    told = dict(zip(HORIZON_BUCKETS, horizons[days].buckets, strict=True))
    assert told == dict.fromkeys(HORIZON_BUCKETS, 0) | {name: EVENTS}


@pytest.mark.parametrize(
    ("days", "beyond"), [(90, None), (365, 0), (366, EVENTS), (731, None), (9000, None), (12, None), (14, EVENTS)]
)
def test_an_end_is_beyond_when_it_is_later_than_agreed_and_something_is_agreed(horizons, days, beyond):
    assert horizons[days].beyond == beyond


ENDS = [
    ("2023-01-01", "2024-01-01", "to_1_year"), ("2023-01-01", "2024-01-02", "to_2_years"), ("2024-01-01", "2025-01-01", "to_1_year"),
    ("2024-01-01", "2025-01-02", "to_2_years"), ("2024-02-29", "2025-02-28", "to_1_year"), ("2024-02-29", "2025-03-01", "to_2_years"),
    ("2023-01-01", "2025-01-01", "to_2_years"), ("2023-01-01", "2025-01-02", "to_5_years"), ("2021-01-01", "2023-01-01", "to_2_years"),
    ("2021-01-01", "2023-01-02", "to_5_years"), ("2023-01-01", "2028-01-01", "to_5_years"), ("2023-01-01", "2028-01-02", "over_5_years"),
    ("2020-01-01", "2025-01-01", "to_5_years"), ("2020-01-01", "2025-01-02", "over_5_years"), ("0001-01-01", "0002-01-01", "to_1_year"),
    ("9990-01-01", "9999-12-30", "over_5_years"),
]  # fmt: skip


@pytest.fixture(scope="module")
def ends(tmp_path_factory):
    rows = [f"c,{at},{start} 10:00,{start} 11:00,{end}" for at, (start, end, _) in enumerate(ENDS)]
    rows.append(f"c,99,,{DAY} 11:00,{DAY}")
    found = audited(tmp_path_factory.mktemp("ends"), rows).registration.horizon_by_activity
    return {int(group.activity): dict(zip(HORIZON_BUCKETS, group.buckets, strict=True)) for group in found}


@pytest.mark.parametrize("at", range(len(ENDS)), ids=[" to ".join(one[:2]) for one in ENDS])
def test_a_year_is_one_of_the_calendar_and_its_last_day_belongs_to_it(ends, at):
    assert ends[at] == dict.fromkeys(HORIZON_BUCKETS, 0) | {ENDS[at][2]: EVENTS}


def test_an_end_without_a_start_is_in_no_class(ends):
    assert set(ends[99].values()) == {0}


def test_the_pages_have_a_name_for_every_class():
    assert (tuple(names.LAGS), tuple(names.HORIZONS)) == (LAG_BUCKETS, HORIZON_BUCKETS)


MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(("more", "late"), [(-MINUTE, 0), (0 * MINUTE, 0), (MINUTE, EVENTS)])
def test_late_is_what_is_registered_after_the_agreed_days_and_not_at_their_end(tmp_path, more, late):
    happened = datetime.combine(DAY, time(10))
    agreed = {"practice": "p", "activities": {"a": {"register_within_days": AGREED}}}
    audit = audited(tmp_path, [f"c,a,{happened},{happened + timedelta(AGREED) + more},"], agreed)
    assert (audit.agreed.overall.late, audit.registration.lag_overall.late) == (late, late)
    assert [one.late for one in audit.agreed.overall.by_weekday] == [late]
    assert next(one for one in audit.findings if one.check == "backdated-registration").failed == late


AHEAD = {
    "planned": {"planned": True},
    "before": {"planned": True},
    "own": {"planned": True, "register_within_days": 2},
    "other": {},
}


@pytest.mark.parametrize("default", [{}, {"register_within_days": 2}])
def test_what_is_planned_ahead_is_to_be_registered_before_it_takes_place_and_has_no_default(tmp_path, default):
    # Each two days after the event, and "before" a day ahead: within a default of two days, which is none for what is planned.
    days = {label: -1 if label == "before" else 2 for label in AHEAD}
    rows = [f"c,{label},{DAY} 10:00,{DAY + timedelta(after)} 10:00," for label, after in days.items()]
    audit = audited(tmp_path, rows, {"practice": "p", "default": default, "activities": AHEAD})
    lag = {group.activity: (group.agreed_days, group.late) for group in audit.registration.lag_by_activity}
    other = (2, 0) if default else (1, EVENTS)
    assert lag == {"planned": (0, EVENTS), "before": (0, 0), "own": (2, 0), "other": other}
    late = next(one for one in audit.findings if one.check == "backdated-registration")
    assert (late.checked, late.failed) == (4 * EVENTS, EVENTS + other[1])
