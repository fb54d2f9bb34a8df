"""The committed files are what the generator makes, and have the form that the README states."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict

import pytest
from judged_apart import AS_OF_NOON, SAMPLES

from sample_logs.generate import main
from sample_logs.generator.defects.rates import LATE_ATTENDANCE, LATE_BY_TEAM, RATES

FILES = ("momentum.csv", "momentum.truth.csv", "momentum.accounting.json", "clean.csv")
README = (SAMPLES / "README.md").read_text(encoding="utf-8")
TABLE = re.findall(r"^\| `([a-z-]+)` \| ([^|]+) \| ([\d,]+) \|", README, flags=re.MULTILINE)


@pytest.fixture(scope="module")
def made_again(tmp_path_factory):
    folder = tmp_path_factory.mktemp("again")
    main(["--out", str(folder)])
    return folder


@pytest.mark.parametrize("name", FILES)
def test_the_generator_gives_the_committed_bytes(name, made_again):
    assert (made_again / name).read_bytes() == (SAMPLES / name).read_bytes()


def test_another_seed_gives_another_log(tmp_path):
    main(["--cases", "20", "--seed", "8", "--out", str(tmp_path)])
    assert not (SAMPLES / "momentum.csv").read_bytes().startswith((tmp_path / "momentum.csv").read_bytes()[:400])


def test_the_extract_is_written_like_one_of_a_danish_system():
    content = (SAMPLES / "momentum.csv").read_bytes()
    assert content.startswith("SagsID;Aktivitet;Starttidspunkt;Oprettet;Startdato;Slutdato;Team".encode("cp1252"))
    assert content.endswith(b"\r\n")
    assert all(byte in content for byte in (b"\x96", b"\x80", b"\x85", b'"";', b"\r\n- "))
    with pytest.raises(UnicodeDecodeError):
        content.decode("utf-8")


def test_the_accounting_counts_every_record(momentum, truth):
    rows, rejected = momentum
    counts = json.loads((SAMPLES / "momentum.accounting.json").read_text(encoding="utf-8"))
    assert (counts["rows_loaded"], counts["rows_rejected"]) == (len(rows), len(rejected))
    assert counts["rows_in_file"] == len(rows) + len(rejected)
    assert counts["cases"] == len({row.text("SagsID") for row in rows} - {None}) == 300
    assert counts["activities"] == len({row.text("Aktivitet") for row in rows} - {None})
    assert counts["events_per_team"] == Counter(row.text("Team") for row in rows if row.text("Team"))
    assert counts["defects"] == {defect: len(lines) for defect, lines in truth.items()}


def test_the_readme_states_the_counts_of_the_committed_log(truth):
    assert {check: int(count.replace(",", "")) for check, _, count in TABLE} == {
        check: len(lines) for check, lines in truth.items()
    }


@pytest.mark.parametrize(("check", "stated"), [(check, rate) for check, rate, _ in TABLE])
def test_the_readme_states_the_rates_of_the_generator(check, stated):
    rates = (LATE_ATTENDANCE, *LATE_BY_TEAM.values()) if check == "backdated-registration" else (RATES[check],)
    assert [float(number) / 100 for number in re.findall(r"([\d.]+) %", stated)] == pytest.approx(rates)


def test_jobklub_uses_its_label_in_a_way_of_its_own(momentum):
    near = defaultdict(list)
    rows = sorted(momentum[0], key=lambda row: (row.cells["SagsID"], row.moment("Starttidspunkt") or AS_OF_NOON))
    for before, row, after in zip(rows, rows[1:], rows[2:], strict=False):
        if row.cells["Aktivitet"] == "Samtale (anden)":
            club = {"Samtale (anden)", "Jobklub start", "Jobklub slut"}
            near[row.cells["Team"] == "Jobklub"].append({before.cells["Aktivitet"], after.cells["Aktivitet"]} <= club)
    assert sum(near[True]) / len(near[True]) > 0.75
    assert sum(near[False]) / len(near[False]) < 0.05
    assert min(len(near[True]), len(near[False])) > 100
