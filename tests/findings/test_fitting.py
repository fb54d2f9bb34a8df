"""How much an example gives up, against trying each step one after the other: five cases fit it then, and no employee or five."""

from __future__ import annotations

from random import Random

import duckdb
import pytest

from logsyn.validator.findings import evidence
from logsyn.validator.findings.details import Detail
from logsyn.validator.findings.fitting import FEWEST, Asked, steps_that_fit

LEVELS = {"day": (lambda row: row["day"], lambda row: row["day"][:7], lambda row: row["day"][:4]), "team": (lambda row: row["team"],)}


def population(seed, cases, people):
    rng = Random(seed)
    days = [f"202{rng.randint(2, 3)}-0{rng.randint(1, 2)}-0{rng.randint(1, 3)}" for _ in range(40)]
    return [
        {"row_id": n, "who": rng.randrange(cases), "person": f"e{rng.randrange(people)}" if people and rng.random() < 0.9 else None, "day": day, "team": rng.choice(["N", "S", None])}
        for n, day in enumerate(days)
    ]  # fmt: skip


def by_trying(rows, asked):
    """The least step at which what is left fits five cases, and no employee or five; None: there is none."""
    own = rows[asked.row_id]
    given_up = [(LEVELS[one.name][level], number) for one in asked.details for level, number in enumerate(one.given_up)]
    for step in sorted({0, *(number for _, number in given_up)}):
        alike = [row for row in rows if all(level(row) == level(own) for level, number in given_up if number > step)]
        people = {row["person"] for row in alike} - {None}
        if len({row["who"] for row in alike}) >= FEWEST and (not people or len(people) >= FEWEST):
            return step
    return None


@pytest.mark.parametrize(("cases", "people"), [(4, 9), (5, 9), (12, 0), (12, 4), (12, 5), (30, 12), (30, 6)])
def test_an_example_gives_up_as_much_as_it_must_and_no_more(cases, people):
    details = (Detail("day", "time", "compared.day", (1, 3, 4)), Detail("team", "value", "compared.team::VARCHAR", (2,)))
    found, expected = [], []
    for seed in range(2):
        rows = population(seed, cases, people)
        asked = [Asked(n, n, details[: 1 + n % 2] if n % 3 else ()) for n in range(0, 40, 3)] + [Asked(99, 7, details[1:])]
        with duckdb.connect() as connection:
            connection.execute("CREATE TABLE p (row_id INTEGER, who INTEGER, person VARCHAR, day DATE, team VARCHAR)")
            kinds = ("INTEGER", "INTEGER", "VARCHAR", "DATE", "VARCHAR")
            unnested = ", ".join(f"unnest(?::{kind}[])" for kind in kinds)
            connection.execute(f"INSERT INTO p SELECT {unnested}", [[row[name] for row in rows] for name in rows[0]])
            found.append(steps_that_fit(connection, "SELECT * FROM p", asked, size=len(rows), pairs=len(rows) * len(asked)))
            assert steps_that_fit(connection, "SELECT * FROM p", [], size=0, pairs=0) == {}
        expected.append({one.number: step for one in asked if (step := by_trying(rows, one)) is not None})
    assert found == expected


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2023-01-02 8:05", "2023-01-02 9:99"), ("2023-01-02T10.30", "2023-01-02T99.99"), ("kl 09:05:07.123456", "kl 99:99:99.999999"), ("den 1.2.2023, 8:05", "den 1.2.2023, 9:99"),
        ("2023-01-02 10:30:05,5", "2023-01-02 99:99:99,9"), ("01.02.2023", "01.02.2023"), ("1.2", "1.2"), ("x10:30", "x99:99"), ("a10:30", "a10:30"), ("", ""),
        (" 123:45", " 123:45"), (" 8:5", " 9:9"), (" 8:123", " 8:123"), (" 8:05:7", " 9:99:9"), (" 8:05:07", " 9:99:99"), (" 8:05:123", " 9:99:123"), (" 8:05:07,1", " 9:99:99,9"),
    ],
)  # fmt: skip
def test_no_digit_of_a_time_of_day_is_told_behind_a_day(text, told):
    assert evidence._without_clock(text) == told  # noqa: SLF001
