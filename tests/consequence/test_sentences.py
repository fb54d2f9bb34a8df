"""What the sentences of a finding say: of one thing in the singular, of a remedy only where there is one, of teams only where all were looked at."""

import pytest

from logsyn.validator.consequence.answers import answers
from logsyn.validator.consequence.lost import lost_rows
from logsyn.validator.record import (
    Acceptance,
    AcceptedPart,
    CasesInDoubt,
    Comparison,
    Consequence,
    OutOf,
    ProcessFigures,
    SplitLabel,
    Ties,
)
from tests.consequence.test_consequence import finding, group


def said(question, known, check="missing-case-id", **how):
    """The Danish and the English sentence on one question, without its measure."""
    one = finding(check).model_copy(update={"questions": [question], **how})
    told = answers(one, known)
    return (told[0].text.da, told[0].text.en) if told else ("", "")


def process(variants=2, arcs=5, events=10):
    return ProcessFigures(events=events, cases=4, variants=variants, arcs=arcs, self_loops=0, median_duration_seconds=60, mean_duration_seconds=60)


def compared(before, after, arcs_lost=0, arcs_gained=0):
    return Consequence(as_if="mended", comparison=Comparison(before=before, after=after, cases_changed=1, arcs_lost=arcs_lost, arcs_gained=arcs_gained))


ALL_TEAMS = {"team": [group("A", 6_000, 60), group("B", 4_000, 40)]}
ONE_HIDDEN = {"team": [group("A", 9_000, 90), group("B", None, None, hidden=True)]}
SOME_WITHOUT = {"team": [group("A", 5_000, 50), group("B", 4_000, 40), group(None, 1_000, 10)]}
NOT_ALL_LISTED = {"team": [group("A", 5_000, 50), group("B", 4_000, 40)]}
ONE_TEAM = {"team": [group("A", 10_000, 100)]}


@pytest.mark.parametrize(
    ("parts", "how", "looked_at"),
    [
        (ALL_TEAMS, {}, True),
        ({}, {}, False),  # no column of teams
        (ONE_HIDDEN, {}, False),
        (SOME_WITHOUT, {}, False),
        (NOT_ALL_LISTED, {}, False),
        (ONE_TEAM, {}, False),
        (ALL_TEAMS, {"params": {"column": "team"}}, False),  # the team is what is missing
        ({"team": [group("A", 60, 60), group("B", 40, 40)]}, {"checked": 100}, False),  # there is no rest
    ],
)
def test_lost_rows_are_said_to_be_spread_over_the_teams_only_where_all_were_looked_at(parts, how, looked_at):
    one = finding("missing-value", **parts).model_copy(update=how)
    da, en = said("workload", Consequence(as_if="mended", lost=lost_rows(one)), "missing-value", breakdowns=one.breakdowns, **how)
    assert ("team" in da, "team" in en) == (looked_at, looked_at)
    assert "100 registrations" in en


@pytest.mark.parametrize(
    ("question", "known", "da", "en"),
    [
        ("order", compared(process(), process(), 1, 0), "1 pil forsvinder fra proceskortet, og 0 kommer til.", "The process map loses 1 arc and gains 0."),
        ("order", compared(process(), process(), 2, 1), "2 pile forsvinder fra proceskortet, og 1 kommer til.", "The process map loses 2 arcs and gains 1."),
        ("occurrence", compared(process(1), process(2)), "1 forløb bliver til 2.", "1 course becomes 2."),
        ("occurrence", compared(process(3), process(1)), "3 forskellige forløb bliver til 1.", "3 different courses become 1."),
        ("workload", Consequence(as_if="left_out", rows_dropped=1), "Uden rækkerne er der 1 registrering (<0,1\u202f%) færre.", "Without the rows there is 1 registration (<0.1%) fewer to count."),
        ("workload", Consequence(as_if="mended", rows_dropped=20), "Efter afhjælpning er der 20 registreringer (0,2\u202f%) færre.", "When remedied there are 20 registrations (0.2%) fewer to count."),
        ("order", Consequence(ties=Ties(steps=1, all_steps=4, arcs=1, arcs_only=1, both_ways=0)), "1 af 4 overgange i proceskortet (25\u202f%) har en tilfældig retning, fordi tidspunkterne er ens; 1 pil findes kun på grund af dem.", "1 of 4 steps of the process map (25%) has a direction that is due to the sorting only; 1 arc exists only because of them."),
        ("order", Consequence(ties=Ties(steps=2, all_steps=4, arcs=2, arcs_only=2, both_ways=0)), "2 af 4 overgange i proceskortet (50\u202f%) har en tilfældig retning, fordi tidspunkterne er ens; 2 pile findes kun på grund af dem.", "2 of 4 steps of the process map (50%) have a direction that is due to the sorting only; 2 arcs exist only because of them."),
        ("occurrence", Consequence(split=SplitLabel(by="team", parts=[], self_loops_before=1, self_loops_after=0, rework_before=3, rework_after=2)), "Deles navnet op i 0, forsvinder 1 tilsyneladende gentagelse og 1 sløjfe fra et trin til sig selv.", "Split into 0, 1 apparent repetition and 1 loop from a step to itself vanish."),
    ],
)  # fmt: skip
def test_one_thing_is_told_in_the_singular_and_several_in_the_plural(question, known, da, en):
    assert said(question, known) == (da, en)


def doubtful(as_if="mended"):
    return Consequence(as_if=as_if, doubts=[CasesInDoubt(question="deadlines", cases=OutOf(count=3, of=100))])


@pytest.mark.parametrize(("check", "by_registration"), [("registered-before-event", True), ("far-future-end-date", False), ("allowed-values", False)])
def test_a_deadline_depends_on_the_registration_only_where_that_is_what_is_wrong(check, by_registration):
    da, en = said("deadlines", doubtful(), check)
    assert ("registreringen" in da, "registration" in en) == (by_registration, by_registration)


@pytest.mark.parametrize(("remaining", "told"), [(40, "40 registrations (0.4%) come later"), (1, "1 registration (<0.1%) comes later"), (None, "")])
def test_late_registrations_that_are_accepted_are_not_told_as_late(remaining, told):
    part = AcceptedPart(reason="r", owner="o", expires="2030-01-01", expired=False, failed=None)
    accepted = Acceptance(parts=[part], accepted=None, remaining=remaining, counts=True, hidden=remaining is None)
    _, en = said("deadlines", doubtful("moved"), "backdated-registration", acceptance=accepted)
    assert told in en
    assert ("come" in en) == bool(told)


UNEVEN = {"team": [group("A", 5_000, 80), group("B", 5_000, 20)]}


@pytest.mark.parametrize(
    ("failed", "da", "en"),
    [
        (100, "100 registreringer (1\u202f%) tælles ikke med; A har 80\u202f% af dem, men 49,7\u202f% af resten.", "100 registrations (1%) drop out of the count; A has 80% of them but 49.7% of the rest."),
        (1, "1 registrering (<0,1\u202f%) tælles ikke med; A har 80\u202f% af dem, men 49,7\u202f% af resten.", "1 registration (<0.1%) drops out of the count; A has 80% of them but 49.7% of the rest."),
    ],
)  # fmt: skip
def test_a_team_that_loses_more_than_others_is_named_with_both_shares(failed, da, en):
    lost = lost_rows(finding(**UNEVEN)).model_copy(update={"lost": failed, "kept": 10_000 - failed})
    of_activities = lost.model_copy(update={"differences": [one.model_copy(update={"dimension": "activity"}) for one in lost.differences] + lost.differences})
    assert said("workload", Consequence(as_if="mended", lost=lost)) == (da, en)
    assert said("workload", Consequence(as_if="mended", lost=of_activities)) == (da, en)


@pytest.mark.parametrize(
    ("failed", "cases", "da", "en"),
    [
        (1, 0, "1 registrering (<0,1\u202f%) har ingen plads i et forløb.", "1 registration (<0.1%) has no place in the course of a case."),
        (20, 1, "20 registreringer (0,2\u202f%) har ingen plads i et forløb, så mindst et trin mangler i 1 sag.", "20 registrations (0.2%) have no place in the course of a case, so at least one step is missing in 1 case."),
    ],
)  # fmt: skip
def test_rows_without_a_place_are_told_with_the_cases_that_lack_a_step(failed, cases, da, en):
    assert said("order", Consequence(lost=lost_rows(finding(**UNEVEN))), failed=failed, cases_affected=cases) == (da, en)


DAY = 86_400


@pytest.mark.parametrize(
    ("before", "after", "en"),
    [
        ((10, 11), (8, 9), "As it is, half of the cases last less than 10 days (mean 11 days); with the remedy, 8 days (mean 9 days)."), ((10, None), (8, None), "As it is, half of the cases last less than 10 days; with the remedy, 8 days."),
        ((10, 11), (10, 11), ""), ((10, 12), (10, 11), "As it is, half of the cases last less than 10 days (mean 12 days); with the remedy, 10 days (mean 11 days)."), ((10, None), (10, 11), ""),
        ((10, 9000), (10, 11), "The mean, 24.6 years, says nothing of the cases: these few dates decide it, and without them it is 11 days."), ((10, 9000), (10, 9100), ""),
        ((10, 9000), (8, 11), "As it is, half of the cases last less than 10 days; with the remedy, 8 days. The mean, 24.6 years, says nothing of the cases: these few dates decide it, and without them it is 11 days."),
    ],
)  # fmt: skip
def test_a_mean_is_told_where_it_says_something_and_named_useless_where_few_dates_decide_it(before, after, en):
    both = [process().model_copy(update={"median_duration_seconds": median * DAY, "mean_duration_seconds": None if mean is None else mean * DAY}) for median, mean in (before, after)]
    assert said("throughput-time", compared(*both))[1] == en


@pytest.mark.parametrize("question", ["order", "occurrence", "workload", "throughput-time"])
def test_where_nothing_changes_nothing_is_said(question):
    assert said(question, compared(process(), process())) == ("", "")
    assert said(question, Consequence()) == ("", "")
