"""Rules of which one finds all that another one finds: what only one of them finds in a group is not told by their difference."""

import pytest

from tests.auditing import audit_files

SUITE = """suite: nested
rules:
- {expect: expect_column_values_to_be_in_set, id: wider, args: {column: status, value_set: [ny]}}
- {expect: expect_column_values_to_be_in_set, id: narrower, args: {column: status, value_set: [ny, gammel]}}
"""


def extract(between, people=12):
    """Two teams of 120 rows; in each 30 have a status that neither rule knows, and ``between`` of the first, by ``people``, and 40 of the second one that only the narrower knows."""
    rows = ["case_id;activity;timestamp;status;team;resource"]
    for team, old in (("A", between), ("B", 40)):
        statuses = ["gammel"] * old + ["?!"] * 30
        statuses += ["ny"] * (120 - len(statuses))
        for at, status in enumerate(statuses):
            employee = at % people if status == "gammel" and team == "A" else at % 12
            rows.append(f"{team}{at:03};Brev;2023-03-{1 + at % 28:02};{status};{team};{team}{employee:02}")
    return "\n".join(rows) + "\n"


@pytest.fixture
def failed_in(tmp_path):
    """The failing rows of each rule in the first team, as they are told."""

    def audited(text):
        (tmp_path / "extract.csv").write_text(text, encoding="utf-8")
        (tmp_path / "suite.yaml").write_text(SUITE, encoding="utf-8")
        audit = audit_files(tmp_path, [tmp_path / "extract.csv"], str(tmp_path / "suite.yaml")).audit
        return [{group.key: group.failed for group in one.breakdowns.team}.get("A") for one in audit.findings]

    return audited


@pytest.mark.parametrize("between", [1, 4])
def test_few_rows_that_only_the_wider_rule_finds_are_not_the_difference_of_two_figures(failed_in, between):
    assert None in failed_in(extract(between))


@pytest.mark.parametrize("people", [1, 4])
def test_nor_are_many_rows_of_few_employees(failed_in, people):
    assert None in failed_in(extract(20, people))


def test_what_many_do_is_told_of_both(failed_in):
    assert failed_in(extract(20)) == [50, 30]
