"""What is hidden of a table is told by its total all together, so that must be no small group either: counted from the extract, row by row."""

import csv

import pytest

from logsyn.validator.disclosure.cells import Cell, Cells
from logsyn.validator.disclosure.gathered import Gathered
from tests.auditing import audit_files
from tests.disclosure.small_teams import small_teams

SUITE = "suite: s\nextends: [base]\nrules:\n- {id: letters, check: allowed-values, column: activity, values: [Andet]}\n"


def one_month(staff):
    """Teams of so many employees, forty rows each of as many cases, every second a letter; all on one day."""
    rows = [
        f"C{team}-{at};{'Brev' if at % 2 else 'Andet'};2023-03-11 1{at % 9}:00;Team {team};R{team}-{at // 2 % people}"
        for team, people in enumerate(staff)
        for at in range(40 + 2 * team)
    ]
    return "\n".join(["case_id;activity;timestamp;team;resource", *rows]) + "\n"


def apart(finding, rows):
    """Of the failing rows by team, those whose team is not shown with its figures, and all."""
    shown = {group.key for group in finding.breakdowns.team if not group.hidden and group.groups is None}
    return [row for row in rows if (row["team"] or None) not in shown], rows


LOGS = {"two of one": one_month([8, 1, 1, 9]), "three of two": one_month([7, 2, 2, 9, 2]), "four of one": one_month([1, 1, 1, 1, 9, 8])}
LOGS |= {f"drawn {seed}": small_teams(seed) for seed in (3, 5, 12)}


@pytest.mark.parametrize("which", LOGS)
def test_teams_that_are_hidden_are_five_employees_and_cases_together(tmp_path, which):
    (tmp_path / "extract.csv").write_text(LOGS[which], encoding="utf-8")
    (tmp_path / "suite.yaml").write_text(SUITE, encoding="utf-8")
    audited = audit_files(tmp_path, [tmp_path / "extract.csv"], str(tmp_path / "suite.yaml"), consequence=False)
    records = list(csv.DictReader(LOGS[which].splitlines(), delimiter=";"))
    looked = 0
    for finding in audited.audit.findings:
        hidden, rows = apart(finding, [records[row_id - 1] for row_id in audited.failing.get(finding.rule, [])])
        if finding.breakdowns.team and len(hidden) < len(rows) and hidden:
            looked += 1
            people, cases = {row["resource"] for row in hidden} - {""}, {row["case_id"] or id(row) for row in hidden}
            assert len(people) not in range(1, 5), (finding.rule, people)
            assert len(cases) not in range(1, 5), (finding.rule, cases)
    assert looked or which.startswith("drawn")


@pytest.mark.parametrize(("bits", "hidden"), [([1, 2, 255, 255], 3), ([1, 6, 24, 255], 3), ([1, 1, 1, 255], 4), ([255, 255, 255, 255], 0)])
def test_so_many_are_hidden_that_they_are_five_together(bits, hidden):
    """``bits``: the employees of four groups of 40 rows and 40 cases each."""
    cells, many = Cells(), (1 << 40) - 1
    for at, people in enumerate(bits):
        cells.add_gathered(Cell("team", slice=str(at)), Gathered(40 + at, at, (many, many), 0, (people, people)))
    cells.add_public(Cell("all"), 40 * len(bits) + sum(range(len(bits))))
    cells.adds_up(Cell("all"), [Cell("team", slice=str(at)) for at in range(len(bits))])
    assert sum(Cell("team", slice=str(at)) not in cells.shown() for at in range(len(bits))) == hidden
