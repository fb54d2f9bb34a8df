"""No difference of one to four is told: of a step to the next, of a log to its part, of a remedied log to the one before, of two deliveries."""

import json
import re
from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from logsyn.validator.commands.main import app
from logsyn.validator.disclosure.differences import told_beside, told_totals

DROPS = st.lists(st.integers(0, 8), min_size=1, max_size=3)


@settings(max_examples=80, deadline=None)
@given(DROPS)
def test_what_is_told_of_totals_leaves_a_small_difference_open(drops):
    """By trying: every row of differences of up to 16 that fits what is told."""
    totals = [50]
    for drop in reversed(drops):
        totals.insert(0, totals[0] + drop)
    told = told_totals(totals, [False] * len(drops))
    assert told.totals[-1] == 50
    seen = [set() for _ in drops]
    for tried in product(range(17), repeat=len(drops)):
        sums = [50 + sum(tried[at:]) for at in range(len(drops) + 1)]
        fits = all(one in (None, other) for one, other in zip(told.totals, sums, strict=True))
        if fits and all(one in (None, other) for one, other in zip(told.differences, tried, strict=True)):
            for at, one in enumerate(tried):
                seen[at].add(one)
    assert [drop for drop, may in zip(drops, seen, strict=True) if 0 < drop < 5 and not {1, 2, 3, 4} <= may] == []


def test_of_few_people_a_large_difference_is_hidden_too():
    assert told_totals([100, 60, 50], [True, False]).differences == [None, None]
    assert told_totals([100, 60], [True], few_in_all=True) == ([None, 60], [None])
    assert told_totals([100, 60, 50], [False, False]) == ([100, 60, 50], [40, 10])


@given(st.lists(st.one_of(st.none(), st.integers(0, 12)), min_size=1, max_size=6))
def test_no_two_figures_that_are_told_differ_by_few(counts):
    told = [count for count, may in zip(counts, told_beside(counts), strict=True) if may and count is not None]
    assert told_beside(counts)[-1]
    assert all(abs(one - other) not in range(1, 5) for at, one in enumerate(told) for other in told[:at])


HEAD = "case_id;activity;timestamp;team;resource\n"
SCOPE = "scope: s\nsteps:\n- {drop: rows, where: {team: X}}\n"
REMEDIES = "remedies: r\nsteps:\n- {do: drop-rows, where: {team: X}}\n- {do: replace, columns: [activity], where: {team: Y}}\n"


@pytest.fixture
def extract(tmp_path, monkeypatch):
    """Forty cases of team A with two rows each; three rows of two cases of team X, and thirty of one employee of team Z."""
    monkeypatch.chdir(tmp_path)
    rows = [f"C{at};{label};2023-01-{1 + at % 28:02} 1{day}:00;A;R{at % 7}" for at in range(40) for day, label in enumerate(("Start", "Slut"))]
    rows += [f"C{at % 2};Brev;2023-02-0{at + 1} 10:00;X;R{at}" for at in range(3)]
    rows += [f"C{at};Brev;2023-03-{at % 28 + 1:02} 10:00;Z;R9" for at in range(30)]
    (tmp_path / "log.csv").write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    (tmp_path / "scope.yaml").write_text(SCOPE, encoding="utf-8")
    return tmp_path


def run(*asked):
    done = CliRunner().invoke(app, [*asked, "--as-of", "2023-11-30", "--lang", "en"])
    assert done.exit_code in (0, 1), done.output
    return done.output


def numbers(folder):
    """Every whole number on the pages and in the records of a result that is passed on, but for checksums and SQL."""
    files = [path for path in folder.rglob("*") if path.suffix in (".html", ".json") and "confidential" not in path.parts]
    texts = [re.sub(r"<pre.*?</pre>|<style.*?</style>|[0-9a-f]{32,}|\d[\d-]{6,}\d", "", path.read_text(encoding="utf-8"), flags=re.DOTALL) for path in files]
    return {int(one) for text in texts for one in re.findall(r"(?<![\w.#-])\d+(?![\w.%-])", text)}


def test_a_scope_that_leaves_out_few_rows_tells_neither_them_nor_what_there_was(extract):
    run("audit", "log.csv", "--scope", "scope.yaml", "--out", "r", "--no-consequence")
    audit = json.loads((extract / "r" / "audit.json").read_text(encoding="utf-8"))
    scope, exact = audit["scope"], json.loads((extract / "r" / "confidential" / "accounts.json").read_text(encoding="utf-8"))
    assert (audit["log"]["events"], audit["inputs"][0]["rows_loaded"], scope["rows_loaded"], scope["steps"][0]["rows_before"]) == (110, None, None, None)
    assert (exact["scope"]["rows_loaded"], exact["scope"]["steps"][0]["rows_after"], exact["inputs"][0]["rows_in_file"]) == (113, 110, 113)
    assert 113 not in numbers(extract / "r")
    assert (extract / "r" / "confidential" / "accounts.json").stat().st_mode & 0o77 == 0


def test_a_scope_that_leaves_out_one_employee_does_not_tell_it_either(extract):
    (extract / "scope.yaml").write_text(SCOPE.replace("X", "Z"), encoding="utf-8")
    run("audit", "log.csv", "--scope", "scope.yaml", "--out", "r", "--no-consequence")
    assert 113 not in numbers(extract / "r")


@pytest.mark.usefixtures("extract")
def test_an_export_of_a_part_takes_the_audit_of_it():
    run("audit", "log.csv", "--scope", "scope.yaml", "--out", "r", "--no-consequence")
    asked = ["export", "log.csv", "--to", "csv", "--scope", "scope.yaml", "--audit", "r", "--out", "e", "--source", "generic"]
    done = CliRunner().invoke(app, asked)
    assert (done.exit_code, "110 handed on" in done.output) == (0, True), done.output


def test_a_remedy_that_touches_few_tells_neither_them_nor_what_there_was(extract):
    (extract / "r.yaml").write_text("remedies: r\nsteps:\n- {do: drop-rows, where: {team: X}}\n", encoding="utf-8")
    said = run("remedy", "log.csv", "--remedies", "r.yaml", "--out", "m", "--no-consequence")
    step = json.loads((extract / "m" / "after" / "audit.json").read_text(encoding="utf-8"))["remedied"]["steps"][0]
    assert (step["rows_dropped"], step["cases_touched"], step["rows_changed"]) == (None, None, 0)
    assert 113 not in numbers(extract / "m")
    assert "113 in = 110 out + 3 dropped" in said
    assert not (extract / "m" / "before").exists()
    assert json.loads((extract / "m" / "confidential" / "before" / "audit.json").read_text(encoding="utf-8"))["log"]["events"] == 113


def test_deliveries_that_differ_by_few_are_not_told_beside_each_other(extract):
    run("audit", "log.csv", "--scope", "scope.yaml", "--out", "a", "--no-consequence")
    run("audit", "log.csv", "--out", "b", "--no-consequence")
    assert CliRunner().invoke(app, ["compare", "a", "b", "--out", "c"]).exit_code == 0
    told = json.loads((extract / "c" / "compare.json").read_text(encoding="utf-8"))
    events = [one["events"] for one in told["deliveries"]]
    assert None in events
    assert {110, 113} & set(events)
    figures = [[point["checked"] for point in rule["points"] if point] for rule in told["rules"]]
    assert all(abs(one - other) not in range(1, 5) for checked in figures for one, other in pairwise(checked) if None not in (one, other))
