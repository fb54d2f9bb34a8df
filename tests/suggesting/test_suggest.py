"""Drafts from the data: they load, rest on what was counted, and never declare bad practice good."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from ruamel.yaml import YAML

from logsyn.expectations.practice import load_practice
from logsyn.expectations.remedies import load_remedies
from logsyn.expectations.source import load_source
from logsyn.expectations.suite import load_suite
from logsyn.validator.errors import AuditError
from logsyn.validator.record import written as text_of
from logsyn.validator.suggesting.against import differences
from logsyn.validator.suggesting.draft import Draft, Line
from logsyn.validator.suggesting.suggest import DraftRequest, suggest
from logsyn.validator.suggesting.wording import NoteWording
from tests.auditing import audit_files

SAMPLE = Path(__file__).parents[2] / "sample_logs" / "momentum.csv"
HEAD = "case_id;activity;timestamp;registered_at;planned_end;team"


def drafted(folder, extract, **asked):
    folder.mkdir()
    with_defaults = {"source": None, "practice": None, "as_of": date(2023, 11, 30), "lang": "da"} | asked
    return suggest(DraftRequest([extract], **with_defaults), folder, lambda _step: None)


def written(folder, rows):
    extract = folder / "extract.csv"
    extract.write_text("\n".join([HEAD, *rows]) + "\n", encoding="utf-8")
    return extract


def registrations(activity, team, days, count=20):
    return [f"{n};{activity};2023-01-02 08:00;2023-01-{2 + days:02} 09:00;;{team}" for n in range(count)]


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    folder = tmp_path_factory.mktemp("drafts") / "out"
    drafted(folder, SAMPLE, source="momentum")
    return folder


def test_the_drafts_of_the_sample_load_and_read_it_again(sample):
    assert load_source(str(sample / "source.yaml")).columns["case_id"] == ["SagsID"]
    assert load_practice(str(sample / "practice.yaml")).activities["Jobmål"].period
    assert {"known-status", "missing-team"} <= {rule.id for rule in load_suite(str(sample / "suite.yaml")).rules}


def test_the_evidence_is_what_pandas_counts(sample):
    log = pd.read_csv(SAMPLE, sep=";", dtype=str, encoding="cp1252", on_bad_lines="skip")
    of_goals = log[log["Aktivitet"] == "Jobmål"]
    text = (sample / "practice.yaml").read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("  Jobmål:"))
    assert f"{len(of_goals)} registreringer" in line
    share = 100 * of_goals["Slutdato"].notna().mean()
    assert f"period: true                                # {share:.0f} % har en slutdato" in text


def test_no_case_and_no_employee_stands_in_a_draft(sample):
    log = pd.read_csv(SAMPLE, sep=";", dtype=str, encoding="cp1252", on_bad_lines="skip")
    values = {value for column in ("SagsID", "Sagsbehandler") for value in log[column].dropna().unique()}
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(sample.iterdir()))
    assert len(values) > 300
    assert not [value for value in values if len(value) > 2 and value in text]


def test_a_typical_value_is_marked_and_a_long_one_is_left_to_be_settled(tmp_path):
    rows = [
        *registrations("Samtale", "Hurtig", 0),
        *registrations("Samtale", "Jævn", 3),
        *registrations("Samtale", "Sen", 23),
    ]
    drafted(tmp_path / "out", written(tmp_path, rows))
    agreed = load_practice(str(tmp_path / "out" / "practice.yaml")).activities["Samtale"].register_within_days
    assert agreed == {"Jævn": 5, "*": 1}
    text = (tmp_path / "out" / "practice.yaml").read_text(encoding="utf-8")
    assert "# TYPISK: median 3 dage" in next(line for line in text.splitlines() if "Jævn: 5" in line)
    assert "AFKLAR Sen: typisk 23 dage" in text
    assert "# LOV:" in next(line for line in text.splitlines() if "register_within_days: 1" in line)


def test_too_few_registrations_say_nothing(tmp_path):
    drafted(tmp_path / "out", written(tmp_path, registrations("Samtale", "Jævn", 3, count=19)))
    assert load_practice(str(tmp_path / "out" / "practice.yaml")).activities["Samtale"].register_within_days == {}


@pytest.mark.parametrize(
    ("statuses", "known"),
    [
        ({"Afholdt": 60, "Aflyst": 40}, ["Afholdt", "Aflyst"]), ({"Afholdt": 95, "Aflyst": 5}, ["Afholdt", "Aflyst"]),
        ({"Afholdt": 96, "Aflyst": 4}, None), ({"Afholdt": 100}, None),  # one value is no list
        ({"Afholdt": 60, "Aflyst": 35, "Nyt": 4, "Ukendt værdi": 1}, ["Afholdt", "Aflyst"]),
        ({"Afholdt": 60, "Aflyst": 34, "Nyt": 4, "Andet": 2}, None),  # less than 95 per cent
        ({f"s{at:02}": 5 for at in range(30)}, [f"s{at:02}" for at in range(30)]), ({f"s{at:02}": 5 for at in range(31)}, None),
    ],
)  # fmt: skip
def test_values_are_known_of_a_column_of_few_and_never_of_activities_or_teams(tmp_path, statuses, known):
    cells = [status for status, count in statuses.items() for _ in range(count)]
    rows = [f"{at // 2};{'AB'[at % 2]};2023-01-02 08:00;2023-01-03 09:00;;{'NS'[at % 2]};{status}" for at, status in enumerate(cells)]
    extract = tmp_path / "extract.csv"
    extract.write_text("\n".join([f"{HEAD};status", *rows]) + "\n", encoding="utf-8")
    drafted(tmp_path / "out", extract)
    suite = YAML(typ="safe").load((tmp_path / "out" / "suite.yaml").read_text(encoding="utf-8"))
    found = {rule["id"]: rule["values"] for rule in suite["rules"] if rule.get("check") == "allowed-values"}
    assert found == ({"known-status": known} if known else {})


def test_no_practice_is_drafted_of_which_nothing_could_be_said(tmp_path):
    extract = written(tmp_path, registrations("Samtale", "Jævn", 3))
    assert [draft.kind for draft in drafted(tmp_path / "one", extract).drafts] == ["source", "practice", "suite"]
    (tmp_path / "bare.csv").write_text("SagsID;Aktivitet;Starttidspunkt\n1;a;2022-01-01\n", encoding="utf-8")
    assert [draft.kind for draft in drafted(tmp_path / "other", tmp_path / "bare.csv").drafts] == ["source", "suite"]


def test_against_a_declaration_shows_what_the_data_say_differently(tmp_path):
    declared = tmp_path / "own.yaml"
    declared.write_text(
        "practice: p\nactivities:\n  Samtale: {register_within_days: 1}\n  Brev: {}\n", encoding="utf-8"
    )
    found = drafted(
        tmp_path / "out", written(tmp_path, registrations("Samtale", "Jævn", 3)), against=declared
    ).differences
    assert ("activities > Samtale > register_within_days > Jævn", 3) in [(one.where, one.line) for one in found]
    assert ("activities > Brev", 4) in [(one.where, one.line) for one in found]
    assert "activities > Brev" in (tmp_path / "out" / "against.md").read_text(encoding="utf-8")


DECLARED = """practice: p
default: {register_within_days: 1}
activities:
  A: {register_within_days: 2, period: true}
  B: {register_within_days: {N: 3, S: 4}, planned: true}
  C: {about: x}
"""


@pytest.mark.parametrize(
    ("suggested", "told"),
    [
        ({("A", "register_within_days"): 2}, []),
        ({("A", "register_within_days"): 3}, [("A > register_within_days > *", 4, "2", "3")]),
        ({("A", "register_within_days"): 2, ("B", "planned"): False, ("C", "period"): True}, [("B > planned", 5, "true", "false"), ("C > period", 6, "(not there)", "true")]),
        ({("A",): {}, ("B", "register_within_days", "N"): 5, ("B", "register_within_days", "S"): 4}, [("B > register_within_days > N", 5, "3", "5")]),
        ({("C", "register_within_days"): 1}, []),  # as the default has it
        ({("C", "register_within_days"): 2}, [("C > register_within_days > *", 6, "(not there)", "2")]),
    ],
)  # fmt: skip
def test_each_place_where_a_draft_and_a_declaration_differ_is_told_and_no_other(tmp_path, suggested, told):
    (tmp_path / "own.yaml").write_text(DECLARED, encoding="utf-8")
    same = {("A", "period"): True, ("B", "planned"): True, ("C",): {}}
    lines = [Line(("activities", *path), value, "why") for path, value in (same | suggested).items()]
    found = differences(tmp_path / "own.yaml", Draft("practice", [], lines), NoteWording("en"))
    place = "activities > "
    assert [(one.where.removeprefix(place), one.line, one.declared, one.data) for one in found if one.note] == told


@pytest.mark.parametrize(
    ("missing", "rules"), [({}, set()), ({"status": 1}, {"missing-status"}), ({"status": 5, "unit": 4}, {"missing-status", "missing-unit"}), ({"status": 6}, set()), ({"activity": 1, "unit": 6}, set())]
)  # fmt: skip
def test_a_column_that_is_filled_in_nearly_every_row_and_not_in_all_is_a_rule(tmp_path, missing, rules):
    cells = [{"case_id": f"{at // 2}", "activity": "AB"[at % 2], "timestamp": f"2023-01-02 08:{at % 60:02}", "status": "x", "unit": f"u{at}"} for at in range(100)]
    rows = [";".join("" if at < missing.get(name, 0) else cell for name, cell in row.items()) for at, row in enumerate(cells)]
    (tmp_path / "extract.csv").write_text("\n".join([";".join(cells[0]), *rows]) + "\n", encoding="utf-8")
    drafted(tmp_path / "out", tmp_path / "extract.csv")
    suite = YAML(typ="safe").load((tmp_path / "out" / "suite.yaml").read_text(encoding="utf-8"))
    assert {rule["id"] for rule in suite["rules"] if rule["check"] == "missing-value"} == rules


@pytest.mark.parametrize("unit", ["register_within_working_days: 2", "register_within_working_days: {Andre: 2}"])
def test_days_of_the_data_are_not_held_against_working_days(tmp_path, unit):
    declared = tmp_path / "own.yaml"
    declared.write_text(f"practice: p\ndefault: {{{unit}}}\nactivities:\n  Samtale: {{{unit}}}\n", encoding="utf-8")
    extract = written(tmp_path, registrations("Samtale", "Jævn", 3))
    found = drafted(tmp_path / "out", extract, against=declared).differences
    assert not [one.where for one in found if "register_within" in one.where]


def test_a_draft_held_against_itself_says_nothing_different(tmp_path, sample):
    for kind in ("source", "practice", "suite"):
        again = drafted(tmp_path / kind, SAMPLE, source="momentum", against=sample / f"{kind}.yaml")
        assert again.differences == []


@pytest.mark.parametrize(
    "label", ["a: b", "# x", "yes", "- y", 'he said "no"', "it's", "{x}", "2023", "a  #b", "*", "&a"]
)
def test_any_label_is_the_key_that_it_is(tmp_path, label):
    quoted = '"' + label.replace('"', '""') + '"'
    drafted(tmp_path / "out", written(tmp_path, registrations(quoted, "T", 0)))
    content = YAML(typ="safe").load((tmp_path / "out" / "practice.yaml").read_text(encoding="utf-8"))
    assert list(content["activities"]) == [label]


def test_two_drafts_are_the_same_bytes(tmp_path, sample):
    drafted(tmp_path / "again", SAMPLE, source="momentum")
    for path in sample.iterdir():
        assert (tmp_path / "again" / path.name).read_bytes() == path.read_bytes()


@pytest.fixture(scope="module")
def audited(tmp_path_factory):
    return audit_files(
        tmp_path_factory.mktemp("audited"),
        [SAMPLE],
        profile=load_source("momentum"),
        practice=load_practice("jobcenter"),
    )


def report_of(audited, folder):
    folder.mkdir()
    (folder / "audit.json").write_text(text_of(audited.audit), encoding="utf-8")
    return folder


def test_remedies_are_drafted_from_an_audit_and_load(tmp_path, audited):
    drafted(tmp_path / "out", SAMPLE, source="momentum", audit=report_of(audited, tmp_path / "report"))
    steps = {step.rule: step for step in load_remedies(tmp_path / "out" / "remedies.yaml").steps}
    failed = {finding.rule for finding in audited.audit.findings if finding.outcome == "failed"}
    text = (tmp_path / "out" / "remedies.yaml").read_text(encoding="utf-8")
    settle = next(line for line in text.splitlines() if line.startswith("# AFKLAR"))
    assert failed == set(steps) | {rule for rule in failed if rule in settle}
    assert {"missing-case-id": "drop-rows", "cpr-number": "mask-cpr", "overloaded-label": "relabel"}.items() <= {
        rule: step.do for rule, step in steps.items()
    }.items()
    rows = len(audited.failing["duplicate-event"])
    assert f"fjerner {rows} rækker" in next(line for line in text.splitlines() if "duplicate-event" in line)


def test_remedies_are_not_drafted_from_the_audit_of_another_extract(tmp_path, audited):
    other = written(tmp_path, registrations("Samtale", "T", 0))
    with pytest.raises(AuditError, match="not of this extract"):
        drafted(tmp_path / "out", other, audit=report_of(audited, tmp_path / "report"))
