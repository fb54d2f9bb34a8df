"""Agreed against actual: the figures equal an independent computation, small groups stay hidden, gaps are found."""

import csv
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest

from logsyn.expectations.practice import Practice, for_team, load_practice
from logsyn.validator.disclosure.size import SMALL
from logsyn.validator.record import Agreed
from tests.auditing import audit_files
from tests.quantiles import shared_rank

SAMPLE = Path(__file__).parents[2] / "sample_logs" / "momentum.csv"
HEAD = "case_id,activity,timestamp,registered_at,planned_end,team,resource"


@pytest.fixture(scope="module")
def sample(audited_sample):
    """With all its figures."""
    return audited_sample[0].before


MISSING = ["", "-", "?", "ukendt", "ingen", "n/a", "null"]
COPENHAGEN = ZoneInfo("Europe/Copenhagen")


@pytest.fixture(scope="module")
def registrations(sample):
    """The sample read by the csv module: registrations with both times, their lag in days, and what is agreed."""
    head, *records = csv.reader(SAMPLE.read_bytes().decode("cp1252").splitlines(keepends=True), delimiter=";")
    rows = pd.DataFrame([record for record in records if len(record) == len(head)], columns=head)
    assert len(rows) == sample.log.events
    practice = load_practice("jobcenter")
    frame = pd.DataFrame({
        "activity": _given(rows["Aktivitet"]), "team": _given(rows["Team"]), "robot": rows["Sagsbehandler"] == "RPA01",
        "happened": rows["Starttidspunkt"].map(_read),
        "lag": [_lag(*pair) for pair in zip(rows["Starttidspunkt"], rows["Oprettet"], strict=True)],
    })  # fmt: skip
    frame["weekday"] = frame["happened"].map(lambda at: None if pd.isna(at) else at.isoweekday())
    frame["month"] = frame["happened"].map(lambda at: None if pd.isna(at) else f"{at.year:04}-{at.month:02}")
    frame["agreed"] = [_agreed(practice, *pair) for pair in frame[["activity", "team"]].itertuples(index=False)]
    return frame[frame["lag"].notna()]


def _given(texts):
    return texts.where(~texts.str.strip().str.lower().isin(MISSING), None)


def _read(text):
    for layout in ("%d-%m-%Y %H:%M", "%d-%m-%Y"):
        with suppress(ValueError):
            return datetime.strptime(text.strip(), layout)  # noqa: DTZ007, the extract writes local times
    return None


def _lag(happened_text, registered_text):
    """Elapsed days; whole calendar days where either has no time of day (midnight to the minute is none)."""
    happened, registered = _read(happened_text), _read(registered_text)
    if happened is None or registered is None:
        return None
    if any(":" not in text or text.endswith("00:00") for text in (happened_text, registered_text)):
        return (registered.date() - happened.date()).days
    shift = registered.replace(tzinfo=COPENHAGEN).utcoffset() - happened.replace(tzinfo=COPENHAGEN).utcoffset()
    return (registered - happened - shift) / timedelta(days=1)


def _agreed(practice, label, team):
    team = None if pd.isna(team) else team
    activity = practice.activities.get(label)
    own = for_team(activity.register_within_days, team) if activity else None
    if own is None and activity is not None and activity.planned:
        return 0  # the guide has it registered when it is arranged, so before it takes place
    return own if own is not None else for_team(practice.default.register_within_days, team)


def figures(part):
    """Events, late, and nearest ranks in minutes, as far as five registrations share them."""
    minutes = np.sort(np.ceil(part["lag"].to_numpy() * 1440 - 1e-6))
    ranks = [shared_rank([int(one) for one in minutes], share) for share in (0.5, 0.9)]
    return len(part), int((part["lag"] > part["agreed"] + 1e-9).sum()), *(None if rank is None else round(rank / 1440, 4) for rank in ranks)


def told(group):
    return group.events, group.late, group.median_days, group.p90_days


def test_people_and_robots_are_counted_apart(sample, registrations):
    assert sample.agreed.system.events == registrations["robot"].sum()
    assert sample.registration.lag_overall.events == (~registrations["robot"]).sum()
    assert sum(sample.agreed.system.buckets) == sample.agreed.system.events


def test_overall_and_teams_equal_pandas(sample, registrations):
    people = registrations[~registrations["robot"]]
    assert told(sample.agreed.overall) == figures(people)
    by_team = {key: figures(part) for key, part in people.groupby("team")}
    assert {group.team: told(group) for group in sample.agreed.by_team if group.team} == by_team


def test_what_is_told_twice_is_told_alike(sample):
    """All of the sample's registrations are agreed on, so both sections tell of the same ones."""
    lag, agreed = sample.registration, sample.agreed
    assert told(lag.lag_overall) == told(agreed.overall)
    by_team = {group.team: told(group) for group in agreed.by_team}
    assert {group.team: told(group) for group in lag.lag_by_team} == by_team
    by_pair = {(group.activity, group.team): told(group) for group in agreed.by_activity_and_team}
    assert {(group.activity, group.team): told(group) for group in lag.lag_by_activity_and_team} == by_pair


def test_pairs_equal_pandas(sample, registrations):
    people = registrations[~registrations["robot"]]
    by_pair = {key: figures(part) for key, part in people.groupby(["activity", "team"])}
    shown = {(group.activity, group.team): told(group) for group in sample.agreed.by_activity_and_team if group.events}
    shown = {key: figure for key, figure in shown.items() if None not in key}
    assert len(shown) > 60
    assert shown == {key: by_pair[key] for key in shown}


def test_weekdays_and_months_equal_pandas(sample, registrations):
    people = registrations[~registrations["robot"] & registrations["team"].notna()]
    weekday = people["weekday"].map(lambda day: str(int(day)) if day < 5 else "5-7")
    month = people["month"].where(people["month"].between(sample.log.typical_start[:7], sample.log.typical_end[:7]))
    for slices, keys in ((sample.agreed.overall.by_weekday, weekday), (sample.agreed.overall.by_month, month)):
        expected = {key: figures(part) for key, part in people.groupby(keys)}
        assert {one.key: told(one) for one in slices if one.key} == expected


@pytest.mark.parametrize("by", ["by_weekday", "by_month"])
def test_slices_of_a_pair_equal_pandas_or_are_hidden(sample, registrations, by):
    club = next(
        g for g in sample.agreed.by_activity_and_team if g.activity == "Samtale (anden)" and g.team == "Jobklub"
    )
    mine = registrations[(registrations["activity"] == club.activity) & (registrations["team"] == club.team)]
    keys = mine["month"] if by == "by_month" else mine["weekday"].map(lambda day: str(int(day)) if day < 5 else "5-7")
    shown = [one for one in getattr(club, by) if one.key and not one.hidden]
    assert len(shown) >= 5
    assert [told(one) for one in shown] == [figures(mine[keys == one.key]) for one in shown]


def test_nothing_small_is_shown_and_nothing_small_can_be_computed(audited_sample):
    for group in audited_sample[0].audit.agreed.by_activity_and_team:
        assert group.events is None or group.events >= SMALL
        for slices in (group.by_weekday, group.by_month):
            seen = [one.events for one in slices if one.events is not None]
            assert all(events >= SMALL for events in seen)
            assert not slices or group.events - sum(seen) not in range(1, SMALL)
            assert len([one for one in slices if one.hidden]) != 1


def test_gaps_of_the_sample(sample):
    found = {(gap.kind, gap.activity) for gap in sample.agreed.gaps}
    assert ("activity_not_in_practice", "Cafemøde") in found
    assert ("several_meanings", "Samtale (anden)") in found
    assert ("end_without_period", "Min Plan revideret") in found
    assert {label for kind, label in found if kind == "no_meaning"} == {"Journalnotat", "Befordringsgodtgørelse"}


def audit(folder, rows, practice):
    """An audit, and its figures before small groups are taken out."""
    extract = folder / "extract.csv"
    extract.write_text("\n".join([HEAD, *rows]) + "\n", encoding="utf-8")
    return audit_files(folder, [extract], practice=Practice.model_validate(practice))


CASES = count(1)


def row(activity, lag_days, team="A", resource="", end=""):
    """A registration of a case of its own, by one of seven employees unless told."""
    case = next(CASES)
    return f"c{case},{activity},2023-03-01 10:00,2023-03-{1 + lag_days:02} 09:00,{end},{team},{resource or f'R{case % 7}'}"


PRACTICE = {
    "practice": "p",
    "resources": {"Robot": {"system": True}, "Gone": {"system": True}},
    "activities": {
        "Slow": {"register_within_days": 1, "meaning": "m"},
        "Often": {"register_within_days": 2, "meaning": "m"},
        "Quick": {"register_within_days": {"A": 14, "Elsewhere": 3}, "meaning": "m"},
        "Open": {"meaning": "m"},
        "Spell": {"period": True, "register_within_days": 30, "meaning": {"A": "x", "*": "y"}},
        "Never": {"register_within_days": 1},
    },
}
ROWS = [
    *[row("Slow", 5) for _ in range(40)],
    *[row("Often", 1) for _ in range(28)], *[row("Often", 9) for _ in range(12)],
    *[row("Quick", 2) for _ in range(40)], *[row("Open", 1) for _ in range(9)],
    *[row("Spell", 20, end="2023-09-01") for _ in range(40)], *[row("Other", 1, end="2023-09-01") for _ in range(7)],
    row("Rare", 1), row("Seldom", 1), *[row("Open", 1, resource="Robot") for _ in range(6)],
]  # fmt: skip


@pytest.fixture(scope="module")
def gaps(tmp_path_factory):
    return audit(tmp_path_factory.mktemp("gaps"), ROWS, PRACTICE).before.agreed.gaps


@pytest.mark.parametrize(
    ("kind", "about", "figures"),
    [
        ("activity_not_in_practice", "Other", {"events": 7}),
        ("activity_not_in_practice", "Rare", {"events": 1}),
        ("no_agreed_days", "Open", {"events": 15}),
        ("typical_later", "Slow", {"share": 0, "agreed_days": 1, "typical_days": 4.9583}),
        ("share_below", "Often", {"share": 0.7, "agreed_days": 2}),
        ("typical_earlier", "Quick", {"share": 1, "agreed_days": 14}),
        ("several_meanings", "Spell", {"count": 2}),
        ("period_without_agreed_end", "Spell", {"events": 40}),
        ("no_meaning", "Never", {}),
        ("activity_not_used", "Never", {}),
        ("team_not_in_log", "Elsewhere", {}),
        ("system_user_not_in_log", "Gone", {}),
        ("nobody_named", "Open", {}),
    ],
)
def test_each_kind_of_gap_is_found(gaps, kind, about, figures):
    found = [gap for gap in gaps if gap.kind == kind and about in (gap.activity, gap.team, gap.system_user)]
    assert len(found) == 1
    assert {name: getattr(found[0], name) for name in figures} == figures


def test_gaps_of_a_kind_stand_by_registrations_and_then_by_name(gaps):
    listed = [(gap.activity, gap.events) for gap in gaps if gap.kind == "activity_not_in_practice"]
    assert listed == [("Other", 7), ("Rare", 1), ("Seldom", 1)]


def test_the_agreed_days_of_an_activity_are_told_where_they_are_the_same_in_all_teams(tmp_path):
    practice = {"practice": "p", "activities": {"Both": {"register_within_days": {"A": 14, "B": 3}}, "Same": {"register_within_days": {"A": 7, "B": 7}}, "Some": {"register_within_days": {"A": 5}}}}
    rows = [row(activity, 2, team=team) for activity in ("Both", "Same", "Some") for team in "AB" for _ in range(10)]
    agreed = audit(tmp_path, rows, practice).before.registration
    assert {one.activity: one.agreed_days for one in agreed.lag_by_activity} == {"Both": None, "Same": 7, "Some": None}


def test_a_gap_tells_no_small_number(tmp_path):
    hidden = {gap.activity for gap in audit(tmp_path, ROWS, PRACTICE).audit.agreed.gaps if gap.hidden}
    assert {"Rare", "Seldom"} <= hidden


def test_no_gap_of_another_kind_is_told(gaps):
    assert sorted({(gap.kind, gap.activity) for gap in gaps if gap.share is not None}) == [
        ("share_below", "Often"), ("typical_earlier", "Quick"), ("typical_later", "Slow"),
    ]  # fmt: skip
    assert not [gap for gap in gaps if gap.kind == "end_without_period"]


def test_without_times_of_registration_the_gaps_are_there_all_the_same(tmp_path):
    extract = tmp_path / "extract.csv"
    extract.write_text(
        "case_id,activity,timestamp\n1,Slow,2023-03-01 10:00\n1,Odd,2023-03-02 10:00\n", encoding="utf-8"
    )
    agreed = audit_files(tmp_path, [extract], practice=Practice.model_validate(PRACTICE)).audit.agreed
    assert isinstance(agreed, Agreed)
    assert (agreed.overall, agreed.system, agreed.by_team) == (None, None, [])
    assert {"activity_not_in_practice", "activity_not_used"} <= {gap.kind for gap in agreed.gaps}
    assert not [gap for gap in agreed.gaps if gap.kind in ("no_agreed_days", "team_not_in_log", "system_user_not_in_log")]


def test_without_a_practice_there_is_nothing_to_hold_against(tmp_path):
    audited = audit_files(tmp_path, [SAMPLE.with_name("clean.csv")], profile=None)
    assert audited.audit.agreed is None
