"""What a rule names and the extract does not have: it is no pass, and what was probably meant is told."""

import pytest
from ruamel.yaml import YAML

from logsyn.expectations.catalogue import load_catalogue
from logsyn.validator.commands.exit_codes import exit_code
from tests.auditing import audit_files

ROWS = [
    f"{case};{label};2023-01-0{day} 08:00;{team};Jens Hansen {case};Afholdt;note om Jens {day}"
    for case in range(1, 7)
    for day, label, team in ((1, "Jobmål", "Jobklub"), (2, "LÆ265 anmodet", "Nord"), (3, "LÆ265 modtaget", "Nord"))
]
HEADER = "case_id;activity;timestamp;team;resource;status;Bemærkning"
PRESENT = {"check": "missing-activity", "id": "present"}


def audited(folder, *rules, rows=ROWS, extends=()):
    extract, suite = folder / "extract.csv", folder / "suite.yaml"
    extract.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    named = [{"id": f"r{number}", **rule} for number, rule in enumerate(rules)]
    with suite.open("w", encoding="utf-8") as file:
        YAML().dump({"suite": "mine", "extends": list(extends), "rules": [*named, PRESENT]}, file)
    return audit_files(folder, [extract], str(suite), consequence=False)


IN_VAIN = {
    "a column": ({"check": "missing-value", "column": "Teams"}, "not_evaluated", "Teams", "team"),
    "a canonical column": ({"check": "missing-value", "column": "regestered_at"}, "not_evaluated", "regestered_at", "registered_at"),
    "a header of the usual": ({"check": "missing-value", "column": "team", "where": {"Aktivitet": "Jobmål"}}, "not_evaluated", "Aktivitet", "activity"),
    "a kept column": ({"check": "missing-value", "column": "Bemaerkninger"}, "not_evaluated", "Bemaerkninger", "Bemærkning"),
    "a derived column": ({"check": "missing-value", "column": "team", "where": {"previus_activity": "Jobmål"}}, "not_evaluated", "previus_activity", "previous_activity"),
    "a column of cases": ({"check": "related-activities", "antecedent": "Jobmål", "consequent": "Jobmål", "where": {"duration_second": {"gt": 1}}}, "not_evaluated", "duration_second", "duration_seconds"),
    "a column of a stock expectation": ({"expect": "expect_column_values_to_not_be_null", "args": {"column": "Statuss"}}, "not_evaluated", "Statuss", "status"),
    "a column of a whole": ({"expect": "expect_column_max_to_be_between", "args": {"column": "timestampp", "max_value": "2023-02-01"}}, "not_evaluated", "timestampp", "timestamp"),
    "a column of columns": ({"check": "unique-combination", "columns": ["team", "statuss"], "max": 9}, "not_evaluated", "statuss", "status"),
    "a value": ({"check": "missing-value", "column": "team", "where": {"activity": "Jobmaal"}}, "nothing_checked", "Jobmaal", "Jobmål"),
    "a value of a rule on cases": ({"check": "incomplete-case", "activities": "Jobmål", "where": {"team": "jobklubb"}}, "nothing_checked", "jobklubb", "Jobklub"),
    "a value of a stock expectation on a whole": ({"expect": "expect_column_max_to_be_between", "args": {"column": "timestamp", "max_value": "2023-02-01"}, "where": {"activity": "jobmål "}}, "nothing_checked", "jobmål ", "Jobmål"),
    "an antecedent": ({"check": "related-activities", "antecedent": "LÆ265 anmodt", "consequent": "LÆ265 modtaget"}, "nothing_checked", "LÆ265 anmodt", "LÆ265 anmodet"),
    "an activity that is counted": ({"check": "activity-frequency", "max": {"LAE265 anmodet": 3}}, "nothing_checked", "LAE265 anmodet", "LÆ265 anmodet"),
    "a condition of a check": ({"check": "attribute-dependency", "where": {"activity": "Jobmal"}, "then": {"team": "Nord"}}, "nothing_checked", "Jobmal", "Jobmål"),
}  # fmt: skip


@pytest.fixture(scope="module")
def in_vain(tmp_path_factory):
    return audited(tmp_path_factory.mktemp("in-vain"), *(rule for rule, *_ in IN_VAIN.values())).audit


@pytest.mark.parametrize("what", IN_VAIN)
def test_a_name_that_is_not_there_is_told_with_what_was_meant(in_vain, what):
    _, outcome, name, meant = IN_VAIN[what]
    finding = in_vain.findings[list(IN_VAIN).index(what)]
    assert (finding.outcome, finding.checked, finding.own, finding.asks_in_vain) == (outcome, 0, True, True)
    assert [(one.value or one.column, one.near) for one in finding.unmatched] == [(name, meant)]
    assert f"Mente I »{meant}«?" in finding.remark.da
    assert f"Did you mean “{meant}”?" in finding.remark.en
    alone = in_vain.model_copy(update={"findings": [finding, in_vain.findings[-1]]})
    assert [exit_code(alone, fail_on) for fail_on in ("critical", "info", "never")] == [1, 1, 0]


REMARKED = {
    "one of several activities": ({"check": "activity-order", "order": ["Jobmål", "LÆ265 anmodet", "LÆ265 modtagett"]}, [("LÆ265 modtagett", "LÆ265 modtaget")]),
    "one of several consequents": ({"check": "related-activities", "antecedent": "Jobmål", "consequent": ["LÆ265 anmodet", "LÆ265 anmodt"]}, [("LÆ265 anmodt", "LÆ265 anmodet")]),
    "what is left out": ({"check": "missing-value", "column": "team", "where": {"team": {"not": "Jobklob"}}}, [("Jobklob", "Jobklub")]),
    "what no value begins with": ({"check": "missing-value", "column": "team", "where": {"activity": {"starts_with": "J", "contains": "xx"}}}, [("xx", None)]),
    "what is allowed, and slipped": ({"check": "allowed-values", "column": "status", "values": ["Afholt", "Aflyst"]}, [("Afholt", "Afholdt")]),
    "what is allowed, and rare": ({"check": "unexpected-start", "activities": ["Jobmål", "jobmål", "Henvisning"]}, []),
    "what is allowed by a stock expectation": ({"expect": "expect_column_values_to_be_in_set", "args": {"column": "team", "value_set": ["Jobclub", "Syd"]}}, [("Jobclub", "Jobklub")]),
    "what must not be": ({"expect": "expect_column_values_to_not_be_in_set", "args": {"column": "team", "value_set": ["Jobclub"]}}, []),
    "a count of none": ({"expect": "expect_table_row_count_to_equal", "args": {"value": 0}, "where": {"status": "Afholt"}}, [("Afholt", "Afholdt")]),
}  # fmt: skip


@pytest.fixture(scope="module")
def remarked(tmp_path_factory):
    return audited(tmp_path_factory.mktemp("remarked"), *(rule for rule, _ in REMARKED.values())).audit


@pytest.mark.parametrize("what", REMARKED)
def test_a_rule_that_was_judged_tells_which_of_its_values_do_not_occur(remarked, what):
    finding = remarked.findings[list(REMARKED).index(what)]
    unmatched = [(one.value, one.near) for one in finding.unmatched]
    if what == "what no value begins with":
        assert (finding.outcome, unmatched) == ("nothing_checked", REMARKED[what][1])
        return
    assert (finding.is_judged, finding.asks_in_vain) == (True, False)
    assert unmatched == REMARKED[what][1]
    assert (finding.remark is None) == (unmatched == [])


def test_no_value_of_a_person_a_case_or_a_text_is_told(tmp_path):
    where = {"resource": "Jens Hansn 1", "case_id": "11", "Bemærkning": "note om Jens"}
    finding = audited(tmp_path, *({"check": "missing-value", "column": "team", "where": {name: value}} for name, value in where.items())).audit.findings[:3]  # fmt: skip
    assert [[(one.value, one.near) for one in of.unmatched] for of in finding] == [[("…", None)], [("…", None)], [("note om Jens", None)]]  # fmt: skip
    assert "Hans" not in "".join(one.model_dump_json() for one in finding)


def test_what_is_misspelt_is_masked_and_what_few_rows_have_is_not_proposed(tmp_path):
    rows = [*ROWS, "7;010190-1234 mødt;2023-01-01 08:00;Lille team;R;Afholdt;"]
    one, other = audited(
        tmp_path,
        {"check": "missing-value", "column": "team", "where": {"activity": "010190-1234 mød"}},
        {"check": "missing-value", "column": "status", "where": {"team": "Lille teams"}},
        rows=rows,
    ).audit.findings[:2]
    assert (one.outcome, "1234" in one.model_dump_json(), one.unmatched[0].near) == ("nothing_checked", False, "######-#### mødt")  # fmt: skip
    assert (other.unmatched[0].value, other.unmatched[0].near) == ("Lille teams", None)


def test_a_rule_of_the_users_takes_the_place_of_an_inherited_one_and_others_stay_built_in(tmp_path):
    findings = audited(tmp_path, {"check": "far-future-end-date", "id": "far-future-end-date"}, extends=["base"]).audit.findings  # fmt: skip
    assert {finding.rule for finding in findings if finding.own} == {"far-future-end-date", "present"}
    assert not any(finding.asks_in_vain for finding in findings)  # what a check needs is no name of the suite's


def test_every_list_of_values_in_the_catalogue_says_of_which_column():
    lists = [
        (name, parameter)
        for name, check in load_catalogue().items()
        for parameter, kind in check.parameters.items()
        if kind.kind in ("texts", "counts") and kind.values_of is None
    ]
    assert lists == [], "say `values_of: COLUMN` of it, so that names which do not occur are told"
