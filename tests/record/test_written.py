"""The same rows, declarations, day and version give the same audit.json; what differs from run to run stands in run.json."""

import getpass
import hashlib
import json
import platform
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from logsyn.validator.commands.main import app
from logsyn.validator.database import memory
from logsyn.validator.record import load, sealed, written
from tests.record.made import EXTRACT

ROOT = Path(__file__).parents[2]
ASKED = ["--source", "momentum", "--as-of", "2023-11-30", "--rule", "missing-case-id", "--rule", "duplicate-event"]


def audited(folder, *options, extract=EXTRACT, cores=2):
    """The report of an audit that was made in a folder of its own."""
    folder.mkdir()
    shutil.copy(extract, folder / "log.csv")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(memory, "cores", lambda: cores)
        done = CliRunner().invoke(
            app, ["audit", str(folder / "log.csv"), *(options or ASKED), "--out", str(folder / "r")]
        )  # fmt: skip
    assert done.exit_code in (0, 1), done.output
    return folder / "r"


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    return audited(tmp_path_factory.mktemp("first") / "here")


def text(report):
    return (report / "audit.json").read_text(encoding="utf-8")


def test_another_run_on_another_machine_gives_the_same_bytes(first, tmp_path):
    again = audited(tmp_path / "elsewhere", *ASKED, "--memory", "700MB", cores=1)
    turned = audited(tmp_path / "turned", *ASKED[6:], *ASKED[4:6], *ASKED[2:4], *ASKED[:2], "--lang", "en")
    assert text(first) == text(again) == text(turned)
    facts = [json.loads((report / "run.json").read_bytes()) for report in (first, again)]
    assert [one["threads"] for one in facts] == [2, 1]
    assert facts[1]["memory_bytes"] == 700_000_000 != facts[0]["memory_bytes"]
    assert facts[0]["audit"] == facts[1]["audit"] == json.loads(text(first))["id"]


def test_another_row_gives_another_id(first, tmp_path):
    changed = tmp_path / "log.csv"
    changed.write_text(EXTRACT.read_text(encoding="utf-8").replace("S020", "S021", 1), encoding="utf-8")
    assert load(audited(tmp_path / "r", extract=changed)).id != load(first).id


def test_the_id_is_the_checksum_of_what_follows_it(first):
    record = json.loads(text(first))
    assert list(record)[:2] == ["schema", "id"]
    rest = {key: value for key, value in record.items() if key not in ("schema", "id")}
    canonical = json.dumps(rest, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert record["id"] == hashlib.sha256(canonical.encode()).hexdigest()
    assert load(first).id == record["id"]


def test_what_is_read_and_written_again_has_the_same_bytes(first):
    assert written(load(first)) == text(first)
    assert sealed(load(first)) == load(first)


def test_the_run_names_programs_and_machine_and_nobody(first):
    said = (first / "run.json").read_text(encoding="utf-8")
    facts = json.loads(said)
    assert set(facts["versions"]) == {"logsyn", "duckdb", "great_expectations", "python"}
    assert facts["machine"] == {
        "system": platform.system(),
        "architecture": platform.machine(),
        "cores": memory.cores(),
    }
    assert [name for name in (socket.gethostname(), getpass.getuser(), str(first.parent)) if name in said] == []
    assert "duckdb" not in json.dumps(
        {key: value for key, value in json.loads(text(first)).items() if key != "findings"}
    )
    assert all(
        f"{name} {version}" in (first / "quality.html").read_text(encoding="utf-8")
        for name, version in facts["versions"].items()
    )


def with_mean(audit, mean):
    durations = audit.log.case_duration_seconds.model_copy(update={"mean": mean})
    return audit.model_copy(update={"log": audit.log.model_copy(update={"case_duration_seconds": durations})})


@pytest.mark.parametrize(
    ("mean", "expected"),
    [(float("nan"), None), (float("-inf"), None), (1e-7, 1e-7), (1e22, 1e22), (0.1 + 0.2, 0.1 + 0.2), (-0.0, 0.0), (5e-324, 5e-324)],
)  # fmt: skip
def test_figures_are_written_to_the_last_digit_and_none_where_they_are_no_numbers(first, mean, expected):
    text = written(with_mean(load(first), mean))
    assert json.loads(text, parse_constant=pytest.fail)["log"]["case_duration_seconds"]["mean"] == expected


def test_the_example_of_the_documents_computes_it(first):
    (example,) = re.findall(
        r"```python\n(.*?)```", (ROOT / "docs" / "record.md").read_text(encoding="utf-8"), re.DOTALL
    )
    command = [sys.executable, "-c", example.replace("logsyn-report", first.name)]
    assert subprocess.run(command, cwd=first.parent, capture_output=True, check=False).returncode == 0
