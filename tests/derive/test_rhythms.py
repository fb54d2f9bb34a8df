"""Teams that register at other times than the others: found where a generator made them so, and nowhere else."""

import math

import duckdb
import numpy as np
import pandas as pd
import pytest
from scipy import stats

from logsyn.validator.derive import rhythms
from logsyn.validator.derive.rhythms import create_rhythms
from logsyn.validator.disclosure.size import SMALL
from sample_logs.generator.rhythm import GATHERS, registrations

FRIDAY, AT_THREE = ("weekday", 5), ("hour", 15)
NAMES = {FRIDAY: "friday", AT_THREE: "15:00-15:59"}
FOUND = "SELECT team, concentrated_on FROM registration_rhythms WHERE difference >= 0.25 AND p_value < 0.01 ORDER BY ALL"


@pytest.fixture(scope="module")
def found():
    """What is found in a frame of registrations."""
    connection = duckdb.connect()

    def find(frame, query=FOUND, *, registered=True):
        more = {"resource": frame.get("resource", pd.Series(None, index=frame.index, dtype="string"))}
        clocks = {f"{prefix}_has_time_of_day": frame[column] != frame[column].dt.normalize() for prefix, column in (("timestamp", "timestamp"), ("registered", "registered_at"))}  # fmt: skip
        connection.register("frame", frame.assign(**more, **clocks))
        connection.execute("CREATE OR REPLACE TABLE event_facts AS FROM frame; CREATE OR REPLACE TABLE system_resources AS SELECT 'RPA' AS resource")
        connection.execute("DROP TABLE IF EXISTS registration_rhythms")
        create_rhythms(connection, registered=registered, wanted=True)
        return connection.execute(query).fetchall()

    yield find
    connection.close()


@pytest.mark.parametrize("gathered", [FRIDAY, AT_THREE])
@pytest.mark.parametrize("teams", [2, 3, 8])
@pytest.mark.parametrize("share", [0.5, 1])
def test_a_team_that_gathers_its_registrations_is_found_and_no_other(found, gathered, teams, share):
    assert found(registrations(21, teams, gathered, share)) == [(GATHERS, NAMES[gathered])]


def test_ordinary_habits_busy_days_and_catching_up_are_no_rhythm(found):
    assert [seed for seed in range(301, 313) if found(registrations(seed, (2, 3, 8)[seed % 3]))] == []


@pytest.mark.parametrize("slot", [FRIDAY, AT_THREE])
def test_what_all_teams_do_is_no_rhythm_of_one(found, slot):
    frames = [registrations(seed, 1, slot, 0.8).assign(team=f"T{seed}") for seed in range(41, 44)]
    assert found(pd.concat(frames, ignore_index=True)) == []


def test_with_the_clock_of_the_events_it_is_they_that_gather(found):
    frame = registrations(7, 3, FRIDAY, 0.8)
    swapped = frame.rename(columns={"timestamp": "registered_at", "registered_at": "timestamp"})
    told = "SELECT DISTINCT time_column, team FROM registration_rhythms WHERE difference > 0.25"
    assert found(swapped, told, registered=False) == [("timestamp", GATHERS)]
    assert found(frame.assign(registered_at=pd.NaT), told, registered=True) == []


def test_times_without_a_clock_have_weekdays_only(found):
    frame = registrations(7, 3, FRIDAY, 0.8)
    days = frame.assign(registered_at=frame["registered_at"].dt.normalize())
    assert found(days) == [(GATHERS, "friday")]
    assert found(days, "SELECT count(*) FROM registration_rhythms") == [(3,)]


@pytest.mark.parametrize(
    ("employees", "told"), [(["A"], 2), (["A", "B", "C", "D"], 2), (["A", "B", "C", "D", "E"], 3), (["A", "B", "C", "D", "RPA"], 2), ([None], 3)]
)
def test_a_team_of_few_employees_is_not_told_of(found, employees, told):
    frame = registrations(7, 3)
    own = [employees[at % len(employees)] for at in range(len(frame))]
    others = [f"p{at % 9}" for at in range(len(frame))]
    frame["resource"] = pd.Series(np.where(frame["team"] == GATHERS, own, others), dtype="string")
    assert found(frame, "SELECT count(DISTINCT team) FROM registration_rhythms") == [(told,)]
    assert rhythms.LEAST_EMPLOYEES == SMALL


@pytest.mark.parametrize(("others", "told"), [(["A"], 0), (["A", "B", "C", "p0"], 0), (["A", "B", "C", "D", "E"], 2), ([None], 2)])
def test_a_team_is_not_compared_with_few_employees(found, others, told):
    frame = registrations(7, 2)
    own = [f"p{at % 9}" for at in range(len(frame))]
    few = [others[at % len(others)] for at in range(len(frame))]
    frame["resource"] = pd.Series(np.where(frame["team"] == GATHERS, own, few), dtype="string")
    assert found(frame, "SELECT count(DISTINCT team) FROM registration_rhythms") == [(told,)]


def test_what_a_system_registers_is_no_rhythm_of_a_team(found):
    frame = registrations(7, 3).assign(resource=pd.Series([f"p{at % 9}" for at in range(20_000)], dtype="string"))
    nightly = registrations(8, 1, ("hour", 3), 1).assign(resource="RPA", team=GATHERS)
    assert found(pd.concat([frame, nightly], ignore_index=True)) == []


def test_figures_are_those_that_are_counted_apart(found):
    frame = registrations(5, 4, FRIDAY, 0.6)
    told = found(frame, "SELECT registrations, share_of_team, share_of_others, share_of_events, difference FROM registration_rhythms WHERE concentrated_on = 'friday' AND team = 'Team 0'")  # fmt: skip
    own, others = frame[frame["team"] == GATHERS], frame[frame["team"] != GATHERS]
    on_friday = [(times.dt.day_of_week == 4).mean() for times in (own["registered_at"], others["registered_at"], own["timestamp"])]
    expected = (len(own), *on_friday, on_friday[0] - max(0.2, on_friday[1]))
    assert told == [pytest.approx(expected)]


@pytest.mark.parametrize(("seed", "share"), [(5, 0.6), (6, 0.1), (9, 0.3)])
def test_chance_is_what_scipy_says_of_the_days(found, seed, share):
    frame = registrations(seed, 4, FRIDAY, share)
    ((slot, difference, chance),) = found(frame, "SELECT concentrated_on, share_of_team - greatest(0.2, share_of_others), p_value FROM registration_rhythms WHERE team = 'Team 0' AND NOT contains(concentrated_on, ':')")  # fmt: skip
    there = frame["registered_at"].dt.day_name().str.lower() == slot
    size, on_slot = {}, {}
    for mine in (True, False):
        part = frame[(frame["team"] == GATHERS) == mine]
        per_day = part.groupby(["team", part["registered_at"].dt.normalize()]).size()
        size[mine], on_slot[mine] = int(per_day.sum() ** 2 / (per_day**2).sum()), there[part.index].mean()
    own = int(on_slot[True] * size[True])
    both = own + round(on_slot[False] * size[False])
    against = stats.hypergeom(sum(size.values()), both, size[True]).sf(own - 1), stats.binom(size[True], 0.2).sf(own - 1)
    assert chance == pytest.approx(min(1, max(against) * 4 * 5))
    assert difference > 0


def of_days(team, weekday, weeks, each):
    days = pd.date_range("2022-01-03", periods=weeks, freq="7D") + pd.Timedelta(days=weekday)
    return pd.DataFrame({"team": team, "registered_at": days.repeat(each)})


@pytest.mark.parametrize(("registered", "compared"), [(29, 0), (30, 2)])
def test_too_few_registrations_say_nothing(found, registered, compared):
    few = of_days("A", 2, registered, 1)
    frame = pd.concat([few, of_days("B", 3, 40, 1)], ignore_index=True)
    told = found(frame.assign(timestamp=frame["registered_at"]), "SELECT count(*) FROM registration_rhythms")
    assert told == [(compared,)]


def test_a_day_on_which_everything_was_caught_up_with_is_one_day(found):
    others = pd.concat([of_days("B", day, 8, 2) for day in range(5)], ignore_index=True)
    frame = pd.concat([of_days("A", 4, 1, 200), of_days("A", 1, 5, 1), others], ignore_index=True)
    assert found(frame.assign(timestamp=frame["registered_at"])) == []


def test_chance_is_that_of_days_not_of_registrations(found):
    others = pd.concat([of_days("B", day, 8, 2) for day in range(5)], ignore_index=True)
    frame = pd.concat([of_days("A", 4, 8, 50), others], ignore_index=True)
    told = found(frame.assign(timestamp=frame["registered_at"]), "SELECT p_value FROM registration_rhythms WHERE team = 'A'")
    by_hand = sum(math.comb(8, k) * math.comb(40, 16 - k) for k in range(8, 9)) / math.comb(48, 16)
    assert told == [(pytest.approx(max(by_hand, 0.2**8) * 2 * 5),)]
