"""Selecting rules: by id, table, severity and dimension; and that the record says so."""

from typing import get_args

import pytest

from logsyn.expectations.catalogue import Dimension, Severity, Table
from logsyn.expectations.selection import RuleSelection, SelectionError, select
from logsyn.expectations.suite import load_suite
from logsyn.validator.commands.choices import DimensionName, SeverityName, TableName
from logsyn.validator.commands.summary import summary
from tests.auditing import SAMPLES, audit_files

BASE = load_suite("base")


@pytest.mark.parametrize(
    ("selection", "ids"),
    [
        (RuleSelection(rules=("cpr-number", "missing-activity")), ["missing-activity", "cpr-number"]),
        (RuleSelection(tables=("labels",)), ["untidy-label", "overloaded-label"]),
        (RuleSelection(tables=("labels",), severities=("info",)), ["untidy-label"]),
        (
            RuleSelection(dimensions=("precision", "confidentiality")),
            ["shared-timestamp", "imprecise-timestamp", "cpr-number"],
        ),
        (RuleSelection(), [rule.id for rule in BASE.rules]),
    ],
)
def test_kinds_are_joined_by_and_and_values_of_a_kind_by_or(selection, ids):
    assert [rule.id for rule in select(BASE, selection).rules] == ids


@pytest.mark.parametrize(
    ("selection", "says"),
    [
        (RuleSelection(rules=("cpr-nummer",)), "Did you mean cpr-number?"),
        (RuleSelection(rules=("cpr-number",), tables=("labels",)), "no rule of the suite base is all of what was asked"),
        (RuleSelection(tables=("cases",)), "overloaded-label           labels  warning   consistency"),
    ],
)
def test_nothing_left_or_unknown_lists_what_there_is(selection, says):
    with pytest.raises(SelectionError) as fault:
        select(BASE, selection)
    assert says in str(fault.value)
    assert all(rule.id in str(fault.value) for rule in BASE.rules)


@pytest.mark.parametrize(("names", "words"), [(TableName, Table), (SeverityName, Severity), (DimensionName, Dimension)])
def test_the_options_take_the_words_of_the_catalogue(names, words):
    assert {name.value for name in names} == set(get_args(words))


def test_the_record_says_what_was_left_out_and_judges_no_maturity(tmp_path):
    audited = audit_files(tmp_path, [SAMPLES / "clean.csv"], profile=None, selection=RuleSelection(severities=("info",)))
    run = {finding.rule for finding in audited.audit.findings}
    assert run == {"batch-registration", "untidy-label", "shared-timestamp", "imprecise-timestamp"}
    assert set(audited.audit.selection.left_out) == {rule.id for rule in BASE.rules} - run
    assert audited.audit.suitability.maturity is None
    assert summary(audited.audit, tmp_path).startswith("Verdict: fit, by 4 of 26 rules only: a selection was made\n")


def test_a_question_that_the_chosen_rules_do_not_ask_is_not_known_and_no_reservation(tmp_path):
    audit = audit_files(tmp_path, [SAMPLES / "clean.csv"], profile=None, selection=RuleSelection(rules=("untidy-label",))).audit
    told = {one.question: one.answerability.answer for one in audit.verdict.questions}
    assert (told["order"], told["deadlines"], audit.verdict.overall) == ("can_be_answered", "not_known", "fit")
