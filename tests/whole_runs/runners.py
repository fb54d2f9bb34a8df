"""Ways to run a command line: in this process, through the functions that the commands are; as a command of its own; and as a process forked from one that has imported all."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import tempfile
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


def forked(arguments: list[str], folder: Path) -> Done:
    """Run it in a process of its own that is forked from one which has imported everything: a command without the seconds of its imports."""
    server = multiprocessing.get_context("forkserver")
    server.set_forkserver_preload(["tests.whole_runs.loaded"])
    with tempfile.TemporaryFile() as stdout, tempfile.TemporaryFile() as stderr:
        streams = [multiprocessing.reduction.DupFd(file.fileno()) for file in (stdout, stderr)]
        process = server.Process(target=_command, args=(arguments, folder, *streams))
        process.start()
        process.join(600)
        assert process.exitcode is not None, f"{arguments} does not end"
        told = [(file.seek(0), file.read().decode("utf-8"))[1] for file in (stdout, stderr)]
    return Done(process.exitcode, *told)


def _command(arguments: list[str], folder: Path, *streams: multiprocessing.reduction.DupFd) -> None:
    """The command line, in a process that had begun before anybody knew what would be asked."""
    from logsyn.validator.commands.main import main  # noqa: PLC0415 - loaded already

    for number, stream in enumerate(streams, 1):
        os.dup2(stream.detach(), number)
    os.chdir(folder)
    os.environ["LOGSYN_TRACE"] = str(folder / "trace.txt")
    sys.argv = ["logsyn", *arguments]
    main()
