"""What is worked out beside the comparison is that of the failing rows that nobody has accepted, on the rows of the process; each log is reckoned anew here."""

from datetime import date, datetime, timedelta
from itertools import groupby, pairwise
from zoneinfo import ZoneInfo

import pytest

from logsyn.expectations.accepted import AcceptedFinding
from tests.auditing import AS_OF, audit_files
from tests.quantiles import middle

FIRST = datetime(2023, 3, 1, 8, 0, 1)
DAY = 86_400
HERE = ZoneInfo("Europe/Copenhagen")


def audited(folder, head, rows, rule, **scope):
    lines = [";".join("" if one is None else str(one) for one in row) for row in rows]
    (folder / "log.csv").write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    (folder / "own.yaml").write_text(f"suite: own\nrules:\n  - {rule}\n", encoding="utf-8")
    accepted = [AcceptedFinding(rule=rule.split("check: ")[1].split(",")[0].rstrip("}"), scope=scope, reason="r", owner="o", expires=date(2030, 1, 1))] if scope else []
    return audit_files(folder, [folder / "log.csv"], str(folder / "own.yaml"), accepted=accepted).audit


def tied_rows():
    """Cases of two teams with two or three activities at one time; in every fifth one the other team has one of the two."""
    for case in range(60):
        team, when = "Nord" if case < 20 else "Syd", FIRST + timedelta(hours=5 * case)
        at_once = ["B", "C"] if case % 2 else ["C", "B"]
        for label, hours in (("A", 0), *((one, 1) for one in (*at_once, "E")[: 3 if case % 4 == 0 else 2]), ("D", 3)):
            yield f"c{case}", label, when + timedelta(hours=hours), "Syd" if label == "C" and case % 5 == 0 else team


def steps_of(rows, fails):
    """The steps between rows of one time of which one fails at least, and all steps."""
    cases = [list(of) for _, of in groupby(rows, key=lambda row: row[0])]
    steps = [step for case in cases for step in pairwise(case)]
    at_once = {(row[0], row[2]): sum(other[0] == row[0] and other[2] == row[2] for other in rows) for row in rows}
    tied = [step for step in steps if step[0][2] == step[1][2] and any(fails(row, at_once[row[0], row[2]]) for row in step)]
    arcs = [(a[1], b[1]) for a, b in tied]
    everywhere = [(a[1], b[1]) for a, b in steps]
    return len(tied), len(steps), len(set(arcs)), sum(arcs.count(arc) == everywhere.count(arc) for arc in set(arcs))


@pytest.mark.parametrize(
    ("rule", "scope", "fails"),
    [
        ("{check: shared-timestamp}", {}, lambda _, of: of > 1),
        ("{check: shared-timestamp, where: {team: Nord}}", {}, lambda row, of: of > 1 and row[3] == "Nord"),
        ("{check: shared-timestamp}", {"team": ["Syd"]}, lambda row, of: of > 1 and row[3] == "Nord"),
        ("{check: shared-timestamp, min_activities: 3}", {}, lambda _, of: of > 2),
    ],
)
def test_steps_of_one_time_are_those_of_the_failing_rows(tmp_path, rule, scope, fails):
    rows = list(tied_rows())
    (finding,) = audited(tmp_path, "case_id;activity;timestamp;team", rows, rule, **scope).findings
    tied = finding.consequence.ties
    assert (tied.steps, tied.all_steps, tied.arcs, tied.arcs_only) == steps_of(rows, fails)


def far_rows(kind):
    """Cases with a plan that ends in 2099 in every eighth; ``ends``: an activity with an end of its own; ``stray``: rows without an activity, far later."""
    for case in range(120):
        when = FIRST + timedelta(days=case)
        far = datetime(2099, 12, 31) if case % 8 == 0 else when.replace(hour=0, minute=0, second=0) + timedelta(days=20 + case)
        yield f"c{case}", "Anmod", when, when + timedelta(days=100 if "ends" in kind else 1), None
        yield f"c{case}", "Plan", when + timedelta(days=1), None, far
        if "stray" in kind and case % 3:
            yield f"c{case}", None, when + timedelta(days=200), None, None


def durations(rows, end_of):
    """Median seconds of a case from its first event to the last of its times and ends; only rows with an activity are events."""
    cases = [list(of) for _, of in groupby((row for row in rows if row[1]), key=lambda row: row[0])]
    return middle(max(one.replace(tzinfo=HERE).timestamp() for row in case for one in (row[2], *end_of(row)) if one) - case[0][2].replace(tzinfo=HERE).timestamp() for case in cases)


@pytest.mark.parametrize(("kind", "scope"), [("plain", {}), ("ends", {}), ("ends stray", {}), ("stray", {"month": ["2023-03", "2023-04"]})])
def test_the_ends_of_cases_are_those_of_the_range_and_of_the_rows_of_the_process(tmp_path, kind, scope):
    rows = list(far_rows(kind))
    audit = audited(tmp_path, "case_id;activity;timestamp;end_timestamp;planned_end", rows, "{check: far-future-end-date}", **scope)
    def left_open(row):
        return row[4] and row[4].year == 2099 and not (scope and row[2].month < 5)

    day = datetime.combine(AS_OF, datetime.min.time())
    told = [one.median_duration_seconds for one in audit.findings[0].consequence.far_ends.case_ends]
    reckoned = [durations(rows, lambda row: row[3:5]), durations(rows, lambda row: [one and min(one, day) for one in row[3:5]]), durations(rows, lambda row: (row[3], None if left_open(row) else row[4]))]
    assert told == [pytest.approx(one) for one in reckoned]
    ranges = next(one.answerability.ranges for one in audit.verdict.questions if one.question == "throughput-time")
    spread = next(one for one in ranges if one.figure == "median_duration_to_end_days")
    assert [spread.as_it_is, spread.remedied] == [round(told[0] / DAY, 4), round(told[2] / DAY, 4)]
    (length,) = audit.findings[0].consequence.far_ends.lengths
    assert (length.events, length.failing) == (120, sum(bool(left_open(row)) for row in rows))
