"""What no report may show: case ids, CPR numbers, free text."""

import pytest

from logsyn.validator.findings.shapes import shape, shape_of_time, shape_of_value
from logsyn.validator.personal.masking import masked
from tests.auditing import audit_case


@pytest.mark.parametrize("text", ["010180-1234", "ring 0101801234!", "a010180-1234b"])
def test_cpr_numbers_are_masked(text):
    assert "0180" not in masked(text)


def test_a_shape_keeps_no_letter():
    assert shape("Ærø den 31. februar") == "xxx xxx 99. xxxxxxx"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("20210031", "99999999"),
        ("JK1015", "xx9999"),
        ("2021-12-0031", "9999-99-9999"),
        ("S-2021-0001", "x-9999-9999"),
        ("12 34 5678 ring", "12 34 5678 xxxx"),
        ("31-02-2023", "31-02-2023"),
        ("2023-13-45T25:61:00", "2023-13-45x25:61:00"),
        ("31.02.2023 10.30 JK1015", "31.02.2023 10.30 xx9999"),
        ("31. februar 2023 kl. 10.15 JK1015", "31. xxxxxxx 2023 xx. 10.15 xx9999"),
        ("31-feb-2023", "31-xxx-2023"),
        ("31 September 2023, 25:61", "31 xxxxxxxxx 2023, 25:61"),
        ("31 oktoberfest 2023", "99 xxxxxxxxxxx 9999"),
        ("12 Hansen 2023", "99 xxxxxx 9999"),
        ("31. feb 20231", "99. xxx 99999"),
    ],
)
def test_where_a_time_should_stand_only_days_and_times_keep_their_digits(text, shown):
    assert shape_of_time(text) == shown


def test_a_shifted_row_tells_no_case_and_no_employee(tmp_path):
    rows = "case_id;activity;timestamp\nA;Brev;20210031\nA;Svar;JK1015\nA;Svar;31-02-2023\nB;Brev;2023-01-02"
    rule = {"check": "unparseable-timestamp", "id": "rule", "column": "timestamp"}
    for copy in "CDEF":
        rows += f"\n{copy};Brev;20210031\n{copy};Svar;JK1015\n{copy};Svar;31-02-2023"
    finding = audit_case(tmp_path, {"rows": rows, "rule": rule}).finding("rule")
    assert {piece.values["timestamp_text"] for piece in finding.evidence} == {"99999999", "xx9999", "31-02-2023"}


NUMBERS = "case_id;activity;timestamp;resource;Oprettet af;team;amount\n" + "\n".join(
    f"{10100000 + case};Brev;2023-01-0{day} 10:00;{40771 + case % 2};{50881 + case % 2};Team A;{7 + case % 2}"
    for case in range(40) for day in (1, 2)
)  # fmt: skip


@pytest.mark.parametrize("column", ["case_id", "resource", "Oprettet af", "amount"])
@pytest.mark.parametrize("figure", ["max", "median", "mean", "sum"])
def test_no_figure_tells_a_number_that_names_a_case_or_person(tmp_path, column, figure):
    rule = {"expect": f"expect_column_{figure}_to_be_between", "id": "rule", "args": {"column": column, "max_value": 1}}
    finding = audit_case(tmp_path, {"rows": NUMBERS, "rule": rule}).finding("rule")
    assert finding.outcome == "failed"
    assert (finding.consequence is None or finding.consequence.observed is None) == (column != "amount")


def test_how_many_employees_there_are_is_shown(tmp_path):
    rule = {"expect": "expect_column_unique_value_count_to_be_between", "id": "rule", "args": {"column": "resource", "max_value": 1}}  # fmt: skip
    finding = audit_case(tmp_path, {"rows": NUMBERS, "rule": rule}).finding("rule")
    assert finding.consequence.observed == "2"


@pytest.mark.parametrize("columns", [["resource", "team"], ["Oprettet af", "team"], ["case_id", "team"]])
def test_combinations_that_are_not_unique_name_nobody(tmp_path, columns):
    rule = {"check": "unique-combination", "id": "rule", "columns": columns, "max": 0}
    finding = audit_case(tmp_path, {"rows": NUMBERS, "rule": rule}).finding("rule")
    assert finding.failed
    assert not any(piece.values.get(columns[0]) for piece in finding.evidence)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("1.250,50", "1.250,50"),
        ("-900", "-900"),
        ("01-02-2023", "01-02-2023"),
        ("20304050", "99999999"),
        ("20210031", "99999999"),
        ("S-2021-7", "x-9999-9"),
    ],
)
def test_amounts_and_days_of_other_columns_are_shown_and_numbers_that_name_something_are_not(written, shown):
    assert shape_of_value(written) == shown
