"""How each check is set against the log as it would be: what it names is there."""

import pytest
from pydantic import ValidationError

from logsyn.expectations.catalogue import load_catalogue
from logsyn.expectations.question import NEEDS, InsteadOf
from logsyn.expectations.remedies import default_remedy
from logsyn.expectations.source import CANONICAL_COLUMNS
from logsyn.validator.tables.registry import table_of

CHECKS = load_catalogue()


@pytest.mark.parametrize("name", [name for name, check in CHECKS.items() if check.as_if == "mended"])
def test_what_is_taken_as_mended_has_a_remedy(name):
    assert default_remedy(name, name, frozenset(CANONICAL_COLUMNS)) is not None


@pytest.mark.parametrize("name", [name for name, check in CHECKS.items() if isinstance(check.as_if, InsteadOf)])
def test_what_is_renamed_has_a_column_with_the_name_and_what_is_moved_is_an_event(name):
    check = CHECKS[name]
    assert check.table == ("labels" if check.as_if.named else "events")
    assert check.as_if.named is None or check.as_if.named in table_of("labels").columns


def test_what_speaks_of_the_log_as_a_whole_cannot_be_computed():
    assert {check.as_if for check in CHECKS.values() if check.table == "log"} == {"not-computable"}


@pytest.mark.parametrize("given", [{}, {"moved_to": "timestamp", "named": "synonym_of"}])
def test_a_row_is_moved_or_renamed_and_not_both(given):
    with pytest.raises(ValidationError, match="either `moved_to` or `named`"):
        InsteadOf(**given)


def test_questions_need_columns_that_an_extract_can_have():
    assert {name for needs in NEEDS.values() for need in needs for name in need.split("|")} <= set(CANONICAL_COLUMNS)
