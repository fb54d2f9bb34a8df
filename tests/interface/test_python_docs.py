"""The examples of docs/python.md run as they stand, in an empty folder with an extract, a key and remedies."""

import re
import secrets
from pathlib import Path

import pytest

import logsyn

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
REMEDIES = "remedies: repeated\nsteps:\n- do: keep-first\n  why: delivered twice\n"


PART = 250
"""Lines of the sample that are enough where no figure is known beforehand."""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    rows = (ROOT / "sample_logs" / "momentum.csv").read_bytes().splitlines(keepends=True)
    (tmp_path / "extract.csv").write_bytes(b"".join(rows))
    (tmp_path / "part.csv").write_bytes(b"".join(rows[:PART]))
    (tmp_path / "pseudonym.key").write_text(secrets.token_hex(32), encoding="ascii")
    (tmp_path / "pseudonym.key").chmod(0o600)
    (tmp_path / "remedies.yaml").write_text(REMEDIES, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("number", "extract", "says", "leaves"),
    [
        (0, "extract.csv", "275 of", {"report"}),
        (1, "part.csv", "not_comparable", {"october", "for-the-tool"}),
        (2, "part.csv", "nothing was written", set()),
    ],
)
def test_an_example_does_what_it_says(folder, capsys, number, extract, says, leaves):
    there = {path.name for path in folder.iterdir()}
    exec(compile(EXAMPLES[number].replace("extract.csv", extract), "docs/python.md", "exec"), {})  # noqa: S102 - our own page
    out = capsys.readouterr().out
    assert says in out
    if number == 1:
        rows_in, rows_out, changes = map(int, out.split()[:3])
        assert rows_in - rows_out == changes > 0
    assert {path.name for path in folder.iterdir()} - there == leaves


def test_every_example_is_tried():
    assert len(EXAMPLES) == 3


@pytest.mark.parametrize(
    "name", sorted({*re.findall(r"`logsyn\.(\w+)", PAGE)} - {"validator", "expectations", "reports", "__all__"})
)
def test_every_name_of_the_page_is_promised(name):
    assert name in logsyn.__all__
    assert getattr(logsyn, name) is not None
