"""A column that was to hold teams and holds persons: it is said, no figure is divided by it, and none of its values stands anywhere."""

from datetime import date

import pytest

from logsyn.expectations.source import SourceProfile
from logsyn.reports.render import render
from logsyn.validator.suggesting.suggest import DraftRequest, suggest
from tests.auditing import audit_files

NAMES = ["Mette Quist", "Lars Wulff", "Zenia Zwick", "Anne Qvalehu"]
CODES = ["QXA", "QXB", "QXC", "QXD", "QXE", "QXF", "QXG", "QXH", "QXI"]
PERSONS = {
    "the employees themselves": (["Sagsbehandler", "Team"], [(name, name) for name in ("K77901", "K77902", "K77903")]),
    "names, whatever the employees are called": (["Sagsbehandler", "Team"], [(f"Q{at}", name) for at, name in enumerate(NAMES)]),
    "a leader's name for each team": (["Sagsbehandler", "Team"], [(f"Q{at}", NAMES[at % 4]) for at in range(24)]),
    "initials of one employee each": (["Sagsbehandler", "Team"], [(f"Q7{at}", code) for at, code in enumerate(CODES[:4])]),
    "many initials, and no employees": (["Team"], [(code,) for code in CODES]),
    "names and no employees": (["Team"], [(name,) for name in NAMES]),
}
TEAMS = {
    "short names of teams with several employees": (["Sagsbehandler", "Team"], [(f"Q{at}", CODES[at % 4]) for at in range(24)]),
    "few short names, and no employees": (["Team"], [(code,) for code in CODES[:4]]),
    "names of teams": (["Sagsbehandler", "Team"], [(f"Q{at}", ["Team Nord", "Team Syd", "Jobklub"][at % 3]) for at in range(24)]),
}


def extract(folder, headers, people):
    lines = [
        f"S{case};{activity};2023-03-0{1 + day} 10:00;2023-05-01 10:00;{';'.join(people[(case + day) % len(people)])}"
        for case in range(80)
        for day, activity in enumerate(("Brev", "Samtale", "Klage"))
    ]
    path = folder / "extract.csv"
    path.write_text("\n".join(["Sagsnummer;Aktivitet;Tidspunkt;Registreringstidspunkt;" + ";".join(headers), *lines]) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("which", PERSONS)
def test_persons_are_no_teams(tmp_path, which):
    headers, people = PERSONS[which]
    path = extract(tmp_path, headers, people)
    audit = audit_files(tmp_path, [path], profile=None, consequence=False).audit
    (tmp_path / "drafts").mkdir()
    suggest(DraftRequest([path], None, None, date(2023, 11, 30), "da"), tmp_path / "drafts", lambda _step: None)
    drafts = [file.read_text(encoding="utf-8") for file in (tmp_path / "drafts").iterdir()]
    texts = [audit.model_dump_json(), *drafts, *(page for page in render(audit, "da").values())]
    assert [value for one in people for value in one if any(value in text for text in texts)] == []
    assert {len(finding.breakdowns.team) for finding in audit.findings} == {0}
    assert [remark.en for remark in audit.extract.remarks if "look like persons" in remark.en and "Team" in remark.en]


@pytest.mark.parametrize("which", TEAMS)
def test_teams_with_short_names_stay_teams(tmp_path, which):
    audit = audit_files(tmp_path, [extract(tmp_path, *TEAMS[which])], profile=None, consequence=False).audit
    assert "team" in {column.name for column in audit.extract.columns}
    assert any(finding.breakdowns.team for finding in audit.findings)


def test_a_column_of_employees_that_a_profile_calls_the_team_is_none(tmp_path):
    columns = {"case_id": ["Sagsnummer"], "activity": ["Aktivitet"], "timestamp": ["Tidspunkt"], "team": ["Sagsbehandler"]}
    profile = SourceProfile.model_validate({"source": "own", "columns": columns})
    path = extract(tmp_path, ["Sagsbehandler"], [(f"{at} Qvx {at}",) for at in range(6)])
    audit = audit_files(tmp_path, [path], profile=profile, consequence=False).audit
    assert "Qvx" not in audit.model_dump_json()
    assert {column.name: column.mapped_by for column in audit.extract.columns}["Sagsbehandler"] == "kept"
