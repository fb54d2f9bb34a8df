"""What a command tells on stdout, and notes on stderr: with nothing in it that a terminal would obey, and with a word when it cannot be told."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import typer

from logsyn.validator.errors import AuditError
from logsyn.validator.personal.terminal import in_one_line, printable
from logsyn.validator.writing.confidential import CONFIDENTIAL, README
from logsyn.validator.writing.permissions import KEEPS_NO_PERMISSIONS, open_to_others

if TYPE_CHECKING:
    from pathlib import Path


def say(text: str) -> None:
    """Write a text and a line break to stdout.

    Raises:
        AuditError: stdout cannot be written to.
    """
    try:
        typer.echo(printable(text))
    except OSError as error:
        raise AuditError(
            f"the result cannot be told on stdout: {error.strerror}", "Files that were written whole stay."
        ) from error


def note(text: str) -> None:
    """Write a line beside the result, to stderr; where nobody reads it, nothing is lost."""
    with suppress(OSError):
        typer.echo(f"logsyn: {in_one_line(text)}", err=True)


def kept_back(result: Path) -> str:
    """What of a result is not passed on, in a line."""
    return f"Not to be passed on: {result / CONFIDENTIAL} (see {README} there); the rest may be"


def note_if_open(*results: Path | None) -> None:
    """Say where what was written for its owner only can be read by others, since the disk keeps no permissions."""
    for result in results:
        if result is not None and (found := open_to_others(result)) is not None:
            note(f"{found}: {KEEPS_NO_PERMISSIONS}")
