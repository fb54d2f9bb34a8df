"""What is derived is what rules speak of: the set is found in their SQL, and what is not in it is not there at all."""

import re
from contextlib import nullcontext
from types import SimpleNamespace

import duckdb
import pytest

from logsyn.expectations.catalogue import load_catalogue
from logsyn.expectations.rule import rule_from_check
from logsyn.expectations.stock import stock_rule
from logsyn.validator.checking.unknown import KnownColumns
from logsyn.validator.database import references
from logsyn.validator.database.references import Parser
from logsyn.validator.derive import tables
from logsyn.validator.derive.label_names import COLUMNS as NAME_FACTS
from logsyn.validator.derive.needs import ALL_OF_EVENTS, Needs, needs_of
from logsyn.validator.derive.overload_measures import OVERLOAD_COLUMNS
from logsyn.validator.errors import NotReadableError
from tests.auditing import audit_files
from tests.derive.every_check import audited_once, write_every_check


@pytest.fixture(scope="module")
def parser():
    return Parser(duckdb.connect())


@pytest.mark.parametrize(
    ("query", "free"),
    [
        ("SELECT a, t.b FROM t WHERE c > 0 ORDER BY d", "abcd"),
        ("SELECT A AS x, x + 1 AS y FROM t QUALIFY y > 1", "a"),
        ("WITH u(k) AS (SELECT a FROM t) SELECT k, u.k, u.b FROM u", "ab"),
        ("SELECT list_filter(a, lambda w, i: w <> b AND i > 0) FROM t", "ab"),
        ("SELECT [w || c FOR w IN a IF w <> b] FROM t", "abc"),
        ("SELECT s.f, t.r.g, row(a, b).c, {'z': d}.z FROM t", "srabd"),
        ("SELECT f(a) FILTER (WHERE b) OVER (w ROWS BETWEEN c PRECEDING AND 1 FOLLOWING) FROM t WINDOW w AS (PARTITION BY d ORDER BY e)", "abcde"),
        ("SELECT n FROM (UNPIVOT (SELECT a, b FROM t) ON a, b INTO NAME n VALUE v)", "ab"),
        ("FROM t AS x ASOF LEFT JOIN u ON x.a >= u.b JOIN v USING (c) SEMI JOIN w ON d = e", "abcde"),
        ("SELECT DISTINCT ON (a) b IN (SELECT c FROM u), EXISTS (FROM v WHERE d = e) FROM t GROUP BY ALL", "abcde"),
        ("SELECT x.z FROM (VALUES (1)) x(z), unnest(a) AS u(v), range(b) WHERE v = 1 LIMIT (SELECT max(c) FROM u)", "abc"),
        ("WITH RECURSIVE r AS (SELECT a AS n FROM t UNION ALL SELECT n + b FROM r WHERE n < 9) FROM r", "ab"),
        ("SELECT CASE WHEN a THEN b::DATE ELSE TRY_CAST(c AS INTEGER) END, 'd', \"e\"[1] FROM t", "abce"),
        ("SELECT * EXCLUDE (q) REPLACE (a + 1 AS b) RENAME (c AS d) FROM t", "ac"),
    ],
)  # fmt: skip
def test_the_columns_that_only_a_table_can_have_are_found(parser, query, free):
    found = parser.references(query)
    assert found.free == set(free)
    assert found.free <= found.columns


@pytest.mark.parametrize(
    ("query", "whole"),
    [("SELECT * FROM events", {"events"}), ("SELECT count(*) FROM events", set()), ("SELECT max(COLUMNS(*)) FROM t JOIN events USING (a)", {"t", "events"}),
     ("SELECT e FROM events AS e", {"events"}), ("SELECT e.a FROM events AS e", set()), ("FROM (FROM events)", {"events"}), ("SELECT a FROM events ORDER BY ALL", set())],
)  # fmt: skip
def test_a_star_takes_the_whole_table(parser, query, whole):
    assert parser.references(query).whole == whole


def test_what_was_parsed_before_is_known_to_the_whole_process_but_not_for_ever(monkeypatch):
    monkeypatch.setattr(references, "MOST_PARSED", 3)
    asked, closed = Parser(duckdb.connect()), duckdb.connect()
    closed.close()
    for number in range(9):
        found = asked.references(f"SELECT c{number} FROM t")
        assert found.columns == {f"c{number}"}
        assert Parser(closed).references(f"SELECT c{number} FROM t") is found
        assert len(references.parsed) <= 3


@pytest.mark.parametrize("query", ["SELECT FROM WHERE", "DROP TABLE rows", "SELECT 'a"])
def test_what_is_no_query_is_refused(parser, query):
    with pytest.raises(ValueError, match="cannot be parsed"):
        parser.references(query)


def of_check(name, **given):
    return rule_from_check(load_catalogue()[name], name, given, {"where": given.pop("where_", None)})


@pytest.mark.parametrize(
    ("rule", "needs", "needs_not"),
    [
        (of_check("duplicate-event"), {"duplicate_rank"}, {"identical_rank"}),
        (of_check("duplicate-event", columns="all"), {"identical_rank"}, {"duplicate_rank"}),
        (of_check("backdated-registration"), {"registration_lag_days"}, {"registration_lag_working_days"}),
        (of_check("backdated-registration", where_={"registration_lag_working_days": {"gt": 1}}), {"registration_lag_working_days"}, {"registered_hour"}),
        (of_check("shared-timestamp"), {"activities_at_same_time"}, {"same_time_share"}),
        (of_check("shared-timestamp", usual=0.5), {"same_time_share"}, set()),
        (of_check("shared-timestamp", where_={"same_time_share": {"ge": 1}}), {"same_time_share"}, set()),
        (of_check("missing-activity", where_={"gap_seconds": {"gt": 9}, "end_timestamp": {"missing": False}}), {"gap_seconds", "end_timestamp_unread"}, {"duration_seconds"}),
        (of_check("unparseable-timestamp", column="planned_start"), {"planned_start_unread"}, {"planned_start_precision"}),
        (stock_rule("expect_column_values_to_be_between", "x", "events", {"column": "duration_seconds", "max_value": 9}, {}, {}), {"duration_seconds"}, {"gap_seconds"}),
        (stock_rule("expect_column_pair_values_to_be_equal", "x", "labels", {"column_A": "synonym_of", "column_B": "activity"}, {}, {}), {"synonym_of"}, {"distorted_of"}),
    ],
)  # fmt: skip
def test_a_rule_needs_what_its_sql_names(rule, needs, needs_not):
    found = needs_of(duckdb.connect(), [rule]).columns
    assert needs <= found
    assert not needs_not & found


def test_working_days_are_needed_where_they_are_agreed_on():
    have = frozenset({"agreed_registration_working_days"})
    assert "registration_lag_working_days" in needs_of(duckdb.connect(), [of_check("backdated-registration")], have=have).columns


EVERYTHING = Needs(
    judged=ALL_OF_EVENTS | OVERLOAD_COLUMNS | set(NAME_FACTS),
    tables=frozenset({"clock_changes", "cpr_found", "contacts_found", "registration_regimes", "registration_rhythms", "time_texts"}),
)


def test_what_is_found_does_not_hang_on_what_is_derived(tmp_path, monkeypatch):
    needed, _ = audited_once()
    monkeypatch.setattr(tables, "needs_of", lambda *_: EVERYTHING)
    everything = audit_files(tmp_path, *write_every_check(tmp_path))
    assert needed == everything
    assert sum(bool(rows) for rows in needed.failing.values()) > 15
    assert "error" not in {one.outcome for one in needed.audit.findings}


def test_a_column_that_nobody_has_is_an_error_that_says_where_it_stands(tmp_path, monkeypatch):
    (tmp_path / "extract.csv").write_text("case_id;activity;timestamp;end_timestamp\n1;a;2023-01-01;2023-01-02\n")
    check = load_catalogue()["zero-duration"].model_copy(update={"value": "(gap_secnds > 0)::INTEGER"})
    monkeypatch.setattr("logsyn.expectations.suite.load_catalogue", lambda: load_catalogue() | {"zero-duration": check})
    (tmp_path / "suite.yaml").write_text("suite: s\nrules:\n  - check: missing-activity\n  - check: zero-duration\n")
    audited = audit_files(tmp_path, [tmp_path / "extract.csv"], str(tmp_path / "suite.yaml"))
    assert audited.finding("missing-activity").outcome == "passed"
    assert audited.finding("zero-duration").outcome == "error"
    for said in (audited.finding("zero-duration").reason.da, audited.finding("zero-duration").reason.en):
        assert re.search(r"suite.yaml:4\b.*\bgap_secnds\b.*catalogue/zero-duration.yaml", said)


@pytest.mark.parametrize(
    ("sql", "unknown"),
    [("timestamp < (SELECT min(first_day) FROM cases)", "first_day"), ("list_filter([1], lambda x: x > weekday)[1]", "weekday"), ("s.field", "s"), ("cases.field", "field"),
     ("timestamp > (SELECT min(first_event) FROM cases)", None), ("list_filter([1], lambda x: x > events)[1]", None), ("current_date > timestamp", None), ("TIMESTAMP", None)],
)  # fmt: skip
def test_a_column_is_known_where_a_table_or_the_query_itself_has_it(sql, unknown):
    connection = duckdb.connect()
    connection.execute("CREATE TABLE cases (first_event TIMESTAMP, events INTEGER); CREATE VIEW event_facts AS SELECT NULL::TIMESTAMP AS timestamp FROM cases")
    compiled = SimpleNamespace(columns={"r0": sql}, tells={}, finds=None, relation="cases", rule=SimpleNamespace(value=sql, check="c"))
    refused = pytest.raises(NotReadableError) if unknown else nullcontext()
    with refused as error:
        KnownColumns(connection).refuse_unknown(compiled)
    assert unknown is None or f"column {unknown}," in error.value.text.en


ONE_ROW = {"free-text-label"}  # of the log itself


def test_what_is_found_in_the_log_is_sorted_by_its_own_query():
    found = [(name, check.finds.rsplit(")", 1)[-1]) for name, check in load_catalogue().items() if check.table == "log" and check.finds]
    assert [name for name, end in found if "ORDER BY" not in end and name not in ONE_ROW] == []
    assert len(found) > 5
