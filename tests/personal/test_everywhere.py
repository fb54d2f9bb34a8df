"""A personal number stands in no file and on no terminal, wherever in an extract or a declaration it is written."""

import gzip
import re
import zipfile

import duckdb
import pytest
from typer.testing import CliRunner

from logsyn.validator.commands.main import app

pytestmark = pytest.mark.slow

FORMS = [
    "070685-3597",
    "0706853597",
    "070685 3597",
    "070685\u20133597",
    "07.06.85-3597",
    "070685.3597",
    "\uff10\uff17\uff10\uff16\uff18\uff15-\uff13\uff15\uff19\uff17",
]
MAIL, PHONE = "kvaxholt@eksempel.dk", "tlf 28374655"
RAW = {"rejected.csv", "remedied.parquet"}
"""Files that hold what was read, by purpose."""

SOURCE = """
source: kilde 070685-3597
columns: {case_id: Sag 070685-3597, activity: Aktivitet, timestamp: Tid, registered_at: Oprettet, team: Team, text: Note 070685-3597}
"""
SUITE = """
suite: suite 070685-3597
extends: [base]
rules:
  - id: rule-070685-3597
    expect: expect_column_values_to_be_in_set
    args: {column: "Kode ######-####", value_set: ["070685 3597", "b"]}
    title: {da: titel 0706853597, en: title 07.06.85-3597}
  - check: allowed-values
    column: activity
    values: [Start, "Samtale 070685\u20133597"]
"""
PRACTICE = """
practice: praksis 070685-3597
activities:
  Samtale 070685-3597: {meaning: "Samtale om 070685 3597", register_within_days: 1}
  Start: {register_within_days: 1}
"""
ACCEPTED = """
accepted:
  - {rule: missing-timestamp, reason: aftalt med 070685-3597, owner: Jobklub, expires: 2030-01-01, scope: {team: [Team 070685-3597]}}
"""
REMEDIES = """
remedies: for 070685-3597
steps: [{do: drop-rows, rule: missing-case-id, why: "aftalt med 070685-3597"}]
"""
SCOPE = """
scope: del 070685-3597
steps: [{drop: rows, where: {activity: "Samtale 070685 3597"}, title: {da: uden 070685-3597, en: without 070685-3597}}]
"""


def rows(number):
    head = [
        "Sag 070685-3597",
        "Aktivitet",
        "Tid",
        "Oprettet",
        "Team",
        "Note 070685-3597",
        "Note 070685 3597",
        "Kode 070685-3597",
        MAIL,
        PHONE,
    ]
    lines = [";".join(head)]
    for at in range(40):
        form = FORMS[at % len(FORMS)]
        case, label = (form if at % 9 == 0 else f"S-{at // 4}"), (f"Samtale {form}" if at % 3 else "Start")
        when = f"{1 + at % 28:02d}-0{number}-2023 08:{at:02d}" if at % 11 else ""
        lines.append(
            f"{case};{label};{when};{1 + at % 28:02d}-09-2023 09:00;Team {form if at % 2 else 'A'};{form} og {MAIL}, {PHONE};{form};{form};x;y"
        )
    lines.append(f"070685-3597;for;faa;{MAIL}")
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    folder = tmp_path_factory.mktemp("project")
    with zipfile.ZipFile(folder / "070685-3597.zip", "w") as archive:
        archive.writestr("udtr\u00e6k 070685-3597.csv", rows(1))
        archive.writestr("udtr\u00e6k 070685 3597.csv", rows(2))
    texts = {
        "source": SOURCE,
        "suite": SUITE,
        "practice": PRACTICE,
        "accepted": ACCEPTED,
        "remedies": REMEDIES,
        "scope": SCOPE,
    }
    for name, text in texts.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def contents(folder):
    for path in sorted(folder.rglob("*")):
        if path.is_dir() or path.name in RAW:
            continue
        yield path.name, path.name
        if path.suffix == ".parquet":
            yield path.name, duckdb.execute("SELECT * FROM read_parquet(?)", [str(path)]).fetchall().__repr__()
            yield path.name, repr(duckdb.execute("DESCRIBE FROM read_parquet(?)", [str(path)]).fetchall())
        else:
            content = path.read_bytes()
            yield path.name, (gzip.decompress(content) if path.suffix == ".gz" else content).decode()


def told(text):
    """Whatever of the number, the address or the phone number stands in a text, in any writing.

    Checksums are left out: one in a thousand has the first four digits of the phone number in it.
    """
    folded = re.sub(r"\b[0-9a-f]{16,64}\b", "", text.translate({0xFF10 + value: str(value) for value in range(10)}))
    return re.findall(r"07\W{0,5}06\W{0,5}85\W{0,5}3597|kvaxholt|283746|28 ?37", folded)


RUNS = {
    "audit": ["audit", "070685-3597.zip", "--source", "source.yaml", "--suite", "suite.yaml", "--practice", "practice.yaml", "--accepted", "accepted.yaml"],
    "remedy": ["remedy", "070685-3597.zip", "--source", "source.yaml", "--remedies", "remedies.yaml", "--no-consequence", "--scope", "scope.yaml", "--lang", "en"],
    "apromore": ["export", "070685-3597.zip", "--to", "apromore", "--source", "source.yaml", "--mask-cpr", "--columns", "default,Kode ######-####"],
    "xes": ["export", "070685-3597.zip", "--to", "xes", "--source", "source.yaml", "--mask-cpr", "--columns", "default,Note ######-#### (2)", "--scope", "scope.yaml"],
    "parquet": ["export", "070685-3597.zip", "--to", "parquet", "--source", "source.yaml", "--mask-cpr", "--audit", "audit"],
    "suggest": ["suggest", "070685-3597.zip", "--source", "source.yaml", "--audit", "audit", "--against", "practice.yaml"],
    "compare": ["compare", "remedy/confidential/before", "remedy/after"],
}  # fmt: skip
ENDS = {"audit": 1, "remedy": 1}


def test_no_file_and_no_word_on_the_terminal_tells_a_personal_number(project, monkeypatch):
    monkeypatch.chdir(project)
    for out, command in RUNS.items():
        done = CliRunner().invoke(app, [*command, "--out", out])
        assert done.exit_code == ENDS.get(out, 0), (out, done.output)
        assert (out, told(done.output)) == (out, [])
        assert [(out, name, told(text)) for name, text in contents(project / out) if told(text)] == []
    for command in (["describe", "070685-3597.zip", "--source", "source.yaml", "--audit", "audit", "--practice", "practice.yaml", "--out", "d.html"],
                    ["practice", "render", "practice.yaml", "--out", "g.html"]):  # fmt: skip
        done = CliRunner().invoke(app, command)
        assert (done.exit_code, told(done.output), told((project / command[-1]).read_text(encoding="utf-8"))) == (
            0,
            [],
            [],
        ), done.output
