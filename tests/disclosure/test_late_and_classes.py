"""How many are late, or beyond what is agreed, and how many lie in longer classes: what is left of the class between is told by neither."""

from datetime import datetime, timedelta

import pytest

from logsyn.expectations.practice import Practice
from tests.auditing import audit_files

NINE = datetime(2023, 3, 6, 9)


def extract(few, few_in_time=20):
    """Two activities of 200 rows each; of the first ``few`` are registered 30 hours after, which is late, on the next calendar day, as ``few_in_time`` are after 20 hours."""
    rows = ["case_id;activity;timestamp;registered_at;team;resource"]
    for activity, next_day in (("Brev", few), ("Opkald", 12)):
        lags = [30] * next_day + [20] * few_in_time + [120] * 15
        lags += [2] * (200 - len(lags))
        rows += [
            f"C{at:03};{activity};{NINE:%Y-%m-%d %H:%M};{NINE + timedelta(hours=lag):%Y-%m-%d %H:%M};T{at % 2};E{at % 14:02}"
            for at, lag in enumerate(lags)
        ]
    return "\n".join(rows) + "\n"


def registered(folder, text, activity="Brev"):
    (folder / "extract.csv").write_text(text, encoding="utf-8")
    told = audit_files(folder, [folder / "extract.csv"]).audit.registration
    return next(one for one in told.lag_by_activity if one.activity == activity), told


@pytest.mark.parametrize("few", [1, 3, 4])
def test_few_late_of_the_class_between_are_not_told_by_those_of_longer_ones(tmp_path, few):
    group, _ = registered(tmp_path, extract(few))
    longer = None if group.buckets is None else group.buckets[4]
    assert group.events == 200
    assert None in (group.late, longer)


@pytest.mark.parametrize("few", [1, 4])
def test_few_in_time_of_the_class_between_are_not_told_either(tmp_path, few):
    group, _ = registered(tmp_path, extract(20, few_in_time=few))
    assert None in (group.late, *(group.buckets[2:] if group.buckets else [None]))


def test_where_they_are_many_all_is_told(tmp_path):
    group, _ = registered(tmp_path, extract(12))
    assert (group.late, group.buckets) == (27, [0, 153, 32, 0, 15, 0, 0, 0])


def periods(few):
    """Goals that end a month after the agreed ten months, in the same class as some that end before, and after five years."""
    ends = [330] * few + [200] * 60 + [1900] * 15
    rows = ["case_id;activity;timestamp;registered_at;planned_end;team;resource"]
    for activity, days in (("Mål", ends), ("Plan", [*ends, *[330] * 12])):
        rows += [
            f"C{at:03};{activity};{NINE:%Y-%m-%d};{NINE:%Y-%m-%d};{NINE + timedelta(days=end):%Y-%m-%d};T{at % 2};E{at % 14:02}"
            for at, end in enumerate(days)
        ]
    return "\n".join(rows) + "\n"


TEN_MONTHS = Practice.model_validate(
    {"practice": "x", "activities": {name: {"period": True, "planned_end_within_days": {"*": 300}} for name in ("Mål", "Plan")}}
)


@pytest.mark.parametrize(("few", "all_told"), [(1, False), (4, False), (9, True)])
def test_few_ends_just_beyond_the_agreed_are_not_told_by_those_far_beyond(tmp_path, few, all_told):
    (tmp_path / "extract.csv").write_text(periods(few), encoding="utf-8")
    told = audit_files(tmp_path, [tmp_path / "extract.csv"], practice=TEN_MONTHS).audit.registration
    goal = next(one for one in told.horizon_by_activity if one.activity == "Mål")
    figures = (goal.beyond, *(goal.buckets or [None]))
    assert (None not in figures) == all_told
    assert not all_told or goal.beyond == few + 15
