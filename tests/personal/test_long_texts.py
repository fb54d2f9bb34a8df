"""A text of any length stands on pages, in files and on the terminal with its beginning only, and with no half of a personal number."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from logsyn.validator.commands.main import app
from logsyn.validator.personal.cpr import MASK
from logsyn.validator.personal.cutting import MOST_OF_A_LINE, MOST_OF_A_SENTENCE, MOST_SHOWN, cut, is_cut
from logsyn.validator.personal.masking import Masks, is_mask, shown
from logsyn.validator.personal.records import protected
from logsyn.validator.personal.terminal import in_one_line
from logsyn.validator.record import Group, Text

CPR = "0706853597"
LENGTH = 20_000


@pytest.mark.parametrize("before", range(MOST_SHOWN - 70, MOST_SHOWN + 1, 5))
@pytest.mark.parametrize("number", [CPR, "070685-3597", "tlf 28374655", "kvaxholt@eksempel.dk"])
def test_a_number_that_the_cut_falls_into_does_not_show_its_beginning(before, number):
    text = shown(" " * before + number + " z" * MOST_SHOWN)
    assert not re.search("0706|2837|kvax", text)
    assert len(text) < MOST_SHOWN
    assert is_cut(text)
    assert is_mask(text)


@pytest.mark.parametrize("length", [0, 1, MOST_SHOWN - 1, MOST_SHOWN])
def test_a_text_that_is_not_too_long_stays_whole(length):
    assert shown("x" * length) == "x" * length


@pytest.mark.parametrize("length", [MOST_SHOWN + 1, 70_685, 1_234_567, 12_345_678, 123_456_789])
def test_what_was_cut_says_its_length_and_is_cut_once(length):
    text = cut("x" * length)
    assert text.endswith(f"… [{length:,} tegn/characters]")
    assert Masks()(text) == text


def test_texts_that_begin_alike_stay_apart_when_they_are_cut():
    masks = Masks()
    names = [masks("x" * LENGTH + last) for last in ("a", "b", "a")]
    assert names[0] == names[2] != names[1]
    assert [Masks()(name) for name in names] == names  # as when a record is read again


def test_a_line_on_the_terminal_is_cut():
    line = in_one_line("x" * (MOST_OF_A_LINE - 70) + CPR + "y" * LENGTH)
    assert len(line) <= MOST_OF_A_LINE
    assert "0706" not in line


@pytest.fixture(scope="module")
def extract(tmp_path_factory):
    """Twenty cases in which everything that can be long is: the label, the team, the status, a header, a kept value, a case id."""
    label, team, status, kept, case = (f"{sign * 235}{CPR}{sign * LENGTH}" for sign in "abcde")
    rows = [f"Sagsnummer;Aktivitet;Tidspunkt;Oprettet;Slutdato;Team;Status;{'h' * 235}{CPR}{'h' * 3_000}"]
    for number in range(20):
        case_id = case if number == 9 else f"K{number}"
        rows += [
            f"{case_id};Start;02-01-2023 10:00;02-01-2023 10:00;;T;Ny;k",
            f"{case_id};{label};03-01-2023 10:00;09-01-2023 10:00;31-12-9999;{team};{status};{kept}",
        ]
    file = tmp_path_factory.mktemp("long") / "extract.csv"
    file.write_text("\n".join(rows) + "\n")
    return file


NOT_OF_THE_EXTRACT = re.compile(r"\b[0-9a-f]{64}\b|\b\d+\.\d+\b")
"""Checksums, seconds and shares have any digits."""

AUDIT = "audit {extract} --suite momentum --practice jobcenter --as-of 2023-11-30 --out"


@pytest.mark.parametrize(
    ("command", "most"),
    [(AUDIT, 2_000_000), ("suggest {extract} --out", 50_000), ("describe {extract} --out", 50_000)],
)
def test_long_texts_stand_nowhere_whole(extract, tmp_path, command, most, monkeypatch):
    monkeypatch.chdir(tmp_path)
    out = Path("out")  # no path is told, which may have any digits
    said = CliRunner().invoke(app, [part.format(extract=extract) for part in command.split()] + [str(out)]).output
    files = [
        file for file in (out.rglob("*") if out.is_dir() else [out]) if file.is_file() and file.suffix != ".parquet"
    ]
    texts = [said, *(file.read_text() for file in files)]
    assert sum(map(len, texts)) < most
    for text in texts:
        assert not re.search(f"0706|[abcdeh]{{{MOST_SHOWN}}}", NOT_OF_THE_EXTRACT.sub("", text))
    assert any(map(is_cut, texts))


def test_a_header_that_is_not_there_is_told_in_short(extract, tmp_path):
    (tmp_path / "profile.yaml").write_text(
        "source: x\ncolumns: {case_id: Nej, activity: Aktivitet, timestamp: Tidspunkt}\n"
    )
    told = CliRunner().invoke(app, ["audit", str(extract), "--source", str(tmp_path / "profile.yaml")])
    assert told.exit_code == 3
    assert len(told.output) < 3 * MOST_OF_A_LINE
    assert "0706" not in told.output


def test_a_sentence_may_be_longer_than_a_value():
    sentence = "w" * 1_000 + CPR
    assert protected(Text(da=sentence, en="x" * 30_000)).da == "w" * 1_000 + MASK
    assert len(protected(Text(da=sentence, en="x" * 30_000)).en) <= MOST_OF_A_SENTENCE
    assert len(protected(Group(key=sentence, checked=1, failed=1)).key) <= MOST_SHOWN
