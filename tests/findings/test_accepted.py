"""Accepted findings: what they take out of the verdict, row by row; that they come back; what is hidden; and faults."""

from datetime import date

import pandas as pd
import pytest

from logsyn.expectations.accepted import AcceptedFinding, load_accepted
from logsyn.expectations.errors import DeclarationError
from logsyn.expectations.practice import load_practice
from logsyn.expectations.suite import load_suite
from logsyn.validator.commands.exit_codes import exit_code
from tests.auditing import SAMPLES, audit_files
from tests.judging.hit import judgement_of

HEAD = "case_id;activity;timestamp;registered_at;team"
LATE = [("A", "2023-01", 30), ("A", "2023-02", 20), ("B", "2023-01", 10), ("B", "2023-03", 3), ("", "2023-01", 6)]
"""Team, month and number of late registrations; every team has as many in time, in April."""

SUITE = "suite: s\nrules:\n  - {check: backdated-registration, severity: critical%s}\n  - {check: untidy-label, severity: critical}\n"


def entry(expires="2024-01-01", **scope):
    asked = {"rule": "backdated-registration", "reason": "Kendt", "owner": "Ledelsen", "expires": expires}
    return AcceptedFinding.model_validate({**asked, "scope": scope})


@pytest.fixture(scope="module")
def extract(tmp_path_factory):
    late = [
        f"{team}{month}{n};Samtale;{month}-02 10:00;{month}-20 10:00;{team}"
        for team, month, times in LATE
        for n in range(times)
    ]
    fine = [
        f"{team}ok{n};Samtale;2023-04-03 10:00;2023-04-03 11:00;{team}" for team in ("A", "B", "") for n in range(40)
    ]
    path = tmp_path_factory.mktemp("accepted") / "extract.csv"
    path.write_text("\n".join([HEAD, *late, *fine]) + "\n", encoding="utf-8")
    return path


def audited(extract, folder, *entries, mostly="", as_of=date(2023, 11, 30)):
    suite = folder / "suite.yaml"
    suite.write_text(SUITE % mostly, encoding="utf-8")
    return audit_files(folder, [extract], str(suite), accepted=entries, as_of=as_of, judgement=judgement_of([{"check": "backdated-registration"}])).audit


def late(**scope):
    """How many late registrations a scope holds, counted apart."""
    frame = pd.DataFrame(LATE, columns=["team", "month", "events"])
    inside = pd.Series(data=True, index=frame.index)
    for column, values in scope.items():
        inside &= frame[column].isin(["" if value is None else value for value in values])
    return int(frame["events"][inside].sum())


SCOPES = [
    {"team": ["A"]},
    {"team": ["A", "B"]},
    {"month": ["2023-01"]},
    {"team": [None]},
    {"activity": ["Samtale"]},
    {"team": ["C"]},
]


@pytest.mark.parametrize("scope", SCOPES, ids=str)
def test_failing_rows_within_the_scope_are_accepted_and_the_rest_counts(extract, tmp_path, scope):
    (finding, _) = audited(extract, tmp_path, entry(**scope)).findings
    inside = late(**scope) if "activity" not in scope else 69
    assert (finding.failed, finding.acceptance.accepted, finding.acceptance.remaining) == (69, inside, 69 - inside)
    assert finding.still_fails == (inside < 69)


def test_scopes_that_overlap_are_counted_once(extract, tmp_path):
    (finding, _) = audited(extract, tmp_path, entry(team=["A"]), entry(month=["2023-01"])).findings
    assert [part.failed for part in finding.acceptance.parts] == [50, 46]
    assert finding.acceptance.accepted == 66


@pytest.mark.parametrize(("as_of", "overall", "code"), [((2024, 1, 1), "fit", 0), ((2024, 1, 2), "fit_with_reservations", 1)])
def test_what_is_accepted_comes_back_the_day_after_it_expires(extract, tmp_path, as_of, overall, code):
    audit = audited(extract, tmp_path, entry(), as_of=date(*as_of))
    assert (audit.verdict.overall, exit_code(audit, "critical")) == (overall, code)
    (part,) = audit.findings[0].acceptance.parts
    assert part.expired == (code == 1)
    assert (part.owner, part.reason, part.expires) == ("Ledelsen", "Kendt", "2024-01-01")
    assert audit.findings[0].outcome == "failed"


@pytest.mark.parametrize(("mostly", "counts"), [(0.89, False), (0.9, True)])
def test_what_remains_counts_only_when_it_is_more_than_the_rule_allows(extract, tmp_path, mostly, counts):
    audit = audited(
        extract, tmp_path, entry(team=["A"]), mostly=f", mostly: {mostly}"
    )  # 19 of 189 remain: 89.9 % in order
    assert audit.findings[0].still_fails == counts
    assert exit_code(audit, "info") == int(counts)


@pytest.mark.parametrize(
    "scope",
    [{"team": ["B"], "month": ["2023-03"]}, {"month": ["2023-03"]}, {"team": ["B"], "month": ["2023-01"]}],
    ids=["three rows", "a hidden month", "all but three rows of a team"],
)
def test_a_small_group_is_not_told_by_an_acceptance(extract, tmp_path, scope):
    acceptance = audited(extract, tmp_path, entry(**scope)).findings[0].acceptance
    assert (acceptance.accepted, acceptance.remaining, acceptance.hidden) == (None, None, True)
    assert [(part.failed, part.hidden) for part in acceptance.parts] == [(None, True)]


def test_a_scope_on_a_column_that_is_not_there_meets_no_row(tmp_path):
    path = tmp_path / "no_team.csv"
    path.write_text(
        "case_id;activity;timestamp;registered_at\n" + "1;a;2023-01-02 10:00;2023-02-02 10:00\n" * 9, encoding="utf-8"
    )
    acceptance = audited(path, tmp_path, entry(team=[None])).findings[0].acceptance
    assert (acceptance.accepted, acceptance.counts) == (0, True)


def test_what_could_not_be_evaluated_cannot_be_accepted(tmp_path):
    path = tmp_path / "no_registration.csv"
    path.write_text("case_id;activity;timestamp\n1;a;2023-01-02 10:00\n", encoding="utf-8")
    audit = audited(path, tmp_path, entry())
    deadlines = audit.verdict.questions[-1].answerability
    assert (deadlines.answer, deadlines.missing) == ("cannot_be_answered", ["registered_at"])
    assert (audit.findings[0].outcome, audit.findings[0].still_fails) == ("not_evaluated", False)


def test_an_accepted_finding_of_the_sample_is_exact(tmp_path):
    how = {"profile": None, "practice": load_practice("jobcenter"), "accepted": [entry(team=["Jobklub"])]}
    finding = audit_files(tmp_path, [SAMPLES / "momentum.csv"], **how).finding("backdated-registration")
    group = next(group for group in finding.breakdowns.team if group.key == "Jobklub")
    assert finding.acceptance.accepted == group.failed


GOOD = "  - {rule: cpr-number, reason: r, owner: o, expires: 2024-01-01}\n"
FAULTY = [
    ("accepted:\n  - {rule: cpr-nummer, reason: r, owner: o, expires: 2024-01-01}\n", 2, "Did you mean cpr-number"),
    ("accepted:\n" + GOOD + "  - {rule: cpr-number, owner: o, expires: 2024-01-01}\n", 3, "reason: is missing"),
    ("accepted:\n" + GOOD + GOOD, 3, "accepted twice"),
    ("accepted:\n  - {rule: cpr-number, reason: r, owner: o, expires: soon}\n", 2, "must be a date"),
    ("accepted:\n  - {rule: cpr-number, reason: r, owner: anna@example.dk, expires: 2024-01-01}\n", 2, "a role or a team"),
    ("accepted:\n  - rule: untidy-label\n    scope: {team: A}\n    reason: r\n    owner: o\n    expires: 2024-01-01\n", 3, "needs a rule about events"),
    ("accepted:\n  - {rule: cpr-number, scope: {resource: x}, reason: r, owner: o, expires: 2024-01-01}\n", 2, "resource"),
    ("accepted:\n  - {rule: cpr-number, scope: {month: 1-2023}, reason: r, owner: o, expires: 2024-01-01}\n", 2, "written like 2023-04"),
    ("accepted:\n  - {rule: cpr-number, scope: {team: []}, reason: r, owner: o, expires: 2024-01-01}\n", 2, "at least 1 item"),
    ("- rule: x\n", 1, "a mapping"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "says"), FAULTY, ids=[says for _, _, says in FAULTY])
def test_a_faulty_file_is_told_with_its_line(tmp_path, text, line, says):
    path = tmp_path / "accepted.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DeclarationError) as fault:
        load_accepted(path, load_suite("base"))
    assert says in str(fault.value)
    assert str(fault.value).startswith(f"{path}:{line}: ")


LEAST_ALLOWED = (7, 32, 33, 56, 77, 93)
"""Of a hundred rows that may fail."""


def test_a_rule_of_which_as_many_rows_fail_as_it_allows_does_not_fail_still(tmp_path):
    rows = [f"c{n};a{n};2023-0{2 if n == 0 else 1}-10 08:00:0{n % 10}" for n in range(100)]
    (tmp_path / "log.csv").write_text("\n".join(["case_id;activity;timestamp", *rows]) + "\n", encoding="utf-8")
    rules = [f"- {{check: allowed-values, id: r{n}, column: activity, mostly: {(100 - n) / 100}, values: {[f'a{one}' for one in range(n + 1, 100)]}}}" for n in LEAST_ALLOWED]
    (tmp_path / "own.yaml").write_text("suite: own\nrules:\n" + "\n".join(rules), encoding="utf-8")
    accepted = [AcceptedFinding(rule=f"r{n}", scope={"month": ["2023-02"]}, reason="r", owner="o", expires=date(2030, 1, 1)) for n in LEAST_ALLOWED]
    audit = audit_files(tmp_path, [tmp_path / "log.csv"], str(tmp_path / "own.yaml"), accepted=accepted).audit
    assert [(one.failed, one.outcome) for one in audit.findings] == [(n + 1, "failed") for n in LEAST_ALLOWED]
    assert [one.rule for one in audit.findings if one.still_fails] == []
