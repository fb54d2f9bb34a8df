"""The verdict: what each finding does by the judgement's terms, what the rule says of them, and faults with their line."""

import pytest

from logsyn.expectations.errors import DeclarationError
from logsyn.expectations.judgement import Judgement, load_judgement
from logsyn.expectations.suite import load_suite
from logsyn.validator.findings.maturity import mature
from logsyn.validator.findings.rule_of_judgement import told
from logsyn.validator.findings.verdict import judge
from logsyn.validator.record import Acceptance, AcceptedPart, Finding, OutOf, Suitability, Text

DEFAULT = load_judgement("default")
WORDS = Text(da="en regel", en="a rule")


def finding(rule="r", outcome="failed", severity="warning", failed=1, **how):
    texts = dict.fromkeys(("title", "fails_when", "why", "ask", "mend"), WORDS)
    known = {"check": rule, "table": "events", "dimension": "accuracy", "expectation": "e", "questions": ["order"]}
    return Finding(
        **{**known, **texts, **how}, rule=rule, outcome=outcome, severity=severity, checked=1000, failed=failed
    )


def question(findings, name="order", judgement=DEFAULT):
    return next(one for one in judge(findings, judgement).questions if one.question == name)


CASES = [
    ({"outcome": "passed", "severity": "critical", "failed": 0}, "fit", "usable"),
    ({"severity": "critical", "failed": 49}, "fit_with_reservations", "with_reservations"),
    ({"severity": "critical", "failed": 50}, "not_fit", "not_usable"),
    ({"severity": "warning", "failed": 900}, "fit_with_reservations", "with_reservations"),
    ({"severity": "info", "failed": 900}, "fit", "with_reservations"),
    ({"outcome": "not_evaluated", "severity": "critical", "failed": 0}, "fit_with_reservations", "with_reservations"),
    ({"outcome": "not_evaluated", "severity": "warning", "failed": 0}, "fit", "usable"),
    ({"outcome": "error", "severity": "info", "failed": 0}, "fit_with_reservations", "usable"),
    ({"outcome": "error", "severity": "critical", "failed": 0}, "fit_with_reservations", "with_reservations"),
    ({"severity": "critical", "failed": 3, "table": "log"}, "not_fit", "not_usable"),
]


@pytest.mark.parametrize(("how", "overall", "usability"), CASES)
def test_a_finding_does_what_the_default_says(how, overall, usability):
    verdict = judge([finding(**how)], DEFAULT)
    assert (verdict.overall, question([finding(**how)]).usability) == (overall, usability)


@pytest.mark.parametrize(("failed", "usability"), [(499, "with_reservations"), (500, "not_usable")])
def test_what_takes_the_ground_of_a_question_makes_it_unusable_however_mild(failed, usability):
    shared = finding("shared-timestamp", severity="info", failed=failed)
    assert question([shared]).usability == usability
    assert judge([shared], DEFAULT).overall == "fit"


def test_a_question_that_stands_on_a_rule_which_could_not_be_evaluated_has_reservations():
    unknown = finding("backdated-registration", outcome="not_evaluated", failed=0)
    assert question([unknown], "deadlines").usability == "with_reservations"
    assert question([unknown], "deadlines").rules == ["backdated-registration"]
    assert question([finding("another", outcome="not_evaluated", failed=0)], "deadlines").usability == "usable"


def acceptance(remaining, *, counts):
    part = AcceptedPart(reason="r", owner="o", expires="2030-01-01", expired=False, failed=1000 - remaining)
    return Acceptance(parts=[part], accepted=1000 - remaining, remaining=remaining, counts=counts)


@pytest.mark.parametrize(("remaining", "overall"), [(0, "fit"), (49, "fit_with_reservations"), (50, "not_fit")])
def test_only_what_is_not_accepted_counts(remaining, overall):
    accepted = acceptance(remaining, counts=remaining > 0)
    verdict = judge([finding(severity="critical", failed=1000, acceptance=accepted)], DEFAULT)
    assert verdict.overall == overall
    assert [one.share for one in verdict.questions[1].obstacles] == ([remaining / 1000] if remaining else [])


def test_what_makes_it_unusable_comes_first_then_the_unknown_then_what_touches_most():
    findings = [
        finding("few", failed=5, rows_affected=5), finding("many", severity="info", failed=9, rows_affected=9),
        finding("unknown", outcome="not_evaluated", severity="critical", failed=0),
        finding("shared-timestamp", severity="info", failed=600, rows_affected=600),
    ]  # fmt: skip
    assert question(findings).rules == ["shared-timestamp", "unknown", "many", "few"]


OWN = """judgement: own
overall:
  failed: {critical: {reservations_from: 0.01}}
every_question:
  failed: {warning: {unusable_from: 0.3}}
  not_evaluated: {warning: unusable}
questions:
  order: {counts: [missing-team], limits: {cpr-number: {reservations_from: 0.2}, duplicate-event: {}}}
"""


def own(tmp_path, text=OWN):
    path = tmp_path / "own.yaml"
    path.write_text(text, encoding="utf-8")
    return load_judgement(str(path), load_suite("base"))


@pytest.mark.parametrize(
    ("how", "usability"),
    [
        ({"rule": "missing-team", "failed": 300}, "not_usable"),
        ({"rule": "missing-team", "failed": 299}, "usable"),
        ({"rule": "missing-team", "outcome": "not_evaluated"}, "not_usable"),
        ({"rule": "another", "failed": 999}, "usable"),
        ({"rule": "duplicate-event", "failed": 999}, "usable"),
        ({"rule": "cpr-number", "questions": [], "failed": 200}, "with_reservations"),
    ],
)
def test_a_judgement_of_ones_own_is_followed(tmp_path, how, usability):
    assert question([finding(**how)], judgement=own(tmp_path)).usability == usability


def test_the_rule_in_words_says_what_the_terms_are(tmp_path):
    said = told(own(tmp_path), []).en.splitlines()
    assert said == [
        "The extract is fit with reservations when a critical rule has failed and at least 1% of what it looks at is not in order.",
        "Otherwise the extract is fit.",
        "A question cannot be answered when a warning that concerns it has failed and at least 30% of what it looks at is not "
        "in order or when a warning that concerns it could not be evaluated.",
        "Otherwise the question can be answered.",
        "For order these alone count: missing-team, CPR numbers in the texts.",
        "Special to order: “CPR numbers in the texts” gives reservations only when at least 20% is not in order; “The same "
        "event more than once” does not count. Reservations when the rule could not be evaluated.",
    ]  # fmt: skip


@pytest.mark.parametrize("share", [0.05, 0.125, 1])
def test_the_share_in_words_is_that_of_the_judgement(share):
    terms = {"failed": {"critical": {"unusable_from": share}}}
    judgement = Judgement.model_validate({"judgement": "x", "overall": terms, "every_question": {}})
    assert f"mindst {100 * share:g}".replace(".", ",") + "\u00a0% af det" in told(judgement, []).da


FAULTY = [
    ("judgement: x\n", 1, "overall: is missing"),
    ("judgement: x\noverall: {}\nevery_question: {}\nquestion: {}\n", 4, "Did you mean questions"),
    ("judgement: x\noverall:\n  failed:\n    fatal: {}\nevery_question: {}\n", 4, "fatal"),
    ("judgement: x\noverall: {}\nevery_question:\n  failed:\n    info: {unusable_from: 5}\n", 5, "less than or equal to 1"),
    (
        "judgement: x\noverall: {}\nevery_question: {}\nquestions:\n  order:\n    limits:\n      shared-timestam: {}\n",
        7, "Did you mean shared-timestamp",
    ),
    (
        "judgement: x\noverall: {}\nevery_question: {}\nquestions:\n  order:\n    limits:\n      cpr-number: "
        "{reservations_from: 0.5, unusable_from: 0.1}\n",
        7, "must not be below",
    ),
    (
        "judgement: x\noverall: {}\nevery_question: {}\nmaturity:\n  - {level: 3, title: {da: a, en: b}, checks: [cpr-number]}\n",
        5, "give either `measure`",
    ),
    (
        "judgement: x\noverall: {}\nevery_question: {}\nmaturity:\n  - level: 3\n    title: {da: a, en: b}\n    at_most: 0\n"
        "    checks: [cpr]\n",
        8, "no check or rule is called 'cpr'",
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
        finding(check, outcome=outcomes.get(check.replace("-", "_"), ("passed", 0))[0], failed=outcomes.get(check.replace("-", "_"), ("", 0))[1])
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
