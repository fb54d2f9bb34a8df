"""Quoting: whatever a header or a YAML value holds reaches DuckDB as a name or a value, never as SQL."""

from datetime import date

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from logsyn.validator.database.conditions import condition
from logsyn.validator.database.sql import identifier, literal

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)


@settings(deadline=None)
@given(TEXTS)
def test_a_literal_is_its_text(text):
    assert duckdb.execute(f"SELECT {literal(text)}").fetchone() == (text,)


@settings(deadline=None)
@given(TEXTS.filter(bool))
def test_an_identifier_is_its_name(name):
    assert duckdb.execute(f"SELECT 1 AS {identifier(name)}").description[0][0] == name


@pytest.mark.parametrize("hostile", ["'; DROP TABLE x; --", "a' OR '1'='1", "\\'", "${x}", "{x}", "?", "$1"])
def test_a_condition_compares_with_the_text(hostile):
    con = duckdb.connect()
    con.execute("CREATE TABLE t AS SELECT unnest([?, 'other', NULL]) AS c", [hostile])
    assert con.execute(f"SELECT c FROM t WHERE {condition({'c': hostile})}").fetchall() == [(hostile,)]


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "a\0b"])
def test_what_has_no_literal_is_refused(value):
    with pytest.raises(ValueError, match="must"):
        literal(value)


@pytest.mark.parametrize(
    "wanted", [[], None, {}, {"above": 3}, {"gt": "high"}, {"missing": "yes"}, {"matches": "("}, {"not": {"gt": 3}}]
)
def test_a_condition_of_another_form_is_refused(wanted):
    with pytest.raises(ValueError, match="the condition on 'c'"):
        condition({"c": wanted})


VALUES = ["Clerk A", "clerk", "7", "2,5", "2023-05-01", "it's", None]
OPERATORS = [
    ({"starts_with": "Clerk"}, ["Clerk A"]),
    ({"ends_with": "k"}, ["clerk"]),
    ({"contains": "'"}, ["it's"]),
    ({"matches": "^[Cc]lerk$"}, ["clerk"]),
    ({"gt": 2.5}, ["7"]),
    ({"ge": 2.5}, ["7", "2,5"]),
    ({"lt": 3, "gt": 2}, ["2,5"]),
    ({"le": "2023-05-01"}, ["2023-05-01"]),
    ({"lt": date(2023, 5, 1)}, []),
    ({"not": ["7", "clerk"]}, ["Clerk A", "2,5", "2023-05-01", "it's"]),
    ({"missing": True}, [None]),
    ({"missing": False, "not": "7"}, ["Clerk A", "clerk", "2,5", "2023-05-01", "it's"]),
]


@pytest.mark.parametrize(("wanted", "holds"), OPERATORS)
def test_the_operators_of_a_condition(wanted, holds):
    con = duckdb.connect()
    con.execute("CREATE TABLE t AS SELECT unnest(?) AS c", [VALUES])
    assert [value for (value,) in con.execute(f"SELECT c FROM t WHERE {condition({'c': wanted})}").fetchall()] == holds
