"""Checks of grain ``case`` find the same rows in the parts of a log that is split by case; others do not, which is why they say so."""

import pytest

from logsyn.expectations.catalogue import load_catalogue
from tests.checking.splitting import Log, log_of, scenes_of

OF_CASES = [name for name, check in load_catalogue().items() if check.grain == "case"]


@pytest.fixture(scope="module")
def scene(tmp_path_factory):
    """What fails each check of grain case, below each other, and what comes of it as a whole."""
    log = log_of([scenes_of([check], formats=False)[0] for check in OF_CASES])
    return log, log.checked(tmp_path_factory.mktemp("whole") / "log", range(len(log.rows)))


def test_every_check_of_grain_case_fails_and_passes_in_the_log_that_is_split(scene):
    _, whole = scene
    assert len(OF_CASES) > 30
    assert {rule.rpartition("-")[0] for rule, (checked, failed, _) in whole.items() if 0 < failed < checked} == set(OF_CASES)


@pytest.mark.slow
@pytest.mark.parametrize("parts", [2, 3, 7])
def test_the_parts_of_a_log_fail_in_the_rows_in_which_the_whole_fails(scene, tmp_path, parts):
    log, whole = scene
    assert log.together(tmp_path, parts) == {rule: rows for rule, (_, _, rows) in whole.items()}


HEAD = ["case_id", "activity", "timestamp", "end_timestamp", "registered_at", "resource", "Note", "Mødt"]
OTHERS = [
    {"id": "batch", "check": "batch-registration"},
    {"id": "near", "check": "multi-registration", "by": "resource", "within": "1s"},
    {"id": "overlap", "check": "overlap", "by": "resource"},
    {"id": "duration", "check": "duration-outlier", "activity": ["Kursus"]},
    {"id": "untidy", "check": "untidy-label"},
    {"id": "collateral", "check": "collateral-event"},
    {"id": "rare", "check": "infrequent-order", "min_cases": 40},
    {"id": "years", "check": "default-date", "years": 5},
    {"id": "usual", "check": "shared-timestamp", "usual": 0.9},
    {"id": "number", "check": "cpr-number", "columns": ["Mødt"]},
    {"id": "unique", "expect": "expect_column_values_to_be_unique", "args": {"column": "Note"}},
    {"id": "numbered", "check": "zero-duration", "where": {"case_no": {"lt": 4}}},
]
"""Rules of another grain, by their id."""


def crossing():
    """Rows in which what each of these rules looks for lies in cases that are dealt to different halves."""
    for case in range(60):
        name, day, odd = f"s{case:02}", f"2023-03-{1 + case % 27:02}", case % 2
        met = (
            f"3112{60 + case}{9 + case % 9:02}15" if case < 24 else ""
        )  # so many days with a time are no numbers of persons
        yield [
            name,
            "Start",
            f"{day} 08:00",
            f"{day} 08:00",
            f"2023-05-01 09:00:{case:02}",
            "K1" if case < 11 else "",
            f"n{case // 2}",
            met,
        ]
        yield [
            name,
            "Slut" if odd else "slut",
            f"{day} 09:00",
            f"{day} 10:00",
            "",
            "K2" if case in (4, 31) else "",
            "",
            "",
        ]
        yield [name, "Brev", f"{day} 11:00", "", "", "", "", ""]
        yield [name, "Svar", f"{day} {12 if odd else 11}:00", "", "", "", "", ""]
        if 20 <= case < 40:
            yield [name, "Kursus", f"{day} 13:00", f"{day} {20 if case == 30 else 14}:00", "", "", "", ""]
    yield ["s00", "Kladde_kopi", "2023-04-01 08:00:00", "", "", "", "", ""]
    yield ["s00", "Kladde_ny", "2023-04-01 08:00:01", "", "", "", "", ""]
    yield ["s01", "Kladde", "2010-04-01 08:00", "", "", "", "", ""]
    yield ["s03", "Kladde", "2010-04-01 09:00", "", "", "", "", ""]
    yield ["s02", "Brev", "2023-01-01 08:00", "", "", "", "", ""]


def test_a_rule_of_another_grain_finds_other_rows_in_the_halves(tmp_path):
    log = Log(HEAD, list(crossing()), OTHERS)
    whole, halves = log.checked(tmp_path / "whole", range(len(log.rows))), log.together(tmp_path, 2)
    assert {rule for rule, (_, _, rows) in whole.items() if rows != halves[rule]} == {rule["id"] for rule in OTHERS}
