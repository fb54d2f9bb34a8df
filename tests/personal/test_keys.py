"""The key of the pseudonyms: one for all who need it at once, its owner's only, and never made anew in silence."""

import hashlib
import hmac
import os
import random
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from logsyn.validator.commands.main import app
from logsyn.validator.database.hashes import create_hashes
from logsyn.validator.errors import AuditError
from logsyn.validator.writing.keys import KEY_FILE, project_key
from logsyn.validator.writing.made_before import results_with_pseudonyms
from logsyn.validator.writing.output import staged

ROOT = Path(__file__).parents[2]
GOOD = random.Random(9).randbytes(32)
HEX = GOOD.hex()


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path, content):
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    path.chmod(0o600)
    return path


@pytest.mark.usefixtures("here")
def test_it_is_made_once_for_its_owner_only_and_told():
    told = []
    first = project_key(None, tell=told.append)
    assert (len(first), project_key(None, tell=told.append), len(told)) == (32, first, 1)
    assert stat.S_IMODE(KEY_FILE.stat().st_mode) == 0o600
    assert [path.name for path in KEY_FILE.parent.iterdir()] == [KEY_FILE.name]


@pytest.mark.parametrize(
    "written",
    [HEX, HEX + "\n", HEX + "\r\n", f"\ufeff{HEX}\r\n", HEX.upper(), f"  {HEX[:32]}\n{HEX[32:]}  ", GOOD.hex(" "), f"\ufeff{HEX}\r\n".encode("utf-16-le")],
)  # fmt: skip
def test_however_it_is_written_it_is_the_same(here, written):
    assert project_key(write(here / "key", written)) == GOOD


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("", "has 0 bytes"), ("\n", "has 0 bytes"), ("12", "has 1 bytes"), (HEX[:-2], "has 31 bytes"), ("not a key", "hexadecimal"),
        ("00" * 32, "repeat"), ("ab12" * 16, "repeat"), (bytes(range(32)).hex(), "follow"), (bytes(range(0, 256, 4)).hex(), "follow"),
        (GOOD[:20].hex() * 3, "repeat"), (HEX[:-1], "hexadecimal"), (b"\xff" * 40, "hexadecimal"), ("ab" * 5000, "more than"),
    ],
)  # fmt: skip
def test_what_can_be_guessed_is_no_key(here, written, says):
    with pytest.raises(AuditError, match=says) as refused:
        project_key(write(here / "key", written))
    assert "token_hex" in refused.value.hint
    assert (here / "key").exists()


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o620])
def test_a_key_that_others_can_read_is_refused(here, mode):
    write(here / "key", HEX).chmod(mode)
    with pytest.raises(AuditError, match="others than its owner can read the key"):
        project_key(here / "key")


def test_a_link_may_lead_to_ones_own_folder_and_not_to_one_that_others_write_in(here):
    (here / "shared").mkdir()
    write(here / "shared" / "key", HEX)
    (here / "key").symlink_to(here / "shared" / "key")
    assert project_key(here / "key") == GOOD
    (here / "shared").chmod(0o777)
    with pytest.raises(AuditError, match="others can put another key in its place"):
        project_key(here / "key")


@pytest.mark.parametrize("there", [True, False])
@pytest.mark.parametrize("link", [".logsyn", "way"])
def test_a_linked_folder_is_looked_at_before_a_key_is_read_or_made(here, monkeypatch, link, there):
    shared = here / "shared" / ".logsyn"
    shared.mkdir(parents=True)
    (here / link).symlink_to(shared if link == ".logsyn" else here / "shared")
    monkeypatch.chdir(here if link == ".logsyn" else here / link)
    file = KEY_FILE if link == ".logsyn" else here / link / KEY_FILE
    if there:
        write(shared / KEY_FILE.name, HEX)
    monkeypatch.setattr("logsyn.validator.writing.keys.KEY_FILE", file)
    shared.chmod(0o777)
    with pytest.raises(AuditError, match="others can put another key in its place"):
        project_key(None)
    assert [path.name for path in shared.iterdir()] == [KEY_FILE.name] * there
    shared.chmod(0o700)
    assert len(project_key(None)) == 32


@pytest.mark.parametrize("there", [True, False])
def test_what_a_run_that_was_killed_while_it_made_a_key_has_left_is_removed(here, there):
    KEY_FILE.parent.mkdir()
    if there:
        write(KEY_FILE, HEX)
    for name in (".pseudonym.key-old", ".pseudonym.key-being-made", "mine"):
        write(here / KEY_FILE.parent / name, HEX)
    os.utime(KEY_FILE.parent / ".pseudonym.key-old", (1e9, 1e9))
    os.utime(KEY_FILE.parent / "mine", (1e9, 1e9))
    project_key(None)
    left = sorted(path.name for path in KEY_FILE.parent.iterdir())
    assert left == [".pseudonym.key-being-made", "mine", "pseudonym.key"]


def test_a_pipe_is_no_key_and_is_not_waited_for(here):
    os.mkfifo(here / "pipe", 0o600)
    with pytest.raises(AuditError, match="is not a file"):
        project_key(here / "pipe")


def test_a_link_that_leads_nowhere_and_a_folder_are_told(here):
    (here / "key").symlink_to(here / "gone")
    with pytest.raises(AuditError, match="cannot be read"):
        project_key(here / "key")
    with pytest.raises(AuditError, match=r"cannot be read|is not a file"):
        project_key(here)


def test_a_key_that_was_asked_for_is_not_made(here):
    with pytest.raises(AuditError, match="there is no such key"):
        project_key(Path("typo"))
    assert list(here.iterdir()) == []


@pytest.mark.usefixtures("here")
def test_where_nothing_can_be_written_it_is_said_what_to_do(monkeypatch):
    def refuse(*_given, **_named):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("tempfile.mkstemp", refuse)
    with pytest.raises(AuditError, match="no key of pseudonyms can be made") as refused:
        project_key(None)
    assert "--key FILE" in refused.value.hint
    assert "--show-case-ids" in refused.value.hint


@pytest.mark.usefixtures("here")
def test_on_a_disk_without_links_it_is_made_all_the_same(monkeypatch):
    def refuse(*_given, **_named):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("os.link", refuse)
    assert project_key(None) == project_key(None)


RACE = """
import sys
from pathlib import Path
from logsyn.validator.writing import keys
for trial in range(25):
    keys.KEY_FILE = Path(f"{trial}/pseudonym.key")
    print(keys.project_key(None).hex())
"""


def test_six_processes_at_once_get_one_key(here):
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    started = [subprocess.Popen([sys.executable, "-c", RACE], cwd=here, stdout=subprocess.PIPE, env=environment) for _ in range(6)]  # fmt: skip
    printed = [process.communicate(timeout=60)[0].decode().split() for process in started]
    assert [process.returncode for process in started] == [0] * 6
    assert all(len(set(keys)) == 1 for keys in zip(*printed, strict=True))
    assert len(printed[0]) == 25
    assert {path.name for path in here.rglob("*") if path.is_file()} == {"pseudonym.key"}


@pytest.mark.parametrize("key", [b"k" * 32, GOOD * 2, GOOD * 3])
def test_the_database_makes_the_pseudonyms_of_the_standard(key):
    connection = duckdb.connect()
    create_hashes(connection, key)
    digest = hmac.new(key, "sag æ".encode(), hashlib.sha256).hexdigest()
    assert connection.execute("SELECT keyed_digest('sag æ')").fetchone() == (digest,)


EXTRACT = "case_id;activity;timestamp\nA;Start;2023-01-02 08:00\nA;Start;2023-01-02 08:00\n;Slut;2023-01-03 08:00\n"
COMMANDS = {
    "export": ["export", "log.csv", "--to", "csv", "--source", "generic"],
    "remedy": ["remedy", "log.csv", "--remedies", "remedies.yaml", "--no-consequence", "--fail-on", "never"],
}


AUDIT = ["audit", "log.csv", "--no-consequence", "--fail-on", "never"]


def run(command, *options):
    return CliRunner().invoke(app, [*COMMANDS.get(command, AUDIT), *options])


@pytest.fixture
def project(here):
    (here / "log.csv").write_text(EXTRACT, encoding="utf-8")
    (here / "remedies.yaml").write_text(
        "remedies: mine\nsteps: [{do: drop-rows, rule: missing-case-id}]\n", encoding="utf-8"
    )
    return here


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_looks_at_the_key(project, command):
    write(project / "open.key", HEX).chmod(0o644)
    write(project / "short.key", "12")
    for key, says in (("open.key", "chmod 600"), ("short.key", "has 1 bytes"), ("typo", "there is no such key")):
        done = run(command, "--key", key)
        assert (done.exit_code, says in done.stderr) == (3, True), done.output
    assert sorted(path.name for path in project.iterdir()) == ["log.csv", "open.key", "remedies.yaml", "short.key"]


def test_a_key_that_was_lost_is_not_made_anew(project):
    first = run("export")
    assert (first.exit_code, "made the key of the pseudonyms" in first.stderr) == (0, True), first.output
    KEY_FILE.unlink()
    for command in COMMANDS:
        lost = run(command, "--out", "elsewhere")
        assert (lost.exit_code, "logsyn-export-csv was made with a key" in lost.stderr) == (3, True), lost.output
    assert not KEY_FILE.exists()
    shutil.rmtree(project / "logsyn-export-csv")
    assert run("remedy", "--out", "elsewhere").exit_code == 0


def test_an_audit_needs_no_key_and_shows_no_case(project):
    (project / "log.csv").write_text(EXTRACT.replace("A;", "S-2023-77;"), encoding="utf-8")
    KEY_FILE.parent.mkdir(mode=0o700)
    KEY_FILE.write_text("no key at all", encoding="ascii")
    audited = run("audit")
    assert (audited.exit_code, audited.stderr) == (0, ""), audited.output
    told = "".join(path.read_text(encoding="utf-8") for path in (project / "logsyn-report").iterdir() if path.is_file())
    assert "S-2023" not in told
    assert "sag-" not in (project / "logsyn-report" / "audit.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(("command", "option"), [("audit", ["--show-case-ids"]), ("remedy", ["--show-case-ids"]), ("audit", ["--key", "k"])])
def test_options_without_effect_are_refused(project, command, option):
    assert run(command, *option).exit_code == 2
    assert sorted(path.name for path in project.iterdir()) == ["log.csv", "remedies.yaml"]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_lost_key_is_missed_by_what_each_command_has_made(project, command):
    assert run(command, "--out", "reports/2023").exit_code == 0
    KEY_FILE.unlink()
    for out in ("reports/2024", "reports/2023"):
        lost = run(command, "--out", out)
        assert (lost.exit_code, "reports/2023 was made with a key" in lost.stderr) == (3, True), lost.output
    assert not KEY_FILE.exists()
    assert [path.name for path in (project / "reports").iterdir()] == ["2023"]


PLACES = {
    "deeper": ("reports/2023", "reports/2024"),
    "three_levels_down": ("reports/job/2023", "logsyn-report"),
    "in_the_same_place": ("{elsewhere}/a", "{elsewhere}/a"),
    "in_the_place": ("{elsewhere}/reports/2023", "{elsewhere}"),
}


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("places", PLACES)
@pytest.mark.parametrize("keyed", [True, False])
def test_results_are_found_wherever_they_lie(tmp_path_factory, places, keyed):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    first, then = (Path(place.format(elsewhere=elsewhere)) for place in PLACES[places])
    with staged(first, keyed=keyed) as folder:
        (folder / "index.html").write_text("<p>", encoding="utf-8")
    found = list(results_with_pseudonyms([then]))
    assert [path.resolve() for path in found] == [first.resolve()] * keyed


@pytest.mark.usefixtures("here")
def test_the_results_of_another_project_hinder_no_new_key(tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    with staged(elsewhere / "theirs", keyed=True) as folder:
        (folder / "index.html").write_text("<p>", encoding="utf-8")
    assert list(results_with_pseudonyms([elsewhere / "ours"])) == []


def test_what_was_made_without_a_key_or_by_a_link_hinders_no_new_one(project, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (project / "log.csv").write_text(EXTRACT.replace("A;", "sag-a;"), encoding="utf-8")
    assert run("export", "--out", "shown", "--show-case-ids", "--show-resources").exit_code == 0
    assert run("audit").exit_code == 0
    assert run("export", "--out", str(elsewhere / "deep" / "er")).exit_code == 0
    KEY_FILE.unlink()
    (project / "linked").symlink_to(elsewhere)
    assert list(results_with_pseudonyms([Path("again")])) == []


def test_results_of_version_0_2_0_are_known_by_their_content(project):
    for name, content in (("a/export.json", '"case_ids": "pseudonyms"'), ("b/before/audit.json", '"case": "sag-0a"'), ("c/audit.json", '"case": "sag-0a"')):  # fmt: skip
        (project / "old" / name).parent.mkdir(parents=True)
        (project / "old" / name).write_text(content, encoding="utf-8")
        assert [path.as_posix() for path in results_with_pseudonyms([])] == [f"old/{name[0]}", *(["old/b/before"] if name[0] == "b" else [])]  # fmt: skip
        shutil.rmtree(project / "old")


def test_bad_declarations_make_no_key(project):
    assert run("remedy", "--suite", "nonsense").exit_code == 3
    assert not KEY_FILE.parent.exists()
    assert [path.name for path in project.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04 damaged"])
@pytest.mark.parametrize("command", COMMANDS)
def test_an_extract_that_cannot_be_read_makes_no_key(project, command, content):
    name = "log.zip" if content else "log.csv"
    (project / "log.csv").unlink()
    if content is not None:
        (project / name).write_bytes(content)
    done = CliRunner().invoke(app, [name if part == "log.csv" else part for part in COMMANDS[command]])
    assert (done.exit_code, "made the key" in done.stderr) == (3, False), done.output
    assert not KEY_FILE.parent.exists()
