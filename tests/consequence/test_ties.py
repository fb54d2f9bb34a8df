"""Steps between rows of one time: counted in a few cases by hand, and no small number of them is told."""

import duckdb
import pytest

from logsyn.validator.consequence.ties import ties


def tied(steps):
    """The process of cases of two rows at one time each: (first label, second label) → cases."""
    con = duckdb.connect()
    cases = [(a, b) for (a, b), times in steps.items() for _ in range(times)]
    rows = [(2 * case + at, case, code) for case, pair in enumerate(cases) for at, code in enumerate(pair)]
    con.execute(
        "CREATE TABLE event_facts AS SELECT 1 AS row_id, 1 AS case_no, 1 AS pair_no, DATE '2023-01-02' AS timestamp, true AS is_tied LIMIT 0"
    )
    con.executemany("INSERT INTO event_facts VALUES (?, ?, ?, DATE '2023-01-02', true)", rows)
    con.execute("CREATE TABLE process_codes AS SELECT DISTINCT pair_no, pair_no AS code FROM event_facts")
    con.execute("CREATE TABLE process_labels AS SELECT code, chr(64 + code) AS label FROM process_codes")
    con.execute("CREATE TABLE process_arcs (source INTEGER, target INTEGER, events BIGINT)")
    con.executemany("INSERT INTO process_arcs VALUES (?, ?, ?)", [(*pair, times) for pair, times in steps.items()])
    return ties(con, "SELECT row_id FROM event_facts")


@pytest.mark.parametrize(("backwards", "told"), [(0, 0), (1, None), (4, None), (5, 5), (9, 9)])
def test_a_small_number_of_steps_backwards_is_hidden(backwards, told):
    steps = {(1, 2): 10} | ({(2, 1): backwards} if backwards else {})
    found = tied(steps)
    assert [(pair.source, pair.target, pair.events, pair.reversed) for pair in found.pairs] == [("A", "B", 10, told)]
    assert (found.steps, found.all_steps, found.arcs) == (10 + backwards, 10 + backwards, len(steps))


@pytest.mark.parametrize(("events", "pairs"), [(4, []), (5, [("A", "B")])])
def test_a_pair_with_a_small_number_of_steps_is_not_told(events, pairs):
    found = tied({(1, 2): events, (3, 3): 8})
    assert [(pair.source, pair.target) for pair in found.pairs] == pairs
    assert found.steps == events


def test_the_most_frequent_pairs_are_told_each_once_in_its_usual_direction():
    found = tied({(1, 2): 6, (2, 1): 6, (4, 3): 7, (3, 4): 5, **{(5, 6 + n): 20 + n for n in range(7)}})
    assert [(pair.source, pair.events) for pair in found.pairs] == [*[("E", 26 - n) for n in range(7)], ("D", 7)]
    assert (found.both_ways, found.arcs) == (2, 11)


@pytest.mark.parametrize(
    "pairs", [[(1, 2), (2, 3), (3, 1)], [(1, 2), (2, 1)], [(2, 1), (2, 3), (3, 2)], [(1, 2), (2, 1), (1, 3), (3, 1), (3, 4)], [(1, 2)]]
)  # fmt: skip
def test_pairs_that_go_both_ways_are_counted_once(pairs):
    assert tied(dict.fromkeys(pairs, 5)).both_ways == len({frozenset(pair) for pair in pairs if pair[::-1] in pairs})


def test_where_only_events_of_one_label_share_a_time_no_step_is_a_coincidence():
    found = tied({(1, 1): 8})
    assert (found.steps, found.all_steps, found.arcs, found.arcs_only, found.both_ways, found.pairs) == (0, 8, 0, 0, 0, [])
