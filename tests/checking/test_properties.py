"""What must hold of every log: the order of the rows, the names of the cases and a clean case more change no finding."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from logsyn.expectations.practice import load_practice
from tests.auditing import audit_files

HEAD = "case_id;activity;timestamp;registered_at;planned_end;team;order;a b"


def days(first, last):
    return st.integers(first, last).map(lambda day: f"2023-01-{day:02d}")


TIMES = st.one_of(
    days(1, 4), st.tuples(days(1, 4), st.sampled_from(["08:00", "09:30", "00:00"])).map(" ".join),
    st.sampled_from(["", "-", "medio maj", "2099-12-31", "1900-01-01 00:00", "2024-05-05 10:00"]),
)  # fmt: skip
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["A", "B", "C", "NA", "", "-"]),
        st.sampled_from(["Jobmål", "CV-samtale", "cv-samtale", "Samtale (anden)", " Brev", "", "ukendt"]),
        TIMES, TIMES, TIMES,
        st.sampled_from(["Jobklub", "Andre", ""]),
        st.sampled_from(["010180-1234", "x", ""]),
        st.sampled_from(["1", ""]),
    ).map(";".join),
    min_size=1, max_size=25,
)  # fmt: skip
SLOW = settings(
    deadline=None, max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def figures(folder_factory, rows):
    folder = folder_factory.mktemp("property")
    extract = folder / "extract.csv"
    extract.write_text("\n".join([HEAD, *rows]) + "\n", encoding="utf-8")
    audited = audit_files(folder, [extract], practice=load_practice("jobcenter"), consequence=False)
    return {
        f.rule: (f.outcome, f.checked, f.failed, f.rows_affected, f.cases_affected) for f in audited.audit.findings
    }, audited


def what_fails_is_what_the_violations_hold(audited, counted):
    for rule, (_, checked, failed, rows_affected, _) in counted.items():
        assert failed <= checked
        assert len(audited.failing.get(rule, [])) == rows_affected
        assert audited.finding(rule).table != "events" or rows_affected == failed


CLEAN = [
    "ny;Jobmål;2023-02-01 10:00;2023-02-01 10:05;2023-05-01;Andre;x;1",
    "ny;CV-samtale;2023-02-02 10:00;2023-02-02 11:00;;Andre;x;1",
]


@SLOW
@given(rows=ROWS, seed=st.integers(0, 99))
def test_another_order_other_names_of_cases_and_a_clean_case_change_no_finding(tmp_path_factory, rows, seed):
    before, audited = figures(tmp_path_factory, rows)
    what_fails_is_what_the_violations_hold(audited, before)
    shuffled = random.Random(seed).sample(rows, len(rows))
    assert figures(tmp_path_factory, shuffled)[0] == before
    renamed = [row if row.startswith((";", "-")) else f"sag nr. {row}" for row in rows]
    assert figures(tmp_path_factory, renamed)[0] == before
    after = figures(tmp_path_factory, [*rows, *CLEAN])[0]
    assert [rule for rule in before if after[rule][2] > before[rule][2] and rule != "untidy-label"] == []


@pytest.mark.parametrize(
    "name",
    ["case", "order", 'a"b', "Årsag til afslutning", "rule'x", "{x}", "row_id", "line", "r0", "select", "%", "a;b"],
)
def test_odd_column_names_are_columns_like_others(tmp_path, name):
    quoted = '"' + name.replace('"', '""') + '"'
    extract = tmp_path / "extract.csv"
    extract.write_text(
        f"case_id;activity;timestamp;{quoted}\nA;Start;2023-01-02 08:00;x\nA;Slut;2023-01-03 08:00;\n", encoding="utf-8"
    )
    audited = audit_files(tmp_path, [extract], consequence=False)
    kept = next(column for column in audited.audit.extract.columns if column.header == name)
    assert (kept.filled, kept.missing) == (1, 1)
