"""What names nothing is refused in a line that says where it stands, and leaves everything as it was; of every command and option."""

import pytest
import typer
from typer.testing import CliRunner

from logsyn.validator.commands.main import app

COMMANDS = {
    "audit": ["extract.csv", "--out", "report"],
    "remedy": ["extract.csv", "--remedies", "remedies.yaml", "--out", "remedied"],
    "export": ["extract.csv", "--to", "csv", "--out", "export"],
    "suggest": ["extract.csv", "--out", "drafts"],
    "describe": ["extract.csv", "--out", "described.md"],
    "compare": ["one", "two", "--out", "compared"],
    "rows": ["report", "rule", "--out", "rows.csv"],
    "practice render": ["jobcenter", "--out", "guide.html"],
}


def _parameters():
    group = typer.main.get_command(app)
    for name in COMMANDS:
        command = group
        for word in name.split():
            command = command.commands[word]
        for parameter in command.params:
            if not getattr(parameter, "is_flag", False) and parameter.name != "help":
                yield name, parameter.opts[0] if parameter.opts[0].startswith("--") else ""


@pytest.fixture
def told(tmp_path, monkeypatch):
    """Runs a command line in a folder with an extract, and gives its exit code, what it told and what it has left there."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "extract.csv").write_text("case_id;activity;timestamp\n1;a;2023-01-01\n")
    (tmp_path / "remedies.yaml").write_text("remedies: r\nsteps: [{do: drop-rows, rule: missing-case-id}]\n")

    def run(arguments):
        result = CliRunner().invoke(app, arguments)
        left = sorted(path.name for path in tmp_path.iterdir())
        return result.exit_code, " ".join(result.output.replace("│", " ").split()), left

    return run


@pytest.mark.parametrize(("command", "option"), list(_parameters()))
@pytest.mark.parametrize(("value", "words"), [("", "is empty"), (" ", "is empty"), ("-", "names no file")])
def test_what_names_nothing_is_refused_with_its_place(told, command, option, value, words):
    for given in [[option, value], [f"{option}={value}"]] if option else [[value]]:
        code, says, left = told([*command.split(), *COMMANDS[command], *given])
        assert (code, left) == (2, ["extract.csv", "remedies.yaml"])
        assert words in says
        assert (option or "an argument") in says


@pytest.mark.parametrize("command", COMMANDS)
def test_a_name_that_is_too_long_is_told_before_anything_is_done(told, command):
    code, says, left = told([*command.split(), *COMMANDS[command], "--out", f"{'n' * 252}.html"])
    assert (code, left) == (3, ["extract.csv", "remedies.yaml"])
    assert says.endswith(": the name is too long Give one of at most 255 bytes.") or command == "compare"


@pytest.mark.parametrize(
    "arguments",
    [["--suite", "s" * 300], ["--scope", "s" * 300], ["--database", "d" * 300], ["e" * 300]],
)
def test_a_name_that_no_file_can_have_is_told_in_a_line_or_two(told, arguments):
    code, says, left = told(["audit", "extract.csv", "--out", "report", *arguments])
    assert (code, left) == (3, ["extract.csv", "remedies.yaml"])
    assert "internal error" not in says
    assert says.startswith(f"logsyn: {arguments[-1]}")


@pytest.mark.parametrize("arguments", [["--suite", "a\nb.yaml"], ["--scope", "a\nb.yaml"], ["a\nb.csv"]])
def test_a_name_with_a_line_break_stands_on_one_line(told, arguments):
    assert "a\\nb" in told(["audit", "extract.csv", *arguments])[1]


def test_a_file_that_is_called_like_a_dash_can_be_read(told, tmp_path):
    (tmp_path / "-").write_text((tmp_path / "extract.csv").read_text())
    assert told(["describe", "./-", "--out", "described.md"])[0] == 0
