"""The wheel holds exactly the three packages and their data, and an empty environment with it runs the command."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).parents[1]
DATA = {".py", ".yaml", ".j2", ".css", ".po"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    return Path(
        next(WheelBuilder(str(ROOT)).build(directory=str(tmp_path_factory.mktemp("wheel")), versions=["standard"]))
    )


def test_it_holds_the_packages_with_their_data_and_nothing_else(wheel):
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    there = {
        path.relative_to(ROOT).as_posix()
        for package in ("validator", "expectations", "reports")
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert names == there
    assert {Path(name).suffix for name in names} == DATA


def test_the_command_runs_from_the_wheel_alone(wheel, tmp_path):
    unpacked = tmp_path / "installed"
    zipfile.ZipFile(wheel).extractall(unpacked)
    code = f"import sys; sys.path[:] = [{str(unpacked)!r}, *[p for p in sys.path if {str(ROOT)!r} != p]]; from validator.main import main; main()"
    command = [
        sys.executable,
        "-P",
        "-c",
        code,
        "audit",
        str(ROOT / "sample_logs" / "clean.csv"),
        "--as-of",
        "2023-11-30",
    ]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "Verdict: fit" in done.stdout
