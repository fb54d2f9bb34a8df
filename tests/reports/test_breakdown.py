"""Tables by month keep the newest months, put those of wrong years in one line, and give away nothing that is hidden."""

from __future__ import annotations

import audit_fixture
import pytest

from logsyn.reports.views.breakdown import breakdowns, left_out
from logsyn.reports.wording import Wording
from logsyn.validator.record import Breakdowns, Group

EN, DA = Wording("en"), Wording("da")
FAR = ("0001-01", "1900-01", "1970-01")


def months(first, count):
    return [f"{(first + at) // 12:04}-{(first + at) % 12 + 1:02}" for at in range(count)]


def table(groups, wording=EN, *, team=(), rows=0, period=("2020-01-01", "2023-11-08")):
    """The table by month of a finding with these groups."""
    known = audit_fixture.realistic()
    log = known.log.model_copy(update={"typical_start": period[0], "typical_end": period[1]})
    parts = Breakdowns(month=list(groups), team=list(team))
    update = {"breakdowns": parts, "rows_affected": rows}
    return breakdowns(known.findings[0].model_copy(update=update), log, wording)[-1]


def group(key, checked=100, failed=10):
    return Group(key=key, checked=checked, failed=failed)


def hidden(key):
    return Group(key=key, checked=None, failed=None, hidden=True)


def lines(found):
    return [(row.key.text, row.checked, row.failed) for row in found.rows]


@pytest.mark.parametrize("count", [1, 25, 26, 27, 47])
def test_the_newest_months_are_shown_and_the_earlier_ones_are_one_line(count):
    found = table([group(month) for month in months(2023 * 12 + 11 - count, count)])
    shown = [row for row in found.rows if row.key.given]
    assert len(shown) == (count if count <= 26 else 25)
    assert shown[-1].key.text == "November 2023"
    earlier = count - 25
    together = [line for line in lines(found) if "earlier" in line[0]]
    assert together == ([(f"{earlier} earlier months", f"{100 * earlier:,}", str(10 * earlier))] if count > 26 else [])
    assert found.more == ("The 25 newest months are shown one by one." if count > 26 else "")


def test_months_of_wrong_years_are_one_line_with_their_count():
    groups = [*map(group, FAR), *map(group, months(2022 * 12 + 8, 3)), group("9999-12", 7, 7), group(None, 50, 5)]
    assert lines(table(groups)) == [
        *((month, "100", "10") for month in ("September 2022", "October 2022", "November 2022")),
        ("(no month)", "50", "5"),
        ("4 months far from the others: January 1 to December 9999", "307", "37"),
    ]
    assert "1 måned langt fra de andre: januar 1900" in [row.key.text for row in table([group("1900-01")], DA).rows]


def test_hidden_months_of_wrong_years_are_counted_when_the_total_gives_their_sum_away():
    groups = [hidden("0001-01"), hidden("1970-01"), group("2023-04")]
    assert lines(table(groups, team=[group("A", 106, 16)], rows=16))[-1] == (
        "2 months far from the others: January 1 to January 1970", "6", "6",
    )  # fmt: skip


@pytest.mark.parametrize("team", [[], [hidden("A"), group("B")]])
def test_a_sum_that_is_not_known_is_not_told(team):
    alone = table([hidden("0001-01"), hidden("1970-01"), hidden("2023-03"), group("2023-04")], team=team, rows=30)
    assert [row.hidden for row in alone.rows] == [True, False, True]
    unchecked = table([hidden("0001-01"), hidden("1970-01"), group("2023-04")], team=team, rows=16)
    assert lines(unchecked)[-1][1:] == ("–", "6")  # noqa: RUF001, what is not known is a dash


@pytest.mark.parametrize("far", [FAR[:1], FAR])
@pytest.mark.parametrize("key", [lambda at: months(2021 * 12 + at, 1)[0], lambda at: f"{2015 + at // 4}-Q{1 + at % 4}", lambda at: str(1990 + at)])
def test_only_what_is_called_so_in_the_log_is_given(far, key):
    groups = [*map(group, far), *(group(key(at)) for at in range(30)), group(None), Group(key="rest", checked=9, failed=2, groups=3)]
    found = table(groups, period=("1990-01-01", "2023-11-08"))
    ours = [row.key.text for row in found.rows if not row.key.given]
    assert len(found.rows) == len(ours) + 25
    assert [word in text.lower() for word, text in zip(("earlier", "no month", "far from", "small groups"), ours, strict=True)] == [True] * 4


def by_team(*groups):
    known = audit_fixture.realistic()
    finding = known.findings[0].model_copy(update={"breakdowns": Breakdowns(team=list(groups))})
    return breakdowns(finding, known.log, EN)[-1]


def test_groups_in_which_nothing_failed_are_one_line():
    silent = [group(team, 50, 0) for team in "CDE"]
    found = by_team(group("A", 100, 40), hidden("B"), *silent)
    assert [row.key.text for row in found.rows] == ["A", "B", "3 others without any"]
    assert lines(found)[-1] == ("3 others without any", "150", "0")
    assert [row.key.given for row in found.rows] == [True, True, False]
    assert [row.key.text for row in by_team(group("A"), group("C", 50, 0)).rows] == ["A", "C"]


def test_the_line_of_the_others_is_no_part_of_the_largest():
    found = by_team(*[group(f"T{number}") for number in range(30)], *[group(f"S{number}", 9, 0) for number in range(9)])
    assert len(found.rows) == 26
    assert found.more == "The largest are shown; 5 more are in audit.json."


def test_what_passed_without_a_failure_is_not_divided():
    known = audit_fixture.realistic()
    passed = known.findings[0].model_copy(update={"failed": 0, "breakdowns": Breakdowns(team=[group("A", 9, 0)])})
    assert breakdowns(passed, known.log, EN) == ()


def test_without_a_period_no_month_is_far():
    assert len(table([group("0001-01"), group("9999-12")], period=(None, None)).rows) == 2


@pytest.mark.parametrize(
    ("names", "failed", "en", "da"),
    [
        (["team"], 3, "by team:", "efter team,"),
        (["team", "activity", "month"], 3, "by team, by activity and by month:", "efter team, efter aktivitet og efter måned,"),
        (["team"], 0, "", ""),
        ([], 3, "", ""),
    ],
)
def test_a_table_that_is_left_out_is_told(names, failed, en, da):
    finding = audit_fixture.realistic().findings[0]
    finding = finding.model_copy(update={"failed": failed, "rows_affected": failed, "breakdowns": Breakdowns(hidden=names)})
    told = [left_out(finding, wording) for wording in (EN, DA)]
    assert [bool(one) for one in told] == [bool(en), bool(da)]
    assert (en in told[0], da in told[1]) == (True, True)
