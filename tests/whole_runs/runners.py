"""Two ways to run a command line: in this process, through the functions that the commands are, and as a command of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path

from typer.testing import CliRunner

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Done:
    """How a command ended, and what it said."""

    code: int
    stdout: str
    stderr: str


def in_process(arguments: list[str], folder: Path) -> Done:
    """Run it here; what no handler caught is raised. The details of an internal error go to ``trace.txt``."""
    from logsyn.validator.commands.main import app  # noqa: PLC0415 - a second that a command pays by itself

    with chdir(folder):
        result = CliRunner().invoke(
            app, arguments, env={"LOGSYN_TRACE": str(folder / "trace.txt")}, catch_exceptions=False
        )
    return Done(result.exit_code, result.stdout, result.stderr)


def as_command(arguments: list[str], folder: Path) -> Done:
    """Run it in a process of its own."""
    command = [sys.executable, "-c", "from logsyn.validator.commands.main import main; main()", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "LOGSYN_TRACE": str(folder / "trace.txt")}
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, env=environment, timeout=600
    )
    return Done(done.returncode, done.stdout, done.stderr)
