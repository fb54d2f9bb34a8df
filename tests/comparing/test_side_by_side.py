"""Audits in memory side by side: each rule, team and delivery with what may be told of it, and the page that is made of it."""

import pytest

from logsyn.reports.views.compare import compare_page
from logsyn.reports.wording import Wording
from logsyn.validator.comparing.change import change_of
from logsyn.validator.comparing.compare import side_by_side
from logsyn.validator.errors import AuditError
from logsyn.validator.record import Breakdowns, Group, Point, load
from tests.record.made import FIRST

RECORDED = load(FIRST)
RULE = RECORDED.findings[0].model_copy(update={"rule": "r", "check": "missing-team", "table": "events", "severity": "info", "outcome": "failed"})
EN = Wording("en")


def audit(day, *findings, **log):
    return RECORDED.model_copy(update={"as_of": day, "findings": list(findings), "delivery": None, "scope": None, "log": RECORDED.log.model_copy(update=log)})


def rule(failed, checked=1000, teams=(), **more):
    outcome = more.pop("outcome", "failed" if failed else "passed")
    groups = [Group(key=key, failed=of, checked=100 if of is not None else None, hidden=of is None) for key, of in teams]
    return RULE.model_copy(update={"failed": failed, "checked": checked, "outcome": outcome, "breakdowns": Breakdowns(team=groups), **more})


def compared(*findings):
    return side_by_side([(f"d{n}", audit(f"2023-0{n + 1}-01", *([one] if one else []))) for n, one in enumerate(findings)])


@pytest.mark.parametrize(
    ("before", "after", "counted", "change"),
    [
        (None, ("failed", 5), False, "new"), (None, ("passed", 0), False, "not_comparable"), (None, None, False, "not_comparable"), (("failed", 5), None, False, "not_comparable"),
        (("passed", 0), ("failed", 1), False, "new"), (("failed", 1), ("passed", 0), False, "gone"), (("passed", 0), ("passed", 0), False, "same"), (("failed", 5), ("nothing_checked", None), False, "not_comparable"),
        (("failed", 5), ("failed", 6), True, "worse"), (("failed", 6), ("failed", 5), True, "better"), (("failed", 6), ("failed", 6), True, "same"), (("failed", 5), ("failed", 6), False, "same"),
        (("failed", 100), ("failed", 200), False, "worse"), (("failed", 1000), ("failed", 1000), False, "same"), (None, ("error", None), False, "not_comparable"),
    ],
)  # fmt: skip
def test_what_has_happened_to_a_rule(before, after, counted, change):
    points = [None if one is None else Point(outcome=one[0], failed=one[1], checked=None if one[1] is None else 1000) for one in (before, after)]
    assert change_of(*points, counted=counted) == change


@pytest.mark.parametrize(("nothing", "some"), [(0, 10), (10, 0), (None, 10), (10, None)])
def test_where_nothing_was_checked_nothing_has_changed(nothing, some):
    assert change_of(Point(outcome="failed", failed=1, checked=nothing), Point(outcome="failed", failed=9, checked=some), counted=False) == "same"


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        ([("A", 10), ("B", 10)], [("A", 60), ("B", 12)], {"A": "worse", "B": "same"}), ([("A", 10)], [("B", 10)], {"A": "not_comparable", "B": "not_comparable"}),
        ([("A", None)], [("A", 10)], {"A": "not_comparable"}), ([("A", 10)], [("A", None)], {"A": "not_comparable"}), ([("B", 50), ("A", 0), (None, 50)], [("B", 0), (None, 1), ("A", 50)], {"A": "new", "B": "gone", None: "better"}),
        ([], [], {}),
    ],
)  # fmt: skip
def test_teams_of_the_last_two_deliveries_are_compared_by_name_and_none_of_them_last(before, after, changes):
    (trend,) = compared(rule(99, teams=[("Old", 10)]), rule(300, teams=before), rule(400, teams=after)).rules
    assert {team.team: team.change for team in trend.teams} == changes
    assert [team.team for team in trend.teams] == list(changes)
    assert [len(team.points) for team in trend.teams] == [3] * len(changes)


@pytest.mark.parametrize(
    ("findings", "why"),
    [([rule(100), None], "The last delivery was not examined with this rule."), ([rule(100), rule(0, 0, outcome="not_evaluated")], "The rule was not evaluated in both deliveries."), ([rule(100), rule(300)], None),
     ([None, rule(300)], None), ([rule(0), rule(0)], None)],
)  # fmt: skip
def test_where_a_rule_cannot_be_compared_it_is_said_why(findings, why):
    (trend,) = compared(*findings).rules
    assert (None if trend.why is None else trend.why.en) == why
    assert (trend.change == "not_comparable") is (why is not None)


def test_rules_stand_by_what_has_changed_then_by_weight_and_then_by_name():
    several = [("b", 100, 200, "info"), ("a", 100, 200, "info"), ("c", 100, 200, "critical"), ("d", 0, 50, "info"), ("e", 100, 0, "critical"), ("f", 200, 100, "info"), ("g", 100, 101, "critical"), ("h", 100, None, "info")]
    first = [rule(one, rule=name, check=name, severity=severity) for name, one, _, severity in several]
    second = [rule(other, rule=name, check=name, severity=severity) for name, _, other, severity in several if other is not None]
    found = side_by_side([("y", audit("2023-02-01", *second)), ("x", audit("2023-01-01", *first))])
    assert [one.rule for one in found.rules] == ["d", "c", "a", "b", "h", "g", "f", "e"]
    assert [one.as_of for one in found.deliveries] == ["2023-01-01", "2023-02-01"]


@pytest.mark.parametrize(("typical", "ends", "told"), [(("2023-01-01", "2023-02-01"), ("2000-01-01", "2099-01-01"), ("2023-01-01", "2023-02-01")), ((None, None), ("2000-01-01", "2099-01-01"), ("2000-01-01", "2099-01-01"))])
def test_a_delivery_is_of_the_days_in_which_most_of_it_lies(typical, ends, told):
    log = dict(zip(("typical_start", "typical_end", "start", "end"), (*typical, *ends), strict=True))
    found = side_by_side([("x", audit("2023-01-01", rule(1), **log)), ("y", audit("2023-02-01", rule(1), **log))])
    assert [(one.start, one.end) for one in found.deliveries] == [told] * 2
    assert [one.name for one in found.deliveries] == ["x", "y"]


def test_one_audit_is_no_comparison():
    with pytest.raises(AuditError, match="at least two audits"):
        side_by_side([("x", audit("2023-01-01"))])


def told(*points):
    (trend,) = compare_page(compared(*points), EN).trends
    return trend


def test_a_chart_has_a_column_a_delivery_within_its_place_and_the_largest_is_the_highest():
    cells = told(rule(100), rule(50), None, rule(0), rule(200)).cells
    number = [[float(getattr(cell, name).rstrip("%")) for name in ("x", "width", "y", "height")] for cell in cells]
    assert [cell.share for cell in cells] == ["10%", "5%", EN.number(None), "0%", "20%"]
    for at, (x, width, y, height) in enumerate(number):
        assert 20 * at <= x < x + width <= 20 * (at + 1)
        assert y + height == pytest.approx(100)
    heights = [height for *_, height in number]
    assert heights == pytest.approx([heights[4] / 2, heights[4] / 4, 0, 0, max(heights)])
    assert 80 < heights[4] < 100


@pytest.mark.parametrize(
    ("findings", "counts"),
    [
        ([rule(100), rule(200)], [("10%", "100 of 1,000"), ("20%", "200 of 1,000")]), ([rule(100), rule(101)], [("Failed", "< 5 from a later one"), ("10.1%", "101 of 1,000")]),
        ([rule(10, table="log"), rule(90, table="log")], [("10", "found"), ("90", "found")]), ([rule(10, 30, table="labels"), rule(20, 30, table="labels")], [("10", "found"), ("20", "found")]),
        ([rule(0, 0, outcome="not_evaluated"), rule(90)], [("Not evaluated", ""), ("9%", "90 of 1,000")]),
    ],
)  # fmt: skip
def test_a_delivery_is_told_by_its_share_or_what_was_found(findings, counts):
    found = told(*findings)
    assert [(cell.share, cell.counts) for cell in found.cells] == counts
    drawn = found.why == "" and sum(counts != "" and "later" not in counts for _, counts in counts) > 1
    assert found.told == ("From delivery to delivery: " + "; ".join(share for share, _ in counts) if drawn else "")


@pytest.mark.parametrize(("many", "change", "shown"), [(25, 400, 25), (26, 400, 25), (3, 301, 0)])
def test_teams_are_shown_where_the_rule_has_changed_and_only_so_many(many, change, shown):
    teams = [(f"T{n:02}", 50) for n in range(many)]
    assert len(told(rule(300, teams=teams), rule(change, teams=teams)).teams) == shown
