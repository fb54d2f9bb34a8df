"""Two uses of a label told by its surroundings alone, and what has as much information in them and is one thing."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import entropy

from benchmarks.accuracy.overloading import ways_found
from benchmarks.accuracy.second_meanings import SHAPES, log_of, with_second_meaning
from logsyn.validator.derive import second_use
from logsyn.validator.derive.overload import measure_overload
from logsyn.validator.derive.second_use import FEWEST_EVENTS, measure_second_uses
from tests.auditing import audit_files


def steps_of(cases):
    return [(number, step, f"Team {of.team}") for number, of in enumerate(cases) for step in of.steps]


@pytest.mark.parametrize("shape", SHAPES)
def test_a_process_in_which_nothing_is_overloaded_has_no_finding(shape):
    assert [ways_found(steps_of(log_of(seed, shape, 0)), teams=False) for seed in (1, 2)] == [{}, {}]


@pytest.mark.parametrize("share", [0.25, 0.5])
def test_a_second_meaning_is_found_without_teams(share):
    made = [with_second_meaning(log_of(2, shape, 0), 2, share, by_team=False) for shape in SHAPES]
    found = [ways_found(steps_of(one.cases), teams=False) for one in made]
    assert [set(ways) - {one.label} for ways, one in zip(found, made, strict=True)] == [set()] * len(SHAPES)
    assert sum(one.label in ways for ways, one in zip(found, made, strict=True)) >= 0.9 * len(SHAPES) - 1


@pytest.mark.parametrize("teams", [2, 5])
def test_a_second_meaning_is_found_whether_all_teams_have_it_or_some(teams):
    ways = {}
    for by_team in (False, True):
        made = with_second_meaning(log_of(1, "line", teams), 1, 0.25, by_team=by_team)
        found = ways_found(steps_of(made.cases))
        assert set(found) == {made.label}
        ways[by_team] = found[made.label]
    assert ways[False] == "surroundings"  # teams that all do the same explain nothing


def surroundings(*rows, label="X"):
    """Other labels with one neighbour on each side, and rows of previous, next and events of one."""
    others = [(name, f"{name} before", f"{name} behind", 100) for name in "abcdefgh"]
    frame = pd.DataFrame(
        [*others, *((label, *row) for row in rows)], columns=["activity", "previous", "next", "events"]
    )
    return frame.sort_values(list(frame.columns), ignore_index=True)


def measured(*rows, label="X"):
    return {one.activity: one for one in measure_second_uses(surroundings(*rows, label=label))}.get(label)


@pytest.mark.parametrize("share", [0.1, 0.25, 0.5])
def test_what_two_uses_tell_is_their_entropy(share):
    second = round(1000 * share)
    one = measured(("p", "q", 1000 - second), ("r", "s", second))
    assert one.bits == pytest.approx(entropy([share, 1 - share], base=2))
    assert one.share == pytest.approx(share)
    assert one.stands_out
    assert one.p_value < 1e-6
    assert {frozenset(one.rarer), frozenset(one.commoner)} == {frozenset("pq"), frozenset("rs")}


BESIDE = [("p", "a", 300), ("a", "b", 300), ("b", "q", 300)]
ANYWHERE = [(f"s{at}", f"s{at + 1}", 60) for at in range(15)]
INDEPENDENT = [(before, behind, 200) for before in "pq" for behind in "rs"]
SWAPPED = [("p", "q", 300), ("q", "r", 300)]
TO_ANYTHING = [("p", "q", 300), *((f"s{before}", f"t{behind}", 4) for before in range(9) for behind in range(9))]


@pytest.mark.parametrize(
    "rows", [BESIDE, ANYWHERE, INDEPENDENT, SWAPPED, TO_ANYTHING, [("p", "q", 900)], [("p", "q", 9), ("r", "s", 9)]]
)
def test_one_thing_in_several_places_does_not_stand_out(rows):
    one = measured(*rows)
    assert one is None or not one.stands_out or one.p_value >= 0.01


@pytest.mark.parametrize("events", [FEWEST_EVENTS - 1, FEWEST_EVENTS])
def test_few_events_are_not_measured(events):
    assert (measured(("p", "q", events)) is None) == (events < FEWEST_EVENTS)


def test_a_label_that_mostly_stands_beside_itself_is_not_measured():
    two = [("p", "q", 30), ("r", "s", 30)]
    assert measured(*two, ("X", "X", 100)).stands_out
    assert measured(*two, ("X", "X", 130)) is None


def test_of_labels_without_end_the_commonest_are_measured(monkeypatch):
    rng = np.random.default_rng(3)
    names = np.array([f"note {number}" for number in range(3000)])
    frame = pd.DataFrame(
        {
            "activity": rng.choice(names[:300], 12_000),
            "previous": rng.choice(names, 12_000),
            "next": rng.choice(names, 12_000),
        }
    )
    counted = frame.groupby(["activity", "previous", "next"]).size().rename("events").reset_index()
    monkeypatch.setattr(second_use, "MOST_LABELS", 250)
    found = measure_second_uses(counted)
    assert len(found) == 250
    assert not any(one.stands_out and one.p_value < 0.01 for one in found)


def of_two_teams(label, *counts):
    return [
        (label, team, f"{label} {at}", f"{label} {at + 10}", count)
        for team, of_team in zip("XY", counts, strict=True)
        for at, count in enumerate(of_team)
        if count
    ]


def test_what_two_teams_use_for_something_else_altogether_stands_out_where_they_differ_anyway():
    rows = [row for name in "abcdefg" for row in of_two_teams(name, [60, 25, 15, 0], [15, 25, 60, 0])]
    columns = ["activity", "team", "previous", "next", "events"]
    contexts = pd.DataFrame([*rows, *of_two_teams("z", [50, 50, 0, 0], [0, 0, 50, 50])], columns=columns)
    found = measure_overload(contexts.sort_values(columns), [])
    assert 0.1 < found[-1].yardstick_bits < 1 / 3  # ten times it is more than the one bit that there can be
    assert [one.activity for one in found if one.stands_out and one.p_value < 0.01] == ["z"]
    assert all(0 <= one.p_value <= 1 for one in found)


def test_a_small_team_of_a_common_label_may_be_missing_in_the_sample():
    rows = [
        ("a", "X", "p", "q", 500_000),
        ("a", "Y", "p", "q", 500_000),
        *(("a", f"Z{at}", "p", "q", 10) for at in range(3)),
    ]
    contexts = pd.DataFrame(rows, columns=["activity", "team", "previous", "next", "events"])
    with np.errstate(all="raise"):
        (one,) = measure_overload(contexts, [])
    assert one.excess_bits == pytest.approx(0)
    assert one.p_value == 1


def audited_log(folder, cases, day):
    rows = [
        f"S{number};{step};2023-03-{day(at):02} 10:00"
        for number, of in enumerate(cases)
        for at, step in enumerate(of.steps)
    ]
    (folder / "extract.csv").write_text("\n".join(["case_id;activity;timestamp", *rows]) + "\n", encoding="utf-8")
    (folder / "suite.yaml").write_text("suite: s\nrules:\n  - check: overloaded-label\n")
    return audit_files(folder, [folder / "extract.csv"], str(folder / "suite.yaml"))


def test_a_log_without_teams_is_audited_and_its_evidence_says_by_what(tmp_path):
    made = with_second_meaning(log_of(2, "line", 0), 2, 0.25, by_team=False)
    audited = audited_log(tmp_path, made.cases, lambda at: at + 1)
    (label,) = audited.audit.registration.overloaded
    assert (label.activity, label.way, label.teams) == (made.label, "surroundings", [])
    assert label.use_share == pytest.approx(0.25, abs=0.01)
    (shown,) = audited.told["overloaded-label"]
    assert [one.activity for one in audited.finding("overloaded-label").evidence] == [made.label]
    assert shown["overload_way"] == "surroundings"
    assert shown.get("overload_team") is None


def test_events_at_one_time_say_nothing(tmp_path):
    made = with_second_meaning(log_of(2, "line", 0), 2, 0.25, by_team=False)
    audited = audited_log(tmp_path, made.cases, lambda _at: 1)
    assert audited.finding("overloaded-label").outcome == "nothing_checked"


@pytest.mark.parametrize(
    ("more", "second"), [(0, [False] * 4), (1, [True, True, False, False]), (-1, [False, False, True, True])]
)
def test_a_neighbour_goes_to_the_group_with_which_it_has_more_and_to_the_commoner_one_of_equals(more, second):
    table = np.zeros((4, 4), dtype=np.int64)  # 0 and 1 are one group, 2 and 3 the other; the pairs within have 2 + more events, those between 2
    for one, other, events in ((0, 1, 2 + more), (2, 3, 2 + more), (0, 2, 2), (1, 3, 2)):
        table[one, other] = events
    assert second_use._moved(table, np.array([True, True, False, False])).tolist() == second  # noqa: SLF001


def planted(seed, neighbours=60, noise=50):
    """Neighbour before x neighbour behind of a label of two uses, each with neighbours of very different sizes, and some events between the two."""
    rng = np.random.default_rng(seed)
    second = np.arange(neighbours) < rng.integers(2, neighbours - 1)
    table = rng.multinomial(noise, np.full(neighbours**2, 1 / neighbours**2)).reshape(neighbours, neighbours)
    for use in (second, ~second):
        weights = np.outer(*rng.pareto(1, (2, use.sum())) + 0.1)
        table[np.ix_(use, use)] += rng.multinomial(rng.integers(100, 400), (weights / weights.sum()).ravel()).reshape(weights.shape)
    return table, second


@pytest.mark.parametrize(("neighbours", "noise"), [(10, 0), (10, 30), (60, 20), (60, 100)])
def test_the_two_uses_that_are_found_tell_as_much_as_those_that_were_put_in(neighbours, noise):
    for seed in range(10):
        table, second = planted(seed, neighbours, noise)
        sides = [[table[np.ix_(a, b)].sum() for b in (second, ~second)] for a in (second, ~second)]
        put_in = mutual_info_of(sides)
        cut = second_use._best_cut(table)  # noqa: SLF001
        assert cut.bits >= put_in - 1e-9
        told = [[table[np.ix_(a, b)].sum() for b in (cut.second, ~cut.second)] for a in (cut.second, ~cut.second)]
        assert cut.bits == pytest.approx(mutual_info_of(told))
        assert cut.share == pytest.approx(told[0][0] / (told[0][0] + told[1][1]))


def mutual_info_of(counts):
    """In bits, by its definition: the entropies of the sides less that of both together."""
    counts = np.array(counts)
    return entropy(counts.sum(0), base=2) + entropy(counts.sum(1), base=2) - entropy(counts.ravel(), base=2)
