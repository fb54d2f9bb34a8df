"""The documents say what the project has: every check, parameter, column and option; nothing else."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from docs import generate
from logsyn.expectations.catalogue import load_catalogue
from logsyn.expectations.source import CANONICAL_COLUMNS
from logsyn.validator.commands.exit_codes import ExitCode

ROOT = Path(__file__).parents[2]


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_generated_pages_are_current():
    assert read("docs/catalogue.md") == generate.catalogue() + "\n", "run python -m docs.generate"
    assert read("docs/tables.md") == generate.tables() + "\n", "run python -m docs.generate"
    assert read("docs/columns.md") == generate.columns() + "\n", "run python -m docs.generate"
    assert read("docs/stock-expectations.md") == generate.stock_expectations() + "\n", "run python -m docs.generate"


DEFAULTS = [
    (name, parameter, kind.default)
    for name, check in load_catalogue().items()
    for parameter, kind in check.parameters.items()
    if kind.default is not None
]


@pytest.mark.parametrize(("check", "parameter", "default"), DEFAULTS)
def test_a_default_is_written_as_a_suite_would_write_it(check, parameter, default):
    of_check = read("docs/catalogue.md").split(f"\n## {check}\n")[1].split("\n## ")[0]
    written = re.search(rf"^\| `{parameter}` \| [^|]+ \| `([^`]+)` \|", of_check, re.MULTILINE)[1]
    assert YAML(typ="safe").load(written) == default


def test_the_catalogue_has_every_check():
    missing = [name for name in load_catalogue() if f"## {name}\n" not in read("docs/catalogue.md")]
    assert not missing, "run python -m docs.generate"


def test_the_readme_names_every_option_and_exit_code():
    code = "from logsyn.validator.commands.main import main; main()"
    shown = subprocess.run(
        [sys.executable, "-c", code, "audit", "--help"], capture_output=True, text=True, check=True, cwd=ROOT, env={"COLUMNS": "200", "PATH": ""},
    ).stdout  # fmt: skip
    options = set(re.findall(r"--[a-z][a-z-]+", shown)) - {"--help"}
    assert {"--as-of", "--database"} <= options
    assert [option for option in options if option not in read("README.md")] == []
    assert all(str(code.value) in read("README.md") for code in ExitCode)


def test_declarations_name_every_canonical_column():
    assert all(name in read("docs/declarations.md") for name in CANONICAL_COLUMNS)


def test_links_and_pictures_of_the_readme_are_there():
    links = re.findall(r"\]\(([^)#]+)\)", read("README.md"))
    assert len(links) > 8
    assert [link for link in links if not (ROOT / link).exists()] == []
