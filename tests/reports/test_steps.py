"""What is to be done next: each step stands where there is something to do, with its number, and nowhere else."""

from __future__ import annotations

import audit_fixture
import pytest

from logsyn.reports.views import steps
from logsyn.reports.views.steps import next_steps
from logsyn.reports.wording import Wording
from logsyn.validator.record import Acceptance, AcceptedPart, AnswerAfter, Improvement, OutOf, Selection

EN = Wording("en")
KNOWN = audit_fixture.realistic()
PASSED = next(one for one in KNOWN.findings if one.outcome == "passed").model_copy(update={"acceptance": None})
ALWAYS = ("Examine the next extract in the same way", "The verdict holds for this extract only.", "")


def calm(overall="fit_with_reservations", **more):
    """An audit that found nothing to do; ``more``: what else is so of it."""
    verdict = KNOWN.verdict.model_copy(update={"overall": overall, "reasons": [], "improvements": more.pop("improvements", [])})
    inputs = [one.model_copy(update={"rows_rejected": 0, "rows_in_file": one.rows_loaded}) for one in KNOWN.inputs]
    update = {"verdict": verdict, "inputs": inputs, "findings": [PASSED], "selection": None, "suitability": None}
    return KNOWN.model_copy(update=update | more)


def told(audit):
    return [(one.title, one.text, one.link) for one in next_steps(audit, {one.rule: one for one in audit.findings}, EN)]


def of(outcome, many):
    return [PASSED, *(PASSED.model_copy(update={"outcome": outcome, "rule": f"r{n}"}) for n in range(many))]


@pytest.mark.parametrize(
    ("audit", "step"),
    [
        (calm(), None), (calm("fit"), ("Begin the analysis", "The extract can carry it.", "")),
        (calm("fit", selection=Selection(rules=["r"], left_out=["s"])), ("Run all the rules", "The verdict of the whole suite is not known.", "")),
        (calm("fit", suitability=KNOWN.suitability.model_copy(update={"cases": 9})),
         ("Get an extract with more cases", "What is registered is in order, but so few cases tell of nothing but themselves.", "")),
        (calm("fit", suitability=KNOWN.suitability), ("Begin the analysis", "The extract can carry it.", "")),
        *((calm(findings=of("not_evaluated", many)), ("Get hold of what was missing", f"{said} could not be evaluated without it.", "#not-evaluated")) for many, said in ((1, "1 rule"), (3, "3 rules"))),
        *((calm(findings=of("nothing_checked", many)), ("Look at the rules that concern no row",
           f"{said} found no rows to look at. See whether names and conditions are written as in the extract.", "#not-evaluated")) for many, said in ((1, "1 rule"), (3, "3 rules"))),
        *((calm(findings=of("error", many)), ("Ask the BI consultant to look at the error", f"{said} could not be run. It is a technical matter.", "quality.html")) for many, said in ((1, "1 rule"), (3, "3 rules"))),
        *((calm(inputs=[KNOWN.inputs[0].model_copy(update={"rows_rejected": rows})]), ("Have unreadable rows corrected", f"{said} not part of what was examined.", "quality.html#rows"))
          for rows, said in ((1, "1 row could not be read and is"), (145, "145 rows could not be read and are"))),
    ],
)  # fmt: skip
def test_a_step_stands_where_there_is_something_to_do(audit, step):
    assert told(audit) == [*([step] if step else []), ALWAYS]


@pytest.mark.parametrize("expired", [False, True])
def test_what_was_accepted_and_has_ended_is_to_be_decided(expired):
    part = AcceptedPart(owner="o", reason="x", expires="2023-06-30", expired=expired)
    finding = PASSED.model_copy(update={"acceptance": Acceptance(parts=[part], counts=expired)})
    assert [one.link for one in next_steps(calm(findings=[finding]), {}, EN)] == (["#accepted", ""] if expired else [""])


def improvement(rule, *answers, along=()):
    after = [AnswerAfter(question=question, answer=answer, measure=OutOf(count=count, of=100)) for question, answer, count in answers]
    return Improvement(rule=rule, along=list(along), who="supplier", takes="agreement", answers=after)


def before(answer="great_reservations", count=50):
    """The questions of the audit, each with so many cases in doubt."""
    answered = {"answer": answer, "measure": OutOf(count=count, of=100)}
    return [one.model_copy(update={"answerability": one.answerability.model_copy(update=answered)}) for one in KNOWN.verdict.questions if one.answerability]


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ([("order", "can_be_answered", 0)], ["Then questions about", "can be answered."]), ([("order", "small_reservations", 7)], ["(7 of 100 cases in doubt) can be answered with small reservations."]),
        ([("order", "great_reservations", 20)], ["Cases in doubt fall from 50 to 20 for"]), ([("order", "great_reservations", 50)], []), ([("order", "great_reservations", 51)], []),
        ([("order", "cannot_be_answered", 60)], ["can still not be answered."]),
        ([("order", "can_be_answered", 0), ("workload", "great_reservations", 49)], ["can be answered.", "Cases in doubt fall from 50 to 49 for"]),
    ],
)  # fmt: skip
def test_a_step_says_what_becomes_of_the_questions(answers, says):
    audit = calm(improvements=[improvement(PASSED.rule, *answers)])
    audit = audit.model_copy(update={"verdict": audit.verdict.model_copy(update={"questions": before()})})
    (_, text, _), _ = told(audit)
    assert [words for words in says if words not in text] == []
    assert (("Then questions" in text), ("Cases in doubt fall" in text)) == (any("answered" in one and "still" not in one for one in says), any("fall" in one for one in says))


def test_each_step_stands_on_those_before_it_and_only_so_many_are_told():
    many = [PASSED.model_copy(update={"rule": f"r{n}"}) for n in range(9)]
    falling = [improvement(f"r{n}", ("order", "great_reservations", 40 - n)) for n in range(9)]
    audit = calm(findings=many, improvements=falling)
    audit = audit.model_copy(update={"verdict": audit.verdict.model_copy(update={"questions": before()})})
    first, *others = [text for _, text, _ in told(audit)[:-1]]
    assert len(others) == steps.MOST_STEPS - 1 < 8
    assert "fall from 50 to 40" in first
    assert [f"fall from {41 - n} to {40 - n}" in text for n, text in enumerate(others, 1)] == [True] * len(others)


def test_what_nobody_may_wait_with_comes_first_and_takes_a_place():
    beside = [PASSED.model_copy(update={"rule": f"b{n}", "outcome": outcome, "questions": questions}) for n, (outcome, questions) in enumerate([("passed", []), ("failed", ["order"]), ("failed", [])])]
    many = [PASSED.model_copy(update={"rule": f"r{n}", "title": PASSED.title.model_copy(update={"en": f"R{n}"})}) for n in range(9)]
    audit = calm(findings=[*beside, *many], improvements=[improvement(f"r{n}", along=["gone", f"r{n + 5}"][n % 2 :]) for n in range(4)])
    reasons = ["gone", *(one.rule for one in beside)]
    audit = audit.model_copy(update={"verdict": audit.verdict.model_copy(update={"reasons": reasons})})
    titles = [title for title, _, link in told(audit)[:-1] if not link]
    assert titles == [PASSED.title.en, "R0 and R5", "R1 and R6", "R2 and R7"]


def test_a_question_that_had_no_answer_keeps_no_other_from_being_told():
    audit = calm(improvements=[improvement(PASSED.rule, ("deadlines", "great_reservations", 1), ("order", "great_reservations", 20))])
    questions = [one for one in before() if one.question != "deadlines"]
    audit = audit.model_copy(update={"verdict": audit.verdict.model_copy(update={"questions": questions})})
    assert "fall from 50 to 20 for" in told(audit)[0][1]
