"""Weekdays, hours and working days of events and registrations, against Gauss's Easter and NumPy's own count of business days."""

from datetime import date, datetime, timedelta
from functools import cache
from itertools import pairwise

import duckdb
import numpy as np
import pytest

from logsyn.expectations.practice import Practice
from logsyn.validator.derive import working_days
from logsyn.validator.derive.working_days import CALENDAR_YEARS, create_calendar_days, danish_holidays
from tests.auditing import audit_files

DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
COLUMNS = [f"{prefix}_{what}" for prefix in ("timestamp", "registered") for what in ("weekday", "hour", "on_working_day")]
MOMENTS = [
    "0001-01-01", "0001-12-31 23:59", "1582-10-15 12:00", "1770-12-31 08:00", "1771-01-01", "1899-12-31", "1900-01-01 00:00", "1970-01-01 01:00",
    "2000-02-29 10:00", "2023-03-26 02:30", "2023-04-05 16:00", "2023-04-06 09:00", "2023-04-11 07:59", "2023-05-04 12:00", "2023-05-05 12:00", "2023-05-08 08:00",
    "2023-05-18 10:00", "2023-06-05 10:00", "2023-10-29 02:30", "2023-12-22 15:00", "2023-12-24", "2023-12-25 11:00", "2023-12-29 23:59", "2023-12-31", "2024-01-01", "2024-01-02 00:01",
    "2024-04-25 12:00", "2024-04-26 12:00", "2024-04-29 12:00", "2099-12-31", "2100-12-31 12:00", "2101-01-01", "2262-04-11 23:00", "9999-12-31", "9999-12-31 23:59", "",
]  # fmt: skip


def easter(year):
    """Gauss's reckoning, in the form that was printed anonymously in 1876."""
    golden, century, rest = year % 19, year // 100, year % 100
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    shift = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


@cache
def free_in(year):
    around = [-3, -2, 0, 1, 39, 49, 50, *([26] if year <= 2023 else [])]
    return {*(easter(year) + timedelta(days) for days in around), date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)}


@cache
def calendar():
    return np.busdaycalendar(holidays=[day for year in range(CALENDAR_YEARS[0], CALENDAR_YEARS[1] + 1) for day in free_in(year)])


def is_working(day):
    known = CALENDAR_YEARS[0] <= day.year <= CALENDAR_YEARS[1]
    return day.isoweekday() <= 5 and not (known and day in free_in(day.year))


def working_days_between(event, registered):
    """Of NumPy, which counts from a day up to and without another, backwards as negative."""
    days = [np.datetime64(day.isoformat(), "D") + 1 for day in (event, registered)]
    if event <= registered:
        return int(np.busday_count(*days, busdaycal=calendar()))
    return -int(np.busday_count(*reversed(days), busdaycal=calendar()))


def read(text):
    return datetime.fromisoformat(text) if text else None


def of_moment(text):
    moment = read(text)
    if moment is None:
        return [None, None, None]
    return [DAYS[moment.isoweekday() - 1], moment.hour if moment.hour or moment.minute else None, is_working(moment.date())]


@pytest.fixture(scope="module")
def events(tmp_path_factory):
    """Every moment as a registration of the one before it, after it, and of the first, in one log."""
    folder = tmp_path_factory.mktemp("calendar")
    pairs = [*pairwise(MOMENTS), *((later, earlier) for earlier, later in pairwise(MOMENTS)), *((MOMENTS[0], one) for one in MOMENTS)]
    rows = [f"{number};a;{event};{registered}" for number, (event, registered) in enumerate(pairs)]
    (folder / "log.csv").write_text("\n".join(["case_id;activity;timestamp;registered_at", *rows]) + "\n", encoding="utf-8")
    asked = "".join(f"  - {{check: missing-value, id: {name}, column: {name}}}\n" for name in [*COLUMNS, "registration_lag_working_days"])
    (folder / "suite.yaml").write_text(f"suite: calendar\nrules:\n{asked}", encoding="utf-8")
    audited = audit_files(folder, [folder / "log.csv"], str(folder / "suite.yaml"), database=folder / "log.duckdb")
    assert {finding.outcome for finding in audited.audit.findings} <= {"passed", "failed"}
    with duckdb.connect(str(folder / "log.duckdb"), read_only=True) as connection:
        found = connection.execute(f"SELECT {', '.join(COLUMNS)}, registration_lag_working_days FROM events ORDER BY row_id").fetchall()
    return pairs, found


def test_weekday_hour_and_working_day_are_those_of_the_written_moment(events):
    pairs, found = events
    assert [list(row[:-1]) for row in found] == [of_moment(event) + of_moment(registered) for event, registered in pairs]


def test_working_days_until_registration_are_those_that_numpy_counts(events):
    pairs, found = events
    days = [(read(event), read(registered)) for event, registered in pairs]
    expected = [None if None in pair else working_days_between(pair[0].date(), pair[1].date()) for pair in days]
    assert [row[-1] for row in found] == expected


def test_holidays_are_those_of_easter_and_the_calendar_in_every_year():
    years = range(CALENDAR_YEARS[0], CALENDAR_YEARS[1] + 1)
    assert danish_holidays(years) == sorted(day for year in years for day in free_in(year))


def test_days_that_are_agreed_to_be_free_are_no_working_days():
    connection = duckdb.connect()
    create_calendar_days(connection, [2023, 2024], wanted=True, days_off=["12-24", "02-29", date(2023, 5, 19), date(2022, 1, 3), "12-25"])
    off = connection.execute("SELECT day FROM calendar_days WHERE NOT is_working_day AND isodow(day) <= 5").fetchall()
    own = {date(2024, 12, 24), date(2024, 2, 29), date(2023, 5, 19)}
    assert {day for (day,) in off} == own | {day for year in (2023, 2024) for day in free_in(year) if day.isoweekday() <= 5}


@pytest.mark.parametrize(
    ("years", "wanted", "days"),
    [([2023], True, 365), ([2020, 2024], True, 1827), ([1, 9999], True, 120_530), ([2100, 9999], True, 365), ([1, 1771], True, 365), ([], True, 0), ([2023], False, 0)],
)
def test_the_calendar_has_the_years_of_the_log_of_which_holidays_are_known(years, wanted, days):
    connection = duckdb.connect()
    create_calendar_days(connection, years, wanted=wanted)
    assert connection.execute("SELECT count(*) FROM calendar_days").fetchone() == (days,)
    assert connection.execute("SELECT working_day_no_beyond(TIMESTAMP '9999-12-31') > 2600000").fetchone() == (True,)


def test_nobody_asks_for_holidays_where_no_rule_and_no_agreement_does(tmp_path, monkeypatch):
    monkeypatch.setattr(working_days, "danish_holidays", lambda _: pytest.fail("holidays were asked for"))
    (tmp_path / "log.csv").write_text("case_id;activity;timestamp;registered_at\n1;a;2023-05-04 12:00;2023-05-08 07:59\n", encoding="utf-8")
    practice = Practice.model_validate({"practice": "p", "default": {"register_within_days": 5}, "days_off": ["12-24"]})
    finding = audit_files(tmp_path, [tmp_path / "log.csv"], practice=practice).finding("backdated-registration")
    assert finding.outcome == "passed"


ASKED = [
    ({"timestamp_weekday": "friday"}, 2), ({"registered_weekday": ["monday", "sunday"]}, 3), ({"registered_hour": {"lt": 8}}, 1), ({"registered_hour": {"missing": True}}, 1),
    ({"timestamp_on_working_day": False}, 1), ({"registered_on_working_day": True}, 2), ({"registration_lag_working_days": {"gt": 0}}, 2),
]  # fmt: skip


def test_rules_are_asked_of_weekdays_hours_and_working_days(tmp_path):
    rows = ["1;a;2023-05-04 12:00;2023-05-08 07:59", "1;b;2023-05-05 09:00;2023-05-08 08:00", "2;a;2023-05-12;2023-05-14"]
    (tmp_path / "log.csv").write_text("\n".join(["case_id;activity;timestamp;registered_at", *rows]) + "\n", encoding="utf-8")
    rules = [{"check": "missing-value", "id": f"asked-{at}", "column": "activity", "where": where} for at, (where, _) in enumerate(ASKED)]
    (tmp_path / "suite.yaml").write_text(f"suite: s\nrules: {rules}", encoding="utf-8")
    findings = audit_files(tmp_path, [tmp_path / "log.csv"], str(tmp_path / "suite.yaml")).audit.findings
    assert [(finding.outcome, finding.checked) for finding in findings] == [("passed", checked) for _, checked in ASKED]
