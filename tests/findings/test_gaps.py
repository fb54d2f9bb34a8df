"""Gaps at their edges: from how many registrations, which share and which days on a pair is told of, and what is told as one."""

import duckdb
import pytest

from logsyn.expectations.practice import Practice
from logsyn.validator.derive.agreements import AGREEMENTS
from logsyn.validator.disclosure.cells import Cells
from logsyn.validator.findings.gaps import MOST_GAPS, find_gaps
from logsyn.validator.record import AgreedGroup


def gaps(practice, pairs=(), have=frozenset()):
    """The gaps of a log without rows, and how many were left out."""
    connection = duckdb.connect()
    connection.execute("CREATE TABLE pairs (pair_no INTEGER, activity VARCHAR, team VARCHAR, events BIGINT)")
    connection.execute(f"CREATE TABLE agreements ({', '.join(f'{name} {kind}' for name, kind in AGREEMENTS.items())})")
    connection.execute("CREATE TABLE system_resources (resource VARCHAR)")
    connection.execute("CREATE TABLE employees (resource VARCHAR, employee_no INTEGER)")
    connection.execute("CREATE TABLE event_facts (row_id INTEGER, case_no INTEGER, pair_no INTEGER, activity VARCHAR, resource VARCHAR, planned_end TIMESTAMP)")
    return find_gaps(connection, Practice.model_validate({"practice": "p", **practice}), pairs, frozenset(have), Cells())


def pair(events=100, late=0, days=None, working=None, median=0.5, p90=0.5, **more):
    return AgreedGroup(activity="A", team="T", events=events, late=late, agreed_days=days, agreed_working_days=working, median_days=median, p90_days=p90, **more)


@pytest.mark.parametrize(
    ("of", "kind"),
    [
        (pair(29, 29, 1), None), (pair(30, 30, 1), "typical_later"), (pair(100, 51, 1), "typical_later"), (pair(100, 50, 1), "share_below"), (pair(100, 21, 1), "share_below"), (pair(100, 20, 1), None),
        (pair(100, 20, 2, p90=1.0), "typical_earlier"), (pair(days=2, p90=1.01), None), (pair(days=1.9, p90=0.5), None), (pair(days=14, p90=7.0), "typical_earlier"), (pair(days=14, p90=-0.1), None),
        (pair(days=14, p90=0.0), "typical_earlier"), (pair(working=5, p90=2.0), "typical_earlier"), (pair(working=5, p90=2.1), None), (pair(working=2, p90=1.0), "typical_earlier"), (pair(working=1, p90=0.0), None),
        (pair(days=None), None), (pair(days=14, median=None), None), (pair(days=14, p90=None), None), (pair(events=None, late=None, days=14, hidden=True), None), (pair(late=None, days=1), None),
    ],
)  # fmt: skip
def test_a_pair_is_told_of_once_where_what_is_typical_is_not_what_is_agreed(of, kind):
    found, left_out = gaps({"default": {"register_within_days": 1}}, [of])
    assert [(one.kind, one.activity, one.team) for one in found] == ([(kind, "A", "T")] if kind else [])
    assert left_out == 0
    for one in found:
        assert one.share == pytest.approx(1 - of.late / of.events, abs=1e-6)
        assert one.typical_days == (of.p90_days if kind == "typical_earlier" else of.median_days)


@pytest.mark.parametrize("many", [1, 12, 13, 60])
def test_what_is_left_open_for_many_activities_is_told_as_one(many):
    found, left_out = gaps({"activities": {f"A{n:02}": {} for n in range(many)}})
    named = [(one.activity, one.count) for one in found if one.kind == "no_meaning"]
    assert named == ([(f"A{n:02}", None) for n in range(many)] if many <= 12 else [(None, many)])
    assert [one.kind for one in found].count("nobody_named") == len(named)
    unused = [one.activity for one in found if one.kind == "activity_not_used"]
    assert (len(unused), left_out) == (min(many, MOST_GAPS), max(0, many - MOST_GAPS))


@pytest.mark.parametrize(
    ("activity", "kinds"),
    [
        ({"meaning": "m", "registered_by": "x"}, []), ({"meaning": {"N": "m"}, "registered_by": "x"}, ["no_meaning"]), ({"meaning": {"N": "m", "*": "k"}, "registered_by": "x"}, ["several_meanings"]),
        ({"meaning": {"N": "m", "*": "m"}, "registered_by": "x"}, []), ({"meaning": "m", "registered_by": {"N": "x"}}, ["nobody_named"]), ({"meaning": "m"}, ["nobody_named"]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("default", [{}, {"registered_by": "all of us"}])
def test_what_a_practice_leaves_open(activity, kinds, default):
    found, _ = gaps({"activities": {"A": activity}, "default": default})
    expected = [kind for kind in kinds if kind != "nobody_named" or not default]
    assert [one.kind for one in found if one.kind != "activity_not_used"] == expected


@pytest.mark.parametrize(("have", "kinds"), [((), []), (("team",), ["team_not_in_log"] * 2), (("team", "resource"), ["team_not_in_log"] * 2 + ["system_user_not_in_log"])])
def test_teams_and_robots_are_missed_where_the_extract_has_such_a_column(have, kinds):
    practice = {"activities": {"A": {"meaning": {"S": "m", "N": "m", "*": "m"}, "registered_by": "x"}}, "resources": {"R": {"system": True}}}
    found = [one for one in gaps(practice, have=have)[0] if one.kind != "activity_not_used"]
    assert [one.kind for one in found] == kinds
    assert [one.team for one in found if one.team] == (["N", "S"] if kinds else [])
    assert [one.system_user for one in found if one.system_user] == ["R"] * ("resource" in have)
