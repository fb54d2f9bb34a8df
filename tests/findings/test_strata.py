"""The groups of every rule are those that are counted row by row, however many rules and conditions there are."""

from random import Random

import duckdb
import pytest

from logsyn.validator.disclosure.gathered import number_employees
from logsyn.validator.findings.strata import Looked, Strata

TEAMS = ("A", "B", None)
RULES = 140
"""More than two numbers of 64 bits hold, of failing rows; and more than one, of the conditions of either view."""


@pytest.fixture(scope="module")
def drawn():
    """Rows as (team, case, which conditions are true, which rules fail), and the database that holds them."""
    draw = Random(7)
    rows = [
        (at, TEAMS[at % 3], at // 4, [draw.random() < 0.7 for _ in range(RULES)], [draw.random() < 0.1 for _ in range(RULES)])
        for at in range(120)
    ]
    columns = ", ".join(f"k{number} INTEGER" for number in range(RULES))
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE events (row_id INTEGER, pair_no INTEGER, case_no INTEGER, resource VARCHAR, month DATE, team VARCHAR, {columns})")
        connection.execute("CREATE TABLE pairs AS SELECT * FROM (VALUES (0, 'A', 'x'), (1, 'B', 'x'), (2, NULL, 'x')) AS pairs(pair_no, team, activity)")
        connection.execute("CREATE TABLE system_resources (resource VARCHAR)")
        connection.execute("CREATE TABLE violations (rule_no INTEGER, row_id INTEGER)")
        connection.executemany(
            f"INSERT INTO events VALUES (?, ?, ?, ?, NULL, ?{', ?' * RULES})",
            [(at, at % 3, case, f"e{at % 9}", team, *(1 if one else None for one in true)) for at, team, case, true, _ in rows],
        )
        connection.executemany("INSERT INTO violations VALUES (?, ?)", [(rule, at) for at, *_, fails in rows for rule, one in enumerate(fails) if one])
        connection.execute("CREATE VIEW event_facts AS FROM events")
        number_employees(connection)
        yield rows, connection


@pytest.mark.parametrize("have", [frozenset({"team", "resource"}), frozenset({"team"})])
def test_every_rule_has_the_groups_that_are_counted_row_by_row(drawn, have):
    rows, connection = drawn
    looked = [Looked(number, f"r{number}", number % 2 == 1, f"(k{number}) IS NOT NULL") for number in range(RULES)]
    strata = Strata(connection, looked, have)
    found, totals = strata.by("team"), strata.checked()
    strata.drop()
    for number in range(RULES):
        assert totals[number].rows == sum(true[number] for *_, true, _ in rows)
        for team in TEAMS:
            mine = [(case, true[number], fails[number], at % 9) for at, of, case, true, fails in rows if of == team]
            checked, failed = ([one for one in mine if one[which]] for which in (1, 2))
            parts = found.parts[number][team]
            assert (parts.checked.rows, parts.failed.rows) == (len(checked), len(failed))
            assert parts.failed.size.cases == len({case for case, *_ in failed})
            assert parts.checked.size.employees == (len({one[3] for one in checked}) if "resource" in have else None)
