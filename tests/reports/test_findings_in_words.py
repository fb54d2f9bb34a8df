"""A finding in a sentence, the values of an example, what is accepted of it, and the time until registration: each in every case that there is."""

from __future__ import annotations

import audit_fixture
import pytest

from logsyn.reports.views.acceptance import accepted, mark
from logsyn.reports.views.agreed import change_months
from logsyn.reports.views.finding import failing_part, heading, sentence, shown
from logsyn.reports.views.grids import parted, stretch_caption, told_in_detail, weekday
from logsyn.reports.views.lag import lag_section
from logsyn.reports.wording import Wording
from logsyn.validator.record import Acceptance, AcceptedPart, AgreedGroup, AgreedSlice, LagGroup

EN, DA = Wording("en"), Wording("da")
KNOWN = audit_fixture.realistic()
RULE = next(one for one in KNOWN.findings if one.outcome == "failed" and one.table == "events")
LOG = KNOWN.log.model_copy(update={"events": 1000, "cases": 50})
DASH = EN.number(None)


def finding(failed=0, checked=100, table="events", outcome=None, **more):
    of = {"failed": failed, "checked": checked, "table": table, "outcome": outcome or ("failed" if failed else "passed"), "required_share": 1.0, "cases_affected": 0, "rows_affected": 0}
    return RULE.model_copy(update=of | more)


@pytest.mark.parametrize(
    ("of", "says"),
    [
        (finding(outcome="not_evaluated"), "Could not be evaluated."), (finding(outcome="error"), "Something went wrong, so the result is unknown."), (finding(outcome="nothing_checked"), "There was nothing to examine."),
        (finding(0, 0), "There was nothing to examine."), (finding(0, 0, "log"), "Nothing was found."), (finding(3, 1, "log"), "3 found in the extract."), (finding(), "All 100 registrations are in order."),
        (finding(0, 1), "1 registration is in order."), (finding(5), "5 of 100 registrations (5%)."), (finding(5, cases_affected=3), "5 of 100 registrations (5%) in 3 cases."), (finding(5, cases_affected=1), "5 of 100 registrations (5%) in 1 case."),
        (finding(0, cases_affected=3), "All 100 registrations are in order."), (finding(5, 50, "cases", cases_affected=5), "5 of 50 cases (10%)."), (finding(2, 30, "labels"), "2 of 30 activity names that were examined."),
        (finding(2, 30, "labels", cases_affected=10, rows_affected=20), "2 of 30 activity names that were examined, used in 20 registrations (2%) in 10 cases (20%)."), (finding(2, 30, "labels", cases_affected=10), "2 of 30 activity names that were examined in 10 cases."),
        (finding(5, required_share=0.95), "5 of 100 registrations (5%). At least 95% must be in order."), (finding(5, required_share=0.999), "5 of 100 registrations (5%). At least 99.9% must be in order."),
    ],
)  # fmt: skip
def test_what_was_counted_is_one_sentence(of, says):
    assert sentence(of, EN, LOG) == says
    assert sentence(of, EN) == says.replace(" (2%)", "").replace(" (20%)", "")
    assert heading(of, EN) == (f"Examined: {of.title.en}" if of.outcome == "passed" else of.title.en)
    assert failing_part(of, LOG) == ((of.rows_affected, 1000) if of.table == "labels" else (of.failed, of.checked))


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("x", "", "(empty)"), ("x", None, "(empty)"), ("x", True, "yes"), ("x", False, "no"), ("x", 1234.5, "1,234.5"), ("share_of_team", 0.25, "25%"), ("registration_lag_days", 1.5, "1 day 12 hours"), ("registration_lag_days", "3..7", "3 to 7 days"),
        ("gap_seconds", "60..3600", "60 to 3,600"), ("planned_period_days", "31..", "31 or more"), ("x", "3..7", "3..7"), ("gap_seconds", "x", "x"), ("month", "2023-04", "April 2023"), ("timestamp", "2023-04-01T10:30:00", "1 Apr 2023 10:30"),
        ("x", "2023-04-01T10:30:00", "2023-04-01T10:30:00"), ("concentrated_on", "sunday", "Sunday"), ("cpr_number_columns", "text, status", "text, status"), ("planned_period_days", 31, "31"),
    ],
)  # fmt: skip
def test_a_value_is_told_by_what_its_column_is(name, value, told):
    found = shown(name, value, EN)
    assert found.value.lower() == told.lower()
    assert found.name.given is (name == "x")


def part(**more):
    return AcceptedPart(**({"owner": "o", "reason": "why", "expires": "2023-06-30", "expired": False, "failed": 5} | more))


def accept(*parts, outcome="failed", **more):
    acceptance = Acceptance(parts=list(parts), **({"accepted": 5, "remaining": 0, "counts": False} | more))
    return finding(9, outcome=outcome, acceptance=acceptance)


@pytest.mark.parametrize(
    ("of", "code", "left"),
    [
        (accept(part()), "accepted", "Nothing is left that counts."), (accept(part(), counts=True, remaining=4), "partly_accepted", "4 are left and count."), (accept(part(), remaining=4), "accepted", "4 are left, which is within what is required."),
        (accept(part(), counts=True, hidden=True, remaining=None, accepted=None), "partly_accepted", "The rest counts."), (accept(part(), hidden=True, remaining=None, accepted=None), "accepted", "The rest is within what is required."),
        (accept(part(expired=True), counts=True), "expired", "The acceptance has run out, so it counts again."), (accept(part(), outcome="passed"), "unused", "Nothing is left that counts."),
        (accept(part(), outcome="not_evaluated", counts=True), "unused", "The result is unknown, so there is nothing that can be accepted."), (accept(part(), part(expired=True)), "accepted", "Nothing is left that counts."),
    ],
)  # fmt: skip
def test_what_is_accepted_is_marked_and_says_what_is_left(of, code, left):
    assert mark(of, EN).code == code
    first = accepted(of, "rule-1", EN)[0]
    assert (first.left, first.owner, first.reason, first.until, first.rows) == (left, "o", "why", "30 June 2023", "5")
    assert len(accepted(of, "rule-1", EN)) == len(of.acceptance.parts)


@pytest.mark.parametrize(
    ("of", "code", "rows", "scope"),
    [
        (part(), "accepted", "5", "the whole rule"), (part(failed=0), "unused", "0", "the whole rule"), (part(expired=True, failed=0), "expired", "0", "the whole rule"), (part(hidden=True, failed=None), "accepted", "< 5", "the whole rule"),
        (part(scope={"team": ["N", None], "month": ["2023-04"]}), "accepted", "5", "team: N, (empty); month: April 2023"),
    ],
)  # fmt: skip
def test_a_part_that_is_accepted_has_its_own_mark_scope_and_rows(of, code, rows, scope):
    (found,) = accepted(accept(of), "a", EN)
    assert (found.mark.code, found.rows, found.scope.lower()) == (code, rows, scope.lower())
    assert (accepted(finding(), "a", EN), mark(finding(), EN)) == ((), None)


def lag(overall, agreed_events=None):
    group = None if overall is None else LagGroup(**({"events": 100, "late": 20, "median_days": 0.5, "p90_days": 3.0, "agreed_days": 1, "buckets": [0, 60, 40, 0, 0, 0, 0, 0]} | overall))
    agreed = KNOWN.agreed.model_copy(update={"overall": KNOWN.agreed.overall.model_copy(update={"events": agreed_events})}) if agreed_events is not None else None
    return lag_section(KNOWN.model_copy(update={"registration": KNOWN.registration.model_copy(update={"lag_overall": group}), "agreed": agreed}), EN)


@pytest.mark.parametrize(
    ("overall", "limit_name", "limit", "within", "absence"),
    [
        ({}, "Agreed", "1 day", "80%", None), ({"is_agreed": True}, "Agreed", "1 day", "80%", None), ({"is_agreed": False}, "Common limit", "1 day (not agreed)", "80%", None), ({"agreed_days": None}, "Agreed", "varies", "80%", None),
        ({"agreed_days": None, "agreed_working_days": 2}, "Agreed", "2 working days", "80%", None), ({"late": None}, "Agreed", "1 day", "< 5", None), ({"events": None, "hidden": True}, "Agreed", "1 day", "< 5", "could not be worked out"),
        ({"events": 0, "late": 0}, "Agreed", "1 day", DASH, "has both a time when it happened"), (None, "Agreed", "", "", "could not be worked out"),
    ],
)  # fmt: skip
def test_the_time_until_registration_is_held_against_what_is_agreed_or_a_common_limit(overall, limit_name, limit, within, absence):
    found = lag(overall)
    assert (found.limit_name, found.limit, found.within) == (limit_name, limit, within)
    assert found.events == ("" if overall is None else EN.events(overall.get("events", 100) or 0))
    assert found.within_name == ("Within the limit" if limit_name == "Common limit" else "Within the agreed time")
    assert (found.absence is not None, found.tables == ()) == (absence is not None,) * 2
    assert absence is None or absence in str(found.absence)


@pytest.mark.parametrize(("overall", "agreed", "note"), [({}, 60, "For 40 registrations nothing is agreed"), ({}, 100, ""), ({}, None, ""), ({"events": None, "hidden": True}, 60, ""), ({"events": 61}, 60, "For 1 registration nothing is agreed"), (None, 60, "")])
def test_for_how_many_registrations_nothing_is_agreed(overall, agreed, note):
    told = lag(overall, agreed).note
    assert told.startswith(note) if note else told == ""


@pytest.mark.parametrize(("key", "da", "en"), [("1", "mandag", "Monday"), ("7", "søndag", "Sunday"), ("5-7", "fredag til søndag", "Friday to Sunday"), ("1-4", "mandag til torsdag", "Monday to Thursday"), (None, "mandag", "Monday")])
def test_weekdays_have_their_names(key, da, en):
    assert (weekday(key, DA), weekday(key, EN)) == (da, en)


def slices(*keys, events=100, late=10):
    return [AgreedSlice(key=key, events=events, late=late) for key in keys]


@pytest.mark.parametrize(
    ("changes", "stretches"),
    [([], [["2022-12", "2023-01", "2023-02"]]), (["2023-01"], [["2022-12"], ["2023-01", "2023-02"]]), (["2022-12"], [["2022-12", "2023-01", "2023-02"]]), (["2023-01", "2023-02"], [["2022-12"], ["2023-01"], ["2023-02"]]), (["2024-01"], [["2022-12", "2023-01", "2023-02"]])],
)  # fmt: skip
def test_months_stand_in_stretches_between_changes(changes, stretches):
    found = parted(slices("2022-12", None, "2023-01", "2023-02"), changes)
    assert [[one.key for one in stretch] for stretch in found] == stretches
    captions = [stretch_caption("C", stretch, found, EN) for stretch in found]
    assert captions == (["C"] if len(stretches) == 1 else [f"C: {EN.month(months[0])} to {EN.month(months[-1])}" for months in stretches])


def test_activities_in_detail_come_by_registrations_and_only_so_many():
    pairs = [AgreedGroup(activity=f"A{n:02}", team=team, events=100 + n, late=1, by_weekday=slices("1", "2"), by_month=slices("2023-01")) for n in range(14) for team in "NS"]
    pairs.append(AgreedGroup(activity="None", team="N", events=9999, late=1))
    shown_ones, more = told_in_detail(pairs, change_months(KNOWN), EN)
    assert [one.activity.text for one in shown_ones] == [f"A{n:02}" for n in range(13, 1, -1)]
    assert [one.anchor for one in shown_ones] == [f"detail-{n}" for n in range(1, 13)]
    assert "2 more" in more
    assert [len(grid.teams) for grid in shown_ones[0].grids] == [2, 2]


@pytest.mark.parametrize(
    ("one", "share", "base"),
    [({"events": 100, "late": 25}, "75%", "of 100"), ({"events": None, "hidden": True, "late": None}, "< 5", ""), ({"events": 100, "late": None}, "< 5", "of 100"), ({"events": 7, "late": 0}, "100%", "of 7")],
)
def test_a_weekday_of_a_team_is_its_share_and_of_how_many(one, share, base):
    pairs = [AgreedGroup(activity="A", team="N", events=100, late=1, by_weekday=[AgreedSlice(key="1", **one)]), AgreedGroup(activity="A", team="S", events=9, late=1, by_weekday=slices("2"))]
    (grid,) = told_in_detail(pairs, [], EN)[0][0].grids
    assert [(row.name, *[(cell.share, cell.base) for cell in row.cells]) for row in grid.rows] == [("Monday", (share, base), (DASH, "")), ("Tuesday", (DASH, ""), ("90%", "of 100"))]
