"""What is a CPR number as people write it and what is not: the same to the database and to what masks texts."""

import unicodedata
from datetime import date, timedelta

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from logsyn.validator.derive.cpr import FEWEST_TIMES, rows_with_cpr_number
from logsyn.validator.personal.characters import plain
from logsyn.validator.personal.cpr import MASK, masked_cpr
from logsyn.validator.personal.in_sql import define_has_cpr_number, sql_of_form, sql_of_masked, sql_of_plain
from logsyn.validator.personal.masking import Masks, masked

NUMBERS = [
    "0101901234", "010190-1234", "010190 1234", "010190\u20131234", "010190 - 1234", "01.01.90-1234", "01 01 90 1234", "010190.1234",
    "01-01-90-1234", "01/01/90 1234", "01. 01. 90 - 1234", "010190\u00a01234", "010190\u202f1234", "010190\u20071234", "010190\u20091234",
    "010190\t1234", "010190\u20101234", "010190\u20111234", "010190\u20121234", "010190\u20141234", "010190\u20151234", "010190\u22121234",
    "010190_1234", "010190/1234", *(f"010190{dash}1234" for dash in "\u2e3a\u2e3b\u05be\u1806\u301c"), *(f"01019{unseen}0-{unseen}1234" for unseen in "\ufe0f\ufe00\u206a\u206f"), "\uff10\uff11\uff10\uff11\uff19\uff10\uff11\uff12\uff13\uff14", "\uff10\uff11\uff10\uff11\uff19\uff10\uff0d\uff11\uff12\uff13\uff14", "\u0660\u0661\u0660\u0661\u0669\u0660-\u0661\u0662\u0663\u0664", "010190\u200b1234", "0\u200b1\u00ad0190-\u20601234",
    "01011990-1234", "01.01.1990-1234", "01-01-1990 \u2013 1234", "15062005-4123", "03031870-5123", "610190-1234", "290200-4123", "311299-2359",
    "cpr0101901234x", "CPR:010190-1234.", "(010190 1234)", "2023-010190-1234", "320180-1234 010180-1234", "010190-1234\n", "a\n010190 1234\nb",
]  # fmt: skip
OTHERS = [
    "2023-01-01 10:00", "2023-01-01T10:00:00.000", "01-01-2023 10:00", "31-12-1999 2359", "31.12.1999 23.59", "31/12/1999 2359", "2023-01-01 1000",
    "20230101 1000", "202301011000", "20230101-1000", "01012023-1015", "01.01.2023-1015", "31-12-99 23:59", "010190 12:34", "01.01.23-31.12.23",
    "2023.01.01.90-1234", "10101901234", "010190-12345", "010190 12345", "1010190 1234", "12345678", "12 34 56 78", "+45 20 30 40 50", "45 20304050",
    "1.250.000,00", "1 250 000 1234", "DK12345678", "27.18.00-1234", "320190 1234", "011390 1234", "01 13 90 1234", "00.00.00-0000", "010190    1234",
    "010190\n1234", "01\n01\n90\n1234", "S-2022-000123", "0101 90 1234", "01 01 90 12 34", "EAN 5798001234567", "1990-01-01-1234", "01-01-2090-1234",
    "01.01.901234", "01-01-1990 1234", "1,23456789012", "010190, 1234", "2022-09 1-2", "5.1.2 01.2", "10190-1234",
]  # fmt: skip
ONLY_MASKED = ["320180-1234", "3201801234", "310223-4123", "290200-1123", "31.02.90-1234", "9999999999"]
"""Not found, since there is no such date, and masked all the same: somebody mistyped a number."""


@pytest.fixture(scope="module")
def database():
    connection = duckdb.connect()
    define_has_cpr_number(connection)
    return connection


def judged(database, texts):
    query = f"SELECT has_cpr_number(words), {sql_of_form('words')}, {sql_of_masked('words')}, {sql_of_plain('words')} FROM (SELECT unnest(?::VARCHAR[]) AS words)"
    return database.execute(query, [texts]).fetchall()


def test_numbers_are_found_and_masked(database):
    for text, (found, form, mask, _) in zip(NUMBERS, judged(database, NUMBERS), strict=True):
        assert (text, found, form) == (text, True, True)
        assert (text, MASK in mask, masked_cpr(text)) == (text, True, mask)
        assert "1234" not in plain(mask), text


def test_other_numbers_are_left_alone(database):
    for text, (found, form, mask, _) in zip(OTHERS, judged(database, OTHERS), strict=True):
        assert (text, found, form, mask, masked_cpr(text)) == (text, False, False, text, text)


def test_what_is_mistyped_is_masked_only(database):
    for text, (found, form, mask, _) in zip(ONLY_MASKED, judged(database, ONLY_MASKED), strict=True):
        assert (text, found, form, mask, masked_cpr(text)) == (text, False, True, MASK, MASK)


SIGNS = st.sampled_from(
    [
        *"0123456789" * 3,
        *"019-./_ \t\n,:ax",
        *"\u2013\u00a0\u200b\uff10\uff11\u0669\u2212\u00e9\U0001d7d8",
        "010190",
        "1234",
        "310899-7654",
        "01.01.",
        "1990-",
    ]
)
TEXTS = st.lists(SIGNS, max_size=30).map("".join)


@settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(st.lists(TEXTS, min_size=100, max_size=300))
def test_database_and_python_mask_alike_and_leave_none(database, texts):
    masks = [masked_cpr(text) for text in texts]
    for text, (found, form, mask, without) in zip(texts, judged(database, texts), strict=True):
        assert (mask, form, without) == (masked_cpr(text), mask != text, plain(text))
        assert form or not found
    assert not any(found or form for found, form, *_ in judged(database, masks))


def century(day):
    """The seventh digits by the year, from the table of the CPR office."""
    sevenths = {
        (1858, 1899): "5678",
        (1900, 1936): "0123",
        (1937, 1999): "012349",
        (2000, 2036): "456789",
        (2037, 2057): "5678",
    }
    return next(digits for (first, last), digits in sevenths.items() if first <= day.year <= last)


DAYS = st.dates(date(1858, 1, 1), date(2057, 12, 31))
FORMS = [
    "%d%m%y",
    "%d.%m.%y-",
    "%d%m%y ",
    "%d %m %y ",
    "%d%m%y \u2013 ",
    "%d-%m-%y-",
    "%d/%m/%y ",
    "%d%m%Y-",
    "%d.%m.%Y-",
]


@settings(
    max_examples=5,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(
    st.lists(
        st.tuples(DAYS, st.sampled_from(FORMS), st.integers(0, 3), st.integers(0, 999)), min_size=200, max_size=200
    )
)
def test_every_date_and_century_there_is_is_found_in_every_form(database, drawn):
    texts = [f"om {day.strftime(form)}{century(day)[at]}{rest:03d}, igen" for day, form, at, rest in drawn]
    assert [text for text, (found, *_) in zip(texts, judged(database, texts), strict=True) if not found] == []


def test_no_digit_of_any_script_is_forgotten():  # none lies beyond the first two planes
    values = {sign: unicodedata.decimal(sign, None) for sign in map(chr, range(0x20000))}
    assert [sign for sign, value in values.items() if value is not None and plain(sign) != str(value)] == []


def test_a_column_of_days_and_times_is_none_of_numbers():
    connection = duckdb.connect()
    first = date(2019, 1, 1)
    times = [f"{(first + timedelta(days=7 * at)).strftime('%d-%m-%y')} 14{at:02d}" for at in range(FEWEST_TIMES)]
    connection.execute(
        "CREATE TABLE rows AS SELECT unnest($1::VARCHAR[]) AS changed, unnest($2::VARCHAR[]) AS note",
        [times, [*times[1:], "010190 9999"]],
    )
    assert rows_with_cpr_number(connection, ["changed", "note"]) == {"note": FEWEST_TIMES}
    connection.execute("DELETE FROM rows WHERE rowid = 0")
    assert rows_with_cpr_number(connection, ["changed"]) == {"changed": FEWEST_TIMES - 1}


def test_what_is_masked_alike_is_numbered_apart():
    masks = Masks()
    assert [masks(text) for text in ("Note 010190-1234", "Note", "Note 020290-1234", "Note 010190-1234")] == [
        f"Note {MASK}", "Note", f"Note {MASK} (2)", f"Note {MASK}",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["M\u00f8de\u00a0tlf. 20\u00a030\u00a040\u00a050", "a\u00a0b"])
def test_nothing_but_what_is_masked_is_changed(text):
    assert masked(text) == "".join("#" if sign.isdigit() else sign for sign in text)
