"""An extract without headers, or with one column: what is told of it shows none of its values."""

import re

import pytest
from typer.testing import CliRunner

from logsyn.validator.commands.main import app

TEXT = "Borger har problemer med alkohol"
ROWS = {
    "cases, times and free text": [
        f"S-2021-{n:06};Start;01-01-2023 08:00;A;Anna Hansen;{TEXT} nr {n}" for n in range(30)
    ],
    "times as numbers": [f"S-{n};Start;2023010108{n:02};A;Anna Hansen;{TEXT}" for n in range(30)],
    "words only, and each case twice": [f"sag{n // 2 * 'x'};Start;mandag;A;Anna Hansen;{TEXT}" for n in range(30)],
    "all alike": [f"sag;{TEXT};Anna Hansen"] * 3,
    "one record": [f"S-1;Start;2023-01-01T08:00:00;A;Anna Hansen;{TEXT}"],
    "two usual headers among values": [
        f"S-{n};activity;activity;01-01-2023 08:00;Anna Hansen;{TEXT}" for n in range(3)
    ],
    "sentences": [f"sag;{TEXT} og med sin bolig;Anna Hansen {n}" for n in range(3)],
}
SHOWN = re.compile("Anna|Hansen|alkohol|S-|mandag|01-01")


def told(folder, lines, command="audit"):
    (folder / "log.csv").write_text("\n".join([*lines, ""]), encoding="utf-8")
    done = CliRunner().invoke(app, [command, str(folder / "log.csv"), "--source", "generic"])
    assert done.exit_code == 3
    return done.output.replace("\n", " ")


@pytest.mark.parametrize("rows", ROWS)
@pytest.mark.parametrize("above", [[], ["", ""]])
def test_a_first_record_is_not_shown_as_headers(tmp_path, rows, above):
    text = told(tmp_path, [*above, *ROWS[rows]])
    assert not SHOWN.search(text.replace(str(tmp_path), "")), text
    columns = ROWS[rows][0].count(";") + 1
    assert f"line {len(above) + 1} looks like a record and not like headers ({columns} columns" in text


@pytest.mark.parametrize(
    "line", [f"{TEXT} nr 1", f"{TEXT} igen", "Anna Hansen 010190-1234", "Anna.Hansen@kommune.dk", "Hansen" * 20]
)
def test_the_only_column_is_told_by_its_length(tmp_path, line):
    text = told(tmp_path, [line, "et", "to"])
    assert f"only one column was found (line 1 has {len(line)} characters; tried semicolon" in text
    assert not SHOWN.search(text), text


@pytest.mark.parametrize("repeated", [1, 3])
def test_headers_are_shown_cut_where_they_are_long(tmp_path, repeated):
    header = f"Noget;{'x' * 40} 01.01.90 1234 {'y' * 80};Hvad"
    text = told(tmp_path, [*[header] * repeated, "a;b;c", "d;e;f"])
    assert "its 3 headers are 'Noget', '" in text
    assert "yyy" * 20 not in text
    assert "1234" not in text
