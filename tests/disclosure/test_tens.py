"""Counts in tens: none too small, none more than 19 too many, and what is left beside what is known of them may be any small number."""

import pytest

from logsyn.validator.disclosure.tens import in_tens
from tests.auditing import audit_files


@pytest.mark.parametrize("count", range(1, 120))
def test_what_a_count_has_more_or_less_than_what_is_known_may_be_any_small_number(count):
    (told,) = in_tens([count])
    could_be = range(told - 19, told + 1)
    assert told % 10 == 0
    for few in range(1, 5):
        assert {count - few + one for one in range(1, 5)} <= set(could_be)  # it has so many rows that a known part of it has not
        assert {count + few - one for one in range(1, 5)} <= set(could_be)  # a known whole has so many besides


def test_a_group_that_is_told_to_the_row_keeps_its_count():
    assert in_tens([7, 12, 5], whole=[False, True, False]) == [10, 12, 10]


def extract(without_time):
    """Two teams of 60 rows of two activities; some rows of the first, and six of the second, have no time."""
    rows = [
        f"C{at % 60};{'Brev' if at % 3 else 'Opkald'};{'' if at < (without_time if team == 'A' else 6) else '2023-01-02 10:00'};2023-01-0{2 + at % 2} 11:00;{team};{team}{at % 7}"
        for team in "AB"
        for at in range(60)
    ]
    return "case_id;activity;timestamp;registered_at;team;resource\n" + "\n".join(rows) + "\n"


@pytest.mark.parametrize("without_time", [1, 4])
def test_two_rules_do_not_tell_by_their_difference_how_many_rows_only_one_could_check(tmp_path, without_time):
    (tmp_path / "extract.csv").write_text(extract(without_time), encoding="utf-8")
    audit = audit_files(tmp_path, [tmp_path / "extract.csv"]).audit
    told = {one.rule: {group.key: group for group in one.breakdowns.team} for one in audit.findings}
    assert told["missing-case-id"]["A"].failed == 0
    assert (told["missing-case-id"]["A"].checked, told["backdated-registration"]["A"].checked) == (70, 70 if without_time == 1 else 60)
    late = told["backdated-registration"]["B"]
    assert (late.failed, late.checked) == (27, 60)
