"""What an export does not give away: case ids, employees, CPR numbers, free text; and the key."""

import hmac
import re
import stat

import pytest

from logsyn.validator.errors import AuditError
from tests.commands.test_command import CLEAN, SAMPLE, logsyn
from tests.handing_on.exporting import export_text

HEAD = "case_id,activity,timestamp,team,resource,text,Sagsbehandler,Navn"
ROWS = [f"S-{at},a,2022-01-03 08:{at:02d},Jobklub,JK{at % 3},fri tekst {at},Bo {at % 3},Ida {at}" for at in range(30)]


def text(*more):
    return "\n".join([HEAD, *ROWS, *more]) + "\n"


def everything(exported):
    return "".join(path.read_text(encoding="utf-8") for path in exported.folder.iterdir())


def test_by_default_cases_are_pseudonyms_and_persons_and_free_text_are_left_out(tmp_path):
    exported = export_text(tmp_path, text(), "csv")
    assert not re.search(r"S-\d|JK\d|fri tekst|Bo \d|Ida \d", everything(exported))
    reasons = {one.column: one.reason for one in exported.record.columns_left_out}
    assert reasons == {"resource": "person", "text": "free_text", "Sagsbehandler": "person", "Navn": "many_values"}


def test_employees_that_are_asked_for_are_pseudonyms_unless_their_names_are(tmp_path):
    exported = export_text(tmp_path, text(), "csv", columns=["default", "resource", "Sagsbehandler"])
    assert not re.search(r"JK\d|Bo \d", everything(exported))
    names = set(re.findall("medarbejder-[0-9a-f]{20}", exported.log.read_text(encoding="utf-8")))
    assert len(names) == 6
    other = tmp_path / "other"
    other.mkdir()
    assert "JK2" in everything(export_text(other, text(), "csv", columns=["resource"], person_key=None))


@pytest.mark.parametrize(
    ("asked", "told"),
    [(["default"], []), (["default", "resource"], ["Resource"])],
)
def test_the_readme_names_the_columns_in_which_employees_stand_under_pseudonyms(tmp_path, asked, told):
    exported = export_text(tmp_path, "case_id,activity,timestamp,resource,team\nS-1,a,2022-01-03 08:00,ABC,T\n", "csv", columns=asked)
    for name, words in (("README.en.md", ": employees stand under pseudonyms"), ("README.da.md", ": medarbejdere")):
        lines = [line for line in (exported.folder / name).read_text(encoding="utf-8").splitlines() if words in line]
        assert [line.split("`")[1] for line in lines] == told, name


def test_a_pseudonym_is_a_keyed_hash_of_the_case(tmp_path):
    found = set(re.findall("sag-[0-9a-f]{20}", everything(export_text(tmp_path, text(), "csv"))))
    assert found == {f"sag-{hmac.digest(b'k' * 32, f'S-{at}'.encode(), 'sha256').hex()[:20]}" for at in range(30)}


CPR = "S-40,a,2022-01-04 08:00,010180-1234 020280-2345,JK1,ring 0101801234!,Bo 1,Ida"


def test_a_column_with_cpr_numbers_is_left_out_or_masked(tmp_path):
    exported = export_text(tmp_path, text(CPR), "csv", columns=["default", "text"])
    assert "0180" not in everything(exported)
    assert {one.column: one.rows for one in exported.record.columns_left_out if one.reason == "cpr_number"} == {
        "team": 1,
        "text": 1,
    }
    other = tmp_path / "other"
    other.mkdir()
    masked = everything(export_text(other, text(CPR), "csv", columns=["default", "text"], mask_cpr=True))
    assert not re.search("0180|0280", masked)
    assert all(words in masked for words in ("######-#### ######-####", "ring ######-####!"))


@pytest.mark.parametrize(
    ("row", "options", "says"),
    [
        ("S-1,010180-1234,2022-01-04 08:00,,,,,", {}, "activities hold CPR numbers in 1 rows"),
        ("010180-1234,a,2022-01-04 08:00,,,,,", {"case_key": None}, "case ids hold CPR numbers"),
        ("010180-1234,a,2022-01-04 08:00,,,,,", {"case_key": None, "mask_cpr": True}, "case ids hold CPR numbers"),
    ],
)
def test_a_cpr_number_that_cannot_be_left_out_is_refused(tmp_path, row, options, says):
    with pytest.raises(AuditError, match=says):
        export_text(tmp_path, text(row), "csv", **options)


def test_a_column_that_is_not_there_is_told(tmp_path):
    with pytest.raises(AuditError, match="Did you mean resource"):
        export_text(tmp_path, text(), "csv", columns=["resurce"])


def test_the_key_is_its_owners_only_and_never_beside_the_log(tmp_path):
    done = logsyn("export", CLEAN, "--to", "csv", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    key = tmp_path / ".logsyn" / "pseudonym.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    secret = key.read_text(encoding="utf-8").strip()
    assert all(secret not in path.read_text(encoding="utf-8") for path in (tmp_path / "logsyn-export-csv").iterdir())
    key.chmod(0o644)
    assert "chmod 600" in logsyn("export", CLEAN, "--to", "csv", cwd=tmp_path).stderr
    inside = logsyn("export", CLEAN, "--to", "csv", "--key", "logsyn-export-csv/k", cwd=tmp_path)
    assert (inside.returncode, "the key would lie in" in inside.stderr) == (3, True)


def test_the_sample_shows_no_case_no_employee_and_no_free_text(tmp_path):
    logsyn("export", SAMPLE, "--to", "csv", cwd=tmp_path)
    shown = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "logsyn-export-csv").iterdir())
    assert not re.search(r"S-20\d\d-|\bJK\d{4}|Telefonnotat", shown)
