"""Figures in the notes of a draft: never 0 or 100 per cent when it is not, separators of the language, and how a line of YAML is written."""

import pytest

from logsyn.validator.suggesting.draft import Draft, Line, scalar
from logsyn.validator.suggesting.wording import NoteWording

DA, EN = NoteWording("da"), NoteWording("en")


@pytest.mark.parametrize(
    ("part", "whole", "told"),
    [(0, 0, "0 %"), (0, 9, "0 %"), (1, 101, "<1 %"), (1, 100, "1 %"), (3, 200, "2 %"), (1, 2, "50 %"), (197, 200, "98 %"), (99, 100, "99 %"), (100, 101, ">99 %"), (9, 9, "100 %")],
)  # fmt: skip
def test_a_share_is_never_nothing_or_all_when_it_is_not(part, whole, told):
    assert (DA.share(part, whole), EN.share(part, whole)) == (told, told)


@pytest.mark.parametrize(("days", "danish", "english"), [(3, "3", "3"), (3.04, "3", "3"), (0.5, "0,5", "0.5"), (10, "10", "10"), (12.26, "12,3", "12.3")])
def test_days_have_a_decimal_where_there_is_one(days, danish, english):
    assert (DA.days(days), EN.days(days)) == (danish, english)
    assert (DA.count(1_234_567), EN.count(1_234_567)) == ("1.234.567", "1,234,567")
    assert (DA("ja {n}", "yes {n}", n=1), EN("ja {n}", "yes {n}", n=1)) == ("ja 1", "yes 1")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (True, "true"), (False, "false"), (3, "3"), (0.5, "0.5"), (2.0, "2"), ("Møde i klub", "Møde i klub"), ("a", "a"), ("yes", '"yes"'), ("No", '"No"'), ("a: b", '"a: b"'),
        (["a", "yes", 3], '[a, "yes", 3]'), ([], "[]"), ({"Nord": 1, "a: b": 2}, '{Nord: 1, "a: b": 2}'), ({}, "{}"),
    ],
)  # fmt: skip
def test_a_value_is_written_as_yaml_reads_it(value, written):
    assert scalar(value) == written


@pytest.mark.parametrize(("lines", "says"), [([("practice",)], False), ([("practice",), ("default",)], True), ([("practice",), ("practice", "x")], True), ([], False)])
def test_a_draft_that_holds_its_name_alone_says_nothing(lines, says):
    assert Draft("practice", [], [Line(path, 1) for path in lines]).says_something is says
