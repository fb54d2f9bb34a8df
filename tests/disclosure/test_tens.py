"""Counts in tens: none too small, none more than 19 too many, and what is left beside what is known of them may be any small number."""

from random import Random

import pytest

from logsyn.validator.disclosure.tens import in_tens
from tests.auditing import audit_files

DRAWN = [
    [(count, draw.randint(0, count), draw.random() < 0.1) for count in (draw.randint(1, 99) for _ in range(draw.randint(1, 6)))]
    for draw in (Random(seed) for seed in range(60))
]


@pytest.mark.parametrize("groups", DRAWN)
def test_what_is_left_beside_what_is_known_may_be_any_small_number(groups):
    counts, known, whole = zip(*groups, strict=True)
    told = in_tens(counts, known, whole=whole)
    for seen, count, of_it, exactly in zip(told, counts, known, whole, strict=True):
        assert seen == count if exactly else (seen % 10 == 0 and count <= seen <= count + 19 and seen - of_it >= 5)
    open_ones = [seen - count for seen, count, exactly in zip(told, counts, whole, strict=True) if not exactly]
    assert len(open_ones) < 2 or sum(open_ones) >= 10  # their total is known


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
    assert told["missing-case-id"]["A"].checked == told["backdated-registration"]["A"].checked == 70
    late = told["backdated-registration"]["B"]
    assert (late.failed, late.checked) == (27, 60)
