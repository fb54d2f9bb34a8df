"""Real logs, whose facts were counted by others; they lie beside the project, not in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reading.conftest import read_paths

REAL = Path(__file__).resolve().parents[2].parent / "shared" / "real"
FACTS = {  # rows, cases, columns
    "incident_event_log.zip": (141_712, 24_918, {"category", "category (2)"}),
    "incident_event_log_5998.csv.gz": (5_998, 890, {"category", "subcategory"}),
    "sepsis.csv.gz": (15_214, 1_050, {"Age"}),
    "traffic_fines.csv.gz": (34_724, 10_000, {"amount"}),
}


@pytest.mark.parametrize("name", FACTS)
def test_a_real_log_has_its_known_facts(name):
    if not (REAL / name).exists():
        pytest.skip(f"{name} is not in ../shared/real")
    rows, cases, columns = FACTS[name]
    read = read_paths([REAL / name])
    counted = read.connection.execute("SELECT count(*), count(DISTINCT case_id), count(timestamp) FROM rows").fetchall()
    assert counted == [(rows, cases, rows)]
    assert columns <= {column.name for column in read.reading.columns}
    assert read.rejected() == []


def test_a_case_called_na_is_a_case():
    if not (REAL / "sepsis.csv.gz").exists():
        pytest.skip("sepsis.csv.gz is not in ../shared/real")
    read = read_paths([REAL / "sepsis.csv.gz"])
    assert "NA" in read.values("case_id")
    assert (read.column("case_id").missing, read.column("team").missing) == (0, 294)
