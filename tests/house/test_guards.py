"""What keeps the structure: import directions, one place for Great Expectations, a light command line."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).parents[2]
PACKAGES = ("validator", "expectations", "reports")


def imports_of(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def modules(package):
    return sorted((ROOT / package).rglob("*.py"))


def offenders(package, forbidden):
    return [(path.name, name) for path in modules(package) for name in imports_of(path) if forbidden(name)]


def test_expectations_import_none_of_ours():
    assert offenders("expectations", lambda name: name.startswith(("logsyn.validator", "logsyn.reports"))) == []


def test_reports_import_only_the_record():
    def foreign(name):
        return name.startswith("logsyn.validator") and name != "logsyn.validator.record"

    assert offenders("reports", foreign) == []


def test_only_commands_and_the_interface_import_reports():
    importing = {
        path for path in modules("validator") for name in imports_of(path) if name.startswith("logsyn.reports")
    }
    assert {path.parent.name for path in importing} == {"commands", "interface"}


def test_no_trick_on_the_interpreter_is_played_outside_the_command_line():
    tricks = re.compile(
        r"\bgc\.(disable|freeze|set_threshold)|setswitchinterval|sys\.meta_path|setrecursionlimit|sys\.(excepthook|unraisablehook) ="
    )
    played = {
        path.relative_to(ROOT).parts[:2]
        for package in PACKAGES
        for path in modules(package)
        if tricks.search(path.read_text(encoding="utf-8"))
    }
    assert played == {("validator", "commands")}


def test_no_command_imports_another():
    commands = ("audit", "remedy", "export", "describe", "compare", "suggest", "practice", "schema")
    others = {f"logsyn.validator.commands.{name}" for name in commands}
    importing = [
        (path.stem, name)
        for path in (ROOT / "validator/commands").glob("*.py")
        for name in imports_of(path)
        if name in others
    ]
    assert {importer for importer, _ in importing} == {"main"}


def test_great_expectations_is_imported_in_one_module():
    importing = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in modules(package)
        for name in imports_of(path)
        if name.split(".")[0] == "great_expectations"
    }
    assert importing == {"validator/checking/great_expectations.py"}


def test_help_imports_nothing_heavy():
    heavy = "great_expectations duckdb pandas numpy sqlalchemy jinja2 babel yaml ruamel holidays".split()
    code = (
        "import sys; from typer.testing import CliRunner; from logsyn.validator.commands.main import app; "
        "r = CliRunner().invoke(app, ['audit', '--help']); assert r.exit_code == 0 and '--as-of' in r.output; "
        f"print([name for name in {heavy} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("package", PACKAGES)
def test_modules_say_what_they_own_and_stay_small(package):
    for path in modules(package):
        text = path.read_text(encoding="utf-8")
        assert ast.get_docstring(ast.parse(text)), path
        assert text.count("\n") <= 300, path


def test_nothing_in_the_project_names_a_registry_or_a_path_of_a_machine_or_is_half_merged():
    words = re.compile(r"pypi[.]org|files[.]pythonhosted|npmjs[.]com|(?<![\w.])/(work|root|home)/|^(<{7}|>{7}) ", re.MULTILINE)
    texts = [
        path
        for path in ROOT.rglob("*")
        if path.suffix in {".py", ".md", ".toml", ".txt", ".yaml", ".j2", ".css", ".po"}
    ]
    own = [path for path in texts if not {".venv", ".git", ".hypothesis"} & set(path.relative_to(ROOT).parts)]
    found = [
        (path.name, match[0])
        for path in own
        if (match := words.search(path.read_text(encoding="utf-8", errors="ignore"))) and path != Path(__file__)
    ]
    assert found == []


def test_each_test_lies_in_the_folder_of_its_package():
    rooms = {path.parent.name for path in (ROOT / "validator").glob("*/__init__.py")} | {"expectations", "reports"}
    whole = {
        "cases",
        "house",
        "samples",
        "whole_runs",
    }  # rows and rules; the project itself; sample and real logs; whole runs
    folders = {path.name for path in (ROOT / "tests").iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert folders <= rooms | whole, "a folder of tests is named as the package that it tries"
    assert sorted((ROOT / "tests").glob("test_*.py")) == [], "put them in the folder of the package that they try"


def test_no_drawn_test_fails_for_a_busy_machine():
    assert (settings.default.deadline, HealthCheck.too_slow in settings.default.suppress_health_check) == (None, True)
    for path in (ROOT / "tests").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        suppressed = re.findall(r"suppress_health_check=(\[.*?\]|list\(HealthCheck\))", text)
        assert all("too_slow" in one or "list(" in one for one in suppressed), path
        assert set(re.findall(r"\bdeadline=([^,)]+)", text)) <= {"None", "([^"}, path
