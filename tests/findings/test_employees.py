"""No file and no message names an employee, whatever the log lacks, whatever a rule or a remedy asks."""

from datetime import date

import pytest
from pydantic import ValidationError
from ruamel.yaml import YAML

from logsyn.expectations.remedies import Remedies
from logsyn.expectations.suite import load_suite
from logsyn.reports.render import render
from logsyn.validator.errors import AuditError
from logsyn.validator.run.remedy import try_remedies
from logsyn.validator.suggesting.suggest import DraftRequest, suggest
from tests.auditing import Request, audit_files

NAMES = ["Xenia Quist", "Zacharias Wulff", "Quirin Zwick"]
HEAD = "Sagsnummer;Aktivitet;Tidspunkt;Registreringstidspunkt;Sagsbehandler;Oprettet af"
OF_PERSONS = [
    {"expect": "expect_column_most_common_value_to_be_in_set", "id": "most", "args": {"column": "resource", "value_set": ["nobody"]}},
    {"expect": "expect_column_max_to_be_between", "id": "max", "args": {"column": "resource", "max_value": 1}},
    {"check": "allowed-values", "column": "Oprettet af", "values": ["nobody"]},
    {"check": "unique-combination", "columns": ["resource", "activity"]},
]  # fmt: skip


@pytest.fixture
def extract(tmp_path):
    """One employee uses a label of their own way, so that it is overloaded by persons and by surroundings; there are no teams."""
    own = {0: 1, 1: 1, 2: 3}
    rows = [
        f"S{case};{activity};2023-03-0{1 + day} 10:00;2023-05-01 10:00;{NAMES[case % 3]};{NAMES[(case + 1) % 3]}"
        for case in range(90)
        for steps in [["Brev", "Opkald", "Frist", "Klage", *("Note", "Svar")[: case // 3 % 3]]]
        for day, activity in enumerate([*steps[: own[case % 3]], "Samtale", *steps[own[case % 3] :]])
    ]
    path = tmp_path / "extract.csv"
    path.write_text("\n".join([HEAD, *rows]) + "\n", encoding="utf-8")
    return path


def assert_nobody_is_named(texts):
    words = {word for name in NAMES for word in name.split()}
    assert [word for word in words for text in texts if word in text] == []


def test_no_page_and_no_record_names_an_employee(tmp_path, extract):
    suite = tmp_path / "suite.yaml"
    YAML().dump({"suite": "own", "extends": ["strict"], "rules": OF_PERSONS}, suite)
    audited = audit_files(tmp_path, [extract], str(suite), profile=None)
    assert [label.way for label in audited.audit.registration.overloaded] == ["surroundings"]
    assert audited.finding("batch-registration").failed
    pages = [page for lang in ("da", "en") for page in render(audited.audit, lang).values()]
    assert_nobody_is_named([audited.audit.model_dump_json(), *pages])


def test_no_draft_names_an_employee(tmp_path, extract):
    (tmp_path / "drafts").mkdir()
    suggest(DraftRequest([extract], None, None, date(2023, 11, 30), "da"), tmp_path / "drafts", lambda _step: None)
    assert_nobody_is_named([path.read_text(encoding="utf-8") for path in (tmp_path / "drafts").iterdir()])


@pytest.mark.parametrize("column", ["resource", "case_id", "text"])
def test_labels_are_never_divided_by_what_tells_of_a_person(column):
    with pytest.raises(ValidationError, match="tells of a person"):
        Remedies.model_validate(
            {"remedies": "own", "steps": [{"do": "relabel", "by": column, "where": {"activity": "Samtale"}}]}
        )


def test_labels_are_never_divided_by_a_kept_column_of_employees(extract):
    step = {"do": "relabel", "by": "Oprettet af", "where": {"activity": "Samtale"}}
    remedies = Remedies.model_validate({"remedies": "own", "steps": [step]})
    request = Request([extract], None, load_suite("base"), None, date(2023, 11, 30))
    with pytest.raises(AuditError, match="holds employees"):
        try_remedies(request, remedies)
