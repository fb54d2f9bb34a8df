"""Real logs, where they are at hand: the facts that others measured in them are found again."""

import csv
from io import TextIOWrapper
from pathlib import Path
from zipfile import ZipFile

import pytest

from logsyn.expectations.source import SourceProfile, load_source
from tests.auditing import audit_files

REAL = Path(__file__).parents[3] / "shared" / "real"
INCIDENTS = REAL / "incident_event_log.zip"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not INCIDENTS.exists(), reason="the real logs are not at hand on this machine (../shared/real)"),
]


def suite_of(folder, *rules):
    path = folder / "suite.yaml"
    path.write_text("suite: real\nrules:\n" + "".join(f"  - {rule}\n" for rule in rules), encoding="utf-8")
    return str(path)


@pytest.fixture(scope="module")
def incidents(tmp_path_factory):
    folder = tmp_path_factory.mktemp("incidents")
    suite = suite_of(
        folder,
        "{check: missing-value, id: no-group, column: team}",
        "{check: missing-value, id: not-resolved, column: resolved_at}",
        "{check: missing-value, id: not-created, column: sys_created_at}",
        "{check: duplicate-event}",
        "{expect: expect_column_values_to_not_be_in_set, id: state, args: {column: activity, value_set: ['-100']}}",
    )
    return audit_files(folder, [INCIDENTS], suite, profile=load_source("servicedesk"))


def test_the_service_desk_is_read_whole(incidents):
    (read,) = incidents.audit.inputs
    assert (read.rows_in_file, read.rows_loaded, incidents.audit.log.cases) == (141_712, 141_712, 24_918)


@pytest.mark.parametrize(
    ("rule", "failed"),
    [("no-group", 14_213), ("not-resolved", 3_141), ("not-created", 53_076), ("duplicate-event", 6_534), ("state", 5)],
)
def test_what_is_missing_and_repeated_in_the_service_desk(incidents, rule, failed):
    assert incidents.finding(rule).failed == failed


def test_the_registration_of_tickets(tmp_path):
    # Opened is when it happened, created when it was registered; the log repeats both in every row of a ticket.
    columns = {
        "case_id": "number",
        "activity": "ident_state",
        "timestamp": "opened_at",
        "registered_at": "sys_created_at",
    }
    profile = SourceProfile.model_validate(
        {"source": "opening", "columns": columns, "timestamps": {"formats": ["%d/%m/%Y %H:%M"]}}
    )
    suite = suite_of(tmp_path, "{check: registered-before-event}", "{check: backdated-registration}")
    audited = audit_files(tmp_path, [INCIDENTS], suite, profile=profile)
    before = audited.finding("registered-before-event")
    assert (before.checked, before.cases_affected) == (141_712 - 53_076, 6)
    assert audited.finding("backdated-registration").failed == 0


def test_one_user_closes_419_tickets_in_a_minute(tmp_path):
    # Of the service desk's times, the one of an update tells when it was registered.
    columns = {
        "case_id": "number",
        "activity": "ident_state",
        "timestamp": "opened_at",
        "registered_at": "sys_updated_at",
        "resource": "sys_updated_by",
    }
    profile = SourceProfile.model_validate(
        {"source": "closing", "columns": columns, "timestamps": {"formats": ["%d/%m/%Y %H:%M"]}}
    )
    suite = suite_of(tmp_path, "{check: batch-registration, window: 0s, min_events: 405, min_cases: 405}")
    audited = audit_files(tmp_path, [INCIDENTS], suite, profile=profile)
    finding = audited.finding("batch-registration")
    with ZipFile(INCIDENTS) as packed, packed.open(packed.namelist()[0]) as file:
        rows = csv.DictReader(TextIOWrapper(file, "utf-8"))
        # Midnight may be a day without a time: it tells no minute.
        at_midnight = sum(row["sys_updated_at"].endswith((" 00:00", " 0:00")) for row in rows)
    assert (finding.checked, finding.failed, finding.cases_affected) == (141_712 - at_midnight, 419, 419)
    assert {row["registered_at"] for row in audited.told["batch-registration"]} == {"2016-03-24 18:40:00"}
    assert {row["cases_in_window"] for row in audited.told["batch-registration"]} == {419}


def test_a_case_called_na_is_a_case(tmp_path):
    audited = audit_files(tmp_path, [REAL / "sepsis.csv.gz"], profile=None)
    assert (audited.audit.log.cases, audited.audit.log.events) == (1_050, 15_214)


def test_dates_without_a_time_of_day(tmp_path):
    audited = audit_files(tmp_path, [REAL / "traffic_fines.csv.gz"], profile=None)
    assert audited.finding("imprecise-timestamp").failed == 34_724


def test_billing_lost_its_case_called_na_before_it_came_here(tmp_path):
    # Of 10,000 distinct texts in the column one is empty: somebody's reader took the case NA for missing.
    suite = suite_of(tmp_path, "{check: missing-case-id}")
    audited = audit_files(tmp_path, [REAL / "hospital_billing.csv.gz"], suite, profile=None)
    assert (audited.audit.log.cases, audited.finding("missing-case-id").failed) == (9_999, 1)
