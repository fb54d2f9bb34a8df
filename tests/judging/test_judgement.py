"""The verdict: what the measures make of each question, by the judgement's terms, what the rule says of them, and faults with their line."""

import pytest

from logsyn.expectations.errors import DeclarationError
from logsyn.expectations.judgement import Judgement, QuestionLimits, load_judgement
from logsyn.expectations.suite import load_suite
from logsyn.validator.findings.maturity import mature
from logsyn.validator.judging.rule_of_judgement import told
from logsyn.validator.judging.verdict import judge
from logsyn.validator.record import Acceptance, AcceptedPart, OutOf, Suitability
from tests.judging.measured import ALL, failed, finding, measured

DEFAULT = load_judgement("default")


EVERY = ["throughput-time", "order", "occurrence", "workload", "deadlines"]
PASSED = finding("missing-team", "passed", questions=EVERY)


def judged(*pairs, judgement=DEFAULT, mapped=ALL, causes=()):
    """The verdict on findings with the cases that each puts in doubt, beside one that passed and bears on every question."""
    return judge([PASSED, *(one for one, _ in pairs)], judgement, mapped, measured(*(sets for _, sets in pairs)), causes)


def answer(verdict, name="order"):
    return next(one.answerability for one in verdict.questions if one.question == name)


@pytest.mark.parametrize(
    ("cases", "said", "overall"),
    [
        (0, "can_be_answered", "fit"),
        (9, "can_be_answered", "fit"),
        (10, "small_reservations", "fit_with_reservations"),
        (99, "small_reservations", "fit_with_reservations"),
        (100, "great_reservations", "fit_with_reservations"),
        (499, "great_reservations", "fit_with_reservations"),
        (500, "cannot_be_answered", "fit_with_reservations"),
        (1000, "cannot_be_answered", "fit_with_reservations"),
    ],
)
@pytest.mark.parametrize("severity", ["critical", "warning", "info"])
def test_a_question_is_answered_by_the_cases_in_doubt_whatever_the_severity(cases, said, overall, severity):
    verdict = judged(failed("r", range(cases), severity=severity))
    assert (answer(verdict).answer, answer(verdict).measure.count, verdict.overall) == (said, cases, overall)
    assert {one.answerability.answer for one in verdict.questions if one.question != "order"} == {"can_be_answered"}


def test_rules_that_put_the_same_cases_in_doubt_count_them_once():
    verdict = judged(failed("a", range(60)), failed("b", range(40, 90)))
    assert answer(verdict).measure == OutOf(count=90, of=1000)


def test_no_log_is_fit_of_which_no_question_can_be_answered():
    every = [failed(name, range(600), name) for name in EVERY]
    assert judged(*every).overall == "not_fit"
    assert judged(*every[:4]).overall == "fit_with_reservations"


@pytest.mark.parametrize(
    ("rule_of", "mapped", "overall", "nothing_known"),
    [
        (("order", "occurrence", "workload"), ALL - {"registered_at"}, "not_fit", False),  # and no rule bears on throughput time
        (("order",), ALL, "not_fit", False),
        (("order", "deadlines"), {"case_id", "activity", "timestamp"}, "not_fit", False),
        ((), ALL, "fit_with_reservations", True),
        ((), {"case_id", "activity"}, "fit_with_reservations", True),
        ((), {"team"}, "not_fit", False),
    ],
)
def test_a_log_is_not_fit_where_nothing_can_be_answered_though_not_all_is_known(rule_of, mapped, overall, nothing_known):
    every = [failed(f"of-{name}", range(500), name) for name in rule_of]
    beside = finding("cpr-number", "passed", questions=[])
    verdict = judge([beside, *(one for one, _ in every)], DEFAULT, mapped, measured(*(sets for _, sets in every)))
    assert (verdict.overall, verdict.nothing_known) == (overall, nothing_known)


@pytest.mark.parametrize("findings", [[PASSED], [PASSED, finding("r", severity="info", failed=1)], [finding("r", "passed")]])
def test_where_nothing_was_worked_out_no_log_is_fit(findings):
    verdict = judge(findings, DEFAULT, ALL, None)
    assert (verdict.overall, verdict.nothing_known) == ("fit_with_reservations", True)


def test_a_flawless_log_of_three_columns_is_fit_for_what_they_can_answer():
    findings = [finding("end-before-start", "not_evaluated", "critical"), finding("duplicate-event", "passed", questions=EVERY[:3])]
    verdict = judge(findings, DEFAULT, {"case_id", "activity", "timestamp"}, measured())
    assert verdict.overall == "fit"
    assert [one.answerability.missing for one in verdict.questions] == [[], [], [], ["team|source"], ["registered_at"]]
    assert [one.usability for one in verdict.questions] == ["usable"] * 3 + ["not_usable"] * 2
    assert verdict.reasons == []


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"outcome": "error", "severity": "warning"}, "not_known"),
        ({"outcome": "error", "severity": "info"}, "can_be_answered"),
        ({"outcome": "not_evaluated", "severity": "critical"}, "can_be_answered"),
        ({"outcome": "nothing_checked", "severity": "critical", "own": True}, "small_reservations"),
        ({"outcome": "nothing_checked", "severity": "critical"}, "can_be_answered"),
        ({"doubts": {"order": None}, "severity": "critical"}, "great_reservations"),
        ({"doubts": {"order": None}, "severity": "warning"}, "small_reservations"),
        ({"doubts": {"order": None}, "severity": "info"}, "can_be_answered"),
    ],
)
def test_what_nobody_can_count_weighs_by_its_severity(how, said):
    passed = finding("another", "passed")
    verdict = judge([passed, finding("r", **how)], DEFAULT, ALL, measured())
    assert answer(verdict).answer == said
    assert answer(verdict).uncounted == (["r"] if "doubts" in how else [])
    assert verdict.reasons == (["r"] if said != "can_be_answered" else [])


def test_a_question_whose_rules_all_looked_at_nothing_is_not_known():
    idle = finding("backdated-registration", "nothing_checked", questions=["deadlines"])
    verdict = judge([idle, finding("duplicate-event", "passed")], DEFAULT, ALL, measured())
    assert (answer(verdict, "deadlines").answer, verdict.overall) == ("not_known", "fit_with_reservations")


def test_a_question_that_no_rule_of_the_suite_bears_on_is_not_known():
    verdict = judge([finding("shared-timestamp", "passed", questions=["order"])], DEFAULT, ALL, measured())
    assert {one.question: one.answerability.answer for one in verdict.questions} == {
        question: "can_be_answered" if question == "order" else "not_known" for question in EVERY
    }
    assert verdict.overall == "fit_with_reservations"


def test_a_question_for_which_a_judgement_lets_no_rule_count_can_be_answered():
    none_counts = DEFAULT.model_copy(update={"questions": {name: QuestionLimits(counts=[]) for name in EVERY}})
    verdict = judge([finding("shared-timestamp", questions=["order"])], none_counts, ALL, measured())
    assert {one.answerability.answer for one in verdict.questions} == {"can_be_answered"}


def test_a_log_whose_rows_have_no_case_answers_nothing_and_says_why():
    missing = finding("missing-case-id", severity="critical", questions=EVERY, doubts={name: set() for name in EVERY})
    verdict = judge([missing], DEFAULT, ALL, measured(cases=0))
    assert {one.answerability.answer for one in verdict.questions} == {"cannot_be_answered"}
    assert (verdict.overall, verdict.reasons) == ("not_fit", ["missing-case-id"])


def test_the_headline_is_measured_by_the_questions_that_can_be_asked():
    both = failed("late", range(900), "deadlines"), failed("twice", range(20), "order")
    assert judged(*both, mapped=ALL - {"registered_at"}).headline == "twice"
    assert judged(*both).headline == "late"


def test_where_nothing_was_judged_or_there_is_no_case_no_answer_is_known():
    assert answer(judge([finding("r", "nothing_checked", "info")], DEFAULT, ALL, measured())).answer == "not_known"
    assert answer(judge([], DEFAULT, ALL, measured(cases=0))).answer == "not_known"
    assert answer(judge([finding("r", "passed")], DEFAULT, ALL, None)).answer == "not_known"


@pytest.mark.parametrize(("severity", "of", "overall"), [("critical", 49, "fit_with_reservations"), ("critical", 50, "not_fit"), ("info", 900, "fit")])  # fmt: skip
def test_a_rule_that_bears_on_no_question_counts_by_its_severity(severity, of, overall):
    beside = finding("cpr-number", severity=severity, questions=[], failed=of)
    verdict = judge([PASSED, beside], DEFAULT, ALL, measured())
    assert (verdict.overall, verdict.reasons) == (overall, [] if overall == "fit" else ["cpr-number"])


@pytest.mark.parametrize(("cases", "fitness"), [(9, "fit"), (10, "fit_with_reservations"), (900, "fit_with_reservations")])
def test_a_dimension_has_the_reservations_that_its_findings_give_whatever_their_severity(cases, fitness):
    verdict = judged(failed("batch-registration", range(cases), "workload", "info", dimension="currentness"))
    assert {one.dimension: one.fitness for one in verdict.dimensions}["currentness"] == fitness


def test_reasons_and_steps_come_by_the_largest_measure_and_severity_breaks_ties():
    verdict = judged(
        failed("few", range(20), severity="critical"), failed("most", range(300), "occurrence", "info"),
        failed("mild", range(500, 600)), failed("grave", range(700, 800), severity="critical"),
    )  # fmt: skip
    assert verdict.reasons == ["most", "grave", "mild", "few"]
    assert verdict.headline == "most"
    assert [one.rule for one in verdict.improvements] == verdict.reasons


def test_steps_are_cumulative_and_what_two_rules_share_goes_away_with_the_second():
    verdict = judged(failed("a", range(200)), failed("b", range(100, 220)), failed("c", range(215, 230)))
    after = [next(one for one in step.answers if one.question == "order") for step in verdict.improvements]
    assert [(one.measure.count, one.answer) for one in after] == [
        (130, "great_reservations"), (15, "small_reservations"), (0, "can_be_answered"),
    ]  # fmt: skip


def test_what_has_one_cause_goes_away_in_one_step_in_the_place_of_the_first():
    verdict = judged(
        failed("a", range(200)), failed("b", range(300, 450)), failed("c", range(150, 230)), causes=[["c", "a", "elsewhere"]]
    )  # fmt: skip
    assert [(one.rule, one.along) for one in verdict.improvements] == [("a", ["c"]), ("b", [])]
    after = [next(one.measure.count for one in step.answers if one.question == "order") for step in verdict.improvements]
    assert after == [150, 0]


FOLLOWS = {"check": "registered-before-event", "rows_affected": 12}
CAUSE = {"check": "future-timestamp", "rows_affected": 6}


@pytest.mark.parametrize(("cause", "first"), [(59, "follows"), (60, "cause"), (61, "cause"), (10, "follows")])
def test_a_cause_leads_what_follows_from_it_only_where_it_puts_no_fewer_cases_in_doubt(cause, first):
    verdict = judged(failed("follows", range(60), **FOLLOWS), failed("cause", range(cause), **CAUSE), causes=[["cause", "follows"]])
    assert (verdict.headline, verdict.improvements[0].rule) == (first, first)
    assert sorted([verdict.improvements[0].rule, *verdict.improvements[0].along]) == ["cause", "follows"]


def test_what_a_rule_puts_in_doubt_is_told_of_the_questions_alone_for_which_it_counts(tmp_path):
    doubts = {"order": set(range(900)), "workload": set(range(20))}
    most = finding("most", questions=list(doubts), doubts=doubts)
    named, of_named = failed("missing-team", range(350))  # the only one that counts for order
    sets = measured(of_named, *(("most", question, cases) for question, cases in doubts.items()))
    verdict = judge([most, named], own(tmp_path), ALL, sets)
    assert verdict.reasons == ["missing-team", "most"]
    assert verdict.in_doubt_by("most") == {"workload": OutOf(count=20, of=1000)}
    assert verdict.in_doubt_by("missing-team") == {"order": OutOf(count=350, of=1000)}


def test_a_step_says_who_can_take_it_and_what_it_takes():
    verdict = judged(failed("backdated-registration", range(200)))
    assert (verdict.improvements[0].who, verdict.improvements[0].takes) == ("leader", "agreement")


@pytest.mark.parametrize("counts", [True, False])
def test_what_is_accepted_does_not_count(counts):
    part = AcceptedPart(reason="r", owner="o", expires="2030-01-01", expired=False, failed=1)
    accepted = Acceptance(parts=[part], accepted=1, remaining=int(counts), counts=counts)
    verdict = judged(failed("r", range(200), acceptance=accepted))
    assert answer(verdict).answer == ("great_reservations" if counts else "can_be_answered")
    assert verdict.improvements == [] or counts


OWN = """judgement: own
overall:
  failed: {critical: {reservations_from: 0.01}}
questions:
  order: {counts: [missing-team], great_from: 0.3, cannot_from: 0.4}
not_computable: {warning: cannot_be_answered}
"""


def own(tmp_path, text=OWN):
    path = tmp_path / "own.yaml"
    path.write_text(text, encoding="utf-8")
    return load_judgement(str(path), load_suite("base"))


@pytest.mark.parametrize(
    ("rule", "cases", "said"),
    [
        ("missing-team", 299, "can_be_answered"),
        ("missing-team", 300, "great_reservations"),
        ("missing-team", 400, "cannot_be_answered"),
        ("another", 999, "can_be_answered"),
    ],
)
def test_a_judgement_of_ones_own_is_followed(tmp_path, rule, cases, said):
    assert answer(judged(failed(rule, range(cases)), judgement=own(tmp_path))).answer == said


def test_a_question_that_a_judgement_leaves_out_has_the_limits_of_the_built_in_one(tmp_path):
    verdict = judged(failed("r", range(10), "workload"), judgement=own(tmp_path))
    assert answer(verdict, "workload").answer == "small_reservations"


def test_the_rule_in_words_says_what_the_terms_are(tmp_path):
    said = told(own(tmp_path), []).en.splitlines()
    assert said == [
        "The extract is fit when every question can be answered that it has columns for. It is not fit when none of them can, and otherwise fit with reservations.",
        "Throughput time, occurrence and workload: small reservations when at least 1% of the cases are in doubt, great reservations from 10%, no answer from 50%.",
        "Order: great reservations from 30%, no answer from 40%.",
        "Deadlines: small reservations when at least 1% of the cases are in doubt, great reservations from 5%, no answer from 50%.",
        "A case is in doubt when it counts otherwise in the answer once the rows that are not in order are taken for what they should be.",
        "A question for which the extract lacks a column cannot be answered.",
        "Where no rule has looked at what a question depends on, the answer is not known.",
        "For order these alone count: missing-team.",
        "When a warning has failed and it cannot be counted which cases that concerns, it gives no answer.",
        "There are reservations, too, when a critical rule that bears on no question has failed and at least 1% of what it looks at is not in order.",
    ]


def test_the_rule_in_words_says_that_nothing_was_worked_out():
    said = told(DEFAULT, [], measured=False)
    assert "so no answer is known" in said.en
    assert "no rule has looked" not in said.en


@pytest.mark.parametrize("share", [0.05, 0.125, 1])
def test_the_share_in_words_is_that_of_the_judgement(share):
    limits = {"questions": {"order": {"cannot_from": share}}}
    judgement = Judgement.model_validate({"judgement": "x", "overall": {}, **limits})
    assert f"Rækkefølge: intet svar fra {100 * share:g}".replace(".", ",") + "\u00a0%" in told(judgement, []).da


FAULTY = [
    ("judgement: x\n", 1, "overall: is missing"),
    ("judgement: x\noverall: {}\nquestion: {}\n", 3, "Did you mean questions"),
    ("judgement: x\noverall:\n  failed:\n    fatal: {}\n", 4, "fatal"),
    ("judgement: x\noverall: {}\nquestions:\n  order: {small_from: 5}\n", 4, "less than or equal to 1"),
    ("judgement: x\noverall: {}\nerror: {warning: perhaps}\n", 3, "error.warning"),
    ("judgement: x\noverall: {}\nquestions:\n  order:\n    counts: [shared-timestam]\n", 5, "Did you mean shared-timestamp"),
    ("judgement: x\noverall: {}\nquestions:\n  order: {great_from: 0.5, cannot_from: 0.1}\n", 4, "must not be below"),
    ("judgement: x\noverall: {}\nquestions:\n  order: {small_from: 0.5, cannot_from: 0.1}\n", 4, "must not be below"),
    (
        "judgement: x\noverall: {}\nmaturity:\n  - {level: 3, title: {da: a, en: b}, checks: [cpr-number]}\n",
        4, "give either `measure`",
    ),
    (
        "judgement: x\noverall: {}\nmaturity:\n  - level: 3\n    title: {da: a, en: b}\n    at_most: 0\n"
        "    checks: [cpr]\n",
        7, "no check or rule is called 'cpr'",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "says"), FAULTY, ids=[says for _, _, says in FAULTY])
def test_a_faulty_judgement_is_told_with_its_line(tmp_path, text, line, says):
    with pytest.raises(DeclarationError) as fault:
        own(tmp_path, text)
    assert says in str(fault.value)
    assert f"own.yaml:{line}: " in str(fault.value)


def measures(loaded=1000):
    parts = dict.fromkeys(("variants", "cases_of_own_variant", "labels_covering_95_percent"), OutOf(count=0, of=0))
    whole = dict.fromkeys(("rows_with_required_fields", "events_with_time_of_day"), OutOf(count=1000, of=1000))
    return Suitability(cases=1, events=1000, rows_loaded=OutOf(count=loaded, of=1000), **parts, **whole)


def every_rule(**outcomes):
    checks = {check for criterion in DEFAULT.maturity for check in criterion.checks}
    return [
        finding(check, outcomes.get(check.replace("-", "_"), ("passed", 0))[0], failed=outcomes.get(check.replace("-", "_"), ("", 0))[1])
        for check in sorted(checks)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("loaded", "outcomes", "level"),
    [
        (1000, {}, 5),
        (1000, {"cpr_number": ("failed", 1)}, 4),
        (1000, {"unknown_activity": ("not_evaluated", 0)}, 4),
        (1000, {"backdated_registration": ("failed", 11)}, 3),
        (1000, {"backdated_registration": ("failed", 101)}, 2),
        (949, {}, 1),
    ],
)
def test_a_level_takes_what_the_levels_below_it_take_and_the_unknown_is_not_met(loaded, outcomes, level):
    assert mature(DEFAULT.maturity, measures(loaded), every_rule(**outcomes)).level == level
