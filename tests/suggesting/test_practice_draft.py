"""A practice that is drafted from counts: from how many registrations, which share and which days on a line stands in it, and what is left to be settled."""

import duckdb
import pytest

from logsyn.validator.suggesting.practice import draft_practice, round_up
from logsyn.validator.suggesting.wording import NoteWording

EN, DA = NoteWording("en"), NoteWording("da")


def drafted(*uses, have=("team", "registration_lag_days"), overloaded=(), say=EN):
    """The lines of the draft of uses (activity, team, events, what else is so of them), and its preface."""
    connection = duckdb.connect()
    connection.execute(
        "CREATE TABLE event_facts (activity VARCHAR, team VARCHAR, registration_lag_days DOUBLE, planned_end TIMESTAMP, planned_period_days INTEGER)"
    )
    rows = [(activity, team, how.get("lag"), how.get("end"), how.get("days")) for activity, team, events, how in uses for _ in range(events)]
    columns = list(map(list, zip(*rows, strict=True)))
    kinds = ("VARCHAR", "VARCHAR", "DOUBLE", "TIMESTAMP", "INTEGER")
    connection.execute(f"INSERT INTO event_facts SELECT {', '.join(f'unnest(?::{kind}[])' for kind in kinds)}", columns)
    connection.execute("CREATE TABLE labels AS SELECT activity, count(*) AS events FROM event_facts GROUP BY ALL")
    draft = draft_practice(connection, frozenset(have), list(overloaded), say)
    return {line.path[1:]: (line.value, line.note) for line in draft.lines if line.path[0] == "activities"}, draft


def values(*uses, **how):
    return {path: value for path, (value, _) in drafted(*uses, **how)[0].items()}


@pytest.mark.parametrize(("days", "number"), [(0, 2), (2, 2), (2.01, 3), (3, 3), (5.1, 7), (7, 7), (7.01, None)])
def test_a_number_is_rounded_up_to_one_that_people_agree_on(days, number):
    assert round_up(days, (2, 3, 5, 7)) == number


@pytest.mark.parametrize(
    ("lag", "events", "limit"),
    [(1, 20, None), (1.1, 20, 2), (2, 20, 2), (2.5, 20, 3), (4, 20, 5), (6.5, 20, 7), (7, 20, 7), (7.5, 20, None), (3, 19, None), (0.5, 20, None)],
)
def test_a_limit_is_suggested_from_twenty_registrations_over_a_day_and_not_over_a_week(lag, events, limit):
    of_team = values(("A", "N", events, {"lag": lag}), ("A", "S", 30, {"lag": 0}))
    assert of_team == {("A",): None if limit else {}, **({("A", "register_within_days", "N"): limit, ("A", "register_within_days", "*"): 1} if limit else {})}
    without = values(("A", None, events, {"lag": lag}), have=("registration_lag_days",))
    assert without == {("A",): None if limit else {}, **({("A", "register_within_days", "*"): limit} if limit else {})}


@pytest.mark.parametrize(("ahead", "planned"), [(17, False), (18, True), (20, True)])
def test_what_is_registered_ahead_is_planned_and_has_no_limit(ahead, planned):
    found = drafted(("A", "N", ahead, {"lag": -3}), ("A", "N", 20 - ahead, {"lag": 3}))[0]
    assert [path[1:] for path in found] == [(), *([("planned",)] if planned else [])]
    if planned:
        assert found["A", "planned"] == (True, f"{5 * ahead} % are registered before their date")


@pytest.mark.parametrize(
    ("with_end", "events", "days", "expected"),
    [
        (10, 20, 14, {"period": True, "planned_end_within_days": 14}), (9, 20, 14, {}), (19, 19, 14, {}), (20, 20, 15, {"period": True, "planned_end_within_days": 30}),
        (20, 20, 365, {"period": True, "planned_end_within_days": 365}), (20, 20, 730, {"period": True, "planned_end_within_days": 730}), (20, 20, 731, {"period": True}),
    ],
)  # fmt: skip
def test_a_period_is_suggested_where_half_have_an_end(with_end, events, days, expected):
    found, _ = drafted(("A", None, with_end, {"end": "2023-05-01", "days": days}), ("A", None, events - with_end, {}))
    assert {path[1]: value for path, (value, _) in found.items() if path[1:]} == expected
    if days > 730:
        assert found["A", "period"][1].endswith("SETTLE: 90 % end within 731 days, too long to be suggested")


@pytest.mark.parametrize(("unreal", "told"), [(4, False), (5, True), (8, True)])
@pytest.mark.parametrize("year", [2099, 9999])
def test_an_end_that_means_none_is_counted_and_is_no_length(unreal, told, year):
    found, _ = drafted(("A", None, 30, {"end": "2023-05-01", "days": 10}), ("A", None, unreal, {"end": f"{year}-01-01", "days": 9000}))
    value, note = found["A", "planned_end_within_days"]
    assert value == 14
    assert note == "TYPICAL: 90 % end within 10 days" + (f"; {unreal} with a date that means “no end”" if told else "")


@pytest.mark.parametrize(("events", "known"), [(4, False), (5, True)])
def test_what_is_rare_or_written_otherwise_is_left_out_and_counted(events, known):
    uses = [("A", "N", events, {}), ("Brev ny", "N", 9, {}), ("brev  NY", "N", 8, {}), ("010190-1234", "N", 9, {})]
    found, draft = drafted(*uses)
    assert list(found) == [*([("A",)] if known else []), ("Brev ny",)]
    assert draft.preface[-1].startswith(f"{2 + (not known)} activities are left out")
    assert len(drafted(("A", "N", 5, {}))[1].preface) == len(draft.preface) - 1


@pytest.mark.parametrize(
    ("lag", "events", "note"),
    [(0.5, 20, "20 events; typically the same day"), (1, 20, "20 events; typically 1 days later"), (3.5, 20, "20 events; typically 3.5 days later"), (3, 19, "19 events"),
     (9, 20, "20 events; typically 9 days later; SETTLE N: typically 9 days, too long to be suggested")],
)  # fmt: skip
def test_the_note_of_an_activity_says_what_is_usual_and_what_is_to_be_settled(lag, events, note):
    assert drafted(("A", "N", events, {"lag": lag}))[0]["A",][1] == note
    several = drafted(("A", "N", events, {"lag": lag}), overloaded=["A", "B"])[0]["A",][1]
    assert several == f"{note}; SETTLE: the label seems to carry several meanings; write a meaning for each team"


def test_a_habit_is_told_with_its_figures():
    uses = [("A", "N", 12, {"lag": 3}), ("A", "N", 8, {"lag": 1}), ("A", "S", 40, {"lag": 0})]
    assert drafted(*uses)[0]["A", "register_within_days", "N"][1] == "TYPICAL: median 3 days, 90 % within 3; 40 % within 1 day; 20 events"
    default = next(line for line in drafted(*uses)[1].lines if line.path[0] == "default")
    assert (default.value, default.note.endswith("today 80 % of 60")) == (1, True)
    assert not [line for line in drafted(("A", "N", 9, {}))[1].lines if line.path[0] == "default"]
