"""Successive deliveries side by side: what is new, gone, better, worse; never across a change of registering."""

import shutil
from functools import cache
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from scipy.stats import chi2_contingency
from typer.testing import CliRunner

from logsyn.reports.render import render_succession
from logsyn.validator.commands.main import app
from logsyn.validator.comparing.change import change_of
from logsyn.validator.comparing.compare import compare
from logsyn.validator.comparing.fingerprint import fingerprint
from logsyn.validator.errors import AuditError
from logsyn.validator.record import Point, ScopeAccount, load, written
from tests.auditing import audit_files

HEAD = "case_id;activity;timestamp;registered_at;team"


def report_in(folder, late, *, clock=True):
    """The report of 200 registrations of which so many are ten days late."""
    at = "08:00" if clock else ""
    rows = [f"{n};Møde;2023-01-02 08:00;2023-01-{12 if n < late else 2} {at};{'AB'[n % 2]}" for n in range(200)]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "extract.csv").write_text("\n".join([HEAD, *rows]) + "\n", encoding="utf-8")
    audit_files(folder, [folder / "extract.csv"])
    return folder / "out"


@pytest.fixture(scope="module")
def reported(tmp_path_factory):
    """Such a report, each audited once."""
    return cache(lambda late, *, clock: report_in(tmp_path_factory.mktemp("reported"), late, clock=clock))


@pytest.fixture
def delivered(tmp_path, reported):
    """A report folder of the test's own."""
    return lambda name, late, *, clock=True: shutil.copytree(reported(late, clock=clock), tmp_path / name / "out")


def change(comparison, rule):
    return next(trend.change for trend in comparison.rules if trend.rule == rule)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [(0, 20, "new"), (20, 0, "gone"), (20, 90, "worse"), (90, 20, "better"), (90, 91, "same")],
)
def test_a_rule_that_changes_is_told(delivered, before, after, expected):
    folders = [delivered("first", before), delivered("second", after)]
    comparison = compare(folders)
    assert change(comparison, "backdated-registration") == expected
    trend = next(trend for trend in comparison.rules if trend.rule == "backdated-registration")
    first = (None, None, True) if abs(after - before) == 1 else (before, 200, False)
    assert [(point.failed, point.checked, point.near) for point in trend.points] == [first, (after, 200, False)]
    if expected in ("new", "worse"):
        assert {team.team: team.change for team in trend.teams} == {"A": expected, "B": expected}


@pytest.mark.parametrize(
    "counts", [(10, 200, 12, 200), (10, 200, 40, 200), (3, 1000, 14, 1000), (3, 1000, 15, 1000), (500, 900, 440, 900)]
)
def test_changed_means_what_an_independent_test_says(counts):
    failed, checked, failed_after, checked_after = counts
    p_value = chi2_contingency(
        [[failed, checked - failed], [failed_after, checked_after - failed_after]], correction=False
    ).pvalue
    points = (
        Point(outcome="failed", checked=checked, failed=failed),
        Point(outcome="failed", checked=checked_after, failed=failed_after),
    )
    assert (change_of(*points, counted=False) != "same") == (p_value < 0.01)


@pytest.mark.parametrize("outcome", ["not_evaluated", "error"])
def test_what_was_not_judged_is_never_better(outcome):
    judged, not_judged = Point(outcome="failed", checked=10, failed=5), Point(outcome=outcome)
    assert change_of(judged, not_judged, counted=False) == "not_comparable"
    assert change_of(not_judged, judged, counted=False) == "not_comparable"


@pytest.mark.parametrize("failed", [11, 2**63 - 1])
def test_more_failures_than_rows_of_a_record_by_somebody_else_are_all_of_them(failed):
    before, after = Point(outcome="failed", checked=1000, failed=5), Point(outcome="failed", checked=10, failed=failed)
    assert (change_of(before, after, counted=False), change_of(after, before, counted=False)) == ("worse", "better")


def test_another_way_of_registering_is_not_compared_and_not_drawn(delivered):
    comparison = compare([delivered("first", 90), delivered("second", 10, clock=False)])
    assert change(comparison, "backdated-registration") == "not_comparable"
    assert comparison.regime_months == ["2023-01"]
    page = BeautifulSoup(render_succession(comparison, "da"), "html.parser")
    row = next(row for row in page.find_all("tr") if row.code and row.code.text == "backdated-registration")
    assert row.svg is None
    assert "har ændret sig (januar 2023)" in page.get_text()


def test_a_rule_with_another_limit_is_another_rule(tmp_path):
    audits = {}
    for days in (1, 3):
        folder = tmp_path / str(days)
        folder.mkdir()
        suite = folder / "suite.yaml"
        suite.write_text(
            f"suite: s\nrules:\n  - {{check: backdated-registration, max_days: {days}}}\n", encoding="utf-8"
        )
        extract = folder / "extract.csv"
        extract.write_text(f"{HEAD}\n1;Møde;2023-01-02 08:00;2023-01-04 08:00;A\n", encoding="utf-8")
        audits[days] = audit_files(folder, [extract], str(suite)).audit
    assert fingerprint(audits[1].findings[0]) != fingerprint(audits[3].findings[0])
    assert {trend.change for trend in compare([tmp_path / "1" / "out", tmp_path / "3" / "out"]).rules} == {
        "not_comparable"
    }


def test_another_part_of_the_log_is_not_compared(delivered):
    first, second = delivered("first", 20), delivered("second", 90)
    audit = load(second)
    part = ScopeAccount(scope="s", rows_loaded=200, rows_in_scope=200, cases_loaded=200, cases_in_scope=200, steps=[])
    narrowed = audit.model_copy(update={"scope": part})
    (second / "audit.json").write_text(written(narrowed), encoding="utf-8")
    assert {trend.change for trend in compare([first, second]).rules} == {"not_comparable"}
    assert "worse" in {trend.change for trend in compare([first, delivered("third", 90)]).rules}


def test_the_order_is_that_of_the_days_and_the_bytes_are_the_same(delivered):
    folders = [delivered("first", 20), delivered("second", 90)]
    assert compare(folders) == compare(folders)
    assert render_succession(compare(folders), "en") == render_succession(compare(folders), "en")


@pytest.mark.parametrize("broken", ["{}", "not json", '{"schema": "logsyn/audit/1"}'])
def test_what_is_no_audit_is_told_and_leaves_nothing(tmp_path, delivered, broken):
    first = delivered("first", 20)
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "audit.json").write_text(broken, encoding="utf-8")
    done = CliRunner().invoke(app, ["compare", str(first), str(tmp_path / "bad"), "--out", str(tmp_path / "out")])
    assert done.exit_code == 3
    assert "is no audit of this version" in done.output
    assert not (tmp_path / "out").exists()


def test_one_audit_is_no_comparison(tmp_path):
    with pytest.raises(AuditError, match="at least two"):
        compare([Path(tmp_path)])


def test_the_command_writes_a_page_and_a_record(tmp_path, delivered):
    folders = [str(delivered("first", 20)), str(delivered("second", 90))]
    done = CliRunner().invoke(app, ["compare", *folders, "--out", str(tmp_path / "out")])
    assert done.exit_code == 0
    assert "worse           warning   backdated-registration" in done.output
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        ".logsyn-files.json",
        "compare.html",
        "compare.json",
    ]


@pytest.mark.parametrize("lang", ["da", "en"])
def test_the_page_is_in_the_language_that_was_asked_for(tmp_path, delivered, lang):
    folders = [str(delivered("first", 20)), str(delivered("second", 90))]
    assert CliRunner().invoke(app, ["compare", *folders, "--lang", lang, "--out", str(tmp_path / "out")]).exit_code == 0
    assert f'<html lang="{lang}"' in (tmp_path / "out" / "compare.html").read_text(encoding="utf-8")


def test_two_deliveries_that_are_alike_without_a_clock_are_compared(delivered):
    folders = [delivered("first", 20, clock=False), delivered("second", 90, clock=False)]
    assert change(compare(folders), "backdated-registration") == "worse"


@pytest.mark.parametrize("clock", [True, False])
def test_the_page_sums_up_its_rules_and_says_why_where_nothing_is_compared(delivered, clock):
    comparison = compare([delivered("first", 20), delivered("second", 90, clock=clock)])
    page = BeautifulSoup(render_succession(comparison, "en"), "html.parser")
    told = page.get_text(" ", strip=True)
    same = sum(trend.change == "same" for trend in comparison.rules)
    assert f"{same} rules" in told
    tables = [table.tbody.find_all("tr") for table in page.find_all("table") if table.tbody]
    rows = next(rows for rows in tables if len(rows) == len(comparison.rules) and rows[0].find("code"))
    notes = [row.td.select_one(".note") for row in rows]
    assert [note and note.get_text() for note in notes] == [trend.why and trend.why.en for trend in comparison.rules]
    assert any("written" in str(trend.why) or "registered has changed" in str(trend.why) for trend in comparison.rules) != clock
