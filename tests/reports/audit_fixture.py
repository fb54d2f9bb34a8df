"""Hand-made audits: a realistic one of an employment project, and extremes. All figures are made up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from consequence_fixture import TWO_CLOCKS
from findings_fixture import FINDINGS, text
from judgement_fixture import accepting, selecting, suitability
from registration_fixture import TEAMS, agreed, kept, lag, near, overloaded, registration
from scope_fixture import scope

from logsyn.expectations.judgement import load_judgement
from logsyn.validator.judging.verdict import judge
from logsyn.validator.record import (
    AgreedGroup,
    Answerability,
    Answerable,
    AnswerAfter,
    AnswerRange,
    Audit,
    Breakdowns,
    CaseDuration,
    Column,
    Consequence,
    DimensionVerdict,
    Extract,
    Finding,
    Horizon,
    Improvement,
    Input,
    LabelUse,
    LagGroup,
    LogFacts,
    Machine,
    Obstacle,
    OutOf,
    OverloadedLabel,
    QuestionVerdict,
    Registration,
    RunFacts,
    Unmatched,
    Usability,
    Verdict,
)

if TYPE_CHECKING:
    from logsyn.expectations.question import Takes, Who

CASES = 5_912


def columns() -> list[Column]:
    """The columns of a Danish extract, with one date column that could not be settled by itself."""
    days = {"%d-%m-%Y": 31_204, "%d-%m-%Y %H:%M": 64_884}
    return [
        Column(
            name="case_id", header="SagsID", mapped_by="profile", kind="text", filled=96_076, missing=12,
            distinct=5_912,
        ),
        Column(
            name="activity", header="Aktivitet", mapped_by="profile", kind="category", filled=96_088, missing=0,
            distinct=54,
        ),
        Column(
            name="timestamp", header="Starttidspunkt", mapped_by="profile", kind="time", filled=96_088, missing=0,
            formats=days, day_month="evidence", without_time_of_day=31_204,
        ),
        Column(
            name="registered_at", header="Oprettet", mapped_by="profile", kind="time", filled=96_010, missing=61,
            unparseable=17, formats={"%d-%m-%Y %H:%M": 96_010}, day_month="evidence",
        ),
        Column(
            name="planned_end", header="Slutdato", mapped_by="synonym", kind="time", filled=6_310, missing=89_778,
            formats={"%d-%m-%Y": 6_310}, day_month="given", without_time_of_day=6_310,
        ),
        Column(
            name="team", header="Team", mapped_by="profile", kind="category", filled=95_870, missing=218, distinct=6,
        ),
        Column(
            name="Målgruppe", header="Målgruppe", mapped_by="kept", kind="category", filled=96_088, missing=0,
            distinct=11,
        ),
    ]  # fmt: skip


def inputs() -> list[Input]:
    """Two files; 145 rows of the first could not be read."""
    common = {"encoding": "cp1252", "delimiter": ";"}
    return [
        Input(
            file="momentum_2022.csv", sha256="9f2c" * 16, rows_in_file=51_233, rows_loaded=51_088, rows_rejected=145,
            blank_lines=2, preamble_lines=3, **common,
        ),
        Input(
            file="momentum_2023.csv", sha256="07ab" * 16, rows_in_file=45_000, rows_loaded=45_000, rows_rejected=0,
            **common,
        ),
    ]  # fmt: skip


def verdict() -> Verdict:
    """Not fit for order, with reservations for the rest."""
    reasons = [f.rule for f in FINDINGS if f.outcome == "failed" and f.severity != "info"]
    return Verdict(
        overall="fit_with_reservations",
        reasons=reasons,
        rule_of_judgement=text(
            "Udtrækket er egnet, når alle kritiske regler og advarsler er bestået. Det er egnet med forbehold, når kun "
            "advarsler ikke er bestået, eller når en kritisk regel rammer under 0,1 % af registreringerne. "
            "Ellers er det ikke egnet.",
            "The extract is fit when every critical rule and every warning passed. It is fit with reservations when "
            "only warnings failed, or when a critical rule fails in fewer than 0.1% of the registrations. "
            "Otherwise it is not fit.",
        ),
        dimensions=[
            DimensionVerdict(
                dimension="currentness", fitness="fit_with_reservations", passed=1, failed=2, not_evaluated=1, error=0
            ),
            DimensionVerdict(dimension="completeness", fitness="not_fit", passed=1, failed=1, not_evaluated=0, error=0),
            DimensionVerdict(dimension="confidentiality", fitness="fit", passed=1, failed=0, not_evaluated=0, error=0),
            DimensionVerdict(
                dimension="precision", fitness="not_evaluated", passed=0, failed=0, not_evaluated=0, error=1
            ),
        ],
        headline="backdated-registration",
        questions=[
            question("throughput-time", "small_reservations", 290, [("backdated-registration", 190), ("job-goal-end", 120)], DURATIONS),
            question("order", "great_reservations", 900, [("backdated-registration", 830), ("duplicate-event", 80)]),
            question("occurrence", "great_reservations", 1_200, [("overloaded-label", 1_150), ("open-ended-period", None)]),
            question("workload", "can_be_answered", 0, []),
            question("deadlines", "cannot_be_answered", 3_377, [("backdated-registration", 3_377)]),
        ],
        improvements=[
            step("backdated-registration", "leader", "agreement", 70, 1_200, 0),
            step("overloaded-label", "domain-expert", "agreement", 70, 50, 0),
        ],
    )


DURATIONS = [
    AnswerRange(figure="median_duration_days", as_it_is=143.0, remedied=141.0, left_out=139.5),
    AnswerRange(figure="mean_duration_days", as_it_is=16_401.9, remedied=277.9, left_out=127.6),
]


def question(name: str, answer: Answerable, cases: int, rules: list[tuple[str, int | None]], ranges: list[AnswerRange] = []) -> QuestionVerdict:  # noqa: B006 - read only
    """A question, the cases in doubt, and the rules in its way with theirs."""
    usability: dict[str, Usability] = {"can_be_answered": "usable", "cannot_be_answered": "not_usable"}
    obstacles = [
        Obstacle(
            rule=rule,
            makes="not_usable" if answer == "cannot_be_answered" else "with_reservations",
            share=0.2,
            cases=None if count is None else OutOf(count=count, of=CASES),
        )
        for rule, count in rules
    ]
    return QuestionVerdict(
        question=name,
        usability=usability.get(answer, "with_reservations"),
        rules=[rule for rule, _ in rules],
        obstacles=obstacles,
        answerability=Answerability(answer=answer, measure=OutOf(count=cases, of=CASES), ranges=ranges),
    )


def step(rule: str, who: Who, takes: Takes, order: int, occurrence: int, deadlines: int) -> Improvement:
    """A step after which so many cases are in doubt."""
    said = {"order": order, "occurrence": occurrence, "deadlines": deadlines}
    answers = [
        AnswerAfter(
            question=name,
            answer="small_reservations" if 59 <= count < 591 else "can_be_answered" if count < 59 else "great_reservations",
            measure=OutOf(count=count, of=CASES),
        )
        for name, count in said.items()
    ]
    return Improvement(rule=rule, who=who, takes=takes, answers=answers)


def realistic() -> Audit:
    """An employment project of one municipality."""
    remark = text(
        "Datoer som 03-04-2022 læses dag-måned: 58.211 datoer kan kun læses sådan.",
        "Dates such as 03-04-2022 are read day-month: 58,211 dates can be read in no other way.",
    )
    return Audit(
        as_of="2023-11-08",
        version="0.1.0",
        suite="momentum-jobklub",
        inputs=inputs(),
        extract=Extract(source="momentum", timezone="Europe/Copenhagen", columns=columns(), remarks=[remark]),
        log=LogFacts(
            cases=5_912, variants=4_812, events=96_088, activities=54,
            start="2022-01-01T08:05:00", end="2023-11-08T15:41:00",
            case_duration_seconds=CaseDuration(min=0, median=12_355_200, mean=14_000_000.5, max=58_406_400),
        ),
        verdict=verdict(),
        suitability=suitability(),
        registration=registration().model_copy(update={"two_clocks": TWO_CLOCKS}),
        agreed=agreed(),
        findings=FINDINGS,
    )  # fmt: skip


def run() -> RunFacts:
    """With what the audits were made."""
    versions = {"logsyn": "0.1.0", "duckdb": "1.5.6", "great_expectations": "1.24.0"}
    machine = Machine(system="Linux", architecture="x86_64", cores=2)
    return RunFacts(audit="0" * 64, engine="duckdb", versions=versions, memory_bytes=10**9, threads=2, machine=machine)


def empty() -> Audit:
    """An extract with a head and no rows, and a suite without rules."""
    return realistic().model_copy(
        update={
            "inputs": [inputs()[1].model_copy(update={"rows_in_file": 0, "rows_loaded": 0})],
            "extract": Extract(source="generic", timezone="Europe/Copenhagen", columns=[]),
            "log": LogFacts(
                cases=0, variants=0, events=0, activities=0, start=None, end=None,
                case_duration_seconds=CaseDuration(min=None, median=None, mean=None, max=None),
            ),
            "verdict": verdict().model_copy(
                update={"overall": "not_fit", "reasons": [], "dimensions": [], "questions": []}
            ),
            "suitability": None,
            "registration": Registration(),
            "agreed": None,
            "findings": [],
        }
    )  # fmt: skip


def accepted() -> Audit:
    """The realistic audit with acceptances of every kind, and rules of one cause."""
    return accepting(realistic())


def selected() -> Audit:
    """An audit of some of the rules only, in which all of them passed."""
    return selecting(passing(), "fit")


def scoped() -> Audit:
    """The realistic audit as one of a part of the extract."""
    return realistic().model_copy(update={"scope": scope()})


def passing() -> Audit:
    """An extract in which every rule passed."""
    passed = [f.model_copy(update={"outcome": "passed", "failed": 0, "evidence": [], "reason": None}) for f in FINDINGS]
    judged = verdict().model_copy(update={"overall": "fit", "headline": None, "reasons": [], "questions": [], "improvements": []})
    return realistic().model_copy(update={"verdict": judged, "findings": passed})


def broken() -> Audit:
    """An audit in which every rule broke, and every group is hidden."""
    nothing = agreed().model_copy(
        update={
            "overall": AgreedGroup(events=None, hidden=True),
            "by_team": [AgreedGroup(team=team, events=None, hidden=True) for team in TEAMS],
            "by_activity_and_team": [],
            "system": LagGroup(events=None, hidden=True),
            "gaps": [],
        }
    )
    reason = text("Motoren stoppede.", "The engine stopped.")
    errors = [f.model_copy(update={"outcome": "error", "reason": reason, "sql": None}) for f in FINDINGS]
    hidden = [LagGroup(team=team, events=None, hidden=True) for team in TEAMS]
    label = OverloadedLabel(
        activity="Jobmål", declared=False, found=True, events=9, teams=[LabelUse(team=None, events=None, hidden=True)]
    )
    practice = Registration(lag_overall=LagGroup(events=None, hidden=True), lag_by_team=hidden, overloaded=[label])
    return realistic().model_copy(update={"findings": errors, "registration": practice, "agreed": nothing})


def idle() -> Audit:
    """An audit in which no rule looked at a row, and all that is left of the hand-made findings is what they ask."""
    nothing = {
        "outcome": "nothing_checked",
        "checked": 0,
        "failed": 0,
        "rows_affected": 0,
        "cases_affected": 0,
        "reason": None,
    }
    kept = {"evidence": [], "breakdowns": Breakdowns(), "consequence": Consequence(), "sql": None, "told": {}}
    findings = [finding.model_copy(update=nothing | kept) for finding in FINDINGS]
    judged = judge(findings, load_judgement("default"), {"case_id", "activity", "timestamp", "registered_at", "team"}, None)
    return realistic().model_copy(update={"verdict": judged, "findings": findings})


def hostile(label: str) -> Audit:
    """The realistic audit with ``label`` wherever a text from the log can stand."""
    audit = realistic()
    use = (
        overloaded()
        .teams[1]
        .model_copy(
            update={"team": label, "meaning": label, "before": near((label, 0.5)), "status": near((label, 0.5))}
        )
    )
    named = overloaded().model_copy(update={"activity": label, "teams": [use]})
    practice = audit.registration.model_copy(
        update={
            "practice": label,
            "overloaded": [named],
            "lag_by_team": [lag(None, label, [0, 7, 0, 0, 0, 0, 0, 0], (0, 0), 0)],
            "lag_by_activity": [lag(label, None, [0, 7, 0, 0, 0, 0, 0, 0], (0, 0), 0)],
            "horizon_by_activity": [Horizon(activity=label, events=7, buckets=[0, 7, 0, 0, 0, 0, 0])],
        }
    )
    columns_named = [column.model_copy(update={"header": label, "name": label}) for column in columns()]
    return audit.model_copy(
        update={
            "suite": label,
            "scope": scope(label, label),
            "extract": audit.extract.model_copy(update={"source": label, "columns": [*columns(), *columns_named]}),
            "inputs": [file.model_copy(update={"file": label, "delimiter": label[:1]}) for file in inputs()],
            "registration": practice,
            "agreed": agreed().model_copy(
                update={
                    "by_team": [kept(None, label, 60, 6, 1)],
                    "by_activity_and_team": [kept(label, label, 60, 6, 1)],
                    "gaps": [
                        gap.model_copy(update={"activity": label, "team": label, "system_user": name})
                        for gap in agreed().gaps
                        for name in (label, None)
                    ],
                }
            ),
            "findings": [_hostile_finding(finding, label) for finding in FINDINGS],
        }
    )


def crowded(groups: int) -> Audit:
    """The realistic audit with so many activities, each longer than a screen is wide."""
    audit = realistic()
    many = [
        lag(f"Aktivitet-{n}-" + "lang" * 40, None, [0, n, 0, 0, 0, 0, 0, n], (1, 40), n) for n in range(1, groups + 1)
    ]
    return audit.model_copy(update={"registration": audit.registration.model_copy(update={"lag_by_activity": many})})


def _hostile_finding(finding: Finding, label: str) -> Finding:
    evidence = [
        row.model_copy(
            update={
                "activity": label,
                "team": label,
                "values": {label: label, "status": label},
            }
        )
        for row in finding.evidence
    ]
    groups = [group.model_copy(update={"key": label}) for group in finding.breakdowns.team]
    parts = finding.breakdowns.model_copy(update={"team": groups})
    unmatched = [Unmatched(key="where", column=label, operator=operator, value=value, near=label)
                 for operator, value in ((None, None), (None, label), ("matches", label), (None, "…"))]  # fmt: skip
    return finding.model_copy(
        update={"evidence": evidence, "breakdowns": parts, "sql": f"select '{label}'", "params": {label: [label]}, "unmatched": unmatched}
    )


def heavy(failed: int) -> Audit:
    """The realistic audit with so many failed rules, and as many not evaluated: more than a page can hold."""
    broken_rules = [
        finding.model_copy(update={"rule": f"{finding.rule}-{n}", "severity": "critical"})
        for n in range(failed)
        for finding in FINDINGS
        if finding.check == "backdated-registration"
    ]
    silent = [FINDINGS[-2].model_copy(update={"rule": f"silent-{n}"}) for n in range(failed)]
    judged = verdict().model_copy(update={"reasons": [finding.rule for finding in broken_rules], "questions": []})
    return realistic().model_copy(update={"findings": [*broken_rules, *silent, FINDINGS[-1]], "verdict": judged})
