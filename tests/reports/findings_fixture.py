"""Hand-made findings, one or more of every outcome. All figures are made up."""

from __future__ import annotations

from consequence_fixture import EVERYTHING, REGISTERED

from logsyn.validator.record import Breakdowns, Evidence, Finding, Group, Text


def text(da: str, en: str) -> Text:
    """A text in both languages."""
    return Text(da=da, en=en)


BACKDATED = Finding(
    rule="backdated-registration",
    check="backdated-registration",
    table="events",
    dimension="currentness",
    outcome="failed",
    severity="warning",
    patterns=["inadvertent time travel"],
    questions=["throughput-time", "order", "deadlines"],
    params={"max_days": None, "where": {"activity": ["Samtale (anden)", "CV-samtale"]}},
    expectation="expect_column_values_to_be_between(registration_overrun_days, max_value=0)",
    required_share=0.95,
    title=text("Registreret senere end aftalt", "Registered later than agreed"),
    fails_when=text(
        "Der går flere dage fra hændelsen til registreringen, end der er aftalt.",
        "More days pass from event to registration than agreed.",
    ),
    why=text(
        "Når noget registreres dage efter, det skete, kan rækkefølgen i analysen se anderledes ud end i virkeligheden, "
        "og ventetiderne kan se kortere eller længere ud.",
        "When something is registered days after it happened, the order in the analysis can look different from what "
        "it was, and waiting times shorter or longer.",
    ),
    ask=text(
        "Hvornår registrerer vi det, der er sket? Er der aktiviteter, hvor det giver mening, at der går længere tid?",
        "When do we register what has happened? Are there activities for which it makes sense that it takes longer?",
    ),
    mend=text(
        "Aftal en frist pr. aktivitet, og skriv den i praksisfilen.",
        "Agree on a limit per activity and write it into the practice file.",
    ),
    checked=96_010,
    failed=19_204,
    rows_affected=19_204,
    cases_affected=3_377,
    breakdowns=Breakdowns(
        team=[
            Group(key="Afklaring", checked=17_325, failed=1_885),
            Group(key="Jobklub", checked=17_215, failed=7_716),
            Group(key="Jobklar", checked=35_054, failed=5_533),
            Group(key="Ungeteam", checked=None, failed=None, hidden=True),
            Group(key=None, checked=216, failed=6),
        ],
        month=[
            Group(key="2022-01", checked=4_100, failed=1_990),
            Group(key="2022-02", checked=4_320, failed=1),
            Group(key="2022-03", checked=4_010, failed=4_009),
        ],
    ),
    evidence=[
        Evidence(
            activity="Samtale (anden)",
            team="Jobklub",
            timestamp="2022-03",
            values={
                "registered_at": "2022-03",
                "registration_lag_days": "15..31",
                "registration_overrun_days": "365..",
            },
        ),
        Evidence(
            activity="CV-samtale",
            team=None,
            timestamp="2022",
            values={"registered_at": "2022-05-30", "registration_lag_days": "..0", "registration_overrun_days": None},
        ),
    ],
    sql='SELECT row_id\nFROM events\nWHERE "registration_overrun_days" > 0\n  AND "registration_lag_days" IS NOT NULL',
    consequence=REGISTERED,
)

JOB_GOAL = Finding(
    rule="job-goal-end",
    check="far-future-end-date",
    table="events",
    dimension="credibility",
    outcome="failed",
    severity="warning",
    patterns=["I16"],
    questions=["throughput-time"],
    params={"max_days": 365, "sentinels": ["9999-12-31", "2099-12-31"]},
    expectation="expect_column_values_to_be_between(planned_end_overrun_days, max_value=0)",
    title=text("Slutdato langt ude i fremtiden", "End date far in the future"),
    fails_when=text("Slutdatoen ligger længere fremme end aftalt.", "The end date is further ahead than agreed."),
    why=text(
        "En periode, der slutter langt ude i fremtiden, får sagen til at se åben ud og tiden til at se lang ud.",
        "A period that ends far ahead makes the case look open and the throughput time look long.",
    ),
    ask=text(
        "Hvordan registrerer vi perioden for et jobmål? Hvad skriver vi, når vi ikke kender slutdatoen?",
        "How do we register the period of a job goal? What do we write when we do not know its end?",
    ),
    mend=text(
        "Aftal, hvad der skrives, når slutdatoen ikke kendes.", "Agree on what to write when the end is unknown."
    ),
    checked=5_908,
    failed=1_630,
    rows_affected=1_630,
    cases_affected=1_204,
    evidence=[
        Evidence(
            activity="Jobmål",
            team="Jobklar",
            timestamp="2022-01-04",
            values={"planned_end": "2099-12-31"},
        )
    ],
    sql="SELECT row_id FROM events WHERE planned_end_overrun_days > 0",
)

OVERLOADED = Finding(
    rule="overloaded-label",
    check="overloaded-label",
    table="labels",
    dimension="consistency",
    outcome="failed",
    severity="warning",
    patterns=["homonymous label"],
    questions=["occurrence"],
    params={"min_events": 30},
    expectation="expect_column_values_to_be_in_set(overloaded, [false])",
    title=text(
        "Aktivitetsnavn, der ser ud til at rumme flere betydninger",
        "Activity name that seems to carry several meanings",
    ),
    fails_when=text("Teamene bruger samme navn om noget forskelligt.", "The teams use one name for different things."),
    why=text(
        "Analysen lægger alt med samme navn sammen og kan ikke se, at det er to forskellige ting.",
        "The analysis adds up everything of the same name and cannot see that it is two different things.",
    ),
    ask=text(
        "Bruger vi navnet om det samme? Skal deltagelse i jobklub have sit eget navn?",
        "Do we use the name for the same thing? Should attendance at the job club have a name of its own?",
    ),
    mend=text("Skriv betydningerne i praksisfilen.", "Write the meanings into the practice file."),
    checked=54,
    failed=1,
    rows_affected=27_460,
    cases_affected=4_020,
    consequence=EVERYTHING,
    evidence=[
        Evidence(
            activity="Samtale (anden)",
            team="Jobklub",
        )
    ],
    sql="SELECT activity FROM labels WHERE overloaded",
)

NO_CASE = Finding(
    rule="missing-case-id",
    check="missing-case-id",
    table="events",
    dimension="completeness",
    outcome="failed",
    severity="critical",
    patterns=["I1", "I3"],
    expectation="expect_column_values_to_not_be_null(case_id)",
    title=text("Sagsnummer mangler", "Case id is missing"),
    fails_when=text("Feltet med sagens nummer er tomt.", "The field with the case id is empty."),
    why=text(
        "En registrering uden sagsnummer kan ikke høre til nogen sag og falder ud af analysen.",
        "A registration without a case id belongs to no case and drops out of the analysis.",
    ),
    ask=text("I hvilke situationer registreres der uden sag?", "When do we register without a case?"),
    mend=text(
        "Bed leverandøren om at tage sagsnummeret med for alle rækker.",
        "Ask the supplier to include the case id in every row.",
    ),
    checked=96_088,
    failed=12,
    rows_affected=12,
    cases_affected=0,
    evidence=[
        Evidence(
            activity="Jobsamtale",
            team="Jobklar",
            timestamp="2022-09-01",
        )
    ],
    sql="SELECT row_id FROM events WHERE case_id IS NULL",
)

DUPLICATE = Finding(
    rule="duplicate-event",
    check="duplicate-event",
    table="events",
    dimension="accuracy",
    outcome="failed",
    severity="warning",
    expectation="expect_column_values_to_be_between(duplicate_rank, max_value=1)",
    title=text("Samme registrering flere gange", "The same registration more than once"),
    fails_when=text(
        "Sag, aktivitet og tidspunkt er de samme som i en tidligere række.",
        "Case, activity and time equal an earlier row.",
    ),
    why=text("Dobbelte registreringer tæller dobbelt.", "Doubled registrations count twice."),
    ask=text("Hvornår opstår der dobbelte registreringer?", "When do doubled registrations arise?"),
    mend=text("Fjern gentagelserne i udtrækket.", "Remove the repetitions from the extract."),
    checked=96_076,
    failed=1,
    rows_affected=1,
    cases_affected=1,
    evidence=[
        Evidence(
            activity="Jobmål",
            timestamp="2022-01",
        )
    ],
    sql="SELECT row_id FROM events WHERE duplicate_rank > 1",
)

INACTIVE = Finding(
    rule="inactive-period",
    check="inactive-period",
    table="log",
    dimension="completeness",
    outcome="failed",
    severity="info",
    params={"min_gap": "7d"},
    expectation="expect_column_values_to_be_between(gap_days, max_value=7)",
    title=text("Periode uden registreringer", "Period without registrations"),
    fails_when=text(
        "Der går mere end syv dage uden registreringer.", "More than seven days pass without registrations."
    ),
    why=text("Et hul kan betyde, at udtrækket er ufuldstændigt.", "A gap can mean that the extract is incomplete."),
    ask=text("Var der lukket?", "Was it closed?"),
    mend=text("Spørg leverandøren.", "Ask the supplier."),
    checked=1,
    failed=2,
)

CPR = Finding(
    rule="cpr-number",
    check="cpr-number",
    table="events",
    dimension="confidentiality",
    outcome="passed",
    severity="critical",
    params={"columns": ["activity", "status"]},
    expectation="expect_column_values_to_be_in_set(has_cpr, [false])",
    title=text("CPR-nummer i tekst", "CPR number in a text"),
    fails_when=text("En tekst indeholder et CPR-nummer.", "A text contains a CPR number."),
    why=text("CPR-numre må ikke følge med ind i analysen.", "CPR numbers must not enter the analysis."),
    ask=text("Skriver vi CPR-numre i fritekst?", "Do we write CPR numbers in free text?"),
    mend=text("Fjern numrene i udtrækket.", "Remove the numbers from the extract."),
    checked=96_088,
    sql="SELECT row_id FROM events WHERE has_cpr",
)

OPEN_ENDED = Finding(
    rule="open-ended-period",
    check="open-ended-period",
    table="events",
    dimension="currentness",
    outcome="not_evaluated",
    severity="warning",
    expectation="expect_column_values_to_not_be_null(planned_end)",
    title=text("Periode uden slutdato", "Period without an end date"),
    fails_when=text("En periode har ingen slutdato.", "A period has no end date."),
    why=text("Uden slutdato kan perioden ikke afgrænses.", "Without an end the period has no limit."),
    ask=text("Hvornår må en periode stå åben?", "When may a period stay open?"),
    mend=text(
        "Angiv i praksis, hvilke aktiviteter der er perioder.", "Say in the practice which activities are periods."
    ),
    reason=text(
        "Praksis siger ikke, hvilke aktiviteter der er perioder.",
        "The practice does not say which activities are periods.",
    ),
)

IMPRECISE = Finding(
    rule="imprecise-timestamp",
    check="imprecise-timestamp",
    table="events",
    dimension="precision",
    outcome="error",
    severity="info",
    expectation="expect_column_values_to_be_in_set(has_time_of_day, [true])",
    title=text("Tidspunkt uden klokkeslæt", "Time without time of day"),
    fails_when=text("Der er kun en dato.", "There is only a date."),
    why=text("Rækkefølgen på samme dag kan ikke ses.", "Order within a day cannot be seen."),
    ask=text("Kan klokkeslættet komme med?", "Can the time of day be included?"),
    mend=text("Bed om klokkeslæt.", "Ask for the time of day."),
    reason=text("Kolonnen kunne ikke beregnes.", "The column could not be computed."),
)

FINDINGS = [NO_CASE, BACKDATED, JOB_GOAL, OVERLOADED, DUPLICATE, INACTIVE, CPR, OPEN_ENDED, IMPRECISE]
"""Gravest first."""
