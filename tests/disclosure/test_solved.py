"""Nothing that is hidden can be solved from what is shown: on the sample, on real logs and on logs of small teams, by linear programming.

``make disclosed`` does so for more suites and seeds, and says how much of each table is hidden.
"""

import json
from datetime import date
from pathlib import Path

import pytest

from logsyn.expectations.practice import load_practice
from tests.auditing import audit_files
from tests.disclosure.small_teams import small_teams
from tests.disclosure.solver import read

SAMPLE = Path(__file__).parents[2] / "sample_logs" / "momentum.csv"
REAL = Path(__file__).parents[3] / "shared" / "real"
AS_OF = date(2023, 11, 30)


def both(folder, file, suite, **how):
    """The record of an audit as it is published, and as it was before small groups were taken out."""
    audited = audit_files(folder, [file], suite, **how)
    return [json.loads(one.model_dump_json(by_alias=True)) for one in (audited.audit, audited.before)]


def given_away(told, raw):
    """What is hidden and can be narrowed down, and what is small and stands there as it is."""
    truth = read(raw).known
    solver = read(told, truth)
    small = [name for name, count in solver.known.items() if 0 < count < 5 and name[1:] not in {("failed",), ("checked",)} and name[0] not in {"overall", "agreed", "from", "up to"} and name[-1] != "passing"]
    return solver.too_narrow(truth), small


@pytest.mark.parametrize("suite", ["strict"])
def test_the_sample_gives_nothing_away(tmp_path, suite):
    how = {"profile": None, "practice": load_practice("jobcenter"), "as_of": AS_OF}
    told, raw = both(tmp_path, SAMPLE, suite, **how)
    assert given_away(told, raw) == ({}, [])


@pytest.mark.parametrize("name", ["sepsis.csv.gz", "incident_event_log_5998.csv.gz"])
def test_a_real_log_gives_nothing_away(tmp_path, name):
    if not (REAL / name).exists():
        pytest.skip(f"{name} is not in ../shared/real")
    told, raw = both(tmp_path, REAL / name, "base", profile=None, as_of=AS_OF)
    assert given_away(told, raw) == ({}, [])


@pytest.mark.parametrize("seed", range(14))
def test_small_teams_are_not_given_away(tmp_path, seed):
    extract = tmp_path / "extract.csv"
    extract.write_text(small_teams(seed), encoding="utf-8")
    practice = load_practice("jobcenter") if seed % 2 else None
    told, raw = both(tmp_path, extract, "base" if seed % 3 else "strict", practice=practice)
    assert given_away(told, raw) == ({}, [])
