"""The wheel holds one package, ``logsyn``, with all its data; beside whatever else is installed or lies in a folder, it runs."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
PACKAGES = ("validator", "expectations", "reports")
DATA = {".py", ".yaml", ".j2", ".css", ".po", ".typed"}
AUDIT = "from logsyn.validator.commands.main import main; main()"


def built(folder, version):
    return Path(next(WheelBuilder(str(ROOT)).build(directory=str(folder), versions=[version])))


def held(wheel):
    return {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    return built(tmp_path_factory.mktemp("wheel"), "standard")


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """An environment in which others are installed under the names of our folders."""
    folder = tmp_path_factory.mktemp("installed")
    zipfile.ZipFile(wheel).extractall(folder)
    for package in PACKAGES:
        (folder / package).mkdir()
        (folder / package / "__init__.py").write_text("WHOSE = 'another project'\n", encoding="utf-8")
    return folder


def run_in(folder, installed, code, *arguments):
    """Run code with ``folder`` as the working folder, which stands first on the path, and this checkout nowhere on it."""
    before = (
        f"import sys; sys.path[:] = ['', {str(installed)!r}, *[p for p in sys.path if p not in ('', {str(ROOT)!r})]]; "
    )
    command = [sys.executable, "-c", before + code, *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_it_holds_the_packages_with_their_data_and_nothing_else(wheel):
    there = {
        f"{prefix}{path.relative_to(ROOT).as_posix()}"
        for package, prefix in (("logsyn", ""), *((name, "logsyn/") for name in PACKAGES))
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert held(wheel) == there
    assert {Path(name).suffix for name in there} == DATA


def test_an_editable_install_copies_no_module(tmp_path):
    assert held(built(tmp_path, "editable")) == {"_logsyn.pth"}


def test_the_command_runs_beside_others_of_the_same_names(installed, tmp_path):
    (tmp_path / "reports.py").write_text("raise SystemExit('a notebook of somebody')\n", encoding="utf-8")
    extract = ROOT / "sample_logs" / "clean.csv"
    done = run_in(tmp_path, installed, AUDIT, "audit", str(extract), "--as-of", "2023-11-30")
    assert done.returncode == 0, done.stderr
    assert "Verdict: fit" in done.stdout


def test_what_others_have_installed_stays_theirs(installed, tmp_path):
    code = "import logsyn.validator.commands.main, expectations, validator, reports; print(expectations.WHOSE, validator.WHOSE, reports.WHOSE)"
    done = run_in(tmp_path, installed, code)
    assert done.stdout.split("\n")[0] == " ".join(["another project"] * 3), done.stderr


@pytest.mark.parametrize("package", PACKAGES)
def test_a_checkout_has_no_package_under_two_names(package):
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); import {package}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=ROOT)
    assert f"in this project {package} is logsyn.{package}: import it by that name" in done.stderr


@pytest.mark.parametrize("folder", ["tests", "docs", "benchmarks", "sample_logs", "build"])
def test_nothing_else_of_a_checkout_is_reached_through_the_package(folder):
    code = f"import logsyn.{folder}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=ROOT)
    assert f"ModuleNotFoundError: No module named 'logsyn.{folder}'" in done.stderr


def test_the_package_runs_as_a_module(tmp_path):
    command = [sys.executable, "-m", "logsyn", "--version"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (done.returncode, done.stdout.split()[0]) == (0, "logsyn"), done.stderr
