"""What the documents and suites say of the catalogue holds: every check that is named exists, and none that exists is left out."""

import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from logsyn.expectations.catalogue import load_catalogue
from logsyn.expectations.declaration import built_in_names
from logsyn.expectations.suite import load_suite

ROOT = Path(__file__).parents[2]
TO_COME = set(
    "batch-registration multi-registration zero-duration duration-outlier day-month-swap dst-gap dst-ambiguous overlap "
    "resource-inconsistency value-range allowed-values contact-detail distorted-label polluted-label synonymous-label "
    "free-text-label collateral-event".split()
) - set(load_catalogue())
"""Checks of the plan that the catalogue does not have yet."""


def tables():
    text = (ROOT / "docs" / "coverage.md").read_text(encoding="utf-8")
    parts = re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    return {
        part.splitlines()[0]: [line.split("|")[1:-1] for line in part.splitlines() if line.startswith("|")][2:]
        for part in parts
    }


def test_the_coverage_names_only_checks_that_exist():
    text = (ROOT / "docs" / "coverage.md").read_text(encoding="utf-8")
    named = {name for name in re.findall(r"`([a-z]+(?:-[a-z]+)+)`", text) if name != "as-of"}
    assert len(named) > 30
    unknown = named - set(load_catalogue()) - TO_COME
    assert not unknown, (
        f"docs/coverage.md names {sorted(unknown)}, which expectations/catalogue does not have: name another, or write them"
    )


@pytest.mark.parametrize(("table", "rows"), [("daqapo", 17), ("Imperfection patterns", 11), ("Timestamp quality", 15)])
def test_the_coverage_has_every_row_with_checks_or_says_that_there_is_none(table, rows):
    cells = tables()[table]
    assert len(cells) == rows
    assert all("`" in "|".join(row[1:]) or "no equivalent" in row[-1] for row in cells)


def test_every_pattern_that_a_check_claims_is_in_the_coverage_under_its_name():
    stated = {row[0].strip().lower(): "|".join(row) for row in tables()["Imperfection patterns"]}
    claimed = {(pattern, name) for name, check in load_catalogue().items() for pattern in check.patterns}
    known = {(pattern, name) for pattern, name in claimed if pattern in stated}
    assert len({pattern for pattern, _ in known}) >= 6
    missing = sorted(f"{name} in the row of {pattern}" for pattern, name in known if name not in stated[pattern])
    assert not missing, (
        f"`patterns` of a check claim it: put into 'Imperfection patterns' of docs/coverage.md {missing}"
    )


def test_the_strict_suite_has_every_check_that_needs_no_telling():
    free = {name for name, check in load_catalogue().items() if not any(p.required for p in check.parameters.values())}
    missing = sorted(free - {rule.check for rule in load_suite("strict").rules})
    assert not missing, (
        f"put into expectations/suites/strict.yaml a rule `- check: NAME` for {missing}, or make a parameter of it `required: true`: "
        "the suite has every check that can be asked without telling it something"
    )


@pytest.mark.parametrize("name", built_in_names("suites"))
def test_what_a_suite_leaves_out_as_a_comment_is_not_there_yet(name):
    text = (ROOT / "expectations" / "suites" / f"{name}.yaml").read_text(encoding="utf-8")
    waiting = set(re.findall(r"^ *# *- check: (\S+)", text, flags=re.MULTILINE))
    assert waiting <= TO_COME, (
        f"take the # from {sorted(waiting - TO_COME)} in expectations/suites/{name}.yaml: the catalogue has them now"
    )
    assert YAML(typ="safe").load(re.sub(r"^( *)# (- check|  \w+:)", r"\1\2", text, flags=re.MULTILINE))["suite"] == name


@pytest.mark.parametrize("name", built_in_names("suites"))
def test_a_suite_says_what_it_is_in_both_languages(name):
    content = YAML(typ="safe").load((ROOT / "expectations" / "suites" / f"{name}.yaml").read_text(encoding="utf-8"))
    assert set(content["title"]) == {"da", "en"}
    assert all(rule.title.da and rule.title.en for rule in load_suite(name).rules)


DEADLINES = {"125": "14d", "135": "30d", "145": "30d", "225": "14d", "265": "30d"}


def test_the_medical_certificates_of_fasit_have_their_deadlines():
    rules = {rule.id: rule for rule in load_suite("fasit").rules}
    asked = {number: rules[f"LAE{number}-answered"].given["within"] for number in DEADLINES}
    assert asked == DEADLINES
    assert rules["LAE285-answered"].given["at_least"] == "8d"
    assert all(rules[f"LAE{number}-requested"].given["side"] == "before" for number in [*DEADLINES, "285"])
