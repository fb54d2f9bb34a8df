"""What is hidden of tables with totals: small cells, and as many more as it takes that no sum tells them."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logsyn.validator.disclosure.cells import Cell, Cells
from logsyn.validator.disclosure.hiding import Sum, hidden_cells
from logsyn.validator.disclosure.size import SMALL, Size

COUNTS = st.lists(st.integers(0, 40), min_size=1, max_size=8)
TABLES = st.lists(st.lists(st.integers(0, 12), min_size=3, max_size=3), min_size=2, max_size=5)


def small_of(counts):
    return [cell for cell, count in counts.items() if 0 < count < SMALL]


def ranges(counts, hidden, sums):
    """By trying: every table of up to 11 in each hidden cell that fits what is told; the numbers that each hidden cell has in one of them."""
    unknown = sorted(hidden, key=str)
    seen = {cell: set() for cell in unknown}
    for numbers in product(range(12), repeat=len(unknown)):
        told = {**counts, **dict(zip(unknown, numbers, strict=True))}
        if all(told[total] == sum(told[part] for part in parts) for total, parts in sums):
            for cell, number in zip(unknown, numbers, strict=True):
                seen[cell].add(number)
    return seen


@given(COUNTS)
def test_of_a_list_with_a_total_no_small_count_is_known(numbers):
    counts = dict(enumerate(numbers)) | {"all": sum(numbers)}
    sums = [Sum("all", tuple(range(len(numbers))))]
    hidden = hidden_cells(counts, small_of({at: count for at, count in counts.items() if at != "all"}), sums, public={"all"})
    missing = [counts[at] for at in range(len(numbers)) if at in hidden]
    assert all(not 0 < counts[at] < SMALL for at in range(len(numbers)) if at not in hidden)
    shown = [at for at in range(len(numbers)) if at not in hidden]
    assert not missing or not shown or (len(missing) > 1 and sum(missing) - len([one for one in missing if one]) >= SMALL - 2)


@given(TABLES)
def test_no_hidden_cell_is_the_difference_of_what_is_shown(table):
    rows, columns = range(len(table)), range(3)
    counts = {(at, to): table[at][to] for at in rows for to in columns}
    counts |= {(at, None): sum(table[at]) for at in rows}
    counts |= {(None, to): sum(line[to] for line in table) for to in columns}
    counts[None, None] = sum(map(sum, table))
    sums = [Sum((at, None), tuple((at, to) for to in columns)) for at in rows]
    sums += [Sum((None, to), tuple((at, to) for at in rows)) for to in columns]
    sums += [Sum((None, None), tuple((at, None) for at in rows)), Sum((None, None), tuple((None, to) for to in columns))]
    hidden = hidden_cells(counts, small_of(counts), sums)
    assert set(small_of(counts)) <= hidden
    for one in sums:
        unseen = [cell for cell in (one.total, *one.parts) if cell in hidden and counts[cell]]
        assert len(unseen) != 1 or counts[unseen[0]] == counts[one.total] == counts[None, None]


@pytest.mark.parametrize(
    ("numbers", "hidden"),
    [
        ([100, 3, 40], {1, 2}),
        ([100, 2, 1, 3], {1, 2, 3}),
        ([100, 2, 1, 1], {1, 2, 3, 0}),
        ([100, 4, 4], {1, 2}),
        ([100, 0, 3], {2, 0}),
        ([3, 0, 0], {0, 1, 2}),
        ([9, 0, 40], set()),
    ],
)  # fmt: skip
def test_what_is_hidden_of_a_list(numbers, hidden):
    counts = dict(enumerate(numbers)) | {"all": sum(numbers)}
    small = [at for at, count in enumerate(numbers) if 0 < count < SMALL]
    assert hidden_cells(counts, small, [Sum("all", tuple(range(len(numbers))))], public={"all"}) == hidden


def test_what_two_sums_together_tell_is_hidden_too():
    """Half of two groups passed and all of the third failed: what is left of the failing ones is a small number."""
    counts = {"f1": 2, "p1": 8, "c1": 10, "f2": 10, "p2": 0, "c2": 10, "f3": 9, "p3": 1, "c3": 10, "F": 21, "P": 9}
    sums = [Sum("F", ("f1", "f2", "f3")), Sum("P", ("p1", "p2", "p3"))]
    sums += [Sum(f"c{at}", (f"f{at}", f"p{at}")) for at in (1, 2, 3)]
    hidden = hidden_cells(counts, ["f1", "p3"], sums, unshown={"p1", "p2", "p3", "P"}, public={"F", "P", "c1", "c2", "c3"})
    seen = ranges(counts, hidden, [(one.total, one.parts) for one in sums])
    assert {1, 2, 3, 4} <= seen["f1"]


def test_a_cell_of_the_same_rows_is_hidden_in_every_table():
    cells = Cells()
    few, many = Size(3, 3, None), Size(60, 60, None)
    for table, size in (("one", few), ("two", many)):
        for at in (1, 2):
            cells.add_group(Cell(table, slice=str(at)), size if at == 1 else many, rows_are=(table, at))
        cells.add_public(Cell(table), (size.rows + 60))
        cells.adds_up(Cell(table), [Cell(table, slice=str(at)) for at in (1, 2)])
    cells.add_group(Cell("three"), few, rows_are=("one", 1))
    cells.add_group(Cell("four"), many, rows_are=("one", 2))
    assert {one.of for one in cells.shown() if one.slice is None} == {"one", "two"}


@pytest.mark.parametrize(
    ("size", "small"),
    [
        (Size(0, 0, 0), False), (Size(4, 4, None), True), (Size(5, 5, None), False), (Size(90, 4, None), True), (Size(90, 90, 4), True),
        (Size(90, 90, 0), False), (Size(90, 90, 5), False),
    ],
)  # fmt: skip
def test_a_group_is_small_by_rows_cases_or_employees(size, small):
    assert size.is_small == small
