"""What kept columns can be read as: numbers in either convention, dates, truth values, ids that are no numbers, and what a profile says."""

import re
from datetime import datetime

import duckdb
import pytest

from logsyn.expectations.source import SourceProfile, load_source
from logsyn.validator.errors import NotReadableError
from logsyn.validator.findings.persons import without_values
from logsyn.validator.reading.kept import Counted, Readings, declared_kinds
from logsyn.validator.reading.layout import TableColumn
from logsyn.validator.reading.numbers import CONVENTIONS
from tests.auditing import PROFILE, audit_files
from tests.reading.conftest import read_bytes


@pytest.fixture(scope="module")
def connection():
    return duckdb.connect()


def column(connection, texts, declared=None):
    connection.execute("CREATE OR REPLACE TABLE rows (row_id INTEGER, x VARCHAR)")
    connection.executemany("INSERT INTO rows VALUES (?, ?)", list(enumerate([*texts, None])))
    return Readings(connection, declared={"x": declared} if declared else {}, headers={"x": "x"}).column("rows", "x")


def values(connection, read, kind):
    return [
        value for (value,) in connection.execute(f"SELECT {read.value(kind)} FROM rows ORDER BY row_id").fetchall()
    ][:-1]


NUMBERS = [
    (["1", "2", "-3"], [1, 2, -3]),
    (["12,5", "3", "0,25"], [12.5, 3, 0.25]),
    (["1.250,50", "3"], [1250.5, 3]),
    (["1.250", "12,5"], [1250, 12.5]),
    (["1.250", "3.000"], [1250, 3000]),  # either would do: the Danish way
    (["1.250", "3.5"], [1.25, 3.5]),  # only a decimal point fits all
    (["0.125", "0.500"], [0.125, 0.5]),
    (["1,250", "3,000.5"], [1250, 3000.5]),
    (["1,250", "0,5"], [1.25, 0.5]),
    (["1 250", "1\u00a0250,5", "1\u202f250", "1'250"], [1250, 1250.5, 1250, 1250]),
    (["+5", "\u22125", " 7 ", "0"], [5, -5, 7, 0]),
    (["999999999999999"], [999999999999999]),
]  # fmt: skip


@pytest.mark.parametrize(("texts", "expected"), NUMBERS, ids=[" ".join(texts) for texts, _ in NUMBERS])
def test_a_column_of_numbers_is_read_in_the_way_that_fits_all_of_it(connection, texts, expected):
    read = column(connection, texts)
    assert read.is_all("number")
    assert values(connection, read, "number") == expected


NO_NUMBERS = [
    ["1", "to"], ["12,5", "12.5"], ["0012", "13"], ["007"], ["2,02301E+11"], ["1e5"], ["1234567890123456"], ["nan"], ["inf"],
    ["0x10"], ["1_000"], ["1,2,3"], ["1.2.3"], ["12%"], ["1 25"], ["010190-1234"], ["5 kr."], ["1/2"], ["--1"], ["\u0661\u0662"],
]  # fmt: skip


@pytest.mark.parametrize("texts", NO_NUMBERS, ids=" ".join)
def test_a_column_with_anything_else_is_no_number_and_its_rule_is_in_error(connection, texts):
    read = column(connection, texts)
    assert not read.is_all("number")
    with pytest.raises(NotReadableError, match=f"of {len(texts)} different values cannot"):
        read.required("number")


def test_what_is_told_names_ids_and_no_value(connection):
    with pytest.raises(NotReadableError) as told:
        column(connection, ["0012", "Jens Hansen", "13"]).required("number")
    assert "2 of 3 different values cannot (1 look like numbers of something" in told.value.text.en
    assert "`kept: {x: number}`" in told.value.text.da
    assert "Jens" not in told.value.text.en + told.value.text.da


def test_what_the_profile_calls_a_number_is_one_however_it_begins(connection):
    read = column(connection, ["0012", "2,5E+3", "1234567890123456", "tolv", "-0,5"], "number")
    assert read.is_all("number")
    assert values(connection, read, "number") == [12, 2500, 1234567890123456, None, -0.5]
    assert read.unread_rows("number") == 1


def advised(error):
    (da,) = re.findall("`(kept: .*)`", error.value.text.da)
    assert f"`{da}`" in error.value.text.en
    return da


@pytest.mark.parametrize(
    "header",
    [
        "Beløb",
        "Beløb, kr",
        "Beløb: kr",
        "# antal",
        "yes",
        "12",
        "{a}",
        "a]b",
        '"x"',
        "Børn's 'tal'",
        "a\\b",
        "- x",
        "*x",
        "50 %",
        "~",
        "a\u00a0b",
        "a\nb",
    ],
)
def test_what_is_advised_is_yaml_that_loads_and_speaks_of_the_column(connection, tmp_path, header):
    read = column(connection, ["1", "to"]).connection
    with pytest.raises(NotReadableError) as error:
        Readings(read, headers={"x": header}).column("rows", "x").required("number")
    (tmp_path / "source.yaml").write_text(f"source: s\n{advised(error)}\n", encoding="utf-8")
    profile = load_source(str(tmp_path / "source.yaml"))
    assert profile.kept == {header: "number"}
    assert declared_kinds(profile.kept, [TableColumn("x", header, "kept", (0,))]) == {"x": "number"}
    assert without_values(error.value.text.en) == error.value.text.en


@pytest.mark.parametrize("header", [None, "x" * 201, "a\x07"])
def test_nothing_is_advised_of_a_column_of_which_no_profile_can_speak(connection, header):
    read = column(connection, ["1", "to"]).connection
    with pytest.raises(NotReadableError) as error:
        Readings(read, headers={} if header is None else {"x": header}).column("rows", "x").required("number")
    assert "`" not in error.value.text.da + error.value.text.en
    assert "1 of 2 different values cannot. Let the rule ask for another column" in error.value.text.en


@pytest.mark.parametrize(
    ("declared", "texts", "kind"),
    [
        ("truth", ["1", "0"], "number"),
        ("text", ["1", "2"], "number"),
        ("number", ["2023"], "time"),
        ("time", ["ja"], "truth"),
        ("truth", ["1"], "date"),
    ],
)
def test_a_rule_that_asks_for_something_else_than_the_profile_says_is_told_so(connection, declared, texts, kind):
    with pytest.raises(NotReadableError, match="The source profile says under `kept` that the column x is") as error:
        column(connection, texts, declared).required(kind)
    assert "0 of" not in error.value.text.en


def test_a_canonical_column_gets_no_advice_for_kept_ones_and_a_kept_one_does(tmp_path):
    (tmp_path / "extract.csv").write_text(
        'case_id;activity;timestamp;status;"Beløb; kr"\n1;a;2023-01-01;to;tre\n', encoding="utf-8"
    )
    rules = "".join(
        f"  - {{id: r{n}, expect: expect_column_sum_to_be_between, args: {{column: '{name}', max_value: 1}}}}\n"
        for n, name in enumerate(["status", "activity", "Beløb; kr"])
    )
    (tmp_path / "suite.yaml").write_text(f"suite: s\nrules:\n{rules}", encoding="utf-8")
    audited = audit_files(tmp_path, [tmp_path / "extract.csv"], str(tmp_path / "suite.yaml"))
    says = [audited.finding(f"r{n}").reason.en for n in range(3)]
    assert ["kept" in told for told in says] == [False, False, True]
    assert '`kept: {"Beløb; kr": number}`' in says[2]


def test_what_the_profile_calls_text_is_no_number(connection):
    read = column(connection, ["1", "2"], "text")
    assert not read.is_all("number")


TIMES = [
    (["01-02-2023", "13-02-2023"], ["2023-02-01", "2023-02-13"]),
    (["02/13/2023", "02/01/2023"], ["2023-02-13", "2023-02-01"]),
    (["01.02.2023 10:30", "2023-02-01T08:00:05"], ["2023-02-01 10:30", "2023-02-01 08:00:05"]),
    (["31-12-9999", "01-01-0001"], ["9999-12-31", "0001-01-01"]),
    (["20230201", "20231231"], ["2023-02-01", "2023-12-31"]),
    (["1-2-23"], ["2023-02-01"]),
    (["12-02-2023", "02-13-2023"], ["2023-12-02", "2023-02-13"]),  # 12 may be a month, 13 may not
]


@pytest.mark.parametrize(("texts", "expected"), TIMES, ids=[" ".join(texts) for texts, _ in TIMES])
def test_a_column_of_dates_in_one_or_several_forms_is_times(connection, texts, expected):
    read = column(connection, texts)
    assert read.is_all("time")
    assert values(connection, read, "time") == [datetime.fromisoformat(one) for one in expected]


@pytest.mark.parametrize(
    "texts", [["01-02-2023", "31-02-2023"], ["2023"], ["10:30"], ["infinity"], ["2023-13-01"]], ids=" ".join
)
def test_a_column_with_what_is_no_date_is_no_time(connection, texts):
    assert not column(connection, texts).is_all("time")


@pytest.mark.parametrize(
    ("texts", "expected"),
    [(["ja", "NEJ", " Ja "], [True, False, True]), (["1", "0"], [True, False]), (["true", "False"], [True, False])],
    ids=["ja", "1", "true"],
)
def test_a_column_of_yes_and_no_is_truth_values(connection, texts, expected):
    read = column(connection, texts)
    assert read.is_all("truth")
    assert values(connection, read, "truth") == expected
    assert not column(connection, [*texts, "måske"]).is_all("truth")


def test_a_column_without_values_is_whatever_is_asked(connection):
    read = column(connection, [])
    assert all(read.is_all(kind) for kind in ("number", "time", "truth"))


def test_what_a_profile_says_of_kept_columns_is_counted_and_told():
    profile = SourceProfile.model_validate({"source": "x", "kept": {" BELØB ": "number", "Findes ikke": "time"}})
    text = "case;activity;timestamp;Beløb\n1;a;2023-01-01;12,5\n1;b;2023-01-02;tolv\n1;c;2023-01-03;\n"
    reading = read_bytes(text.encode(), profile).reading
    assert reading.kept == {"Beløb": "number"}
    told = " ".join(remark.en for remark in reading.remarks)
    assert "In Beløb the value of 1 rows cannot be read as a number" in told
    assert "what 1 columns are that the extract does not have" in told


def test_rows_that_cannot_be_read_as_declared_fail_and_what_is_written_is_kept_for_examples(tmp_path):
    extract, suite = tmp_path / "extract.csv", tmp_path / "suite.yaml"
    rows = ["1.250,50", "tolv", "0012", "", "900"]
    lines = "".join(f'{n};a;2023-01-0{n};"{value}"\n' for n, value in enumerate(rows, 1))
    extract.write_text("case_id;activity;timestamp;Beløb\n" + lines, encoding="utf-8")
    suite.write_text(
        "suite: s\nrules:\n  - {id: most, expect: expect_column_values_to_be_between, args: {column: Beløb, max_value: 1000}}\n"
        "  - {id: sum, expect: expect_column_sum_to_be_between, args: {column: Beløb, max_value: 2162.5}}\n",
        encoding="utf-8",
    )
    audited = audit_files(
        tmp_path, [extract], str(suite), profile=PROFILE.model_copy(update={"kept": {"Beløb": "number"}})
    )
    assert audited.failing == {"most": [1, 2]}
    assert [row["Beløb"] for row in audited.told["most"]] == ["1.250,50", "tolv"]
    assert audited.finding("sum").outcome == "passed"
    assert audited.finding("sum").told == {"could_not_be_read": 1}


@pytest.mark.parametrize(
    ("fits", "may_fit", "of_all", "of_most", "of_declared"),
    [
        ((9, 9), (9, 9), 0, 0, 0), ((8, 9), (9, 9), 1, 1, 0), ((8, 7), (8, 9), None, 0, 1), ((0, 0), (0, 3), None, 0, 1), ((3, 8), (8, 3), None, 1, 0), ((8, 8), (7, 7), None, 0, 0),
    ],
)  # fmt: skip
def test_the_convention_of_a_column_is_the_first_of_those_that_fit_most(fits, may_fit, of_all, of_most, of_declared):
    rest = (0,) * (len(CONVENTIONS) - 2)
    counted = Counted(9, 0, fits + rest, may_fit + rest)
    assert counted.of_all == (None if of_all is None else CONVENTIONS[of_all])
    assert counted.of_most(declared=False) == CONVENTIONS[of_most]
    assert counted.of_most(declared=True) == CONVENTIONS[of_declared]
