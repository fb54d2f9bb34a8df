"""The full log has the size of the one in the evaluation; benchmark extracts have the size that is asked for."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date

import pytest
from judged_apart import AS_OF_NOON, PRACTICE, read, read_truth

from sample_logs.generator.bulk import write_bulk
from sample_logs.generator.event import COLUMNS
from sample_logs.generator.logs import write_momentum

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def full(tmp_path_factory):
    folder = tmp_path_factory.mktemp("full")
    write_momentum(folder, cases=5900, seed=7)
    return read(folder / "momentum.csv")[0], read_truth(folder / "momentum.truth.csv")


def test_it_has_the_cases_events_and_activities_of_the_evaluation(full):
    rows, _ = full
    assert len({row.text("SagsID") for row in rows} - {None}) == 5900
    assert 95_000 < len(rows) < 97_500
    assert {row.text("Aktivitet") for row in rows} & set(PRACTICE) == set(PRACTICE)
    assert len(PRACTICE) == 54
    assert len({row.text("Team") for row in rows} - {None}) == 4


def test_it_has_about_as_many_variants(full):
    steps = defaultdict(list)
    for row in full[0]:
        steps[row.cells["SagsID"]].append(
            (row.moment("Starttidspunkt") or AS_OF_NOON, row.line, row.cells["Aktivitet"])
        )
    variants = {tuple(activity for *_, activity in sorted(events)) for events in steps.values()}
    assert 4500 < len(variants) < 5100


def test_its_events_lie_in_the_observed_period(full):
    rows, truth = full
    wrong = set(truth["default-date"] + truth["future-timestamp"])
    held = [row for row in rows if row.line not in wrong and row.cells["Aktivitet"] != "Planlagt samtale"]
    days = sorted(row.day("Starttidspunkt") for row in held if row.day("Starttidspunkt"))
    assert date(2022, 1, 1) <= days[0] < date(2022, 1, 7)
    assert days[-4] == date(2023, 11, 8)
    assert set(days[-3:]) == {date(2023, 11, 30)}


def test_a_benchmark_extract_has_the_events_that_were_asked_for(tmp_path):
    write_bulk(tmp_path / "many.csv", events=10_000, seed=7, base_cases=100)
    with (tmp_path / "many.csv").open(encoding="utf-8", newline="") as stream:
        header, *rows = csv.reader(stream, delimiter=";")
    assert header == list(COLUMNS)
    assert len(rows) == 10_000
    assert {len(cells) for cells in rows} == {13}
    assert len({cells[0] for cells in rows}) > 500
