"""Drawn logs of a few rows, with what breaks figures in them: the measures, answers and ranges equal what pandas works out from the definitions."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from measured_apart import Log, log_of
from measured_audit import answers_as_defined, cases_as_defined, measured_from, ranges_as_defined
from ruamel.yaml import YAML

from logsyn.expectations.accepted import AcceptedFinding

COLUMNS = [
    "case_id",
    "activity",
    "timestamp",
    "registered_at",
    "end_timestamp",
    "planned_start",
    "planned_end",
    "team",
    "source",
]
FEW = [
    "2023-03-01 08:00",
    "2023-03-01 08:00",
    "2023-03-01 00:00",
    "2023-03-02 09:30:05",
    "2023-04-03",
    "2023-04-11 16:00",
]
ODD = ["", "", "1970-01-01", "0001-01-01", "9999-12-31 23:59:59", "medio maj", "2023-03-26 02:30", "2023-10-29 02:30"]
TIMES = st.sampled_from(FEW * 3 + ODD)
LATER = st.sampled_from(["", "", *FEW, *ODD])
CASES = st.sampled_from(["A", "A", "A", "B", "B", "C", "NULL", ""])
LABELS = st.sampled_from(["Brev", "Brev", "brev", " Brev", "Møde", "Møde", "Svar", ""])
ROW = st.tuples(
    CASES,
    LABELS,
    TIMES,
    LATER,
    LATER,
    LATER,
    LATER,
    st.sampled_from(["t", "u", "u", ""]),
    st.sampled_from(["s", "r", ""]),
)
CHECKS = (
    "missing-case-id missing-activity missing-timestamp unparseable-timestamp backdated-registration registered-before-event "
    "end-before-start future-timestamp default-date duplicate-event shared-timestamp imprecise-timestamp untidy-label overlap "
    "far-future-end-date zero-duration day-month-swap dst-gap dst-ambiguous collateral-event order-inversion overloaded-label"
).split()
OWN = [
    {"check": "missing-value", "column": "team", "mostly": 0.7},
    {"check": "unknown-activity", "activities": ["Brev", "Svar"], "where": {"team": "u"}},
    {"check": "unexpected-end", "activities": ["Svar"]},
    {"check": "activity-frequency", "max": {"Brev": 1}},
    {
        "expect": "expect_column_values_to_be_in_set",
        "id": "known",
        "args": {"column": "activity", "value_set": ["Brev"]},
    },
    {
        "expect": "expect_column_values_to_be_between",
        "id": "long",
        "table": "cases",
        "args": {"column": "events", "max_value": 2},
    },
]
RULES = st.lists(
    st.sampled_from([*({"check": name} for name in CHECKS), *OWN]),
    min_size=1,
    max_size=6,
    unique_by=lambda rule: rule.get("id", rule.get("check")),
)
SCOPES = st.sampled_from([None, None, {}, {"team": ["t"]}, {"team": [None]}])
AS_OF = date(2023, 5, 1)


def time(text):
    for layout in ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d"):
        try:
            return datetime.strptime(text, layout)  # noqa: DTZ007, local times without a zone
        except ValueError:
            continue
    return None


def audited(folder, rows, rules, scope=None, columns=COLUMNS):
    """The audit of some rows by some rules, the first of which is accepted within the scope."""
    extract, suite = folder / "extract.csv", folder / "suite.yaml"
    kept = [COLUMNS.index(name) for name in columns]
    extract.write_text("\n".join(";".join(row[at] for at in kept) for row in [COLUMNS, *rows]) + "\n", encoding="utf-8")
    YAML().dump({"suite": "drawn", "rules": rules}, suite)
    named = rules[0].get("id", rules[0].get("check"))
    entry = {"rule": named, "scope": scope, "reason": "agreed", "owner": "the team", "expires": date(2030, 1, 1)}
    accepted = [] if scope is None else [AcceptedFinding.model_validate(entry)]
    read = {name: [row[at] or None for row in rows] for name, at in zip(columns, kept, strict=True)}
    read |= {name: [time(text or "") for text in read[name]] for name in columns[2:7] if name in read}
    read.pop("planned_start", None)
    log = Log(log_of(range(2, len(rows) + 2), **read), set(columns))
    measured = measured_from(folder, log, extract, str(suite), with_labels=False, as_of=AS_OF, accepted=accepted)
    if scope is not None and named in measured.lines:
        units = {value or None for value in scope.get("team", [])}
        lines = measured.lines[named]
        measured.lines[named] = [line for line in lines if scope and log.frame.loc[line, "team"] not in units]
    return measured


def holds(measured):
    for found, expected in (cases_as_defined(measured), answers_as_defined(measured)):
        assert found == expected
    found, expected = ranges_as_defined(measured)
    assert found == pytest.approx(expected, rel=1e-5, abs=1e-3)


def row(case, activity="Brev", timestamp="", registered="", end="", start="", until="", team="u", source="s"):
    return (case, activity, timestamp, registered, end, start, until, team, source)


def rules(names):
    return [{"check": name} for name in names.split()]


EARLY, NOON, LATE = "2023-03-01 08:00", "2023-03-02 12:00", "2023-03-09 16:00"
SCENES = {
    "no row has a case": ([row("", timestamp=EARLY), row("", "Møde", NOON)], rules("missing-case-id missing-activity")),
    "no row has a case, and nobody asks for it": ([row("", timestamp=EARLY)], rules("missing-activity missing-timestamp")),
    "one event, and every row fails": ([row("A", timestamp="2023-03-01")], [*rules("imprecise-timestamp"), {**OWN[1], "where": {}, "activities": ["Svar"]}]),
    "all times are equal, and a label is renamed and left out": (
        [row("A", label, EARLY) for label in ("Brev", "brev", " Brev", "Brev", "Møde")], [*rules("untidy-label shared-timestamp duplicate-event"), OWN[4]],
    ),
    "the years 1, 1970 and 9999": (
        [row("A", timestamp=time, registered=NOON, until=until) for time, until in (("0001-01-01", "9999-12-31"), ("1970-01-01", "0001-01-01"), (EARLY, ""), ("9999-12-31", LATE))]
        + [row(case, timestamp=time) for case in "BCD" for time in (EARLY, "1970-01-01")],
        rules("default-date future-timestamp end-before-start backdated-registration far-future-end-date"),
    ),
    "rows without a case, an activity or a time, and a case called NULL": (
        [row("", timestamp=EARLY), row("NULL", "", NOON), row("NULL", timestamp=""), row("NULL", "Møde", LATE), row("", "Møde", LATE, registered="2023-06-01")],
        [*rules("missing-case-id missing-activity missing-timestamp backdated-registration"), *OWN[2:6]],
    ),
    "what was registered after the as-of day is not moved": (
        [row(f"{case}{at}", timestamp=EARLY, registered=registered) for case, late in (("A", "9999-12-31 23:59:59"), ("B", "2023-05-01 23:59:59"), ("C", "2023-05-02"))
         for at in range(5) for registered in ("", late)],
        rules("backdated-registration"),
    ),
    "planned dates contradict each other, and the row has no time": (
        [row("A", timestamp=EARLY), row("A", "Møde", "", start=LATE, until=NOON), row("B", "Svar", "", start=LATE, until=NOON)], rules("end-before-start"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("scene", SCENES)
def test_the_measures_of_what_breaks_figures(scene, tmp_path):
    holds(audited(tmp_path, *SCENES[scene]))


def test_of_a_case_with_accepted_and_other_failing_rows_only_the_others_are_moved(tmp_path):
    late = [
        row("A", "Brev", EARLY, LATE, team="t"),
        row("A", "Møde", NOON),
        row("A", "Svar", LATE, "2023-04-01", team="u"),
    ]
    other = [row("B", "Brev", EARLY, LATE, team="u"), row("B", "Møde", NOON)]
    measured = audited(tmp_path, late + other, rules("backdated-registration"), scope={"team": ["t"]})
    assert measured.sets["order"] == {"backdated-registration": {"B"}}
    holds(measured)


def test_an_event_of_january_1970_of_the_first_team_counts_for_workload(tmp_path):
    rows = [row(case, timestamp=when, team="a") for case in "ABC" for when in (EARLY, "1970-01-01 08:00")]
    measured = audited(tmp_path, rows, rules("default-date"))
    assert cases_as_defined(measured)[0]["workload", "default-date"] == len(measured.lines["default-date"]) == 3


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(rows=st.lists(ROW, min_size=1, max_size=9), rules=RULES, scope=SCOPES)
def test_the_measures_of_drawn_logs(tmp_path_factory, rows, rules, scope):
    holds(audited(tmp_path_factory.mktemp("drawn"), rows, rules, scope))
