"""What a suite asks of columns that name cases or persons is recorded without the values; CPR numbers are never recorded."""

import pytest

from logsyn.reports.render import render
from tests.auditing import audit_case

ROWS = "case_id;activity;timestamp;resource;Oprettet af;team;text\n" + "\n".join(
    f"S-2021-000{case};Brev;2023-01-0{day} 10:00;Kvaxholt;40771;Team A;har ringet 3 gange" for case in range(9) for day in (1, 2)
)  # fmt: skip
OF_PERSONS = [
    {"check": "allowed-values", "column": "resource", "values": ["Kvaxholm"]},
    {"check": "allowed-values", "column": "Oprettet af", "values": ["40772", "40773"]},
    {"check": "value-range", "column": "Oprettet af", "min": 40772},
    {"check": "missing-value", "column": "team", "where": {"case_id": "S-2021-0001"}},
    {"check": "missing-value", "column": "team", "where": {"resource": {"not": "Kvaxholm"}, "text": {"contains": "har ringet 3"}}},
    {"check": "attribute-dependency", "where": {"text": {"matches": "har ring.t 3"}}, "then": {"resource": "Kvaxholm", "team": "Team A"}},
    {"expect": "expect_column_values_to_be_in_set", "args": {"column": "Oprettet af", "value_set": [40772, 40773]}},
    {"expect": "expect_column_values_to_not_match_regex", "args": {"column": "resource", "regex": "^Kvaxh"}},
    {"expect": "expect_column_max_to_be_between", "args": {"column": "Oprettet af", "max_value": 40772}},
]  # fmt: skip
SECRETS = ("Kvax", "4077", "S-2021", "har ring")


@pytest.mark.parametrize("rule", OF_PERSONS)
def test_what_is_asked_of_persons_and_cases_is_recorded_without_the_values(tmp_path, rule):
    audit = audit_case(tmp_path, {"rows": ROWS, "rule": {"id": "rule", **rule}}).audit
    finding = audit.findings[0]
    assert finding.outcome in ("passed", "failed"), finding.reason
    texts = [finding.model_dump_json(), *(page for lang in ("da", "en") for page in render(audit, lang).values())]
    assert [(secret, text[:20]) for secret in SECRETS for text in texts if secret in text] == []
    assert "…" in str(finding.params)


@pytest.mark.parametrize("where", [{"resource": "Kvaxholt"}, {"team": "Team A"}])
def test_sql_says_where_a_value_is_not_shown_and_else_stays_as_it_is(tmp_path, where):
    rule = {"check": "allowed-values", "id": "rule", "column": "activity", "values": ["Svar", "Klage"], "where": where}
    finding = audit_case(tmp_path, {"rows": ROWS, "rule": rule}).finding("rule")
    hidden = "resource" in where
    assert finding.params["values"] == ["Svar", "Klage"]
    assert finding.params["where"] == ({"resource": "…"} if hidden else where)
    assert "['Svar', 'Klage']" in finding.sql
    assert finding.sql.startswith("-- '…' = ") == hidden == ("['…']" in finding.sql)


@pytest.mark.parametrize("number", [3112901234, 101901234])  # the second has lost its zero
@pytest.mark.parametrize("expect", ["values_to_be_in_set", "values_to_be_between"])
def test_a_personal_number_that_a_suite_has_as_a_number_is_not_recorded(tmp_path, number, expect):
    asked = {"value_set": [number, 2]} if expect.endswith("set") else {"min_value": number}
    rule = {"expect": f"expect_column_{expect}", "id": "rule", "args": {"column": "amount", **asked}}
    rows = "case_id;activity;timestamp;amount\nA;Brev;2023-01-02;7\nB;Brev;2023-01-02;2\n"
    finding = audit_case(tmp_path, {"rows": rows, "rule": rule}).finding("rule")
    assert (finding.outcome, "######-####" in finding.sql, "######-####" in str(finding.params)) == (
        "failed",
        True,
        True,
    )
    assert str(number) not in finding.model_dump_json()


@pytest.mark.parametrize("span", ["1h", "901s", "30min", "3101s"])
def test_spans_in_sql_are_no_personal_numbers(tmp_path, span):
    rule = {"check": "multi-registration", "id": "rule", "by": "case", "within": span}
    rows = "case_id;activity;timestamp;registered_at\n" + "A;Brev;2023-01-02 10:00;2023-01-02 10:00\n" * 2
    finding = audit_case(tmp_path, {"rows": rows, "rule": rule}).finding("rule")
    assert finding.sql
    assert "####" not in finding.sql
