"""What a benchmark takes from the processes that it measures: the figures that they tell, whatever they print."""

from pathlib import Path

import pytest

from benchmarks import measure
from benchmarks.measure import FIGURES, run, tell

WRITES = "import json, os; open(os.environ['{name}'], 'w').write(json.dumps({figures}))"
FOUND = {"deriving": 1.5, "failed": {"æ": 2}}


@pytest.mark.parametrize(
    "noise", ["", "print('{}')", "print('100 % done', end=chr(13))", "import os; os.write(1, bytes([255]))"]
)
@pytest.mark.parametrize("told", [FOUND, {}])
def test_figures_of_a_process_are_told_whatever_it_prints(noise, told):
    child = "\n".join([noise, WRITES.format(name=FIGURES, figures=told), noise])
    assert run("-S", "-c", child).told == told


def test_a_process_that_tells_nothing_has_no_figures():
    assert run("-S", "-c", "print(1)").told == {}


def test_a_process_that_fails_is_no_measurement():
    with pytest.raises(RuntimeError, match="ended with 3"):
        run("-S", "-c", "raise SystemExit(3)")


def test_figures_are_printed_where_nobody_measures(monkeypatch, capsys, tmp_path):
    monkeypatch.delenv(FIGURES, raising=False)
    tell(FOUND)
    printed = capsys.readouterr().out
    monkeypatch.setenv(FIGURES, str(tmp_path / "figures"))
    tell(FOUND)
    assert (tmp_path / "figures").read_text(encoding="utf-8") + "\n" == printed
    assert capsys.readouterr().out == ""


def test_a_key_is_made_once_and_only_its_owner_reads_it(monkeypatch, tmp_path):
    monkeypatch.setattr(measure, "WORK", tmp_path / "work")
    option, path = measure.with_key()
    made = Path(path).read_text(encoding="ascii")
    assert measure.with_key() == (option, path) == ("--key", str(tmp_path / "work" / "key"))
    assert (Path(path).read_text(encoding="ascii"), Path(path).stat().st_mode & 0o777) == (made, 0o600)
