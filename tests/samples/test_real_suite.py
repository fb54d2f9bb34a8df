"""The service desk's suite on the real log of one, where it is at hand: its figures are those of pandas and of the log's own description."""

from itertools import permutations
from pathlib import Path

import pandas as pd
import pytest

from logsyn.expectations.source import SourceProfile, load_source
from tests.auditing import audit_files

INCIDENTS = Path(__file__).parents[3] / "shared" / "real" / "incident_event_log.zip"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not INCIDENTS.exists(), reason="the real logs are not at hand on this machine (../shared/real)"),
]


@pytest.fixture(scope="module")
def rows():
    frame = pd.read_csv(INCIDENTS, dtype=str, keep_default_na=False)
    return frame.assign(time=pd.to_datetime(frame["sys_updated_at"], format="%d/%m/%Y %H:%M"))


@pytest.fixture(scope="module")
def audited(tmp_path_factory):
    folder = tmp_path_factory.mktemp("servicedesk")
    suite = folder / "suite.yaml"
    suite.write_text("suite: s\nextends: [servicedesk]\nrules: [{check: case-id-gap}]\n", encoding="utf-8")
    return audit_files(folder, [INCIDENTS], str(suite), profile=load_source("servicedesk"))


def told(audited, rule, name):
    return [row[name] for row in audited.told[rule]]


def edge(rows, state, which):
    """Cases none of whose events at the first or last time has the state."""
    at = rows.groupby("number")["time"].transform(which)
    return rows["number"].nunique() - rows[(rows["time"] == at) & (rows["ident_state"] == state)]["number"].nunique()


def test_starts_and_ends(audited, rows):
    assert audited.finding("unexpected-start").failed == edge(rows, "New", "min") > 8000
    assert audited.finding("unexpected-end").failed == edge(rows, "Closed", "max") == 0


def test_tickets_closed_again_and_out_of_order(audited, rows):
    times = rows.pivot_table(index="number", columns="ident_state", values="time", aggfunc=["min", "max", "size"])
    assert audited.finding("closed-once").failed == (times["size"]["Closed"] > 1).sum() == 57
    resolved = times["max"]["New"] > times["min"]["Resolved"]
    closed = times["max"][["New", "Resolved"]].max(axis=1) > times["min"]["Closed"]
    assert audited.finding("new-before-closed").failed == (resolved | closed).sum() > 0


def test_rare_orders(audited, rows):
    first = rows.pivot_table(index="number", columns="ident_state", values="time", aggfunc="min")
    rare = pd.Series(data=False, index=first.index)
    for one, other in permutations(first, 2):
        both = first[[one, other]].dropna()
        if len(both) >= 20 and (both[other] < both[one]).mean() >= 0.95:
            rare |= first[one] < first[other]
    assert audited.finding("infrequent-order").failed == rare.sum() > 100


def test_its_own_times_are_pointed_out_with_what_is_missing_in_them(audited):
    assert told(audited, "unmapped-timestamp", "text_column") == [
        "closed_at",
        "opened_at",
        "resolved_at",
        "sys_created_at",
    ]
    assert told(audited, "unmapped-timestamp", "filled_values") == [141_712, 141_712, 138_571, 141_712 - 53_076]


def test_gaps_combinations_and_quiet_weekends(audited, rows):
    numbers = rows["number"].astype(int)
    gap = audited.finding("case-id-gap")
    assert gap.failed == numbers.max() - numbers.min() + 1 - numbers.nunique()
    assert gap.checked == numbers.max() - numbers.min() + 1
    assert audited.finding("unique-combination").checked == rows.groupby(["ident_state", "priority"]).ngroups
    gaps = rows["time"].sort_values().diff()
    assert 1 <= audited.finding("inactive-period").failed <= (gaps >= pd.Timedelta(days=2)).sum() == 2


def test_registration_keeps_its_character(tmp_path):
    columns = {
        "case_id": "number",
        "activity": "ident_state",
        "timestamp": "opened_at",
        "registered_at": "sys_created_at",
    }
    profile = SourceProfile.model_validate(
        {"source": "opening", "columns": columns, "timestamps": {"formats": ["%d/%m/%Y %H:%M"]}}
    )
    suite = tmp_path / "suite.yaml"
    suite.write_text("suite: s\nrules: [{check: registration-regime}]\n", encoding="utf-8")
    finding = audit_files(tmp_path, [INCIDENTS], str(suite), profile=profile).finding("registration-regime")
    assert (finding.outcome, finding.failed) == ("passed", 0)
    assert finding.checked >= 4
