"""Columns are looked at in groups: what is said of each is what would be said of it alone, in any number of columns and rows."""

import random

import duckdb
import pytest

from logsyn.validator.database import groups
from logsyn.validator.database.groups import MOST_CELLS, MOST_COLUMNS, are_filled, in_groups
from logsyn.validator.database.sql import identifier
from logsyn.validator.derive.contacts import create_contacts
from logsyn.validator.derive.cpr import columns_with_form, create_cpr_numbers, rows_with_cpr_number

ODD_NAMES = [
    "words",
    "name",
    "names",
    "texts",
    "texts_found",
    "rows",
    "number",
    "place",
    "text",
    "tlf",
    'a "b"',
    "it's",
]
CPR, CONTACT, NEITHER = "Borger 010180-1234", "ring på 20304050", "møde"
TIMES = [f"31-12-99 23{minute}" for minute in range(10, 35)]


@pytest.mark.parametrize(
    ("columns", "rows"), [(0, 5), (1, 5), (MOST_COLUMNS + 1, 5), (7, MOST_CELLS // 3), (3, MOST_CELLS * 9)]
)
def test_groups_have_all_columns_once_and_no_more_cells_than_agreed(columns, rows):
    groups = list(in_groups(range(columns), rows))
    assert [column for group in groups for column in group] == list(range(columns))
    assert all(len(group) == 1 or len(group) * rows <= MOST_CELLS for group in groups)
    assert all(len(group) <= MOST_COLUMNS for group in groups)


def drawn(rows):
    """Texts drawn at random for 70 columns, and two more of times that look like numbers; in the last there is a number, too."""
    chance = random.Random(1)
    kinds = [[None], [NEITHER], [CPR, NEITHER], [CONTACT, None], [CPR, CONTACT, NEITHER]]
    names = [*ODD_NAMES, *(f"k{column}" for column in range(58))]
    texts = {name: chance.choices(kinds[at % len(kinds)], k=rows) for at, name in enumerate(names)}
    times = [TIMES[row % len(TIMES)] for row in range(rows)]
    return texts | {"times": times, "times and a number": [CPR, *times[1:]]}


@pytest.fixture(scope="module", params=[MOST_CELLS, 150, 1], ids=["50 in one query", "5 in one query", "a query each"])
def searched(request):
    """A table of such texts, every other column an enumeration, and the texts by column."""
    texts = drawn(30)
    con = duckdb.connect()
    kinds = {name: "VARCHAR" if at % 2 or set(texts[name]) == {None} else f"kind_{at}" for at, name in enumerate(texts)}
    for name, kind in kinds.items():
        if kind != "VARCHAR":
            con.execute(f"CREATE TYPE {kind} AS ENUM (SELECT unnest(?::VARCHAR[]))", [sorted({*texts[name]} - {None})])
    lists = ", ".join(f"unnest(?::VARCHAR[])::{kind} AS {identifier(name)}" for name, kind in kinds.items())
    con.execute(f"CREATE TABLE rows AS SELECT row_number() OVER ()::INTEGER AS row_id, * FROM (SELECT {lists})", list(texts.values()))
    con.execute("CREATE TABLE case_numbers AS SELECT 'x' AS case_id")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(groups, "MOST_CELLS", request.param)
        create_contacts(con, list(texts))
        create_cpr_numbers(con, list(texts))
        yield con, texts


def places(texts, wanted):
    return sorted((row, name) for name, column in texts.items() for row, text in enumerate(column, 1) if text in wanted)


def test_contact_details_are_found_in_their_columns_and_rows(searched):
    con, texts = searched
    found = con.execute("SELECT row_id, name FROM contacts_found").fetchall()
    assert sorted(found) == places(texts, {CONTACT})


def test_personal_numbers_are_found_in_their_columns_and_rows(searched):
    con, texts = searched
    found = con.execute("SELECT row_id, name FROM cpr_found").fetchall()
    holding = {name: column for name, column in texts.items() if CPR in column}
    assert sorted(found) == places(holding, {CPR, *TIMES})
    counts = {name: len(places({name: column}, {CPR, *TIMES})) for name, column in holding.items()}
    assert list(rows_with_cpr_number(con, list(texts)).items()) == list(counts.items())
    assert columns_with_form(con, list(texts)) == {*counts, "times"}


@pytest.mark.parametrize("expressions", [0, 1, MOST_COLUMNS, 2 * MOST_COLUMNS + 1])
def test_columns_are_filled_when_any_row_has_a_value(expressions):
    with duckdb.connect() as con:
        filled = are_filled(con, "range(3) AS r(n)", [f"nullif(n % {at + 1}, 0)" for at in range(expressions)])
    assert filled == [at > 0 for at in range(expressions)]
