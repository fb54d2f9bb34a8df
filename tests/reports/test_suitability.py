"""The suitability on the pages: its sentences, its measures where there is nothing to measure, and why the next level is not reached."""

from __future__ import annotations

import audit_fixture
import pytest

from logsyn.reports.views.suitability import brief, suitability_section
from logsyn.reports.wording import Wording
from logsyn.validator.record import CriterionResult, Maturity, OutOf, Suitability, Text

EN = Wording("en")
KNOWN = audit_fixture.realistic()
NOTHING = OutOf(count=0, of=0)
DASH = EN.number(None)


def measured(**more):
    return KNOWN.model_copy(update={"suitability": KNOWN.suitability.model_copy(update=more)})


def criterion(level, outcome, title="Rows Can be read", **how):
    return CriterionResult(level=level, outcome=outcome, title=Text(da=title, en=title), **({"required": 0.95, "measure": "rows_loaded", "share": 0.5} | how))


def stars(level, *criteria, answer="can_be_answered"):
    questions = [one.model_copy(update={"answerability": one.answerability.model_copy(update={"answer": answer})}) for one in KNOWN.verdict.questions[:1]]
    audit = measured(maturity=Maturity(level=level, criteria=list(criteria)))
    return brief(audit.model_copy(update={"verdict": KNOWN.verdict.model_copy(update={"questions": questions})}), EN).level


@pytest.mark.parametrize(
    ("level", "criteria", "drawn", "told", "lacking"),
    [
        (2, [criterion(2, "met"), criterion(3, "not_met"), criterion(4, "not_met", "Other")], "★★☆☆☆", "Level 2 of 5", "Not shown for level 3: rows Can be read."),
        (2, [criterion(2, "met"), criterion(3, "not_evaluated"), criterion(3, "met", "Other")], "★★☆☆☆", "At least level 2 of 5", "Not shown for level 3: rows Can be read."),
        (2, [criterion(3, "not_evaluated"), criterion(3, "not_met", "Other")], "★★☆☆☆", "Level 2 of 5", "Not shown for level 3: rows Can be read and other."),
        (2, [criterion(3, "not_evaluated"), criterion(4, "not_met", "Other")], "★★☆☆☆", "Level 2 of 5", "Not shown for level 3: rows Can be read."),
        (5, [criterion(5, "met")], "★★★★★", "Level 5 of 5", ""), (1, [criterion(2, "not_met")], "★☆☆☆☆", "Level 1 of 5", "Not shown for level 2: rows Can be read."),
    ],
)  # fmt: skip
def test_a_level_is_drawn_with_what_lacks_for_the_next(level, criteria, drawn, told, lacking):
    found = stars(level, *criteria)
    assert (found.drawn, found.told, found.lacking) == (drawn, told, lacking)
    assert ("Nothing speaks against a higher level" in found.meaning) is told.startswith("At least")


@pytest.mark.parametrize(("answer", "told"), [("cannot_be_answered", True), ("great_reservations", False), ("not_known", False)])
def test_a_level_promises_no_answer(answer, told):
    assert ("cannot be answered from this extract all the same." in stars(2, criterion(3, "not_met"), answer=answer).meaning) is told


RULE, OTHER = [one for one in KNOWN.findings if one.table == "events"][:2]


@pytest.mark.parametrize(
    ("how", "required", "found"),
    [
        ({}, "at least 95%", "50%"), ({"share": None}, "at least 95%", DASH), ({"measure": None, "required": 0.1, "rules": []}, "at most 10% not in order", DASH),
        ({"measure": None, "required": 0.0, "rules": [RULE.rule], "share": 0.0}, "everything in order", f"0% ({RULE.title.en})"),
        ({"measure": None, "required": 0.1, "rules": [RULE.rule, "gone"], "share": 0.2}, "at most 10% not in order", f"20% ({RULE.title.en})"),
        ({"measure": None, "required": 0.1, "rules": [RULE.rule, OTHER.rule], "share": 0.2}, "at most 10% not in order", f"up to 20% ({RULE.title.en}; {OTHER.title.en})"),
        ({"measure": None, "required": 0.1, "rules": [RULE.rule, OTHER.rule], "share": 0.0}, "at most 10% not in order", f"0% ({RULE.title.en}; {OTHER.title.en})"),
    ],
)  # fmt: skip
def test_a_criterion_says_what_is_required_and_what_was_found(how, required, found):
    (row,) = stars(2, criterion(3, "not_met", **how)).criteria
    assert (row.level, row.required, row.found) == ("3", required, found)


@pytest.mark.parametrize(
    ("cases", "few"), [(1, "The extract has only 1 case, which is too few"), (29, "The extract has only 29 cases, which is too few"), (30, "")]
)
def test_few_cases_are_said_first(cases, few):
    first, *_ = brief(measured(cases=cases), EN).sentences
    assert first.startswith(few) if few else not first.startswith("The extract has only")
    assert brief(measured(cases=0), EN) is None


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({}, ["78.7% of the cases take a course", "67.5% of the registrations have a time of day", "The period is 4.6 times as long as the middle case lasts, so up to 50.8% of the cases"]),
        ({"cases_of_own_variant": NOTHING}, ["67.5%", "The period"]), ({"events_with_time_of_day": NOTHING}, ["78.7%", "The period"]), ({"censored": None}, ["78.7%", "67.5%"]), ({"observed_days": None}, ["78.7%", "67.5%"]),
        ({"observed_days": 0}, ["78.7%", "67.5%"]), ({"censored": KNOWN.suitability.censored.model_copy(update={"within_days": 0.0})}, ["78.7%", "67.5%"]),
    ],
)  # fmt: skip
def test_each_sentence_stands_where_there_is_something_to_say(more, told):
    said = brief(measured(**more), EN).sentences
    assert [one.startswith(words) for one, words in zip(said, told, strict=True)] == [True] * len(told)


def test_where_nothing_can_be_measured_a_dash_stands():
    parts = {name: NOTHING for name, field in Suitability.model_fields.items() if field.annotation is OutOf}
    none = dict.fromkeys(("observed_days", "median_events_per_case", "mean_events_per_case", "censored"))
    found = [one.value for one in suitability_section(measured(**parts, **none, free_text_columns=[]), EN).measures]
    assert found == ["96,088 registrations in 5,912 cases", *[DASH] * 7, "none", DASH, DASH]
