"""The last handler: how whatever goes wrong is told, and with which exit code a command then ends; never a traceback, never 1."""

from __future__ import annotations

import errno
import os
import sys
import traceback
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from logsyn.expectations.errors import DeclarationError
from logsyn.expectations.selection import SelectionError
from logsyn.validator.commands.exit_codes import ExitCode
from logsyn.validator.errors import AuditError
from logsyn.validator.personal.cutting import MOST_OF_A_LINE, cut
from logsyn.validator.personal.terminal import in_one_line, printable
from logsyn.validator.writing.disks import is_about_full_disk

if TYPE_CHECKING:
    from types import TracebackType

TRACE = "LOGSYN_TRACE"
"""The variable that names the file for the trace of an internal error."""

_PASSING = (typer.Exit, typer.TyperException)
_ASKS_FOR_TRACE = f"{TRACE}=FILE in the environment keeps the details in FILE; they may hold personal data"


class FaultsTold:
    """Within this block every fault ends the command: wrong usage with 2, everything else with 3, told on stderr in a line."""

    def __enter__(self) -> None:
        """Nothing has to be prepared."""

    def __exit__(
        self, _kind: type[BaseException] | None, fault: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """Tell the fault, if there is one; what is no fault but an end passes.

        Raises:
            Exit: the end of the command, with its exit code.
        """
        if isinstance(fault, typer.TyperException):  # typer tells it, with what was typed
            fault.message = cut(printable(fault.message), MOST_OF_A_LINE)
        if isinstance(fault, _PASSING) or not isinstance(fault, (Exception, SystemExit)):
            return  # an end that was meant, or wrong usage, which typer tells
        _say(told(fault))
        raise typer.Exit(ExitCode.USAGE if isinstance(fault, SelectionError) else ExitCode.NOT_AUDITED) from None


def told(fault: BaseException) -> str:
    """What is said of a fault: what happened and what to do. Of an internal one neither words nor values: they may be personal."""
    if isinstance(fault, SelectionError):
        return printable(str(fault))
    if isinstance(fault, (DeclarationError, AuditError)):
        problem = str(fault).removesuffix(f"\n  {fault.hint}")
        return "\n  ".join(in_one_line(line) for line in (problem, *fault.hint.split("\n")) if line)
    return (
        _of_the_machine(fault)
        or f"internal error, {type(fault).__name__} in {_place(fault)}. Please report it. {_keep_trace(fault)}"
    )


def _of_the_machine(fault: BaseException) -> str | None:
    """What is said of a disk, a pipe, memory or packages; None: it is about none of them."""
    if isinstance(fault, SystemExit) or (isinstance(fault, OSError) and fault.errno == errno.EPIPE):
        return "nobody reads what is told (broken pipe); files that were written whole stay"
    if isinstance(fault, OSError) and fault.filename is not None:
        return in_one_line(f"{os.fsdecode(fault.filename)}: {fault.strerror}")
    if is_about_full_disk(fault):
        return "a disk is full: make room, or write to another one"
    if isinstance(fault, MemoryError) or type(fault).__name__ == "OutOfMemoryException":
        return "the memory does not suffice: close other programs, or take a part with --scope"
    if isinstance(fault, ImportError):
        return in_one_line(f"{fault.name or 'a package'} is missing or broken: install logsyn anew")
    return None


def _place(fault: BaseException) -> str:
    """The innermost place in our own code."""
    frames = traceback.extract_tb(fault.__traceback__)
    ours = [frame for frame in frames if Path(frame.filename).parent.is_relative_to(Path(__file__).parents[1])]
    return f"{Path(ours[-1].filename).name}, line {ours[-1].lineno}" if ours else "no module of logsyn"


def _keep_trace(fault: BaseException) -> str:
    """Write the trace where it is asked for, for this user only and in place of nothing."""
    asked = os.environ.get(TRACE)
    if not asked:
        return f"{_ASKS_FOR_TRACE}."
    text = f"It may hold personal data: look through it before you pass it on.\nPython {sys.version}\n\n"
    text += "".join(traceback.format_exception(fault))
    try:
        handle = os.open(asked, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(text)
    except OSError as error:
        return in_one_line(f"The details could not be written to {asked}: {error.strerror}.")
    return in_one_line(f"The details are in {asked}; they may hold personal data.")


def _say(text: str) -> None:
    with suppress(OSError, ValueError):  # nobody may be there to hear it
        typer.echo(f"logsyn: {text}", err=True)
