"""Which labels are called two names of one activity: never the alternatives of one decision, only names with evidence that they are names."""

from datetime import datetime, timedelta

import duckdb
import numpy as np
import pandas as pd
import pytest

from logsyn.validator.derive.label_groups import belong_apart, uses_of
from logsyn.validator.derive.label_pairs import alike_in_words
from logsyn.validator.derive.label_synonyms import find_synonyms

FACTS = """
CREATE TABLE event_facts AS SELECT case_no, activity, timestamp, NULL::TIMESTAMP AS end_timestamp, team::VARCHAR AS team, source,
  CASE WHEN timestamp IS NOT NULL THEN row_number() OVER of_case END AS position_in_case, lag(activity) OVER of_case AS previous_activity, lead(activity) OVER of_case AS next_activity
FROM rows
WINDOW of_case AS (PARTITION BY case_no ORDER BY timestamp)"""


def log(uses):
    """A case for each use (label, team, source, day): received, the label, closed."""
    rows = []
    for case, (label, team, source, day) in enumerate(uses):
        start = datetime(2023, 1, 2, 8) + timedelta(day)
        steps = (("Modtaget", 0), (label, 1), ("Lukket", 2))
        rows += [(case, activity, start + timedelta(hours=hour), team, source) for activity, hour in steps]
    connection = duckdb.connect()
    connection.register("rows", pd.DataFrame(rows, columns=["case_no", "activity", "timestamp", "team", "source"]))
    connection.execute(FACTS)
    return connection


def synonyms(uses):
    labels = sorted({use[0] for use in uses})
    events = [sum(use[0] == label for use in uses) for label in labels]
    return {(one.activity, one.evidence) for one in find_synonyms(log(uses), labels, events, [])}


def shared_by(teams, one, other, cases=60):
    """Both labels in every team and all the time; the second in a third of the cases."""
    return [((one, one, other)[case % 3], teams[case // 3 % len(teams)], "S", case) for case in range(cases)]


ALTERNATIVES = [
    ("Afgørelse - bevilling", "Afgørelse - afslag"), ("O_ACCEPTED", "O_DECLINED"), ("W_Completeren aanvraag", "W_Nabellen offertes"),
    ("Ansøgning (godkendt)", "Ansøgning (delvist godkendt)"), ("Afgørelse", "Afgørelse - afslag"), ("Sag afsluttet", "Sag afsluttet uden ydelse"),
    ("Borger indmeldt i a-kasse", "Borger udmeldt i a-kasse"), ("Registreret gyldig ansøgning", "Registreret ugyldig ansøgning"),
    ("Application complete", "Application incomplete"), ("Udbetaling", "Indbetaling"), ("Henvendelse fra borger", "Henvendelse fra borger telefonisk"),
    ("Afgang til arbejde", "Adgang til arbejde"), ("Tilbud bevilget", "Tilbud afvist"), ("Udsendt brev", "Usendt brev"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), ALTERNATIVES)
@pytest.mark.parametrize("teams", [["Nord", "Syd", "Vest"], [None]], ids=["teams", "no team"])
def test_alternatives_of_one_decision_are_no_synonyms(one, other, teams):
    assert synonyms(shared_by(teams, one, other)) == set()


SPELLINGS = [
    ("Telefonisk kontakt", "Telefonkontakt"), ("Virksomhedskontakt", "Virksomheds-kontakt"), ("Sag afsluttet", "Afsluttet sag"),
    ("Møde afholdt", "Moede afholdt"), ("Fraflyttet", "Fraflyttede"), ("CV-samtale", "cv samtale"), ("Udgået møde", "Udgaaet møde"),
    ("Opfølgningssamtale", "Opfølgingssamtale"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), SPELLINGS)
def test_another_spelling_needs_no_other_evidence(one, other):
    assert {evidence for _, evidence in synonyms(shared_by([None], one, other))} == {"spelling"}


UNITS = ["Samtale - Team Nord", "Samtale (afd. B)", "Samtale/Jobcenter Øst", "Samtale - Dep1"]


@pytest.mark.parametrize("label", UNITS)
def test_an_addition_that_names_a_unit_is_another_name(label):
    assert synonyms(shared_by([None], "Samtale", label)) == {(label, "unit")}


def test_the_name_of_a_team_to_which_all_teams_hand_over_is_no_evidence():
    assert synonyms(shared_by(["Nord", "Syd"], "Overdraget", "Overdraget - Team Nord")) == set()


def apart(cases, column):
    """The first label in Nord, system P, and early; the second in Syd, system Q, or late; by ``column``."""
    uses = []
    for case in range(2 * cases):
        second = case >= cases
        team, source = ("Syd" if second and column == "team" else "Nord"), ("Q" if second and column == "source" else "P")
        day = case if column == "time" else (case * 37) % (2 * cases)
        uses.append(("Fraflyttet kommunen" if second else "Fraflyttet", team, source, day))
    return uses


@pytest.mark.parametrize("column", ["team", "source", "time"])
def test_names_of_different_teams_systems_or_times_are_found(column):
    assert synonyms(apart(12, column)) == {("Fraflyttet kommunen", column)}


# Fisher's exact test of a full division: 1 / C(2n, n), times three kinds of evidence and the divisions tried (2 groups or 4 n times):
# 5 cases each 0.024 and 6 each 0.0065; by time 7 each 0.024 and 8 each 0.0075.
@pytest.mark.parametrize(("column", "few", "enough"), [("team", 5, 6), ("source", 5, 6), ("time", 7, 8)])
def test_so_few_cases_that_chance_may_divide_them_are_no_evidence(column, few, enough):
    assert [len(synonyms(apart(cases, column))) for cases in (few, enough)] == [0, 1]


@pytest.mark.parametrize(("strays", "found"), [(2, 1), (3, 0)])
def test_eight_tenths_of_a_label_must_lie_where_the_other_is_not(strays, found):
    # Of ten and ten cases, strays of the second label stand in the team of the first: the distance is 1 - strays / 10.
    uses = apart(10, "team")
    uses[10 : 10 + strays] = [(label, "Nord", source, day) for label, _, source, day in uses[10 : 10 + strays]]
    assert len(synonyms(uses)) == found


def test_many_groups_are_many_divisions_that_chance_may_choose_from():
    uses = [(("Fraflyttet", "Fraflyttet kommunen")[case % 2], f"Team {case}", "S", case) for case in range(24)]
    of = uses_of(log(uses), ["Fraflyttet", "Fraflyttet kommunen"])
    assert belong_apart(of["Fraflyttet"], of["Fraflyttet kommunen"], pairs=1) is None


@pytest.mark.parametrize("stem", ["W_", "O_", "A:", "12 - "])
def test_an_initial_is_no_common_stem(stem):
    assert alike_in_words([f"{stem}Completeren", f"{stem}Nabellen"]) == {}


@pytest.mark.parametrize("untimed", [{"Job  mål"}, {"Jobmål"}, {"Job  mål", "Jobmål"}])
def test_of_labels_none_of_whose_events_has_a_time_nothing_is_told(untimed):
    uses = shared_by([None], "Jobmål", "Job  mål")
    assert synonyms(uses) == {("Job  mål", "spelling")}
    connection = log(uses)
    connection.execute(f"CREATE OR REPLACE TABLE event_facts AS SELECT * REPLACE (CASE WHEN list_contains({sorted(untimed)}, activity) THEN NULL ELSE position_in_case END AS position_in_case) FROM event_facts")
    assert find_synonyms(connection, ["Job  mål", "Jobmål"], [20, 40], []) == []


def test_few_uses_that_differ_as_much_as_chance_gives_are_used_alike():
    kinds = np.random.default_rng(3).integers(0, 5, 20)
    uses = [(("Jobmål", "Job  mål")[case % 2], None, "S", case) for case in range(20)]
    connection = log(uses)
    connection.execute(f"""CREATE OR REPLACE TABLE event_facts AS SELECT * REPLACE
      (CASE WHEN position_in_case = 2 THEN ({kinds.tolist()})[case_no + 1]::VARCHAR END AS previous_activity) FROM event_facts""")
    assert [one.context for one in find_synonyms(connection, ["Job  mål", "Jobmål"], [10, 10], [])] == [1.0]


@pytest.mark.parametrize(("in_ten", "context"), [(7, 0.88), (8, None)])
def test_uses_that_differ_by_more_than_a_fifth_are_two_things(in_ten, context):
    # Before one label so many of ten times a, before the other b: the divergence is 1 - H(0.7) = 0.12, and 1 - H(0.8) = 0.28.
    before = [["a", "b"][(case // 2 % 10 >= in_ten) ^ (case % 2)] for case in range(400)]
    connection = log([(("Jobmål", "Job  mål")[case % 2], None, "S", case) for case in range(400)])
    connection.execute(f"""CREATE OR REPLACE TABLE event_facts AS SELECT * REPLACE
      (CASE WHEN position_in_case = 2 THEN ({before})[case_no + 1] END AS previous_activity) FROM event_facts""")
    found = [round(one.context, 2) for one in find_synonyms(connection, ["Job  mål", "Jobmål"], [200, 200], [])]
    assert found == ([] if context is None else [pytest.approx(context, abs=0.015)])
