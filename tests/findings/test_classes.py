"""The classes of both distributions, and what is late or beyond, at their edges: one activity for each number of days."""

from datetime import date, datetime, time, timedelta

import pytest

from logsyn.expectations.practice import Practice
from logsyn.validator.record import HORIZON_BUCKETS, LAG_BUCKETS
from tests.auditing import audit_files

HEAD = "case_id,activity,timestamp,registered_at,planned_end"
DAY = date(2020, 3, 2)
LAGS = {
    -2: "before", -1: "before", 0: "same_day", 1: "1", 2: "2-3", 3: "2-3", 4: "4-7", 7: "4-7",
    8: "8-14", 14: "8-14", 15: "15-30", 30: "15-30", 31: "over_30", 400: "over_30",
}  # fmt: skip
PERIODS = {
    -1: "past", 0: "0-90", 90: "0-90", 91: "91-365", 365: "91-365", 366: "366-730", 730: "366-730",
    731: "731-1825", 1825: "731-1825", 1826: "over_1825", 9000: "over_1825",
}  # fmt: skip
YEAR = {"period": True, "planned_end_within_days": 365}
AGREED = 3
EVENTS = 6


def audited(folder, rows, practice=None):
    extract = folder / "extract.csv"
    extract.write_text("\n".join([HEAD, *(row for row in rows for _ in range(EVENTS))]) + "\n", encoding="utf-8")
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
    rows += [f"c,{label},{DAY} 10:00,{DAY} 11:00,{end}" for label, end in ((12, "9999-12-31"), (13, ""), (14, "9999-12-31"))]
    agreed = {"practice": "p", "activities": {"365": YEAR, "366": YEAR, "14": YEAR}}
    found = audited(tmp_path_factory.mktemp("horizons"), rows, agreed).registration.horizon_by_activity
    return {int(group.activity): group for group in found}


@pytest.mark.parametrize(("days", "name"), [*PERIODS.items(), (12, "sentinel")])
def test_an_end_so_many_days_ahead_is_in_its_class(horizons, days, name):
    told = dict(zip(HORIZON_BUCKETS, horizons[days].buckets, strict=True))
    assert told == dict.fromkeys(HORIZON_BUCKETS, 0) | {name: EVENTS}


@pytest.mark.parametrize(("days", "beyond"), [(90, None), (365, 0), (366, EVENTS), (731, None), (9000, None), (12, None), (14, EVENTS)])
def test_an_end_is_beyond_when_it_is_later_than_agreed_and_something_is_agreed(horizons, days, beyond):
    assert horizons[days].beyond == beyond


MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(("more", "late"), [(-MINUTE, 0), (0 * MINUTE, 0), (MINUTE, EVENTS)])
def test_late_is_what_is_registered_after_the_agreed_days_and_not_at_their_end(tmp_path, more, late):
    happened = datetime.combine(DAY, time(10))
    agreed = {"practice": "p", "activities": {"a": {"register_within_days": AGREED}}}
    audit = audited(tmp_path, [f"c,a,{happened},{happened + timedelta(AGREED) + more},"], agreed)
    assert (audit.agreed.overall.late, audit.registration.lag_overall.late) == (late, late)
    assert [one.late for one in audit.agreed.overall.by_weekday] == [late]
    assert next(one for one in audit.findings if one.check == "backdated-registration").failed == late
