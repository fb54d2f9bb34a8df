"""What is agreed in working days: the figures are those of NumPy's business days, and pages say the unit."""

import random
from datetime import date, datetime, timedelta

import numpy as np
import pandas as pd
import pytest
from bs4 import BeautifulSoup

from logsyn.expectations.practice import Limit, Practice
from logsyn.reports.render import render
from logsyn.validator.record import Audit
from tests.auditing import audit_files

PRACTICE = {
    "practice": "p",
    "default": {"register_within_days": 1},
    "days_off": ["12-24", date(2023, 5, 19)],
    "activities": {
        "Samtale": {"meaning": "m", "register_within_working_days": {"Nord": 0, "*": 2}},
        "Brev": {"meaning": "m", "register_within_working_days": 4},
        "Notat": {"meaning": "m"},
    },
}
FREE = [
    f"2023-{day}"
    for day in ("01-01", "04-06", "04-07", "04-09", "04-10", "05-05", "05-18", "05-19", "05-28", "05-29", "12-24", "12-25", "12-26")
]
"""Days off of 2023, written by hand."""


def registrations():
    """600 events of 2023, most of them registered within a week, letters within a day or two."""
    drawn = random.Random(5)
    for number in range(600):
        happened = datetime(2023, 4, 1, 8) + timedelta(days=drawn.randrange(60), hours=drawn.randrange(9))
        activity = ("Samtale", "Brev", "Notat")[number % 3]
        lag = timedelta(days=drawn.choice([0, 1, 1, 2, 2, 3, 4, 5, 6] if activity != "Brev" else [0, 0, 1, 1]), hours=drawn.randrange(9))
        yield activity, ("Nord", "Syd", "Vest")[number % 7 % 3], happened, happened + lag


@pytest.fixture(scope="module")
def frame():
    rows = pd.DataFrame(registrations(), columns=["activity", "team", "happened", "registered"])
    days = [rows[column].to_numpy().astype("datetime64[D]") + 1 for column in ("happened", "registered")]
    working = np.busday_count(*days, holidays=FREE)
    elapsed = (rows["registered"] - rows["happened"]) / pd.Timedelta(days=1)
    conversation, letter = rows["activity"] == "Samtale", rows["activity"] == "Brev"
    limit = np.select([conversation & (rows["team"] == "Nord"), conversation, letter], [0, 2, 4], 1)
    return rows.assign(late=np.where(conversation | letter, working, elapsed) > limit, limit=limit, in_working_days=conversation | letter)


@pytest.fixture(scope="module")
def audited(frame, tmp_path_factory):
    folder = tmp_path_factory.mktemp("working")
    named = frame.rename(columns={"happened": "timestamp", "registered": "registered_at"})
    named.assign(case_id=range(len(named)))[["case_id", "activity", "timestamp", "registered_at", "team"]].to_csv(folder / "log.csv", index=False)
    return audit_files(folder, [folder / "log.csv"], "registration-practice", practice=Practice.model_validate(PRACTICE), profile=None)


def test_what_is_late_is_what_numpy_counts(frame, audited):
    assert audited.failing["backdated-registration"] == [row + 1 for row in np.flatnonzero(frame["late"])]


def test_figures_by_activity_and_team_have_their_unit(frame, audited):
    told = {(group.activity, group.team): (group.events, group.late, group.agreed_days, group.agreed_working_days) for group in audited.before.agreed.by_activity_and_team}
    lags = {(group.activity, group.team): (group.events, group.late, group.agreed_days, group.agreed_working_days) for group in audited.before.registration.lag_by_activity_and_team}
    expected = {}
    for pair, part in frame.groupby(["activity", "team"]):
        limit, working = part["limit"].iloc[0], part["in_working_days"].all()
        expected[pair] = (len(part), part["late"].sum(), None if working else limit, limit if working else None)
    assert told == lags == expected


def test_groups_of_several_units_have_none(audited):
    overall, by_team = audited.audit.agreed.overall, audited.audit.agreed.by_team
    assert {(one.agreed_days, one.agreed_working_days) for one in [overall, *by_team]} == {(None, None)}
    by_activity = {one.activity: (one.agreed_days, one.agreed_working_days) for one in audited.audit.registration.lag_by_activity}
    assert by_activity == {"Samtale": (None, None), "Brev": (None, 4), "Notat": (1, None)}


def test_gaps_hold_working_days_against_working_days(audited):
    gaps = {(gap.kind, gap.activity, gap.team): (gap.agreed_days, gap.agreed_working_days) for gap in audited.audit.agreed.gaps if gap.share is not None}
    assert {kind for kind, activity, _ in gaps if activity == "Brev"} == {"typical_earlier"}
    assert gaps["typical_later", "Samtale", "Nord"] == (None, 0)
    assert not [gap for gap in audited.audit.agreed.gaps if gap.kind == "no_agreed_days"]


@pytest.mark.parametrize(
    ("lang", "says"),
    [("da", ["4 arbejdsdage", "samme arbejdsdag", "undtagen hvor der er aftalt arbejdsdage", "arbejdsdage til registrering"]), ("en", ["4 working days", "except where working days are agreed"])],
)
def test_the_page_says_in_which_days_it_is_agreed(audited, lang, says):
    pages = render(audited.audit, lang)
    text = " ".join(BeautifulSoup(pages["practice.html"], "html.parser").get_text(" ").split())
    assert [words for words in says if words not in text] == []


def test_the_record_is_read_again_with_its_units(audited):
    again = Audit.model_validate_json(audited.audit.model_dump_json(by_alias=True))
    assert again.agreed == audited.audit.agreed


def test_evidence_shows_what_it_is_held_against(audited):
    told = [row for row in audited.told["backdated-registration"] if row["agreed_registration_working_days"] is not None]
    assert told
    assert all(one["registration_lag_working_days"] > one["agreed_registration_working_days"] for one in told)


@pytest.mark.parametrize(
    ("activity", "team", "limit"),
    [("Samtale", "Nord", Limit(0, working=True)), ("Samtale", None, Limit(2, working=True)), ("Notat", "Nord", Limit(1)), (None, None, Limit(1))],
)
def test_the_limit_of_an_activity_comes_before_the_default_in_either_unit(activity, team, limit):
    practice = Practice.model_validate(PRACTICE)
    assert practice.limit(practice.activities.get(activity), team) == limit
