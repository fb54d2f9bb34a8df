"""Where it is hidden how many of a group are late, no quantile tells that at most so few are; nor does the order of groups tell what is told in tens."""

import pytest

from logsyn.validator.disclosure.cells import Cell, roughly
from logsyn.validator.findings import agreed, horizon, registration
from logsyn.validator.findings.horizon_cells import PAIRS
from logsyn.validator.record import Agreed, AgreedGroup, AgreedSlice, Horizon, LagGroup

KEYS = {"activity": "Brev", "team": "T"}
EVENTS = Cell("activity_and_team", "Brev", "T", part="events")
CASES = [(15, False, False), (17, False, False), (18, True, False), (39, True, False), (40, True, True), (400, True, True)]


@pytest.mark.parametrize(("events", "median", "p90"), CASES)
def test_quantiles_of_a_group_beside_a_hidden_number_of_late_ones(events, median, p90):
    figures = {"events": events, "late": 2, "median_days": 0.1, "p90_days": 0.3, **KEYS}
    for group in (
        registration.withheld([LagGroup(**figures)], "activity_and_team", frozenset({EVENTS}))[0],
        agreed.withheld(record([AgreedGroup(**figures)]), frozenset({EVENTS})).by_activity_and_team[0],
    ):
        assert (group.late, group.median_days is not None, group.p90_days is not None) == (None, median, p90)


@pytest.mark.parametrize(("events", "median", "p90"), CASES)
def test_quantiles_of_a_month_beside_a_hidden_number_of_late_ones(events, median, p90):
    months = [AgreedSlice(key=f"2023-0{month}", events=events, late=late, median_days=0.1, p90_days=0.3) for month, late in ((1, 2), (2, 9))]
    group = AgreedGroup(events=2 * events, late=11, by_month=months, **KEYS)
    told = {Cell("activity_and_team:month", "Brev", "T", f"2023-0{month}", part) for month, part in ((1, "events"), (2, "events"), (2, "late"))}
    first, second = agreed.withheld(record([group]), frozenset({EVENTS, EVENTS._replace(part="late"), *told})).by_activity_and_team[0].by_month
    assert (first.late, first.median_days is not None, first.p90_days is not None) == (None, median, p90)
    assert (second.late, second.p90_days) == (9, 0.3)


def record(pairs):
    return Agreed(by_activity_and_team=pairs, system_users=0, low_share=0.8, low_share_from=30)


@pytest.mark.parametrize(("events", "without", "told"), [(8, 2, False), (17, 4, False), (18, 4, True), (8, None, True)])
def test_a_median_of_ends_does_not_tell_that_five_have_one(events, without, told):
    group = Horizon(events=events, without_end=without or 0, median_days=30.0, **KEYS)
    cells = {Cell(PAIRS, "Brev", "T", part=part) for part in ("events", *([] if without else ["without_end"]))}
    (shown,) = horizon.withheld([group], PAIRS, frozenset(cells))
    assert (shown.median_days is not None) == told


def test_groups_stand_in_the_order_of_what_is_told_of_them():
    groups = [LagGroup(activity=name, events=events, late=0) for name, events in (("A", 111), ("B", 110), ("C", 109))]
    cells = {Cell("activity", name, part=part) for name in "AC" for part in ("events", "late")} | {roughly(Cell("activity", "B", part="events"))}
    told = registration.withheld(groups, "activity", frozenset(cells))
    assert [(one.activity, one.events) for one in told] == [("B", 120), ("A", 111), ("C", 109)]


def test_of_the_log_as_a_whole_they_are_told():
    events, told = Cell("overall", part="events"), LagGroup(events=6, late=2, median_days=0.1, p90_days=0.3)
    (shown,) = registration.withheld([told], "overall", frozenset({events}))
    assert (shown.late, shown.median_days, shown.p90_days) == (None, 0.1, 0.3)
