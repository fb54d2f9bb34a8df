"""What people write as YAML: faults are told with file, line and what to do."""

import json

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from logsyn.expectations.catalogue import load_catalogue
from logsyn.expectations.declaration import built_in_names, locate
from logsyn.expectations.errors import DeclarationError
from logsyn.expectations.practice import Practice, for_team, load_practice
from logsyn.expectations.source import load_source
from logsyn.expectations.suite import load_suite

FAULTY_SUITES = [
    ("suite: x\nrules:\n  - check: missing-caseid\n", 3, "no check is called 'missing-caseid'"),
    ("suite: x\nrules:\n  - check: backdated-registration\n    max_day: 3\n", 3, "has no parameter 'max_day'"),
    ("suite: x\nrules:\n  - check: backdated-registration\n    max_days: three\n", 3, "must be a number"),
    ("suite: x\nrules:\n  - check: missing-value\n", 3, "parameter 'column' must be given"),
    ("suite: x\nrules:\n  - check: missing-activity\n  - check: missing-activity\n", 4, "stands twice"),
    ("suite: x\nrules:\n  - check: missing-activity\n    mostly: 1.5\n", 4, "less than or equal to 1"),
    ("suite: x\nrules:\n  - check: missing-activity\n    severity: fatal\n", 4, "severity"),
    ("suite: x\nrules:\n  - check: utc-shift\n    where: {team: A}\n", 3, "looks at the log as a whole"),
    ("suite: x\nrules:\n  - check: unparseable-timestamp\n    column: team\n", 3, "must be one of the times"),
    ("suite: x\nrules:\n  - title: {da: a, en: b}\n", 3, "give either `check`"),
    ("suite: x\nrule: []\n", 2, "is not a key here"),
    ("suite: x\nextends: [nothing]\n", 2, "extends 'nothing'"),
    ("suite: x\nextends: [base]\nwithout: [nothing]\n", 3, "which it does not inherit"),
    ("suite: x\nsuite: y\n", 2, "duplicate key"),
    ("suite: [x\n", None, "not valid YAML"),
    ("- a\n", 1, "a mapping"),
    ("suite: x\nrules:\n  - check: default-date\n    dates: [yesterday]\n", 3, "must be dates"),
    ("suite: x\nrules:\n  - check: registered-before-event\n    tolerance: soon\n", 3, "not a span of time"),
]


@pytest.mark.parametrize(("text", "line", "says"), FAULTY_SUITES, ids=[says for _, _, says in FAULTY_SUITES])
def test_a_faulty_suite_is_told_with_its_line(tmp_path, text, line, says):
    path = tmp_path / "suite.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DeclarationError) as told:
        load_suite(str(path))
    assert says in str(told.value)
    assert line is None or str(told.value).startswith(f"{path}:{line}: ")


def test_a_suite_that_extends_itself_is_told(tmp_path):
    (tmp_path / "a.yaml").write_text("suite: a\nextends: [b.yaml]\n", encoding="utf-8")
    (tmp_path / "b.yaml").write_text("suite: b\nextends: [a.yaml]\n", encoding="utf-8")
    with pytest.raises(DeclarationError, match="extends itself"):
        load_suite(str(tmp_path / "a.yaml"))


def test_an_extending_suite_takes_the_place_of_what_it_inherits(tmp_path):
    path = tmp_path / "own.yaml"
    path.write_text(
        "suite: own\nextends: base\nwithout: [cpr-number]\nrules:\n  - check: backdated-registration\n    max_days: 9\n",
        encoding="utf-8",
    )
    rules = {rule.id: rule for rule in load_suite(str(path)).rules}
    assert rules["backdated-registration"].given["max_days"] == 9
    assert "cpr-number" not in rules
    assert len(rules) == len(load_suite("base").rules) - 1


def test_a_name_that_is_nearly_right_is_suggested():
    with pytest.raises(DeclarationError, match="Did you mean momentum"):
        load_source("momentun")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("source: x\ncolumns:\n  case: SagsID\n", 3),
        ("source: x\ntimestamps:\n  timezone: Mars/Olympus\n", 3),
        ("source: x\nplaceholders: none\n", 2),
    ],
)
def test_a_faulty_source_profile_is_told_with_its_line(tmp_path, text, line):
    path = tmp_path / "source.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DeclarationError, match=f":{line}: "):
        load_source(str(path))


def test_a_faulty_practice_is_told_with_its_line(tmp_path):
    path = tmp_path / "practice.yaml"
    path.write_text("practice: p\nactivities:\n  Jobmål: {register_within_days: -1}\n", encoding="utf-8")
    with pytest.raises(DeclarationError, match=":3: "):
        load_practice(str(path))


ACTIVITY = "practice: p\nactivities:\n  Jobmål:\n    "
FAULTY_PRACTICES = [
    (ACTIVITY + "registered_by: [Jobklub]\n", 4, "must be a text, or one in both languages"),
    (ACTIVITY + "registered_by: {da: Læreren, Jobklub: x}\n", 4, "mixes languages and teams"),
    (ACTIVITY + "about: {da: kun dansk}\n", 4, "about.en: is missing"),
    (ACTIVITY + "register_within_days: {Jobklub: soon}\n", 4, "valid number"),
    (ACTIVITY + "register_by: 3\n", 4, "is not a key here"),
    ("practice: p\nactivities:\n  A: {}\nresources:\n  R1: {}\n", 5, "system: is missing"),
    ("practice: p\nactivities:\n  A: {}\nresources:\n  R1:\n    system: false\n", 6, "never persons"),
    (
        "practice: p\nactivities:\n  A: {}\nresources:\n  R1:\n    system: true\n    activities:\n      - A\n      - B\n",
        9,
        "'B' is not among `activities`",
    ),
    ("practice: p\nactivities: {A: {}}\nvalid_from: 2024-01-01\nreview_by: 2023-01-01\n", 4, "lies before"),
    ("practice: p\nactivities: {A: {}}\nvalid_from: tomorrow\n", 3, "valid_from"),
    ("practice: p\nabout: x\n", 1, "says nothing"),
    (ACTIVITY + "register_within_working_days: 1.5\n", 4, "valid integer"),
    (ACTIVITY + "register_within_working_days: {Jobklub: -1}\n", 4, "greater than or equal to 0"),
    (ACTIVITY + "register_within_days: 1\n    register_within_working_days: {Jobklub: 1}\n", 5, "agree on one of them"),
    ("practice: p\ndefault:\n  register_within_days: {Jobklub: 1}\n  register_within_working_days: 1\n", 4, "agree on one of them"),
    ('practice: p\nactivities: {A: {}}\ndays_off:\n  - "12-24"\n  - "12-32"\n', 5, "no day of the year"),
    ("practice: p\nactivities: {A: {}}\ndays_off: [Grundlovsdag]\n", 3, "a month and a day of every year"),
]


@pytest.mark.parametrize(("text", "line", "says"), FAULTY_PRACTICES, ids=[says for _, _, says in FAULTY_PRACTICES])
def test_a_fault_in_a_practice_is_told_with_its_line(tmp_path, text, line, says):
    path = tmp_path / "practice.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DeclarationError) as told:
        load_practice(str(path))
    assert says in str(told.value)
    assert str(told.value).startswith(f"{path}:{line}: ")


def test_a_day_that_does_not_exist_is_told(tmp_path):
    path = tmp_path / "practice.yaml"
    path.write_text("practice: p\nactivities: {A: {}}\nvalid_from: 2024-13-01\n", encoding="utf-8")
    with pytest.raises(DeclarationError, match="month must be in"):
        load_practice(str(path))


def test_one_value_stands_for_all_teams_and_one_text_for_both_languages():
    practice = Practice.model_validate(
        {
            "practice": "p",
            "version": 2,
            "default": {
                "registered_by": {"Jobklub": "Læreren", "*": {"da": "Sagsbehandleren", "en": "The caseworker"}}
            },
            "activities": {
                "A": {"registered_by": "Lederen"},
                "B": {"registered_by": {"da": "Ungeteamet", "en": "Youth"}},
            },
            "resources": {"RPA02": {"system": True}, "RPA01": {"system": True}},
        }
    )
    assert practice.activities["A"].registered_by["*"].en == "Lederen"
    assert practice.activities["B"].registered_by["*"].en == "Youth"
    assert for_team(practice.default.registered_by, "Jobklub").da == "Læreren"
    assert for_team(practice.default.registered_by, None).en == "The caseworker"
    assert (practice.version, practice.system_users(), practice.teams()) == ("2", ["RPA01", "RPA02"], {"Jobklub"})


def test_the_schema_of_a_practice_takes_what_people_write():
    validator = Draft202012Validator(Practice.model_json_schema(by_alias=True))
    written = YAML(typ="safe").load(locate("jobcenter", "practices").read_text(encoding="utf-8"))
    plain = json.loads(json.dumps(written, default=str))
    assert list(validator.iter_errors(plain)) == []
    assert list(validator.iter_errors({**plain, "resources": {"JK1": {"system": False}}}))
    assert {"resources", "owner", "contact", "valid_from", "version", "review_by", "about", "why"} <= set(
        validator.schema["properties"]
    )


@pytest.mark.parametrize("name", ["base", "momentum-jobklub"])
def test_built_in_suites_load(name):
    assert len(load_suite(name).rules) >= 19


def test_what_is_built_in_loads():
    assert {"momentum", "fasit", "servicedesk", "generic"} <= set(built_in_names("sources"))
    assert all(load_source(name).source == name for name in built_in_names("sources"))
    assert load_practice("jobcenter").activities


def test_every_text_of_the_catalogue_is_there_in_both_languages():
    for check in load_catalogue().values():
        for text in (check.title, check.fails_when, check.why, check.ask, check.mend):
            assert len(text.da) > 10
            assert len(text.en) > 10
            assert text.da != text.en
