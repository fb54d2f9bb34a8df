"""Headers of exported columns: whole without quotes, nothing that a tool guesses by, each its own, and a name in XML."""

import re

import pytest

from logsyn.validator.handing_on.headers import not_to_be_guessed, unique, without_separators, xes_key


@pytest.mark.parametrize(
    ("header", "told"),
    [("Målgruppe", "Målgruppe"), ("a,b;c|d", "a b c d"), ("  a \t\n b ", "a b"), ("\"a'b`c\"", "a b c"), (",;", "Column"), ("", "Column"), ("\ufeffSag\x00", "Sag"), ("a\x7fb", "a b")],
)
def test_a_header_may_stand_unquoted(header, told):
    assert without_separators(header) == told


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("Kalenderdato", "Kalen_derdato"), ("Startdato", "Star_tdato"), ("Date", "Dat_e"), ("TIME", "TIM_E"), ("Completed", "Comple_ted"), ("Weekend date", "Weeken_d dat_e"), ("Sagstype", "Sagstype"),
        ("Case", "Case (extract)"), ("my case id", "my case id (extract)"), ("service_id", "service_id (extract)"), ("EventID no", "EventID no (extract)"), ("Activity name", "Activity name (extract)"),
        ("Operation 2", "Operation 2 (extract)"), ("event", "event (extract)"), ("events", "events"), ("Resource", "Resource (extract)"), ("Agent", "Agent (extract)"), ("employee", "employee (extract)"),
        ("Group", "Group (extract)"), ("Groups", "Groups"), ("role", "role (extract)"), ("Casework", "Casework"), ("Reactivity", "Reactivity"), ("", ""),
    ],
)  # fmt: skip
def test_no_header_is_one_that_apromore_maps_by(header, told):
    assert not_to_be_guessed(header) == told
    assert not re.search("end|start|complet|date|time", not_to_be_guessed(header), re.IGNORECASE)


@pytest.mark.parametrize(
    ("headers", "taken", "told"),
    [
        (["a", "b"], [], ["a", "b"]), (["a", "A", "a"], [], ["a", "A (2)", "a (3)"]), (["Status"], ["status"], ["Status (2)"]), (["a", "a (2)", "a"], [], ["a", "a (2)", "a (3)"]),
        (["x"], ["x", "x (2)", "X (3)"], ["x (4)"]), (["Straße"], ["STRASSE"], ["Straße (2)"]),
    ],
)  # fmt: skip
def test_each_header_is_its_own_whatever_the_case(headers, taken, told):
    assert unique(headers, taken) == told


@pytest.mark.parametrize(
    ("header", "key"),
    [("Målgruppe", "Målgruppe"), ("Sags id", "Sags_id"), ("a:b", "a_b"), ("a.b-c", "a.b-c"), ("1. dato", "_1._dato"), ("-x", "_-x"), ("__a__", "a"), ("%&", "column"), ("", "column"), ("(a) (b)", "a_b")],
)
def test_a_header_becomes_an_xml_name(header, key):
    assert xes_key(header) == key
