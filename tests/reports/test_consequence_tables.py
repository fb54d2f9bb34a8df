"""The small tables of a consequence: which there are, what stands over them, and what is a name of the log in them."""

# ruff: noqa: RUF001 (what has no figure is shown as a dash)

import pytest
from consequence_fixture import EVERYTHING, REGISTERED, TWO_CLOCKS

from logsyn.reports.views.consequence_tables import MOST_ARCS, small_tables
from logsyn.reports.wording import Wording
from logsyn.validator.record import Arc, Consequence, Difference, Lost

EN = Wording("en")


def captions(known):
    return [table.caption.split(":")[0] for table in small_tables(known, EN)]


@pytest.mark.parametrize(
    ("known", "first"),
    [
        (Consequence(), []),
        (REGISTERED, ["Arcs that vanish"]),
        (Consequence(comparison=TWO_CLOCKS.comparison), ["Arcs that exist only in the order of registration"]),
        (
            Consequence(comparison=TWO_CLOCKS.comparison.model_copy(update={"gained": TWO_CLOCKS.comparison.lost})),
            ["Arcs that exist only in the order of registration", "Arcs that exist only in the order of the events"],
        ),
        (Consequence(comparison=EVERYTHING.comparison), ["Arcs that are new"]),
    ],
)
def test_arcs_are_called_by_what_is_compared(known, first):
    assert captions(known) == first


@pytest.mark.parametrize(("arcs", "shown"), [(1, 1), (MOST_ARCS, MOST_ARCS), (MOST_ARCS + 1, MOST_ARCS)])
def test_so_many_arcs_are_shown_and_all_are_counted(arcs, shown):
    found = [Arc(source="a", target=f"b{number}", events=9 - number) for number in range(arcs)]
    comparison = REGISTERED.comparison.model_copy(update={"lost": found, "arcs_lost": 1_151})
    (table,) = small_tables(Consequence(comparison=comparison), EN)
    assert table.caption == "Arcs that vanish: the commonest of 1,151"
    assert [(row.keys[1].text, row.cells) for row in table.rows] == [(f"b{at}", (str(9 - at),)) for at in range(shown)]


@pytest.mark.parametrize(
    ("dimension", "key", "shown"),
    [("team", "Jobklub", "Jobklub"), ("team", None, "–"), ("month", "2022-01", "January 2022"), ("team", "2022-01", "2022-01"), ("month", None, "")],
)
def test_a_group_of_lost_rows_has_the_name_that_it_has_in_the_log(dimension, key, shown):
    row = Difference(dimension=dimension, key=key, lost=9, kept=80, share_of_lost=0.36, share_of_kept=0.4)
    (table,) = small_tables(Consequence(lost=Lost(lost=25, kept=200, differences=[row])), EN)
    (told,) = table.rows
    assert (told.keys[0].text, told.keys[0].given, told.cells) == (shown, True, ("9", "36%", "40%"))


def test_days_are_told_as_spans_and_what_is_hidden_as_small():
    (waiting,) = small_tables(Consequence(backdating=TWO_CLOCKS.backdating), EN)
    assert [row.cells for row in waiting.rows] == [("17,000", "7 days", "6.1 days"), (EN.unless_small(None), "–", "–")]


def test_a_reading_is_a_word_of_ours_and_a_mean_stands_where_one_is_told():
    lengths, ends = small_tables(Consequence(far_ends=EVERYTHING.far_ends), EN)
    assert [row.keys[0].given for row in (*lengths.rows, *ends.rows)] == [True, True, False]
    assert [len(table.headings) == len(table.rows[0].cells) for table in (lengths, ends)] == [True, True]
