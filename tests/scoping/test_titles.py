"""What a step of a scope does is said in both languages, as a whole sentence, whatever it asks for."""

import pytest

from logsyn.expectations.scope import Scope
from logsyn.validator.scoping.wording import title_of

TITLES = [
    ({"keep": "cases", "contain": "Møde"}, "Behold sager, der indeholder »Møde«", "Keep cases that contain “Møde”"),
    ({"drop": "cases", "start_with": ["A", "B", "C"]}, "Udelad sager, der begynder med »A«, »B« eller »C«", "Leave out cases that start with “A”, “B” or “C”"),
    ({"keep": "cases", "end_with": {"starts_with": "x"}}, "Behold sager, der slutter med en aktivitet, der begynder med »x«", "Keep cases that end with an activity that starts with “x”"),
    ({"keep": "cases", "start_between": ["2022-01-01", "2022-12-31"]}, "Behold sager, der begynder i perioden fra 1. januar 2022 til og med 31. december 2022",
     "Keep cases that start between 1 January 2022 and 31 December 2022, both days included"),
    ({"drop": "cases", "start_between": ["2022-01-01", None]}, "Udelad sager, der begynder den 1. januar 2022 eller senere", "Leave out cases that start on 1 January 2022 or later"),
    ({"keep": "cases", "start_between": [None, "2022-03-01"]}, "Behold sager, der begynder den 1. marts 2022 eller tidligere", "Keep cases that start on 1 March 2022 or earlier"),
    ({"keep": "cases", "where": {"team": ["Øst", "Vest"], "unit": {"missing": True}}}, "Behold sager, der har en række, hvor team er »Øst« eller »Vest« og unit mangler",
     "Keep cases with a row where team is “Øst” or “Vest” and unit is missing"),
    ({"drop": "rows", "where": {"status": {"missing": False}}}, "Udelad rækker, hvor status er udfyldt", "Leave out rows where status is filled"),
    ({"keep": "rows", "where": {"resource": "x", "activity": {"starts_with": "S", "not": "Sag"}}}, "Behold rækker, hvor resource opfylder betingelsen og activity begynder med »S« og ikke er »Sag«",
     "Keep rows where resource meets the condition and activity starts with “S” and is not “Sag”"),
    ({"drop": "rows", "where": {"activity": {"contains": "a", "missing": False}}}, "Udelad rækker, hvor activity indeholder »a« og er udfyldt", "Leave out rows where activity contains “a” and is filled"),
    ({"keep": "rows", "from": {"first": "Start"}, "to": {"last": ["A", "B"]}}, "Behold rækker fra første »Start« til sidste »A« eller »B«", "Keep rows from the first “Start” to the last “A” or “B”"),
    ({"keep": "rows", "from": {"last": "Start"}}, "Behold rækker fra sidste »Start« til sagens slutning", "Keep rows from the last “Start” to the end of the case"),
    ({"keep": "rows", "to": {"first": "Slut"}}, "Behold rækker fra sagens begyndelse til første »Slut«", "Keep rows from the beginning of the case to the first “Slut”"),
    ({"drop": "rows", "where": {"timestamp": {"ge": "2022-01-01"}}}, "Udelad rækker, hvor timestamp er mindst »2022-01-01«", "Leave out rows where timestamp is at least “2022-01-01”"),
    ({"keep": "cases", "contain": "x", "title": {"da": "Egne", "en": "Ours"}}, "Egne", "Ours"),
]  # fmt: skip


@pytest.mark.parametrize(("step", "danish", "english"), TITLES, ids=[english for *_, english in TITLES])
def test_a_step_is_said_in_a_sentence(step, danish, english):
    (declared,) = Scope.model_validate({"scope": "s", "steps": [step]}).steps
    told = title_of(declared)
    assert (told.da, told.en) == (danish, english)
