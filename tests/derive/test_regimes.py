"""When registration becomes another thing: found where a generator changed it, and nowhere else."""

from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest

from logsyn.expectations.practice import load_practice
from logsyn.validator.derive.regimes import Month, create_regimes, lag_regimes
from tests.auditing import audit_files

SAMPLES = Path(__file__).parents[2] / "sample_logs"
MONTHS = pd.period_range("2021-01", periods=24, freq="M")
CLOCK, DATES = "clock", "dates"


def registrations(seed, lag_days=lambda _month: 0.1, clock=lambda _moment: CLOCK, events=150, *, both=False):
    """Events of 24 months in working hours, a tenth of them registered days later; ``lag_days`` gives the typical lag of a month."""
    random = np.random.default_rng(seed)
    count = len(MONTHS) * random.integers(events // 2, events * 2)
    happened = pd.Timestamp("2021-01-01") + pd.to_timedelta(random.integers(0, 730, count), "D")
    happened += pd.to_timedelta(random.integers(8 * 60, 16 * 60, count), "min")
    typical = np.array([lag_days(moment.month) for moment in happened]) * random.lognormal(0, 1, count)
    late = np.where(random.random(count) < 0.1, random.integers(1, 30, count), 0)
    registered = (happened + pd.to_timedelta(typical + late, "D")).floor("min")
    lost = np.array([clock(moment) == DATES for moment in registered])
    frame = pd.DataFrame({"timestamp": happened, "registered_at": registered.where(~lost, registered.normalize())})
    if both:
        frame["timestamp"] = frame["timestamp"].dt.normalize()
    elapsed = (frame["registered_at"] - frame["timestamp"]) / pd.Timedelta(days=1)
    return frame.assign(row_id=range(1, count + 1), registration_lag_days=elapsed)


def regimes(frame):
    con = duckdb.connect()
    con.register("registered", frame)
    con.execute("CREATE TABLE event_facts AS FROM registered")
    create_regimes(con, wanted=True)
    return con.execute("SELECT month, what FROM registration_regimes ORDER BY ALL").fetchall()


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("day", ["2022-01-01", "2022-01-17"])
def test_a_clock_that_vanishes_half_way_is_found_in_its_month_and_nothing_else(seed, day):
    frame = registrations(seed, clock=lambda moment: DATES if moment >= pd.Timestamp(day) else CLOCK)
    assert regimes(frame) == [("2022-01", "precision")]


def test_the_truth_of_its_shares_is_counted_apart():
    frame = registrations(1, clock=lambda moment: DATES if moment >= pd.Timestamp("2022-01-01") else CLOCK)
    con = duckdb.connect()
    con.register("registered", frame)
    con.execute("CREATE TABLE event_facts AS FROM registered")
    create_regimes(con, wanted=True)
    stored = con.execute("SELECT month, registrations, clock_share FROM registration_months ORDER BY 1").df()
    registered = frame["registered_at"]
    by_month = (registered != registered.dt.normalize()).groupby(registered.dt.to_period("M")).agg(["size", "mean"])
    by_month = by_month[by_month["size"] >= 30]
    assert stored["registrations"].tolist() == by_month["size"].tolist()
    assert np.allclose(stored["clock_share"], by_month["mean"])


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(("before", "after"), [(0.1, 2.0), (3.0, 0.2), (0.02, 0.4)])
def test_a_typical_lag_that_steps_and_stays_is_found(seed, before, after):
    frame = registrations(seed)
    second = frame["timestamp"] >= pd.Timestamp("2022-02-01")
    typical = np.where(second, after, before) * np.random.default_rng(seed).lognormal(0, 0.5, len(frame))
    frame["registered_at"] = (frame["timestamp"] + pd.to_timedelta(typical, "D")).dt.floor("min")
    frame["registration_lag_days"] = typical
    assert [what for _, what in regimes(frame)] == ["lag"]
    assert regimes(frame)[0][0] in ("2022-01", "2022-02")


SEASONS = {
    "none": lambda _month: 0.1,
    "a year's wave": lambda month: 0.3 * 2 ** np.sin(month * np.pi / 6),
    "a slow July": lambda month: 2.0 if month == 7 else 0.2,
    "a slow summer": lambda month: 1.0 if month in (7, 8) else 0.3,
    "lags of days": lambda month: 4 + 2 * np.sin(month * np.pi / 6),
}


@pytest.mark.parametrize("season", SEASONS)
@pytest.mark.parametrize("events", [60, 1000])
def test_seasons_and_chance_are_no_regime(season, events):
    assert [found for seed in range(5) for found in regimes(registrations(seed, SEASONS[season], events=events))] == []


def test_months_that_differ_wildly_have_no_level_to_leave():
    for seed in range(12):
        typical = np.random.default_rng(seed).lognormal(0, 1, 13)
        assert regimes(registrations(seed, lambda month, typical=typical: typical[month], events=60)) == []


@pytest.mark.parametrize("late", [0.3, 0.48, 0.5, 0.52])
def test_a_median_between_at_once_and_a_week_does_not_jump_by_chance(late):
    for seed in range(12):
        frame = registrations(seed, clock=lambda _moment: DATES, both=True)
        days = np.random.default_rng(seed).random(len(frame)) < late
        frame["registered_at"] = frame["timestamp"] + pd.to_timedelta(7 * days.astype(int), "D")
        assert regimes(frame) == []


def test_dates_that_come_days_later_from_a_month_on_are_found():
    frame = registrations(3, clock=lambda _moment: DATES, both=True)
    days = np.where(frame["timestamp"] >= pd.Timestamp("2022-03-01"), 7, 0)
    frame["registered_at"] = frame["timestamp"] + pd.to_timedelta(days, "D")
    assert regimes(frame) == [("2022-03", "lag")]


def test_the_trap_of_a_clock_that_is_away_for_five_months():
    # As in the logs of five Dutch municipalities: late shares fall only because the second time became a date.
    away = ("2022-01-01", "2022-06-01")
    frame = registrations(
        2, clock=lambda moment: DATES if pd.Timestamp(away[0]) <= moment < pd.Timestamp(away[1]) else CLOCK
    )
    assert regimes(frame) == [("2022-01", "precision"), ("2022-06", "precision")]


def test_an_audit_tells_the_month(tmp_path):
    frame = registrations(4, clock=lambda moment: DATES if moment >= pd.Timestamp("2022-01-01") else CLOCK)
    extract, suite = tmp_path / "extract.csv", tmp_path / "suite.yaml"
    frame.assign(case_id="A", activity="Møde")[["case_id", "activity", "timestamp", "registered_at"]].to_csv(
        extract, sep=";", index=False
    )
    suite.write_text("suite: s\nrules: [{check: registration-regime}]\n", encoding="utf-8")
    finding = audit_files(tmp_path, [extract], str(suite)).finding("registration-regime")
    told = [piece.model_dump()["values"] for piece in finding.evidence]
    assert told == [{"month": "2022-01", "what": "precision", "before": 1.0, "after": 0.0}]
    assert finding.failed == 1


def test_the_sample_has_no_regime(tmp_path):
    suite = tmp_path / "suite.yaml"
    suite.write_text("suite: s\nrules: [{check: registration-regime}]\n", encoding="utf-8")
    how = {"profile": None, "practice": load_practice("jobcenter"), "as_of": date(2023, 11, 30)}
    finding = audit_files(tmp_path, [SAMPLES / "momentum.csv"], str(suite), **how).finding("registration-regime")
    assert (finding.outcome, finding.failed) == ("passed", 0)
    assert finding.checked > 20


@pytest.mark.parametrize(("last", "found"), [(0.24, ["2022-04"]), (0.26, []), (0.34, []), (0, ["2022-04"])])
def test_three_quarters_of_a_step_must_come_at_once(last, found):
    levels = [0, 0, last, 1, 1, 1]  # of a sixteenfold step, on its logarithmic scale
    lags = [16**level - 1 for level in levels]
    months = [Month(date(2022, at, 1), 1.0, [lag] * 5) for at, lag in enumerate(lags, 1)]
    assert [f"{regime.month:%Y-%m}" for regime in lag_regimes(months, 1)] == found


@pytest.mark.parametrize(("fold", "found"), [(3.9, []), (4.1, ["2022-04"])])
def test_a_step_must_be_fourfold(fold, found):
    months = [Month(date(2022, at, 1), 1.0, [fold - 1 if at > 3 else 0] * 5) for at in range(1, 7)]
    assert [f"{regime.month:%Y-%m}" for regime in lag_regimes(months, 1)] == found
