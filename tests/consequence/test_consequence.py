"""Lost rows against kept ones: only groups that differ for sure, hidden groups left out."""

import pytest

from logsyn.validator.consequence.lost import lost_rows
from logsyn.validator.consequence.wording import Words
from logsyn.validator.record import Breakdowns, Finding, Group, Text

SAID = Text(da="x", en="x")


def finding(check="missing-case-id", **breakdowns):
    texts = dict.fromkeys(("title", "fails_when", "why", "ask", "mend"), SAID)
    return Finding(
        rule=check, check=check, table="events", dimension="completeness", outcome="failed", severity="critical",
        expectation="x", checked=10_000, failed=100, breakdowns=Breakdowns(**breakdowns), **texts,
    )  # fmt: skip


def group(key, checked, failed, *, hidden=False):
    return Group(key=key, checked=checked, failed=failed, hidden=hidden)


def test_a_group_that_is_lost_more_often_is_told_with_its_shares():
    lost = lost_rows(finding(team=[group("A", 5_000, 80), group("B", 5_000, 20)]))
    assert (lost.lost, lost.kept) == (100, 9_900)
    first = lost.differences[0]
    assert (first.key, first.lost, first.kept) == ("A", 80, 4_920)
    assert (first.share_of_lost, first.share_of_kept) == (0.8, pytest.approx(4_920 / 9_900, abs=1e-6))


@pytest.mark.parametrize(
    ("check", "breakdowns"),
    [
        ("missing-case-id", {"team": [group("A", 5_000, 55), group("B", 5_000, 45)]}),  # chance makes such a difference
        ("missing-case-id", {"team": [group("A", None, None, hidden=True)]}),
        ("missing-activity", {"activity": [group("A", 5_000, 0), group(None, 100, 100)]}),  # it is what is missing
    ],
)
def test_what_says_nothing_is_not_told(check, breakdowns):
    assert lost_rows(finding(check, **breakdowns)).differences == []


@pytest.mark.parametrize(
    ("part", "whole", "da", "en"),
    [
        (0, 100, "0\u202f%", "0%"),
        (1, 100_000, "<0,1\u202f%", "<0.1%"),
        (99_999, 100_000, ">99,9\u202f%", ">99.9%"),
        (1, 8, "12,5\u202f%", "12.5%"),
    ],
)
def test_no_share_is_rounded_into_a_lie(part, whole, da, en):
    assert (Words("da").share(part, whole), Words("en").share(part, whole)) == (da, en)


@pytest.mark.parametrize(
    ("days", "da", "en"),
    [
        (1, "1 dag", "1 day"),
        (1.04, "1 dag", "1 day"),
        (0.04, "1 time", "1 hour"),
        (365.25 * 45, "45 år", "45 years"),
        (0, "0 dage", "0 days"),
        (2.55, "2,5 dage", "2.5 days"),
    ],
)
def test_spans_in_words(days, da, en):
    assert (Words("da").days(days), Words("en").days(days)) == (da, en)


@pytest.mark.parametrize(("failed", "told"), [(64, []), (65, ["A", "B"]), (36, []), (35, ["A", "B"])])
def test_a_difference_is_told_from_three_standard_errors_on(failed, told):
    shares = failed / 100, (5_000 - failed) / 9_900
    errors = abs(shares[0] - shares[1]) / (0.5 * 0.5 * (1 / 100 + 1 / 9_900)) ** 0.5
    assert (errors >= 3) == bool(told)
    assert 2.8 < errors < 3.1
    lost = lost_rows(finding(team=[group("A", 5_000, failed), group("B", 5_000, 100 - failed)]))
    assert sorted(one.key for one in lost.differences) == told


@pytest.mark.parametrize(
    "groups",
    [
        [group("A", 5_000, 90, hidden=True), group("B", 5_000, 10, hidden=True)], [group(None, 5_000, 90)], [group("A", None, 90)], [group("A", 5_000, None)],
        [group("A", 10_000, 100)],  # there is no other
    ],
)  # fmt: skip
@pytest.mark.parametrize("dimension", ["team", "activity", "month"])
def test_a_group_that_is_hidden_nameless_or_the_only_one_is_not_told(dimension, groups):
    assert lost_rows(finding(**{dimension: groups})).differences == []


@pytest.mark.parametrize(("checked", "failed"), [(100, 100), (10_000, 0)])
def test_where_all_or_none_is_lost_nothing_differs(checked, failed):
    all_of_it = finding(team=[group("A", checked, failed)]).model_copy(update={"checked": checked, "failed": failed})
    assert (lost_rows(all_of_it).lost, lost_rows(all_of_it).kept, lost_rows(all_of_it).differences) == (failed, checked - failed, [])


@pytest.mark.parametrize("dimension", ["team", "activity", "month"])
def test_of_each_dimension_the_two_groups_that_differ_most_are_told_and_of_equals_the_first_by_name(dimension):
    groups = [group("D", 4_000, 10), group("C", 1_000, 30), group("A", 1_000, 30), group("B", 4_000, 40), group("E", 6_000, 43)]
    lost = lost_rows(finding(**{dimension: groups}))
    assert [(one.dimension, one.key) for one in lost.differences] == [(dimension, "D"), (dimension, "A")]
    gaps = [abs(one.share_of_lost - one.share_of_kept) for one in lost.differences]
    assert gaps == pytest.approx([3_990 / 9_900 - 0.1, 0.3 - 970 / 9_900], abs=1e-5)


@pytest.mark.parametrize(
    ("check", "column", "told"),
    [
        ("missing-case-id", None, ["team", "activity", "month"]), ("missing-activity", None, ["team", "month"]), ("missing-timestamp", None, ["team", "activity"]),
        ("unparseable-timestamp", None, ["team", "activity"]), ("missing-value", "team", ["activity", "month"]),
    ],
)  # fmt: skip
def test_the_dimension_that_is_missing_itself_is_not_told(check, column, told):
    groups = [group("A", 5_000, 95), group("B", 5_000, 5)]
    failed = finding(check, **dict.fromkeys(("team", "activity", "month"), groups)).model_copy(update={"params": {"column": column} if column else {}})
    assert list(dict.fromkeys(one.dimension for one in lost_rows(failed).differences)) == told


def test_rows_that_are_told_in_tens_are_never_more_kept_than_all():
    (one, *_) = lost_rows(finding(team=[group("A", 10_015, 40), group("B", 3_000, 60)])).differences
    assert (one.key, one.kept) == ("A", 9_900)
    assert all(0 <= one.share_of_kept <= 1 for one in lost_rows(finding(team=[group("A", 10_019, 20)])).differences)
