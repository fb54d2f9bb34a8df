"""What the failing rows are taken for, on logs so small that the cases in doubt can be counted by eye."""

import duckdb
import pytest

from logsyn.validator.consequence.split import teams_explain
from tests.auditing import audit_files

HEAD = "case_id;activity;timestamp;team;registered_at"


def audited(folder, rule, rows, head=HEAD):
    (folder / "log.csv").write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    (folder / "own.yaml").write_text(f"suite: own\nrules:\n  - {rule}\n", encoding="utf-8")
    return audit_files(folder, [folder / "log.csv"], str(folder / "own.yaml")).audit


def doubts(audit):
    return {one.question: None if one.cases is None else one.cases.count for one in audit.findings[0].consequence.doubts}


def test_events_variants_arcs_and_durations_rest_on_one_base_of_rows(tmp_path):
    rows = ["A;x;2023-01-01 08:00;;", "A;y;2023-01-03 08:00;;", "A;;2023-01-31 08:00;;"]
    audit = audited(tmp_path, "{check: untidy-label}", [*rows, "B; x;2023-01-01 08:00;;", "B;y;2023-01-02 08:00;;"])
    found = audit.findings[0].consequence.comparison
    assert (found.before.events, found.before.mean_duration_seconds) == (4, 1.5 * 86_400)


@pytest.mark.parametrize(
    ("rule", "rows", "expected"),
    [
        (  # registered a day late, and so after y: two events in another order, three days become two
            "{check: backdated-registration}",
            ["A;x;2023-01-01 08:00;;2023-01-05 08:00", "A;y;2023-01-03 08:00;;2023-01-03 09:00", "B;x;2023-01-01 08:00;;2023-01-01 09:00"],
            {"throughput-time": 0, "order": 1, "deadlines": 1},
        ),
        (  # the only row of a case moves, and nothing can come before it
            "{check: backdated-registration}",
            ["A;x;2023-01-01 08:00;;2023-01-05 08:00", "B;x;2023-01-01 08:00;;2023-01-01 09:00"],
            {"throughput-time": 0, "order": 0, "deadlines": 1},
        ),
        (  # a row without a case may belong to any, but there are no more cases than there are
            "{check: missing-case-id}",
            [";x;2023-01-01 08:00;;", ";x;2023-01-01 08:00;;", ";x;2023-01-02 08:00;;", "A;x;2023-01-01 08:00;;", "B;x;2023-01-01 08:00;;"],
            dict.fromkeys(("throughput-time", "order", "occurrence", "workload", "deadlines"), 2),
        ),
        (  # a duplicate left out: one occurrence fewer, and its step
            "{check: duplicate-event}",
            ["A;x;2023-01-01 08:00;;", "A;x;2023-01-01 08:00;;", "A;y;2023-01-02 08:00;;", "B;x;2023-01-01 08:00;;"],
            {"occurrence": 1, "workload": 1, "order": 1},
        ),
        ("{check: mixed-precision}", ["A;x;2023-01-01;;", "A;y;2023-01-02 08:00;;", "B;x;2023-01-05 08:00;;"], {"order": None, "throughput-time": None}),
    ],
)  # fmt: skip
def test_cases_in_doubt_by_eye(tmp_path, rule, rows, expected):
    audit = audited(tmp_path, rule, rows)
    assert audit.findings[0].outcome == "failed"
    assert doubts(audit) == expected


@pytest.mark.parametrize(
    ("ways", "explain"), [(["groups"], True), ([None], True), (["surroundings"], False), (["groups", "surroundings"], False)]
)
def test_a_label_that_was_found_by_its_surroundings_is_not_split_by_team(ways, explain):
    connection = duckdb.connect()
    connection.execute("CREATE TABLE labels (activity VARCHAR, overload_way VARCHAR)")
    connection.execute("CREATE TABLE event_facts (row_id INTEGER, activity VARCHAR)")
    connection.execute("CREATE TABLE violations (rule_no USMALLINT, row_id INTEGER)")
    connection.executemany("INSERT INTO labels VALUES (?, ?)", [(f"label {at}", way) for at, way in enumerate(ways)])
    connection.execute("INSERT INTO labels VALUES ('another', 'surroundings')")
    connection.executemany("INSERT INTO event_facts VALUES (?, ?)", [(at, f"label {at}") for at in range(len(ways))])
    connection.executemany("INSERT INTO violations VALUES (7, ?)", [(at,) for at in range(len(ways))])
    assert teams_explain(connection, 7) == explain
