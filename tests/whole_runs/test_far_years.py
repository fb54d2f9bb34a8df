"""Years from 1 to 9999 in any time column: the audit ends, its pages are made, and lag is counted in full."""

from datetime import date

import pytest

from logsyn.reports.render import render
from tests.auditing import audit_files

COLUMNS = ("timestamp", "end_timestamp", "registered_at", "planned_start", "planned_end")
USUAL, FIRST, LAST = "2023-03-01 10:00", "0001-01-01 00:00:00", "9999-12-31 23:59:59"


def audited(folder, times, suite="base"):
    """An audit of events of two cases; ``times``: of each event its time columns in their order."""
    extract = folder / "extract.csv"
    rows = [f"{number % 2};a;{';'.join(of_event)}" for number, of_event in enumerate(times)]
    extract.write_text("\n".join([f"case_id;activity;{';'.join(COLUMNS)}", *rows]) + "\n", encoding="utf-8")
    return audit_files(folder, [extract], suite).audit


@pytest.mark.parametrize("column", COLUMNS)
def test_one_far_year_in_a_column_ends_no_audit(tmp_path, column):
    times = [[far if name == column else USUAL for name in COLUMNS] for far in (USUAL, FIRST, LAST, USUAL)]
    audit = audited(tmp_path, times)
    assert audit.log.events == len(times)
    assert "error" not in {finding.outcome for finding in audit.findings}
    assert all(render(audit, "da").values())


def test_first_and_last_year_side_by_side_end_no_audit_with_the_whole_catalogue(tmp_path):
    audit = audited(tmp_path, [[FIRST, LAST] * 2 + [FIRST], [LAST, FIRST] * 2 + [LAST]] * 10, "strict")
    assert "error" not in {finding.outcome for finding in audit.findings}
    assert all(render(audit, "en").values())


@pytest.mark.parametrize("registered", [date.max, date.min])
def test_lag_of_thousands_of_years_is_counted_to_the_day(tmp_path, registered):
    times = [[USUAL, USUAL, f"{registered.isoformat()} 10:00", USUAL, USUAL]] * 6
    lag = audited(tmp_path, times).registration.lag_overall
    assert lag.median_days == pytest.approx((registered - date(2023, 3, 1)).days, abs=0.1)
