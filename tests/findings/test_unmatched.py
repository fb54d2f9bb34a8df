"""What a rule names and the extract does not have: it is no pass, and what was probably meant is told."""

import re

import pytest
from ruamel.yaml import YAML

from logsyn.expectations.catalogue import load_catalogue
from logsyn.expectations.declaration import built_in_names
from logsyn.expectations.selection import RuleSelection
from logsyn.expectations.source import load_source
from logsyn.expectations.suite import load_suite
from logsyn.validator.commands.exit_codes import exit_code
from tests.auditing import SAMPLES, audit_files
from tests.record.made import idle

HEADER = "case_id;activity;timestamp;team;resource;status;Bemærkning"
ROWS = [
    f"{case};{label};2023-01-0{day} 08:00;{team};Jens Hansen {case};Afholdt;note om Jens {day}"
    for case in range(1, 7)
    for day, label, team in ((1, "Jobmål", "Jobklub"), (2, "LÆ265 anmodet", "Nord"), (3, "LÆ265 modtaget", "Nord"))
] + ["7;010190-1234 mødt;2023-01-01 08:00;Lille team;R;Afholdt;"]

IN_VAIN = {
    "a column": ({"check": "missing-value", "column": "Teams"}, "not_evaluated", "Teams", "team"),
    "a canonical column": ({"check": "missing-value", "column": "regestered_at"}, "not_evaluated", "regestered_at", "registered_at"),
    "a header of the usual": ({"check": "missing-value", "column": "team", "where": {"Aktivitet": "Jobmål"}}, "not_evaluated", "Aktivitet", "activity"),
    "a column that need not be there": ({"check": "missing-value", "column": "Team", "when_mapped": True}, "not_evaluated", "Team", "team"),
    "a column that need not be there, with a slip": ({"check": "missing-value", "column": "Statsu", "when_mapped": True}, "not_evaluated", "Statsu", "status"),
    "a kept column": ({"check": "missing-value", "column": "Bemaerkninger"}, "not_evaluated", "Bemaerkninger", "Bemærkning"),
    "a derived column": ({"check": "missing-value", "column": "team", "where": {"previus_activity": "Jobmål"}}, "not_evaluated", "previus_activity", "previous_activity"),
    "a column of cases": ({"check": "related-activities", "antecedent": "Jobmål", "consequent": "Jobmål", "where": {"duration_second": {"gt": 1}}}, "not_evaluated", "duration_second", "duration_seconds"),
    "a column of a stock expectation": ({"expect": "expect_column_values_to_not_be_null", "args": {"column": "Statuss"}}, "not_evaluated", "Statuss", "status"),
    "a column of a whole": ({"expect": "expect_column_max_to_be_between", "args": {"column": "timestampp", "max_value": "2023-02-01"}}, "not_evaluated", "timestampp", "timestamp"),
    "a column of columns": ({"check": "unique-combination", "columns": ["team", "statuss"], "max": 9}, "not_evaluated", "statuss", "status"),
    "a value": ({"check": "missing-value", "column": "team", "where": {"activity": "Jobmaal"}}, "nothing_checked", "Jobmaal", "Jobmål"),
    "a value of a rule on cases": ({"check": "incomplete-case", "activities": "Jobmål", "where": {"team": "jobklubb"}}, "nothing_checked", "jobklubb", "Jobklub"),
    "a value of a stock expectation on a whole": ({"expect": "expect_column_max_to_be_between", "args": {"column": "timestamp", "max_value": "2023-02-01"}, "where": {"activity": "jobmål "}}, "nothing_checked", "jobmål ", "Jobmål"),
    "a value of a rule on labels": ({"check": "untidy-label", "where": {"activity": ["LÆ265  modtaget"]}}, "nothing_checked", "LÆ265  modtaget", "LÆ265 modtaget"),
    "an antecedent": ({"check": "related-activities", "antecedent": "LÆ265 anmodt", "consequent": "LÆ265 modtaget"}, "nothing_checked", "LÆ265 anmodt", "LÆ265 anmodet"),
    "an activity that is counted": ({"check": "activity-frequency", "max": {"LAE265 anmodet": 3}}, "nothing_checked", "LAE265 anmodet", "LÆ265 anmodet"),
    "a condition of a check": ({"check": "attribute-dependency", "where": {"activity": "Jobmal"}, "then": {"team": "Nord"}}, "nothing_checked", "Jobmal", "Jobmål"),
}  # fmt: skip


REMARKED = {
    "one of several activities": ({"check": "activity-order", "order": ["Jobmål", "LÆ265 anmodet", "LÆ265 modtagett"]}, [("LÆ265 modtagett", "LÆ265 modtaget")]),
    "one of several consequents": ({"check": "related-activities", "antecedent": "Jobmål", "consequent": ["LÆ265 anmodet", "LÆ265 anmodt"]}, [("LÆ265 anmodt", "LÆ265 anmodet")]),
    "what is left out": ({"check": "missing-value", "column": "team", "where": {"team": {"not": "Jobklob"}}}, [("Jobklob", "Jobklub")]),
    "what no value begins with": ({"check": "missing-value", "column": "team", "where": {"activity": {"starts_with": "J", "contains": "xx"}}}, [("xx", None)]),
    "what is allowed, and slipped": ({"check": "allowed-values", "column": "status", "values": ["Afholt", "Aflyst"]}, [("Afholt", "Afholdt")]),
    "what is allowed, and like two that are not": ({"check": "allowed-values", "column": "activity", "values": ["LAE265 modtagt"]}, [("LAE265 modtagt", "LÆ265 modtaget")]),
    "what is allowed, and rare": ({"check": "unexpected-start", "activities": ["Jobmål", "jobmål", "Henvisning"]}, []),
    "what is allowed by a stock expectation": ({"expect": "expect_column_values_to_be_in_set", "args": {"column": "team", "value_set": ["Jobclub", "Syd"]}}, [("Jobclub", "Jobklub")]),
    "what must not be": ({"expect": "expect_column_values_to_not_be_in_set", "args": {"column": "team", "value_set": ["Jobclub"]}}, []),
    "a count of none": ({"expect": "expect_table_row_count_to_equal", "args": {"value": 0}, "where": {"status": "Afholt"}}, [("Afholt", "Afholdt")]),
}  # fmt: skip

HIDDEN = {
    "an employee": ({"resource": "Jens Hansn 1"}, ("…", None)),
    "a case": ({"case_id": "11"}, ("…", None)),
    "a text of one's own column": ({"Bemærkning": "note om Jen"}, ("note om Jen", None)),
    "a team of few rows": ({"team": "Lille teams"}, ("Lille teams", None)),
    "a number of a citizen": ({"activity": "010190-1234 mød"}, ("######-#### mød", "######-#### mødt")),
}


@pytest.fixture(scope="module")
def audited(tmp_path_factory):
    """The findings of all these rules, by what they are about: of one audit."""
    folder = tmp_path_factory.mktemp("unmatched")
    asked = {what: rule for what, (rule, *_) in (IN_VAIN | REMARKED).items()}
    asked |= {what: {"check": "missing-value", "column": "status", "where": where} for what, (where, _) in HIDDEN.items()}
    asked |= {"many": {"check": "missing-value", "column": "status", "where": {"activity": [f"Jobmål{n}" for n in range(25)]}}}
    asked |= {"present": {"check": "missing-activity"}, "far-future-end-date": {"check": "far-future-end-date"}}
    asked |= {"multi-registration": {"check": "multi-registration", "by": "resource", "within": "1min", "timestamp": "end"}}
    extract, suite = folder / "extract.csv", folder / "suite.yaml"
    extract.write_text("\n".join([HEADER, *ROWS]) + "\n", encoding="utf-8")
    rules = [{**rule, "id": f"r{number}"} for number, rule in enumerate(asked.values())]
    with suite.open("w", encoding="utf-8") as file:
        YAML().dump({"suite": "mine", "rules": rules}, file)
    record = audit_files(folder, [extract], str(suite), consequence=False).audit
    return dict(zip(asked, record.findings, strict=True))


@pytest.mark.parametrize("what", IN_VAIN)
def test_a_name_that_is_not_there_is_told_with_what_was_meant(audited, what):
    _, outcome, name, meant = IN_VAIN[what]
    finding = audited[what]
    assert (finding.outcome, finding.checked, finding.own, finding.asks_in_vain) == (outcome, 0, True, True)
    assert [(one.value or one.column, one.near) for one in finding.unmatched] == [(name, meant)]
    beside = idle().model_copy(update={"findings": [finding, audited["present"]]})
    assert [exit_code(beside, fail_on) for fail_on in ("critical", "info", "never")] == [1, 1, 0]


@pytest.mark.parametrize("what", REMARKED)
def test_a_rule_that_was_judged_tells_which_of_its_values_do_not_occur(audited, what):
    finding = audited[what]
    unmatched = [(one.value, one.near) for one in finding.unmatched]
    if what == "what no value begins with":
        assert (finding.outcome, unmatched) == ("nothing_checked", REMARKED[what][1])
        return
    assert (finding.is_judged, finding.asks_in_vain) == (True, False)
    assert unmatched == REMARKED[what][1]


@pytest.mark.parametrize("what", HIDDEN)
def test_no_value_is_told_that_may_be_of_a_person(audited, what):
    finding = audited[what]
    assert (finding.outcome, finding.asks_in_vain) == ("nothing_checked", True)
    assert [(one.value, one.near) for one in finding.unmatched] == [HIDDEN[what][1]]
    assert not re.search("Hans|Jens|1234", finding.model_dump_json())


def test_of_very_many_names_the_first_are_kept(audited):
    assert [(one.value, one.near) for one in audited["many"].unmatched] == [(f"Jobmål{n}", "Jobmål") for n in range(20)]


@pytest.mark.parametrize("what", ["far-future-end-date", "multi-registration"])
def test_a_column_that_a_check_needs_and_the_suite_does_not_name_is_no_fault_of_the_suite(audited, what):
    finding = audited[what]
    assert (finding.own, finding.outcome, finding.unmatched) == (True, "not_evaluated", [])
    assert not finding.asks_in_vain


def test_a_rule_in_the_place_of_an_inherited_one_is_the_users_and_the_others_stay_built_in(tmp_path):
    suite = tmp_path / "suite.yaml"
    suite.write_text("suite: mine\nextends: [base]\nrules: [{check: cpr-number}]\n", encoding="utf-8")
    assert [rule.id for rule in load_suite(str(suite)).rules if rule.own] == ["cpr-number"]
    assert not any(rule.own for name in built_in_names("suites") for rule in load_suite(name).rules)


def test_every_list_of_values_in_the_catalogue_says_of_which_column():
    lists = [
        (name, parameter)
        for name, check in load_catalogue().items()
        for parameter, kind in check.parameters.items()
        if kind.kind in ("texts", "counts") and kind.values_of is None
    ]
    assert lists == [], "say `values_of: COLUMN` of it, so that names which do not occur are told"


def test_each_rule_that_the_readme_shows_looks_at_rows_of_the_sample(tmp_path):
    shown = re.search(r"```yaml\n(suite: our-suite\n.*?)```", (SAMPLES.parent / "README.md").read_text(encoding="utf-8"), re.DOTALL)  # fmt: skip
    suite = tmp_path / "suite.yaml"
    suite.write_text(shown[1], encoding="utf-8")
    own = tuple(rule.id for rule in load_suite(str(suite)).rules if rule.own)
    how = {"profile": load_source("momentum"), "selection": RuleSelection(rules=own), "consequence": False}
    findings = audit_files(tmp_path, [SAMPLES / "momentum.csv"], str(suite), **how).audit.findings
    assert len(findings) == shown[1].count("\n  - ") == 3
    assert all(one.own and one.is_judged and one.checked and not one.unmatched for one in findings), findings
