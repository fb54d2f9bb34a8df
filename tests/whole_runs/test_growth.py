"""Costs grow as work grows: long labels, many columns, long records; what is beyond a limit is left out and said."""

import re
import time
from functools import partial
from itertools import product

import duckdb
import pytest

from logsyn.validator.findings.breakdown_cells import MOST_MONTHS
from logsyn.validator.personal.contacts import MAIL, masked_contacts
from logsyn.validator.reading import layout, records
from logsyn.validator.reading.extract import read_extract
from tests.auditing import audit_files

HEADER = "case_id;activity;timestamp"
FORMS = ["a", "1", "ab cd ", "Anna Berg ", "a - b ", "a_b_", "a:", "12 34 56 78 ", "x@", "a.b.", "(", "1-", "tlf er "]


def processor_seconds(work):
    begun = time.process_time()
    work()
    return time.process_time() - begun


def test_labels_of_a_hundred_thousand_characters_are_audited_and_it_is_said_what_was_left_out(tmp_path):
    label = ("".join(FORMS) * 2000)[:100_000]
    rows = f'1;"{label}";2023-01-01\n1;"x{label[1:]}";2023-01-02\n1;{"y" * 300};2023-01-03\n1;{"z" * 301};2023-01-04\n'
    (tmp_path / "extract.csv").write_text(f"{HEADER}\n{rows}")
    checks = ("distorted", "polluted", "synonymous", "free-text", "overloaded", "untidy")
    suite = "suite: labels\nrules:\n" + "".join(f"  - check: {check}-label\n" for check in checks)
    (tmp_path / "suite.yaml").write_text(suite + "  - check: collateral-event\n")
    done = []
    suite = str(tmp_path / "suite.yaml")
    spent = processor_seconds(lambda: done.append(audit_files(tmp_path, [tmp_path / "extract.csv"], suite)))
    assert spent < 20  # minutes before
    remarks = [remark.en for remark in done[0].audit.extract.remarks]
    assert any("3 activities have names of more than 300 characters" in remark for remark in remarks)


@pytest.mark.parametrize("form", FORMS)
def test_masking_takes_time_by_length(form):
    text = (form * 100_000)[:100_000]
    assert processor_seconds(lambda: masked_contacts(text)) < 1  # minutes before, without a space


@pytest.mark.parametrize(
    "text",
    ["a@b.dk", "a.b+c@d-e.f.dk", "@b.dk", "a@b", "a@b.d", "a@b.dk@c.dk", "é@ø.dk1x@y.no", "a@b.dk c@d.dk", "(a@b.dk)", "@@b.dk", "a@-.dk."],
)  # fmt: skip
def test_addresses_are_masked_as_their_form_says(text):
    assert masked_contacts(text) == re.sub(MAIL, "xxx@xxx", text)


def wide(folder, columns):
    """An extract of five rows and a suite that looks at its columns: of one value, of none, and of another in each row."""
    folder.mkdir()
    names = ";".join(f"k{column}" for column in range(columns))
    texts = [[("v", "", f"nr. {row}{column:09}")[column % 3] for column in range(columns)] for row in range(5)]
    lines = [f"s{row};a;2023-01-0{row + 1} 10:00;{';'.join(text)}\n" for row, text in enumerate(texts)]
    (folder / "extract.csv").write_text(f"{HEADER};{names}\n{''.join(lines)}")
    checks = "".join(f"  - check: {check}\n" for check in ("cpr-number", "contact-detail", "unmapped-timestamp"))
    (folder / "suite.yaml").write_text(f"suite: wide\nrules:\n{checks}")
    return folder


def test_columns_take_time_by_their_number(tmp_path):
    spent, kept = [], []
    for columns in (10, 150, 600):
        at = wide(tmp_path / str(columns), columns)
        work = partial(audit_files, at, [at / "extract.csv"], str(at / "suite.yaml"))
        spent.append(processor_seconds(lambda work=work: kept.append(work().audit.extract.columns)))
    assert spent[2] < 6 * spent[1]  # the first is there for what is loaded once
    assert spent[2] < 9  # some 3; 18 before
    assert [len(columns) for columns in kept] == [13, 153, 603]


@pytest.mark.parametrize("more", [0, 1, 9000])
def test_columns_beyond_a_limit_are_left_out_and_it_is_said(tmp_path, monkeypatch, more):
    monkeypatch.setattr(layout, "MOST_KEPT", 20)
    names = [f"column {number}" for number in range(20 + more)]
    row = ";".join(map(str, range(20 + more)))
    (tmp_path / "extract.csv").write_text(f"{';'.join(names)};{HEADER}\n" + f"{row};1;a;2023-01-01\n" * 2)
    with duckdb.connect() as connection:
        extract = read_extract(connection, [tmp_path / "extract.csv"], None, tmp_path / "work")
    assert [column.name for column in extract.columns if column.mapped_by == "kept"] == names[:20]
    said = [remark.en for remark in extract.remarks if "more columns than can be kept" in remark.en]
    assert [f"{more:,} furthest" in remark for remark in said] == [True] * bool(more)


@pytest.mark.parametrize("quote", ["", '"'])
def test_a_record_beyond_all_limits_is_rejected_and_accounted_for(tmp_path, quote):
    long = quote + "y" * (records.RECORD_LIMIT + 1_000_000) + quote
    (tmp_path / "extract.csv").write_text(f"{HEADER};text\n1;a;2023-01-01;x\n1;b;2023-01-01;{long}\n2;a;2023-01-02;z\n")
    with duckdb.connect() as connection:
        (books,) = read_extract(connection, [tmp_path / "extract.csv"], None, tmp_path / "work").inputs
        rejected = connection.execute("SELECT line, reason FROM rejected").fetchall()
    assert (books.rows_in_file, books.rows_loaded, books.rows_rejected) == (3, 2, 1)
    assert rejected == [(3, "other: longer than 33,554,432 bytes")]


def test_months_beyond_a_hundred_years_are_left_out_with_the_fewest_failures(tmp_path):
    rows = [
        f"{case};a;{year:04}-{month:02}-01" for case, year, month in product(range(6), range(1750, 1860), range(1, 13))
    ]
    rows += [f"{case};;1859-12-02" for case in range(9)]
    (tmp_path / "extract.csv").write_text("\n".join([HEADER, *rows]) + "\n")
    months = audit_files(tmp_path, [tmp_path / "extract.csv"]).finding("missing-activity").breakdowns.month
    assert len(months) == MOST_MONTHS
    assert [(group.key, group.checked, group.failed) for group in months if group.failed] == [("1859-12", 20, 9)]  # 15 were checked, told in tens
    assert [group.key for group in months] == sorted(group.key for group in months)
