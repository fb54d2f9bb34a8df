"""The consequence of every finding equals what pandas works out from the definitions on the sample."""

from __future__ import annotations

from datetime import datetime

import pandas as pd
import pytest
from judged_apart import AS_OF, PRACTICE, SAMPLES
from reckoned_apart import (
    arcs,
    chains,
    compared,
    elapsed,
    ends,
    figures,
    merged,
    rework,
    split,
    table,
    tidied,
    variants,
    without,
)

from logsyn.expectations.practice import load_practice
from tests.auditing import audit_files
from tests.quantiles import middle

LEFT_OUT = ["default-date", "future-timestamp", "registered-before-event", "duplicate-event"]
UNKNOWN = ["missing-case-id", "missing-activity", "missing-timestamp", "unparseable-timestamp"]
LABEL = "Samtale (anden)"


@pytest.fixture(scope="module")
def audited(audited_sample):
    return audited_sample[0]


@pytest.fixture(scope="module")
def frame(momentum):
    return table(momentum[0])


@pytest.fixture(scope="module")
def remedied(frame, truth):
    made = {rule: without(frame, truth[rule]) for rule in LEFT_OUT}
    return made | {
        "shared-timestamp": merged(frame, truth["shared-timestamp"]),
        "untidy-label": tidied(frame),
        "overloaded-label": split(frame, LABEL, PRACTICE[LABEL]["meaning"]),
        "far-future-end-date": frame,
    }


def same_figures(found, expected):
    assert found.model_dump() == pytest.approx(expected, rel=1e-6)
    assert found.median_duration_seconds == expected["median_duration_seconds"]


def same_arcs(found, expected):
    common = {(arc.source, arc.target): arc.events for arc in found}
    assert all(times % 10 == 0 and 5 <= expected[pair] <= times <= expected[pair] + 19 for pair, times in common.items())
    assert len(common) == min(8, sum(times >= 5 for times in expected.values()))


@pytest.mark.parametrize(
    "rule", [*LEFT_OUT, "shared-timestamp", "untidy-label", "overloaded-label", "far-future-end-date"]
)
def test_the_process_before_and_after_a_remedy(audited, frame, remedied, rule):
    found = audited.finding(rule).consequence.comparison
    expected = compared(frame, remedied[rule])
    same_figures(found.before, figures(frame))
    same_figures(found.after, figures(remedied[rule]))
    assert (found.cases_changed, found.arcs_gained, found.arcs_lost) == tuple(list(expected.values())[:3])
    same_arcs(found.lost, expected["lost"])
    same_arcs(found.gained, expected["gained"])


@pytest.mark.parametrize("rule", UNKNOWN)
def test_where_nobody_can_tell_what_should_stand_there_each_case_is_in_doubt(audited, frame, truth, rule):
    found = audited.finding(rule).consequence
    rows = frame[frame["line"].isin(truth[rule])]
    cases = rows["case"].nunique() + rows["case"].isna().sum()
    assert (found.as_if, found.comparison) == ("unknown", None)
    assert {one.cases.count for one in found.doubts} == {cases}


@pytest.fixture(scope="module")
def registered(frame):
    """The frame with the time at which each event was registered, or else happened."""
    return frame.assign(known=frame["registered"].where(frame["registered"].notna(), frame["time"]))


def test_the_process_by_registration(audited, registered):
    found = audited.audit.registration.two_clocks
    expected = compared(registered, registered, ("known", "time"))
    same_figures(found.comparison.before, figures(registered, "known"))
    same_figures(found.comparison.after, figures(registered))
    assert (found.comparison.cases_changed, found.comparison.arcs_lost) == (
        expected["cases_changed"],
        expected["arcs_lost"],
    )
    same_arcs(found.comparison.lost, expected["lost"])


def test_cases_whose_rows_come_in_another_order(audited, registered):
    happened, known = chains(registered), chains(registered, "known")
    reordered = sum(list(happened[case]["line"]) != list(known[case]["line"]) for case in happened)
    assert audited.audit.registration.two_clocks.backdating.cases_reordered == reordered > 100


@pytest.mark.parametrize(("time", "figure"), [("time", "median_days_happened"), ("known", "median_days_registered")])
def test_waiting_times_of_teams(audited, registered, time, figure):
    waits = []
    for rows in chains(registered, time).values():
        moments = [elapsed(moment) for moment in rows[time]]
        waits += [
            (team, (now - before) / 86400)
            for team, before, now in zip(rows["team"][1:], moments, moments[1:], strict=False)
        ]
    expected = pd.DataFrame(waits, columns=["team", "days"]).groupby("team")["days"].agg(middle)
    found = {
        row.team: getattr(row, figure)
        for row in audited.audit.registration.two_clocks.backdating.waiting
        if row.team
    }
    assert found == pytest.approx(expected.to_dict(), abs=1e-4)
    assert len(found) == 4


def test_lengths_of_job_goals(audited, frame, truth):
    goals = frame[(frame["activity"] == "Jobmål") & frame["end"].notna()]
    start = goals["start"].where(goals["start"].notna(), goals["time"])
    goals = goals.assign(start=start)[start.notna()]
    days = [(end.date() - start.date()).days for start, end in zip(goals["start"], goals["end"], strict=True)]
    clipped = [
        (min(end.date(), AS_OF) - start.date()).days for start, end in zip(goals["start"], goals["end"], strict=True)
    ]
    failing = goals["line"].isin(truth["far-future-end-date"]).to_numpy()
    found = next(
        one for one in audited.finding("far-future-end-date").consequence.far_ends.lengths if one.activity == "Jobmål"
    )
    kept = pd.Series(days)[~failing]
    assert (found.events, found.failing) == (len(days), failing.sum())
    assert found.mean_days == pytest.approx(pd.Series(days).mean(), abs=1e-3)
    assert found.median_days_clipped == pytest.approx(middle(clipped), abs=1e-3)
    assert (found.median_days_open, found.mean_days_open) == (pytest.approx(middle(kept), abs=1e-3), pytest.approx(kept.mean(), abs=1e-3))


@pytest.mark.parametrize("reading", ["registered", "clipped", "open"])
def test_ends_of_cases(audited, frame, truth, reading):
    expected = ends(frame, set(truth["far-future-end-date"]), reading)
    found = next(
        one for one in audited.finding("far-future-end-date").consequence.far_ends.case_ends if one.reading == reading
    )
    assert found.median_duration_seconds == pytest.approx(middle(expected), abs=1e-3)
    assert found.mean_duration_seconds == pytest.approx(expected.mean(), rel=1e-6)


def test_steps_between_rows_of_one_time(audited, frame):
    found = audited.finding("shared-timestamp").consequence.ties
    tied, all_arcs = {}, arcs(chains(frame))
    for rows in chains(frame).values():
        steps = zip(rows["activity"], rows["activity"][1:], rows["time"], rows["time"][1:], strict=False)
        for one, other, before, now in steps:
            if before == now and one != other:
                tied[one, other] = tied.get((one, other), 0) + 1
    assert (found.steps, found.all_steps) == (sum(tied.values()), all_arcs.total())
    assert found.arcs_only == sum(all_arcs[pair] == times for pair, times in tied.items())
    assert found.both_ways == sum((other, one) in tied for one, other in tied) // 2


def test_rework_that_vanishes_when_a_label_is_split(audited, frame, remedied):
    found = audited.finding("overloaded-label").consequence.split
    first, second = variants(chains(frame)), variants(chains(remedied["overloaded-label"]))
    changed = {case for case in first if first[case] != second[case]}
    assert (found.rework_before, found.rework_after) == (
        rework(frame, changed),
        rework(remedied["overloaded-label"], changed),
    )
    assert sum(part.events for part in found.parts) == sum(one == LABEL for chain in first.values() for one in chain)


def test_every_concerned_question_has_a_sentence_in_both_languages(audited):
    for rule in ("backdated-registration", "far-future-end-date", "duplicate-event"):
        finding = audited.finding(rule)
        assert [one.question for one in finding.consequence.answers] == finding.questions, rule
        assert all(one.text.da != one.text.en for one in finding.consequence.answers)


def test_no_arc_of_fewer_than_five_is_listed(audited):
    listed = [
        arc
        for one in audited.audit.findings
        if (compare := one.consequence.comparison)
        for arc in (*compare.gained, *compare.lost)
    ]
    assert min(arc.events for arc in listed) >= 5


def test_a_later_day_moves_what_is_clipped(tmp_path, audited):
    how = {"profile": None, "practice": load_practice("jobcenter"), "as_of": datetime(2022, 6, 30).date()}
    earlier = audit_files(tmp_path, [SAMPLES / "momentum.csv"], **how)
    clipped = [
        one.finding("far-future-end-date").consequence.far_ends.lengths[0].mean_days_clipped
        for one in (audited, earlier)
    ]
    assert clipped[1] < clipped[0]
